package parquet

import (
	"fmt"
	"strconv"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// decode makes a row into an article. The names of the columns are those of
// the table, which stay as they are once the first row has been read.
func (s *splitter) decode(scratch *corpus.Scratch, record corpus.Record, origin corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
	values := readFrame(record.Data)
	if values[corpus.Text] == nil {
		return corpus.Article{}, false, []corpus.Problem{record.Problem(0, corpus.BadRecord, "the column %q is null, not a string", s.names[corpus.Text])}
	}
	replaced := 0
	for role, value := range values {
		if valid, count := corpus.Repair(value); count > 0 {
			values[role], replaced = valid, replaced+count
		}
	}
	article := corpus.Article{Body: values[corpus.Text], BodyLine: record.Line}
	scratch.Describe(&article, &values)
	var problems []corpus.Problem
	if article.Key == "" {
		problems = s.unnamed(scratch, &article, record, origin)
	}
	if replaced > 0 {
		problems = append(problems, record.Replaced(0, replaced))
	}
	return article, true, problems
}

// unnamed names an article without an identifier by its row where the file has
// none for any, which its splitter reports; else it says what is the matter.
func (s *splitter) unnamed(scratch *corpus.Scratch, article *corpus.Article, record corpus.Record, origin corpus.Origin) []corpus.Problem {
	name := s.names[corpus.ID]
	if name == "" {
		row := make([]byte, 0, 64)
		row = append(append(row, origin.Name...), ':')
		article.Key = scratch.Key(strconv.AppendInt(row, int64(record.Line), 10))
		return nil
	}
	state := "null"
	if values := readFrame(record.Data); values[corpus.ID] != nil {
		state = "empty"
	}
	return []corpus.Problem{record.Problem(0, corpus.UnnamedArticle, "%s", fmt.Sprintf("the column %q is %s, and so names no article", name, state))}
}
