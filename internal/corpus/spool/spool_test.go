package spool

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

func randomBytes(random *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return b
}

// TestReadsWhatWasWritten compares with a slice, in memory, on disk and across the change.
func TestReadsWhatWasWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	for _, limit := range []int{0, 1, 1000, 3 * blockBytes, 100 * blockBytes} {
		s := New(limit, t.TempDir())
		var all []byte
		for range 30 {
			piece := randomBytes(random, random.IntN(blockBytes/2))
			if n, err := s.Write(piece); n != len(piece) || err != nil {
				t.Fatalf("limit %d: wrote %d of %d, %v", limit, n, len(piece), err)
			}
			all = append(all, piece...)
			if s.Size() != int64(len(all)) {
				t.Fatalf("limit %d: size %d, want %d", limit, s.Size(), len(all))
			}
			start := random.IntN(len(all) + 1)
			got := make([]byte, random.IntN(len(all)-start+1))
			if _, err := s.ReadAt(got, int64(start)); err != nil || !bytes.Equal(got, all[start:start+len(got)]) {
				t.Fatalf("seed %d, limit %d: %d bytes from %d are others, error %v", seeded.Seed(), limit, len(got), start, err)
			}
		}
		if onDisk := s.file != nil; onDisk != (len(all) > limit) {
			t.Errorf("limit %d, %d bytes: on disk %t", limit, len(all), onDisk)
		}
		if n, err := s.ReadAt(make([]byte, 10), int64(len(all))-3); n != 3 || err != io.EOF {
			t.Errorf("limit %d: over the end %d bytes are read, %v", limit, n, err)
		}
		if _, err := s.ReadAt(make([]byte, 1), -1); err == nil {
			t.Errorf("limit %d: a negative offset can be read", limit)
		}
		if err := s.Close(); err != nil {
			t.Errorf("limit %d: closing: %v", limit, err)
		}
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	dir := t.TempDir()
	s := New(1, dir)
	s.Write([]byte("text"))
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); left != nil {
		t.Errorf("left: %v", left)
	}
	if _, err := s.Write([]byte("x")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("writing after Close: %v", err)
	}
	if _, err := s.ReadAt([]byte("x"), 0); !errors.Is(err, os.ErrClosed) {
		t.Errorf("reading after Close: %v", err)
	}
}

func TestNoTemporaryFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "missing")
	s := New(3, dir)
	if _, err := s.Write([]byte("abc")); err != nil {
		t.Errorf("within the limit: %v", err)
	}
	_, err := s.Write([]byte("d"))
	if want := fmt.Sprintf("creating a temporary file in %q: ", dir); !errors.Is(err, os.ErrNotExist) || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("beyond the limit: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestFolderOfErrors closes the file below the spool, so that all fails.
func TestFolderOfErrors(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := New(0, "")
	many := make([]byte, tailBytes+1) // more than waits to be written
	if _, err := s.Write(many); err != nil {
		t.Fatal(err)
	}
	s.file.Close()
	for doing, run := range map[string]func([]byte) (int, error){
		"writing": s.Write,
		"reading": func(p []byte) (int, error) { return s.ReadAt(p, 0) },
	} {
		_, err := run(many)
		if want := fmt.Sprintf("%s a temporary file in %q: file already closed", doing, os.TempDir()); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	for range 3 { // nothing piles up behind what could not be written
		if _, err := s.Write(many); err == nil || len(s.tail) > tailBytes {
			t.Errorf("error %v, %d bytes wait", err, len(s.tail))
		}
	}
}

// TestNoRoomForTheMove lets the change from memory to disk fail, after which what
// was taken can still be read, and nothing more is taken.
func TestNoRoomForTheMove(t *testing.T) {
	dir := t.TempDir()
	s := New(10, dir)
	var made []*os.File
	s.create = func(dir, pattern string) (*os.File, error) {
		file, err := os.CreateTemp(dir, pattern)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		unwritable, err := os.Open(file.Name())
		made = append(made, unwritable)
		return unwritable, err
	}
	if _, err := s.Write([]byte("0123456789")); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("writing a temporary file in %q: ", dir)
	for range 3 {
		if _, err := s.Append([]byte("abc"), []byte("d")); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("appending: error %v, want %s…", err, want)
		}
	}
	got := make([]byte, 12)
	if n, err := s.ReadAt(got, 0); err != io.EOF || string(got[:n]) != "0123456789" || s.Size() != 10 {
		t.Errorf("%q of %d bytes can be read, error %v", got[:n], s.Size(), err)
	}
	if len(made) != 1 || made[0].Close() == nil {
		t.Errorf("%d files were made, or one is open", len(made))
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); left != nil {
		t.Errorf("left: %v", left)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestConcurrentReads is for the race detector: readers run while the spool
// grows and moves to disk.
func TestConcurrentReads(t *testing.T) {
	const pieces, size = 200, 1000
	s := New(pieces*size/2, t.TempDir())
	defer s.Close()
	written := make(chan int, pieces)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for piece := range written {
				got := make([]byte, size)
				if _, err := s.ReadAt(got, int64(piece*size)); err != nil || !bytes.Equal(got, bytes.Repeat([]byte{byte(piece)}, size)) {
					t.Errorf("piece %d is another, error %v", piece, err)
				}
			}
		})
	}
	for piece := range pieces {
		if _, err := s.Write(bytes.Repeat([]byte{byte(piece)}, size)); err != nil {
			t.Fatal(err)
		}
		written <- piece
	}
	close(written)
	readers.Wait()
}
