package report

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestHarmless(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{`plain "text" \ é 灯籠 كثبان 🎐`, `plain "text" \ é 灯籠 كثبان 🎐`},
		{"\x1b[31mred\x1b[0m", `\x1b[31mred\x1b[0m`},
		{"\x1b]8;;http://x\x07link", `\x1b]8;;http://x\x07link`},
		{"\u009b2J\u0085\x7f\x00", `\x9b2J\x85\x7f\x00`},
		{"a\tb\r\nc", `a\tb\r\nc`},
		{"gpj\u202egpj.exe", `gpj\u202egpj.exe`},
		{"\u2066\u2069\u200e\u200f\u061c", `\u2066\u2069\u200e\u200f\u061c`},
		{"\ufeffBOM\u2028\u2029", `\ufeffBOM\u2028\u2029`},
		{"\U000e0001\U000e0041", `\U000e0001\U000e0041`},
		{"bad \xff\xc2 \ufffd", `bad \xff\xc2 ` + "\ufffd"},
		{"می\u200cخواهم 👨\u200d👩\u200d👧", "می\u200cخواهم 👨\u200d👩\u200d👧"}, // joiners are part of words and emoji
	} {
		if got := Harmless(test.in); got != test.want {
			t.Errorf("Harmless(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// TestHarmlessOfEveryCharacter holds for all of Unicode that a character
// stands as it is or becomes printable ASCII, and that no control stands.
func TestHarmlessOfEveryCharacter(t *testing.T) {
	for r := range rune(utf8.MaxRune + 1) {
		if !utf8.ValidRune(r) {
			continue
		}
		safe := Harmless(string(r))
		if safe == string(r) {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.In(r, unicode.Zl, unicode.Zp) {
				t.Errorf("%U stands as it is", r)
			}
			continue
		}
		if !strings.HasPrefix(safe, `\`) || strings.IndexFunc(safe, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
			t.Errorf("%U becomes %q", r, safe)
		}
	}
}

func TestOneLine(t *testing.T) {
	for _, test := range []struct{ in, lineBreak, want string }{
		{"", lineBreak, ""},
		{" \n\t \r\n ", lineBreak, ""},
		{"Headline\n\n  The  body\tgoes\non.\n", lineBreak, "Headline ⏎ The body goes ⏎ on."},
		{"hard\nwrapped\r\ntext", " ", "hard wrapped text"},
		{"a\u2028b\u2029c\u0085d\ve\ff", lineBreak, "a ⏎ b ⏎ c ⏎ d ⏎ e ⏎ f"},
		{"wide\u3000and\u00a0hard", lineBreak, "wide and hard"},
		{"\x1b[2J\nx", lineBreak, `\x1b[2J ⏎ x`},
	} {
		if got := oneLine(test.in, test.lineBreak); got != test.want {
			t.Errorf("oneLine(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}
