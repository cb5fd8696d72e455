package report

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// deceptive are the characters, beside the controls, that change how the text
// around them is shown, or carry text that is not shown at all.
var deceptive = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x061c, Hi: 0x061c, Stride: 1}, // Arabic letter mark
		{Lo: 0x200e, Hi: 0x200f, Stride: 1}, // directional marks
		{Lo: 0x2028, Hi: 0x202e, Stride: 1}, // line and paragraph separator, embeddings, overrides
		{Lo: 0x2066, Hi: 0x206f, Stride: 1}, // isolates, deprecated format characters
		{Lo: 0xfeff, Hi: 0xfeff, Stride: 1}, // byte order mark
		{Lo: 0xfff9, Hi: 0xfffb, Stride: 1}, // interlinear annotation
	},
	R32: []unicode.Range32{
		{Lo: 0xe0000, Hi: 0xe007f, Stride: 1}, // tags: ASCII that no one sees
	},
}

// marks are what build servers take for a command wherever it stands in a line of a log:
// GitHub and Azure, and TeamCity.
var marks = regexp.MustCompile(`(?i)##((?:vso|teamcity)?\[)`)

// firstMark is two colons at the beginning of a line, behind white space and colours.
var firstMark = regexp.MustCompile(`^((?:[\s\p{Z}]|\x1b\[[0-9;]*m)*)::`)

func withoutMarks(s string) string {
	if strings.Contains(s, "##") {
		return marks.ReplaceAllString(s, `#\x23$1`)
	}
	return s
}

// noCommand makes a line of text none that GitHub takes for a command, which begins with
// two colons and white space before them: a line that wraps may begin with any word. Nor
// do a word of the corpus and a mark of the report make one together.
func noCommand(line string) string {
	line = withoutMarks(line)
	if strings.Contains(line, "::") {
		return firstMark.ReplaceAllString(line, `$1\x3a:`)
	}
	return line
}

// Harmless makes a string of the corpus safe to print: controls, characters
// that deceive, bytes that are no UTF-8 and what the log of a build server takes for a
// command become visible escapes. Everything from outside that text output prints has
// passed through it.
func Harmless(s string) string {
	s = withoutMarks(s)
	if isHarmless(s) {
		return s
	}
	var b strings.Builder
	for at, r := range s {
		switch {
		case r == utf8.RuneError && strings.HasPrefix(s[at:], "\uFFFD"):
			b.WriteRune(r)
		case r == utf8.RuneError:
			fmt.Fprintf(&b, `\x%02x`, s[at])
		case isSafe(r):
			b.WriteRune(r)
		default:
			b.WriteString(escape(r))
		}
	}
	return b.String()
}

func isHarmless(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || !isSafe(r) {
			return false
		}
	}
	return true
}

func isSafe(r rune) bool {
	if r < 0x300 { // most text; the check of the table is for the rest
		return !unicode.IsControl(r)
	}
	return !unicode.Is(deceptive, r)
}

// escape writes a character as Go and most languages would.
func escape(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	default:
		return fmt.Sprintf(`\U%08x`, r)
	}
}

// lineBreak stands for the line breaks of a text of several paragraphs.
const lineBreak = " ⏎ "

// oneLine makes running text of the corpus safe to print on one line: what
// stands for line breaks is given, other white space of any kind and length
// becomes one space, and Harmless does the rest.
func oneLine(s, lineBreak string) string {
	var lines []string
	for line := range strings.FieldsFuncSeq(s, isLineBreak) {
		if words := strings.Fields(line); len(words) > 0 {
			lines = append(lines, strings.Join(words, " "))
		}
	}
	return Harmless(strings.Join(lines, lineBreak))
}

// isLineBreak reports what Unicode calls a mandatory break.
func isLineBreak(r rune) bool {
	return r >= '\n' && r <= '\r' || r == 0x85 || r == 0x2028 || r == 0x2029
}
