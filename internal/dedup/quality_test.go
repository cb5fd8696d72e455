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

// qualityOperations are the standard ones, and misreadings of every strength between theirs.
func qualityOperations() []corpusgen.Operation {
	return append(corpusgen.StandardOperations(),
		corpusgen.Operation{Kind: corpusgen.Misread, Amount: 0.01}, corpusgen.Operation{Kind: corpusgen.Misread, Amount: 0.02})
}

func writeQuality(report *strings.Builder, t *testing.T, script corpusgen.Script) {
	options := corpusgen.DefaultOptions()
	options.Script, options.Operations = script, qualityOperations()
	options.Articles = len(options.Operations) * copiesOfEach // one copy of each original at most
	options.Copies = options.Articles
	generator := corpusgen.New(options)
	var stories []story
	for a := range generator.All() {
		stories = append(stories, a)
	}
	truth := generator.Truth()
	survey := surveyOf(t, newMemory(stories...), asking(truth), nil)
	result := scanOf(t, newMemory(stories...), func(o *Options) { o.Workers = 2 })

	kinds, called := kindsOf(result)
	tolerantKinds, calledTolerant := kindsOf(scanOf(t, newMemory(stories...), func(o *Options) { o.Workers, o.Tolerant = 2, true }))
	fmt.Fprintf(report, "%d articles, %d repeats within\n", len(stories), result.Summary.RepeatsWithin)
	fmt.Fprintf(report, "%-18s %6s %6s %6s %9s %8s %6s %9s   %s\n", "copies", "of", "exact", "near", "contained", "template", "none", "tolerant", "similarity, containment: medians")
	found, foundTolerant := tallies(truth, kinds), tallies(truth, tolerantKinds)
	copies, right, rightTolerant := 0, 0, 0
	for _, operation := range options.Operations {
		tally, tolerant := found[operation], foundTolerant[operation].copies()
		similarity, containment := medians(truth, survey.Measured, operation)
		fmt.Fprintf(report, "%-18s %6d %6d %6d %9d %8d %6d %9d   %.3f, %.3f\n", fmt.Sprintf("%v %v", operation.Kind, operation.Amount),
			copiesOfEach, tally[Exact], tally[Near], tally[Contained], tally[Template], tally[""], tolerant, similarity, containment)
		if operation.Kind != corpusgen.Template {
			copies, right, rightTolerant = copies+copiesOfEach, right+tally.copies(), rightTolerant+tolerant
		}
	}
	share := func(part, whole int) float64 { return float64(part) / float64(whole) }
	fmt.Fprintf(report, "other pairs: %d; precision %.3f, recall %.3f, where templates are no copies\n", len(kinds), share(right, called), share(right, copies))
	fmt.Fprintf(report, "tolerant: other pairs: %d; precision %.3f, recall %.3f\n\n", len(tolerantKinds), share(rightTolerant, calledTolerant), share(rightTolerant, copies))
}

// kindsOf are the kinds of the pairs that a scan found, by their names, and how many of them it
// calls copies.
func kindsOf(result *Result) (kinds map[[2]string]Kind, called int) {
	kinds = make(map[[2]string]Kind)
	for _, pair := range keyedPairs(result) {
		kinds[[2]string{pair.A, pair.B}] = pair.Kind
		if pair.Kind != Template {
			called++
		}
	}
	return kinds, called
}

// A kindTally counts pairs by kind.
type kindTally map[Kind]int

// copies are those that are found to be copies.
func (t kindTally) copies() int { return t[Exact] + t[Near] + t[Contained] }

// asking asks for the pair of each copy with its original.
func asking(truth []corpusgen.Planted) func([]ArticleInfo) [][2]ArticleID {
	return func(articles []ArticleInfo) (pairs [][2]ArticleID) {
		at := make(map[string]ArticleID)
		for id, article := range articles {
			at[article.Key] = ArticleID(id)
		}
		for _, planted := range truth {
			pairs = append(pairs, [2]ArticleID{at[planted.Original], at[planted.Copy]})
		}
		return pairs
	}
}

// medians are the similarity and the containment of the smaller, each of the tenth of twenty.
func medians(truth []corpusgen.Planted, measured []Pair, of corpusgen.Operation) (similarity, containment float64) {
	var similarities, containments []float64
	for i, planted := range truth {
		if planted.Operation == of {
			similarities = append(similarities, measured[i].Similarity)
			containments = append(containments, max(measured[i].AInB, measured[i].BInA))
		}
	}
	slices.Sort(similarities)
	slices.Sort(containments)
	return similarities[(len(similarities)-1)/2], containments[(len(containments)-1)/2]
}

// tallies counts the kinds of the pairs of each copy with its original, "" for
// none, and takes these pairs out of kinds.
func tallies(truth []corpusgen.Planted, kinds map[[2]string]Kind) map[corpusgen.Operation]kindTally {
	found := make(map[corpusgen.Operation]kindTally)
	for _, planted := range truth {
		if found[planted.Operation] == nil {
			found[planted.Operation] = make(kindTally)
		}
		names := []string{planted.Original, planted.Copy}
		slices.Sort(names)
		pair := [2]string{names[0], names[1]}
		found[planted.Operation][kinds[pair]]++
		delete(kinds, pair)
	}
	return found
}
