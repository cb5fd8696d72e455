package report

import (
	"fmt"
	"math"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// chained is the kind of a cluster's member that has no pair with the
// representative.
const chained = "chained"

type wirePlace struct {
	Key    string `json:"key"`
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Source string `json:"source,omitempty"`
}

type wireParagraph struct {
	wirePlace
	Paragraph int `json:"paragraph"`
}

type wirePair struct {
	Kind           dedup.Kind `json:"kind"`
	A              wirePlace  `json:"a"`
	B              wirePlace  `json:"b"`
	Similarity     float64    `json:"similarity"`
	AInB           float64    `json:"a_in_b"`
	BInA           float64    `json:"b_in_a"`
	SharedShingles int        `json:"shared_shingles"`
	AShingles      int        `json:"a_shingles"`
	BShingles      int        `json:"b_shingles"`
	Fingerprint    string     `json:"fingerprint"`
}

type wireCluster struct {
	Representative wirePlace    `json:"representative"`
	Members        []wireMember `json:"members"`
	MinSimilarity  float64      `json:"min_similarity"`
	MeanSimilarity float64      `json:"mean_similarity"`
	Fingerprint    string       `json:"fingerprint"`
}

// A wireMember always has all its keys. A chained one has no similarity with
// the representative that was found out, which is null and not 0; a chain is
// empty where there is a pair.
type wireMember struct {
	wirePlace
	Kind       string      `json:"kind"`
	Similarity *float64    `json:"similarity"`
	Removable  bool        `json:"removable"`
	Chain      []wirePlace `json:"chain"`
}

type wireRepeat struct {
	Class       dedup.Class   `json:"class"`
	At          wireParagraph `json:"at"`
	Of          wireParagraph `json:"of"`
	Similarity  float64       `json:"similarity"`
	Words       int           `json:"words"`
	Text        string        `json:"text"`
	Fingerprint string        `json:"fingerprint"`
}

type wireProblem struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Offset  int64  `json:"offset"`
	Kind    string `json:"kind"`
	Message string `json:"message"`
}

// A wire turns findings into their JSON form: identifiers become places.
type wire struct{ *dedup.Result }

func (w wire) place(id dedup.ArticleID) wirePlace {
	article := w.Articles[id]
	return wirePlace{Key: article.Key, Path: article.Path, Line: article.Line, Source: article.Source}
}

func (w wire) paragraph(at dedup.ParagraphPlace) wireParagraph {
	place := w.place(at.Article)
	place.Line = at.Line
	return wireParagraph{place, at.Paragraph}
}

func (w wire) pair(pair dedup.Pair) wirePair {
	return wirePair{
		Kind:           pair.Kind,
		A:              w.place(pair.A),
		B:              w.place(pair.B),
		Similarity:     figure(pair.Similarity),
		AInB:           figure(pair.AInB),
		BInA:           figure(pair.BInA),
		SharedShingles: pair.Shared,
		AShingles:      pair.ShinglesA,
		BShingles:      pair.ShinglesB,
		Fingerprint:    hex(pair.Fingerprint),
	}
}

func (w wire) cluster(cluster dedup.Cluster) wireCluster {
	members := make([]wireMember, 0, len(cluster.Members))
	for _, member := range cluster.Members {
		members = append(members, w.member(member))
	}
	return wireCluster{
		Representative: w.place(cluster.Representative),
		Members:        members,
		MinSimilarity:  figure(cluster.MinSimilarity),
		MeanSimilarity: figure(cluster.MeanSimilarity),
		Fingerprint:    hex(cluster.Fingerprint),
	}
}

func (w wire) member(member dedup.Member) wireMember {
	chain := make([]wirePlace, 0, len(member.Chain))
	for _, id := range member.Chain {
		chain = append(chain, w.place(id))
	}
	entry := wireMember{
		wirePlace: w.place(member.Article),
		Kind:      chained,
		Removable: member.Removable,
		Chain:     chain,
	}
	if member.Kind != "" {
		similarity := figure(member.Similarity)
		entry.Kind, entry.Similarity = string(member.Kind), &similarity
	}
	return entry
}

func (w wire) repeat(repeat dedup.Repeat) wireRepeat {
	return wireRepeat{
		Class:       repeat.Class,
		At:          w.paragraph(repeat.At),
		Of:          w.paragraph(repeat.Of),
		Similarity:  figure(repeat.Similarity),
		Words:       repeat.Words,
		Text:        repeat.Text,
		Fingerprint: hex(repeat.Fingerprint),
	}
}

func newWireProblem(problem corpus.Problem) wireProblem {
	return wireProblem{problem.Path, problem.Line, problem.Offset, problem.Kind, problem.Message}
}

// figure rounds a share to six decimals, which is finer than any threshold in
// use and keeps reports comparable by diff. A share below 1 stays below it:
// readers tell the unchanged by `== 1`.
func figure(share float64) float64 {
	rounded := math.Round(share*1e6) / 1e6
	if rounded == 1 && share < 1 {
		return 0.999999
	}
	return rounded
}

// hex writes a fingerprint: a string, since JSON readers that hold numbers as
// float64 would lose its last bits.
func hex(fingerprint uint64) string { return fmt.Sprintf("%016x", fingerprint) }
