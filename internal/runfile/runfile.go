// Package runfile writes a survey of a corpus to a file and reads it back, so that its findings
// can be told again at other thresholds without the corpus.
//
// A file is
//
//	newsdedup run 1⏎     the format's name and version
//	…                    a zstd frame: JSON values, one a line
//	8 bytes              XXH64 of all before, big-endian
//
// and the values, in this order,
//
//	{"program": …, "asked": …, "result": …, "articles": 3, "pairs": 2, "repeats": 0, "kin": …, "copies": …}
//	{"article": …, "text_hash": …}    as many as the first value says
//	{…}                               the pairs
//	{…}                               the repeats
//
// where result, article, pairs and repeats are dedup's own types, by the names of their fields. A
// reader passes over fields that it does not know. The version rises where a reader of the old
// one would be misled, and a reader refuses versions above its own.
//
//	1  the first
//
// The checksum is verified before anything is decoded, so that a file that was cut or changed is
// refused as a whole. Kinds, labels and classes are those of this program, or the file is refused too. The same survey gives the same bytes. A path that is not valid UTF-8, which
// some systems allow, is read back with U+FFFD in it.
//
// Cost: 30 to 100 bytes an article, and memory for the compressed file beside the survey. What a hostile
// file can ask for is bounded by its size.
package runfile

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// Version is that of the format.
const Version = 1

const (
	magic        = "newsdedup run "
	longestFirst = 32 // bytes of the first line
	checksumSize = 8

	// freeBytes are read of any file, decompressed, and mostPerByte for each byte of it besides: runs have 20, and
	// 65 where all articles are copies. Beyond, a file of 100 KB could ask for gigabytes of memory.
	freeBytes   = 16 << 20
	mostPerByte = 1000
)

// A Run is a survey and what it was asked for.
type Run struct {
	Program string        // the version that wrote it
	Asked   dedup.Options // of the scan's own report
	Survey  *dedup.Survey
}

// A head is the first value. The result is without what has values of its own.
type head struct {
	Program  string         `json:"program"`
	Asked    dedup.Options  `json:"asked"`
	Result   *dedup.Result  `json:"result"`
	Articles int            `json:"articles"`
	Pairs    int            `json:"pairs"`
	Repeats  int            `json:"repeats"`
	Kin      dedup.Kin      `json:"kin"`
	Copies   []dedup.Copies `json:"copies"`
}

type article struct {
	Article  dedup.ArticleInfo `json:"article"`
	TextHash uint64            `json:"text_hash"`
}

// Write writes the run. Clusters, which are made anew, and measured pairs are not kept.
func Write(w io.Writer, run *Run) error {
	sum := xxhash.New()
	out := bufio.NewWriterSize(io.MultiWriter(w, sum), 64<<10)
	fmt.Fprintf(out, "%s%d\n", magic, Version)
	packed, err := compress.NewWriter(compress.Zstd, out)
	if err != nil {
		return err
	}
	values := json.NewEncoder(packed)
	values.SetEscapeHTML(false)
	if err := encode(values, run); err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err = w.Write(binary.BigEndian.AppendUint64(nil, sum.Sum64()))
	return err
}

func encode(values *json.Encoder, run *Run) error {
	result := *run.Survey.Result
	result.Texts = nil // which the articles have
	first := head{
		Program: run.Program, Asked: run.Asked, Result: &result,
		Articles: len(result.Articles), Pairs: len(result.Pairs), Repeats: len(result.Repeats),
		Kin: run.Survey.Paragraphs, Copies: run.Survey.Copies,
	}
	articles, pairs, repeats := result.Articles, result.Pairs, result.Repeats
	result.Articles, result.Pairs, result.Repeats, result.Clusters = nil, nil, nil, nil
	if err := values.Encode(first); err != nil {
		return err
	}
	for id := range articles {
		if err := values.Encode(article{articles[id], run.Survey.TextHashes[id]}); err != nil {
			return err
		}
	}
	if err := encodeAll(values, pairs); err != nil {
		return err
	}
	return encodeAll(values, repeats)
}

func encodeAll[T any](values *json.Encoder, all []T) error {
	for i := range all {
		if err := values.Encode(&all[i]); err != nil {
			return err
		}
	}
	return nil
}

