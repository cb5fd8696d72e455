package bundle

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// The reference reads a bundle in the plainest way: the whole input in memory,
// line by line, delimiters by regular expression.
var (
	refHeader = regexp.MustCompile(`^<<<FILE($|[ \t:">])`)
	refEnd    = regexp.MustCompile(`^<<<(END|END FILE|EOF|/FILE|END NO NEWLINE)>>>[ \t\r]*$`)
	refClose  = regexp.MustCompile(`^>>>[ \t\r]*$`)
	refNear   = regexp.MustCompile(`^[ \t\r]*<<<[ \t\r]*(?i:FILE)`)
)

// A span is bytes of the input.
type span struct {
	Line       int
	Start, End int
}

// A parting is how a bundle falls apart.
type parting struct {
	Records []span
	Large   []span
	Stray   []span // from the first line that is not blank
}

func reference(input string, limit int) parting {
	var p parting
	var current *span
	inBlock, number, at := false, 0, 0
	if strings.HasPrefix(input, "\uFEFF") {
		at = 3
	}
	var stray *span
	finish := func(end int) {
		if current != nil && end-current.Start > limit {
			p.Large = append(p.Large, span{current.Line, current.Start, end})
		} else if current != nil {
			p.Records = append(p.Records, span{current.Line, current.Start, end})
		}
		if stray != nil {
			p.Stray = append(p.Stray, span{stray.Line, stray.Start, end})
		}
		current, stray = nil, nil
	}
	for at < len(input) {
		number++
		line, _, more := strings.Cut(input[at:], "\n")
		next := at + len(line)
		if more {
			next++
		}
		isHeader, block := referenceHeader(line)
		isEnd := refEnd.MatchString(line) || inBlock && refClose.MatchString(line)
		switch {
		case isHeader:
			finish(at)
			current, inBlock = &span{Line: number, Start: at}, block
		case current != nil && isEnd:
			finish(next)
			inBlock = false
		case current == nil && stray == nil && !isEnd && strings.Trim(line, " \t\r\v\f") != "":
			stray = &span{Line: number, Start: at}
		}
		at = next
	}
	finish(len(input))
	return p
}

func referenceHeader(line string) (ok, block bool) {
	trimmed := strings.TrimRight(line, " \t\r")
	if !refHeader.MatchString(trimmed) {
		return false, false
	}
	return true, !strings.Contains(trimmed[len("<<<FILE"):], ">>>")
}

func referenceNear(line string) bool {
	header, _ := referenceHeader(line)
	trimmed := strings.TrimRight(line, " \t\r")
	return !header && refNear.MatchString(line) && (strings.HasSuffix(trimmed, ">>>") || !strings.Contains(trimmed, ">>>"))
}

// parted is what the splitter made of the input, in the reference's terms. Its
// text must be that of the input.
func parted(t testing.TB, input string, source io.Reader, limit int) parting {
	records, problems := split(t, source, limit)
	var p parting
	for _, r := range records {
		s := span{r.Line, int(r.Offset), int(r.Offset) + len(r.Data)}
		if input[s.Start:s.End] != string(r.Data) {
			t.Errorf("the record at %d is not the bytes of the input there", r.Offset)
		}
		p.Records = append(p.Records, s)
	}
	for _, problem := range problems {
		var lines, size int
		var noun string
		start := int(problem.Offset)
		switch problem.Kind {
		case corpus.StrayText:
			format := "text that belongs to no article is left out (%d %s %d"
			if _, err := fmt.Sscanf(problem.Message, format, &lines, &noun, &size); err != nil {
				t.Fatalf("message %q: %v", problem.Message, err)
			}
			text := input[start : start+size]
			if want := strings.Count(strings.TrimSuffix(text, "\n"), "\n") + 1; lines != want {
				t.Errorf("%d stray lines reported where %d are: %q", lines, want, text)
			}
			p.Stray = append(p.Stray, span{problem.Line, start, start + size})
		case corpus.TooLarge:
			if _, err := fmt.Sscanf(problem.Message, "the article is left out: it has %d bytes", &size); err != nil {
				t.Fatalf("message %q: %v", problem.Message, err)
			}
			p.Large = append(p.Large, span{problem.Line, start, start + size})
		default:
			t.Errorf("unexpected problem %v", problem)
		}
	}
	return p
}

// checkNothingLost holds that what is in no part is blank or a delimiter.
func checkNothingLost(t testing.TB, input string, p parting) {
	rest := []byte(strings.TrimPrefix(input, "\uFEFF"))
	shift := len(input) - len(rest)
	for _, spans := range [][]span{p.Records, p.Large, p.Stray} {
		for _, s := range spans {
			for i := s.Start; i < s.End; i++ {
				if rest[i-shift] == 0xC0 {
					t.Errorf("the byte at %d is in two parts", i)
				}
				rest[i-shift] = 0xC0 // in no valid text; an input that holds it is not checked
			}
		}
	}
	for line := range bytes.Lines(bytes.ReplaceAll(rest, []byte{0xC0}, []byte{'\n'})) {
		if line = bytes.Trim(line, " \t\r\n\v\f"); len(line) > 0 && !refEnd.Match(line) {
			t.Errorf("lost: %q", line)
		}
	}
}

