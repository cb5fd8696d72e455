package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// dayArticles is how many articles a day brings to the index, and feedArticles how many of
// them come as a feed, one by one.
const (
	dayArticles  = 10000
	feedArticles = 500
)

// overIndex times what is done with an index of a tenth of the most articles, and of all of them.
func overIndex(s settings) error {
	for _, articles := range []int{s.most / 10, s.most} {
		if err := s.indexOf(articles); err != nil {
			return err
		}
	}
	return nil
}

// indexOf makes an index of so many articles, and holds a day of others against it.
func (s settings) indexOf(articles int) error {
	news, err := s.news(articles)
	if err != nil {
		return err
	}
	day, err := s.day()
	if err != nil {
		return err
	}
	one, err := s.generated("one", "jsonl", 1, repeated(1, func(int) string { return wordsOfNews(400) }))
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(s.folder, "newsdedup-bench-index-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "seen.nd")
	fmt.Printf("%d articles, two workers\n", articles)
	for _, step := range []struct {
		name string
		args []string
		of   int
	}{
		{"create", []string{"index", "create", path}, 1},
		{"add", []string{"index", "add", path, news.path}, articles},
		{"stat, which opens it", []string{"index", "stat", path}, 1},
		{"scan of one article", []string{"scan", one.path, "--index", path, "--format", "json"}, 1},
		{"scan of a day", []string{"scan", day.path, "--index", path, "--format", "json"}, day.articles},
		{"check", []string{"index", "check", path}, articles},
	} {
		spent, err := command{step.name, append([]string{s.program}, step.args...), []string{"GOMAXPROCS=2"}}.run()
		if err != nil {
			return err
		}
		fmt.Printf("  %-21s %8.3f s  CPU %8.3f s  %8.0f articles a CPU second  peak %4.0f MB\n", step.name,
			spent.wallSeconds(), spent.cpuSeconds(), float64(step.of)/spent.cpuSeconds(), spent.peakMB())
	}
	if err := tellSize(path, articles); err != nil {
		return err
	}
	return s.feed(path, day.path)
}

// day is articles of which one in eleven is a copy of another one of them; the originals are none of the archive's.
func (s settings) day() (corpusFile, error) {
	return s.generated(fmt.Sprintf("day-%d", dayArticles), "jsonl", dayArticles, func(w io.Writer) error {
		options := corpusgen.DefaultOptions()
		options.Seed, options.Copies = 2, dayArticles/11
		options.Articles, options.Operations = dayArticles-options.Copies, corpusgen.StandardOperations()
		return corpusgen.WriteJSONL(w, corpusgen.New(options).All())
	})
}

func tellSize(path string, articles int) error {
	files, err := filepath.Glob(filepath.Join(path, "*"))
	if err != nil {
		return err
	}
	size := int64(0)
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			return err
		}
		size += info.Size()
	}
	fmt.Printf("  %.0f MB, %.0f bytes an article, %d files\n", float64(size)/1e6, float64(size)/float64(articles), len(files))
	return nil
}

// feed sends articles one by one, each when the one before has been answered, and times the answers.
func (s settings) feed(path, day string) error {
	file, err := os.Open(day)
	if err != nil {
		return err
	}
	defer file.Close()
	cmd := exec.Command(s.program, "scan", "-", "--index", path, "--add", "--format", "jsonl")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	waits, err := answers(bufio.NewReaderSize(file, 1<<20), in, bufio.NewReaderSize(out, 1<<20))
	if err == nil {
		err = in.Close()
	}
	if err == nil {
		_, err = io.Copy(io.Discard, out)
	}
	if err := cmd.Wait(); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	slices.Sort(waits)
	fmt.Printf("  %d articles of a feed, one by one: answered within %v in the median, 99 of 100 within %v\n", len(waits),
		waits[len(waits)/2].Round(10*time.Microsecond), waits[len(waits)*99/100].Round(10*time.Microsecond))
	return nil
}

// answers sends lines, and waits for the line that ends the answer to each.
func answers(lines *bufio.Reader, in io.Writer, out *bufio.Reader) (waits []time.Duration, err error) {
	for range feedArticles {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return nil, err
		}
		begun := time.Now()
		if _, err := in.Write(line); err != nil {
			return nil, err
		}
		for ended := false; !ended; {
			said, err := out.ReadBytes('\n')
			if err != nil {
				return nil, err
			}
			var what struct{ Type string }
			if err := json.Unmarshal(said, &what); err != nil {
				return nil, err
			}
			ended = what.Type == "article"
		}
		waits = append(waits, time.Since(begun))
	}
	return waits, nil
}
