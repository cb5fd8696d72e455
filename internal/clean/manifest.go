package clean

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// ManifestSchema names the form of the manifest. It changes only where a reader
// of the old form would be misled.
const ManifestSchema = "newsdedup.manifest/1"

// A Manifest is what was removed from which inputs, and why: JSON lines, the
// head first, then a line for each article and paragraph, in the order of the
// corpus. A reader may delete lines of removals that are not to be made; what
// is left is applied.
type Manifest struct {
	Head       Head
	Articles   []ArticleEntry
	Paragraphs []ParagraphEntry
}

// A Head says of which inputs a manifest speaks and by which policy it was made.
type Head struct {
	Type    string   `json:"type"` // "manifest"
	Schema  string   `json:"schema"`
	Version string   `json:"version"` // of the program
	Remove  []string `json:"remove"`
	Keep    []string `json:"keep"`
	// Of the scan.
	Threshold        float64 `json:"threshold"`
	Containment      float64 `json:"containment"`
	RepeatSimilarity float64 `json:"repeat_similarity"`
	OptionsHash      string  `json:"options_hash"`
	Reading          string  `json:"reading"` // how inputs were read: what a record's text is depends on it
	Inputs           []Input `json:"inputs"`
}

// An Input is a file that was read.
type Input struct {
	Path      string `json:"path"`
	Bytes     int64  `json:"bytes"`            // as it is stored
	XXH64     string `json:"xxh64"`            // of those bytes, in hexadecimal
	Output    string `json:"output,omitempty"` // below the folder, or the file's name; none where nothing is left of it
	Reference bool   `json:"reference,omitempty"`
}

// A Place is where an article stands.
type Place struct {
	Key    string `json:"key"`
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Input  int    `json:"input"`  // position among Head.Inputs; -1 of an article of an index
	Offset int64  `json:"offset"` // of its record
}

// isInIndex reports whether the article stands in an index and not in an input.
func (p *Place) isInIndex() bool { return p.Input < 0 }

func (p *Place) record() recordAt { return recordAt{p.Input, p.Offset} }

// An ArticleEntry is an article that goes.
type ArticleEntry struct {
	Type string `json:"type"` // "article"
	Place
	XXH64      string  `json:"xxh64"` // of its record's bytes, in hexadecimal
	Kind       string  `json:"kind"`
	Similarity float64 `json:"similarity"`
	InKept     float64 `json:"in_kept"` // share of its shingles that stand in the kept article
	Words      int     `json:"words"`
	Rule       string  `json:"rule"`
	Kept       Place   `json:"kept"`
	Story      *Story  `json:"story,omitempty"` // of the kind "story" alone
}

// A Story is that of an article that goes for another one of it.
type Story struct {
	Fingerprint string       `json:"fingerprint"`
	Score       float64      `json:"score"`
	Degree      dedup.Degree `json:"degree"`
}

// A ParagraphEntry is a paragraph that goes from an article that stays.
type ParagraphEntry struct {
	Type string `json:"type"` // "paragraph"
	Place
	XXH64      string  `json:"xxh64"` // of the article's record
	Paragraph  int     `json:"paragraph"`
	Start      int     `json:"start"` // of its bytes in the article's text
	End        int     `json:"end"`
	Kind       string  `json:"kind"`
	Similarity float64 `json:"similarity"`
	Words      int     `json:"words"`
	Articles   int     `json:"articles,omitempty"` // of furniture: that have it
	Of         Spot    `json:"of"`
	Text       string  `json:"text"` // shortened
}

// A Spot is where a paragraph stands.
type Spot struct {
	Place
	Paragraph int `json:"paragraph"`
}

// The types of the lines.
const (
	headType      = "manifest"
	articleType   = "article"
	paragraphType = "paragraph"
)

// NewManifest returns the manifest of a plan. The head's inputs are filled in when
// they are written.
func NewManifest(result *dedup.Result, plan *Plan, head Head) *Manifest {
	o := &result.Options
	head.Type, head.Schema = headType, ManifestSchema
	head.Threshold, head.Containment, head.RepeatSimilarity = o.Threshold, o.Containment, o.RepeatSimilarity
	head.OptionsHash = fmt.Sprintf("%016x", o.Hash())
	m := &Manifest{Head: head}
	m.add(result, plan.Removals, plan.Cuts)
	return m
}

