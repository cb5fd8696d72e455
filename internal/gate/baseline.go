package gate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// SchemaName names the form of a baseline. Another form has another name.
const SchemaName = "newsdedup.baseline/1"

// A Fingerprint is one of a finding or a text. In JSON it is a string of 16
// hexadecimal digits, as reports have it.
type Fingerprint uint64

// String writes the fingerprint as reports do.
func (f Fingerprint) String() string { return fmt.Sprintf("%016x", uint64(f)) }

// ParseFingerprint reads what String writes.
func ParseFingerprint(written string) (Fingerprint, error) {
	value, err := strconv.ParseUint(written, 16, 64)
	if err != nil || len(written) != 16 {
		return 0, fmt.Errorf("%q is no fingerprint: one is 16 digits of 0-9 and a-f, as reports have them", written)
	}
	return Fingerprint(value), nil
}

// MarshalText and UnmarshalText let JSON have it as a string.
func (f Fingerprint) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText refuses what ParseFingerprint does.
func (f *Fingerprint) UnmarshalText(written []byte) (err error) {
	*f, err = ParseFingerprint(string(written))
	return err
}

// A Baseline is findings that are known, in the order of sortEntries, and the options
// of the scan that found them.
type Baseline struct {
	Options []Setting
	Hash    Fingerprint // of the options
	Entries []Entry
}

// The JSON form. Each finding stands on a line of its own, and nothing in it changes
// with places or the program's version, so that git shows what was added and removed.
type (
	wireBaseline struct {
		Schema   string          `json:"schema"`
		Hash     Fingerprint     `json:"options_hash"`
		Options  json.RawMessage `json:"options"`
		Findings []wireEntry     `json:"findings"`
	}
	wireEntry struct {
		Kind        dedup.Kind    `json:"kind"`
		Fingerprint Fingerprint   `json:"fingerprint"`
		Texts       []Fingerprint `json:"texts,omitempty"` // of a near repeat
		A           string        `json:"a"`
		B           string        `json:"b"`
		AText       Fingerprint   `json:"a_text,omitzero"` // of a pair
		BText       Fingerprint   `json:"b_text,omitzero"`
	}
)

// Read reads a baseline. The error says on which line it breaks.
func Read(r io.Reader) (*Baseline, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var wire wireBaseline
	if err := json.Unmarshal(data, &wire); err != nil {
		return nil, locate(data, err)
	}
	if wire.Schema != SchemaName {
		return nil, fmt.Errorf("it is no baseline that can be read here: its schema is %q, not %q", wire.Schema, SchemaName)
	}
	baseline := &Baseline{Hash: wire.Hash}
	if baseline.Options, err = readSettings(wire.Options); err != nil {
		return nil, err
	}
	for i, finding := range wire.Findings {
		entry, err := finding.entry()
		if err != nil {
			return nil, fmt.Errorf("finding %d: %w", i+1, err)
		}
		baseline.Entries = append(baseline.Entries, entry)
	}
	return baseline, nil
}

func (w *wireEntry) entry() (Entry, error) {
	entry := Entry{w.Kind, w.Fingerprint, [2]Fingerprint{w.Fingerprint, w.Fingerprint}, w.A, w.B, [2]Fingerprint{w.AText, w.BText}}
	switch {
	case !slices.Contains(Kinds(), w.Kind):
		return Entry{}, fmt.Errorf("unknown kind %q", w.Kind)
	case len(w.Texts) == 2:
		entry.Texts = [2]Fingerprint(w.Texts)
	case len(w.Texts) != 0:
		return Entry{}, fmt.Errorf("%d texts, and a near repeat has two", len(w.Texts))
	}
	return entry, nil
}

// locate adds the line to an error of encoding/json that knows where it is.
func locate(data []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := int64(-1)
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	if offset < 0 || offset > int64(len(data)) {
		return err
	}
	return fmt.Errorf("line %d: %w", 1+bytes.Count(data[:offset], []byte{'\n'}), err)
}

// Write writes the baseline. What Read makes of it is equal.
func (b *Baseline) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "{\n  \"schema\": %q,\n  \"options_hash\": %q,\n  \"options\": {", SchemaName, b.Hash)
	separator := "\n"
	for _, setting := range b.Options {
		fmt.Fprintf(out, "%s    %q: %s", separator, setting.Name, quote(setting.Value))
		separator = ",\n"
	}
	out.WriteString("\n  },\n  \"findings\": [")
	separator = "\n"
	for i := range b.Entries {
		fmt.Fprintf(out, "%s    %s", separator, b.Entries[i].line())
		separator = ",\n"
	}
	if len(b.Entries) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	return out.Flush()
}

// line writes an entry as JSON, in one line.
func (e *Entry) line() []byte {
	wire := wireEntry{Kind: e.Kind, Fingerprint: e.Fingerprint, A: e.A, B: e.B, AText: e.Ends[0], BText: e.Ends[1]}
	if e.Texts[0] != e.Texts[1] {
		wire.Texts = e.Texts[:]
	}
	return marshal(wire)
}

func quote(s string) []byte { return marshal(s) }

// marshal encodes strings and fingerprints alone, which have a JSON form. Characters
// that a reader of a diff would not see, or that would turn its lines around, are
// written as escapes; they stand in strings alone.
func marshal(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("encoding a baseline: " + err.Error())
	}
	var escaped []byte
	for _, char := range strings.TrimRight(out.String(), "\n") {
		if !unicode.Is(unicode.Cf, char) && !unicode.IsControl(char) {
			escaped = utf8.AppendRune(escaped, char)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, char) {
			escaped = fmt.Appendf(escaped, `\u%04x`, unit)
		}
	}
	return escaped
}
