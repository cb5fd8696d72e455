package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	magic          = "PAR1"
	encryptedMagic = "PARE" // of a file whose footer is encrypted as well
	// tailBytes is what stands behind the footer: its length and the magic.
	tailBytes = 4 + len(magic)
	// maxFooterBytes is a hundred times the footer of a large file of wide rows.
	maxFooterBytes = 64 << 20
	// maxElements bounds the nodes of a schema: a table of news has dozens.
	maxElements = 1 << 16
)

var (
	errCut       = errors.New("the file is cut off: its footer, without which no column can be found, is missing from its end")
	errEncrypted = errors.New("the file is encrypted, and encrypted Parquet is not read")
)

// A footer is what a file says of itself at its end.
type footer struct {
	elements  []element
	encrypted bool
	// groups stands at the next row group, of which so many are left. They are
	// read one at a time: all at once could be many times the footer's size.
	groups cursor
	left   int
}

// An element is a node of the schema.
type element struct {
	name       string
	physical   int // noPhysical for a group
	width      int // of a fixed_len_byte_array
	repetition int
	children   int
	converted  int // noConverted where it has none
	logical    logical
}

const (
	noPhysical  = -1
	noConverted = -1
	optional    = 1
	repeated    = 2
)

// A logical is what the values of a leaf mean, as newer writers say it.
type logical struct {
	kind     int // the field of the union, 0 where there is none
	unsigned bool
	unit     int // of a time: 1 milli-, 2 micro-, 3 nanoseconds
}

// readFooter reads the footer of a file of the given size.
func readFooter(source io.ReaderAt, size int64) (*footer, error) {
	if size < int64(len(magic)+tailBytes) {
		return nil, errCut
	}
	var tail [tailBytes]byte
	if err := readFull(source, tail[:], size-int64(tailBytes)); err != nil {
		return nil, err
	}
	switch string(tail[4:]) {
	case encryptedMagic:
		return nil, errEncrypted
	case magic:
	default:
		return nil, errCut
	}
	length := int64(binary.LittleEndian.Uint32(tail[:]))
	if length > size-int64(len(magic)+tailBytes) || length > maxFooterBytes {
		return nil, fmt.Errorf("the footer is damaged: it is said to have %d bytes, in a file of %d", length, size)
	}
	data := make([]byte, length)
	if err := readFull(source, data, size-int64(tailBytes)-length); err != nil {
		return nil, err
	}
	f, err := parseFooter(data)
	if err != nil {
		return nil, fmt.Errorf("the footer is damaged: %w", err)
	}
	return f, nil
}

// readFull fills p from the given place.
func readFull(source io.ReaderAt, p []byte, at int64) error {
	n, err := source.ReadAt(p, at)
	if n == len(p) {
		return nil
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// parseFooter reads the FileMetaData of the format.
func parseFooter(data []byte) (*footer, error) {
	f := new(footer)
	c := cursor{rest: data}
	c.fields(func(id int, kind byte) {
		switch id {
		case 2:
			f.schema(&c, kind)
		case 4:
			f.left = c.structs(kind)
			f.groups = cursor{rest: c.rest}
			for i := 0; i < f.left && c.err == nil; i++ {
				c.skip(thriftStruct)
			}
		case 8:
			f.encrypted = true
			c.skip(kind)
		default:
			c.skip(kind)
		}
	})
	if c.err == nil && len(f.elements) == 0 {
		c.err = errors.New("it names no columns")
	}
	return f, c.err
}

func (f *footer) schema(c *cursor, kind byte) {
	items := c.structs(kind)
	if items > maxElements {
		c.fail(fmt.Errorf("it names %d columns, and at most %d are read", items, maxElements))
	}
	for ; items > 0 && c.err == nil; items-- {
		f.elements = append(f.elements, c.element())
	}
}

func (c *cursor) element() element {
	e := element{physical: noPhysical, converted: noConverted}
	c.fields(func(id int, kind byte) {
		switch id {
		case 1:
			e.physical = c.small(kind)
		case 2:
			e.width = c.small(kind)
		case 3:
			e.repetition = c.small(kind)
		case 4:
			e.name = string(c.binary(kind))
		case 5:
			e.children = c.small(kind)
		case 6:
			e.converted = c.small(kind)
		case 10:
			c.object(kind, func(id int, kind byte) { c.logical(&e.logical, id, kind) })
		default:
			c.skip(kind)
		}
	})
	return e
}

// logical reads the one member of the union LogicalType.
func (c *cursor) logical(l *logical, id int, kind byte) {
	l.kind = id
	c.object(kind, func(member int, kind byte) {
		switch {
		case id == logicalInteger && member == 2:
			l.unsigned = kind == thriftFalse
			c.skip(kind)
		case id == logicalTimestamp && member == 2:
			c.object(kind, func(unit int, kind byte) {
				l.unit = unit
				c.skip(kind)
			})
		default:
			c.skip(kind)
		}
	})
}
