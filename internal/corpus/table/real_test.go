package table

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A story is one of testdata/stories.jsonl.
type story struct{ ID, Title, Source, Published, Text string }

func stories(t *testing.T) (all []story) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "stories.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		var s story
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// TestTablesOfOtherPrograms reads the same stories as several programs write them.
func TestTablesOfOtherPrograms(t *testing.T) {
	// TSV cannot tell a text that is all quoted from a field that is.
	bare := strings.NewReplacer(`"No news"`, "No news", `"No news."`, "No news.")
	// Nor, where nothing is escaped, a path from an escape.
	unescaped := strings.NewReplacer(`C:\new\tide`, "C:\new\tide")
	blanks := strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ")
	for name, change := range map[string]func(s story) story{
		"python.csv": nil, "python-all-semicolon.csv": nil, "python-excel-tab.tsv": nil, "jq.csv": nil, "sqlite.csv": nil,
		"jq.tsv": func(s story) story {
			if s.ID == "gazette/3" {
				s.Title, s.Text = bare.Replace(s.Title), bare.Replace(s.Text)
			}
			return s
		},
		"sqlite.tsv": func(s story) story {
			s.Text = unescaped.Replace(blanks.Replace(s.Text))
			if s.ID == "gazette/3" {
				s.Title, s.Text = bare.Replace(s.Title), bare.Replace(s.Text)
			}
			return s
		},
	} {
		var want []story
		for _, s := range stories(t) {
			if change != nil {
				s = change(s)
			}
			want = append(want, s)
		}
		if diff := cmp.Diff(want, readStories(t, filepath.Join("testdata", name))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func readStories(t *testing.T, path string) (all []story) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	format := CSV(corpus.Fields{})
	if filepath.Ext(path) == ".tsv" {
		format = TSV(corpus.Fields{})
	}
	splitter, decode := format.Open(corpus.NewStream(file, unlimited, func(p corpus.Problem) { t.Errorf("%s: %v", path, p) }))
	scratch := new(corpus.Scratch)
	for {
		record, err := splitter.Split()
		if err != nil {
			return all
		}
		a, ok, problems := decode(scratch, record, corpus.Origin{})
		if !ok || problems != nil {
			t.Errorf("%s: %v", path, problems)
		}
		s := story{ID: a.Key, Title: a.Meta.Title, Source: a.Source, Text: string(a.Body)}
		if !a.Meta.Published.IsZero() {
			s.Published = a.Meta.Published.Format("2006-01-02")
		}
		all = append(all, s)
	}
}
