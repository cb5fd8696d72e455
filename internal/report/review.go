package report

import (
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
)

// leftOut counts what the review has left out.
func (p *printer) leftOut() int {
	r := p.opts.Review
	return r.Ignored.Articles + r.Ignored.Findings() + r.Outside.Findings()
}

// gateTallies are the rows of what the review tells apart, of that which was asked for.
func (p *printer) gateTallies() []tally {
	r := p.opts.Review
	var rows []tally
	if r.Compared {
		about := plural(r.New, "finding") + " not in the baseline"
		if r.Known > 0 {
			about += "; " + number(r.Known) + " in it " + be(r.Known) + " not listed"
		}
		rows = append(rows, tally{"new", r.New, about})
	}
	if len(r.Stale) > 0 {
		rows = append(rows, tally{"stale", len(r.Stale), plural(len(r.Stale), "finding") + " in the baseline and there no more"})
	}
	if ignored := r.Ignored.Findings(); ignored > 0 {
		rows = append(rows, tally{"ignored", ignored, plural(ignored, "finding") + " left out, as asked for"})
	}
	if ignored := r.Ignored.Articles; ignored > 0 {
		rows = append(rows, tally{"ignored", ignored, plural(ignored, "article") + " left out, as asked for"})
	}
	if r.Asked {
		outside := r.Outside.Findings()
		rows = append(rows, tally{"outside", outside,
			fmt.Sprintf("%s left out, touching none of the %s asked about", plural(outside, "finding"), count(r.Named, "article"))})
	}
	return rows
}

// newTitle says in a heading that what stands below is not all there is.
func (p *printer) newTitle(title string) string {
	if p.opts.Review.Compared {
		return title + " (new)"
	}
	return title
}

// stale lists the entries of a baseline that can go.
func (p *printer) stale() {
	stale := p.opts.Review.Stale
	if len(stale) == 0 {
		return
	}
	p.heading("In the baseline and there no more", count(len(stale), "finding"))
	listed := p.listed(len(stale))
	for _, entry := range stale[:listed] {
		p.item(entryIndent, nil, describeEntry(&entry))
	}
	p.more(entryIndent, len(stale)-listed)
}

// describeEntry names a finding that is known by its articles alone.
func describeEntry(entry *gate.Entry) string {
	if entry.Kind == dedup.Repeated && entry.A == entry.B {
		return fmt.Sprintf("%s in %s (%s)", entry.Kind, name(entry.A), entry.Fingerprint)
	}
	return fmt.Sprintf("%s: %s and %s (%s)", entry.Kind, name(entry.A), name(entry.B), entry.Fingerprint)
}

// gate prints what was asked for and what came of it.
func (p *printer) gate() {
	r := p.opts.Review
	if len(r.Checks) == 0 {
		return
	}
	verdict, style := "passed", p.style.keep
	if r.Failed() {
		verdict, style = "failed", p.style.warn
	}
	p.blank()
	p.line(0, paint(style, "Gate "+verdict))
	for _, check := range r.Checks {
		label := "met"
		if check.Missed {
			label = "missed"
		}
		p.item(entryIndent, nil, label+spaces(labelWidth-len(label))+DescribeCheck(check, r))
	}
}
