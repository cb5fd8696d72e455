package folder

import (
	"context"
	"io"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// An Entry is an article of a bundle.
type Entry struct {
	Name string // unique; as the bundle has it, but for one that stands twice
	Line int    // of its header
	Body []byte // valid until the next entry
}

// Problems are those of a bundle: the first of them, and how many more there are.
type Problems struct {
	Listed   []corpus.Problem
	Unlisted int
}

// Each calls visit with each entry of the bundle called name, "-" for stdin, in
// order. It returns the problems of the bundle: what was no part of an article
// or had to be read otherwise than it stands.
func Each(ctx context.Context, name string, stdin io.Reader, options corpus.Options, visit func(Entry) error) (problems Problems, err error) {
	source, err := open(name, stdin, options)
	if err != nil {
		return problems, err
	}
	defer source.Close()
	var log corpus.ProblemLog
	scratch := new(corpus.Scratch)
	for {
		record, err := source.Next(ctx)
		if err == io.EOF {
			break
		}
		if err != nil {
			return problems, err
		}
		article, ok, found := source.Decode(scratch, record)
		log.Add(found...)
		if !ok {
			continue
		}
		log.Add(source.Admit(&article)...)
		if err := visit(Entry{article.Key, article.Line, article.Body}); err != nil {
			return problems, err
		}
	}
	log.Add(source.Problems()...)
	problems.Listed = log.List()
	problems.Unlisted = log.Total + source.UnlistedProblems() - len(problems.Listed)
	return problems, nil
}
