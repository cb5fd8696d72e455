package report

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
	"github.com/newsdedup/newsdedup/internal/text"
)

// A dice draws results that are well formed and otherwise unlike any that a
// scan would find: names that are hostile, empty or no UTF-8, figures at the
// ends of their ranges.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 1))} }

// nasty are the pieces that strings are made of.
var nasty = []string{
	"", "a", "ferry", "Straße", "灯籠", "كثبان", "👨‍👩‍👧", "e\u0301\u0302\u0303", " ", "\t", "\n", "\r\n", "\x00", "\x07", "\x1b[31m", "\x1b]8;;x\x07",
	"\x7f", "\u0085", "\u009b2J", "\xff", "\xc2", "\xed\xa0\x80", "\u2028", "\u2029", "\u202e", "\u2066", "\u200f", "\u061c", "\ufeff", "\ufffd",
	"\U000e0041", "\\", `"`, "'", "<script>", "&", "%", "::error::", "##[debug]", "=1+1", "“", "”", "\u00a0", "\u3000", "\u2029\u202d",
}

func (d dice) text() string {
	s := ""
	for range d.IntN(8) {
		s += nasty[d.IntN(len(nasty))]
	}
	return s
}

func (d dice) share() float64 {
	switch d.IntN(4) {
	case 0:
		return 0
	case 1:
		return 1
	case 2:
		return 1 - 1e-9
	default:
		return d.Float64()
	}
}

func (d dice) id(articles int) dedup.ArticleID { return dedup.ArticleID(d.IntN(articles)) }

func (d dice) result() *dedup.Result {
	result := &dedup.Result{Options: d.options()}
	articles := 2 + d.IntN(8)
	for range articles {
		result.Articles = append(result.Articles, dedup.ArticleInfo{
			Key: d.text(), Source: d.text(), Meta: d.meta(), Path: d.text(), Line: d.IntN(3), Words: d.IntN(3), Bytes: d.IntN(9), Lead: d.text(),
		})
	}
	for a := range articles {
		for b := a + 1; b < articles; b++ {
			if d.IntN(3) == 0 {
				result.Pairs = append(result.Pairs, d.pair(a, b))
			}
		}
	}
	result.Clusters = d.clusters(articles)
	for range d.IntN(8) {
		result.Repeats = append(result.Repeats, d.repeat(articles))
	}
	slices.SortStableFunc(result.Repeats, func(a, b dedup.Repeat) int {
		return cmp.Or(cmp.Compare(a.At.Article, b.At.Article), cmp.Compare(a.At.Paragraph, b.At.Paragraph))
	})
	if result.Options.Passages > 0 {
		d.passages(result)
	}
	for range d.IntN(3) {
		result.Stories = append(result.Stories, d.story(articles))
	}
	for range d.IntN(3) {
		result.Problems = append(result.Problems, corpus.Problem{
			Path: d.text(), Line: d.IntN(2), Offset: d.Int64N(9), Kind: corpus.BadRecord, Message: d.text()})
	}
	d.summarise(result)
	if d.IntN(4) == 0 {
		d.estimates(result)
	}
	return result
}

// estimates adds likenesses with an article of an index that keeps no texts.
func (d dice) estimates(result *dedup.Result) {
	articles := len(result.Articles)
	result.Lean = true
	result.Articles = append(result.Articles, dedup.ArticleInfo{
		Key: d.text(), Source: d.text(), Meta: d.meta(), Path: d.text(), Line: d.IntN(3), Earlier: true,
	})
	for b := range articles {
		result.Estimates = append(result.Estimates, dedup.Estimate{
			Kind: dedup.AllKinds()[d.IntN(3)], A: dedup.ArticleID(articles), B: dedup.ArticleID(b),
			Similarity: d.share(), AInB: d.share(), BInA: d.share(),
		})
	}
	result.Summary.Estimates = len(result.Estimates)
}

// meta draws what is known of an article, mostly not all of it.
func (d dice) meta() *corpus.Meta {
	if d.IntN(3) == 0 {
		return nil
	}
	meta := corpus.Meta{Title: d.text(), URL: d.text(), Language: d.text()}
	if d.IntN(2) == 0 {
		meta.Published = time.Unix(d.Int64N(300_000_000_000)-60_000_000_000, 0).UTC()
	}
	return &meta
}

func (d dice) options() dedup.Options {
	options := dedup.DefaultOptions()
	options.Kinds = options.Kinds[:1+d.IntN(4)]
	options.Threshold = 0.001 + 0.999*d.Float64()
	options.Exhaustive = d.IntN(2) == 0
	options.Paragraphs = text.Style(d.IntN(3))
	options.Passages = 25 * d.IntN(2)
	return options
}

