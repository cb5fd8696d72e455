package report

import (
	"bufio"
	"cmp"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A printer lays out text: lines with an indent, sentences that wrap, and
// evidence that is cut to the width. It keeps the first error of its writer;
// whoever prints many findings stops when failed.
type printer struct {
	*dedup.Result               // what is listed: with a baseline, new findings
	all           *dedup.Result // what is counted
	out           *bufio.Writer
	opts          Options
	style         palette
	clusterOf     []int32                                           // by ArticleID: position in Clusters, -1 for none
	anyCluster    []int32                                           // likewise, of all that are counted
	firstOf       []dedup.ArticleID                                 // by ArticleID: the first article of the same text, which alone has pairs with others
	texts         *grouping                                         // of the repeats; nil until it is asked for
	isNew         func(representative, member dedup.ArticleID) bool // of a cluster's member
	hinted        bool                                              // Hints.All has been printed
	err           error
}

// failed reports whether the writer has refused a line, after which no line
// will arrive.
func (p *printer) failed() bool { return p.err != nil }

// line prints one line as it is.
func (p *printer) line(indent int, text string) {
	p.out.WriteString(spaces(indent))
	p.out.WriteString(noCommand(text))
	if err := p.out.WriteByte('\n'); err != nil && p.err == nil {
		p.err = err
	}
}

// blank prints an empty line.
func (p *printer) blank() { p.line(0, "") }

// sentence prints a sentence, wrapped to the width, in one style.
func (p *printer) sentence(indent int, style ansi.Style, text string) {
	for _, line := range wrap(text, p.left(indent)) {
		p.line(indent, paint(style, line))
	}
}

// left returns the columns beside an indent, 0 for without end.
func (p *printer) left(indent int) int {
	if p.opts.Width <= 0 {
		return 0
	}
	return max(leastWidth, p.opts.Width-indent)
}

// item prints a sentence of a list: what does not fit stands indented below.
func (p *printer) item(indent int, style ansi.Style, text string) {
	for i, line := range wrap(text, p.left(indent+entryIndent)) {
		if i == 1 {
			indent += entryIndent
		}
		p.line(indent, paint(style, line))
	}
}

// bar stands before words of the corpus, so that they are told from the
// report's own. Quotation marks would double those that many texts begin with.
const bar = "│ "

// lead prints the first words of an article on one line, and returns the line.
// Nothing is printed of an article whose words are not known, and of one that
// shows the line that stands above it, which would say nothing.
func (p *printer) lead(id dedup.ArticleID, above string) string {
	text := oneLine(p.Articles[id].Lead, lineBreak)
	if text == "" {
		return ""
	}
	line := p.evidence(p.body(), text)
	if line != above {
		p.line(p.body(), line)
	}
	return line
}

// paragraph prints the words of a paragraph on one line.
func (p *printer) paragraph(indent int, text string) {
	p.line(indent, p.evidence(indent, oneLine(text, " ")))
}

// evidence cuts a line to what is left beside the indent, behind a bar.
func (p *printer) evidence(indent int, line string) string {
	columns := p.left(indent)
	if columns == 0 {
		columns = pipeWidth - indent
	}
	return paint(p.style.dim, bar) + shorten(line, columns-ansi.StringWidth(bar))
}

// titled prints a name and where it stands after a prefix of indent columns,
// on two lines where one is too short. Neither is cut, so that both can be
// copied.
func (p *printer) titled(prefix string, indent int, name, place string) {
	separate := p.opts.Width > 0 && indent+ansi.StringWidth(name)+2+ansi.StringWidth(place) > p.opts.Width
	switch {
	case name == "":
		p.line(0, prefix+paint(p.style.name, place))
	case separate:
		p.line(0, prefix+paint(p.style.name, name))
		p.line(indent, paint(p.style.dim, place))
	default:
		p.line(0, prefix+paint(p.style.name, name)+"  "+paint(p.style.dim, place))
	}
}

// An entry is one article in a list: a label and a title on the first line,
// with all that is said of it below the title.
const (
	entryIndent = 2
	// labelWidth holds the longest label, "exact copy", and a gap.
	labelWidth = 12
	// narrow is the width below which the text of an entry does not stand
	// beside its label, where too few columns would be left for it.
	narrow = 60
)

// isNarrow reports whether labels have lines of their own.
func (p *printer) isNarrow() bool { return p.opts.Width > 0 && p.opts.Width < narrow }

// body returns the indent of what is said of an entry.
func (p *printer) body() int {
	if p.isNarrow() {
		return 2 * entryIndent
	}
	return entryIndent + labelWidth
}

// entry prints the label and the title of an article.
func (p *printer) entry(label string, style ansi.Style, id dedup.ArticleID) {
	name, place := p.title(id)
	if p.isNarrow() {
		p.line(entryIndent, paint(style, label))
		p.titled(spaces(p.body()), p.body(), name, place)
		return
	}
	gap := spaces(labelWidth - len(label))
	p.titled(spaces(entryIndent)+paint(style, label)+gap, p.body(), name, place)
}

// title returns an article's name and place. The name is empty where the path
// already ends in it, as in a folder of files.
func (p *printer) title(id dedup.ArticleID) (key, place string) {
	article := p.Articles[id]
	place = p.placeOf(id, article.Line)
	if article.Path == article.Key || strings.HasSuffix(article.Path, "/"+article.Key) {
		return "", place
	}
	return name(article.Key), place
}

// inTheIndex marks the place of an article that is remembered.
const inTheIndex = " (in the index)"

// placeOf is where a line of an article stands; of one that is remembered, where it stood.
func (p *printer) placeOf(id dedup.ArticleID, line int) string {
	article := &p.Articles[id]
	place := location(article.Path, line)
	if article.Earlier {
		place += inTheIndex
	}
	return place
}

// called returns the one name that a sentence uses for an article.
func (p *printer) called(id dedup.ArticleID) string {
	key, place := p.title(id)
	return cmp.Or(key, place)
}

// location writes a place as compilers do, which terminals and editors open.
func location(path string, line int) string {
	if line == 0 {
		return name(path)
	}
	return name(path) + ":" + strconv.Itoa(line)
}

func spaces(n int) string { return strings.Repeat(" ", max(0, n)) }

// more says that a list goes on. The way to see the rest is told once.
func (p *printer) more(indent, left int) {
	if left <= 0 {
		return
	}
	text := ellipsis + " and " + number(left) + " more"
	if p.opts.Hints.All != "" && !p.hinted {
		text += " (" + p.opts.Hints.All + ")"
		p.hinted = true
	}
	p.sentence(indent, p.style.dim, text)
}
