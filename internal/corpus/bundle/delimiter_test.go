package bundle

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKindOf(t *testing.T) {
	long := strings.Repeat("n", maxDelimiter)
	tests := []struct {
		line    string
		inBlock bool
		want    kind
	}{
		{"", false, text},
		{"plain", false, text},
		{"<<<FILE a>>>", false, header},
		{"<<<FILE a>>>", true, header},
		{"<<<FILE a", false, header},
		{"<<<FILE", false, header},
		{"<<<FILE\r", false, header},
		{"<<<FILE>>>", false, header},
		{"<<<FILE\ta>>>", false, header},
		{"<<<FILE:a>>>", false, header},
		{`<<<FILE"a">>>`, false, header},
		{"<<<FILES a>>>", false, text},
		{"<<<FILE_a>>>", false, text},
		{"<<<file a>>>", false, text},
		{" <<<FILE a>>>", false, text},
		{"<<FILE a>>>", false, text},
		{"<<<FILE " + long + ">>>", false, text},
		{"<<<FILE a>>> " + long, false, header},
		{"<<<FILE " + long, false, text},
		{"<<<END>>>", false, end},
		{"<<<END>>> \t\r", false, end},
		{"<<<END>>>" + strings.Repeat(" ", maxDelimiter), false, text},
		{"<<<END FILE>>>", false, end},
		{"<<<EOF>>>", false, end},
		{"<<</FILE>>>", false, end},
		{"<<<END NO NEWLINE>>>", false, endNoEOL},
		{"<<<END>>> and more", false, text},
		{"<<<END", false, text},
		{">>>", false, text},
		{">>>", true, blockEnd},
		{">>> \r", true, blockEnd},
		{">>> he said", true, text},
		{">>>" + strings.Repeat(" ", maxDelimiter), true, text},
		{`\<<<END>>>`, false, text},
	}
	for _, test := range tests {
		if got := kindOf([]byte(test.line), test.inBlock); got != test.want {
			t.Errorf("kindOf(%.40q, %t) = %d, want %d", test.line, test.inBlock, got, test.want)
		}
	}
}

func TestParseHeader(t *testing.T) {
	type parsed struct {
		Name   string
		Block  bool
		Behind string // of the brackets
	}
	tests := map[string]parsed{
		"<<<FILE a.txt>>>":             {Name: "a.txt"},
		"<<<FILE a.txt>>> \t\r":        {Name: "a.txt", Behind: " \t\r"},
		"<<<FILE  a b.txt  >>>":        {Name: "a b.txt"},
		"<<<FILE: a.txt>>>":            {Name: "a.txt"},
		"<<<FILE : a.txt>>>":           {Name: "a.txt"},
		"<<<FILE:: a.txt>>>":           {Name: ": a.txt"},
		`<<<FILE "a b.txt">>>`:         {Name: "a b.txt"},
		`<<<FILE: 'a b.txt' >>>`:       {Name: "a b.txt"},
		`<<<FILE" a ">>>`:              {Name: " a "},
		`<<<FILE "a>>>b">>>`:           {Name: "a>>>b"},
		`<<<FILE "a"b">>>`:             {Name: `a"b`},
		`<<<FILE "a'>>>`:               {Name: `"a'`},
		`<<<FILE ">>>`:                 {Name: `"`},
		`<<<FILE "">>>`:                {},
		`<<<FILE "  ">>>`:              {},
		"<<<FILE>>>":                   {},
		"<<<FILE :>>>":                 {},
		"<<<FILE a>>>b>>>":             {Name: "a", Behind: "b>>>"},
		`<<<FILE "a">>> "b">>>`:        {Name: "a", Behind: ` "b">>>`},
		"<<<FILE a.txt":                {Name: "a.txt", Block: true},
		"<<<FILE: \"a b.txt\"  \r":     {Name: "a b.txt", Block: true},
		"<<<FILE 'a b.txt'":            {Name: "a b.txt", Block: true},
		"<<<FILE":                      {Block: true},
		"<<<FILE '":                    {Name: "'", Block: true},
		"<<<FILE a>>":                  {Name: "a>>", Block: true},
		"<<<FILE\t\u00e9\u4e16.txt>>>": {Name: "é世.txt"},
	}
	for line, want := range tests {
		h, ok := parseHeader([]byte(line))
		if !ok {
			t.Errorf("%q is not read as a header", line)
			continue
		}
		got := parsed{string(h.name), h.block, line[h.after:]}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", line, diff)
		}
	}
}
