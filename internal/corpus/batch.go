package corpus

import (
	"bytes"
	"io"
)

// A Batch is records in a row with data of their own, so that they can be
// handed to another goroutine at once. Its memory is used again for each
// filling: a new one costs ten times what copying the records does. The zero
// value is ready.
//
// A record's data has some capacity behind its length, in which the next
// record stands: it may be read, for the sake of who takes 16 bytes at once,
// and must not be written.
type Batch struct {
	Records []Record // valid until the next filling
	data    []byte
}

// Fill replaces the batch's records by the next ones, about size bytes of them
// or fewer where the corpus ends; io.EOF says that there was none. Another
// error of next is returned as it is, and leaves no records.
func (b *Batch) Fill(size int, next func() (Record, error)) error {
	clear(b.Records) // lets go of a large one with memory of its own
	b.Records = b.Records[:0]
	if cap(b.data) < size {
		b.data = make([]byte, 0, size)
	}
	b.data = b.data[:0]
	for full := false; !full && len(b.Records) < size/leastRecord; {
		record, err := next()
		if err == io.EOF && len(b.Records) > 0 {
			break
		}
		if err != nil {
			b.Records = b.Records[:0]
			return err
		}
		if full = len(record.Data) > cap(b.data)-len(b.data); full {
			record.Data = bytes.Clone(record.Data)
		} else {
			start := len(b.data)
			b.data = append(b.data, record.Data...)
			end := len(b.data)
			record.Data = b.data[start:end:end]
		}
		b.Records = append(b.Records, record)
	}
	return nil
}

// leastRecord bounds the records of a batch to what its size stands for: of
// records of one byte, the entries would be the most of the memory.
const leastRecord = 64
