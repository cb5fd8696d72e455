package parquet

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// The types of pages.
const (
	dataPage       = 0
	indexPage      = 1
	dictionaryPage = 2
	dataPageV2     = 3
)

// The encodings.
const (
	encodingPlain           = 0
	encodingPlainDictionary = 2
	encodingRLE             = 3
	encodingDelta           = 5
	encodingDeltaLengths    = 6
	encodingDeltaStrings    = 7
	encodingDictionary      = 8
)

const (
	// leastHeaderBytes is read for a page's header at first; most take 20 to 60
	// bytes, and what was read too much is read again as a page.
	leastHeaderBytes = 512
	// maxHeaderBytes bounds a header, in which a writer may have put the least
	// and the greatest text of the page.
	maxHeaderBytes = 16 << 20
)

// A pageHeader is what stands before the bytes of a page.
type pageHeader struct {
	kind          int
	size, packed  int // bytes decompressed and as they stand
	values        int
	encoding      int
	levelEncoding int
	// Of the second version, whose levels are not compressed.
	levels, skipped int // bytes of definition levels, and of the repetition levels before them
	plain           bool
	checked         bool
	crc             uint32
}

// readPageHeader reads the header at the given place, before end, and returns its length.
func readPageHeader(source io.ReaderAt, buffer []byte, at, end int64) (h pageHeader, length int, grown []byte, err error) {
	for n := int64(leastHeaderBytes); ; n *= 8 {
		n = min(n, end-at)
		if int64(len(buffer)) < n {
			buffer = make([]byte, n)
		}
		if err := readFull(source, buffer[:n], at); err != nil {
			return h, 0, buffer, err
		}
		c := cursor{rest: buffer[:n]}
		h = c.pageHeader()
		if c.err == nil {
			return h, int(n) - len(c.rest), buffer, h.check()
		}
		if c.err != io.ErrUnexpectedEOF || n == end-at || n >= maxHeaderBytes {
			return h, 0, buffer, fmt.Errorf("damaged page header: %w", c.err)
		}
	}
}

func (c *cursor) pageHeader() pageHeader {
	h := pageHeader{kind: -1}
	c.fields(func(id int, kind byte) {
		switch id {
		case 1:
			h.kind = c.small(kind)
		case 2:
			h.size = c.small(kind)
		case 3:
			h.packed = c.small(kind)
		case 4:
			h.crc, h.checked = uint32(c.integer(kind)), true
		case 5, 7:
			c.object(kind, func(id int, kind byte) { c.pageData(&h, id, kind) })
		case 8:
			c.object(kind, func(id int, kind byte) { c.pageDataV2(&h, id, kind) })
		default:
			c.skip(kind)
		}
	})
	return h
}

// pageData reads a field of the header of a data page or a dictionary.
func (c *cursor) pageData(h *pageHeader, id int, kind byte) {
	switch id {
	case 1:
		h.values = c.small(kind)
	case 2:
		h.encoding = c.small(kind)
	case 3:
		if h.kind != dataPage { // of a dictionary: whether it is sorted
			c.skip(kind)
			return
		}
		h.levelEncoding = c.small(kind)
	default:
		c.skip(kind)
	}
}

func (c *cursor) pageDataV2(h *pageHeader, id int, kind byte) {
	switch id {
	case 1:
		h.values = c.small(kind)
	case 4:
		h.encoding = c.small(kind)
	case 5:
		h.levels = c.small(kind)
	case 6:
		h.skipped = c.small(kind)
	case 7:
		h.plain = kind == thriftFalse
		c.skip(kind)
	default:
		c.skip(kind)
	}
}

func (h *pageHeader) check() error {
	levels := h.levels + h.skipped
	if h.kind == dataPageV2 && (levels > h.packed || levels > h.size) {
		return errors.New("damaged page header: the levels are larger than the page")
	}
	return nil
}

// checkSum returns an error where the page is not what its writer summed up.
func (h *pageHeader) checkSum(packed []byte) error {
	if h.checked && crc32.ChecksumIEEE(packed) != h.crc {
		return errors.New("its checksum does not fit it")
	}
	return nil
}

const (
	// unasked is the size up to which a page is not asked how far it was compressed.
	unasked = 16 << 20
	// mostRatio is more than texts can be compressed by, unless they repeat one another.
	mostRatio = 4096
	// leastPacked is what a compressed page may be larger than what it holds.
	leastPacked = 4 << 10
)

// believed returns an error where memory is not made for the sizes that the
// page claims: its bytes would have to be decompressed to far more, or to far less.
func (h *pageHeader) believed() error {
	if h.size > unasked && h.size/mostRatio > h.packed || h.packed > leastPacked+h.size+h.size/4 {
		return fmt.Errorf("its %d bytes are said to be %d decompressed, which is not believed", h.packed, h.size)
	}
	if h.size > maxHeldBytes {
		return tooMuch(h.size, maxHeldBytes)
	}
	return nil
}
