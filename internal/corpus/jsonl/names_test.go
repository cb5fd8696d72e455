package jsonl

import (
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

func TestNoField(t *testing.T) {
	for object, want := range map[string]string{
		`{}`: `no field "x" (this record has none)`,
		`{"content":"…","title":"…","url":"…"}`:                `no field "x" (this record has: content, title, url)`,
		` { "e":1 , "d":[{"x":1}],"c":{"x":2},"b":3,"a":4}`:    `no field "x" (this record has: e, d, c, b, a)`,
		`{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}`:          `no field "x" (this record has: a, b, c, d, e, …)`,
		`{"a":1,"b":2,"a":3,"\u0061":4}`:                       `no field "x" (this record has: a, b)`,
		`{"":1,"the text":2,"\u001b[2J":3,"été":4,"\ud800":5}`: `no field "x" (this record has: "", "the text", "\x1b[2J", "été", "` + "\uFFFD" + `")`,
		"{\"\u202ea\":1,\"\xff\":2}":                           `no field "x" (this record has: "\u202ea", "\xff")`,
		`{"` + strings.Repeat("n", 100) + `":1}`:               `no field "x" (this record has: ` + strings.Repeat("n", 40) + `…)`,
		`{"` + strings.Repeat("ü ", 100) + `":1}`:              `no field "x" (this record has: "` + strings.Repeat("ü ", 13) + `"…)`,
	} {
		if got := noField(corpus.Record{Data: []byte(object)}, "x"); got != want {
			t.Errorf("%s:\n got %s\nwant %s", object, got, want)
		}
	}
}
