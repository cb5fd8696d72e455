package report

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// place is a place as a reader of the report sees it.
type place struct {
	Key, Path, Source string
	Line, Paragraph   int
}

// document is the part of a report that the tests read back.
type document struct {
	Schema  string
	Summary map[string]float64
	Pairs   []struct {
		Kind        string
		A, B        place
		Similarity  float64
		Fingerprint string
	}
	Clusters []struct {
		Representative place
		Members        []struct {
			place
			Kind       string
			Similarity *float64
			Removable  bool
			Chain      []place
		}
	}
	Repeats []struct {
		Class  string
		At, Of place
		Text   string
	}
	Passages, Stories, Problems []map[string]any
}

func readBack(t testing.TB, report string) document {
	t.Helper()
	var read document
	decoder := json.NewDecoder(strings.NewReader(report))
	if err := decoder.Decode(&read); err != nil {
		t.Fatal(err)
	}
	if decoder.More() {
		t.Error("the report holds more than one JSON value")
	}
	return read
}

func TestJSONReadsBack(t *testing.T) {
	read := readBack(t, render(t, "json", fixture(), fixtureOptions()))
	courier := place{Key: "courier_harbour.txt", Path: "news.txt", Source: "Velmora Courier", Line: 3}
	late := place{Key: "late_edition.txt", Path: "news.txt", Line: 131}
	edit := place{Key: "gazette_edit.txt", Path: "news.txt", Source: "Tidewater Gazette", Line: 79}

	if diff := cmp.Diff(courier, read.Clusters[0].Representative); diff != "" {
		t.Errorf("representative (-want +got):\n%s", diff)
	}
	chained := read.Clusters[0].Members[3]
	if diff := cmp.Diff([]place{late, edit, courier}, chained.Chain); diff != "" {
		t.Errorf("chain (-want +got):\n%s", diff)
	}
	if chained.Kind != "chained" || chained.Similarity != nil || chained.Removable {
		t.Errorf("chained member: %+v", chained)
	}
	if direct := read.Clusters[0].Members[0]; direct.Kind != "exact" || *direct.Similarity != 1 || direct.Chain == nil {
		t.Errorf("exact member: %+v", direct)
	}
	if got, want := read.Pairs[len(read.Pairs)-1].Fingerprint, "fedcba9876543210"; got != want {
		t.Errorf("fingerprint %s, want %s", got, want)
	}
	if got, want := len(read.Repeats), int(read.Summary["repeats"]); got != want {
		t.Errorf("%d repeats listed, the summary says %d", got, want)
	}
	hostilePlace := read.Repeats[11].At
	if diff := cmp.Diff(place{Key: hostileKey, Path: "evening.txt", Source: "\u2066hidden\u2069", Line: 481, Paragraph: 1}, hostilePlace); diff != "" {
		t.Errorf("a hostile name did not come through (-want +got):\n%s", diff)
	}
}

// TestJSONOfNothing holds that arrays without elements are arrays.
func TestJSONOfNothing(t *testing.T) {
	read := readBack(t, render(t, "json", &dedup.Result{}, Options{}))
	if read.Pairs == nil || read.Clusters == nil || read.Repeats == nil || read.Passages == nil || read.Stories == nil || read.Problems == nil {
		t.Errorf("an array is null: %+v", read)
	}
	if report := render(t, "json", &dedup.Result{}, Options{}); strings.Contains(report, "null") {
		t.Errorf("null in\n%s", report)
	}
}

// TestJSONLinesHoldTheDocument holds that both forms have the same findings,
// and that each stands on one line in both.
func TestJSONLinesHoldTheDocument(t *testing.T) {
	report := render(t, "json", fixture(), fixtureOptions())
	var types []string
	for line := range strings.Lines(render(t, "jsonl", fixture(), fixtureOptions())) {
		var typed struct{ Type string }
		if err := json.Unmarshal([]byte(line), &typed); err != nil {
			t.Fatal(err)
		}
		if len(types) == 0 || types[len(types)-1] != typed.Type {
			types = append(types, typed.Type)
		}
		finding := "{" + strings.TrimPrefix(strings.TrimSpace(line), `{"type":"`+typed.Type+`",`)
		if typed.Type != "summary" && !strings.Contains(report, "\n    "+finding) {
			t.Errorf("the document does not hold the line %s", finding)
		}
	}
	if diff := cmp.Diff([]string{"pair", "cluster", "repeat", "passage", "elsewhere", "story", "problem", "summary"}, types); diff != "" {
		t.Errorf("types in order (-want +got):\n%s", diff)
	}
}

