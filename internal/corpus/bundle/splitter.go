package bundle

import (
	"bytes"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// Format is the bundle as the corpus reads it.
func Format() corpus.Format {
	return corpus.Format{
		Name:    "bundle",
		Writing: &corpus.Writing{Body: bodyAt},
		Encode:  encode,
		Open:    func(in *corpus.Stream) (corpus.Splitter, corpus.Decode) { return &splitter{in: in}, decode },
	}
}

// Find returns where the first header stands in the head of an input, at
// whatever line; -1 where none does.
func Find(head []byte) int {
	for at := 0; at < len(head); {
		line, length := firstLine(head[at:])
		if kindOf(line, false) == header {
			return at
		}
		at += length
	}
	return -1
}

// A splitter cuts a bundle before each header and behind each line that ends
// an article. Only the lines' first bytes decide, so escapes do not concern it.
type splitter struct {
	in *corpus.Stream

	// Of the article being cut. The window begins with it, unless it is dropped.
	pos     int  // of the line that is looked at, in the window
	lines   int  // line feeds in the window before pos
	dropped bool // it is too large, and its bytes are advanced over as they come
}

// Split returns the next article's record, its delimiters included.
func (s *splitter) Split() (corpus.Record, error) {
	for s.seekHeader() {
		if record, ok := s.article(); ok {
			return record, nil
		}
	}
	return corpus.Record{}, s.in.Err()
}

const asciiSpace = " \t\r\n\v\f"

// seekHeader advances to the next header, and reports what text it passes over.
func (s *splitter) seekHeader() bool {
	var stray stretch
	for {
		s.pos, s.lines = 0, 0
		kind := s.kindHere(false)
		if kind == header || kind == noLine {
			stray.report(s.in)
			return kind == header
		}
		s.passLine(&stray, kind == text)
	}
}

// passLine advances over the line that the window begins with, piece by piece
// where it is longer than the window.
func (s *splitter) passLine(stray *stretch, isText bool) {
	begin := s.in.Here()
	for {
		piece := s.in.Window()
		at := bytes.IndexByte(piece, '\n')
		if at >= 0 {
			piece = piece[:at+1]
		}
		// ASCII alone is blank: of another space, a piece may hold a part.
		if isText && !stray.found && len(bytes.TrimLeft(piece, asciiSpace)) > 0 {
			stray.begin(begin)
		}
		if at >= 0 {
			s.in.Advance(len(piece), 1)
			break
		}
		s.in.Advance(len(piece), 0)
		if !s.in.More() {
			break
		}
	}
	stray.lines++
}

// article cuts the article whose header the window begins with. It returns
// false where the article is too large and was passed over.
func (s *splitter) article() (corpus.Record, bool) {
	begin := s.in.Here()
	s.pos, s.lines, s.dropped = 0, 0, false
	heading, _ := parseHeader(s.lineHere())
	for kind := text; kind == text; {
		s.nextLine()
		kind = s.kindHere(heading.block)
		if kind == end || kind == endNoEOL || kind == blockEnd {
			s.nextLine()
		}
	}
	if !s.dropped && s.pos <= s.in.Limit() {
		return s.in.Record(s.pos, s.lines), true
	}
	s.in.Advance(s.pos, s.lines)
	s.in.ReportTooLarge(begin, s.in.Offset()-begin.Offset)
	return corpus.Record{}, false
}

// nextLine moves on to the next line, or to the end of the input.
func (s *splitter) nextLine() {
	for from := s.pos; ; {
		window := s.in.Window()
		if at := bytes.IndexByte(window[from:], '\n'); at >= 0 {
			s.pos = from + at + 1
			s.lines++
			return
		}
		s.pos = len(window)
		s.dropIfLarge()
		from = s.pos
		if !s.in.More() {
			return
		}
	}
}

// dropIfLarge advances over what stands before pos, once that is too large.
func (s *splitter) dropIfLarge() {
	s.dropped = s.dropped || s.pos > s.in.Limit()
	if s.dropped {
		s.in.Advance(s.pos, s.lines)
		s.pos, s.lines = 0, 0
	}
}

// kindHere tells what the line at pos is.
func (s *splitter) kindHere(inBlock bool) kind {
	for s.pos == len(s.in.Window()) {
		s.dropIfLarge()
		if !s.in.More() {
			return noLine
		}
	}
	first := s.in.Window()[s.pos]
	if first != '<' && (first != '>' || !inBlock) {
		return text
	}
	return kindOf(s.lineHere(), inBlock)
}

// lineHere returns the line at pos without its line feed, or as many bytes of
// a longer one as kindOf wants.
func (s *splitter) lineHere() []byte {
	for from := 0; ; {
		line := s.in.Window()[s.pos:]
		if at := bytes.IndexByte(line[from:], '\n'); at >= 0 {
			return line[:min(from+at, maxDelimiter+1)]
		}
		if len(line) > maxDelimiter || !s.in.More() {
			return line[:min(len(line), maxDelimiter+1)]
		}
		from = len(line)
	}
}

// A stretch is text that belongs to no article, up to the next header.
type stretch struct {
	found bool
	at    corpus.Locator // its first line that is not blank
	lines int            // from there on
}

func (s *stretch) begin(at corpus.Locator) {
	if !s.found {
		*s = stretch{found: true, at: at}
	}
}

func (s *stretch) report(in *corpus.Stream) {
	if !s.found {
		return
	}
	in.Report(s.at, corpus.StrayText, "text that belongs to no article is left out (%s, %s)",
		count(int64(s.lines), "line"), count(in.Offset()-s.at.Offset, "byte"))
}
