package event

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
)

// A Kind says what a finding is.
type Kind string

// The kinds of evidence, by what they are worth.
const (
	Quote   Kind = "quote"   // the same words inside quotation marks
	Passage Kind = "passage" // the same words in a row
	Number  Kind = "number"
	Name    Kind = "name"
	Term    Kind = "term" // a word of which the score is made
)

// A Finding is what several texts of a story have in common.
type Finding struct {
	Kind  Kind
	Text  string // as it stands in the first of them
	Words int
	Share float64 // of the score, of a term; else 0
	In    []int   // the texts that have it, ascending, at least two

	at place // where it stands first
}

const (
	// leastQuote is the least words of a quote that counts, and leastPassage of a
	// passage, of which leastContent must be in no table.
	leastQuote, leastPassage, leastContent = 4, 6, 2
	// surePassage is the least words of a passage that two writers do not find by chance:
	// of the pairs that share one .95 to .99 are of one story.
	surePassage = 10
	// plainQuote and plainPassage are the least of its words that must be neither names nor
	// numbers nor in a table: two writers name the same office and post, and a press office
	// heads all of its releases with the same ("Press Releases Contact …").
	plainQuote, plainPassage = 1, 3
	// mostOfKind is the most findings of a kind.
	mostOfKind = 5
	// sureDigits is the length from which a number alone is worth naming; a shorter one
	// is only with the word behind it.
	sureDigits = 3
)

// A Proof is what the texts of a story have in common.
type Proof struct {
	Findings []Finding // in the order of the kinds, the weightiest first
	// SameSource says, by text, whether it shares a quote or a passage of at least
	// surePassage words with another: their words have one source.
	SameSource []bool
	// Template says that the texts say the same of different things: all name somebody or
	// some place, but none that another names, and no number of another's; or they share a
	// passage, and all have several numbers, none of them another's.
	Template bool
	// Formal is the part of the score that is made of the words of long passages of names
	// alone, in [0, 1]: letterheads, line-ups.
	Formal float64
}

// Prove returns what the texts have in common. terms are those of the group.
func Prove(texts []*Text, terms []Weight) Proof {
	c := collector{texts: texts, sameSource: make([]bool, len(texts)), formal: make([][]span, len(texts)), found: make(map[uint64]*Finding)}
	c.findRuns()
	for i, t := range texts {
		for _, number := range t.numbers {
			c.addNumber(i, number)
		}
		for _, name := range t.names {
			c.add(Name, i, name)
		}
	}
	proof := Proof{SameSource: c.sameSource, Formal: c.formalShare(terms)}
	for _, kind := range []Kind{Quote, Passage, Number, Name} {
		proof.Findings = append(proof.Findings, c.best(kind)...)
	}
	proof.Template = c.isTemplate(proof.Findings) || c.isForm()
	proof.Findings = append(proof.Findings, c.terms(terms)...)
	return proof
}

// isTemplate tells Proof.Template from the findings.
func (c *collector) isTemplate(findings []Finding) bool {
	named := func(f Finding) bool { return f.Kind == Name || f.Kind == Number }
	nameless := func(t *Text) bool { return len(t.names) == 0 }
	return !slices.ContainsFunc(c.texts, nameless) && !slices.ContainsFunc(findings, named)
}

// leastFigures is how many numbers a text must have for it to be told from them that it is a
// form which was filled in again: of two reports on one event, one number is in both.
const leastFigures = 3

// isForm tells of texts that share a passage whether they are a form.
func (c *collector) isForm() bool {
	seen := make(map[string]int) // the text that has the number
	for i, t := range c.texts {
		own := 0
		for _, number := range t.numbers {
			figure := t.words(number)
			if len(figure) < 2 || isYear(figure) {
				continue // anything may be two, and all news is of this year
			}
			if of, known := seen[figure]; known && of != i {
				return false
			} else if !known {
				seen[figure] = i
				own++
			}
		}
		if own < leastFigures || !c.sameSource[i] && len(c.formal[i]) == 0 {
			return false
		}
	}
	return true
}

// isYear reports whether a number may be the year in which all news is.
func isYear(number string) bool {
	return len(number) == 4 && (number[:2] == "19" || number[:2] == "20")
}