// referenceBody is the body of a record whose header has nothing behind it.
func referenceBody(record string) string {
	first, body, _ := strings.Cut(record, "\n")
	_, block := referenceHeader(first)
	lines := strings.SplitAfter(body, "\n")
	if last := len(lines) - 1; last > 0 && lines[last] == "" {
		lines = lines[:last]
	}
	last := strings.TrimSuffix(lines[len(lines)-1], "\n")
	isEnd := refEnd.MatchString(last)
	if isEnd || block && refClose.MatchString(last) {
		lines = lines[:len(lines)-1]
	}
	var b strings.Builder
	for _, line := range lines {
		bare := strings.TrimLeft(line, `\`)
		content := strings.TrimSuffix(bare, "\n")
		isHeader, _ := referenceHeader(content)
		if bare != line && (isHeader || referenceNear(content) || refEnd.MatchString(content) || block && refClose.MatchString(content)) {
			line = line[1:]
		}
		b.WriteString(line)
	}
	out := b.String()
	if isEnd && strings.HasPrefix(last, "<<<END NO NEWLINE") {
		out = strings.TrimSuffix(out, "\n")
		if strings.HasSuffix(last, "\r") {
			out = strings.TrimSuffix(out, "\r")
		}
	}
	return string([]rune(out))
}

// checkBodies holds the decoder to the reference.
func checkBodies(t *testing.T, input string) {
	t.Helper()
	records, _ := split(t, strings.NewReader(input), unlimited)
	for _, record := range records {
		article, ok, problems := decode(new(corpus.Scratch), record, corpus.Origin{})
		bad := func(p corpus.Problem) bool {
			return p.Kind == corpus.BadHeader && strings.HasPrefix(p.Message, "text follows")
		}
		if slices.ContainsFunc(problems, bad) {
			continue
		}
		checkNearHeaders(t, record, problems)
		if want := referenceBody(string(record.Data)); !ok || string(article.Body) != want {
			t.Errorf("record %q is read as %q, the reference reads %q", record.Data, article.Body, want)
		}
	}
}

// checkNearHeaders holds that the first near header of a record, and it alone, is reported.
func checkNearHeaders(t *testing.T, record corpus.Record, problems []corpus.Problem) {
	t.Helper()
	var want, got []int
	for number, line := range strings.Split(string(record.Data), "\n") {
		if number > 0 && want == nil && referenceNear(line) {
			want = append(want, record.Line+number)
		}
	}
	for _, p := range problems {
		if p.Kind == corpus.BadHeader {
			got = append(got, p.Line)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("record %q, lines of near headers (-reference +got):\n%s", record.Data, diff)
	}
}

func checkAgainstReference(t *testing.T, input string, limit int) {
	t.Helper()
	want := reference(input, limit)
	for name, source := range map[string]io.Reader{
		"whole": strings.NewReader(input), "byte by byte": iotest.OneByteReader(strings.NewReader(input)),
	} {
		got := parted(t, input, source, limit)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("limit %d, read %s, input %q (-reference +got):\n%s", limit, name, input, diff)
		}
		if !strings.Contains(input, "\xC0") {
			checkNothingLost(t, input, got)
		}
	}
	checkBodies(t, input)
}

// pieces are what bundles are made of, and what looks like it.
var pieces = []string{
	"<<<FILE a>>>\n", "<<<FILE a\n", "<<<FILE: \"a b\">>>\r\n", "<<<FILE>>>\n", "<<<FILE a>>> text\n", "<<<FILES\n", " <<< file b>>>\n",
	"<<<END>>>\n", "<<<EOF>>> \r\n", "<<</FILE>>>\n", "<<<END NO NEWLINE>>>\n", ">>>\n", ">>> \n", ">>>text\n",
	"\\<<<FILE a>>>\n", "\\\\<<<END>>>\n", "\\>>>\n", "\u00a0\n", "\\", "<", "<<<", ">", "\n", "\r\n", " \t\n", "word", "a line of text\n", "é", "\x00", "\xff",
}

func randomInput(random *rand.Rand) string {
	var b strings.Builder
	for range random.IntN(30) {
		b.WriteString(pieces[random.IntN(len(pieces))])
	}
	return b.String()
}

func TestSplitterIsTheReference(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	for range 3000 {
		checkAgainstReference(t, randomInput(random), 1+random.IntN(80))
		if t.Failed() {
			t.Fatalf("seed %d", seeded.Seed())
		}
	}
}

// TestEveryShortInput runs the splitter on all inputs of up to three pieces.
func TestEveryShortInput(t *testing.T) {
	for _, a := range pieces {
		for _, b := range pieces {
			for _, c := range pieces {
				checkAgainstReference(t, a+b+c, 40)
			}
			if t.Failed() {
				return
			}
		}
	}
}

func FuzzReader(f *testing.F) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 1))
	for _, piece := range pieces {
		f.Add(piece, 10)
		f.Add(randomInput(random), 60)
	}
	f.Fuzz(func(t *testing.T, input string, limit int) {
		if len(input) > maxDelimiter || limit < 0 {
			t.Skip("the reference knows no long lines")
		}
		checkAgainstReference(t, input, limit)
	})
}
