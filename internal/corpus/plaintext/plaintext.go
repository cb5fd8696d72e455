// Package plaintext reads a file of text as one article.
//
// Its key is the file's name: below a folder, the path from there. Every byte
// is kept as it is, but those that are not UTF-8. Nothing tells a text from
// what it is not, so a file is read this way where its folder was named, or
// where the user asks for it.
//
// Cost: one look at each byte. A file without an error is not copied.
package plaintext

import "github.com/newsdedup/newsdedup/internal/corpus"

// Format is one article a file.
func Format() corpus.Format {
	return corpus.Format{
		Name: "text",
		Writing: &corpus.Writing{Whole: true, Body: func(_ corpus.Splitter, record corpus.Record) (from, to int, escaped, ok bool) {
			return 0, len(record.Data), false, true
		}},
		Open: func(in *corpus.Stream) (corpus.Splitter, corpus.Decode) { return corpus.SplitNone(in), decode },
	}
}

func decode(_ *corpus.Scratch, record corpus.Record, origin corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
	body, count := corpus.Repair(record.Data)
	article := corpus.Article{Key: origin.Name, Body: body, BodyLine: record.Line, Verbatim: true}
	if count == 0 {
		return article, true, nil
	}
	return article, true, []corpus.Problem{record.Replaced(corpus.FirstInvalid(record.Data), count)}
}
