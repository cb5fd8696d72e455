package quality

import (
	"cmp"
	"slices"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Placed is a truth and where its names are in a corpus.
type Placed struct {
	*Truth
	Labels  []Label              // of the pairs that are in the corpus
	Unknown []Name               // that no article has, in the order of the file
	Lost    int                  // pairs with such a name, which count for nothing
	judged  []Judged             // the others
	ids     [][2]dedup.ArticleID // of those, A < B
	named   []dedup.ArticleID    // ascending
}

// Place looks the names up among the articles.
func (t *Truth) Place(articles []dedup.ArticleInfo) *Placed {
	p := &Placed{Truth: t}
	at := make(map[string]dedup.ArticleID, len(t.names))
	for id := range articles {
		key := articles[id].Key
		if _, speaks := slices.BinarySearchFunc(t.names, key, func(n Name, key string) int { return cmp.Compare(n.Name, key) }); speaks {
			at[key] = dedup.ArticleID(id)
			p.named = append(p.named, dedup.ArticleID(id))
		}
	}
	for _, name := range t.names {
		if _, known := at[name.Name]; !known {
			p.Unknown = append(p.Unknown, name)
		}
	}
	slices.SortStableFunc(p.Unknown, func(a, b Name) int { return cmp.Compare(a.Line, b.Line) })
	for _, pair := range t.Pairs {
		a, knownA := at[pair.A]
		b, knownB := at[pair.B]
		if !knownA || !knownB {
			p.Lost++
			continue
		}
		p.judged = append(p.judged, pair)
		p.ids = append(p.ids, [2]dedup.ArticleID{min(a, b), max(a, b)})
	}
	if t.Groups == 0 {
		p.Labels = labelsOf(p.judged)
	}
	return p
}

// Asked returns the pairs of the truth that are in the corpus, to be compared.
func (p *Placed) Asked() [][2]dedup.ArticleID { return p.ids }

// JudgedOnly reports whether nothing is known of pairs, or of groups of articles, beside the
// truth's own.
func (p *Placed) JudgedOnly() bool { return p.judgedOnly }

// pairsAlone reports whether nothing is known of pairs that were not judged.
func (p *Placed) pairsAlone() bool { return p.judgedOnly && p.Groups == 0 }

// everyArticle reports whether the truth speaks of all articles.
func (p *Placed) everyArticle() bool { return !p.judgedOnly }
