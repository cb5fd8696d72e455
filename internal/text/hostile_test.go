package text

import (
	"strings"
	"sync"
	"testing"
	"time"
)

// TestHostileTexts: whatever the text, Parse takes linear time. Each text has two
// megabytes, for which quadratic time would be hours; the limit allows for slow
// machines and the race detector.
func TestHostileTexts(t *testing.T) {
	const size = 2 << 20
	for name, unit := range map[string]string{
		"one word":           "a",
		"one Cyrillic word":  "ж",
		"one mark":           "\u0301",
		"marks out of order": "\u0301\u0327\u0323\u0345",
		"vowel jamo":         "\u1161",
		"tail jamo":          "\u11a8",
		"ignorable":          "\u200b",
		"apostrophes":        "a'",
		"separators":         "-",
		"short lines":        "a\n",
		"CR lines":           "a\r",
		"CR alone":           "\r",
		"line separators":    "\u2028",
		"ellipses":           "…",
		"blank lines":        " \n",
		"spaces":             " ",
		"indents":            "\t",
		"bad bytes":          "\xe2",
		"bad starts":         "\xf0\x9f",
		"expansions":         "ﷺ",
		"hyphens":            "a-",
		"Han":                "中",
		"Han and marks":      "中\u0301",
		"brackets":           "a\n\"",
		"quotes":             strings.Repeat("\"", 100) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			body := []byte("e" + strings.Repeat(unit, size/len(unit)) + "\nan end\n")
			var document Document
			start := time.Now()
			for _, style := range []Style{Auto, Blank} {
				document.Parse(body, style)
				checkInvariants(t, body, &document)
			}
			if taken := time.Since(start); taken > 20*time.Second {
				t.Errorf("took %v", taken)
			}
			if cap(document.units)+cap(document.sorted)+cap(document.lines) > 3*keptScratch {
				t.Error("the scratch memory is kept")
			}
		})
	}
}

// TestLongTokens: no token is cut.
func TestLongTokens(t *testing.T) {
	for _, unit := range []string{"a", "ж", "e\u0301", "a’"} {
		body := strings.Repeat(unit, 1<<18) + "z"
		var document Document
		document.Parse([]byte(body), Line)
		norm, tokens := taken(&document)
		if expected := (refToken{End: uint32(len(body)), NormEnd: uint32(len(norm) - 1)}); len(tokens) != 1 || tokens[0] != expected {
			t.Errorf("%q, many times, has %d tokens, the first %+v", unit, len(tokens), tokens[0])
		}
	}
}

// TestExpansion holds the bound that lets a body of 256 MiB have a normal form
// below 4 GiB.
func TestExpansion(t *testing.T) {
	var document Document
	for char := rune(0); char < 0x20000; char++ {
		body := []byte(string(char))
		document.Parse(body, Line)
		if norm := normOf(&document); len(norm) > 12*len(body) {
			t.Errorf("%U has a normal form of %d bytes", char, len(norm))
		}
	}
}

func TestAllocations(t *testing.T) {
	for name, words := range benchWords {
		text := benchText(words)
		var document Document
		document.Parse(text, Auto)
		if count := testing.AllocsPerRun(5, func() { document.Parse(text, Auto) }); count != 0 {
			t.Errorf("%s: %g allocations", name, count)
		}
	}
}

// TestConcurrentPages has documents ask for pages that none has asked for before.
func TestConcurrentPages(t *testing.T) {
	var body strings.Builder
	for char := rune(0xe0000); char < 0xe4000; char += 64 {
		body.WriteString("a" + string(char) + "b ")
	}
	normal, _ := reference([]byte(body.String()))
	forms := make(chan string, 4)
	var group sync.WaitGroup
	for range cap(forms) {
		group.Go(func() {
			var document Document
			document.Parse([]byte(body.String()), Line)
			forms <- normOf(&document)
		})
	}
	group.Wait()
	close(forms)
	for form := range forms {
		if form != string(normal) {
			t.Errorf("Norm is %+q, the reference gives %+q", form, normal)
		}
	}
}
