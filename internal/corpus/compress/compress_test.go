package compress

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/pierrec/lz4/v4"
)

// aSkippable is a frame of zstd or lz4 that holds no text, but four bytes for others.
const aSkippable = "\x5A\x2A\x4D\x18\x04\x00\x00\x00any."

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
		{"zstd of two frames", zstandard(t, long) + aSkippable + zstandard(t, "more"), long + "more", Zstd},
		{"zstd, skippable frame first", aSkippable + zstandard(t, long), long, Zstd},
		{"xz", xzipped(t, long), long, XZ},
		{"xz of nothing", xzipped(t, ""), "", XZ},
		{"xz of three streams", xzipped(t, long) + xzipped(t, "") + xzipped(t, "more"), long + "more", XZ},
		{"xz with padding", xzipped(t, long) + "\x00\x00\x00\x00" + xzipped(t, "more") + strings.Repeat("\x00", 1000), long + "more", XZ},
		{"lz4", lz4Framed(t, long), long, LZ4},
		{"lz4 of nothing", lz4Framed(t, ""), "", LZ4},
		{"lz4 with all checksums", lz4Framed(t, long, lz4.BlockChecksumOption(true), lz4.SizeOption(uint64(len(long)))), long, LZ4},
		{"lz4 of two frames", lz4Framed(t, long) + aSkippable + lz4Framed(t, "more") + aSkippable, long + "more", LZ4},
		{"lz4, skippable frames first", aSkippable + aSkippable + lz4Framed(t, long), long, LZ4},
		{"lz4 of old", lz4Framed(t, long, lz4.LegacyOption(true)), long, LZ4},
		{"lz4, old and new", lz4Framed(t, long, lz4.LegacyOption(true)) + lz4Framed(t, "more") + lz4Framed(t, "still", lz4.LegacyOption(true)), long + "morestill", LZ4},
		{"bzip2", stored(t, "two.txt.bz2"), twoText(t), Bzip2},
		{"bzip2 of nothing", "BZh9\x17\x72\x45\x38\x50\x90\x00\x00\x00\x00", "", Bzip2},
		{"a text that begins like bzip2", "BZh9 is how bzip2 begins", "BZh9 is how bzip2 begins", None},
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
	for name, whole := range map[Kind]string{
		Gzip: gzipped(t, text), Zstd: zstandard(t, text), XZ: xzipped(t, text) + xzipped(t, text), LZ4: lz4Framed(t, text) + lz4Framed(t, text),
		Bzip2: stored(t, "two.txt.bz2"),
	} {
		text := text + text
		if name == Bzip2 {
			text = twoText(t)
		}
		for _, length := range []int{5, 12, 13, len(whole) / 3, len(whole)/2 + 5, len(whole) - 5, len(whole) - 1} {
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
		{"zeros and a member", packed + "\x00\x00" + packed, "texttext", nil},
		{"zstd", zstandard(t, "text") + "garbage", "text", &TrailingError{Zstd, 0}},
		{"xz", xzipped(t, "text") + "garbage", "text", &TrailingError{XZ, int64(len(xzipped(t, "text")))}},
		{"xz, one byte", xzipped(t, "text") + "x", "text", &TrailingError{XZ, int64(len(xzipped(t, "text")))}},
		{"xz, padded", xzipped(t, "text") + "\x00\x00\x00\x00garbage", "text", &TrailingError{XZ, int64(len(xzipped(t, "text")))}},
		{"xz behind gzip", packed + xzipped(t, "text"), "text", &TrailingError{Gzip, int64(len(packed))}},
		{"lz4", lz4Framed(t, "text") + "garbage", "text", &TrailingError{LZ4, int64(len(lz4Framed(t, "text")))}},
		{"lz4, zeros", lz4Framed(t, "text") + "\x00\x00", "text", &TrailingError{LZ4, int64(len(lz4Framed(t, "text")))}},
		{"lz4 of old", lz4Framed(t, "text", lz4.LegacyOption(true)) + "garbage", "text", &TrailingError{LZ4, int64(len(lz4Framed(t, "text", lz4.LegacyOption(true))))}},
		{"bzip2", stored(t, "two.txt.bz2") + "garbage", twoText(t), &TrailingError{Bzip2, int64(len(stored(t, "two.txt.bz2")))}},
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
	for _, name := range []string{"a.txt.gz", "a.jsonl.ZST", "a.zstd", "a.txt", ".gz", "a.gz.gz", "a.txt.bz2", "a.xz", "a.LZ4"} {
		got[name] = TrimSuffix(name)
	}
	want := map[string]string{"a.txt.gz": "a.txt", "a.jsonl.ZST": "a.jsonl", "a.zstd": "a", "a.txt": "a.txt", ".gz": ".gz", "a.gz.gz": "a.gz",
		"a.txt.bz2": "a.txt", "a.xz": "a", "a.LZ4": "a",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
