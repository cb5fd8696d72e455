package parquet

import (
	"errors"
	"fmt"
	"io"
	"math"
)

// A group is a row group: so many rows, column by column.
type group struct {
	rows   int64
	chunks []chunk // of the wanted leaves
	needed int     // so many of them, the first, are those of articles
}

// A chunk is the values of a column in one row group.
type chunk struct {
	start, length int64 // of its pages in the file
	codec         int
	encrypted     bool
	elsewhere     bool // in another file
	missing       bool
}

// nextGroup reads the next row group, of whose columns slot tells which are
// wanted and in which order: a negative one is not. io.EOF says that there is none.
func (f *footer) nextGroup(g *group, slot []int) error {
	if f.left == 0 {
		return io.EOF
	}
	f.left--
	for i := range g.chunks {
		g.chunks[i] = chunk{missing: true}
	}
	g.rows = 0
	c := &f.groups
	c.fields(func(id int, kind byte) {
		switch id {
		case 1:
			items := c.structs(kind)
			for i := 0; i < items && c.err == nil; i++ {
				switch {
				case i >= len(slot) || slot[i] < 0:
					c.skip(thriftStruct)
				case slot[i] < g.needed:
					g.chunks[slot[i]] = c.chunk()
				default:
					g.chunks[slot[i]] = c.chunkIfSound()
				}
			}
		case 3:
			g.rows = c.integer(kind)
		default:
			c.skip(kind)
		}
	})
	if c.err == nil && g.rows < 0 {
		c.fail(errThrift)
	}
	return c.err
}

// chunkIfSound is chunk for a column that the articles can do without: where it is
// damaged it is missing.
func (c *cursor) chunkIfSound() chunk {
	whole := c.rest
	c.skip(thriftStruct)
	own := cursor{rest: whole[:len(whole)-len(c.rest)], depth: c.depth}
	if made := own.chunk(); own.err == nil {
		return made
	}
	return chunk{missing: true}
}

func (c *cursor) chunk() chunk {
	var made chunk
	c.fields(func(id int, kind byte) {
		switch id {
		case 1:
			made.elsewhere = len(c.binary(kind)) > 0
		case 3:
			c.object(kind, func(id int, kind byte) { c.chunkData(&made, id, kind) })
		case 8:
			made.encrypted = true
			c.skip(kind)
		default:
			c.skip(kind)
		}
	})
	return made
}

// chunkData reads a field of ColumnMetaData. The chunk begins with its
// dictionary, where it has one, whatever the order of the fields.
func (c *cursor) chunkData(made *chunk, id int, kind byte) {
	switch id {
	case 4:
		made.codec = c.small(kind)
	case 7:
		made.length = c.integer(kind)
	case 9, 11:
		at := c.integer(kind)
		if at > 0 && (made.start == 0 || at < made.start) {
			made.start = at
		}
	default:
		c.skip(kind)
	}
}

// check returns an error where the chunk cannot be read.
func (c chunk) check(size int64) error {
	switch {
	case c.missing:
		return errors.New("the row group lacks it")
	case c.encrypted:
		return errors.New("it is encrypted, and encrypted columns are not read")
	case c.elsewhere:
		return errors.New("it stands in another file")
	case c.start < int64(len(magic)) || c.length < 0 || c.start > math.MaxInt64-c.length || c.start+c.length > size:
		return fmt.Errorf("its bytes, %d from byte %d on, reach out of the file of %d", c.length, c.start, size)
	}
	return nil
}
