package dedup

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

var update = flag.Bool("update", false, "write the golden files anew")

const qualityGolden = "testdata/quality.golden"

// TestQuality holds what is found of copies planted in generated news, by the
// way they were made and by script, as a golden file: a change of behaviour is
// a visible diff. A pair of articles that are no copies of one original counts
// against precision.
func TestQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("the golden is of whole corpora")
	}
	var report strings.Builder
	for _, script := range []struct {
		name   string
		script corpusgen.Script
	}{{"Latin", corpusgen.Latin}, {"Cyrillic", corpusgen.Cyrillic}, {"Arabic", corpusgen.Arabic}, {"Han", corpusgen.Han}} {
		fmt.Fprintf(&report, "%s\n", script.name)
		writeQuality(&report, t, script.script)
	}
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(qualityGolden, []byte(report.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("\n%s", report.String())
	golden, err := os.ReadFile(qualityGolden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(golden), report.String()); diff != "" {
		t.Errorf("%s (-golden +found):\n%s", qualityGolden, diff)
	}
}

// copiesOfEach is the number of copies made in each way.
const copiesOfEach = 20

func writeQuality(report *strings.Builder, t *testing.T, script corpusgen.Script) {
	options := corpusgen.DefaultOptions()
	options.Script, options.Operations = script, corpusgen.StandardOperations()
	options.Articles = len(options.Operations) * copiesOfEach // one copy of each original at most
	options.Copies = options.Articles
	generator := corpusgen.New(options)
	var stories []story
	for a := range generator.All() {
		stories = append(stories, story{a.Key, a.Source, a.Text})
	}
	result := scanOf(t, newMemory(stories...), func(o *Options) { o.Workers = 2 })

	kinds := make(map[[2]string]Kind)
	for _, pair := range keyedPairs(result) {
		kinds[[2]string{pair.A, pair.B}] = pair.Kind
	}
	fmt.Fprintf(report, "%d articles, %d repeats within\n", len(stories), result.Summary.RepeatsWithin)
	fmt.Fprintf(report, "%-18s %6s %6s %6s %9s %8s %6s\n", "copies", "of", "exact", "near", "contained", "template", "none")
	found := tallies(generator.Truth(), kinds)
	for _, operation := range options.Operations {
		tally := found[operation]
		fmt.Fprintf(report, "%-18s %6d %6d %6d %9d %8d %6d\n", fmt.Sprintf("%v %v", operation.Kind, operation.Amount),
			copiesOfEach, tally[Exact], tally[Near], tally[Contained], tally[Template], tally[""])
	}
	fmt.Fprintf(report, "other pairs: %d\n\n", len(kinds))
}

// tallies counts the kinds of the pairs of each copy with its original, "" for
// none, and takes these pairs out of kinds.
func tallies(truth []corpusgen.Planted, kinds map[[2]string]Kind) map[corpusgen.Operation]map[Kind]int {
	found := make(map[corpusgen.Operation]map[Kind]int)
	for _, planted := range truth {
		if found[planted.Operation] == nil {
			found[planted.Operation] = make(map[Kind]int)
		}
		names := []string{planted.Original, planted.Copy}
		slices.Sort(names)
		pair := [2]string{names[0], names[1]}
		found[planted.Operation][kinds[pair]]++
		delete(kinds, pair)
	}
	return found
}
