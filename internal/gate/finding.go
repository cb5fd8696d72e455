package gate

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// Kinds lists the kinds of findings that a policy counts and a baseline knows.
func Kinds() []dedup.Kind { return dedup.AllKinds() }

// An Entry is a finding as a baseline knows it.
type Entry struct {
	Kind        dedup.Kind
	Fingerprint Fingerprint
	// Texts are, of a near repeat, its two texts, the lesser first; else both are Fingerprint.
	Texts [2]Fingerprint
	// A and B are the keys of its articles, the lesser first, for a reader and to
	// tell findings of one fingerprint apart.
	A, B string
	// Ends are, of a pair, what identifies the words of A and those of B; else 0. By them
	// and the keys a pair is known when one of its articles has been edited.
	Ends [2]Fingerprint
}

// sortEntries orders entries so that a finding more is a line more in a baseline, and
// findings of one text stand together.
func sortEntries(entries []Entry) {
	kinds := Kinds()
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(
			cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
			cmp.Compare(a.Fingerprint, b.Fingerprint), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B),
		)
	})
}

// entries returns all findings of the result that may be answered for: the pairs,
// then the repeats. Those of other kinds, such as templates, have the Kind "".
func entries(result *dedup.Result) []Entry {
	all := make([]Entry, 0, len(result.Pairs)+len(result.Repeats))
	for i := range result.Pairs {
		pair := &result.Pairs[i]
		entry := entryOf(result, pair.Kind, pair.Fingerprint, pair.A, pair.B)
		if len(result.Texts) > 0 && entry.Kind != "" {
			entry.Ends = [2]Fingerprint{Fingerprint(result.Texts[pair.A]), Fingerprint(result.Texts[pair.B])}
			if entry.A != valid(result.Articles[pair.A].Key) {
				entry.Ends[0], entry.Ends[1] = entry.Ends[1], entry.Ends[0]
			}
		}
		all = append(all, entry)
	}
	for i := range result.Repeats {
		repeat := &result.Repeats[i]
		entry := entryOf(result, dedup.Repeated, repeat.Fingerprint, repeat.Of.Article, repeat.At.Article)
		if repeat.AtText != repeat.OfText {
			entry.Texts = [2]Fingerprint{Fingerprint(min(repeat.AtText, repeat.OfText)), Fingerprint(max(repeat.AtText, repeat.OfText))}
		}
		all = append(all, entry)
	}
	return all
}

// valid returns a key as JSON can hold it: each byte that is no UTF-8 is U+FFFD.
func valid(key string) string {
	if utf8.ValidString(key) {
		return key
	}
	return string([]rune(key))
}

func entryOf(result *dedup.Result, kind dedup.Kind, fingerprint uint64, first, second dedup.ArticleID) Entry {
	if kind == dedup.Template {
		return Entry{}
	}
	a, b := valid(result.Articles[first].Key), valid(result.Articles[second].Key)
	print := Fingerprint(fingerprint)
	return Entry{Kind: kind, Fingerprint: print, Texts: [2]Fingerprint{print, print}, A: min(a, b), B: max(a, b)}
}
