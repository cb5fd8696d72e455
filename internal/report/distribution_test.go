package report

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report/page"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestAlike holds which range a pair is counted in, and that a kind of which there is
// none has no column.
func TestAlike(t *testing.T) {
	pair := func(kind dedup.Kind, similarity, aInB float64) dedup.Pair {
		return dedup.Pair{Kind: kind, Similarity: similarity, AInB: aInB}
	}
	result := &dedup.Result{Articles: make([]dedup.ArticleInfo, 1), Pairs: []dedup.Pair{
		pair(dedup.Exact, 1, 1), pair(dedup.Exact, 1, 1), pair(dedup.Near, 1-1e-12, 1), pair(dedup.Near, 0.95, 1), pair(dedup.Near, 0.9, 1),
		pair(dedup.Contained, 0.1, 1), pair(dedup.Contained, 0.1, 0.96),
	}}
	h := newHTML(result, Options{})
	bar := func(count string, width int) page.Bar { return page.Bar{Count: count, Width: width} }
	want := page.Chart{Columns: []string{"Alike as wholes (pairs)", "Contained (pairs)"}, Rows: []page.Row{
		{Range: "90–95 %", Bars: []page.Bar{bar("1", 500), bar("0", 0)}},
		{Range: "95–99.9 %", Bars: []page.Bar{bar("2", 1000), bar("1", 1000)}},
		{Range: "100 %", Bars: []page.Bar{bar("2", 1000), bar("1", 1000)}},
	}}
	if diff := cmp.Diff(want, h.alike()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	result.Pairs = []dedup.Pair{pair(dedup.Template, 0, 0)}
	if chart := newHTML(result, Options{}).alike(); !cmp.Equal(chart.Columns, []string{"Templates (pairs)"}) || chart.Rows[0].Range != "0–5 %" {
		t.Errorf("of a template: %v", chart)
	}
	result.Pairs = nil
	if chart := newHTML(result, Options{}).alike(); len(chart.Columns)+len(chart.Rows) > 0 {
		t.Errorf("of nothing: %v", chart)
	}
}

// TestShareRanges holds that a share lies in the range that it is counted in.
func TestShareRanges(t *testing.T) {
	seed := seeded.Seed()
	rng := rand.New(rand.NewPCG(seed, 1))
	for i := range 2000 {
		share := float64(i) / 1000
		if i > 1000 {
			share = rng.Float64()
		}
		at := step(share)
		if share == 1 {
			if at != shareSteps {
				t.Fatalf("the whole is in range %d", at)
			}
			continue
		}
		var from, to int
		if at < shareSteps-1 {
			if _, err := fmt.Sscanf(shareRange(at), "%d–%d %%", &from, &to); err != nil {
				t.Fatal(err)
			}
		} else {
			from, to = 95, 100
		}
		if share*100 < float64(from)-1e-9 || share*100 >= float64(to)+1e-9 || at == shareSteps {
			t.Fatalf("%v is in range %s with -seed=%d", share, shareRange(at), seed)
		}
	}
}

// TestWidth holds that what is not nothing can be seen.
func TestWidth(t *testing.T) {
	counts := []int{0, 1, 5_000, 10_000}
	var widths []int
	for _, count := range counts {
		widths = append(widths, width(count, counts))
	}
	if want := []int{0, 4, 500, 1000}; !cmp.Equal(widths, want) {
		t.Errorf("widths %d, want %d", widths, want)
	}
}
