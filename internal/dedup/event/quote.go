package event

import (
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/text"
)

// closing are the marks that end what another begins. The straight one and “ both
// begin and end; which it is, what is open tells.
var closing = map[rune][]rune{
	'“': {'”'}, '„': {'“', '”'}, '«': {'»'}, '»': {'«', '»'}, '‹': {'›'}, '"': {'"'}, '「': {'」'}, '『': {'』'}, '”': {'”'},
}

// quotedTokens reports, by token, what stands inside quotation marks, double ones
// or those of the language. A quotation that is not closed ends with its paragraph,
// as those do that go on in the next; but a straight mark that is not closed is none.
func quotedTokens(doc *text.Document) []bool {
	quoted := make([]bool, doc.Len())
	for _, paragraph := range doc.Paragraphs {
		q := quotation{doc: doc, quoted: quoted, token: paragraph.FirstToken}
		q.read(paragraph.Start, paragraph.End)
	}
	return quoted
}

// A quotation goes through a paragraph.
type quotation struct {
	doc    *text.Document
	quoted []bool
	token  int  // the next one
	open   rune // 0 outside
	from   int  // the first token inside
}

func (q *quotation) read(at, end int) {
	for at < end {
		if octet := q.doc.Body[at]; octet < utf8.RuneSelf && octet != '"' && octet != '\'' && octet != '`' {
			at++
			continue
		}
		char, size := utf8.DecodeRune(q.doc.Body[at:])
		if pair := at + 1; pair < end && (char == '`' || char == '\'') && q.doc.Body[pair] == byte(char) {
			char, size = '"', 2 // as typewriters and TeX have it
		}
		q.mark(char, at)
		at += size
	}
	if q.open != 0 && q.open != '"' {
		q.close(end)
	}
}

// mark takes a character for a quotation mark, if it is one.
func (q *quotation) mark(char rune, at int) {
	if q.open == 0 {
		if _, opens := closing[char]; opens {
			q.open, q.from = char, q.tokenAt(at)
		}
		return
	}
	for _, closes := range closing[q.open] {
		if char == closes {
			q.close(at)
			return
		}
	}
}

// close ends the quotation before the byte.
func (q *quotation) close(at int) {
	for token := q.from; token < q.tokenAt(at); token++ {
		q.quoted[token] = true
	}
	q.open = 0
}

// tokenAt returns the first token that begins at a byte or behind it. It is asked
// in ascending order.
func (q *quotation) tokenAt(at int) int {
	for q.token < q.doc.Len() && int(q.doc.Starts[q.token]) < at {
		q.token++
	}
	return q.token
}
