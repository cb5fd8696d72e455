package parquet

import (
	"encoding/binary"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A record's data is the values of its row by role, each behind its length
// plus one as a varint; a zero stands for a null. Behind them stand, likewise, those
// of the other columns, where all are wanted.

// appendFrame appends the row's values.
func (t *table) appendFrame(b []byte) []byte {
	var written [64]byte
	for role, value := range t.values {
		if value == nil {
			b = append(b, 0)
			continue
		}
		if k := t.kinds[role]; k != text {
			value = appendValue(written[:0], k, value)
		}
		b = appendFramed(b, value)
	}
	for _, c := range t.others {
		if c.value == nil {
			b = append(b, 0)
			continue
		}
		b = appendFramed(b, appendValue(written[:0], c.leaf.kind, c.value))
	}
	return b
}

func appendFramed(b, value []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(value))+1), value...)
}

// readFrame returns the values of a row: aliases of the data.
func readFrame(data []byte) (values corpus.Values) {
	for role := range values {
		values[role], data = nextFramed(data)
	}
	return values
}

func nextFramed(data []byte) (value, rest []byte) {
	length, n := binary.Uvarint(data)
	data = data[n:]
	if length == 0 {
		return nil, data
	}
	return data[: length-1 : length-1], data[length-1:]
}
