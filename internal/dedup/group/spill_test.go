package group

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// memory is a Spill. Where it is read to its end it says so, as an io.ReaderAt may.
type memory struct{ bytes []byte }

func (m *memory) Write(p []byte) (int, error) {
	m.bytes = append(m.bytes, p...)
	return len(p), nil
}

func (m *memory) ReadAt(p []byte, offset int64) (n int, err error) {
	n = copy(p, m.bytes[offset:])
	if int(offset)+n == len(m.bytes) {
		err = io.EOF
	}
	return n, err
}

func randomKey(random *rand.Rand) uint64 { return random.Uint64N(1 << 16) }

// TestSpillOfNothing holds that an empty store writes nothing and is not spilled.
func TestSpillOfNothing(t *testing.T) {
	var s Store
	var to memory
	if err := s.Spill(&to); err != nil || s.Spilled() || s.Bytes() != 0 || len(to.bytes) > 0 {
		t.Errorf("error %v, spilled %t, %d bytes in memory and %d written", err, s.Spilled(), s.Bytes(), len(to.bytes))
	}
	checkStore(t, "nothing", new(Lister), &s, nil)
}

// TestSpillTwice holds that spilling what is spilled writes nothing more, and that all
// of it is where it was.
func TestSpillTwice(t *testing.T) {
	var to memory
	s, entries := store(t, seeded.Rand(t), 10_000, randomKey, &to)
	for range 2 {
		if err := s.Spill(&to); err != nil {
			t.Fatal(err)
		}
		if len(to.bytes) != 6*len(entries) || s.Bytes() != 0 {
			t.Errorf("%d entries: %d bytes written, and %d in memory", len(entries), len(to.bytes), s.Bytes())
		}
	}
	checkStore(t, "spilled twice", new(Lister), s, entries)
}

// TestSpilledInOnePartition spills entries of one partition, and then adds others
// of another: they too are there when they are asked for again.
func TestSpilledInOnePartition(t *testing.T) {
	var s Store
	var entries []added
	for part := range uint64(2) {
		var batch Batch
		for owner := range uint32(10) {
			batch.Add(part<<4, owner, 1)
			entries = append(entries, added{part << 4, 10*uint32(part) + owner, 1})
		}
		batch.Part()
		if err := s.Append(&batch, 10*int(part)); err != nil {
			t.Fatal(err)
		}
		if part == 0 {
			if err := s.Spill(new(memory)); err != nil {
				t.Fatal(err)
			}
		}
	}
	checkStore(t, "one partition", new(Lister), &s, entries)
}

// TestSpilledBytes pins what is written of a partition: the keys, then the rests.
func TestSpilledBytes(t *testing.T) {
	var s Store
	var batch Batch
	batch.Add(0x1234567<<12|0xff<<4, 100, 5)
	batch.Add(0x89<<12|0xff<<4, 102, 15)
	batch.Part()
	if err := s.Append(&batch, 1000); err != nil {
		t.Fatal(err)
	}
	var to memory
	if err := s.Spill(&to); err != nil {
		t.Fatal(err)
	}
	want := []byte{0x67, 0x45, 0x23, 0x01, 0x89, 0, 0, 0, 0x05, 0, 0x2f, 0}
	if !bytes.Equal(to.bytes, want) {
		t.Errorf("% x written, want % x", to.bytes, want)
	}
}

// broken is a Spill of which one write or the reading fails.
type broken struct {
	memory
	writes  int // that succeed
	reading error
}

var errFull, errGone = errors.New("no space left"), errors.New("gone")

func (b *broken) Write(p []byte) (int, error) {
	if b.writes == 0 {
		return 0, errFull
	}
	b.writes--
	return b.memory.Write(p)
}

func (b *broken) ReadAt(p []byte, offset int64) (int, error) {
	if b.reading != nil {
		return 0, b.reading
	}
	return b.memory.ReadAt(p, offset)
}

func TestSpillErrors(t *testing.T) {
	random := seeded.Rand(t)
	for _, writes := range []int{0, 1, 100} {
		s, _ := store(t, random, 10_000, randomKey, nil)
		err := s.Spill(&broken{writes: writes})
		if !errors.Is(err, errFull) || !strings.HasPrefix(err.Error(), "spilling samples: ") {
			t.Errorf("after %d writes: error %v", writes, err)
		}
	}
	for _, cause := range []error{errGone, io.ErrUnexpectedEOF, io.EOF} {
		to := broken{writes: -1}
		s, _ := store(t, random, 10_000, randomKey, nil)
		if err := s.Spill(&to); err != nil {
			t.Fatal(err)
		}
		to.reading = cause
		for part := range Partitions {
			lists, err := new(Lister).Lists(s, part)
			if !errors.Is(err, cause) || !strings.HasPrefix(err.Error(), "reading spilled samples: ") || lists.Len() > 0 {
				t.Fatalf("partition %d: error %v, want %v; %d lists", part, err, cause, lists.Len())
			}
		}
	}
}

// TestTruncatedSpill holds that a file that has become shorter is an error, and not
// entries of zeros.
func TestTruncatedSpill(t *testing.T) {
	var to memory
	s, _ := store(t, seeded.Rand(t), 10_000, randomKey, nil)
	if err := s.Spill(&to); err != nil {
		t.Fatal(err)
	}
	to.bytes = slices.Delete(to.bytes, len(to.bytes)-1, len(to.bytes))
	if _, err := new(Lister).Lists(s, Partitions-1); !errors.Is(err, io.EOF) {
		t.Errorf("error %v, want %v", err, io.EOF)
	}
}