// add fills in the removals of a plan.
func (m *Manifest) add(result *dedup.Result, gone []Removal, cut []Cut) {
	place := func(id dedup.ArticleID, line int) Place {
		article := &result.Articles[id]
		return Place{article.Key, article.Path, line, article.Input, article.Offset}
	}
	for _, r := range gone {
		article, kept := &result.Articles[r.Article], &result.Articles[r.Kept]
		var story *Story
		if r.Story != nil {
			story = &Story{fmt.Sprintf("%016x", r.Story.Fingerprint), figure(r.Story.Score), r.Story.Degree}
		}
		m.Articles = append(m.Articles, ArticleEntry{
			Story: story,
			Type:  articleType, Place: place(r.Article, article.Line),
			Kind: string(r.Kind), Similarity: figure(r.Similarity), InKept: figure(r.InKept), Words: article.Words, Rule: r.Rule, Kept: place(r.Kept, kept.Line),
		})
	}
	for _, c := range cut {
		m.Paragraphs = append(m.Paragraphs, ParagraphEntry{
			Type: paragraphType, Place: place(c.At.Article, c.At.Line),
			Paragraph: c.At.Paragraph, Start: c.At.Start, End: c.At.End,
			Kind: c.Kind, Similarity: figure(c.Similarity), Words: c.Words, Articles: c.Articles,
			Of: Spot{place(c.Of.Article, c.Of.Line), c.Of.Paragraph}, Text: c.Text,
		})
	}
}

// figure rounds a share to six decimals, as reports do; one below 1 stays below.
func figure(share float64) float64 {
	if rounded := math.Round(share*1e6) / 1e6; rounded < 1 || share == 1 {
		return rounded
	}
	return 0.999999
}

// Write writes the manifest.
func (m *Manifest) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	lines := []any{m.Head}
	for i := range m.Articles {
		lines = append(lines, &m.Articles[i])
	}
	for i := range m.Paragraphs {
		lines = append(lines, &m.Paragraphs[i])
	}
	for _, line := range lines {
		if err := encoder.Encode(line); err != nil {
			return fmt.Errorf("writing the manifest: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the manifest: %w", err)
	}
	return nil
}

// ReadManifest reads a manifest. What is not understood is an error: to leave
// it out would be to do something else than what was reviewed.
func ReadManifest(r io.Reader) (*Manifest, error) {
	m := &Manifest{}
	in := bufio.NewReader(r)
	for number := 1; ; number++ {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return nil, err
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := m.readLine(line); err != nil {
				return nil, fmt.Errorf("line %d: %w", number, err)
			}
		}
		if err == io.EOF {
			break
		}
	}
	if m.Head.Type == "" {
		return nil, errors.New("it has no head, and so is no manifest")
	}
	return m, m.check()
}

func (m *Manifest) readLine(line []byte) error {
	var kind struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(line, &kind); err != nil {
		return err
	}
	var err error
	switch {
	case kind.Type == headType && m.Head.Type == "":
		if err = decode(line, &m.Head); err == nil && m.Head.Schema != ManifestSchema {
			err = fmt.Errorf("the manifest is of the form %q, and this program reads %q", m.Head.Schema, ManifestSchema)
		}
	case m.Head.Type == "":
		err = errors.New("the head does not stand first")
	case kind.Type == articleType:
		var entry ArticleEntry
		err = decode(line, &entry)
		m.Articles = append(m.Articles, entry)
	case kind.Type == paragraphType:
		var entry ParagraphEntry
		err = decode(line, &entry)
		m.Paragraphs = append(m.Paragraphs, entry)
	default:
		err = fmt.Errorf("a line of the type %q", kind.Type)
	}
	return err
}

func decode(line []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// check holds that all entries speak of inputs that may be changed, that none is
// there twice, and that of each article that goes the one that was kept for it stays.
func (m *Manifest) check() error {
	gone := make(map[recordAt]bool)
	for i := range m.Articles {
		entry := &m.Articles[i]
		if err := m.mayChange(&entry.Place); err != nil {
			return err
		}
		if gone[entry.record()] {
			return fmt.Errorf("the article %q goes twice", entry.Key)
		}
		gone[entry.record()] = true
	}
	for i := range m.Articles {
		if entry := &m.Articles[i]; !entry.Kept.isInIndex() && gone[entry.Kept.record()] {
			return fmt.Errorf("the article %q goes for %q, which goes as well", entry.Key, entry.Kept.Key)
		}
	}
	for i := range m.Paragraphs {
		if err := m.mayChange(&m.Paragraphs[i].Place); err != nil {
			return err
		}
	}
	return nil
}

func (m *Manifest) mayChange(at *Place) error {
	if at.Input < 0 || at.Input >= len(m.Head.Inputs) || m.Head.Inputs[at.Input].Reference {
		return fmt.Errorf("the article %q is of no input that may be changed", at.Key)
	}
	return nil
}
