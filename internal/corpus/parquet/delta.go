package parquet

import (
	"encoding/binary"
	"errors"
	"math"
)

var errDelta = errors.New("damaged differences")

// A deltas reads numbers of which the differences are written, in blocks of
// miniblocks that each have a width in bits. It unpacks nothing before it is
// asked for.
type deltas struct {
	rest     []byte
	perMini  uint64 // numbers in a miniblock
	minis    int    // in a block
	count    uint64 // numbers in all
	left     uint64 // to be read
	value    uint64 // the next; the arithmetic wraps around, as the format wants it
	smallest uint64
	widths   []byte // of the miniblocks of this block that have not been begun
	packed   []byte // the miniblock
	width    int
	at       int // of the next difference in it, in bits
	inMini   uint64
}

// reset begins with the bytes of a header.
func (d *deltas) reset(data []byte) error {
	*d = deltas{rest: data}
	block, minis := d.uvarint(), d.uvarint()
	d.count = d.uvarint()
	d.value = unzigzag(d.uvarint())
	if d.rest == nil || minis == 0 || block%minis != 0 || block/minis%8 != 0 || block > math.MaxInt32 {
		return errDelta
	}
	d.minis, d.perMini, d.left = int(minis), block/minis, d.count
	if d.perMini == 0 {
		return errDelta
	}
	return nil
}

func unzigzag(value uint64) uint64 { return value>>1 ^ -(value & 1) }

// uvarint leaves rest nil where there is none.
func (d *deltas) uvarint() uint64 {
	value, n := binary.Uvarint(d.rest)
	if n <= 0 {
		d.rest = nil
		return 0
	}
	d.rest = d.rest[n:]
	return value
}

// next returns the next number.
func (d *deltas) next() (int64, error) {
	if d.left == 0 {
		return 0, errDelta
	}
	value := d.value
	if d.left--; d.left > 0 {
		if err := d.advance(); err != nil {
			return 0, err
		}
	}
	return int64(value), nil
}

// advance adds the next difference.
func (d *deltas) advance() error {
	if d.inMini == 0 {
		if err := d.mini(); err != nil {
			return err
		}
	}
	d.value += d.smallest + bitsAt(d.packed, d.at, d.width)
	d.at += d.width
	d.inMini--
	return nil
}

// mini begins the next miniblock.
func (d *deltas) mini() error {
	if len(d.widths) == 0 {
		d.smallest = unzigzag(d.uvarint())
		if d.rest == nil || len(d.rest) < d.minis {
			return errDelta
		}
		d.widths, d.rest = d.rest[:d.minis], d.rest[d.minis:]
	}
	d.width, d.widths = int(d.widths[0]), d.widths[1:]
	size := d.perMini / 8 * uint64(d.width)
	if d.width > 64 || size > uint64(len(d.rest)) {
		return errDelta
	}
	d.packed, d.rest, d.at, d.inMini = d.rest[:size], d.rest[size:], 0, d.perMini
	return nil
}

// behind returns the bytes that follow the numbers, none of which has been
// read, without unpacking any: a miniblock costs a look at its width.
func (d deltas) behind() ([]byte, error) {
	for left := d.count; left > 1; {
		if err := d.mini(); err != nil {
			return nil, err
		}
		left -= min(left-1, d.perMini)
	}
	if d.rest == nil {
		return []byte{}, nil
	}
	return d.rest, nil
}
