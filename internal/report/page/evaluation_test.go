package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"testing"
)

const hostile = `</style><script>hacked=1</script>"><img src=x onerror=hacked=1>`

func evaluation() *Evaluation {
	return &Evaluation{
		Input: hostile, Truth: []string{hostile}, Read: hostile, Version: hostile, Best: []string{hostile}, Groups: []Groups{{Name: "clusters", Title: hostile, Said: []string{hostile}}}, Notes: []string{hostile},
		Kinds: Table{Columns: []string{hostile, "pairs"}, Rows: [][]string{{hostile, "1"}}},
		Curves: []Curve{{Title: hostile, Said: hostile, Asked: 0.8, Table: Table{Columns: []string{"threshold"}, Rows: [][]string{{"0.5"}}}, Lines: []Line{
			{"precision", [][2]float64{{0, 0}, {1, 1}}}, {"recall", nil},
		}}},
		Lists: []List{{Name: "missed", Title: hostile, Left: hostile, Pairs: []Pair{{Said: []string{hostile}, Articles: [2]Article{{hostile, hostile, hostile}}}}}},
	}
}

// TestEvaluation holds that the page has no script, that its policy names its style, and that
// nothing becomes an element which is a word.
func TestEvaluation(t *testing.T) {
	var out bytes.Buffer
	if err := WriteEvaluation(&out, evaluation()); err != nil {
		t.Fatal(err)
	}
	document := out.String()
	for _, name := range []string{"script", "img"} {
		if found := elements(t, document, name); len(found) > 0 {
			t.Errorf("%d elements %q", len(found), name)
		}
	}
	styles := elements(t, document, "style")
	if len(styles) != 1 {
		t.Fatalf("%d styles", len(styles))
	}
	sum := sha256.Sum256([]byte(styles[0].FirstChild.Data))
	if policy := attribute(elements(t, document, "meta")[1], "content"); !strings.Contains(policy, base64.StdEncoding.EncodeToString(sum[:])) || !strings.HasPrefix(policy, "default-src 'none'; style-src ") {
		t.Errorf("policy %s", policy)
	}
	for _, element := range elements(t, document, "") {
		for _, attribute := range element.Attr {
			if attribute.Key == "style" || strings.HasPrefix(attribute.Key, "on") || attribute.Key == "src" || attribute.Key == "href" && !strings.HasPrefix(attribute.Val, "#") {
				t.Errorf("<%s %s=%q>", element.Data, attribute.Key, attribute.Val)
			}
		}
	}
}

// TestDraw holds where shares stand in the picture: 0 at its left and its bottom.
func TestDraw(t *testing.T) {
	got := draw(evaluation().Curves[0])
	if want := "50.0,300.0 620.0,20.0"; got.Lines[0].Points != want || got.Lines[1].Points != "" {
		t.Errorf("%+v, want %s", got.Lines, want)
	}
	asked, err := strconv.ParseFloat(got.Asked, 64)
	if err != nil || asked != 506 {
		t.Errorf("asked at %q", got.Asked)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestEvaluationFails(t *testing.T) {
	if err := WriteEvaluation(failing{}, evaluation()); err == nil || !strings.Contains(err.Error(), "full") {
		t.Error(err)
	}
}
