package dedup

import (
	"context"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// indexed is a corpus of which the first articles stand in an index.
type indexed struct {
	*memory
	earlier int
}

func (x *indexed) Decode(scratch *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	article, ok, problems := x.memory.Decode(scratch, record)
	article.Earlier = record.Offset < int64(x.earlier)
	return article, ok, problems
}

// TestEarlier holds that a corpus of which some articles stand in an index has the pairs and repeats of one that is all read, but
// for those among them, counts the others alone, and lets none of them go; sampled and exhaustive.
func TestEarlier(t *testing.T) {
	for _, exhaustive := range []bool{false, true} {
		m := planted(seeded.Seed(), 60)
		seeded.Rand(t).Shuffle(len(m.Articles), func(i, j int) { m.Articles[i], m.Articles[j] = m.Articles[j], m.Articles[i] })
		earlier := ArticleID(len(m.Articles) / 2)
		change := func(o *Options) { o.Exhaustive, o.Explained = exhaustive, true }
		whole := scanOf(t, m, change)
		options := DefaultOptions()
		change(&options)
		m.Seek(0)
		part, err := Scan(context.Background(), &indexed{m, int(earlier)}, options, nil)
		if err != nil {
			t.Fatal(err)
		}
		wantPairs := slices.DeleteFunc(slices.Clone(whole.Pairs), func(p Pair) bool { return p.B < earlier })
		wantRepeats := slices.DeleteFunc(slices.Clone(whole.Repeats), func(r Repeat) bool { return r.At.Article < earlier })
		if diff := gocmp.Diff(wantPairs, part.Pairs) + gocmp.Diff(wantRepeats, part.Repeats); diff != "" {
			t.Errorf("exhaustive %t: %s", exhaustive, diff)
		}
		if len(wantPairs) == 0 || len(wantPairs) == len(whole.Pairs) || len(wantRepeats) == 0 {
			t.Fatal("nothing was tested")
		}
		if s := part.Summary; s.Articles != len(m.Articles)-int(earlier) || s.Earlier != int(earlier) || s.Words >= whole.Summary.Words {
			t.Errorf("exhaustive %t: counted %+v", exhaustive, s)
		}
		for _, cluster := range part.Clusters {
			for _, member := range cluster.Members {
				if member.Removable && member.Article < earlier {
					t.Errorf("exhaustive %t: an article of the index can be removed: %+v", exhaustive, cluster)
				}
			}
		}
	}
}
