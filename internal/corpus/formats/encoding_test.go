package formats_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	foreign "golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
)

func encoded(t testing.TB, to foreign.Encoding, text string) string {
	t.Helper()
	out, err := to.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEncodedInputs stores every format in other encodings, told by a mark, by
// their NULs, or by the user.
func TestEncodedInputs(t *testing.T) {
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	latin := []article{
		{"a", "Ferry sails again\n\nThe ferry between Lindmouth and the isle.\n"},
		{"b", strings.Repeat("“Nobody” could say when, not even the café’s owner.\n", 4000)},
		{"c", "It rained.\n"},
	}
	japanese1 := []article{{"a", "船は月曜日に再び出ます。\n"}, {"b", strings.Repeat("誰も知らない。", 3000) + "\n"}}
	tests := []struct {
		name, asked, want string
		articles          []article
		encode            func(string) string
	}{
		{"UTF-16, little-endian", "", "utf-16le", articles(), func(s string) string { return encoded(t, little, "\uFEFF"+s) }},
		{"UTF-16, big-endian", "", "utf-16be", articles(), func(s string) string { return encoded(t, big, "\uFEFF"+s) }},
		{"UTF-16 without a mark", "", "utf-16le", latin, func(s string) string { return encoded(t, little, s) }},
		{"UTF-16 without a mark, big-endian", "", "utf-16be", latin, func(s string) string { return encoded(t, big, s) }},
		{"UTF-16 that is asked for", "utf-16", "utf-16le", japanese1, func(s string) string { return encoded(t, little, s) }},
		{"a mark against what is asked for", "latin1", "utf-16be", articles(), func(s string) string { return encoded(t, big, "\uFEFF"+s) }},
		{"a mark of UTF-8 against it", "latin1", "", articles(), func(s string) string { return "\uFEFF" + s }},
		{"UTF-32", "", "utf-32be", articles(), func(s string) string {
			return encoded(t, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "\uFEFF"+s)
		}},
		{"latin1", "latin1", "windows-1252", latin, func(s string) string { return encoded(t, charmap.Windows1252, s) }},
		{"Shift JIS", "shift_jis", "shift_jis", japanese1, func(s string) string { return encoded(t, japanese.ShiftJIS, s) }},
	}
	each(t, func(t *testing.T, f fixture) {
		if f.binary || formats.Named(f.format).Binary {
			t.Skip("no text")
		}
		for _, test := range tests {
			text, want := f.encode(test.articles)
			for _, storage := range []string{"plain", "gzip"} {
				path := write(t, t.TempDir(), "corpus"+f.suffix+storages[storage].suffix, storages[storage].store(test.encode(text)))
				options := f.options()
				options.Encoding = test.asked
				c := open(t, nil, options, path)
				r := read(t, c)
				if diff := cmp.Diff(want, key(r.plain(), f)); diff != "" || r.problems != nil {
					t.Fatalf("%s, %s: problems %v, articles (-want +got):\n%s", test.name, storage, r.problems, diff)
				}
				if info := c.Inputs()[0]; info.Encoding != test.want || info.Encodings != nil {
					t.Errorf("%s: encoding %q, want %q; of articles %v", test.name, info.Encoding, test.want, info.Encodings)
				}
				checkFetch(t, c, r)
			}
		}
	})
}

// TestWhatCannotBeDecoded holds that it is located.
func TestWhatCannotBeDecoded(t *testing.T) {
	utf16 := encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "<<<FILE a>>>\none\ntwo") + "\x00\xD8x\x00\n\x00"
	for asked, test := range map[string]struct {
		text   string
		offset int64 // when it is decoded
	}{"": {utf16, 23}, "shift_jis": {"<<<FILE a>>>\none\ntwo\x81\x00x\n", 20}} {
		r := read(t, open(t, strings.NewReader(test.text), corpus.Options{Encoding: asked}, "-"))
		want := []corpus.Problem{{Path: "-", Line: 3, Offset: test.offset, Kind: corpus.InvalidUTF8, Message: "1 byte that is not UTF-8 is replaced by U+FFFD"}}
		if diff := cmp.Diff(want, r.problems); diff != "" || len(r.articles) != 1 || !strings.HasPrefix(string(r.articles[0].Body), "one\ntwo\uFFFD") {
			t.Errorf("%q: articles %q (-want +got):\n%s", asked, r.plain(), diff)
		}
	}
}

