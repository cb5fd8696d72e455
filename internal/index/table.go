package index

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math/bits"
	"slices"
)

// keysOfBucket is about how many keys share a bucket: a lookup reads and checks some
// 700 bytes, and a directory of 8 bytes a bucket is a hundredth of the table.
const keysOfBucket = 128

// leastBits leaves of a key of 64 bits as many as a distance, which is shifted by two, has room for.
const leastBits = 2

// sumBytes is the length of a checksum: CRC-32C.
const sumBytes = 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sum(data []byte) uint32 { return crc32.Checksum(data, castagnoli) }

// A tablePlace is where a table stands in a segment, as the footer says it.
type tablePlace struct {
	Offset    int64  `json:"offset"` // of the buckets
	Directory int64  `json:"directory"`
	Bits      int    `json:"bits"` // of a key that name its bucket
	Keys      int64  `json:"keys"`
	Values    int64  `json:"values"`
	Sum       uint32 `json:"sum"` // of the directory
}

// A tableWriter writes a table: see the package for its form.
type tableWriter struct {
	out     *output
	keyBits int
	place   tablePlace
	ends    []uint64 // by bucket that is complete
	bucket  []byte   // the one being filled
	last    uint64   // key of it
}

// newTableWriter begins a table of about so many keys.
func newTableWriter(out *output, keyBits, keys int) *tableWriter {
	count := max(leastBits, bits.Len(uint(keys/keysOfBucket)))
	return &tableWriter{out: out, keyBits: keyBits, place: tablePlace{Offset: out.at, Bits: min(count, keyBits)}}
}

func (w *tableWriter) bucketOf(key uint64) uint64 { return key >> (w.keyBits - w.place.Bits) }

// add adds a key, larger than those before, with its values, of which there is one at least.
func (w *tableWriter) add(key uint64, values []uint64) error {
	bucket := w.bucketOf(key)
	for uint64(len(w.ends)) < bucket {
		if err := w.endBucket(); err != nil {
			return err
		}
	}
	w.bucket = appendEntry(w.bucket, key-w.last, values)
	w.last = key
	w.place.Keys++
	w.place.Values += int64(len(values))
	return nil
}

// An entry's first number is how far its key is from the one before, or from the
// first that its bucket may have, and in the two lowest bits how many values it has: many is
// for more than two, whose number follows.
const many = 3

func appendEntry(b []byte, distance uint64, values []uint64) []byte {
	b = binary.AppendUvarint(b, distance<<2|uint64(min(len(values), many)))
	if len(values) >= many {
		b = binary.AppendUvarint(b, uint64(len(values)))
	}
	for _, value := range values {
		b = binary.AppendUvarint(b, value)
	}
	return b
}

// endBucket writes the bucket, which may be empty.
func (w *tableWriter) endBucket() error {
	if len(w.bucket) > 0 {
		w.bucket = binary.LittleEndian.AppendUint32(w.bucket, sum(w.bucket))
		if err := w.out.write(w.bucket); err != nil {
			return err
		}
	}
	w.bucket = w.bucket[:0]
	w.ends = append(w.ends, uint64(w.out.at-w.place.Offset))
	w.last = uint64(len(w.ends)) << (w.keyBits - w.place.Bits)
	return nil
}

// finish writes what is left, and the directory: where each bucket ends.
func (w *tableWriter) finish() (tablePlace, error) {
	for len(w.ends) < 1<<w.place.Bits {
		if err := w.endBucket(); err != nil {
			return tablePlace{}, err
		}
	}
	w.place.Directory = w.out.at
	directory := make([]byte, 0, 8*len(w.ends))
	for _, end := range w.ends {
		directory = binary.LittleEndian.AppendUint64(directory, end)
	}
	w.place.Sum = sum(directory)
	return w.place, w.out.write(directory)
}

// A table is read at any place, by any number of goroutines.
type table struct {
	in        io.ReaderAt
	keyBits   int
	place     tablePlace
	directory []byte // nil where it is read as it is needed
}

// heldDirectory is the largest directory that is held: that of two million articles.
// Of a larger one the two numbers that a lookup needs are read.
const heldDirectory = 16 << 20

func openTable(in io.ReaderAt, keyBits int, place tablePlace, size int64) (*table, error) {
	t := &table{in: in, keyBits: keyBits, place: place}
	if place.Bits < leastBits || place.Bits > min(keyBits, 40) || place.Offset < 0 || place.Directory < place.Offset || place.Directory > size-t.directoryBytes() {
		return nil, damaged("a table lies outside the file")
	}
	if min(place.Keys, place.Values) < 0 || max(place.Keys, place.Values) > size {
		return nil, damaged("a table has more keys than it has room for")
	}
	if t.directoryBytes() > heldDirectory {
		return t, nil
	}
	directory := make([]byte, t.directoryBytes())
	if _, err := in.ReadAt(directory, place.Directory); err != nil {
		return nil, err
	}
	if sum(directory) != place.Sum {
		return nil, damaged("the directory of a table has another checksum")
	}
	t.directory = directory
	return t, nil
}

