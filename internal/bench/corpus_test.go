package main

import (
	"os"
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/google/go-cmp/cmp"
)

// TestCorpora holds what is generated: figures of two days compare only where
// the corpora are the same, and kept ones are used again. When this test
// changes, corpusVersion does too.
func TestCorpora(t *testing.T) {
	s := settings{folder: t.TempDir()}
	got := make(map[string]uint64)
	add := func(name string, corpus corpusFile, err error) {
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(corpus.path)
		if err != nil {
			t.Fatal(err)
		}
		got[name] = xxhash.Sum64(data)
	}
	corpus, err := s.news(220)
	add("news", corpus, err)
	for _, c := range hotCases(20) {
		corpus, err := s.hotCorpus(c)
		add(c.name, corpus, err)
	}
	want := map[string]uint64{
		"news":                     14064347010214779825,
		"one-paragraph-everywhere": 8001465609840763202,
		"one-template-everywhere":  10686100424521925546,
		"one-text-everywhere":      12277922764601711941,
		"one-word-a-million-times": 15362196221535711682,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
