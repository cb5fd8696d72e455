package cli

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/evaluate"
	"github.com/newsdedup/newsdedup/internal/quality"
)

var corpora = flag.Bool("corpora", false, "evaluate the real corpora beside the checkout")

// A labelled corpus is one of the real ones and what is known of it.
type labelledCorpus struct {
	name, truth string
	wanted      []string // labels of pairs to find; none for all
	unwanted    bool     // no pair of the truth is to be found
	judgedOnly  bool
	tolerant    bool // misread words are taken for the same
}

// labelledCorpora lists those that make quality prints. jaccard50.tsv is no judgement but all
// pairs whose shingles are half the same, by another program with other words: what of them
// is at 0.8 or above must be found, and is, but for pairs at the border.
func labelledCorpora() []labelledCorpus {
	return []labelledCorpus{
		{name: "webis_web", truth: "truth.tsv", wanted: []string{"2", "3"}, judgedOnly: true},
		{name: "webis_terabyte", truth: "truth.tsv", wanted: []string{"2", "3"}, judgedOnly: true},
		{name: "clough_stevenson", truth: "truth.tsv", wanted: []string{"cut", "light", "heavy"}, judgedOnly: true},
		{name: "onestop_english", truth: "truth.tsv"},
		{name: "ocr_overproof2", truth: "truth.tsv"},
		{name: "ocr_overproof2", truth: "truth.tsv", tolerant: true},
		{name: "mccormick_1000", truth: "truth.tsv"},
		{name: "fakebr_pt", truth: "topic_pairs.tsv", unwanted: true, judgedOnly: true},
		{name: "reuters21578", truth: "jaccard50.tsv"},
		{name: "grimmer_press", truth: "jaccard50.tsv.zst"},
	}
}

// TestQualityOfCorpora prints what is found on the real corpora, label by label, and holds it
// as a golden file: figures alone. It takes a minute, so that it has to be asked for.
func TestQualityOfCorpora(t *testing.T) {
	if !*corpora {
		t.Skip("-corpora was not given")
	}
	var table bytes.Buffer
	for _, c := range labelledCorpora() {
		path := needReal(t, filepath.Join("data", c.name, "docs.jsonl.zst"))
		c.write(t, &table, path)
	}
	t.Logf("\n%s", table.String())
	const golden = "testdata/quality-corpora.golden"
	if *update {
		if err := os.WriteFile(golden, table.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), table.String()); diff != "" {
		t.Errorf("%s (-golden +found):\n%s", golden, diff)
	}
}

// write evaluates a corpus and writes its part of the table.
func (c labelledCorpus) write(t *testing.T, table *bytes.Buffer, path string) {
	truth := c.readTruth(t, filepath.Join(filepath.Dir(path), c.truth))
	source, err := formats.Open([]string{path}, nil, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	options := dedup.DefaultOptions()
	options.Tolerant = c.tolerant
	options.Workers = runtime.GOMAXPROCS(0)
	options.Kinds = []dedup.Kind{dedup.Exact, dedup.Near, dedup.Contained}
	floor := options
	floor.Threshold, floor.Containment = defaultFloor, defaultFloor
	var placed *quality.Placed
	survey, err := dedup.TakeSurvey(context.Background(), source, floor, nil, func(articles []dedup.ArticleInfo) [][2]dedup.ArticleID {
		placed = truth.Place(articles)
		return placed.Asked()
	})
	if err != nil {
		t.Fatal(err)
	}
	e, err := quality.Evaluate(survey, options, placed)
	if err != nil {
		t.Fatal(err)
	}
	if c.tolerant {
		fmt.Fprint(table, "tolerant ")
	}
	fmt.Fprintf(table, "%s: %d articles; of %d pairs of the truth %d to find", c.name, len(e.Result.Articles), e.Wanted+e.Unwanted, e.Wanted)
	if c.judgedOnly {
		fmt.Fprint(table, "; others do not count")
	}
	fmt.Fprintln(table)
	writeByLabel(table, survey, e)
	all := e.Kinds[len(e.Kinds)-1]
	fmt.Fprintf(table, "  found %d, right %d, precision %s, recall %s; not found though at a threshold: %d\n",
		all.Found, all.Right, figureOf(all.Precision()), figureOf(all.Recall()), e.Unmet)
	for _, curve := range e.Curves {
		at := curve.At(defaultFloor)
		fmt.Fprintf(table, "  %s at %v: right %d, precision %s, recall %s", curve.Kind, defaultFloor, at.Right, figureOf(at.Precision()), figureOf(at.Recall()))
		if best, ok := curve.BestF1(curve.Floor); ok {
			fmt.Fprintf(table, "; best F1 %s at %.3f", figureOf(best.F1()), best.Threshold)
		}
		fmt.Fprintln(table)
	}
	writeClusters(table, e.Result)
	fmt.Fprintln(table)
}

func (c labelledCorpus) readTruth(t *testing.T, path string) *quality.Truth {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	pairs, err := evaluate.ReadPairs(file)
	if strings.HasSuffix(path, ".zst") {
		data, readErr := os.ReadFile(path)
		if readErr != nil {
			t.Fatal(readErr)
		}
		decoder, zstdErr := zstd.NewReader(bytes.NewReader(data))
		if zstdErr != nil {
			t.Fatal(zstdErr)
		}
		defer decoder.Close()
		pairs, err = evaluate.ReadPairs(decoder)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i := range pairs {
		switch {
		case c.unwanted:
			pairs[i].Label = "no"
		case strings.HasPrefix(c.truth, "jaccard50"):
			pairs[i].Label = "at " + pairs[i].Label[:3] // its figure, cut to tenths
		}
	}
	truth, err := quality.FromPairs(pairs, c.wanted, c.judgedOnly)
	if err != nil {
		t.Fatal(err)
	}
	return truth
}

// writeByLabel writes how the pairs of each label were found.
func writeByLabel(table *bytes.Buffer, survey *dedup.Survey, e *quality.Evaluation) {
	fmt.Fprintf(table, "  %-16s %6s %6s %6s %9s %8s %6s   %s\n", "label", "pairs", "exact", "near", "contained", "template", "none", "similarity, containment: median")
	for _, found := range e.ByLabel(survey) {
		fmt.Fprintf(table, "  %-16s %6d %6d %6d %9d %8d %6d   %.3f, %.3f\n", found.Label.Name, found.Label.Pairs,
			found.Kinds[dedup.Exact], found.Kinds[dedup.Near], found.Kinds[dedup.Contained], found.Kinds[dedup.Template], found.Kinds[""],
			found.Similarity, found.Containment)
	}
}

// writeClusters writes how far clusters chain: members without a pair with the article to keep
// are told and never removable.
func writeClusters(table *bytes.Buffer, result *dedup.Result) {
	members, chained, removable, largest := 0, 0, 0, 0
	for _, cluster := range result.Clusters {
		members += len(cluster.Members) + 1
		largest = max(largest, len(cluster.Members)+1)
		for _, member := range cluster.Members {
			if member.Kind == "" {
				chained++
			}
			if member.Removable {
				removable++
			}
		}
	}
	fmt.Fprintf(table, "  %d clusters of %d articles, the largest of %d; %d removable, %d chained\n", len(result.Clusters), members, largest, removable, chained)
}

func figureOf(share float64, known bool) string {
	if !known {
		return "–"
	}
	return fmt.Sprintf("%.3f", share)
}
