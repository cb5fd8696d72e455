package compress

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"
)

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var out bytes.Buffer
	return closed(t, &out, gzip.NewWriter(&out), text)
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

func xzipped(t testing.TB, text string) string {
	t.Helper()
	var out bytes.Buffer
	w, err := xz.WriterConfig{BlockSize: 100_000}.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	return closed(t, &out, w, text)
}

func lz4Framed(t testing.TB, text string, options ...lz4.Option) string {
	t.Helper()
	var out bytes.Buffer
	w := lz4.NewWriter(&out)
	if err := w.Apply(append(options, lz4.BlockSizeOption(lz4.Block64Kb))...); err != nil {
		t.Fatal(err)
	}
	return closed(t, &out, w, text)
}

// closed writes the text, closes the writer and returns what it wrote.
func closed(t testing.TB, out *bytes.Buffer, w io.WriteCloser, text string) string {
	t.Helper()
	_, err := io.WriteString(w, text)
	if closing := w.Close(); err != nil || closing != nil {
		t.Fatal(err, closing)
	}
	return out.String()
}

// stored returns a file of testdata.
func stored(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// twoText is what the files of testdata hold: story.txt twice.
func twoText(t testing.TB) string { return stored(t, "story.txt") + stored(t, "story.txt") }

// TestStoredFiles reads what the tools themselves have written.
func TestStoredFiles(t *testing.T) {
	names, err := filepath.Glob("testdata/two.txt.*")
	if err != nil || len(names) != 9 {
		t.Fatalf("%d files, error %v", len(names), err)
	}
	var d Decompressor
	defer d.Close()
	for _, name := range names {
		if got, err := readAll(&d, stored(t, filepath.Base(name))); got != twoText(t) || err != nil {
			t.Errorf("%s: %d bytes, error %v", name, len(got), err)
		}
	}
}

// TestTools has the tools that are installed write what is then read.
func TestTools(t *testing.T) {
	text := strings.Repeat(stored(t, "story.txt"), 1000)
	var d Decompressor
	defer d.Close()
	for _, tool := range []string{
		"gzip -c", "gzip -1c", "pigz -c", "pigz -c -i -b 128", "zstd -c", "zstd -19 -c", "zstd --long -c", "bzip2 -c", "bzip2 -1c", "lbzip2 -c",
		"xz -c", "xz -9ec", "xz -T4 -c --block-size=64KiB", "xz -c --check=none", "xz -c --check=sha256", "xz -c --check=crc32",
		"lz4 -c", "lz4 -9 -c", "lz4 -l -c", "lz4 -BD -c", "lz4 -BD -B4 -BX -c", "lz4 --content-size -c", "lz4 --no-frame-crc -c", "lz4 -B4 -c",
	} {
		packed, err := run(tool, text)
		if err != nil {
			t.Logf("%s: %v", tool, err)
			continue
		}
		for _, input := range []string{packed, packed + packed} {
			want := strings.Repeat(text, len(input)/len(packed))
			if got, err := readAll(&d, input); got != want || err != nil {
				t.Errorf("%s: %d bytes of %d, error %v", tool, len(got), len(want), err)
			}
		}
	}
}

// run returns what a command makes of the text.
func run(command, text string) (string, error) {
	words := strings.Fields(command)
	// lz4 writes to a terminal, and to nothing else, unless it has an input.
	cmd := exec.Command(words[0], slices.Concat(words[1:], []string{"-"})...)
	if words[0] != "lz4" {
		cmd = exec.Command(words[0], words[1:]...)
	}
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.Output()
	return string(out), err
}

var lz4Legacy = lz4.LegacyOption(true)
