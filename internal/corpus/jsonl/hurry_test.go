package jsonl

import (
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// looks returns how many records an input is cut into, and how many bytes were
// looked at. It stops where they are more than most.
func looks(t testing.TB, input string, most int64) (records int, looked int64) {
	t.Helper()
	in := corpus.NewStream(strings.NewReader(input), corpus.DefaultMaxArticleBytes, func(corpus.Problem) {})
	s := &documents{in: in, text: corpus.DefaultFields()[corpus.Text]}
	for {
		_, err := s.Split()
		if err == io.EOF || s.looked > most {
			return records, s.looked
		}
		if err != nil {
			t.Fatal(err)
		}
		records++
	}
}

// TestWorkIsBounded repeats what does not end, and begins as a value does: each
// is looked behind, to where the brackets are too deep, the limit or the end.
// However much there is of it, a byte is looked at as often.
func TestWorkIsBounded(t *testing.T) {
	long := strings.Repeat("x", 1000)
	for name, test := range map[string][2]string{
		"arrays":                 {"[\n", "{\"a\":[0,\n"},
		"arrays of objects":      {"[\n", "{\"a\":[{\"k\":1},\n"},
		"documents":              {"", "{\"a\":[{\"k\":1},\n"},
		"a string without end":   {"[{\"a\":1},", "{\"a\":[\"" + long + "\",\n"},
		"wrappers with a string": {"{\"a\":1}\n", "{\"a\":[{\"k\":\"" + long + "\"},\n"},
	} {
		count := 80_000 * 10 / max(10, len(test[1])/10)
		input := test[0] + strings.Repeat(test[1], count) + `"`
		// What is looked at once more, before it is known to be too much, is not above the input.
		most := int64(mostLooks+1)*int64(len(input)) + freeLooks
		records, looked := looks(t, input, most)
		if looked > most || records < count/4 {
			t.Errorf("%s: of %d bytes, %d are looked at for %d records", name, len(input), looked, records)
		}
	}
}

// TestLooksAreCounted holds that to tell a wrapper counts: its text is looked at
// for the object, its array, the element and its end, and then for its own end.
func TestLooksAreCounted(t *testing.T) {
	for _, inside := range []string{strings.Repeat(`[{"k":1},`, 1000), `"` + strings.Repeat("x", 9000)} {
		input := `{"a":[{"k":` + inside
		_, looked := looks(t, input, math.MaxInt64)
		if least := 4 * int64(len(input)-20); looked < least {
			t.Errorf("%.20s…: %d bytes are looked at, not %d", input, looked, least)
		}
	}
}

// TestHurryEnds holds that what stands behind such an input, and holds objects
// that begin as it does itself, is read as ever once enough stands between.
func TestHurryEnds(t *testing.T) {
	sound := `{"a":"%d","text":"It rained.","of":[0,{"a":1}]}` + "\n"
	var behind strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&behind, sound, i)
	}
	hostile := strings.Repeat("{\"a\":[{\"k\":1},\n", 12_000)
	documents, _ := readDocuments(t, strings.NewReader(hostile+behind.String()), unlimited, corpus.Fields{corpus.ID: {"a"}})
	if len(documents) < 15_000 {
		t.Fatalf("%d articles", len(documents))
	}
	for i, d := range documents[len(documents)-15_000:] {
		want := document{12_000 + 5_000 + i + 1, 12_000 + 5_000 + i + 1, fmt.Sprint(5_000 + i), "It rained."}
		if diff := cmp.Diff(want, d); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

// TestManyCutElements cuts every tenth element in an array of its own, so often
// that there is hurry: all others are read.
func TestManyCutElements(t *testing.T) {
	var input strings.Builder
	var want []string
	const count = 30_000
	for i := range count {
		if i%10 == 5 {
			fmt.Fprintf(&input, ",{\"id\":\"%d\",\"tags\":[{\"n\":1}\n", i)
			continue
		}
		want = append(want, fmt.Sprint(i))
		fmt.Fprintf(&input, "%c{\"id\":\"%d\",\"tags\":[{\"n\":1},{\"n\":2}],\"text\":\"It rained.\"}\n", "[,"[min(i, 1)], i)
	}
	input.WriteString("]")
	documents, problems := readDocuments(t, strings.NewReader(input.String()), unlimited*100, corpus.Fields{})
	var got []string
	for _, d := range documents {
		got = append(got, d.Key)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(problems) != count/10 {
		t.Errorf("%d problems (-want +got):\n%.2000s", len(problems), diff)
	}
	if _, looked := looks(t, input.String(), math.MaxInt64); looked < freeLooks {
		t.Errorf("no hurry: %d bytes are looked at", looked)
	}
}
