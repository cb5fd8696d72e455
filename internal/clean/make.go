package clean

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Plan is what goes from a corpus.
type Plan struct {
	Removals []Removal // in reading order
	Cuts     []Cut     // likewise
	// Uncuttable counts paragraphs that would go, but stand in inputs of which only
	// whole articles can be removed.
	Uncuttable int
}

// Cuts decides which paragraphs go, were no article to go. mayCut tells of an input
// whether paragraphs can be cut from its articles.
func Cuts(result *dedup.Result, policy *Policy, mayCut func(input int) bool) []Cut {
	return slices.DeleteFunc(cuts(result, policy, nil), func(cut Cut) bool {
		return !mayCut(result.Articles[cut.At.Article].Input)
	})
}

// Make decides what goes: articles by what a scan has found of them as they will be
// without the paragraphs that go, and paragraphs by what one has found of them as
// they are. The two results are of the same articles, and may be the same one.
func Make(cut, whole *dedup.Result, policy *Policy, mayCut func(input int) bool) *Plan {
	plan := &Plan{Removals: removals(cut, policy)}
	for _, cut := range cuts(whole, policy, plan.Removals) {
		if mayCut(whole.Articles[cut.At.Article].Input) {
			plan.Cuts = append(plan.Cuts, cut)
		} else {
			plan.Uncuttable++
		}
	}
	return plan
}

// A recordAt is where a record stands.
type recordAt struct {
	input  int
	offset int64
}

// An edit is what is to become of a record.
type edit struct {
	article    *ArticleEntry // it goes
	paragraphs []*ParagraphEntry
	kept       string // for another: by its key
	met        bool
	err        error
}

// edits returns what becomes of each record, by its place, and which must be there.
func (m *Manifest) edits() map[recordAt]*edit {
	edits := make(map[recordAt]*edit)
	at := func(place *Place) *edit {
		if edits[place.record()] == nil {
			edits[place.record()] = &edit{}
		}
		return edits[place.record()]
	}
	for i := range m.Articles {
		at(&m.Articles[i].Place).article = &m.Articles[i]
		if kept := &m.Articles[i].Kept; !kept.isInIndex() {
			at(kept).kept = kept.Key
		}
	}
	for i := range m.Paragraphs {
		e := at(&m.Paragraphs[i].Place)
		e.paragraphs = append(e.paragraphs, &m.Paragraphs[i])
	}
	return edits
}

// changes reports whether the record becomes another.
func (e *edit) changes() bool { return e.article != nil || len(e.paragraphs) > 0 }

// of returns the edit as package corpus has it. A record that has another hash
// than the entry says is left as it is, which is an error.
func (e *edit) of(record corpus.Record) corpus.Edit {
	e.met = true
	if !e.changes() {
		return corpus.Edit{}
	}
	sum := fmt.Sprintf("%016x", xxhash.Sum64(record.Data))
	check := func(of *string, key string) {
		if *of == "" {
			*of = sum
		}
		if *of != sum {
			e.err = fmt.Errorf("the record on line %d is not that of %q which the manifest speaks of", record.Line, key)
		}
	}
	if e.article != nil {
		check(&e.article.XXH64, e.article.Key)
	}
	var cut []corpus.Span
	for _, p := range e.paragraphs {
		check(&p.XXH64, p.Key)
		cut = append(cut, corpus.Span{Start: p.Start, End: p.End})
	}
	if e.err != nil {
		return corpus.Edit{}
	}
	slices.SortFunc(cut, func(a, b corpus.Span) int { return cmp.Compare(a.Start, b.Start) })
	return corpus.Edit{Drop: e.article != nil, Cut: slices.Compact(cut)}
}

// dropUncut takes the paragraphs out of the manifest that could not be cut.
func (m *Manifest) dropUncut(uncut []corpus.Uncut) {
	for _, u := range uncut {
		m.Paragraphs = slices.DeleteFunc(m.Paragraphs, func(p ParagraphEntry) bool {
			return p.Input == u.Input && p.Offset == u.Offset && p.Start == u.Span.Start && p.End == u.Span.End
		})
	}
}
