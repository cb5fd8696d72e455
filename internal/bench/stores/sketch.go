package main

import (
	"encoding/binary"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A sketched is what a store is handed of an article.
type sketched struct {
	row    []byte
	keys   []uint64 // samples, and hashes with the highest bit set; each once
	weight []byte   // by key
}

// rowBytes is the length of a row of package index without its checksum.
const rowBytes = 108

// A sketcher makes ready what the other stores keep.
type sketcher struct {
	sketcher *dedup.Sketcher
	packer   compress.Packer
	articles uint32
	blocks   uint32
}

func newSketcher() *sketcher { return &sketcher{sketcher: dedup.NewSketcher(dedup.DefaultOptions())} }

const hashFlag = 1 << 63

func (s *sketcher) sketch(article corpusgen.Article) sketched {
	sketch := s.sketcher.Sketch([]byte(article.Text))
	weights := make(map[uint64]byte)
	for _, sample := range sketch.Samples {
		weights[sample.Key] += sample.Weight
	}
	for _, paragraph := range sketch.Paragraphs {
		weights[paragraph.Hash|hashFlag] = 0
	}
	weights[sketch.TextHash|hashFlag] = 0
	row := binary.LittleEndian.AppendUint64(nil, sketch.TextHash)
	for _, word := range sketch.Outline.Map {
		row = binary.LittleEndian.AppendUint64(row, word)
	}
	made := sketched{row: append(row, make([]byte, rowBytes-len(row))...)}
	for key := range weights {
		made.keys = append(made.keys, key)
	}
	slices.Sort(made.keys)
	for _, key := range made.keys {
		made.weight = append(made.weight, weights[key])
	}
	return made
}

// blockBytes is how much text is compressed at once, as in package index.
const blockBytes = 32 << 10

// sketchAll sketches articles, puts into their rows in which block they stand, and makes the blocks.
func (s *sketcher) sketchAll(articles []corpusgen.Article) (all []sketched, blocks [][]byte, err error) {
	var text []byte
	flush := func() error {
		block, err := s.packer.Append(nil, text)
		blocks, text = append(blocks, block), text[:0]
		return err
	}
	for _, article := range articles {
		if len(text) >= blockBytes {
			if err := flush(); err != nil {
				return nil, nil, err
			}
		}
		made := s.sketch(article)
		binary.LittleEndian.PutUint32(made.row[rowBytes-4:], s.blocks+uint32(len(blocks)))
		all, text = append(all, made), append(text, article.Text...)
	}
	return all, blocks, flush()
}

// mostPostings bounds the articles that are read of one key, as package index does.
const mostPostings = dedup.HotSample

// Votes count what articles have of the one that is asked about.
type votes map[uint32]int

// most is the article that has most of it, the first of several.
func (v votes) most() (article uint32) {
	best := 0
	for one, count := range v {
		if count > best || count == best && one < article {
			article, best = one, count
		}
	}
	return article
}
