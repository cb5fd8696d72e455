package compress

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
)

// packedBy returns the text as the writer packs it.
func packedBy(t testing.TB, text string, open func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var out bytes.Buffer
	w := open(&out)
	io.WriteString(w, text)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func brotlied(t testing.TB, text string) string {
	return packedBy(t, text, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
}

func zlibbed(t testing.TB, text string) string {
	return packedBy(t, text, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
}

func deflated(t testing.TB, text string) string {
	return packedBy(t, text, func(w io.Writer) io.WriteCloser {
		writer, err := flate.NewWriter(w, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		return writer
	})
}

func TestDecode(t *testing.T) {
	text := strings.Repeat("<p>The ferry sails on Monday, if the tide allows.\n", 400)
	tests := []struct{ name, codings, body, want, err string }{
		{"none", "", text, text, ""},
		{"identity", " Identity ", text, text, ""},
		{"gzip", "gzip", gzipped(t, text), text, ""},
		{"old name", "X-GZIP", gzipped(t, text), text, ""},
		{"gzip with bytes behind it", "gzip", gzipped(t, text) + "\r\n", text, ""},
		{"deflate", "deflate", zlibbed(t, text), text, ""},
		{"deflate without a header", "deflate", deflated(t, text), text, ""},
		{"br", "br", brotlied(t, text), text, ""},
		{"zstd", "zstd", zstandard(t, text), text, ""},
		{"two", "br, gzip", gzipped(t, brotlied(t, text)), text, ""},
		{"undone already", "gzip", text, text, ""},
		{"undone already", "zstd", text, text, ""},
		{"undone already", "br", text, text, ""},
		{"undone already", "deflate", text, text, ""},
		{"nothing", "br", "", "", ""},
		{"unknown, but text", "UTF-8", text, text, ""},
		{"unknown", "gzip, compress", "\xFF", "", `unknown content coding "compress"`},
		{"far too many", "gzip, gzip, gzip, gzip, gzip", "x", "", "the body has 5 content codings, and at most 4 are undone"},
	}
	for _, test := range tests {
		got, err := Decode(test.codings, []byte(test.body), len(text))
		message := ""
		if err != nil {
			message = err.Error()
		}
		if string(got) != test.want || message != test.err {
			t.Errorf("%s, %s: %d bytes, error %q; want %d, %q", test.name, test.codings, len(got), message, len(test.want), test.err)
		}
	}
}

// TestDecodeBombs holds that no more is decompressed than is allowed.
func TestDecodeBombs(t *testing.T) {
	const limit = 1 << 20
	text := strings.Repeat("\x00", 32<<20)
	for codings, body := range map[string]string{
		"gzip": gzipped(t, text), "br": brotlied(t, text), "deflate": zlibbed(t, text), "zstd": zstandard(t, text),
		"gzip, gzip": gzipped(t, gzipped(t, text)),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Decode(codings, []byte(body), limit)
		runtime.ReadMemStats(&after)
		used := after.TotalAlloc - before.TotalAlloc
		if !errors.Is(err, ErrTooLarge) || used > 24<<20 {
			t.Errorf("%s: error %v, %d MB", codings, err, used>>20)
		}
	}
}

func TestDecodeCutBodies(t *testing.T) {
	text := strings.Repeat("The ferry sails on Monday, if the tide allows, and nobody knows.\n", 3000)
	for codings, body := range map[string]string{"gzip": gzipped(t, text), "br": brotlied(t, text), "deflate": zlibbed(t, text)} {
		for length := range body {
			got, err := Decode(codings, []byte(body[:length]), 2*len(text))
			if !strings.HasPrefix(text, string(got)) && string(got) != body[:length] {
				t.Fatalf("%s cut to %d bytes gives other text", codings, length)
			}
			if err == nil && length > 2 && string(got) != body[:length] && string(got) != text {
				t.Fatalf("%s cut to %d bytes is taken for whole", codings, length)
			}
		}
	}
}

// TestDecodeTogether is for the race detector.
func TestDecodeTogether(t *testing.T) {
	var all sync.WaitGroup
	for _, text := range []string{strings.Repeat("ferry ", 999), strings.Repeat("tide ", 999), "", "x"} {
		packed := map[string]string{"gzip": gzipped(t, text), "br": brotlied(t, text)}
		all.Go(func() {
			for range 50 {
				for codings, body := range packed {
					if got, err := Decode(codings, []byte(body), 1<<20); err != nil || string(got) != text {
						t.Errorf("%s: %d bytes, error %v, want %d", codings, len(got), err, len(text))
					}
				}
			}
		})
	}
	all.Wait()
}

// FuzzDecode holds that no body makes more than it may, and that one that
// carries on in another coding than it says is left as it is.
func FuzzDecode(f *testing.F) {
	for codings, body := range map[string]string{"gzip": gzipped(f, "tide"), "br": brotlied(f, "tide"), "zstd": zstandard(f, "tide"), "deflate": zlibbed(f, "tide"), "x, br": "tide"} {
		f.Add(codings, []byte(body))
	}
	f.Fuzz(func(t *testing.T, codings string, body []byte) {
		limit := max(len(body), 1000)
		got, err := Decode(codings, body, limit)
		if len(got) > limit {
			t.Fatalf("%d bytes, error %v", len(got), err)
		}
	})
}
