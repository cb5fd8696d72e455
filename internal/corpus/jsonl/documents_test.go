package jsonl

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// A document is one article of a document, with what the tests look at.
type document struct {
	Line, BodyLine int
	Key, Body      string
}

func readDocuments(t testing.TB, source io.Reader, limit int, fields corpus.Fields) (documents []document, founds []found) {
	t.Helper()
	records, decode, problems := splitDocuments(t, source, limit, fields)
	founds = problems
	for _, record := range records {
		article, ok, problems := decode(new(corpus.Scratch), record, corpus.Origin{})
		for _, p := range problems {
			founds = append(founds, found{p.Line, p.Offset, p.Kind, p.Message})
		}
		if ok {
			documents = append(documents, document{record.Line, article.BodyLine, article.Key, string(article.Body)})
		}
	}
	return documents, founds
}

func splitDocuments(t testing.TB, source io.Reader, limit int, fields corpus.Fields) (records []corpus.Record, decode corpus.Decode, founds []found) {
	t.Helper()
	add := func(p corpus.Problem) { founds = append(founds, found{p.Line, p.Offset, p.Kind, p.Message}) }
	format := Documents(fields)
	splitter, decode := format.Open(corpus.NewStream(source, limit, add))
	for {
		record, err := splitter.Split()
		if err == io.EOF {
			return records, decode, founds
		}
		if err != nil {
			t.Fatalf("splitting: %v", err)
		}
		record.Data = bytes.Clone(record.Data)
		records = append(records, record)
	}
}

const (
	one = `{"id":"a","text":"one"}`
	two = `{"id":"b","text":"two"}`
	tri = `{"id":"c","text":"three"}`
)

