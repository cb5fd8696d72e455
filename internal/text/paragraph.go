package text

// minIndent is how many columns deeper than the line before a line must begin
// to start a paragraph: typists indent by two to eight, and a single space is often
// dirt.
const minIndent = 2

// scanParagraphs fills Paragraphs; the tokens must have been scanned.
func (d *Document) scanParagraphs(body []byte, style Style) {
	d.splitLines(body)
	d.Paragraphs = d.Paragraphs[:0]
	if style == Auto {
		style = Line
		if isHardWrapped(body, d.lines) {
			style = Blank
		}
	}
	for index, current := range d.lines {
		if style == Blank && index > 0 && goesOn(d.lines[index-1], current) {
			d.Paragraphs[len(d.Paragraphs)-1].End = int(current.end)
			continue
		}
		d.Paragraphs = append(d.Paragraphs, Paragraph{Start: int(current.start), End: int(current.end)})
	}
	d.shareTokens()
}

// goesOn reports whether a line belongs to the paragraph of the line before it,
// in the style Blank.
func goesOn(before, current line) bool {
	return current.stretch && current.indent < before.indent+minIndent
}

// stride is the number of tokens that shareTokens passes at once: paragraphs
// of news have some 30.
const stride = 8

// shareTokens gives each paragraph its tokens. No token lies in two paragraphs or
// outside of all, since white space and line ends part tokens.
func (d *Document) shareTokens() {
	token := 0
	for index := range d.Paragraphs {
		paragraph := &d.Paragraphs[index]
		paragraph.FirstToken = token
		for token+stride < len(d.Starts) && int(d.Starts[token+stride]) < paragraph.End {
			token += stride
		}
		for token < len(d.Starts) && int(d.Starts[token]) < paragraph.End {
			token++
		}
		paragraph.LastToken = token
	}
}
