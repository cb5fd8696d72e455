package jsonl

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// checkLine holds the decoder to encoding/json: what is an object, and which
// string a member has.
func checkLine(t *testing.T, line string) {
	t.Helper()
	var members map[string]json.RawMessage
	err := json.Unmarshal([]byte(line), &members)
	sound := err == nil && members != nil
	if got := isObject([]byte(line)); got != sound {
		t.Fatalf("isObject(%q) = %t, encoding/json says %v", line, got, err)
	}
	d := decoder{names: newNames(corpus.Fields{corpus.Text: {"text"}}.OrDefault()), one: "line"}
	article, ok, problems := d.decode(new(corpus.Scratch), corpus.Record{Data: []byte(line)}, corpus.Origin{})
	// A name in another case is another name here, so the struct tags of
	// encoding/json would not do.
	raw, present := members["text"]
	var text *string
	if present && json.Unmarshal(raw, &text) != nil {
		text = nil
	}
	if ok != (sound && text != nil) {
		t.Fatalf("decoding %q: ok = %t, problems %v; encoding/json has text %v", line, ok, problems, raw)
	}
	if !ok && len(problems) != 1 {
		t.Errorf("decoding %q: refused with problems %v", line, problems)
	}
	if ok && string(article.Body) != *text {
		t.Errorf("decoding %q: text %q, encoding/json has %q", line, article.Body, *text)
	}
}

// tokens are what lines are made of, and what looks like it.
var tokens = []string{
	"{", "}", "[", "]", ",", ":", `"text"`, `"id"`, `"t\u0065xt"`, `"a"`, "null", "true", "false", "nul", "0", "-1", "01", "1.5", "1.", "2e9", "2e+", "-",
	" ", "\t", "\r", `"`, `\`, `"x\ny"`, `"\ud800"`, `"\ud83d\ude00"`, `"\u12"`, `"\x"`, "\"\x01\"", "\"\xff\"", "\"long enough for eight at once\"", "\x00", "é",
}

func TestScannerIsEncodingJSON(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	for range 100_000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(tokens[random.IntN(len(tokens))])
		}
		if checkLine(t, b.String()); t.Failed() {
			t.Fatalf("seed %d", seeded.Seed())
		}
	}
}

// TestSoundLinesWithOneFault changes one byte of a sound line in every way.
func TestSoundLinesWithOneFault(t *testing.T) {
	line := `{"id":[-1.5e+3,{"x":true}],"text":"ab\ud83d\ude00\"c", "n" : null}`
	checkLine(t, line)
	for at := range len(line) {
		checkLine(t, line[:at])
		checkLine(t, line[:at]+line[at+1:])
		for c := range 256 {
			checkLine(t, line[:at]+string([]byte{byte(c)})+line[at+1:])
		}
	}
}

// TestASCII compares with the plain loops at every length and position.
func TestASCII(t *testing.T) {
	for length := range 80 {
		for at := range length {
			for c := range 256 {
				text := []byte(strings.Repeat("a ~", length)[:length])
				text[at], text[length-1] = byte(c), byte(c)
				want := 0
				for want < length && text[want] >= ' ' && text[want] < 0x80 {
					want++
				}
				if got := ascii(text); got != want {
					t.Fatalf("ascii(%q) = %d, want %d", text, got, want)
				}
				l := literal(strings.Repeat("é", length)[:length])
				l[at] = byte(c)
				if got, want := l.hasControl(), c < ' '; got != want {
					t.Fatalf("hasControl(%q) = %t", l, got)
				}
				want = -1
				if c == '"' && at < wide {
					want = at
				}
				if got := shortPlain(append(l, "long enough, and without another quote"...)); got != want {
					t.Fatalf("shortPlain(%q…) = %d, want %d", l, got, want)
				}
			}
		}
	}
}

// TestCheck holds the check of a text to the library's, with characters of
// every kind cut and joined at random.
func TestCheck(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 2))
	parts := []string{"a", " ", "é", "世", "\uE000", "\u0800", "\uD7FF", "\U00010000", "\U0010FFFF", "\xed\xa0\x80", "\xc0\xaf", "\xe0\x80\x80", "\xf4\x90\x80\x80", "\xf5", "long enough for thirty-two bytes at once", "\x7f", "\x1f"}
	for range 100_000 {
		var b strings.Builder
		for range random.IntN(8) {
			part := parts[random.IntN(len(parts))]
			if random.IntN(8) == 0 {
				part = part[:random.IntN(len(part)+1)]
			}
			b.WriteString(part)
		}
		text := b.String()
		sound, valid := literal(text).check()
		if want := !strings.Contains(text, "\x1f"); sound != want || sound && valid != utf8.ValidString(text) {
			t.Fatalf("seed %d: check(%q) = %t, %t", seeded.Seed(), text, sound, valid)
		}
	}
}

func FuzzLine(f *testing.F) {
	f.Add(`{"id":"a","text":"one"}`)
	f.Add(`{"text":"\ud800\udc00\ud800","x":[1,{"y":[]}]}`)
	for _, token := range tokens {
		f.Add(`{"text":` + token + `}`)
	}
	f.Fuzz(func(t *testing.T, line string) { checkLine(t, line) })
}

// FuzzReader holds that every line that is not blank is an article or a problem.
func FuzzReader(f *testing.F) {
	f.Add("{\"id\":1,\"text\":\"\"}\n\nx\n", 100)
	f.Add("{\"id\":1,\"text\":\"\"}\r\n{\"text\":\"\"}", 5)
	f.Fuzz(func(t *testing.T, input string, limit int) {
		if limit < 0 {
			t.Skip("no limit")
		}
		reads, problems := readAll(t, strings.NewReader(input), limit, corpus.Fields{})
		known := make(map[int]bool)
		for _, r := range reads {
			known[r.Line] = true
		}
		for _, p := range problems {
			known[p.Line] = true
		}
		number := 0
		for line := range strings.Lines(strings.TrimPrefix(input, "\uFEFF")) {
			number++
			if blank := strings.Trim(line, space) == ""; !blank && !known[number] {
				t.Errorf("line %d is lost: %q", number, line)
			}
		}
	})
}
