package compress

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"runtime"
	"strings"
	"testing"
)

// packedKinds returns a text in every kind of compression.
func packedKinds(t testing.TB, text string) map[Kind]string {
	kinds := map[Kind]string{
		Gzip: gzipped(t, text), Zstd: zstandard(t, text), XZ: xzipped(t, text), LZ4: lz4Framed(t, text),
		Bzip2: stored(t, "two.txt.bz2"),
	}
	return kinds
}

// TestDamagedInputs overwrites one byte after the other: an error names the
// kind, and no text is given that was not there. What is not covered by a
// checksum may change without a word: the names in headers.
func TestDamagedInputs(t *testing.T) {
	text := stored(t, "story.txt")
	var d Decompressor
	defer d.Close()
	for kind, packed := range packedKinds(t, text) {
		want := text
		if kind == Bzip2 {
			want = twoText(t)
		}
		silent := 0
		for at := 4; at < len(packed); at++ {
			damaged := []byte(packed)
			if damaged[at] ^= 0x55; KindOf(damaged) != kind {
				continue
			}
			got, err := readAll(&d, string(damaged))
			switch {
			case err == nil && got == want:
				silent++
			case err == nil:
				t.Errorf("%s, byte %d: other text without an error", kind, at)
			case !strings.HasPrefix(err.Error(), "reading "+string(kind)+": "):
				t.Errorf("%s, byte %d: error %v", kind, at, err)
			}
		}
		if silent > 8 {
			t.Errorf("%s: damage to %d bytes is not noticed", kind, silent)
		}
	}
}

// xzWith returns an xz file of one block whose dictionary has the given code.
func xzWith(t testing.TB, text string, code byte) string {
	packed := []byte(xzipped(t, text))
	header := packed[12:]
	header = header[:(int(header[0])+1)*4]
	header[dictionaryAt(header)] = code
	end := len(header) - crc32.Size
	binary.LittleEndian.PutUint32(header[end:], crc32.ChecksumIEEE(header[:end]))
	return string(packed)
}

func TestHostileDictionary(t *testing.T) {
	var d Decompressor
	for code, want := range map[byte]string{
		28: "", 30: "", // 64 and 128 MiB
		31: "reading xz: its dictionary has 192 MiB, and at most 128 MiB are accepted",
		40: "reading xz: its dictionary has 4.0 GiB, and at most 128 MiB are accepted",
		41: "reading xz: its dictionary has 4.0 GiB, and at most 128 MiB are accepted",
	} {
		got, err := readAll(&d, xzWith(t, "text", code))
		if want == "" && (got != "text" || err != nil) || want != "" && (err == nil || err.Error() != want) {
			t.Errorf("%d: %q, error %v; want %q", code, got, err, want)
		}
	}
}

// TestManySmallStreams holds that a file of many small streams costs no
// dictionary for each.
func TestManySmallStreams(t *testing.T) {
	const most, many = 64 << 20, 2000
	var d Decompressor
	for name, packed := range map[string]string{
		"xz": xzWith(t, "text", 30), "xz of nothing": xzipped(t, ""), "lz4": lz4Framed(t, "text"),
		"skippable": aSkippable, "gzip": gzipped(t, ""), "zstd": zstandard(t, ""),
	} {
		input := strings.Repeat(packed, many)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := readAll(&d, input); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > most {
			t.Errorf("%s: %d MB for %d streams", name, used>>20, many)
		}
	}
}

// FuzzOpen holds that nothing makes reading panic or go on for ever, and that
// the pieces in which an input comes make no difference.
func FuzzOpen(f *testing.F) {
	text := strings.Repeat("tide ", 100)
	for _, packed := range packedKinds(f, text) {
		f.Add([]byte(packed))
		f.Add([]byte(packed + aSkippable + packed + "x"))
	}
	f.Add([]byte(lz4Framed(f, text, lz4Legacy)))
	f.Add([]byte(xzWith(f, text, 25)))
	f.Fuzz(func(t *testing.T, input []byte) {
		var d Decompressor
		defer d.Close()
		first, firstErr := readSome(&d, bytes.NewReader(input))
		second, secondErr := readSome(&d, io.MultiReader(bytes.NewReader(input[:len(input)/2]), bytes.NewReader(input[len(input)/2:])))
		same := (firstErr == nil) == (secondErr == nil) && (firstErr == nil || firstErr.Error() == secondErr.Error())
		if !bytes.Equal(first, second) || !same {
			t.Errorf("%d bytes and error %v, then %d bytes and error %v", len(first), firstErr, len(second), secondErr)
		}
	})
}

// readSome reads up to 1 MiB: a few bytes may stand for many.
func readSome(d *Decompressor, source io.Reader) ([]byte, error) {
	reader, _, err := d.Open(source)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(reader, 1<<20))
}
