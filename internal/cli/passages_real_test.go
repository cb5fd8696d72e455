package cli

import (
	"bufio"
	"context"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/text"
)

// A sharedRun is a row of passages25.tsv: a run of at least 25 words of another
// program that stands in two articles, from which byte to which.
type sharedRun struct {
	a, b         string
	startA, endA int
	startB, endB int
}

// TestPassagesOfRealNews holds the passages of web news against those of an independent
// program: every pair of places of its is one of a passage, to the byte. Its words
// are runs of letters, digits and marks, lower-cased: it cuts words at apostrophes. Where its
// run begins or ends in the middle of a word, the passage is as long as its whole words; and
// a run that has less than 25 of them is looked for among passages of 8 words.
func TestPassagesOfRealNews(t *testing.T) {
	path := needReal(t, "data/fnc1/docs.jsonl.zst")
	bodies := readBodies(t, path)
	runs := readSharedRuns(t, needReal(t, "data/fnc1/passages25.tsv"), bodies)
	long, result := realPassages(t, path, 25)
	all, _ := realPassages(t, path, 8)
	counts := make(map[string]int)
	for _, run := range runs {
		whole, words := wholeWords(bodies, run)
		among, said := long, "of at least 25 words"
		if words < 25 {
			among, said = all, "of fewer words than 25 here"
		}
		if whole != run {
			said += ", without the part of a word at an end"
			t.Logf("%s[%d:%d], %s[%d:%d]: %s", run.a, run.startA, run.endA, run.b, run.startB, run.endB,
				append(cutWords(bodies[run.a], run.startA, run.endA), cutWords(bodies[run.b], run.startB, run.endB)...))
		}
		if !hasRun(among[run.a], whole) {
			t.Errorf("no passage %s has %+v: %q", said, run, bodies[run.a][run.startA:run.endA])
		}
		counts[said]++
	}
	for _, said := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%d of %d pairs of places are those of a passage %s", counts[said], len(runs), said)
	}
	t.Logf("%d passages of at least 25 words, %d places", len(result.Passages), countPlaces(result))
}

// realPassages are the passages of a corpus by the articles that have them.
func realPassages(t *testing.T, path string, least int) (map[string][]keyedPassage, *dedup.Result) {
	t.Helper()
	result := scanReal(t, func(o *dedup.Options) { o.Passages, o.Explained = least, true }, path)
	return placesByArticle(result), result
}

func countPlaces(result *dedup.Result) (places int) {
	for _, p := range result.Passages {
		places += len(p.Places)
	}
	return places
}

// wholeWords returns a run without the words that are not in it as a whole in both articles,
// and how many words it has then.
func wholeWords(bodies map[string]string, run sharedRun) (sharedRun, int) {
	var one, other text.Document
	one.Parse([]byte(bodies[run.a]), text.Auto)
	other.Parse([]byte(bodies[run.b]), text.Auto)
	firstA, lastA, cutA := insideOf(&one, run.startA, run.endA)
	firstB, lastB, cutB := insideOf(&other, run.startB, run.endB)
	for end := range cutA { // what is cut in one article is left out in both
		if cutA[end] == cutB[end] {
			continue
		}
		first, last := &firstA, &lastA
		if cutA[end] {
			first, last = &firstB, &lastB
		}
		if end == 0 {
			*first++
		} else {
			*last--
		}
	}
	run.startA, run.endA = int(one.Starts[firstA]), int(one.Ends[lastA])
	run.startB, run.endB = int(other.Starts[firstB]), int(other.Ends[lastB])
	return run, lastA + 1 - firstA
}

// insideOf returns the first and the last word that lie in a range as a whole, and whether
// it cuts one at its start, and at its end.
func insideOf(doc *text.Document, start, end int) (first, last int, cut [2]bool) {
	for int(doc.Starts[first]) < start {
		first++
	}
	last = doc.Len() - 1
	for int(doc.Ends[last]) > end {
		last--
	}
	cut[0] = first > 0 && int(doc.Ends[first-1]) > start
	cut[1] = last+1 < doc.Len() && int(doc.Starts[last+1]) < end
	return first, last, cut
}

// cutWords are the words that a range begins or ends in the middle of.
func cutWords(body string, start, end int) (words []string) {
	var doc text.Document
	doc.Parse([]byte(body), text.Auto)
	for token := range doc.Len() {
		from, to := int(doc.Starts[token]), int(doc.Ends[token])
		if from < start && start < to || from < end && end < to {
			words = append(words, body[from:to])
		}
	}
	return words
}

// placesByArticle are the passages that stand in each article.
func placesByArticle(result *dedup.Result) map[string][]keyedPassage {
	byArticle := make(map[string][]keyedPassage)
	for _, p := range result.Passages {
		var one keyedPassage
		for _, at := range p.Places {
			one.places = append(one.places, keyedPlace{result.Articles[at.Article].Key, at.Start, at.End})
		}
		var seen []string
		for _, at := range one.places {
			if !slices.Contains(seen, at.key) {
				seen = append(seen, at.key)
				byArticle[at.key] = append(byArticle[at.key], one)
			}
		}
	}
	return byArticle
}

type keyedPassage struct{ places []keyedPlace }

type keyedPlace struct {
	key        string
	start, end int
}

// hasRun reports whether one of the passages has both places of the run, to the byte.
func hasRun(passages []keyedPassage, run sharedRun) bool {
	return slices.ContainsFunc(passages, func(p keyedPassage) bool {
		return slices.Contains(p.places, keyedPlace{run.a, run.startA, run.endA}) && slices.Contains(p.places, keyedPlace{run.b, run.startB, run.endB})
	})
}

// readBodies are the texts of a corpus by the names of the articles.
func readBodies(t *testing.T, path string) map[string]string {
	t.Helper()
	source, err := formats.Open([]string{path}, nil, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	bodies := make(map[string]string)
	var scratch corpus.Scratch
	for {
		record, err := source.Next(context.Background())
		if err == io.EOF {
			return bodies
		}
		if err != nil {
			t.Fatal(err)
		}
		article, _, _ := source.Decode(&scratch, record)
		bodies[article.Key] = string(article.Body)
	}
}

// readSharedRuns reads the rows, whose places are in characters.
func readSharedRuns(t *testing.T, path string, bodies map[string]string) (runs []sharedRun) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	starts := make(map[string][]int)
	for key, body := range bodies {
		for at := range body {
			starts[key] = append(starts[key], at)
		}
		starts[key] = append(starts[key], len(body))
	}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		row := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(row[0], "#") {
			continue
		}
		place := func(key, column int) int {
			character, err := strconv.Atoi(row[column])
			if err != nil {
				t.Fatal(err)
			}
			return starts[row[key]][character]
		}
		runs = append(runs, sharedRun{row[0], row[3], place(0, 1), place(0, 2), place(3, 4), place(3, 5)})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return runs
}
