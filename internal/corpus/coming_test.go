package corpus

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// lines is a catalog of one format, whose records are lines.
type lines struct{}

func (lines) Choose(string) Choice { return Read }

func (lines) Detect(Candidate) (*Format, error) {
	return &Format{Name: "lines", Open: func(in *Stream) (Splitter, Decode) { return lineSplitter{in}, nil }}, nil
}

type lineSplitter struct{ in *Stream }

func (s lineSplitter) Split() (Record, error) {
	for {
		if end := bytes.IndexByte(s.in.Window(), '\n'); end >= 0 {
			return s.in.Record(end+1, 1), nil
		}
		if !s.in.More() {
			return Record{}, s.in.Err()
		}
	}
}

// TestDroppedInputsCountOnce holds that the bytes of inputs which are decompressed
// ahead of their turn, and for which there is no room then, are not counted
// again when they are passed over.
func TestDroppedInputsCountOnce(t *testing.T) {
	dir := t.TempDir()
	names := []string{filepath.Join(dir, "a.txt")}
	contents := [][]byte{[]byte("one\ntwo\nthree\n")}
	noise := rand.NewChaCha8([32]byte{})
	for i := range 4 {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		if _, err := io.CopyN(w, noise, 100_000); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		names = append(names, filepath.Join(dir, fmt.Sprint(i, ".gz")))
		contents = append(contents, out.Bytes())
	}
	for i, name := range names {
		if err := os.WriteFile(name, contents[i], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := Open(names, nil, lines{}, Options{MaxTotalBytes: 6})
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = c.Next(t.Context())
		for _, ahead := range c.coming.sources { // so that there is something to be dropped
			_ = ahead.ahead.Opened()
		}
	}
	if read := c.readBytes.Load(); err != io.EOF || read != c.totalBytes {
		t.Errorf("error %v; %d bytes of %d are counted as read", err, read, c.totalBytes)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}
