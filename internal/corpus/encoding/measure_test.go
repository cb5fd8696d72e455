package encoding

import (
	"bytes"
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	foreign "golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

var textsOf = flag.String("texts", "", "measure on the texts below this folder, whose folders are called by languages")

var encodings = map[string]foreign.Encoding{
	"windows-1252": charmap.Windows1252, "windows-1250": charmap.Windows1250, "iso-8859-2": charmap.ISO8859_2,
	"windows-1251": charmap.Windows1251, "koi8-r": charmap.KOI8R, "windows-1253": charmap.Windows1253,
	"windows-1254": charmap.Windows1254, "macintosh": charmap.Macintosh, "cp850": charmap.CodePage850, "iso-8859-15": charmap.ISO8859_15,
	"shift_jis": japanese.ShiftJIS, "euc-jp": japanese.EUCJP, "gbk": simplifiedchinese.GBK, "big5": traditionalchinese.Big5, "euc-kr": korean.EUCKR,
}

// TestMeasure prints which share of texts is taken for windows-1252, by
// language and by the encoding they are in.
func TestMeasure(t *testing.T) {
	if *textsOf == "" {
		t.Skip("-texts is not given")
	}
	root := os.DirFS(*textsOf)
	languages, err := fs.ReadDir(root, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range languages {
		pieces := piecesOf(t, root, language.Name())
		for name, encoding := range encodings {
			count, taken := 0, 0
			var example []byte
			for _, piece := range pieces {
				stored, err := encoding.NewEncoder().Bytes(piece)
				if err != nil || utf8.Valid(stored) {
					continue
				}
				count++
				if decoded, ok := FromWindows1252(stored); ok && !bytes.Equal(decoded, piece) || !ok && name == "windows-1252" {
					example = piece
					taken += map[bool]int{true: 1}[ok]
				} else if ok {
					taken++
				}
			}
			if count*10 > len(pieces) {
				t.Logf("%-6s %-13s %5d of %5d (%.1f %%) %.80q", language.Name(), name, taken, count, 100*float64(taken)/float64(count), example)
			}
		}
		random := rand.New(rand.NewPCG(1, 1))
		damaged, taken := 0, 0
		for range 20 {
			for _, piece := range pieces {
				piece = slices.Clone(piece)
				for range 1 + random.IntN(8) {
					piece[random.IntN(len(piece))] ^= byte(1 << random.IntN(8))
				}
				if utf8.Valid(piece) {
					continue
				}
				damaged++
				if _, ok := FromWindows1252(piece); ok {
					taken++
				}
			}
		}
		t.Logf("%-6s UTF-8 with up to 8 bits flipped: %d of %d", language.Name(), taken, damaged)
	}
}

// piecesOf returns the texts of a language in pieces as long as articles.
func piecesOf(t *testing.T, root fs.FS, language string) (pieces [][]byte) {
	random := rand.New(rand.NewPCG(1, 1))
	err := fs.WalkDir(root, language, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || len(pieces) >= 3000 {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		if path.Ext(name) == ".gz" {
			unpacked, err := gzip.NewReader(bytes.NewReader(data))
			if err != nil {
				return err
			}
			var all bytes.Buffer
			all.ReadFrom(unpacked)
			data = all.Bytes()
		}
		paragraphs := bytes.SplitAfter(data, []byte("\n"))
		want := 300 + random.IntN(2700)
		var piece []byte
		for _, p := range paragraphs {
			if bytes.HasPrefix(p, []byte(".")) || bytes.HasPrefix(p, []byte("'")) {
				continue // no text of a manual page
			}
			if piece = append(piece, p...); len(piece) >= want {
				pieces = append(pieces, piece)
				piece, want = nil, 300+random.IntN(2700)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pieces
}