func TestDocuments(t *testing.T) {
	all := []document{{1, 1, "a", "one"}, {1, 1, "b", "two"}, {1, 1, "c", "three"}}
	tests := []struct {
		name     string
		input    string
		fields   corpus.Fields
		want     []document
		problems []found
	}{
		{name: "nothing"},
		{name: "an empty array", input: " [ ] \n"},
		{name: "an array", input: "[" + one + "," + two + "," + tri + "]", want: all},
		{name: "an array with blanks", input: "\uFEFF [ " + one + " , " + two + " , " + tri + " ] ", want: all},
		{name: "one behind the other", input: one + two + " " + tri, want: all},
		{name: "arrays one behind the other", input: "[" + one + "][" + two + "]" + tri, want: all},
		{name: "a text sequence", input: "\x1e" + one + "\x1e" + two + "\x1e" + tri, want: all},
		{name: "commas too many and too few", input: "[" + one + two + ",," + tri + ",]", want: all},
		{
			name: "over several lines", input: "{\n  \"id\": \"a\",\n  \"authors\": [\n    {\n      \"name\": \"x\"\n    }\n  ],\n  \"text\": \"one\"\n}\n{\n  \"id\": \"b\", \"text\":\r\n\"two\"}\n",
			want: []document{{1, 8, "a", "one"}, {10, 12, "b", "two"}},
		},
		{
			name:  "brackets and quotes in strings",
			input: `[{"id":"a","text":"]}\"{[\\"},{"text":"\\\\\"","id":"}]"}]`,
			want:  []document{{1, 1, "a", `]}"{[\`}, {1, 1, "}]", `\\"`}},
		},
		{
			name:  "a wrapper",
			input: "{\"status\":\"ok\",\"totalResults\": 2,\n\"articles\":[" + one + ",\n" + two + "],\"next\":[1,{\"x\":[]}],\"page\":3}\n" + tri,
			want:  []document{{2, 2, "a", "one"}, {3, 3, "b", "two"}, {4, 4, "c", "three"}},
		},
		{
			name:  "a wrapper in a wrapper, an array of other things, two arrays of articles",
			input: `{"response":{"facets":[{"n":1}],"docs":[` + one + `],"more":[` + two + `]},"took":1.5,"x":[` + tri + `]}`,
			want:  all,
		},
		{
			name:  "a wrapper whose first article has no text",
			input: `{"articles":[{"id":"x","content":null},` + one + `]}`,
			want:  all[:1], problems: []found{{1, 13, corpus.BadRecord, `the field "content" is null, not a string`}},
		},
		{
			name:  "an article with comments is no wrapper",
			input: `{"id":"a","comments":[` + two + `],"text":"one"}` + `{"text":"two","id":"b","comments":[` + two + `]}` + `{"id":"c","body":{"text":"three"},"comments":[` + two + `]}`,
			want:  all, fields: corpus.Fields{corpus.Text: {"text", "body.text"}},
		},
		{
			name:  "an array without texts is none of articles",
			input: `{"type":"FeatureCollection","features":[{"type":"Feature"}]}`,
			problems: []found{{1, 0, corpus.BadRecord,
				`no field "text" (this record has: type, features); --text-field names the text`}},
		},
		{
			name:  "elements that are no objects",
			input: "[" + one + ",\n5,\n\"x]\",[1,[2]],null," + two + "," + tri + ",-1.5e3]",
			want:  []document{{1, 1, "a", "one"}, {3, 3, "b", "two"}, {3, 3, "c", "three"}},
			problems: []found{
				{2, 26, corpus.BadRecord, "the record is a number, not a JSON object"},
				{3, 29, corpus.BadRecord, "the record is a string, not a JSON object"},
				{3, 34, corpus.BadRecord, "the record is an array, not a JSON object"},
				{3, 42, corpus.BadRecord, "the record is null, not a JSON object"},
				{3, 97, corpus.BadRecord, "the record is a number, not a JSON object"},
			},
		},
		{
			name:     "text behind the end",
			input:    "[" + one + "] and more\n" + two + "\nrest",
			want:     []document{{1, 1, "a", "one"}, {2, 2, "b", "two"}},
			problems: []found{{1, 26, corpus.StrayText, "text that begins no JSON object or array is left out (9 bytes)"}, {3, 59, corpus.StrayText, "text that begins no JSON object or array is left out (4 bytes)"}},
		},
		{
			name: "a missing closing bracket", input: "\n[" + one + ",\n", want: []document{{2, 2, "a", "one"}},
			problems: []found{{2, 1, corpus.UnclosedBlock, "the array or object that begins here is not closed"}},
		},
		{
			name: "a cut element", input: "[" + one + "," + two[:15], want: all[:1],
			problems: []found{{1, 39, corpus.BadRecord, "the record is not JSON: unexpected end of JSON input (byte 15 of the record)"}},
		},
		{
			name: "a cut wrapper", input: `{"articles":[` + one + `],"n":`, want: all[:1],
			problems: []found{{1, 0, corpus.UnclosedBlock, "the array or object that begins here is not closed"}},
		},
		{
			name: "a wrapper that is broken outside its articles", input: `{"articles":[` + one + `],"n" 5}` + "\n" + two, want: []document{{1, 1, "a", "one"}, {2, 2, "b", "two"}},
			problems: []found{{1, 38, corpus.BadRecord, unsoundWrapper + " (7 bytes)"}},
		},
		{
			name: "the text of a wrapper", input: `{"articles":[` + one + `],"text":"lost"}`, want: nil,
		},
	}
	tests[len(tests)-1].want = []document{{1, 1, "", "lost"}}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.DataErrReader} {
				documents, problems := readDocuments(t, wrap(strings.NewReader(test.input)), unlimited, test.fields)
				if diff := cmp.Diff(test.want, documents); diff != "" {
					t.Errorf("articles (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(test.problems, problems); diff != "" {
					t.Errorf("problems (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// TestTextBehindFarArticles holds that what is behind a megabyte is not looked
// at to tell a wrapper, and that its text is then not dropped silently.
func TestTextBehindFarArticles(t *testing.T) {
	input := `{"comments":[` + one + `,{"id":"x","text":"` + strings.Repeat("x", maxLookAhead) + `"}],"text":"lost"}`
	documents, problems := readDocuments(t, strings.NewReader(input), 2*unlimited, corpus.Fields{})
	if len(documents) != 2 {
		t.Errorf("%d articles", len(documents))
	}
	want := []found{{1, int64(len(input) - len(`"text":"lost"}`)), corpus.BadRecord, `the field "text" of the object around the articles is left out`}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// TestBrokenElements breaks the second of five elements in several ways: the
// others are read, and the broken one is reported in its place.
func TestBrokenElements(t *testing.T) {
	element := func(id string) string {
		return `{"id":"` + id + `","tags":[{"n":1},{"n":2}],"text":"It rained."}`
	}
	broken := map[string]string{
		"a quote too many":         `{"id":"2","tags":[{"n":1},{"n":2}],"text":"A 5" pipe"}`,
		"a quote too few":          `{"id":"2","tags":[{"n":1},{"n":2}],"text":"It rained.}`,
		"no opening quote":         `{"id":"2","tags":[{"n":1},{"n":2}],"text":It rained."}`,
		"no closing brace":         `{"id":"2","tags":[{"n":1},{"n":2}],"text":"It rained."`,
		"no closing bracket":       `{"id":"2","tags":[{"n":1},{"n":2},"text":"It rained."}`,
		"a bracket too many":       `{"id":"2","tags":[{"n":1},{"n":2}]],"text":"It rained."}`,
		"no comma":                 `{"id":"2","tags":[{"n":1}{"n":2}]"text":"It rained."}`,
		"no colon":                 `{"id":"2","tags":[{"n":1},{"n":2}],"text""It rained."}`,
		"a bare word":              `{"id":"2","tags":[{"n":1},{"n":2}],"text":"It rained." x}`,
		"an object without a name": `{"id":"2",{"n":1}}`,
		"a bad escape":             `{"id":"2","text":"\x"}`,
		"a bad number":             `{"id":"2","n":01,"text":""}`,
		"a control character":      "{\"id\":\"2\",\"text\":\"a\tb\"}",
	}
	for name, second := range broken {
		for layout, around := range map[string][3]string{
			"one line": {"[", ",", "]"}, "blanks": {"[ ", " , ", " ]"}, "lines": {"[\n  ", ",\n  ", "\n]\n"}, "documents": {"", "\n", "\n"}, "a wrapper": {`{"articles":[`, ", ", `],"n":5}`},
		} {
			input := around[0] + strings.Join([]string{element("1"), second, element("3"), element("4"), element("5")}, around[1]) + around[2]
			documents, problems := readDocuments(t, strings.NewReader(input), unlimited, corpus.Fields{})
			var keys []string
			for _, d := range documents {
				keys = append(keys, d.Key)
			}
			if diff := cmp.Diff([]string{"1", "3", "4", "5"}, keys); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", name, layout, diff)
			}
			begin, end := strings.Index(input, second), strings.Index(input, element("3"))
			if len(problems) != 1 || problems[0].Kind != corpus.BadRecord || problems[0].Offset < int64(begin) || problems[0].Offset > int64(end) {
				t.Errorf("%s, %s: problems %v", name, layout, problems)
			}
		}
	}
}

// TestBrokenPrettyElements breaks elements as jq writes them, whose first names differ.
func TestBrokenPrettyElements(t *testing.T) {
	input := "[\n  {\n    \"id\": \"a\",\n    \"text\": \"one\"\n  },\n  {\n    \"text\": \"two,\n    \"of\": [\n      {\n        \"id\": 1\n      }\n    ]\n  },\n  {\n    \"text\": \"three\",\n    \"id\": \"c\"\n  }\n]\n"
	documents, problems := readDocuments(t, strings.NewReader(input), unlimited, corpus.Fields{})
	if diff := cmp.Diff([]document{{2, 4, "a", "one"}, {14, 15, "c", "three"}}, documents); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := []found{{7, 65, corpus.BadRecord, `the record is not JSON: invalid character '\n' in string literal (byte 20 of the record); it is left out with the 6 lines below`}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestTooLargeElementsArePassedOver(t *testing.T) {
	const limit = 64
	huge := `{"id":"b","x":["\\\"",{}],"text":"` + strings.Repeat(`x{\"]`, 4_000) + `"}`
	broken := `{"id":"b","text":"5" pipe` + strings.Repeat(`x{\"]`, 4_000) + `"}`
	for name, input := range map[string]string{
		"sound": "[" + one + "," + huge + ",\n" + tri + "]", "broken": "[" + one + "," + broken + ",\n" + tri + "]",
		"just too large": "[" + one + "," + huge[:limit] + `"},` + "\n" + tri + "]",
	} {
		for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader} {
			documents, problems := readDocuments(t, wrap(strings.NewReader(input)), limit, corpus.Fields{})
			if diff := cmp.Diff([]document{{1, 1, "a", "one"}, {2, 2, "c", "three"}}, documents); diff != "" {
				t.Errorf("%s, articles (-want +got):\n%s", name, diff)
			}
			if len(problems) != 1 || problems[0].Line != 1 || problems[0].Offset != 25 || problems[0].Kind != corpus.TooLarge {
				t.Errorf("%s: problems %v", name, problems)
			}
		}
	}
}

func TestDeepElementsAreBounded(t *testing.T) {
	input := "[" + one + `,{"id":"b","text":"","deep":` + strings.Repeat("[", unlimited/2) + ",\n" + tri + "]"
	documents, problems := readDocuments(t, strings.NewReader(input), unlimited, corpus.Fields{})
	if len(documents) != 2 || len(problems) != 1 {
		t.Errorf("articles %v, problems %v", documents, problems)
	}
}

func TestMatchesDocuments(t *testing.T) {
	long := func(start string) string { return start + strings.Repeat("x", corpus.SniffBytes-len(start)) }
	for head, want := range map[string]bool{
		"[" + one + "]": true, " [\n {\n  \"id\": 1": true, "[{}]": true, "[]": false, "[1]": false, "[Reuters] It": false, "[{{x": false,
		"{\n  \"id\": 1\n}\n":         true,
		"{\"id\": 1,\r\n \"b\":2}":    true,
		"{\"a\": [\n{}\n]}":           true,
		one + two:                     true,
		one + " " + two:               true,
		one:                           false,
		one + "\n" + two:              false,
		one + " and more":             false,
		"{\"broken\n{\"id\":1}\n":     false,
		"{\"id\":\"a\",\n" + one:      false,
		"{\"id\":\"a\"\n" + one:       false,
		long(`{"text":"`):             false,
		"{{Infobox}}\n":               false,
		"<<<FILE a>>>\n{}\n":          false,
		`{"n":1,"x":[` + one + `]}`:   true,
		`{"n":1,"x":[{"n":1}]}`:       false,
		long(`{"x":[` + one + `,{"`):  true,
		`{"id":1,"x":[` + one + `]}`:  true,
		`{"text":"","x":[` + one:      false,
		`{"x":[` + one + `],"text":1`: false,
	} {
		if got := MatchesDocuments([]byte(head), corpus.Fields{}); got != want {
			t.Errorf("MatchesDocuments(%.40q) = %t, want %t", head, got, want)
		}
	}
}

// small is a limit above all inputs made at random.
const small = 8 << 10

// checkArray holds the splitter to encoding/json: the elements of a sound
// array are the records, and the size of the reads makes no difference.
func checkArray(t *testing.T, input string) {
	t.Helper()
	records, _, problems := splitDocuments(t, strings.NewReader(input), small, corpus.Fields{})
	again, _, problemsAgain := splitDocuments(t, iotest.OneByteReader(strings.NewReader(input)), small, corpus.Fields{})
	if diff := cmp.Diff(records, again) + cmp.Diff(problems, problemsAgain); diff != "" {
		t.Fatalf("%q (-whole +bytes):\n%s", input, diff)
	}
	for _, r := range records {
		if string(r.Data) != input[r.Offset:r.Offset+int64(len(r.Data))] || r.Line != 1+strings.Count(input[:r.Offset], "\n") {
			t.Fatalf("%q: record %+v", input, r)
		}
	}
	var elements []json.RawMessage
	if json.Unmarshal([]byte(input), &elements) != nil || elements == nil {
		return
	}
	var want, got []string
	for _, e := range elements {
		want = appendElements(want, e)
	}
	for _, r := range records {
		got = append(got, string(r.Data))
	}
	if diff := cmp.Diff(want, got); diff != "" || problems != nil {
		t.Fatalf("%q: problems %v, records (-want +got):\n%s", input, problems, diff)
	}
}

// appendElements appends the value, or those in an array of objects.
func appendElements(to []string, e json.RawMessage) []string {
	var inner []json.RawMessage
	if err := json.Unmarshal(e, &inner); err != nil || len(inner) == 0 || inner[0][0] != '{' {
		return append(to, string(e))
	}
	for _, one := range inner {
		to = appendElements(to, one)
	}
	return to
}

func TestSplitterIsEncodingJSON(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 3))
	for range 5_000 {
		var b strings.Builder
		if random.IntN(4) > 0 {
			b.WriteByte('[')
			for range random.IntN(6) {
				b.WriteString(randomValue(random, 4) + [...]string{",", " ,\n", ""}[max(0, random.IntN(30)-27)])
			}
			b.WriteString("{}]")
		} else {
			for range random.IntN(12) {
				b.WriteString(tokens[random.IntN(len(tokens))])
			}
		}
		if checkArray(t, b.String()); t.Failed() {
			t.Fatalf("seed %d", seeded.Seed())
		}
	}
}

func randomValue(random *rand.Rand, depth int) string {
	kind := random.IntN(10)
	if depth == 0 {
		kind = random.IntN(4)
	}
	switch {
	case kind < 2:
		return [...]string{"1", "-2.5e3", "true", "null", " 0\n"}[random.IntN(5)]
	case kind < 4:
		return [...]string{`""`, `"}"`, `"\""`, `"\\"`, `"\\\" ]{"`, "\"long enough for eight at once\""}[random.IntN(6)]
	}
	var parts []string
	for range random.IntN(4) {
		part := randomValue(random, depth-1)
		if kind < 8 {
			part = `"` + [...]string{"id", "text", "x"}[random.IntN(3)] + `":` + part
		}
		parts = append(parts, part)
	}
	inside := strings.Join(parts, [...]string{",", ", ", "\n,"}[random.IntN(3)])
	if kind < 8 {
		return "{" + inside + "}"
	}
	return "[" + inside + "]"
}

// TestOneFault changes, drops and adds bytes in every place of the third of six
// elements: no fault costs more than that element and the next, and none that
// costs one is passed over in silence.
func TestOneFault(t *testing.T) {
	element := func(id string) string { return `{"id":"` + id + `","tags":[{"n":1},{"n":2}],"text":"It \"rained\"."}` }
	for layout, around := range map[string][3]string{"one line": {"[", ",", "]"}, "lines": {"[\n  ", ",\n  ", "\n]\n"}, "documents": {"", "\n", "\n"}, "a wrapper": {`{"articles":[`, ", ", `],"n":5}`}} {
		before := around[0] + element("1") + around[1] + element("2") + around[1]
		after := around[1] + element("4") + around[1] + element("5") + around[1] + element("6") + around[2]
		third := element("3")
		for at := range third {
			faults := []string{third[:at+1], third[:at] + third[at+1:]}
			for _, c := range "\"{}[]:,\\\nx0 " {
				faults = append(faults, third[:at]+string(c)+third[at:], third[:at]+string(c)+third[at+1:])
			}
			for _, fault := range faults {
				documents, problems := readDocuments(t, strings.NewReader(before+fault+after), small, corpus.Fields{})
				keys := make(map[string]bool)
				for _, d := range documents {
					keys[d.Key] = true
				}
				// An element that is cut in an array takes what follows with it, where
				// the brackets of the wrapper happen to close it.
				closed := layout == "a wrapper" && problems != nil && problems[0].Kind == corpus.UnclosedBlock
				if !keys["1"] || !keys["2"] || !closed && (!keys["5"] || !keys["6"]) {
					t.Errorf("%s: with %q only %v are read; problems %v", layout, fault, keys, problems)
				}
				if len(documents) < 6 && problems == nil {
					t.Errorf("%s: with %q only %v are read, without a problem", layout, fault, keys)
				}
			}
		}
	}
}

// FuzzDocuments holds the splitter to encoding/json, and that the size of the
// reads makes no difference.
func FuzzDocuments(f *testing.F) {
	for _, seed := range []string{"[" + one + "," + two + "]", one + two, `{"n":1,"articles":[` + one + `],"m":2}`, "[\n  {\n    \"id\": \"a\" b\n  },\n  {\n}]", "[1,\"\\\"\",[]] x\n{}"} {
		f.Add(seed, 30)
	}
	f.Add("[[", 0) // where nothing may be looked at ahead
	f.Fuzz(func(t *testing.T, input string, limit int) {
		input = strings.TrimPrefix(input, "\uFEFF")
		if strings.HasPrefix(input, "\uFEFF") || limit < 0 || len(input) > small {
			t.Skip("a second mark, or nothing new")
		}
		checkArray(t, input)
		readDocuments(t, strings.NewReader(input), limit, corpus.Fields{})
	})
}
