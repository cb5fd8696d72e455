package dedup

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

func publishedAt(at time.Time) *corpus.Meta { return &corpus.Meta{Published: at} }

func TestRelation(t *testing.T) {
	noon := time.Date(2024, 3, 4, 12, 0, 0, 0, time.UTC)
	result := Result{Articles: []ArticleInfo{
		{Source: "Courier", Meta: publishedAt(noon)},
		{Source: "Courier", Meta: publishedAt(noon.Add(90 * time.Minute))},
		{Source: "Gazette"},
		{Meta: publishedAt(time.Time{})},
		{Meta: publishedAt(time.Date(1066, 10, 14, 0, 0, 0, 0, time.UTC))},
	}}
	for _, test := range []struct {
		first, second ArticleID
		want          Relation
	}{
		{0, 1, Relation{SameSource, 5400, true}},
		{1, 0, Relation{SameSource, -5400, true}},
		{0, 0, Relation{SameSource, 0, true}},
		{0, 2, Relation{AcrossSources, 0, false}},
		{2, 2, Relation{SameSource, 0, false}},
		{0, 3, Relation{UnknownSources, 0, false}},
		{3, 3, Relation{SameSource, 0, false}}, // one article is of one source, whichever
		{4, 0, Relation{UnknownSources, 30212308800, true}},
	} {
		if got := result.Relation(test.first, test.second); got != test.want {
			t.Errorf("%d and %d: %+v, want %+v", test.first, test.second, got, test.want)
		}
	}
}

func TestSpread(t *testing.T) {
	day := time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)
	result := Result{Articles: []ArticleInfo{
		{Source: "Gazette"}, {Source: "Courier", Meta: publishedAt(day)}, {Meta: publishedAt(day.AddDate(0, 0, -2))}, {Source: "Gazette", Meta: publishedAt(day.AddDate(0, 0, 1))}, {},
	}}
	of := func(ids ...ArticleID) Spread {
		cluster := Cluster{Representative: ids[0]}
		for _, id := range ids[1:] {
			cluster.Members = append(cluster.Members, Member{Article: id})
		}
		return result.Spread(&cluster)
	}
	for name, test := range map[string]struct{ got, want Spread }{
		"all":        {of(0, 1, 2, 3, 4), Spread{[]string{"Courier", "Gazette"}, day.AddDate(0, 0, -2), day.AddDate(0, 0, 1)}},
		"one time":   {of(0, 1), Spread{[]string{"Courier", "Gazette"}, day, day}},
		"one source": {of(3, 0), Spread{[]string{"Gazette"}, day.AddDate(0, 0, 1), day.AddDate(0, 0, 1)}},
		"nothing":    {of(4, 4), Spread{}},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