// A collector collects findings, by a hash of their kind and words.
type collector struct {
	texts      []*Text
	sameSource []bool
	formal     [][]span // by text: long passages of names alone
	found      map[uint64]*Finding
}

// add adds that the text has the words of the span.
func (c *collector) add(kind Kind, in int, at span) {
	t := c.texts[in]
	k := shingle.Run(t.sums[at.first:at.last+1])*31 + uint64(kind[0])*0x9e3779b97f4a7c15
	f := c.found[k]
	if f == nil {
		f = &Finding{Kind: kind, Text: t.words(at), Words: at.last - at.first, at: place{in, at.first}}
		c.found[k] = f
	}
	if i, has := slices.BinarySearch(f.In, in); !has {
		f.In = slices.Insert(f.In, i, in)
	}
}

// addNumber adds a number, with the word behind it where it is short.
func (c *collector) addNumber(in int, at span) {
	t := c.texts[in]
	if int(t.ends[at.last-1]-t.starts[at.first]) < sureDigits {
		if at.last == len(t.starts) || !t.content[at.last] && t.ends[at.last]-t.starts[at.last] < sureDigits {
			return
		}
		if gap := t.between(at.last); len(gap) != 1 || gap[0] != ' ' && gap[0] != '-' {
			return
		}
		at.last++
	}
	c.add(Number, in, at)
}

// best returns the findings of a kind that several texts have and that say most.
func (c *collector) best(kind Kind) []Finding {
	var best []Finding
	for _, f := range c.found {
		if f.Kind == kind && len(f.In) > 1 {
			best = append(best, *f)
		}
	}
	sortFindings(best)
	if kind == Quote || kind == Passage {
		best = c.whole(best[:min(len(best), mostLooked)])
	}
	return best[:min(len(best), mostOfKind)]
}

// sortFindings puts those first that most words of most texts are in; of numbers
// and names those that most texts have.
func sortFindings(findings []Finding) {
	weight := func(f Finding) int {
		if f.Kind == Name || f.Kind == Number {
			return len(f.In)
		}
		return f.Words * len(f.In)
	}
	slices.SortFunc(findings, func(p, q Finding) int {
		return cmp.Or(cmp.Compare(weight(q), weight(p)), cmp.Compare(q.Words, p.Words), slices.Compare(p.In, q.In), cmp.Compare(p.Text, q.Text))
	})
}

// mostLooked is the most runs of words that are looked for in all texts.
const mostLooked = 20

// whole looks for the runs in all texts, since each was found in two alone, and
// leaves out what a longer one says of the same texts.
func (c *collector) whole(runs []Finding) (whole []Finding) {
	for i := range runs {
		if len(c.texts) == 2 {
			break // both have it
		}
		runs[i].In = nil
		for in := range c.texts {
			if c.has(in, &runs[i]) {
				runs[i].In = append(runs[i].In, in)
			}
		}
	}
	sortFindings(runs)
	for _, run := range runs {
		if !slices.ContainsFunc(whole, func(chosen Finding) bool { return c.within(&run, &chosen) }) {
			whole = append(whole, run)
		}
	}
	return whole
}

// has reports whether the text has the words of a run.
func (c *collector) has(in int, run *Finding) bool {
	from, t := c.texts[run.at.text], c.texts[in]
	want := shingle.Run(from.sums[run.at.token : run.at.token+run.Words+1])
	first := shingle.Token(from.sums[run.at.token], from.sums[run.at.token+1])
	for at := 0; at+run.Words <= len(t.starts); at++ {
		if shingle.Token(t.sums[at], t.sums[at+1]) == first && shingle.Run(t.sums[at:at+run.Words+1]) == want {
			return true
		}
	}
	return false
}

// within reports whether one of two runs says nothing beside the other: words of it,
// or most of its words, and no text more.
func (c *collector) within(run, chosen *Finding) bool {
	for _, in := range run.In {
		if !slices.Contains(chosen.In, in) {
			return false
		}
	}
	if run.at.text != chosen.at.text {
		return false
	}
	shared := min(run.at.token+run.Words, chosen.at.token+chosen.Words) - max(run.at.token, chosen.at.token)
	return 2*shared > run.Words
}

