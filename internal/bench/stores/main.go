// Command stores measures what the index of newsdedup could be kept in: Pebble, bbolt and SQLite (modernc.org, without
// cgo), beside the segments of package index, all with the same articles. It is run by "make bench-stores"; it is a
// module of its own, so that nothing of this is needed to build newsdedup.
//
// What an index has of an article: its text, in blocks that are compressed alike for all stores; a row of 108 bytes; and
// some ninety samples and fifteen hashes (of paragraphs, the text, the name), each of which leads to the articles that
// have it. A question is all of these of one article, and the row and the block of the one that has most.
//
// The other stores are handed ready sketches, and only what they do is timed. The segments are used as newsdedup uses
// them, so their figures have the making of sketches in them, which is told beside.
package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "stores:", err)
		os.Exit(1)
	}
}

// A store is one of those that are measured.
type store interface {
	// add adds articles at once: all of them are there afterwards, however the machine ends.
	add(ctx context.Context, articles []corpusgen.Article) (spent, error)
	// ask returns how many articles have something of this one.
	ask(ctx context.Context, article corpusgen.Article) (int, spent, error)
	close() error
}

// settings are what the command line says.
type settings struct {
	articles, batch, questions int
	limit                      time.Duration
}

func run(ctx context.Context) error {
	var s settings
	names := flag.String("stores", "segments,pebble,bbolt,sqlite", "which to measure")
	flag.IntVar(&s.articles, "articles", 100000, "articles to add")
	flag.IntVar(&s.batch, "batch", 10000, "articles that are added at once")
	flag.IntVar(&s.questions, "questions", 1000, "articles that are asked about")
	flag.DurationVar(&s.limit, "limit", 5*time.Minute, "the longest that a store may take to add them")
	flag.Parse()
	folder, err := os.MkdirTemp("", "newsdedup-stores-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	fmt.Println("store     articles   added/s  /CPU s  last batch/s  bytes/article   opens in  questions/s  /CPU s   one more")
	for _, name := range strings.Split(*names, ",") {
		open, known := stores[name]
		if !known {
			return fmt.Errorf("%q is no store", name)
		}
		path := filepath.Join(folder, name)
		if err := s.measure(ctx, name, func() (store, error) { return open(path) }, path); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

var stores = map[string]func(path string) (store, error){
	"segments": openSegments, "pebble": openPebble, "bbolt": openBolt, "sqlite": openSQLite,
}

// generator has the articles, and behind them those that are asked about: in eleven there is one copy of an earlier one.
func generator(articles int) *corpusgen.Generator {
	options := corpusgen.DefaultOptions()
	options.Articles, options.Copies = articles, articles/10
	options.Operations = corpusgen.StandardOperations()
	return corpusgen.New(options)
}

func (s settings) measure(ctx context.Context, name string, open func() (store, error), path string) error {
	made := generator(s.articles)
	x, err := open()
	if err != nil {
		return err
	}
	var took, last spent
	done := 0
	for done < s.articles && took.wall < s.limit {
		var batch []corpusgen.Article
		for i := range s.batch {
			batch = append(batch, made.Article(done+i))
		}
		if last, err = x.add(ctx, batch); err != nil {
			return err
		}
		took.add(last)
		done += s.batch
	}
	if err := x.close(); err != nil {
		return err
	}
	begun := time.Now()
	if x, err = open(); err != nil {
		return err
	}
	opened := time.Since(begun)
	var asked spent
	for i := range s.questions { // of originals, copies alone are behind the articles
		_, answered, err := x.ask(ctx, made.Article(s.articles+i%(s.articles/10)))
		if err != nil {
			return err
		}
		asked.add(answered)
	}
	size, err := sizeOf(path)
	if err != nil {
		return err
	}
	var single spent
	const singles = 20
	for i := range singles {
		one := made.Article(i)
		one.Key += "/again"
		one.Text = "Another beginning.\n" + one.Text
		spent, err := x.add(ctx, []corpusgen.Article{one})
		if err != nil {
			return err
		}
		single.add(spent)
	}
	rate := func(things int, in time.Duration) float64 { return float64(things) / in.Seconds() }
	fmt.Printf("%-9s %8d  %8.0f  %6.0f  %12.0f  %13.0f  %9v  %11.0f  %6.0f  %9v\n", name, done, rate(done, took.wall), rate(done, took.cpu), rate(s.batch, last.wall),
		float64(size)/float64(done), opened.Round(10*time.Microsecond), rate(s.questions, asked.wall), rate(s.questions, asked.cpu), (single.wall / singles).Round(10*time.Microsecond))
	return x.close()
}

func sizeOf(path string) (size int64, err error) {
	err = filepath.WalkDir(path, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}
