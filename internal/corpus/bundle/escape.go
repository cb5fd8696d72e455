package bundle

import (
	"bytes"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// isGuarded reports whether a line, given without its line feed, is a
// delimiter or a near header behind any number of backslashes: a line that is
// written with one backslash more.
func isGuarded(line []byte, inBlock bool) bool {
	line = bytes.TrimLeft(line, `\`)
	return kindOf(line, inBlock) != text || isNearHeader(line)
}

// appendEscaped appends the body so that no line of it reads as a delimiter of
// the first form, or almost as a header.
func appendEscaped(out, body []byte) []byte {
	return rewrite(out, body, guard{firsts: `<\` + blanks}, func(out, line []byte) []byte {
		return append(append(out, '\\'), line...)
	})
}

// unescape takes one backslash off each line that was written with one more. A
// body without such a line is returned as it is.
func unescape(scratch *corpus.Scratch, body []byte, inBlock bool) []byte {
	escaped := guard{firsts: `\`, inBlock: inBlock}
	if bytes.IndexByte(body, '\\') < 0 || escaped.next(body) == len(body) {
		return body
	}
	return rewrite(scratch.Text(len(body)), body, escaped, func(out, line []byte) []byte {
		return append(out, line[1:]...)
	})
}

// rewrite appends the body, each guarded line of it as edit appends it.
func rewrite(out, body []byte, guarded guard, edit func(out, line []byte) []byte) []byte {
	for len(body) > 0 {
		at := guarded.next(body)
		out = append(out, body[:at]...)
		body = body[at:]
		if len(body) > 0 {
			_, length := firstLine(body)
			out = edit(out, body[:length])
			body = body[length:]
		}
	}
	return out
}

// A guard finds the guarded lines that begin with one of the bytes of firsts.
type guard struct {
	firsts  string
	inBlock bool
}

// next returns where the first such line begins; the length of the text where
// there is none. The text begins with a line.
func (g guard) next(body []byte) int {
	for at := 0; at < len(body); {
		line, length := firstLine(body[at:])
		if strings.IndexByte(g.firsts, body[at]) >= 0 && isGuarded(line, g.inBlock) {
			return at
		}
		at += length
	}
	return len(body)
}
