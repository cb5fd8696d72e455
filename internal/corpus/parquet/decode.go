package parquet

import (
	"github.com/newsdedup/newsdedup/internal/corpus"
)

// decode makes a row into an article. The names of the columns are those of
// the table, which stay as they are once the first row has been read.
func (s *splitter) decode(scratch *corpus.Scratch, record corpus.Record, _ corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
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
	if replaced > 0 {
		problems = append(problems, record.Replaced(0, replaced))
	}
	return article, true, problems
}