// TestJSONEscapes holds that no raw control leaves, that nothing else is
// changed, and that what is no UTF-8 is replaced.
func TestJSONEscapes(t *testing.T) {
	for _, test := range []struct{ key, want string }{
		{"AT&T <b>'s", `"AT&T <b>'s"`},
		{`quote " and \`, `"quote \" and \\"`},
		{"\x00\x1b\x7f", `"\u0000\u001b\u007f"`},
		{"\u0080\u009b\u009f\u00a0é", "\"\\u0080\\u009b\\u009f\u00a0é\""},
		{"\u2028\u2029", `"\u2028\u2029"`},
		{"灯籠 كثبان 🎐", `"灯籠 كثبان 🎐"`},
		{"a\xffb\xc2", `"a\ufffdb\ufffd"`},
	} {
		if value := appendString(nil, test.key); string(value) != test.want {
			t.Errorf("%q is written %s, want %s", test.key, value, test.want)
		}
	}
}

func TestJSONOfRandomResults(t *testing.T) {
	seed := seeded.Seed()
	dice := newDice(seed)
	for range 200 {
		result := dice.result()
		for _, format := range []string{"json", "jsonl"} {
			report := render(t, format, result, Options{})
			if control := firstControl(report); control >= 0 || !utf8.ValidString(report) {
				t.Fatalf("raw control or bad UTF-8 at byte %d of\n%s\nwith -seed=%d", control, report, seed)
			}
		}
		read := readBack(t, render(t, "json", result, Options{}))
		for i, pair := range read.Pairs {
			article := result.Articles[result.Pairs[i].A]
			want := place{Key: strings.ToValidUTF8(article.Key, "\uFFFD"), Path: strings.ToValidUTF8(article.Path, "\uFFFD"),
				Source: strings.ToValidUTF8(article.Source, "\uFFFD"), Line: article.Line}
			if diff := cmp.Diff(want, pair.A, cmp.Transformer("replaced", collapse)); diff != "" {
				t.Fatalf("with -seed=%d, a place (-want +got):\n%s", seed, diff)
			}
			if (pair.Similarity == 1) != (result.Pairs[i].Similarity == 1) {
				t.Fatalf("similarity %v was written as %v, with -seed=%d", result.Pairs[i].Similarity, pair.Similarity, seed)
			}
		}
	}
}

// collapse makes runs of U+FFFD one: how many stand for a run of bad bytes is
// the encoder's choice.
func collapse(s string) string {
	for strings.Contains(s, "\uFFFD\uFFFD") {
		s = strings.ReplaceAll(s, "\uFFFD\uFFFD", "\uFFFD")
	}
	return s
}

// firstControl returns the place of the first control character other than
// the line feed, or -1.
func firstControl(s string) int {
	return strings.IndexFunc(s, func(r rune) bool { return r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) })
}

// TestSummaryIsWhole holds that a count that is added to the summary reaches
// the report: each field is given a number of its own, which must stand in it.
func TestSummaryIsWhole(t *testing.T) {
	result := &dedup.Result{}
	summary := reflect.ValueOf(&result.Summary).Elem()
	for i := range summary.NumField() {
		summary.Field(i).SetInt(int64(1001 + i))
	}
	read := readBack(t, render(t, "json", result, Options{}))
	values := slices.Collect(maps.Values(read.Summary))
	for i := range summary.NumField() {
		if !slices.Contains(values, float64(1001+i)) {
			t.Errorf("the report does not say Summary.%s", summary.Type().Field(i).Name)
		}
	}
}

func TestFigure(t *testing.T) {
	for share, want := range map[float64]float64{
		0: 0, 1: 1, 0.5: 0.5, 1.0 / 3: 0.333333, 2.0 / 3: 0.666667, 0.9999999: 0.999999, 0.9999994: 0.999999, 1e-9: 0,
		math.Nextafter(1, 0): 0.999999,
	} {
		if got := figure(share); got != want {
			t.Errorf("figure(%v) = %v, want %v", share, got, want)
		}
	}
}

// TestJSONOfNoNumber holds that a figure that is no number is an error and not
// a report that no one can read.
func TestJSONOfNoNumber(t *testing.T) {
	result := fixture()
	result.Pairs[0].Similarity = math.NaN()
	for _, format := range []string{"json", "jsonl"} {
		var unsupported *json.UnsupportedValueError
		if err := Write(&strings.Builder{}, format, result, Options{}); !errors.As(err, &unsupported) {
			t.Errorf("%s: error %v", format, err)
		}
	}
}
