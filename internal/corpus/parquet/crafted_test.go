package parquet

import (
	"encoding/binary"
	"fmt"
)

// A crafted is a structure of the compact protocol, made field by field, with
// which tests write files that no writer would.
type crafted struct {
	bytes []byte
	last  int
}

func (c *crafted) head(id int, kind byte) *crafted {
	c.bytes = append(c.bytes, byte(id-c.last)<<4|kind)
	c.last = id
	return c
}

func (c *crafted) int(id int, value int64) *crafted {
	c.head(id, thriftI64).bytes = binary.AppendVarint(c.bytes, value)
	return c
}

func (c *crafted) text(id int, value string) *crafted {
	c.head(id, thriftBinary).bytes = binary.AppendUvarint(c.bytes, uint64(len(value)))
	c.bytes = append(c.bytes, value...)
	return c
}

func (c *crafted) object(id int, value *crafted) *crafted {
	c.head(id, thriftStruct).bytes = append(c.bytes, value.end()...)
	return c
}

// list says that it has so many items, of which those given are written.
func (c *crafted) list(id int, said int, items ...*crafted) *crafted {
	c.head(id, thriftList).bytes = binary.AppendUvarint(append(c.bytes, 0xf0|thriftStruct), uint64(said))
	for _, item := range items {
		c.bytes = append(c.bytes, item.end()...)
	}
	return c
}

func (c *crafted) end() []byte { return append(c.bytes[:len(c.bytes):len(c.bytes)], thriftStop) }

func fields() *crafted { return new(crafted) }

// A craftedFile is a file of one optional column of texts.
type craftedFile struct {
	rows   int64 // of each row group
	groups int
	codec  int64
	pages  []byte // of each row group, which all share them
}

// page appends a page, behind its header.
func (f *craftedFile) page(header *crafted, data []byte) {
	f.pages = append(append(f.pages, header.end()...), data...)
}

// dataPage is the header of a page of version 1.
func craftedPage(size, packed, values, encoding int) *crafted {
	return fields().int(1, dataPage).int(2, int64(size)).int(3, int64(packed)).
		object(5, fields().int(1, int64(values)).int(2, int64(encoding)).int(3, encodingRLE).int(4, encodingRLE))
}

func craftedSchema() []*crafted {
	return []*crafted{fields().text(4, "root").int(5, 1), fields().int(1, physicalBytes).int(3, optional).text(4, "text")}
}

func (f *craftedFile) bytes() []byte {
	meta := fields().int(4, f.codec).int(5, f.rows).int(7, int64(len(f.pages))).int(9, int64(len(magic)))
	group := fields().list(1, 1, fields().object(3, meta)).int(3, f.rows)
	groups := make([]*crafted, f.groups)
	for i := range groups {
		groups[i] = group
	}
	schema := craftedSchema()
	return enclose(f.pages, fields().list(2, len(schema), schema...).int(3, f.rows).list(4, len(groups), groups...).end())
}

// enclose makes a file of pages and a footer.
func enclose(pages, footer []byte) []byte {
	file := fmt.Appendf(nil, "%s%s%s", magic, pages, footer)
	return append(binary.LittleEndian.AppendUint32(file, uint32(len(footer))), magic...)
}

// levels are definition levels of a page of version 1: a run of one value.
func levels(count int, level byte) []byte {
	run := append(binary.AppendUvarint(nil, uint64(count)<<1), level)
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(run))), run...)
}

// texts are values in the plain encoding.
func texts(values ...string) (data []byte) {
	for _, value := range values {
		data = append(binary.LittleEndian.AppendUint32(data, uint32(len(value))), value...)
	}
	return data
}