func (d dice) pair(a, b int) dedup.Pair {
	labels := []dedup.Label{"", dedup.IdenticalCopy, dedup.LightEdit, dedup.CutVersion, dedup.ExtendedVersion, dedup.FurnitureAround, dedup.TemplateOf}
	return dedup.Pair{
		Label: labels[d.IntN(len(labels))], Difference: d.difference(),
		Kind: []dedup.Kind{dedup.Exact, dedup.Near, dedup.Contained, dedup.Template}[d.IntN(4)], A: dedup.ArticleID(a), B: dedup.ArticleID(b),
		Similarity: d.share(), AInB: d.share(), BInA: d.share(),
		Shared: d.IntN(3), ShinglesA: d.IntN(1 << 40), ShinglesB: 3, Fingerprint: d.Uint64(),
	}
}

func (d dice) difference() *dedup.Difference {
	if d.IntN(3) == 0 {
		return nil
	}
	difference := &dedup.Difference{Same: d.IntN(3), Replaced: d.IntN(3), Inserted: d.IntN(1 << 20), Deleted: d.IntN(3), Before: d.IntN(2), After: d.IntN(2), Inside: d.IntN(2), Listed: d.IntN(2) == 0}
	for range d.IntN(5) {
		difference.Changes = append(difference.Changes, dedup.Change{
			Kind: []dedup.ChangeKind{dedup.NumberChange, dedup.NameChange, dedup.WordChange}[d.IntN(3)], A: d.text(), B: d.text(), LineA: d.IntN(3), LineB: d.IntN(3)})
	}
	return difference
}

// clusters deals some of the articles out, each at most once.
func (d dice) clusters(articles int) []dedup.Cluster {
	dealt := d.Perm(articles)
	cluster := dedup.Cluster{Representative: dedup.ArticleID(dealt[0]), MinSimilarity: d.share(), MeanSimilarity: d.share(), Fingerprint: d.Uint64()}
	for _, article := range dealt[1 : 1+d.IntN(articles-1)] {
		member := dedup.Member{Article: dedup.ArticleID(article), Kind: dedup.AllKinds()[d.IntN(3)], Similarity: d.share(), Removable: d.IntN(2) == 0}
		if d.IntN(3) == 0 {
			member = dedup.Member{Article: member.Article}
			for range d.IntN(9) {
				member.Chain = append(member.Chain, d.id(articles))
			}
		}
		cluster.Members = append(cluster.Members, member)
	}
	return []dedup.Cluster{cluster}
}

func (d dice) repeat(articles int) dedup.Repeat {
	place := func() dedup.ParagraphPlace {
		return dedup.ParagraphPlace{Article: d.id(articles), Paragraph: 1 + d.IntN(4), Line: 1 + d.IntN(4)}
	}
	classes := []dedup.Class{dedup.Within, dedup.Source, dedup.Across}
	return dedup.Repeat{Class: classes[d.IntN(3)], At: place(), Of: place(), Similarity: d.share(), Words: d.IntN(3), Text: d.text(), Fingerprint: d.Uint64N(3)}
}

// passages draws passages, and what of some articles stands elsewhere.
func (d dice) passages(result *dedup.Result) {
	articles := len(result.Articles)
	for range d.IntN(5) {
		p := dedup.Passage{Words: 1 + d.IntN(40), Weightless: []string{"", dedup.Common, dedup.NamesOnly}[d.IntN(3)], Text: d.text(), Fingerprint: d.Uint64()}
		for range 2 + d.IntN(4) {
			line, start := d.IntN(9), d.IntN(9)
			p.Places = append(p.Places, dedup.PassagePlace{Article: d.id(articles), Line: line, EndLine: line + d.IntN(2), Start: start, End: start + d.IntN(9), Quoted: d.IntN(2) == 0})
		}
		p.Standings = len(p.Places) + d.IntN(2)
		result.Passages = append(result.Passages, p)
	}
	for id := range result.Articles {
		if words := result.Articles[id].Words; words > 0 && d.IntN(2) == 0 {
			result.Articles[id].Elsewhere = &dedup.Elsewhere{Words: 1 + d.IntN(words), Partner: d.id(articles), PartnerWords: d.IntN(words)}
		}
	}
	result.Summary.PassagesExplained, result.Summary.PassagesBounded = d.IntN(3), d.IntN(3)
}

