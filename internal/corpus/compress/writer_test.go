package compress

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWriters compresses in small and large pieces, with records that end, and
// reads what was written.
func TestWriters(t *testing.T) {
	text := strings.Repeat("The tide tables of Lindmouth run to many pages.\n", 5000)
	for _, kind := range Writable() {
		for _, want := range []string{"", "a", text} {
			var stored bytes.Buffer
			w, err := NewWriter(kind, &stored)
			if err != nil {
				t.Fatal(err)
			}
			half := len(want) / 2
			for _, write := range []func() error{
				func() error { _, err := io.WriteString(w, want[:half]); return err },
				func() error {
					if marked, ok := w.(interface{ EndRecord() error }); ok {
						return marked.EndRecord()
					}
					return nil
				},
				func() error { _, err := io.Copy(w, strings.NewReader(want[half:])); return err },
				w.Close,
			} {
				if err := write(); err != nil {
					t.Fatalf("%s: %v", kind, err)
				}
			}
			var d Decompressor
			r, told, err := d.Open(&stored)
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			got, err := io.ReadAll(r)
			if err != nil || string(got) != want || told != kind && want != "" {
				t.Errorf("%s: %d bytes of %d came back as %s, error %v", kind, len(got), len(want), told, err)
			}
			d.Close()
		}
	}
	if _, err := NewWriter(Bzip2, io.Discard); err == nil {
		t.Error("bzip2 is written")
	}
}

func TestSuffixes(t *testing.T) {
	for _, kind := range []Kind{Gzip, Zstd, Bzip2, XZ, LZ4} {
		if diff := cmp.Diff("a.txt", TrimSuffix("a.txt"+kind.Suffix())); diff != "" {
			t.Errorf("%s:\n%s", kind, diff)
		}
	}
}
