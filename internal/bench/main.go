// Command bench times whole runs of newsdedup on generated news, against
// programs that do far less, and over growing corpora. It is run by
// "make bench-compare", "make bench-growth", "make bench-hot",
// "make bench-stages", "make bench-passages" and "make bench-formats", which say its arguments; nothing of it is part of
// newsdedup. The folders peers and stores, modules of their own, have the comparisons with
// other libraries and with other stores.
//
// Machines are shared and their speed drifts, so commands take turns (A B C,
// A B C, …), each round gives a ratio of its own, and what is printed is the
// median of the rounds with the least and the greatest beside it. A first round
// that warms the file cache is not counted.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// settings are what the command line says.
type settings struct {
	program string // newsdedup, built
	folder  string // of the generated corpora, which are kept for the next run
	rounds  int
	megas   int // MB of the compared corpus
	most    int // articles of the largest growing corpus
	hot     int // articles that share a text
}

func run(args []string) error {
	var s settings
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&s.program, "program", "bin/newsdedup", "the program that is timed")
	flags.StringVar(&s.folder, "folder", os.TempDir(), "where generated corpora are kept")
	flags.IntVar(&s.rounds, "rounds", 5, "rounds of all commands")
	flags.IntVar(&s.megas, "mb", 1000, "compare, stages, passages, formats: size of the corpus in MB")
	flags.IntVar(&s.most, "articles", 1000000, "growth, index: articles of the largest corpus")
	flags.IntVar(&s.hot, "copies", 100000, "hot, passages: articles that share a text, a paragraph or a template")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if min(s.rounds, s.megas, s.hot) < 1 || s.most < smallestShare {
		return fmt.Errorf("-rounds, -mb and -copies are at least 1, -articles at least %d", smallestShare)
	}
	switch flags.Arg(0) {
	case "compare":
		return compare(s)
	case "growth":
		return growth(s)
	case "hot":
		return hot(s)
	case "stages":
		return stages(s)
	case "passages":
		return passages(s)
	case "index":
		return overIndex(s)
	case "formats":
		return inFormats(s)
	case hashCommand:
		return hash(flags.Arg(1))
	case readCommand:
		return readAll(flags.Arg(1), flags.Arg(2))
	}
	return fmt.Errorf("%q is none of compare, growth, hot, stages, passages, formats", flags.Arg(0))
}