func TestUnknownEncoding(t *testing.T) {
	_, err := formats.Open([]string{"-"}, strings.NewReader(""), corpus.Options{Encoding: "latin-nine"})
	if want := `unknown encoding "latin-nine": it is one that the web knows, such as windows-1251, shift_jis, gb18030 or latin1`; err == nil || err.Error() != want {
		t.Errorf("error %v", err)
	}
}

// TestWindows1252 mixes articles in windows-1252 with others.
func TestWindows1252(t *testing.T) {
	french := "L’élève a été reçu à l’école, où l’on fête déjà la rentrée.\n“Évidemment”, dit-il.\n"
	polish := encoded(t, charmap.Windows1250, "Zażółć gęślą jaźń, powiedział burmistrz.\n")
	each(t, func(t *testing.T, f fixture) {
		if f.binary || formats.Named(f.format).Binary {
			t.Skip("no text")
		}
		if f.name == "jsonl in ASCII" {
			t.Skip("nothing beyond ASCII")
		}
		text, want := f.encode([]article{{"a", french}, {"b", "It rained.\n"}, {"c", french + french}, {"d", "POLISH"}, {"e", french}})
		pieces := strings.SplitAfter(encoded(t, charmap.Windows1252, text), "POLISH")
		if f.format == "text" { // one article
			pieces = []string{encoded(t, charmap.Windows1252, text)}
		}
		stored := strings.Join(pieces, "")
		bad := 0
		if at := slices.IndexFunc(want, func(a article) bool { return a.Body == "POLISH" }); at >= 0 {
			stored = strings.Replace(stored, "POLISH", strings.TrimSpace(polish), 1)
			want[at].Body = strings.ToValidUTF8(strings.TrimSpace(polish), "?")
			bad = 1
		}
		last := strings.LastIndex(stored, "\xC9videmment")
		stored = stored[:last] + "É" + stored[last+1:] // one letter of the last article is UTF-8
		if f.format == "text" {
			stored, bad = strings.Replace(stored, "É", "\xC9", 1), 0
		} else {
			bad++
		}
		path := write(t, t.TempDir(), "corpus"+f.suffix, stored)
		c := open(t, nil, f.options(), path)
		r := read(t, c)
		decoded := 0
		for i, a := range r.articles {
			if string(a.Body) == want[i].Body {
				decoded++
			}
		}
		if decoded != len(want)-bad || len(r.problems) != bad {
			t.Errorf("%d of %d articles are as they were, problems %v", decoded, len(want), r.problems)
		}
		plain := strings.Count(strings.Join(bodies(r), "\x00"), "It rained.\n\x00") // needs no decoding
		if f.format == "text" {
			plain = 0
		}
		if got := c.Inputs()[0].Encodings; !cmp.Equal(got, map[string]int{"windows-1252": len(want) - bad - plain}) {
			t.Errorf("counted: %v", got)
		}
		checkFetch(t, c, r)
		if got := c.Inputs()[0].Encodings["windows-1252"]; got != len(want)-bad-plain {
			t.Errorf("counted again when fetched: %d", got)
		}
		options := f.options()
		options.Encoding = "utf-8"
		if r := read(t, open(t, nil, options, path)); len(r.problems) == 0 {
			t.Error("UTF-8 was asked for, and something else was read")
		}
	})
}

func bodies(r reading) (all []string) {
	for _, a := range r.articles {
		all = append(all, string(a.Body))
	}
	return all
}
