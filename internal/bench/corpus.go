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

// A corpusFile is a generated corpus.
type corpusFile struct {
	path     string
	articles int
	megas    float64
}

func (f corpusFile) perWallSecond(c cost) float64 { return f.megas / c.wallSeconds() }
func (f corpusFile) perCPUSecond(c cost) float64  { return f.megas / c.cpuSeconds() }

// corpusVersion is part of the names under which corpora are kept. Raise it when
// TestCorpora finds that what is generated has changed.
const corpusVersion = 1

// generated returns a corpus in the folder, written by write when it does not
// stand there yet. The name tells all that the corpus depends on.
func (s settings) generated(name, extension string, articles int, write func(io.Writer) error) (corpusFile, error) {
	path := filepath.Join(s.folder, fmt.Sprintf("newsdedup-bench-v%d-%s.%s", corpusVersion, name, extension))
	info, err := os.Stat(path)
	if err != nil {
		fmt.Fprintf(os.Stderr, "generating %s\n", path)
		if err := writeFile(path, write); err != nil {
			return corpusFile{}, err
		}
		if info, err = os.Stat(path); err != nil {
			return corpusFile{}, err
		}
	}
	return corpusFile{path, articles, float64(info.Size()) / 1e6}, nil
}

// writeFile leaves nothing half written under the path.
func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.Create(path + ".part")
	if err != nil {
		return err
	}
	defer file.Close() // of a failed step; twice is no harm
	buffered := bufio.NewWriterSize(file, 1<<20)
	for _, step := range []func() error{
		func() error { return write(buffered) }, buffered.Flush, file.Close,
		func() error { return os.Rename(path+".part", path) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// articleBytes is about what one article of news takes as JSON.
const articleBytes = 2535

// compared is the corpus of compare and of stages.
func (s settings) compared() (corpusFile, error) { return s.news(s.megas * 1000000 / articleBytes) }

// news is originals, one in ten with a planted copy, furniture in a third.
func (s settings) news(articles int) (corpusFile, error) {
	return s.generated(fmt.Sprintf("news-%d", articles), "jsonl", articles, func(w io.Writer) error {
		return corpusgen.WriteJSONL(w, newsOptions(articles).All())
	})
}

func newsOptions(articles int) *corpusgen.Generator {
	options := corpusgen.DefaultOptions()
	options.Copies = articles / 11
	options.Articles = articles - options.Copies
	options.Operations = corpusgen.StandardOperations()
	return corpusgen.New(options)
}

// repeated writes as many articles as asked for, of which text gives the words.
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
