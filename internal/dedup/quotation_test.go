package dedup

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/text"
)

// TestQuotations marks the quoted words of texts, which stand in square brackets.
func TestQuotations(t *testing.T) {
	for _, marked := range []string{
		`He said "[we will sail]" and left`, `"[One]" "[two]"`, `a "[b c`, "“[One ’tis]” no", "no “[yes”", "„[ja ja]“ nein", "„[ja]” nej", "”[ja]” nej",
		"«[oui oui]» non", "« [oui] » non", "»[ja]« nein", "‘[yes it's so]’ no", "the officials' boats and the men's", "'[Yes, it's his]', he said", "rock 'n roll",
		"「[灯籠]」川", "『[灯籠]』川", "five feet 6\" tall and", "“[One “two” three]” four", "‹[oui]› non", "a 'b c", "＂[a]＂ b",
		"he `` [would n't] '' sail", "``[One]'' ``[two]''", "a ``[b c", "the `grave' one",
		"“[One\n\n“[two]”\n\nthree",
	} {
		plain := strings.NewReplacer("[", "", "]", "").Replace(marked)
		var doc text.Document
		doc.Parse([]byte(plain), text.Line)
		counts := outside(&doc, nil)
		if len(counts) != doc.Len()+1 {
			t.Fatalf("%q: %d counts of %d words", plain, len(counts), doc.Len())
		}
		var got []string
		for token := range doc.Len() {
			if counts[token] == counts[token+1] {
				got = append(got, plain[doc.Starts[token]:doc.Ends[token]])
			}
		}
		if want := bracketed(marked); !slices.Equal(want, got) {
			t.Errorf("%q: quoted are %q, want %q", plain, got, want)
		}
	}
}

// bracketed are the words of a text in its brackets, each of which ends with its paragraph.
func bracketed(marked string) (words []string) {
	for paragraph := range strings.SplitSeq(marked, "\n") {
		for rest := paragraph; ; {
			_, inside, found := strings.Cut(rest, "[")
			if !found {
				break
			}
			inside, rest, _ = strings.Cut(inside, "]")
			var doc text.Document
			doc.Parse([]byte(inside), text.Line)
			for token := range doc.Len() {
				words = append(words, inside[doc.Starts[token]:doc.Ends[token]])
			}
		}
	}
	return words
}

// FuzzOutside holds that quotation marks in any text are told in one pass, for every token.
func FuzzOutside(f *testing.F) {
	f.Add([]byte("“a 'b’ \"c «"))
	f.Fuzz(func(t *testing.T, body []byte) {
		var doc text.Document
		doc.Parse(bytes.Clone(body), text.Auto)
		counts := outside(&doc, nil)
		if len(counts) != doc.Len()+1 {
			t.Fatalf("%d counts of %d words", len(counts), doc.Len())
		}
		for i := range counts[1:] {
			if step := counts[i+1] - counts[i]; step < 0 || step > 1 {
				t.Fatalf("word %d counts %d", i, step)
			}
		}
	})
}