// terms returns the findings of the terms of a score.
func (c *collector) terms(terms []Weight) (findings []Finding) {
	for _, term := range terms {
		f := Finding{Kind: Term, Share: term.Share, Words: 1}
		for i, t := range c.texts {
			if at, has := t.terms[term.Key]; has && t.ends[at.last-1]-t.starts[at.first] > 1 {
				if f.In == nil {
					f.Text, f.Words = t.words(at), at.last-at.first
				}
				f.In = append(f.In, i)
			}
		}
		if len(f.In) > 1 {
			findings = append(findings, f)
		}
	}
	return findings
}

// A place is a token of a text.
type place struct{ text, token int }

// findRuns finds the quotes and passages: each run of words that has stood before,
// where it stood first.
func (c *collector) findRuns() {
	first := make(map[uint64]place)
	for i, t := range c.texts {
		for at := 0; at+leastQuote <= len(t.starts); {
			length := 0
			if p, stood := first[shingle.Run(t.sums[at:at+leastQuote+1])]; stood {
				length = c.common(p, place{i, at})
				c.addRun(p, place{i, at}, length)
			}
			at += max(1, length-leastQuote+1)
		}
		for at := 0; at+leastQuote <= len(t.starts); at++ {
			k := shingle.Run(t.sums[at : at+leastQuote+1])
			if _, stood := first[k]; !stood {
				first[k] = place{i, at}
			}
		}
	}
}

// common returns how many words from two places on are the same.
func (c *collector) common(p, q place) int {
	a, b := c.texts[p.text], c.texts[q.text]
	most := min(len(a.starts)-p.token, len(b.starts)-q.token)
	for n := range most {
		i, j := p.token+n, q.token+n
		if shingle.Token(a.sums[i], a.sums[i+1]) != shingle.Token(b.sums[j], b.sums[j+1]) {
			return n
		}
	}
	return most
}

// addRun adds what is worth naming of a run that stands at two places: the words
// that are quoted in both, or all.
func (c *collector) addRun(p, q place, length int) {
	a, b := c.texts[p.text], c.texts[q.text]
	quotes, from := 0, -1
	for n := 0; n <= length; n++ {
		if n < length && a.quoted[p.token+n] && b.quoted[q.token+n] {
			if from < 0 {
				from = n
			}
			continue
		}
		if from >= 0 && n-from >= leastQuote {
			quotes++
			c.addBoth(Quote, place{p.text, p.token + from}, place{q.text, q.token + from}, n-from)
		}
		from = -1
	}
	if quotes == 0 && length >= leastPassage {
		c.addBoth(Passage, p, q, length)
	}
}

// addBoth adds a run to both texts, if enough of its words say anything.
func (c *collector) addBoth(kind Kind, p, q place, length int) {
	content, least, most := 0, length, 0
	for _, at := range []place{p, q} {
		t := c.texts[at.text]
		content = countTrue(t.content[at.token : at.token+length])
		plain := countTrue(t.plain[at.token : at.token+length])
		least, most = min(least, plain), max(most, plain) // a headline has capitals where prose has none
	}
	if content < leastContent {
		return
	}
	for _, at := range []place{p, q} {
		words := span{at.token, at.token + length}
		c.add(kind, at.text, words)
		switch {
		case kind == Quote && least >= plainQuote, length >= surePassage && least >= plainPassage:
			c.sameSource[at.text] = true
		case length >= surePassage && most == 0:
			c.formal[at.text] = append(c.formal[at.text], words)
		}
	}
}

func countTrue(values []bool) (count int) {
	for _, is := range values {
		if is {
			count++
		}
	}
	return count
}

// formalShare is the part of a score that the terms have which first stand in formal passages.
func (c *collector) formalShare(terms []Weight) (share float64) {
	for _, term := range terms {
		stands := func(i int) bool {
			at, has := c.texts[i].terms[term.Key]
			return has && slices.ContainsFunc(c.formal[i], func(s span) bool { return s.first <= at.first && at.last <= s.last })
		}
		for i := range c.texts {
			if stands(i) {
				share += term.Share
				break
			}
		}
	}
	return share
}
