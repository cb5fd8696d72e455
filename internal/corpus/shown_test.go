package corpus

import (
	"strings"
	"testing"
)

func TestShowName(t *testing.T) {
	for name, want := range map[string]string{
		"text": "text", "meta.url": "meta.url", "@id": "@id", "": `""`, "the text": `"the text"`,
		"\x1b[2J": `"\x1b[2J"`, "été": `"été"`, "\u202ea": `"\u202ea"`, "\xff": `"\xff"`,
		strings.Repeat("n", 40):  strings.Repeat("n", 40),
		strings.Repeat("n", 41):  strings.Repeat("n", 40) + "…",
		strings.Repeat("ü ", 50): `"` + strings.Repeat("ü ", 13) + `"…`,
		strings.Repeat("€", 50):  `"` + strings.Repeat("€", 13) + `"…`,
	} {
		if got := ShowName(name); got != want {
			t.Errorf("ShowName(%q) = %s, want %s", name, got, want)
		}
	}
}
