package parquet

import (
	"encoding/binary"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A record's data is the values of its row by role, each behind its length
// plus one as a varint; a zero stands for a null.

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
		b = binary.AppendUvarint(b, uint64(len(value))+1)
		b = append(b, value...)
	}
	return b
}

// readFrame returns the values of a row: aliases of the data.
func readFrame(data []byte) (values corpus.Values) {
	for role := range values {
		length, n := binary.Uvarint(data)
		data = data[n:]
		if length == 0 {
			continue
		}
		values[role], data = data[:length-1:length-1], data[length-1:]
	}
	return values
}
