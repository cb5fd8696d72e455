package report

import (
	"regexp"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestMarkdownOfRandomResults holds that all words of a corpus stand in code spans,
// inside which nothing is read as Markdown, and that no more than a comment holds is
// written.
func TestMarkdownOfRandomResults(t *testing.T) {
	seed := seeded.Seed()
	dice := newDice(seed)
	own := regexp.MustCompile(`^[\w ,.;:%()|*#\n–…×/-]*$`) // what the report's own words are made of
	for range 300 {
		output := render(t, "markdown", dice.result(), Options{})
		checkHarmless(t, output, Options{})
		for line := range strings.Lines(output) {
			if outside := withoutCode(line); !own.MatchString(outside) {
				t.Fatalf("%q stands outside of code in %q with -seed=%d", outside, line, seed)
			}
		}
	}
}

// withoutCode takes the code spans out of a line, as CommonMark reads them: from
// backquotes to the next ones of the same number. It shares nothing with the writer.
func withoutCode(line string) string {
	outside := ""
	for line != "" {
		text, rest, found := strings.Cut(line, "`")
		outside += text
		if !found {
			break
		}
		fence := 1 + len(rest) - len(strings.TrimLeft(rest, "`"))
		line = "`" + rest
		end := closingFence(line[fence:], fence)
		if end < 0 {
			return outside + line // which the test refuses
		}
		line = line[fence+end+fence:]
	}
	return outside
}

// closingFence returns where the next run of as many backquotes stands.
func closingFence(text string, fence int) int {
	for at := 0; at < len(text); {
		if text[at] != '`' {
			at++
			continue
		}
		length := len(text[at:]) - len(strings.TrimLeft(text[at:], "`"))
		if length == fence {
			return at
		}
		at += length
	}
	return -1
}

func TestCode(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"  ", ""},
		{"ferry", "`ferry`"},
		{"a`b", "``a`b``"},
		{"`", "`` ` ``"},
		{"``a`", "``` ``a` ```"},
		{" a ", "`  a  `"},
		{"](http://x) @name <img> #1", "`](http://x) @name <img> #1`"},
	} {
		if got := code(test.text); got != test.want {
			t.Errorf("code(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// TestMarkdownIsBounded holds that a comment takes the report, whatever the names.
func TestMarkdownIsBounded(t *testing.T) {
	result := manyFindings(3000)
	for i := range result.Articles {
		result.Articles[i].Key = strings.Repeat("`@", 5000)
		result.Articles[i].Path = strings.Repeat("é", 5000)
	}
	output := render(t, "markdown", result, Options{})
	if len(output) > maxMarkdown || !strings.Contains(output, "not listed.") {
		t.Errorf("%d bytes, and what was left out is said: %t", len(output), strings.Contains(output, "not listed."))
	}
}
