package report

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// isAligned reports whether enough of the shorter article stands in the other, in order, for
// the rest to be told as differences.
func (x *explainer) isAligned() bool { return 2*x.Difference.Same >= min(x.WordsA, x.WordsB) }

// changes prints what differs, each place with the words around it.
func (x *explainer) changes() {
	if len(x.Edits) == 0 {
		return
	}
	if !x.isAligned() {
		x.blank()
		rest := "The rest of the two has"
		if len(x.Runs) == 0 {
			rest = "The two have"
		}
		x.sentence(0, x.style.dim, rest+" too little in common to be laid side by side.")
		return
	}
	numbers, names := 0, 0
	for _, edit := range x.Edits {
		switch edit.Kind {
		case dedup.NumberChange:
			numbers++
		case dedup.NameChange:
			names++
		}
	}
	about := count(len(x.Edits), "place")
	if numbers > 0 {
		about += ", " + count(numbers, "changed number") + " or " + plural(numbers, "date")
	}
	if names > 0 {
		about += ", " + count(names, "changed name")
	}
	x.heading("Differences", about+x.choice(len(x.Edits), "first"))
	x.blank()
	for _, edit := range x.Edits[:x.listed(len(x.Edits))] {
		if x.failed() {
			return
		}
		x.edit(edit)
	}
	x.more(entryIndent, len(x.Edits)-x.listed(len(x.Edits)))
}

// contextColumns is the columns of the words around a difference, on either side.
const contextColumns = 40

// maxEdit bounds the columns of either side of a difference.
const maxEdit = 300

// edit prints a place where the two differ, with what stands before and behind it in A,
// marked without colour too: [-gone-]{+come+}.
func (x *explainer) edit(edit dedup.Edit) {
	kind := ""
	if edit.Kind != dedup.WordChange {
		kind = paint(x.style.warn, string(edit.Kind)) + "  "
	}
	side := func(article *corpus.Article, r dedup.Range, open, end string, style ansi.Style) string {
		if r.Start == r.End {
			return ""
		}
		text := shorten(oneLine(cutAfter(string(article.Body[r.Start:r.End]), maxEdit*bytesPerColumn), lineBreak), maxEdit)
		return paint(style, open+text+end)
	}
	x.line(entryIndent, kind+paint(x.style.dim, "A "+lineSpan(edit.A)+", B "+lineSpan(edit.B)))
	text := before(x.A.Body[:edit.A.Start]) + side(x.A, edit.A, "[-", "-]", x.gone) + side(x.B, edit.B, "{+", "+}", x.come)
	if edit.A.Start == edit.A.End && text != "" {
		text = before(x.A.Body[:edit.A.Start]) + " " + side(x.B, edit.B, "{+", "+}", x.come)
	}
	text += behind(x.A.Body[edit.A.End:])
	indent := 2 * entryIndent
	breaks := wrapHard
	if x.opts.Color {
		breaks = wrap // a sequence of a colour must not be cut
	}
	for _, line := range breaks(text, x.left(indent)) {
		x.line(indent, line)
	}
}

// before is the last words of a text, with the space that parts them from what follows.
func before(body []byte) string {
	text := string(body[max(0, len(body)-contextColumns*bytesPerColumn):])
	for text != "" && !utf8.RuneStart(text[0]) {
		text = text[1:]
	}
	line := oneLine(text, lineBreak)
	if width := ansi.StringWidth(line); width > contextColumns {
		line = ansi.TruncateLeft(line, width-contextColumns, "")
		if _, words, found := strings.Cut(line, " "); found {
			line = words
		}
		line = ellipsis + line
	}
	if strings.TrimRight(text, " \t\r\n") != text {
		line += " "
	}
	return line
}

// behind is the first words of a text, with the space that parts them from what stands before.
func behind(body []byte) string {
	text := cutAfter(string(body), contextColumns*bytesPerColumn)
	line := oneLine(text, lineBreak)
	if ansi.StringWidth(line) > contextColumns {
		line = ansi.Truncate(line, contextColumns, "")
		if at := strings.LastIndex(line, " "); at > 0 {
			line = line[:at]
		}
		line += ellipsis
	}
	if strings.TrimLeft(text, " \t\r\n") != text {
		line = " " + line
	}
	return line
}