// review draws rules, and a baseline of some of the findings and of others, and
// holds the result to them.
func (d dice) review(result *dedup.Result) *gate.Review {
	share := d.share()
	rules := &gate.Rules{Policy: gate.Policy{FailOn: gate.Kinds()[d.IntN(5):], MaxShare: &share}}
	if d.IntN(2) == 0 {
		rules.Baseline = new(gate.Rules).Review(result, 0).Renewed()
		for i := range rules.Baseline.Entries {
			if d.IntN(2) == 0 {
				rules.Baseline.Entries[i].Fingerprint ^= 1 << 63
				rules.Baseline.Entries[i].Texts = [2]gate.Fingerprint{rules.Baseline.Entries[i].Fingerprint, rules.Baseline.Entries[i].Fingerprint}
				rules.Baseline.Entries[i].A = d.text()
			}
		}
	}
	if d.IntN(2) == 0 {
		rules.Only = &gate.Selection{Names: []string{result.Articles[0].Key}}
	}
	for _, pair := range result.Pairs[:len(result.Pairs)/3] {
		rules.Fingerprints = append(rules.Fingerprints, pair.Fingerprint)
	}
	rules.Policy.Budgets = []gate.Budget{{Most: d.IntN(9)}, {Kind: dedup.Repeated, Most: d.IntN(2)}}
	return rules.Review(result, d.IntN(3))
}

func (d dice) summarise(result *dedup.Result) {
	s := &result.Summary
	s.Articles, s.Problems, s.Clusters = len(result.Articles), len(result.Problems), len(result.Clusters)
	s.Stories, s.StoryArticles = len(result.Stories), d.IntN(9)
	s.Words, s.DuplicateWords, s.Bounded, s.RepeatsBounded = 300, d.IntN(3), d.IntN(3), d.IntN(3)
	s.Bytes = d.Int64N(1 << 50)
	s.Passages = len(result.Passages)
	for _, repeat := range result.Repeats {
		switch repeat.Class {
		case dedup.Within:
			s.RepeatsWithin++
		case dedup.Source:
			s.RepeatsSource++
		case dedup.Across:
			s.RepeatsAcross++
		}
	}
	for _, pair := range result.Pairs {
		switch pair.Kind {
		case dedup.Exact:
			s.Exact++
		case dedup.Near:
			s.Near++
		case dedup.Contained:
			s.Contained++
		case dedup.Template:
			s.Template++
		}
	}
}

// extremes are results at the ends of what a Result can hold.
func extremes() map[string]*dedup.Result {
	const most = 1<<63 - 1
	large := fixture()
	large.Summary = dedup.Summary{Articles: most, Empty: most, Words: most, Bytes: most, Problems: most, Exact: most / 8, Bounded: most, DuplicateWords: most}
	large.Articles[0].Line = most
	large.Pairs[0].Fingerprint = 1<<64 - 1
	unnamed := fixture()
	for i := range unnamed.Articles {
		unnamed.Articles[i] = dedup.ArticleInfo{}
	}
	return map[string]*dedup.Result{
		"nothing": {},
		"large":   large,
		"unnamed": unnamed,
	}
}

// manyFindings is a result of n findings, a third of each kind, of articles
// whose names and words are made up.
func manyFindings(n int) *dedup.Result {
	result := &dedup.Result{Options: dedup.DefaultOptions()}
	n /= 3
	for i := range 2 * n {
		result.Articles = append(result.Articles, dedup.ArticleInfo{
			Key: fmt.Sprintf("story-%07d", i), Source: "Velmora Courier", Path: "archive/2031.jsonl", Line: i + 1, Words: 300, Bytes: 1_800,
			Lead: fmt.Sprintf("Ferry %d was late again on Tuesday, its owners said, since the sea before the mole stood too high for the pilots.", i),
		})
	}
	for i := range n {
		a, b := dedup.ArticleID(2*i), dedup.ArticleID(2*i+1)
		result.Pairs = append(result.Pairs, dedup.Pair{Kind: dedup.Near, A: a, B: b, Similarity: 0.9, AInB: 0.95, BInA: 0.94,
			Shared: 270, ShinglesA: 285, ShinglesB: 287, Fingerprint: uint64(i) * 0x9e3779b97f4a7c15})
		result.Clusters = append(result.Clusters, dedup.Cluster{Representative: a, MinSimilarity: 0.9, MeanSimilarity: 0.9,
			Members: []dedup.Member{{Article: b, Kind: dedup.Near, Similarity: 0.9, Removable: true}}})
		result.Repeats = append(result.Repeats, dedup.Repeat{Class: dedup.Source, Similarity: 1, Words: 20,
			At: dedup.ParagraphPlace{Article: b, Paragraph: 9, Line: 2*i + 2}, Of: dedup.ParagraphPlace{Article: dedup.ArticleID(i % 100), Paragraph: 7, Line: i%100 + 1},
			Text: "Whoever sees a drifting buoy is asked to leave it where it is and to ring the pilot station at once.", Fingerprint: uint64(i % 100)})
	}
	result.Summary = dedup.Summary{Articles: 2 * n, Words: 600 * n, Bytes: int64(3_600 * n), Near: n, Clusters: n, RepeatsSource: n}
	return result
}
