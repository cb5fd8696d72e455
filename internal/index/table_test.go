package index

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// tableOf writes a table and opens it.
func tableOf(t *testing.T, keyBits int, lists map[uint64][]uint64) (*table, []byte) {
	t.Helper()
	var memory bytes.Buffer
	out := &output{out: &memory}
	w := newTableWriter(out, keyBits, len(lists))
	for _, key := range slices.Sorted(maps.Keys(lists)) {
		if err := w.add(key, lists[key]); err != nil {
			t.Fatal(err)
		}
	}
	place, err := w.finish()
	if err != nil {
		t.Fatal(err)
	}
	x, err := openTable(bytes.NewReader(memory.Bytes()), keyBits, place, int64(memory.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return x, memory.Bytes()
}

// TestTable holds tables of random keys against a map: each key is found with its values, no other is, and a
// cursor meets them in their order. The directory is held, or read.
func TestTable(t *testing.T) {
	random := seeded.Rand(t)
	for _, c := range []struct{ keyBits, keys int }{{64, 0}, {64, 1}, {64, 3}, {40, 100}, {64, 1000}, {40, 30000}} {
		lists := make(map[uint64][]uint64)
		for range c.keys {
			key := random.Uint64() >> (64 - c.keyBits)
			if random.IntN(4) == 0 { // near each other, and at both ends
				key = (1<<c.keyBits - 1) - uint64(random.IntN(8))
				if random.IntN(2) == 0 {
					key = uint64(random.IntN(8))
				}
			}
			for range 1 + random.IntN(5)*random.IntN(2) {
				lists[key] = append(lists[key], random.Uint64()>>random.IntN(64))
			}
		}
		x, _ := tableOf(t, c.keyBits, lists)
		for _, held := range []bool{true, false} {
			if !held {
				x.directory = nil
			}
			var p probe
			for key, want := range lists {
				got, err := x.find(&p, key)
				if err != nil || !slices.Equal(got, want) {
					t.Fatalf("%d bits: key %x: %v, %v, want %v", c.keyBits, key, got, err, want)
				}
				if other := key ^ 1<<random.IntN(c.keyBits); lists[other] == nil {
					if got, err := x.find(&p, other); err != nil || got != nil {
						t.Fatalf("%d bits: no key %x: %v, %v", c.keyBits, other, got, err)
					}
				}
			}
			found := make(map[uint64][]uint64)
			cursor := &cursor{table: x}
			for last, first := uint64(0), true; cursor.next(); last, first = cursor.key, false {
				if !first && cursor.key <= last {
					t.Fatalf("key %x behind %x", cursor.key, last)
				}
				found[cursor.key] = slices.Clone(cursor.values)
			}
			if diff := gocmp.Diff(lists, found); diff != "" || cursor.err != nil {
				t.Fatalf("cursor: %v, %s", cursor.err, diff)
			}
		}
	}
}

// TestDamagedBucket holds that a changed byte of a bucket is found out by whoever reads it.
func TestDamagedBucket(t *testing.T) {
	lists := map[uint64][]uint64{5: {1, 2, 3}, 6: {9}, 1 << 60: {4, 4}}
	x, data := tableOf(t, 64, lists)
	for at := range int(x.place.Directory) {
		data[at] ^= 0x10
		var failed error
		for key := range lists {
			var p probe
			_, err := x.find(&p, key)
			failed = errors.Join(failed, err)
		}
		if !errors.Is(failed, ErrDamaged) {
			t.Errorf("byte %d: %v", at, failed)
		}
		data[at] ^= 0x10
	}
}

// TestBucketBytes holds the bytes that the package comment shows.
func TestBucketBytes(t *testing.T) {
	if got := appendEntry(nil, 0x105-0x100, []uint64{7, 300}); !bytes.Equal(got, []byte{0x16, 0x07, 0xac, 0x02}) {
		t.Errorf("% x", got)
	}
}

func FuzzBucket(f *testing.F) {
	f.Add(appendEntry(appendEntry(nil, 3, []uint64{1}), 9, []uint64{1, 2, 3, 4}))
	f.Add([]byte{0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		e := entries{rest: data}
		for e.next(nil, 0) {
			if len(e.values) == 0 || len(e.values) > len(data) {
				t.Fatalf("%d values of %d bytes", len(e.values), len(data))
			}
		}
		skipped := entries{rest: data}
		for skipped.next(nil, 1<<63) {
		}
	})
}

// TestMergeFrom says which segments are joined.
func TestMergeFrom(t *testing.T) {
	for _, c := range []struct {
		articles []int
		want     int
	}{
		{nil, -1},
		{[]int{1, 1, 1}, -1},
		{[]int{1, 1, 1, 1}, 0},
		{[]int{1000000, 1, 1, 1}, -1}, // a million are not written again for three
		{[]int{1000000, 1, 1, 1, 30}, 1},
		{[]int{1000000, 5, 100, 100, 2, 100, 3}, -1},
		{[]int{1000000, 5, 100, 100, 2, 100, 101, 3}, 1},
		{[]int{3000, 100, 3000, 3000, 3100, 1}, 0},
	} {
		var segments []*segment
		for _, articles := range c.articles {
			segments = append(segments, &segment{footer: footer{Articles: articles}})
		}
		if got := mergeFrom(segments); got != c.want {
			t.Errorf("%v: from %d, want %d", c.articles, got, c.want)
		}
	}
}

// TestFewSegments adds single articles, and holds that few segments are there at any time, and that few bytes are written for each.
func TestFewSegments(t *testing.T) {
	var segments []*segment
	written := 0
	const articles = 20000
	for range articles {
		segments = append(segments, &segment{footer: footer{Articles: 1}})
		for first := mergeFrom(segments); first >= 0; first = mergeFrom(segments) {
			joined := 0
			for _, s := range segments[first:] {
				joined += s.footer.Articles
			}
			segments = append(segments[:first], &segment{footer: footer{Articles: joined}})
			written += joined
		}
		if len(segments) > 24 {
			t.Fatalf("%d segments", len(segments))
		}
	}
	if written > 16*articles {
		t.Errorf("%d articles were written again %d times", articles, written)
	}
	t.Logf("each article was written again %.1f times", float64(written)/articles)
}
