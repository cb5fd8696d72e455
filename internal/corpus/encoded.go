package corpus

import (
	"bytes"
	"io"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus/encoding"
)

// A teller tells how an input is encoded, and which format it has.
type teller struct {
	catalog Catalog
	asked   *encoding.Encoding // by the user; nil for UTF-8
}

// encodingOf returns the encoding that the user asks for, nil for UTF-8.
func encodingOf(options Options) (*encoding.Encoding, error) {
	if options.Encoding == "" {
		return nil, nil
	}
	return encoding.Named(options.Encoding)
}

// tell tells the format of the input at whose first byte the stream stands,
// which is from then on decoded. Its candidate is without its head.
func (t teller) tell(s *Stream, candidate Candidate) (*Format, *encoding.Encoding, error) {
	candidate.Head = s.head()
	encoded := encoding.Detect(candidate.Head)
	if encoded == nil && s.offset == 0 { // at another place there was a mark of UTF-8
		encoded = t.asked
	}
	if encoded == nil {
		format, err := t.catalog.Detect(candidate)
		return format, nil, err
	}
	if format, err := t.catalog.Detect(candidate); err == nil && format.Binary {
		return format, nil, nil
	}
	s.decode(encoded)
	if candidate.Head = s.head(); len(candidate.Head) == 0 {
		return nil, encoded, io.EOF
	}
	format, err := t.catalog.Detect(candidate)
	return format, encoded, err
}

// decode begins the input anew as what it is when it is decoded.
func (s *Stream) decode(encoded *encoding.Encoding) {
	read := bytes.Clone(s.Window())
	s.open(encoded.NewReader(io.MultiReader(bytes.NewReader(read), &remainder{s.source, s.err})))
}

// A remainder is what is left of a source, which may have ended.
type remainder struct {
	source io.Reader
	err    error
}

func (r *remainder) Read(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	return r.source.Read(p)
}

// decodeAnyway decodes a record, and once more if it is not UTF-8 but all of it
// speaks for another encoding, which is then named.
func (c *Corpus) decodeAnyway(scratch *Scratch, in *input, record Record) (article Article, ok bool, problems []Problem, encoded string) {
	article, ok, problems = in.decode(scratch, record, in.origin)
	bad := func(p Problem) bool { return p.Kind == InvalidUTF8 }
	if said := in.format.Binary || in.encoding != "" || c.options.Encoding != ""; said || !slices.ContainsFunc(problems, bad) {
		return article, ok, problems, ""
	}
	decoded, known := encoding.FromWindows1252(record.Data)
	if !known {
		return article, ok, problems, ""
	}
	record.Data = decoded
	article, ok, problems = in.decode(scratch, record, in.origin)
	return article, ok, problems, encoding.Windows1252
}
