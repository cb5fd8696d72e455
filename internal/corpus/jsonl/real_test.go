package jsonl

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// TestDocumentsOfJQ reads the same stories in the forms that jq writes.
func TestDocumentsOfJQ(t *testing.T) {
	lines, err := os.ReadFile(filepath.Join("testdata", "stories.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for line := range strings.Lines(string(lines)) {
		var story struct{ ID, Text string }
		if err := json.Unmarshal([]byte(line), &story); err != nil {
			t.Fatal(err)
		}
		want = append(want, story.ID+": "+story.Text)
	}
	names, err := filepath.Glob(filepath.Join("testdata", "*.json"))
	if err != nil || len(names) != 7 {
		t.Fatalf("files %v, error %v", names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if known := MatchesDocuments(data, corpus.Fields{}); !known {
			t.Errorf("%s is not known as JSON", name)
		}
		documents, problems := readDocuments(t, strings.NewReader(string(data)), unlimited, corpus.Fields{})
		var got []string
		for _, d := range documents {
			got = append(got, d.Key+": "+d.Body)
			line := strings.Split(string(data), "\n")[d.BodyLine-1]
			if !strings.Contains(line, `"text": "`) && !strings.Contains(line, `"text":"`) {
				t.Errorf("%s: the text of %s is said to be in line %d, which is %q", name, d.Key, d.BodyLine, line)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || problems != nil {
			t.Errorf("%s: problems %v (-want +got):\n%s", name, problems, diff)
		}
	}
}
