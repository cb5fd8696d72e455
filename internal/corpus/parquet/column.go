package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
)

// codecs are the ways of compression, by their number in the format.
var codecs = map[int]compress.Kind{0: compress.None, 1: compress.Snappy, 2: compress.Gzip, 6: compress.Zstd, 7: compress.LZ4}

// unread names the ways of compression that are not read.
var unread = map[int]string{3: "LZO", 4: "Brotli", 5: "LZ4 in Hadoop's framing"}

// A column reads the values of a wanted leaf, page by page. Nothing of a chunk is
// read or complained of before a value is asked for: most columns that others
// are preferred to never are.
type column struct {
	shelf *shelf
	leaf  leaf

	chunk   chunk
	opened  bool
	read    int64  // rows of the group
	asked   int64  // the row asked for: those before it are passed over
	value   []byte // of the last row read
	at, end int64  // what has not been read of the chunk
	codec   compress.Kind
	rows    int64 // of the row group, without a page so far
	left    int   // of the page
	page    []byte
	levels  hybrid
	values  valueReader

	levelData []byte

	dict     dictionary
	dictData []byte
	hasDict  bool
}

// begin goes on to the column's chunk in a row group.
func (c *column) begin(ch chunk, rows int64) {
	c.close()
	c.chunk, c.opened, c.read = ch, false, 0
	c.rows, c.left, c.hasDict = rows, 0, false
}

// open makes the chunk ready to be read.
func (c *column) open() error {
	ch := c.chunk
	if err := ch.check(c.shelf.size); err != nil {
		return err
	}
	codec, known := codecs[ch.codec]
	if !known {
		name := unread[ch.codec]
		if name == "" {
			name = fmt.Sprintf("codec %d", ch.codec)
		}
		return fmt.Errorf("it is compressed with %s, which is not read", name)
	}
	c.codec, c.at, c.end = codec, ch.start, ch.start+ch.length
	c.opened = true
	return nil
}

// of returns the value of a row of the group, nil where it is null: a value of no
// bytes is not nil. It is valid until the value of another row is asked for,
// which must be a later one.
func (c *column) of(row int64) ([]byte, error) {
	if !c.opened {
		if err := c.open(); err != nil {
			return nil, err
		}
	}
	c.asked = row
	for c.read <= row {
		if c.left == 0 {
			if err := c.nextPage(); err != nil {
				return nil, err
			}
			continue
		}
		value, err := c.next()
		if err != nil {
			return nil, err
		}
		c.value = value
	}
	return c.value, nil
}

// next returns the next value of the page.
func (c *column) next() ([]byte, error) {
	c.left--
	c.read++
	if c.leaf.defined > 0 {
		level, err := c.levels.next()
		if err != nil || level < uint32(c.leaf.defined) {
			return nil, err
		}
	}
	value, err := c.values.next()
	if value == nil && err == nil {
		value = []byte{}
	}
	return value, err
}

// nextPage reads a page, which may hold no rows.
func (c *column) nextPage() error {
	begin := c.at
	if c.at >= c.end {
		return fmt.Errorf("its pages end %d rows too early", c.rows)
	}
	h, length, buffer, err := readPageHeader(c.shelf.source, c.shelf.header, c.at, c.end)
	c.shelf.header = buffer
	if err == nil {
		c.at += int64(length)
		err = c.readPage(h)
	}
	if err != nil {
		return fmt.Errorf("its page at byte %d: %w", begin, err)
	}
	return nil
}

func (c *column) readPage(h pageHeader) error {
	if err := h.believed(); err != nil {
		return err
	}
	if int64(h.packed) > c.end-c.at {
		return fmt.Errorf("it is said to have %d bytes, and %d are left of the column", h.packed, c.end-c.at)
	}
	packed, err := c.shelf.grown(&c.shelf.packed, h.packed)
	if err != nil {
		return err
	}
	if err := readFull(c.shelf.source, packed, c.at); err != nil {
		return err
	}
	c.at += int64(h.packed)
	if err := h.checkSum(packed); err != nil {
		return err
	}
	switch h.kind {
	case dictionaryPage:
		return c.dictionaryPage(h, packed)
	case dataPage, dataPageV2:
		return c.dataPage(h, packed)
	}
	return nil // an index, or what a later version of the format may add
}

