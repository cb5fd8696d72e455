package compress

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	io.WriteString(w, text)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func zstandard(t testing.TB, text string) string {
	t.Helper()
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer encoder.Close()
	return string(encoder.EncodeAll([]byte(text), nil))
}

// skippable is a zstd frame that holds no text, but four bytes for others.
const skippable = "\x5A\x2A\x4D\x18\x04\x00\x00\x00any."

// TestOpen reads one input after the other through one decompressor.
func TestOpen(t *testing.T) {
	long := strings.Repeat("The ferry sails on Monday.\n", 20_000)
	tests := []struct {
		name, input, want string
		kind              Kind
	}{
		{"plain", "text", "text", None},
		{"empty", "", "", None},
		{"one byte", "\x1f", "\x1f", None},
		{"gzip", gzipped(t, long), long, Gzip},
		{"gzip of nothing", gzipped(t, ""), "", Gzip},
		{"gzip of two members", gzipped(t, long) + gzipped(t, "more"), long + "more", Gzip},
		{"zstd", zstandard(t, long), long, Zstd},
		{"zstd of two frames", zstandard(t, long) + skippable + zstandard(t, "more"), long + "more", Zstd},
		{"zstd, skippable frame first", skippable + zstandard(t, long), long, Zstd},
		{"gzip again", gzipped(t, "again"), "again", Gzip},
		{"plain again", long, long, None},
	}
	var d Decompressor
	defer d.Close()
	for _, test := range tests {
		for _, source := range []io.Reader{strings.NewReader(test.input), iotest.OneByteReader(strings.NewReader(test.input))} {
			reader, kind, err := d.Open(source)
			if err != nil {
				t.Fatalf("%s: %v", test.name, err)
			}
			got, err := io.ReadAll(reader)
			if err != nil || kind != test.kind || string(got) != test.want {
				t.Errorf("%s: %d bytes of kind %q, error %v; want %d of kind %q", test.name, len(got), kind, err, len(test.want), test.kind)
			}
		}
	}
}

func TestCutInputs(t *testing.T) {
	text := strings.Repeat("The ferry sails on Monday, if the tide allows.\n", 5000)
	var d Decompressor
	defer d.Close()
	for name, whole := range map[Kind]string{Gzip: gzipped(t, text), Zstd: zstandard(t, text)} {
		for _, length := range []int{5, 12, len(whole) / 2, len(whole) - 1} {
			got, err := readAll(&d, whole[:length])
			if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "reading "+string(name)) {
				t.Errorf("%s cut to %d bytes: error %v", name, length, err)
			}
			if !strings.HasPrefix(text, got) {
				t.Errorf("%s cut to %d bytes gives other text", name, length)
			}
		}
	}
}

func readAll(d *Decompressor, input string) (string, error) {
	reader, _, err := d.Open(strings.NewReader(input))
	if err != nil {
		return "", err
	}
	got, err := io.ReadAll(reader)
	return string(got), err
}

func TestTrailingGarbage(t *testing.T) {
	var d Decompressor
	defer d.Close()
	packed, twice := gzipped(t, "text"), gzipped(t, "text")+gzipped(t, "more")
	tests := []struct {
		name, input, want string
		err               error
	}{
		{"a few bytes", packed + "garbage", "text", &TrailingError{Gzip, int64(len(packed))}},
		{"one byte", packed + "\x1f", "text", &TrailingError{Gzip, int64(len(packed))}},
		{"a page", packed + strings.Repeat("garbage ", 1000), "text", &TrailingError{Gzip, int64(len(packed))}},
		{"two members", twice + "garbage", "textmore", &TrailingError{Gzip, int64(len(twice))}},
		{"zeros", twice + strings.Repeat("\x00", 200_000), "textmore", nil},
		{"zeros and more", packed + "\x00\x00x", "text", &TrailingError{Gzip, int64(len(packed))}},
		{"a cut member", packed + packed[:7], "text", io.ErrUnexpectedEOF},
		{"zstd", zstandard(t, "text") + "garbage", "text", &TrailingError{Zstd, 0}},
	}
	for _, test := range tests {
		got, err := readAll(&d, test.input)
		if trailing, ok := errors.AsType[*TrailingError](err); ok {
			err = trailing
		}
		same := cmp.Diff(test.err, err) == "" || test.err == io.ErrUnexpectedEOF && errors.Is(err, test.err)
		if got != test.want || !same {
			t.Errorf("%s: got %q, %v; want %q, %v", test.name, got, err, test.want, test.err)
		}
	}
}

func TestReadError(t *testing.T) {
	var d Decompressor
	broken := errors.New("broken")
	if _, _, err := d.Open(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestTrimSuffix(t *testing.T) {
	got := make(map[string]string)
	for _, name := range []string{"a.txt.gz", "a.jsonl.ZST", "a.zstd", "a.txt", ".gz", "a.gz.gz"} {
		got[name] = TrimSuffix(name)
	}
	want := map[string]string{"a.txt.gz": "a.txt", "a.jsonl.ZST": "a.jsonl", "a.zstd": "a", "a.txt": "a.txt", ".gz": ".gz", "a.gz.gz": "a.gz"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
