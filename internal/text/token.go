package text

// An openToken is the token that the scanner is in. Its class is separator
// where it is in none.
type openToken struct {
	start, end uint32
	class      class // word or single
	apostrophe bool  // an apostrophe was read and waits for a letter or digit
}

// admit says whether a character of the given class, whose byte range begins at
// start, is to be written to Norm; before that it closes and opens tokens. It
// writes the apostrophe that waits.
func (d *Document) admit(kind class, start uint32) bool {
	switch kind {
	case word:
		if d.open.class != word {
			d.openToken(word, start)
		} else if d.open.apostrophe {
			d.Norm = append(d.Norm, '\'')
			d.open.apostrophe = false
		}
		return true
	case single:
		d.openToken(single, start)
		return true
	case mark:
		if d.open.apostrophe {
			d.closeToken()
		}
		return d.open.class != separator
	case apostrophe:
		if d.open.class == word && !d.open.apostrophe {
			d.open.apostrophe = true
		} else {
			d.closeToken()
		}
	case separator:
		d.closeToken()
	}
	return false
}

// inWord reports whether a letter would go on with the open token just so.
func (d *Document) inWord() bool {
	return d.open.class == word && !d.open.apostrophe
}

// openToken begins a token, and ends the one before it.
func (d *Document) openToken(kind class, start uint32) {
	d.closeToken()
	d.open = openToken{start: start, class: kind}
	if last := len(d.Ends) - 1; last >= 0 {
		d.open.end = d.Ends[last]
	}
}

// closeToken ends the token, if there is one.
func (d *Document) closeToken() {
	if d.open.class == separator {
		return
	}
	d.addWide(d.open.start, d.open.end)
	d.open = openToken{}
}

// addWide adds a token whose normal form ends Norm.
func (d *Document) addWide(start, end uint32) {
	d.Wide = append(d.Wide, Wide{Token: uint32(len(d.Starts)), NormEnd: uint32(len(d.Norm))})
	d.Starts, d.Ends = append(d.Starts, start), append(d.Ends, end)
}
