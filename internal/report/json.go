package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A section is one array of findings.
type section struct {
	name string // its key in the JSON document
	line string // the type of its findings in JSON lines
	size int
	at   func(int) any // the finding in its JSON form
}

// sections lists the arrays in the order of the report. Passages and stories
// are not looked for yet; their arrays stand so that a reader written today
// also reads the reports that hold some.
func sections(result *dedup.Result) []section {
	w := wire{result}
	none := func(int) any { return nil }
	return []section{
		{"pairs", "pair", len(w.Pairs), func(i int) any { return w.pair(w.Pairs[i]) }},
		{"clusters", "cluster", len(w.Clusters), func(i int) any { return w.cluster(w.Clusters[i]) }},
		{"repeats", "repeat", len(w.Repeats), func(i int) any { return w.repeat(w.Repeats[i]) }},
		{"passages", "passage", 0, none},
		{"stories", "story", 0, none},
		{"problems", "problem", len(w.Problems), func(i int) any { return newWireProblem(w.Problems[i]) }},
	}
}

// writeJSON writes one JSON document with each finding on a line of its own,
// so that two reports of a corpus differ in git where their findings differ.
func writeJSON(out *bufio.Writer, result *dedup.Result, opts Options) error {
	encoder := newEncoder()
	head := newHead(result, opts)
	before := "{\n"
	for _, field := range []struct {
		name  string
		value any
	}{
		{"schema", head.Schema}, {"version", head.Version}, {"options", head.Options}, {"summary", head.Summary},
	} {
		value, err := encoder.encode(field.value)
		if err != nil {
			return fmt.Errorf("encoding %s: %w", field.name, err)
		}
		fmt.Fprintf(out, "%s  %q: %s", before, field.name, value)
		before = ",\n"
	}
	for _, section := range sections(result) {
		fmt.Fprintf(out, ",\n  %q: [", section.name)
		if err := writeElements(out, encoder, section); err != nil {
			return err
		}
	}
	_, err := out.WriteString("\n}\n")
	return err
}

// writeElements writes an array's elements and its closing bracket.
func writeElements(out *bufio.Writer, encoder *encoder, section section) error {
	if section.size == 0 {
		return out.WriteByte(']')
	}
	before := "\n    "
	for i := range section.size {
		value, err := encoder.encode(section.at(i))
		if err != nil {
			return fmt.Errorf("encoding element %d of %s: %w", i, section.name, err)
		}
		out.WriteString(before)
		if _, err := out.Write(value); err != nil {
			return err
		}
		before = ",\n    "
	}
	_, err := out.WriteString("\n  ]")
	return err
}

// writeLines writes one JSON object a line: the findings, each with its type,
// and the summary last, whose presence says that the output is complete.
func writeLines(out *bufio.Writer, result *dedup.Result, opts Options) error {
	encoder := newEncoder()
	for _, section := range sections(result) {
		for i := range section.size {
			if err := writeLine(out, encoder, section.line, section.at(i)); err != nil {
				return err
			}
		}
	}
	return writeLine(out, encoder, "summary", newHead(result, opts))
}

// writeLine writes an object with its type as the first key.
func writeLine(out *bufio.Writer, encoder *encoder, kind string, finding any) error {
	value, err := encoder.encode(finding)
	if err != nil {
		return fmt.Errorf("encoding a %s: %w", kind, err)
	}
	// A finding is an object with at least one key, so its opening brace can
	// give way to one that is followed by the type.
	fmt.Fprintf(out, `{"type":%q,`, kind)
	out.Write(value[1:])
	return out.WriteByte('\n')
}

// An encoder writes single values as JSON. What encode returns is valid until
// the next call.
type encoder struct {
	buffer  bytes.Buffer
	encoder *json.Encoder
}

func newEncoder() *encoder {
	e := &encoder{}
	e.encoder = json.NewEncoder(&e.buffer)
	// Report files are not pasted into HTML unescaped, and "AT&T" should read as such.
	e.encoder.SetEscapeHTML(false)
	return e
}

func (e *encoder) encode(value any) ([]byte, error) {
	e.buffer.Reset()
	if err := e.encoder.Encode(value); err != nil {
		return nil, err
	}
	return escapeControls(bytes.TrimSuffix(e.buffer.Bytes(), []byte("\n"))), nil
}

// escapeControls escapes DEL and the C1 controls, which JSON lets stand and
// some terminals obey (U+009B opens an escape sequence as ESC [ does).
// encoding/json has escaped the C0 controls, U+2028 and U+2029. The value is
// valid UTF-8 and holds such bytes in strings alone.
func escapeControls(value []byte) []byte {
	if !hasControls(value) {
		return value
	}
	escaped := make([]byte, 0, len(value)+16)
	for _, r := range string(value) {
		if r >= 0x7f && r < 0xa0 {
			escaped = fmt.Appendf(escaped, `\u%04x`, r)
		} else {
			escaped = append(escaped, string(r)...)
		}
	}
	return escaped
}

func hasControls(value []byte) bool {
	for i, c := range value {
		if c == 0x7f || c == 0xc2 && i+1 < len(value) && value[i+1] < 0xa0 {
			return true
		}
	}
	return false
}
