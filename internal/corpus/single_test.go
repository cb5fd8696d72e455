package corpus

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplitNone(t *testing.T) {
	for _, test := range []struct {
		input    string
		want     *Record
		problems []Problem
	}{
		{input: ""},
		{input: "one\ntwo", want: &Record{Line: 1, Data: []byte("one\ntwo")}},
		{input: "\uFEFFone", want: &Record{Offset: 3, Line: 1, Data: []byte("one")}},
		{input: "one\ntwo\nthree", problems: []Problem{{Line: 1, Kind: TooLarge, Message: "the article is left out: it has 13 bytes, and at most 10 are read"}}},
	} {
		var problems []Problem
		stream := NewStream(strings.NewReader(test.input), 10, func(p Problem) { problems = append(problems, p) })
		splitter := SplitNone(stream)
		got, err := splitter.Split()
		if test.want != nil {
			if diff := cmp.Diff(*test.want, got); diff != "" || err != nil {
				t.Errorf("%q: error %v (-want +got):\n%s", test.input, err, diff)
			}
			_, err = splitter.Split()
		}
		if err != io.EOF || stream.Line() != 1+strings.Count(test.input, "\n") {
			t.Errorf("%q: ends in line %d with error %v", test.input, stream.Line(), err)
		}
		if diff := cmp.Diff(test.problems, problems); diff != "" {
			t.Errorf("%q, problems (-want +got):\n%s", test.input, diff)
		}
	}
}
