package table

import "bytes"

// A field is one of a row, as it is written.
type field struct {
	written  []byte // without the quotes around it
	start    int    // of written in the row
	quoted   bool
	unclosed bool // its quote is
}

// fields are those of a row that are still to be read.
type fields struct {
	syntax
	row  []byte
	pos  int
	done bool
}

// fieldsOf returns the fields of a row, behind which no line feed stands.
func (s syntax) fieldsOf(row []byte) fields {
	return fields{syntax: s, row: bytes.TrimSuffix(row, []byte{'\r'})}
}

// next returns the next field. The last of a row without a byte is one.
func (f *fields) next() (field, bool) {
	if f.done {
		return field{}, false
	}
	start := f.pos
	if start < len(f.row) && f.row[start] == '"' {
		if end, closed := f.closing(start + 1); closed || !f.tabs {
			f.pos, f.done = end+2, end+1 >= len(f.row)
			return field{f.row[start+1 : end], start + 1, true, !closed}, true
		}
	}
	end := bytes.IndexByte(f.row[start:], f.separator)
	if end < 0 {
		f.done = true
		return field{written: f.row[start:], start: start}, true
	}
	f.pos = start + end + 1
	return field{written: f.row[start : start+end], start: start}, true
}

// closing returns the position of the quote that closes a field, whose inside
// begins at the position; the end of the row where there is none.
func (f *fields) closing(from int) (int, bool) {
	for {
		at := bytes.IndexByte(f.row[from:], '"')
		if at < 0 {
			return len(f.row), false
		}
		from += at
		switch rest := f.row[from+1:]; {
		case len(rest) > 0 && rest[0] == '"':
			from += 2
		case len(rest) == 0 || rest[0] == f.separator:
			return from, true
		case f.tabs:
			return len(f.row), false
		default:
			from++
		}
	}
}

// count returns how many fields the row has; sound is false where a quote is
// not closed.
func (s syntax) count(row []byte) (n int, sound bool) {
	rest := s.fieldsOf(row)
	for {
		one, ok := rest.next()
		if !ok || one.unclosed {
			return n, !ok
		}
		n++
	}
}

// isPlain reports whether the field is its value as it is written.
func (s syntax) isPlain(f field) bool {
	if f.quoted {
		return bytes.IndexByte(f.written, '"') < 0
	}
	return !s.tabs || bytes.IndexByte(f.written, '\\') < 0
}

// appendValue appends what the field stands for, and returns whether line feeds
// are in it that are not in the file.
func (s syntax) appendValue(to []byte, f field) (_ []byte, folded bool) {
	if f.quoted {
		return appendUnquoted(to, f.written), false
	}
	if s.tabs {
		return appendUnescaped(to, f.written)
	}
	return append(to, f.written...), false
}

func appendUnquoted(to, written []byte) []byte {
	for {
		at := bytes.IndexByte(written, '"')
		if at < 0 {
			return append(to, written...)
		}
		to = append(to, written[:at+1]...)
		written = written[at+1:]
		if len(written) > 0 && written[0] == '"' {
			written = written[1:]
		}
	}
}

func appendUnescaped(to, written []byte) (_ []byte, folded bool) {
	for {
		at := bytes.IndexByte(written, '\\')
		if at < 0 || at+1 == len(written) {
			return append(to, written...), folded
		}
		to = append(to, written[:at]...)
		switch c := written[at+1]; c {
		case 't':
			to = append(to, '\t')
		case 'n':
			to, folded = append(to, '\n'), true
		case 'r':
			to = append(to, '\r')
		case '\\':
			to = append(to, '\\')
		default:
			to = append(to, '\\', c)
		}
		written = written[at+2:]
	}
}

// isFilled reports whether the field counts before others of its role: an empty
// one without quotes is what most programs write for none.
func (s syntax) isFilled(f field) bool { return f.quoted || len(f.written) > 0 && !s.isNull(f) }

// isNull reports whether the field stands for no value.
func (s syntax) isNull(f field) bool { return s.tabs && !f.quoted && string(f.written) == `\N` }