// ErrNoRun is the error of a file that is of another kind.
var ErrNoRun = errors.New("it is no saved run")

// Is reports whether a file that begins so is a run, of whatever version.
func Is(beginning []byte) bool { return bytes.HasPrefix(beginning, []byte(magic)) }

// Read reads a run. It refuses one of a newer version, and one that was changed since it was
// written.
func Read(r io.Reader) (*Run, error) {
	first := make([]byte, len(magic))
	if _, err := io.ReadFull(r, first); err != nil || !Is(first) {
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return nil, err
		}
		return nil, ErrNoRun
	}
	rest, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	written, body, found := bytes.Cut(rest, []byte("\n"))
	version, err := strconv.Atoi(string(written))
	switch {
	case !found || len(written) > longestFirst || err != nil || version < 1:
		return nil, ErrNoRun
	case version > Version:
		return nil, fmt.Errorf("it was written by a newer newsdedup: its version is %d, and up to %d is read", version, Version)
	case len(body) < checksumSize:
		return nil, errDamaged
	}
	body = body[:len(body)-checksumSize]
	sum := xxhash.New()
	sum.Write(first)
	sum.Write(rest[:len(rest)-checksumSize])
	if binary.BigEndian.Uint64(rest[len(rest)-checksumSize:]) != sum.Sum64() {
		return nil, errDamaged
	}
	return decode(body)
}

var errDamaged = errors.New("it was cut or changed after it was written")

func decode(body []byte) (*Run, error) {
	var decompressor compress.Decompressor
	defer decompressor.Close()
	values, _, err := decompressor.Open(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(io.LimitReader(values, freeBytes+mostPerByte*int64(len(body))))
	var first head
	if err := decoder.Decode(&first); err != nil {
		return nil, fmt.Errorf("decoding its head: %w", err)
	}
	if first.Result == nil {
		return nil, errors.New("decoding its head: there is no result")
	}
	survey := &dedup.Survey{Result: first.Result, Copies: first.Copies, Paragraphs: first.Kin}
	articles, err := decodeAll[article](decoder, first.Articles, "article")
	if err != nil {
		return nil, err
	}
	survey.Result.Passages, survey.Result.Stories = nil, nil
	for _, options := range []*dedup.Options{&first.Asked, &survey.Result.Options} { // of no story a run tells
		options.Stories, options.StoryWindow = dedup.NoStories, dedup.DefaultStoryWindow
	}
	for _, a := range articles {
		a.Article.Elsewhere = nil // which passages alone tell of, and none are kept
		survey.Result.Articles = append(survey.Result.Articles, a.Article)
		survey.TextHashes = append(survey.TextHashes, a.TextHash)
	}
	survey.Result.Texts = survey.TextHashes
	if survey.Result.Pairs, err = decodeAll[dedup.Pair](decoder, first.Pairs, "pair"); err != nil {
		return nil, err
	}
	if survey.Result.Repeats, err = decodeAll[dedup.Repeat](decoder, first.Repeats, "repeat"); err != nil {
		return nil, err
	}
	if err := check(survey); err != nil {
		return nil, err
	}
	return &Run{Program: strings.ToValidUTF8(first.Program, "\uFFFD"), Asked: first.Asked, Survey: survey}, nil
}

func decodeAll[T any](decoder *json.Decoder, count int, what string) ([]T, error) {
	var all []T
	for i := range count {
		var one T
		if err := decoder.Decode(&one); err != nil {
			return nil, fmt.Errorf("decoding %s %d of %d: %w", what, i+1, count, err)
		}
		all = append(all, one)
	}
	return all, nil
}

// check holds that every article that is spoken of is there: the file is intact, but
// its writer may not have been this program.
func check(survey *dedup.Survey) error {
	n := dedup.ArticleID(len(survey.Result.Articles))
	ok := true
	for _, pair := range survey.Result.Pairs {
		ok = ok && pair.A < pair.B && pair.B < n
	}
	for _, repeat := range survey.Result.Repeats {
		ok = ok && repeat.At.Article < n && repeat.Of.Article < n
	}
	for _, same := range survey.Copies {
		ok = ok && same.First < n
		for _, id := range same.Others {
			ok = ok && same.First < id && id < n
		}
	}
	if !ok {
		return errors.New("it speaks of articles that are not in it")
	}
	return checkWords(survey.Result)
}
