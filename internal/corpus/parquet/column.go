package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
)

// maxHeldBytes bounds the pages and dictionaries that are held at once,
// decompressed, of all columns. Writers make pages of 1 MB, or of a thousand
// rows where these are large.
const maxHeldBytes = 1 << 30

// codecs are the ways of compression, by their number in the format.
var codecs = map[int]compress.Kind{0: compress.None, 1: compress.Snappy, 2: compress.Gzip, 6: compress.Zstd, 7: compress.LZ4}

// unread names the ways of compression that are not read.
var unread = map[int]string{3: "LZO", 4: "Brotli", 5: "LZ4 in Hadoop's framing"}

// A shelf is what the columns of a file share.
type shelf struct {
	source io.ReaderAt
	size   int64
	blocks compress.Blocks
	header []byte // memory for the header of a page
	packed []byte // and for a page as it stands
	held   int64  // bytes of pages and dictionaries
}

// A column reads the values of a wanted leaf, page by page.
type column struct {
	shelf *shelf
	leaf  leaf

	at, end int64 // what has not been read of the chunk
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

// open begins the column's chunk in a row group.
func (c *column) open(ch chunk, rows int64) error {
	c.rows, c.left, c.hasDict = rows, 0, false
	if rows == 0 {
		return nil
	}
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
	return nil
}

// next returns the value of the next row, nil where it is null: a value of no
// bytes is not nil. It is valid until the following call.
func (c *column) next() ([]byte, error) {
	for c.left == 0 {
		if err := c.nextPage(); err != nil {
			return nil, err
		}
	}
	c.left--
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
	packed := grown(&c.shelf.packed, h.packed)
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
	data, err := c.unpack(&c.dictData, h.size, c.codec, packed)
	if err != nil {
		return err
	}
	c.hasDict = true
	return c.dict.reset(&c.leaf, data, h.values)
}

func (c *column) dataPage(h pageHeader, packed []byte) error {
	if int64(h.values) > c.rows {
		return fmt.Errorf("it is said to have %d rows, and %d are left of the row group", h.values, c.rows)
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
		// The memory of what is packed is that of the other columns too.
		c.levelData = append(c.levelData[:0], levels...)
		return data, c.levelData, err
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
	c.shelf.held -= int64(cap(*memory))
	if c.shelf.held+int64(size) > maxHeldBytes {
		c.shelf.held += int64(cap(*memory))
		return nil, tooMuch(size)
	}
	data := grown(memory, size)
	c.shelf.held += int64(cap(*memory))
	if size == 0 { // some writers compress nothing to something
		return data, nil
	}
	return data, c.shelf.blocks.Decompress(codec, data, packed)
}

// close lets go of the chunk's large memory, so that the pages of one row group
// are not held through the next.
func (c *column) close() {
	c.values = nil
	for _, memory := range []*[]byte{&c.page, &c.dictData} {
		if cap(*memory) > maxKeptBytes {
			c.shelf.held -= int64(cap(*memory))
			*memory = nil
		}
	}
}

// maxKeptBytes is the memory of a page that is kept to be used again: four
// times the page that writers make.
const maxKeptBytes = 4 << 20

// grown returns size bytes of the memory, which is replaced where it is too small.
func grown(memory *[]byte, size int) []byte {
	if cap(*memory) < size {
		*memory = make([]byte, size, max(size+size/8, 1<<10))
	}
	*memory = (*memory)[:cap(*memory)]
	return (*memory)[:size:size]
}