// checkDirectory reads a directory that is not held, and its checksum.
func (t *table) checkDirectory() error {
	if t.directory != nil {
		return nil // it was looked at
	}
	hash := crc32.New(castagnoli)
	if _, err := io.Copy(hash, io.NewSectionReader(t.in, t.place.Directory, t.directoryBytes())); err != nil {
		return err
	}
	if hash.Sum32() != t.place.Sum {
		return damaged("its directory has another checksum")
	}
	return nil
}

func (t *table) directoryBytes() int64 { return 8 << t.place.Bits }

// extent is where a bucket stands in the file.
func (t *table) extent(bucket uint64) (start, end int64, err error) {
	var numbers [16]byte // where the bucket before ends, and where this one does
	into, from := numbers[:], 8*int64(bucket)-8
	if bucket == 0 {
		into, from = numbers[8:], 0
	}
	if t.directory != nil {
		copy(into, t.directory[from:])
	} else if _, err := t.in.ReadAt(into, t.place.Directory+from); err != nil {
		return 0, 0, err
	}
	start = t.place.Offset + int64(binary.LittleEndian.Uint64(numbers[:8]))
	end = t.place.Offset + int64(binary.LittleEndian.Uint64(numbers[8:]))
	if start < t.place.Offset || end < start || end > t.place.Directory {
		return 0, 0, damaged("a bucket lies outside its table")
	}
	return start, end, nil
}

// read reads a bucket into memory, which it may replace, and takes its checksum off.
func (t *table) read(bucket uint64, memory []byte) ([]byte, error) {
	start, end, err := t.extent(bucket)
	if err != nil || start == end {
		return memory[:0], err
	}
	memory = slices.Grow(memory[:0], int(end-start))[:end-start]
	if _, err := t.in.ReadAt(memory, start); err != nil {
		return nil, err
	}
	return checkBucket(memory)
}

func checkBucket(bucket []byte) ([]byte, error) {
	if len(bucket) < sumBytes {
		return nil, damaged("a bucket is cut")
	}
	data := bucket[:len(bucket)-sumBytes]
	if sum(data) != binary.LittleEndian.Uint32(bucket[len(data):]) {
		return nil, damaged("a bucket has another checksum")
	}
	return data, nil
}

// A probe is the memory of lookups in one table: for one goroutine. The zero value is ready.
type probe struct {
	bucket uint64 // one more than that read last
	data   []byte
	memory []byte
	values []uint64
}

// find returns the values of a key, until the next call: none where it is not there.
func (t *table) find(p *probe, key uint64) ([]uint64, error) {
	bucket := key >> (t.keyBits - t.place.Bits)
	if p.bucket != bucket+1 {
		p.bucket = 0
		data, err := t.read(bucket, p.memory)
		if err != nil {
			return nil, err
		}
		p.bucket, p.data, p.memory = bucket+1, data, data
	}
	e := entries{rest: p.data, key: bucket << (t.keyBits - t.place.Bits)}
	for e.next(p.values[:0], key) {
		p.values = e.values
		if e.key >= key {
			break
		}
	}
	if e.err != nil || e.key != key || len(e.values) == 0 {
		return nil, e.err
	}
	return e.values, nil
}

// entries go through a bucket.
type entries struct {
	rest   []byte
	key    uint64 // of the entry at hand; before the first, the least that the bucket may have
	values []uint64
	err    error
}

// next moves to the next entry. The values are decoded into memory where the key is not below the least.
func (e *entries) next(memory []uint64, least uint64) bool {
	e.values = memory[:0]
	if len(e.rest) == 0 || e.err != nil {
		return false
	}
	head := e.number()
	e.key += head >> 2
	count := head & many
	if count == many {
		count = e.number()
	}
	if count == 0 || count > uint64(len(e.rest)) {
		e.err = damaged("a bucket cannot be read")
		return false
	}
	if e.key < least {
		e.skip(count)
		return e.err == nil
	}
	for range count {
		e.values = append(e.values, e.number())
	}
	return e.err == nil
}

func (e *entries) number() uint64 {
	value, n := binary.Uvarint(e.rest)
	if n <= 0 {
		e.err, e.rest = damaged("a bucket cannot be read"), nil
		return 0
	}
	e.rest = e.rest[n:]
	return value
}

// skip passes over so many numbers: each ends in a byte below 128.
func (e *entries) skip(count uint64) {
	for i, b := range e.rest {
		if b < 0x80 {
			if count--; count == 0 {
				e.rest = e.rest[i+1:]
				return
			}
		}
	}
	e.err, e.rest = damaged("a bucket cannot be read"), nil
}

// A cursor goes through a whole table, in the order of the keys.
type cursor struct {
	table  *table
	bucket uint64 // the next one
	memory []byte
	entries
}

// next moves to the next key; false at the end, or where err is set.
func (c *cursor) next() bool {
	for !c.entries.next(c.values, 0) {
		if c.err != nil || c.bucket == 1<<c.table.place.Bits {
			return false
		}
		var err error
		if c.memory, err = c.table.read(c.bucket, c.memory[:cap(c.memory)]); err != nil {
			c.err = fmt.Errorf("bucket %d: %w", c.bucket, err)
			return false
		}
		c.rest, c.key = c.memory, c.bucket<<(c.table.keyBits-c.table.place.Bits)
		c.bucket++
	}
	return true
}

// bytes is what the table takes.
func (t *table) bytes() int64 { return t.place.Directory - t.place.Offset + t.directoryBytes() }
