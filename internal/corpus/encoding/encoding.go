// Package encoding reads texts that are not UTF-8.
//
// A whole input is decoded as it streams where it says how it is encoded: by a
// byte order mark (UTF-16 and UTF-32), by the NULs of UTF-16 without one, or by its user
// (Named). A single text is taken for windows-1252 where all of it speaks for
// that (FromWindows1252): old pages of Western Europe and America lie among
// UTF-8 in every crawl. No other encoding is guessed: a text decoded wrongly is
// worse than one with its bad bytes replaced, since nobody sees it.
//
// What cannot be decoded becomes a byte that is not UTF-8 either, so that
// whoever reads the text replaces it, counts it and says where it stands, as in any
// other.
//
// Cost: decoding runs at 130 MB/s (UTF-16) to 1 GB/s (BenchmarkReader).
//
// Literature: "Encoding Standard" (WHATWG), whose labels are used; RFC 2781 (UTF-16).
package encoding

import (
	"bytes"
	"fmt"
	"io"

	foreign "golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// An Encoding is a way of writing text, other than UTF-8.
type Encoding struct {
	Name   string // as the web calls it
	decode foreign.Encoding
}

// Those that are told by an input's first bytes.
var (
	utf16LE = &Encoding{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}
	utf16BE = &Encoding{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
	utf32LE = &Encoding{"utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)}
	utf32BE = &Encoding{"utf-32be", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)}
)

// Named returns the encoding that a page on the web would call so
// ("windows-1251", "latin1"), nil for UTF-8.
func Named(label string) (*Encoding, error) {
	found, err := htmlindex.Get(label)
	if err != nil || found == foreign.Replacement {
		return nil, fmt.Errorf("unknown encoding %q: it is one that the web knows, such as windows-1251, shift_jis, gb18030 or latin1", label)
	}
	name, err := htmlindex.Name(found)
	switch {
	case err != nil:
		return nil, fmt.Errorf("encoding %q has no name: %w", label, err)
	case name == "utf-8":
		return nil, nil
	case name == utf16LE.Name:
		return utf16LE, nil
	case name == utf16BE.Name:
		return utf16BE, nil
	}
	return &Encoding{name, found}, nil
}

// Detect returns the encoding that the first bytes of an input tell, nil where
// they tell none.
func Detect(head []byte) *Encoding {
	for _, mark := range []struct {
		bytes    string
		encoding *Encoding
	}{
		{"\xFF\xFE\x00\x00", utf32LE}, {"\x00\x00\xFE\xFF", utf32BE}, {"\xFF\xFE", utf16LE}, {"\xFE\xFF", utf16BE},
	} {
		if bytes.HasPrefix(head, []byte(mark.bytes)) {
			return mark.encoding
		}
	}
	return withoutMark(head)
}

const (
	// leastUnmarked is the least of an input that is taken for UTF-16 without
	// a byte order mark.
	leastUnmarked = 32
	// mostUnmarked is how much of it is looked at.
	mostUnmarked = 4 << 10
)

// withoutMark tells UTF-16 by its NULs: three of four characters have one, in
// the same half, with a letter in the other. So is all text in Latin letters;
// other text is not told from binary data.
func withoutMark(head []byte) *Encoding {
	if len(head) < leastUnmarked {
		return nil
	}
	head = head[:min(len(head), mostUnmarked)&^1]
	var latin, wrong [2]int
	for at := 0; at < len(head); at += 2 {
		for half := range 2 {
			switch other := head[at+1-half]; {
			case head[at+half] != 0:
			case other >= ' ' || other >= '\t' && other <= '\r':
				latin[half]++
			default:
				wrong[half]++
			}
		}
	}
	characters := len(head) / 2
	for half, encoding := range [2]*Encoding{utf16BE, utf16LE} {
		if latin[half]*4 >= characters*3 && wrong[half] == 0 && latin[1-half] == 0 && wrong[1-half] == 0 {
			return encoding
		}
	}
	return nil
}

// NewReader returns the source as UTF-8.
func (e *Encoding) NewReader(source io.Reader) io.Reader {
	return transform.NewReader(source, transform.Chain(e.decode.NewDecoder(), marker{}))
}

// badByte stands for what could not be decoded: it is in no UTF-8.
const badByte = 0xFF

// A marker puts badByte in place of U+FFFD, by which decoders mark what they
// could not decode.
type marker struct{ transform.NopResetter }

func (marker) Transform(dst, src []byte, atEOF bool) (written, read int, err error) {
	const replacement = "\uFFFD"
	for read < len(src) {
		rest := src[read:]
		plain := bytes.IndexByte(rest, replacement[0])
		if plain < 0 {
			plain = len(rest)
		}
		n := copy(dst[written:], rest[:plain])
		written, read = written+n, read+n
		switch rest = rest[n:]; {
		case n < plain:
			return written, read, transform.ErrShortDst
		case len(rest) == 0:
			return written, read, nil
		case len(rest) < len(replacement) && !atEOF:
			return written, read, transform.ErrShortSrc
		case len(dst)-written < len(replacement):
			return written, read, transform.ErrShortDst
		case bytes.HasPrefix(rest, []byte(replacement)):
			dst[written] = badByte
			written, read = written+1, read+len(replacement)
		default:
			n = copy(dst[written:], rest[:min(len(rest), len(replacement))])
			written, read = written+n, read+n
		}
	}
	return written, read, nil
}
