package parquet

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/delta"
	"github.com/parquet-go/parquet-go/encoding/rle"
)

// TestHybrid reads what another encoder wrote, and runs that end.
func TestHybrid(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for width := 1; width <= 32; width++ {
		for range 50 {
			values := make([]int32, random.IntN(300))
			for i := range values {
				if values[i] = int32(random.Uint32() & (1<<width - 1)); i > 0 && random.IntN(3) > 0 {
					values[i] = values[i-1]
				}
			}
			encoded, err := (&rle.Encoding{BitWidth: width}).EncodeInt32(nil, values)
			if err != nil {
				t.Fatal(err)
			}
			var h hybrid
			h.reset(encoded, width)
			for i, want := range values {
				if got, err := h.next(); err != nil || got != uint32(want) {
					t.Fatalf("width %d, value %d: %d, error %v, want %d", width, i, got, err, want)
				}
			}
		}
	}
	for _, data := range [][]byte{nil, {0x80}, {4}, {3}, {0, 0, 0, 0}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}} {
		var h hybrid
		h.reset(data, 4)
		if value, err := h.next(); err == nil {
			t.Errorf("%x: a value %d", data, value)
		}
	}
	var h hybrid
	h.reset(nil, 0)
	if value, err := h.next(); value != 0 || err != nil {
		t.Errorf("no bits: %d, error %v", value, err)
	}
}

// TestHybridIsLazy reads of a run without end.
func TestHybridIsLazy(t *testing.T) {
	var h hybrid
	h.reset(append(binary.AppendUvarint(nil, math.MaxUint64-1), 3), 2)
	for range 1000 {
		if value, err := h.next(); value != 3 || err != nil {
			t.Fatalf("%d, error %v", value, err)
		}
	}
}

// TestDeltas reads what another encoder wrote, the widest differences among it.
func TestDeltas(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 2000 {
		values := make([]int64, random.IntN(400))
		for i := range values {
			values[i] = int64(random.Uint64()) >> random.IntN(64)
			if round%5 == 0 {
				values[i] = []int64{math.MinInt64, math.MaxInt64, 0}[random.IntN(3)]
			}
		}
		encoded, err := new(delta.BinaryPackedEncoding).EncodeInt64(nil, values)
		if err != nil {
			t.Fatal(err)
		}
		var d deltas
		if err := d.reset(append(encoded, "behind"...)); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if rest, err := d.behind(); err != nil || string(rest) != "behind" {
			t.Fatalf("round %d, %d values: %q follows, error %v", round, len(values), rest, err)
		}
		for i, want := range values {
			if got, err := d.next(); err != nil || got != want {
				t.Fatalf("round %d, value %d: %d, error %v, want %d", round, i, got, err, want)
			}
		}
		if _, err := d.next(); err == nil {
			t.Fatalf("round %d: a value too many", round)
		}
	}
}

// TestHostileDeltas holds that a header alone makes no work.
func TestHostileDeltas(t *testing.T) {
	header := func(numbers ...uint64) (data []byte) {
		for _, n := range numbers {
			data = binary.AppendUvarint(data, n)
		}
		return data
	}
	for name, data := range map[string][]byte{
		"nothing":                nil,
		"no miniblocks":          header(128, 0, 5, 0),
		"odd miniblocks":         header(128, 3, 5, 0),
		"miniblocks of odd size": header(12, 3, 5, 0),
		"an empty block":         header(0, 1, 5, 0),
		"a huge block":           header(1<<40, 1, 5, 0),
	} {
		if err := new(deltas).reset(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	endless := append(header(1<<30, 1, math.MaxUint64, 2), bytes.Repeat([]byte{0, 0}, 1000)...)
	var d deltas
	if err := d.reset(endless); err != nil {
		t.Fatal(err)
	}
	if _, err := d.behind(); err == nil {
		t.Error("numbers without end have an end")
	}
	for range 1000 {
		if value, err := d.next(); value != 1 || err != nil {
			t.Fatalf("%d, error %v", value, err)
		}
	}
}

func TestBitsAt(t *testing.T) {
	data := []byte{0x1f, 0x2e, 0x3d, 0x4c, 0x5b, 0x6a, 0x79, 0x88, 0x97, 0xa6, 0xb5}
	for width := 0; width <= 64; width++ {
		for at := 0; at+width <= 8*len(data); at++ {
			want := uint64(0)
			for bit := range width {
				want |= uint64(data[(at+bit)/8]>>((at+bit)%8)&1) << bit
			}
			if got := bitsAt(data, at, width); got != want {
				t.Fatalf("%d bits at %d: %x, want %x", width, at, got, want)
			}
		}
	}
}
