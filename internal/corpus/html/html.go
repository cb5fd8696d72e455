package html

import "github.com/newsdedup/newsdedup/internal/corpus"

// Format is one page a file.
func Format() corpus.Format {
	return corpus.Format{
		Name:    "html",
		Writing: &corpus.Writing{Whole: true},
		Open:    func(in *corpus.Stream) (corpus.Splitter, corpus.Decode) { return corpus.SplitNone(in), decode },
		Kept:    true, Binary: true,
	}
}

func decode(scratch *corpus.Scratch, record corpus.Record, origin corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
	contentType := ""
	if record.Offset > 0 { // behind a byte order mark, which the stream has passed over
		contentType = "text/html; charset=utf-8"
	}
	page := Extract(record.Data, contentType)
	article := corpus.Article{Body: page.Body, BodyLine: record.Line}
	scratch.Describe(&article, &page.Values)
	article.Key = origin.Name
	return article, true, page.Problems(record)
}
