package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// TestExplainSeeds holds that explain shows the quote of 14 words that two of the first five
// articles of the project share, in punctuation of their own.
func TestExplainSeeds(t *testing.T) {
	bundle := needReal(t, "seeds/bundle.txt")
	args := []string{"explain", "000_c2249cfb8b013015.txt", "002_569962f6cbcc6b2e.txt", "--in", bundle, "--format", "json"}
	var out, err bytes.Buffer
	if status := run(context.Background(), args, Streams{Out: &out, Err: &err}); status != statusOK || err.Len() > 0 {
		t.Fatalf("status %d, stderr %q", status, err.String())
	}
	var explanation struct {
		Kind     *string
		Passages []struct {
			Words  int
			Quoted bool
			A, B   struct{ Line int }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &explanation); err != nil {
		t.Fatal(err)
	}
	if explanation.Kind != nil || len(explanation.Passages) != 2 {
		t.Fatalf("kind and passages: %+v", explanation)
	}
	for i, passage := range explanation.Passages { // the second article has the quote twice
		if wantLine := []int{55, 59}[i]; passage.Words != 14 || !passage.Quoted || passage.A.Line != 6 || passage.B.Line != wantLine {
			t.Errorf("passage %+v", passage)
		}
	}
}

func TestNearKeys(t *testing.T) {
	for _, test := range []struct {
		wanted string
		keys   []string
		want   string
	}{
		{"fire.txt", []string{"monday/ferry.txt", "monday/fire.txt"}, `did you mean "monday/fire.txt"`},
		{"4711", []string{"4712", "17", "4717", "471", "47110"}, `did you mean "4712", "4717", or "471"`},
		{"Ferry", []string{"ferry", "lock"}, `did you mean "ferry"`},
		{"quay", []string{"lock-1", "lock-2"}, `names are written as a report has them, the first one there is "lock-1"`},
	} {
		var near nearKeys
		for _, key := range test.keys {
			near.meet(test.wanted, key)
		}
		hinted, ok := near.missing(test.wanted, []string{"in.jsonl"}, nil).(*hintedError)
		if !ok || hinted.hint != test.want {
			t.Errorf("%q among %q: %+v", test.wanted, test.keys, hinted)
		}
	}
}

// TestRealTemplates holds what the guard says of a corpus that is full of templates, press
// releases of Senate offices, and of one that has none.
func TestRealTemplates(t *testing.T) {
	if testing.Short() {
		t.Skip("scans 240 MB")
	}
	for _, test := range []struct {
		corpus                    string
		pairs, templates, foreign int // foreign are those of two offices, where templates are rare
	}{
		{"grimmer_press", 66502, 57098, 49},
		{"fakebr_pt", 84, 0, 0},
	} {
		result := scanReal(t, func(o *dedup.Options) { o.Kinds = []dedup.Kind{dedup.Exact, dedup.Near, dedup.Contained} }, needReal(t, "data/"+test.corpus+"/docs.jsonl.zst"))
		office := func(id dedup.ArticleID) string {
			name, _, _ := strings.Cut(result.Articles[id].Key, "/")
			return name
		}
		foreign := 0
		for i := range result.Pairs {
			if pair := &result.Pairs[i]; pair.Kind == dedup.Template && office(pair.A) != office(pair.B) {
				foreign++
			}
		}
		if s := result.Summary; len(result.Pairs) != test.pairs || s.Template != test.templates || foreign != test.foreign {
			t.Errorf("%s: %d pairs, %d templates, %d of two offices", test.corpus, len(result.Pairs), s.Template, foreign)
		}
	}
}
