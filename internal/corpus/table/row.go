package table

import "bytes"

// A verdict is what a row says of the bytes so far.
type verdict int

const (
	unfinished verdict = iota // all bytes are looked at
	ended                     // pos is the line feed behind the row, or the end of the input
	torn                      // at pos a quote begins a field of a line that another quote would swallow
	unclosed                  // the input ends in a quoted field
)

// A row looks for the end of a row in the pieces in which an input comes,
// without holding what it has looked at. All its positions count from the
// window's first byte.
type row struct {
	syntax
	pos      int  // looked at up to here
	inside   bool // of a quoted field
	opened   int  // where its quote stands
	manyLine bool // a line feed has been seen in it
	checked  int  // looked for one up to here
	clear    int  // no quote stands between pos and here
	// barren is how far no quoted field ends or is torn that begins behind the
	// last row that was. A run of quotes ends a field where their number is odd
	// and a separator or line end follows, wherever the field began: so what was
	// looked at in vain need not be looked at again.
	barren int
	cut    bool // the input breaks off: what is not closed is due to that
}

// syntax is how fields are written.
type syntax struct {
	separator byte
	tabs      bool // by the rules of TSV
}

// begin begins the next row, behind n bytes of the window that are taken off.
func (r *row) begin(n int) {
	r.shift(n)
	r.pos, r.inside = 0, false
}

// shift counts positions from n bytes further on.
func (r *row) shift(n int) {
	r.pos -= n
	r.opened -= n
	r.checked = max(0, r.checked-n)
	r.clear = max(0, r.clear-n)
	r.barren = max(0, r.barren-n)
}

// scan looks on in a window that begins as in the last call; final says that
// it reaches to the end of the input.
func (r *row) scan(window []byte, final bool) verdict {
	for {
		if r.inside {
			if v := r.quoted(window, final); v != ended {
				return v
			}
		}
		quote := r.nextQuote(window)
		if at := bytes.IndexByte(window[r.pos:quote], '\n'); at >= 0 {
			r.pos += at
			return ended
		}
		r.pos = quote
		switch {
		case quote == len(window) && final:
			return ended
		case quote == len(window):
			return unfinished
		}
		r.pos++
		if quote == 0 || window[quote-1] == r.separator {
			r.inside, r.manyLine, r.opened, r.checked = true, false, quote, r.pos
		}
	}
}

// nextQuote returns the position of the next quote, the end of the window
// where there is none.
func (r *row) nextQuote(window []byte) int {
	from := max(r.pos, r.clear)
	at := bytes.IndexByte(window[from:], '"')
	if at < 0 {
		at = len(window) - from
	}
	r.clear = from + at
	return r.clear
}

// quoted passes over the rest of a quoted field; its verdict ended is that of
// the field.
func (r *row) quoted(window []byte, final bool) verdict {
	for {
		if r.pos < r.barren && window[r.pos] != '"' {
			r.pos = r.barren
		}
		at := bytes.IndexByte(window[r.pos:], '"')
		if at < 0 {
			r.pos = len(window)
			if !final {
				return unfinished
			}
			return r.give(unclosed)
		}
		if r.pos += at; !final && len(window)-r.pos < 3 { // what follows it is not known
			return unfinished
		}
		switch rest := window[r.pos+1:]; {
		case len(rest) > 0 && rest[0] == '"':
			r.pos += 2
		case r.ends(rest):
			r.pos++
			r.inside = false
			return ended
		case r.tabs || window[r.pos-1] == r.separator && r.isLater(window):
			return r.give(torn)
		default:
			r.pos++
		}
	}
}

// give returns the verdict on a quote that is not closed. By the rules of TSV it
// is none, and its field is looked at again as it stands, if it is still there.
func (r *row) give(v verdict) verdict {
	if r.tabs && r.opened >= 0 && !r.cut {
		r.inside, r.pos, r.clear = false, r.opened+1, r.opened+1
		return ended
	}
	return v
}

// ends reports whether a quoted field can end before the rest.
func (s *syntax) ends(rest []byte) bool {
	if len(rest) == 0 {
		return true
	}
	switch rest[0] {
	case s.separator, '\n':
		return true
	case '\r':
		return len(rest) == 1 || rest[1] == '\n'
	}
	return false
}

// isLater reports whether pos is in a later line than the beginning of the field.
func (r *row) isLater(window []byte) bool {
	if !r.manyLine {
		r.manyLine = bytes.IndexByte(window[r.checked:r.pos], '\n') >= 0
		r.checked = r.pos
	}
	return r.manyLine
}