func (c *column) dictionaryPage(h pageHeader, packed []byte) error {
	if h.encoding != encodingPlain && h.encoding != encodingPlainDictionary {
		return fmt.Errorf("a dictionary in encoding %d is not read", h.encoding)
	}
	if c.hasDict {
		return errors.New("a second dictionary")
	}
	if int64(h.values) > c.rows+spareValues {
		return fmt.Errorf("it is said to be a dictionary of %d values, for %d rows", h.values, c.rows)
	}
	data, err := c.unpack(&c.dictData, h.size, c.codec, packed)
	if err != nil {
		return err
	}
	c.hasDict = true
	return c.dict.reset(c.shelf, &c.leaf, data, h.values)
}

// spareValues is how many more values than rows a dictionary may have: a writer
// may keep that of a table of which it writes some rows.
const spareValues = 1 << 20

func (c *column) dataPage(h pageHeader, packed []byte) error {
	if int64(h.values) > c.rows {
		return fmt.Errorf("it is said to have %d rows, and %d are left of the row group", h.values, c.rows)
	}
	if last := c.read + int64(h.values); last <= c.asked { // which spares its decompression
		c.read = last
		c.rows -= int64(h.values)
		return nil
	}
	if h.values == 0 {
		return nil
	}
	data, levels, err := c.parts(h, packed)
	if err != nil {
		return err
	}
	c.levels.reset(levels, levelWidth(c.leaf.defined))
	var dict *dictionary
	if c.hasDict {
		dict = &c.dict
	}
	if c.values, err = newValues(h.encoding, &c.leaf, dict, data); err != nil {
		return err
	}
	c.left = h.values
	c.rows -= int64(h.values)
	return nil
}

// parts decompresses a page and returns its values and its definition levels.
func (c *column) parts(h pageHeader, packed []byte) (data, levels []byte, err error) {
	if h.kind == dataPageV2 {
		levels = packed[h.skipped : h.skipped+h.levels]
		codec := c.codec
		if h.plain {
			codec = compress.None
		}
		skipped := h.skipped + h.levels
		data, err = c.unpack(&c.page, h.size-skipped, codec, packed[skipped:])
		if err != nil {
			return nil, nil, err
		}
		// The memory of what is packed is that of the other columns too.
		kept, err := c.shelf.grown(&c.levelData, len(levels))
		copy(kept, levels)
		return data, kept, err
	}
	if data, err = c.unpack(&c.page, h.size, c.codec, packed); err != nil || c.leaf.defined == 0 {
		return data, nil, err
	}
	if h.levelEncoding != encodingRLE {
		return nil, nil, fmt.Errorf("levels in encoding %d are not read", h.levelEncoding)
	}
	if len(data) < 4 || uint64(binary.LittleEndian.Uint32(data)) > uint64(len(data)-4) {
		return nil, nil, errValues
	}
	end := 4 + int(binary.LittleEndian.Uint32(data))
	return data[end:], data[4:end], nil
}

// unpack decompresses into the memory, which is made large enough.
func (c *column) unpack(memory *[]byte, size int, codec compress.Kind, packed []byte) ([]byte, error) {
	data, err := c.shelf.grown(memory, size)
	if err != nil || size == 0 { // some writers compress nothing to something
		return data, err
	}
	return data, c.shelf.blocks.Decompress(codec, data, packed)
}

// close lets go of the chunk's large memory, so that the pages of one row group
// are not held through the next.
func (c *column) close() {
	c.values, c.value, c.dict.data = nil, nil, nil
	for _, memory := range []*[]byte{&c.page, &c.dictData, &c.levelData, &c.shelf.packed} {
		c.shelf.release(memory)
	}
	c.shelf.releasePlaces(&c.dict.at)
}
