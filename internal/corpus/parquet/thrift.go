package parquet

import (
	"encoding/binary"
	"errors"
	"io"
)

// The types of the compact protocol, as fields bear them.
const (
	thriftStop   = 0
	thriftTrue   = 1
	thriftFalse  = 2
	thriftByte   = 3
	thriftI16    = 4
	thriftI32    = 5
	thriftI64    = 6
	thriftDouble = 7
	thriftBinary = 8
	thriftList   = 9
	thriftSet    = 10
	thriftMap    = 11
	thriftStruct = 12
)

// maxThriftDepth bounds how deep what is passed over may nest. The format's own
// structures nest seven deep.
const maxThriftDepth = 32

var (
	errThrift     = errors.New("damaged metadata")
	errThriftType = errors.New("metadata of another type than the format knows")
)

// A cursor walks over structures of Thrift's compact protocol. Every length is
// held against the bytes that are left before anything is made of it, so that
// the memory is that of the bytes. The first error stays, and ends every walk:
// io.ErrUnexpectedEOF where the bytes end in a structure.
type cursor struct {
	rest  []byte
	err   error
	depth int
}

func (c *cursor) fail(err error) {
	if c.err == nil {
		c.err = err
	}
	c.rest = nil
}

func (c *cursor) take(n uint64) []byte {
	if n > uint64(len(c.rest)) {
		c.fail(io.ErrUnexpectedEOF)
		return nil
	}
	taken := c.rest[:n:n]
	c.rest = c.rest[n:]
	return taken
}

func (c *cursor) byte() byte {
	if taken := c.take(1); taken != nil {
		return taken[0]
	}
	return 0
}

func (c *cursor) uvarint() uint64 {
	value, n := binary.Uvarint(c.rest)
	if n <= 0 {
		if n < 0 {
			c.fail(errThrift)
		}
		c.fail(io.ErrUnexpectedEOF)
		return 0
	}
	c.rest = c.rest[n:]
	return value
}

func (c *cursor) varint() int64 {
	value := c.uvarint()
	return int64(value>>1) ^ -int64(value&1)
}

// fields walks over the fields of a structure. Each is called for must pass
// over the value of its field.
func (c *cursor) fields(each func(id int, kind byte)) {
	if c.depth++; c.depth > maxThriftDepth {
		c.fail(errThrift)
	}
	id := 0
	for c.err == nil {
		head := c.byte()
		if head == thriftStop {
			break
		}
		if delta := int(head >> 4); delta != 0 {
			id += delta
		} else {
			id = int(int16(c.varint()))
		}
		if c.err == nil {
			each(id, head&0xf)
		}
	}
	c.depth--
}

// integer reads an integer of any width.
func (c *cursor) integer(kind byte) int64 {
	switch kind {
	case thriftByte:
		return int64(int8(c.byte()))
	case thriftI16, thriftI32, thriftI64:
		return c.varint()
	}
	c.fail(errThriftType)
	return 0
}

// small reads an integer that counts or chooses, and must fit 31 bits.
func (c *cursor) small(kind byte) int {
	value := c.integer(kind)
	if value < 0 || value > 1<<31-1 {
		c.fail(errThrift)
		return 0
	}
	return int(value)
}

func (c *cursor) binary(kind byte) []byte {
	if kind != thriftBinary {
		c.fail(errThriftType)
		return nil
	}
	return c.take(c.uvarint())
}

func (c *cursor) object(kind byte, each func(id int, kind byte)) {
	if kind != thriftStruct {
		c.fail(errThriftType)
		return
	}
	c.fields(each)
}

// list begins a list, whose items are as many as there are bytes at most.
func (c *cursor) list() (items int, kind byte) {
	head := c.byte()
	count := uint64(head >> 4)
	if count == 0xf {
		count = c.uvarint()
	}
	if count > uint64(len(c.rest)) {
		c.fail(io.ErrUnexpectedEOF)
		return 0, 0
	}
	return int(count), head & 0xf
}

// structs begins a list of structures.
func (c *cursor) structs(kind byte) (items int) {
	if kind != thriftList {
		c.fail(errThriftType)
		return 0
	}
	items, kind = c.list()
	if items > 0 && kind != thriftStruct {
		c.fail(errThriftType)
		return 0
	}
	return items
}

// skip passes over the value of a field.
func (c *cursor) skip(kind byte) {
	switch kind {
	case thriftTrue, thriftFalse: // it is in the type
	case thriftByte:
		c.byte()
	case thriftI16, thriftI32, thriftI64:
		c.uvarint()
	case thriftDouble:
		c.take(8)
	case thriftBinary:
		c.take(c.uvarint())
	case thriftList, thriftSet:
		c.skipItems()
	case thriftMap:
		c.skipMap()
	case thriftStruct:
		c.fields(func(_ int, kind byte) { c.skip(kind) })
	default:
		c.fail(errThrift)
	}
}

func (c *cursor) skipItems() {
	if c.depth++; c.depth > maxThriftDepth {
		c.fail(errThrift)
	}
	items, kind := c.list()
	for ; items > 0 && c.err == nil; items-- {
		c.skipItem(kind)
	}
	c.depth--
}

func (c *cursor) skipMap() {
	if c.depth++; c.depth > maxThriftDepth {
		c.fail(errThrift)
	}
	items := c.uvarint()
	if items > 0 {
		kinds := c.byte()
		for ; items > 0 && c.err == nil; items-- {
			c.skipItem(kinds >> 4)
			c.skipItem(kinds & 0xf)
		}
	}
	c.depth--
}

// skipItem passes over an item of a list or map, in which a truth takes a byte.
func (c *cursor) skipItem(kind byte) {
	if kind == thriftTrue || kind == thriftFalse {
		kind = thriftByte
	}
	c.skip(kind)
}
