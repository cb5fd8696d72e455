package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

var (
	errValues = errors.New("the values reach out of the page")
	errIndex  = errors.New("a value is not in the dictionary")
)

// A valueReader reads the values of a page that are not null, one after the
// other. A value is valid until the next one is read.
type valueReader interface {
	next() ([]byte, error)
}

// newValues returns the reader of a page's values.
func newValues(encoding int, l *leaf, dict *dictionary, data []byte) (valueReader, error) {
	if len(data) == 0 { // of nulls alone: some writers then leave out the headers too
		return new(plain), nil
	}
	switch encoding {
	case encodingPlain:
		if l.width > 0 {
			return &fixed{rest: data, width: l.width}, nil
		}
		return &plain{rest: data}, nil
	case encodingPlainDictionary, encodingDictionary:
		return newIndexed(dict, data)
	case encodingDelta:
		if l.physical != physicalInt32 && l.physical != physicalInt64 {
			return nil, errors.New("differences of what are no integers")
		}
		d := &differences{width: l.width}
		return d, d.deltas.reset(data)
	case encodingDeltaLengths, encodingDeltaStrings:
		if l.physical != physicalBytes {
			return nil, errors.New("lengths of what has none")
		}
		if encodingDeltaLengths == encoding {
			return newLengths(data)
		}
		return newShared(data)
	}
	return nil, fmt.Errorf("values in encoding %d are not read", encoding)
}

// A plain reads byte arrays, each behind its length.
type plain struct{ rest []byte }

func (p *plain) next() ([]byte, error) {
	if len(p.rest) < 4 {
		return nil, errValues
	}
	length := int(binary.LittleEndian.Uint32(p.rest))
	if length > len(p.rest)-4 {
		return nil, errValues
	}
	value := p.rest[4 : 4+length : 4+length]
	p.rest = p.rest[4+length:]
	return value, nil
}

// A fixed reads values of one width.
type fixed struct {
	rest  []byte
	width int
}

func (f *fixed) next() ([]byte, error) {
	if len(f.rest) < f.width {
		return nil, errValues
	}
	value := f.rest[:f.width:f.width]
	f.rest = f.rest[f.width:]
	return value, nil
}

// A dictionary is the values of a column chunk that its pages point to.
type dictionary struct {
	data  []byte
	width int
	at    []uint32 // where each value's length stands; none for a width
	count int
}

// reset takes over the bytes of count values.
func (d *dictionary) reset(s *shelf, l *leaf, data []byte, count int) error {
	d.data, d.width, d.count = data, l.width, 0
	if l.width > 0 {
		if count > len(data)/l.width {
			return errValues
		}
		d.count = count
		return nil
	}
	if count > len(data)/4 {
		return errValues
	}
	at, err := s.places(&d.at, count)
	if err != nil {
		return err
	}
	for p := (plain{rest: data}); d.count < count; d.count++ {
		at[d.count] = uint32(len(data) - len(p.rest))
		if _, err := p.next(); err != nil {
			d.count = 0
			return err
		}
	}
	return nil
}

func (d *dictionary) value(index uint32) ([]byte, error) {
	if uint64(index) >= uint64(d.count) {
		return nil, errIndex
	}
	if d.width > 0 {
		at := int(index) * d.width
		return d.data[at : at+d.width : at+d.width], nil
	}
	at := int(d.at[index])
	end := at + 4 + int(binary.LittleEndian.Uint32(d.data[at:]))
	return d.data[at+4 : end : end], nil
}

// An indexed reads values of the dictionary by their numbers.
type indexed struct {
	dict    *dictionary
	indexes hybrid
}

func newIndexed(dict *dictionary, data []byte) (*indexed, error) {
	if dict == nil {
		return nil, errors.New("its dictionary is missing")
	}
	i := &indexed{dict: dict}
	if data[0] > 32 {
		return nil, errRuns
	}
	i.indexes.reset(data[1:], int(data[0]))
	return i, nil
}

func (i *indexed) next() ([]byte, error) {
	index, err := i.indexes.next()
	if err != nil {
		return nil, err
	}
	return i.dict.value(index)
}

// A differences reads integers.
type differences struct {
	deltas deltas
	width  int
	value  [8]byte
}

func (d *differences) next() ([]byte, error) {
	value, err := d.deltas.next()
	binary.LittleEndian.PutUint64(d.value[:], uint64(value))
	return d.value[:d.width], err
}

// A lengths reads byte arrays that stand behind all their lengths.
type lengths struct {
	of   deltas
	rest []byte
}

func newLengths(data []byte) (*lengths, error) {
	l := new(lengths)
	if err := l.of.reset(data); err != nil {
		return nil, err
	}
	var err error
	l.rest, err = l.of.behind()
	return l, err
}

func (l *lengths) next() ([]byte, error) {
	length, err := l.of.next()
	if err != nil {
		return nil, err
	}
	if length < 0 || length > int64(len(l.rest)) {
		return nil, errValues
	}
	value := l.rest[:length:length]
	l.rest = l.rest[length:]
	return value, nil
}

// A shared reads byte arrays that each begin like the one before. What they
// add stands in the page, so none is longer than that.
type shared struct {
	prefixes deltas
	added    *lengths
	value    []byte
}

func newShared(data []byte) (*shared, error) {
	s := new(shared)
	if err := s.prefixes.reset(data); err != nil {
		return nil, err
	}
	rest, err := s.prefixes.behind()
	if err != nil {
		return nil, err
	}
	s.added, err = newLengths(rest)
	return s, err
}

func (s *shared) next() ([]byte, error) {
	prefix, err := s.prefixes.next()
	if err != nil {
		return nil, err
	}
	added, err := s.added.next()
	if err != nil {
		return nil, err
	}
	if prefix < 0 || prefix > int64(len(s.value)) {
		return nil, errValues
	}
	s.value = append(s.value[:prefix], added...)
	return s.value, nil
}

// levelWidth returns the bits of a level of at most most.
func levelWidth(most int) int { return bits.Len(uint(most)) }
