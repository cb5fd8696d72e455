package index

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// violations opens and checks an index, and returns how many faults that names.
func violations(t *testing.T, path string) int {
	t.Helper()
	x, err := Open(path, Read)
	if err != nil {
		return 1
	}
	defer x.Close()
	found := 0
	if err := x.Check(context.Background(), 1, func(string) { found++ }, nil); err != nil {
		found++
	}
	return found
}

// TestDamage changes, one by one, the bytes of an index, and cuts its files at every length: each time something is
// named, and nothing panics.
func TestDamage(t *testing.T) {
	x, path := newIndexAt(t, dedup.DefaultOptions())
	scanInto(t, x, texts(
		"The ferry to Osk sails again on Monday, its owners said on Friday after a week of storm.\nNobody was hurt.",
		"Grain prices climbed in Lomm.", "", "The ferry to Osk sails again on Monday, its owners said on Friday after a week of storm.\nNobody was hurt.",
	), dedup.DefaultOptions())
	if found := violations(t, path); found > 0 {
		t.Fatalf("%d violations before there are any", found)
	}
	step := 1
	if testing.Short() {
		step = 7
	}
	for _, name := range []string{manifestName, x.manifest.Segments[0].name()} {
		file := filepath.Join(path, name)
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for at := 0; at < len(whole); at += step {
			data := append([]byte(nil), whole...)
			data[at] ^= 0x20
			write(t, file, data)
			isSum := name == manifestName && at > bytes.IndexByte(whole, '\n') // whose digits may be of either case
			if violations(t, path) == 0 && !isSum {
				t.Errorf("%s: byte %d of %d is another, and nothing is said", name, at, len(whole))
			}
			write(t, file, whole[:at])
			if violations(t, path) == 0 && at < len(whole)-1 {
				t.Errorf("%s: it was cut to %d bytes of %d, and nothing is said", name, at, len(whole))
			}
		}
		write(t, file, whole)
	}
}

// TestFalseFooter gives a segment footers whose checksum is right and whose numbers are not: none is opened, so that
// nobody counts, or makes room, for what is not there.
func TestFalseFooter(t *testing.T) {
	var memory bytes.Buffer
	b, err := newBuilder(&output{out: &memory}, false)
	if err == nil {
		err = b.finish()
	}
	if err != nil {
		t.Fatal(err)
	}
	right := b.footer
	for name, change := range map[string]func(f *footer){
		"more articles than bytes":    func(f *footer) { f.Articles = math.MaxInt32 },
		"articles beyond all numbers": func(f *footer) { f.Articles = math.MaxInt64 / rowBytes * 2 },
		"less than no articles":       func(f *footer) { f.Articles = -1 },
		"rows at the end of numbers":  func(f *footer) { f.Rows = math.MaxInt64 },
		"a directory there":           func(f *footer) { f.Texts.Directory = math.MaxInt64 - 8 },
		"more keys than bytes":        func(f *footer) { f.Samples.Keys = math.MaxInt64 },
		"less than no keys":           func(f *footer) { f.Samples.Keys = -1 },
		"more values than bytes":      func(f *footer) { f.Names.Values = math.MaxInt64 },
	} {
		changed := right
		change(&changed)
		data := bytes.NewBuffer(bytes.Clone(memory.Bytes()))
		if err := writeFooter(&output{out: data}, &changed); err != nil {
			t.Fatal(err)
		}
		if _, err := openSegment(bytes.NewReader(data.Bytes()), int64(data.Len())); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLargeDirectory holds that Check reads the checksum of a directory too, that is too large to be held.
func TestLargeDirectory(t *testing.T) {
	x, _ := newIndexAt(t, dedup.DefaultOptions())
	scanInto(t, x, texts("Grain prices climbed in Lomm."), dedup.DefaultOptions())
	texts := x.segments[0].texts
	texts.directory = nil
	mustBeSound(t, x)
	texts.place.Sum++
	found := 0
	if err := x.Check(context.Background(), 1, func(string) { found++ }, nil); err != nil || found != 1 {
		t.Errorf("%d violations, %v", found, err)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestRemoveDamaged damages, one by one, the blocks of an index: what they held is forgotten, all else is as it was, and once
// it is compacted nothing is wrong.
func TestRemoveDamaged(t *testing.T) {
	articles := news(seeded.Seed(), 120, 120)
	for block := range 4 {
		x, path := newIndexAt(t, dedup.DefaultOptions())
		scanInto(t, x, articles, dedup.DefaultOptions())
		all := keysOf(t, x)
		var starts []uint64
		of := make(map[uint64][]string)
		if err := x.segments[0].eachRow(func(local uint32, r row) error {
			if !slices.Contains(starts, r.block) {
				starts = append(starts, r.block)
			}
			of[r.block] = append(of[r.block], all[local])
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if len(starts) < 5 {
			t.Fatalf("%d blocks", len(starts))
		}
		start := starts[block]
		file, err := os.OpenFile(x.path(segmentName(x.segments[0].number)), os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteAt([]byte("damage"), int64(start)+blockHead+3); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(file.Close(), x.Close()); err != nil {
			t.Fatal(err)
		}
		if x, err = Open(path, Write); err != nil { // anew: some of its blocks are held
			t.Fatal(err)
		}
		defer x.Close()
		count, err := x.RemoveDamaged(context.Background())
		if err != nil || count != len(of[start]) {
			t.Fatalf("block %d: %d removed of %d, %v", block, count, len(of[start]), err)
		}
		if err := x.Compact(context.Background()); err != nil {
			t.Fatal(err)
		}
		mustBeSound(t, x)
		left := slices.DeleteFunc(slices.Clone(all), func(key string) bool { return slices.Contains(of[start], key) })
		if diff := gocmp.Diff(left, keysOf(t, x)); diff != "" {
			t.Errorf("block %d: %s", block, diff)
		}
		if again, err := x.RemoveDamaged(context.Background()); again != 0 || err != nil {
			t.Errorf("block %d: %d removed again, %v", block, again, err)
		}
	}
}

// TestCheckNames holds that Check calls an article by its name where that can be read.
func TestCheckNames(t *testing.T) {
	x, _ := newIndexAt(t, dedup.DefaultOptions())
	scanInto(t, x, texts("Grain prices climbed in Lomm."), dedup.DefaultOptions())
	x.segments[0].names = x.segments[0].paragraphs
	var said []string
	if err := x.Check(context.Background(), 1, func(violation string) { said = append(said, violation) }, nil); err != nil {
		t.Fatal(err)
	}
	want := `0000000001.segment: article 0: "000": the table of names does not have it`
	if !slices.Contains(said, want) {
		t.Errorf("%q", said)
	}
}
