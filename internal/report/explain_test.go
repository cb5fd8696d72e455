package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

const ferryStory = "The night ferry sails again\n\nOSK, Tuesday - The night ferry to Osk sails again from Friday after a year in dock, its owners said.\n" +
	"“We have rebuilt her engines from the keel up, and her whistle has been tuned,” said Ilse Maron, her master.\n" +
	"Forty cabins were added on the upper deck. 灯籠流しが川岸で行われた。\n"

// explanation is of two versions of a story, the second of which is hostile.
func explanation() *Explanation {
	edited := strings.NewReplacer("Tuesday", "Wednesday", "Forty", "Fifty", "Ilse Maron", "Oda Maron", "its owners said", "as its owners \x1b[31msaid\x1b[0m at \u202enoon", "川岸", "河原").Replace(ferryStory) +
		"\nRead on at the Island Gazette"
	article := func(key, source, body string, day int) *corpus.Article {
		return &corpus.Article{Key: key, Source: source, Path: "news.txt", Line: 10 * day, BodyLine: 10*day + 1, Verbatim: true, Body: []byte(body),
			Meta: corpus.Meta{Title: "The night ferry", Published: time.Date(2031, 10, day, 6, 30, 0, 0, time.UTC)}}
	}
	options := dedup.DefaultOptions()
	options.Passages = dedup.DefaultRun
	a, b := article("ferry.txt", "Coast Bulletin", ferryStory, 2), article("ferry_gazette.txt", "Island Gazette", edited, 4)
	return &Explanation{A: a, B: b, Options: options, Comparison: dedup.Compare(a, b, options), Story: dedup.CompareStories(a.Body, b.Body, options.Paragraphs)}
}

func explained(t testing.TB, format string, e *Explanation, opts Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := WriteExplanation(&out, format, e, opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestExplanationGolden(t *testing.T) {
	loose := explanation()
	loose.Options.Threshold, loose.Options.Containment = 0.3, 0.4
	loose.Comparison = dedup.Compare(loose.A, loose.B, loose.Options)
	for _, test := range []struct {
		file, format string
		e            *Explanation
		opts         Options
	}{
		{"explain_pipe.txt", "text", explanation(), Options{}},
		{"explain60.txt", "text", loose, Options{Width: 60}},
		{"explain100.txt", "text", loose, Options{Width: 100, Color: true, Limit: 3}},
		{"explain.json", "json", loose, Options{Version: "1.2.3"}},
	} {
		t.Run(test.file, func(t *testing.T) {
			got := explained(t, test.format, test.e, test.opts)
			checkGolden(t, test.file, got)
		})
	}
}

// TestExplanationsOfRandomTexts holds that explanations of hostile texts are harmless, fit
// the width and validate.
func TestExplanationsOfRandomTexts(t *testing.T) {
	dice := newDice(seeded.Seed())
	schema := schemaOf(t, "explanation")
	body := func() []byte {
		text := ""
		for range dice.IntN(12) {
			text += dice.text() + " ferry to Osk sails at 9 "
		}
		return []byte(strings.ToValidUTF8(text, "\ufffd"))
	}
	for range 300 {
		a, b := &corpus.Article{Key: "a", Path: "p", Body: body()}, &corpus.Article{Key: "b", Path: dice.text(), Body: body()}
		if dice.IntN(3) == 0 {
			b.Body = append(bytes.Clone(a.Body), b.Body...)
		}
		options := dedup.DefaultOptions()
		options.Passages = 1 + dice.IntN(9)
		options.Threshold = 0.1
		e := &Explanation{A: a, B: b, Options: options, Comparison: dedup.Compare(a, b, options), Story: dedup.CompareStories(a.Body, b.Body, options.Paragraphs)}
		schema.check(t, explained(t, "json", e, Options{Version: "1.2.3"}))
		for _, width := range []int{0, 60, 120} {
			for line := range strings.Lines(explained(t, "text", e, Options{Width: width, Limit: 5})) {
				line = strings.TrimSuffix(line, "\n")
				if Harmless(line) != line {
					t.Errorf("%q is not harmless", line)
				}
				if width > 0 && ansi.StringWidth(line) > width && !strings.Contains(line, "p:0") && !strings.Contains(line, " \\") && strings.Contains(line, bar) {
					t.Errorf("%q has %d columns of %d", line, ansi.StringWidth(line), width)
				}
			}
		}
		if t.Failed() {
			t.Fatalf("with -seed=%d: %q and %q", seeded.Seed(), a.Body, b.Body)
		}
	}
}

func TestExplanationFormats(t *testing.T) {
	if err := WriteExplanation(&bytes.Buffer{}, "jsonl", explanation(), Options{}); err == nil || !strings.Contains(err.Error(), "known are text, json") {
		t.Errorf("an unknown format: %v", err)
	}
	schemaOf(t, "explanation").check(t, explained(t, "json", explanation(), Options{}))
}

func TestDecimal(t *testing.T) {
	for share, want := range map[float64]string{0: "0", 1: "1", 0.5: "0.500", 0.9999: "0.999", 0.0001: "under 0.001", 0.7564: "0.756"} {
		if got := decimal(share); got != want {
			t.Errorf("%v is written %s, want %s", share, got, want)
		}
	}
}

// TestExplanationBoundsTexts holds that texts that repeat themselves, of which many passages
// overlap, do not make a document many times their size.
func TestExplanationBoundsTexts(t *testing.T) {
	article := func(words int) *corpus.Article {
		return &corpus.Article{Key: "tide", Path: "p", Body: []byte(strings.Repeat("tide ", words))}
	}
	e := &Explanation{A: article(20_000), B: article(20_001), Options: dedup.DefaultOptions()}
	e.Comparison = dedup.Compare(e.A, e.B, e.Options)
	got := explained(t, "json", e, Options{})
	schemaOf(t, "explanation").check(t, got)
	if len(e.Runs) < 10 || len(got) > len(e.Runs)*(2*maxRangeText+1000) {
		t.Errorf("%d passages make %d bytes", len(e.Runs), len(got))
	}
}
