package main

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// generated returns the path of a corpus in the folder, written by write when
// it does not stand there yet.
func (s settings) generated(name string, write func(io.Writer) error) (string, error) {
	path := filepath.Join(s.folder, "newsdedup-bench-"+name+".jsonl")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	fmt.Fprintf(os.Stderr, "generating %s\n", path)
	file, err := os.Create(path + ".part")
	if err != nil {
		return "", err
	}
	buffered := bufio.NewWriterSize(file, 1<<20)
	for _, step := range []func() error{
		func() error { return write(buffered) }, buffered.Flush, file.Close,
		func() error { return os.Rename(path+".part", path) },
	} {
		if err := step(); err != nil {
			return "", err
		}
	}
	return path, nil
}

// news is originals, one in ten with a planted copy, furniture in a third.
func news(articles int) corpusgen.Options {
	options := corpusgen.DefaultOptions()
	options.Articles, options.Copies = articles, articles/10
	options.Operations = corpusgen.StandardOperations()
	return options
}

// articleBytes is about what one article of news takes as JSON, copies included.
const articleBytes = 2750

func writeNews(articles int) func(io.Writer) error {
	return func(w io.Writer) error { return corpusgen.WriteJSONL(w, corpusgen.New(news(articles)).All()) }
}

// repeated writes one text count times, under other names.
func repeated(count int, text func(i int) string) func(io.Writer) error {
	return func(w io.Writer) error {
		return corpusgen.WriteJSONL(w, iter.Seq[corpusgen.Article](func(yield func(corpusgen.Article) bool) {
			for i := range count {
				if !yield(corpusgen.Article{Key: fmt.Sprint(i), Text: text(i)}) {
					return
				}
			}
		}))
	}
}
