package report

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestCSVOfRandomResults holds, by a reader that knows nothing of the writer, that
// every row has all columns, and that no cell begins a formula.
func TestCSVOfRandomResults(t *testing.T) {
	seed := seeded.Seed()
	dice := newDice(seed)
	for range 300 {
		result := dice.result()
		output := render(t, "csv", result, Options{})
		checkHarmless(t, strings.ReplaceAll(output, "\r\n", "\n"), Options{})
		rows, err := csv.NewReader(strings.NewReader(output)).ReadAll()
		if err != nil || len(rows) != 1+len(result.Pairs) {
			t.Fatalf("%d rows of %d pairs with -seed=%d: %v", len(rows)-1, len(result.Pairs), seed, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				for _, part := range strings.Split(cell, ";") {
					if start := strings.TrimSpace(part); start != "" && strings.ContainsAny(start[:1], "=+-@\t\r\n") {
						t.Fatalf("the cell %q begins a formula with -seed=%d", cell, seed)
					}
				}
			}
		}
	}
}

func TestCell(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"ferry", "ferry"},
		{"a=1", "a=1"},
		{`=HYPERLINK("x")`, `'=HYPERLINK("x")`},
		{"+1", "'+1"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"  =1", "'  =1"},
		{"\u3000＝1", "'\u3000＝1"},
		{"\u200b\u2060\u00ad=1", "'\u200b\u2060\u00ad=1"},
		{"\u2003-1", "'\u2003-1"},
		{"\t=1", `\t=1`},
		{"\r=1", `\r=1`},
		{"\n=1", `\n=1`},
		{"\xff=1", `\xff=1`},
		{"'=1", "'=1"},
		{"quay;=1", "quay;'=1"},
		{"=1; @2;a=3;\"-4\"", "'=1;' @2;a=3;'\"-4\""},
	} {
		if got := cell(test.text); got != test.want {
			t.Errorf("cell(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}
