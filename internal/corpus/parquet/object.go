package parquet

import (
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// object is a row as a JSON object of all its columns that can be written as text, by
// their names: numbers as such, all else as strings. The text is that of the article.
func object(of corpus.Splitter, record corpus.Record, article *corpus.Article) []byte {
	s := of.(*splitter)
	if len(s.others) == 0 {
		return nil
	}
	rest := record.Data
	for range corpus.Roles {
		_, rest = nextFramed(rest)
	}
	values := make([][]byte, len(s.others))
	for i := range s.others {
		values[i], rest = nextFramed(rest)
	}
	body := s.textOf(values)
	var row corpus.Object
	for i, c := range s.others {
		switch name := c.leaf.name; {
		case i == body:
			row.AddText(name, string(article.Body))
		case values[i] == nil || len(values[i]) == 0 && c.leaf.kind != text:
			row.AddJSON(name, []byte("null"))
		case c.leaf.kind.isNumber():
			row.AddJSON(name, values[i])
		default:
			row.AddText(name, string(values[i]))
		}
	}
	return row.Bytes()
}

// textOf returns which of the columns has the article's text: of those that may, the
// first that is not null.
func (s *splitter) textOf(values [][]byte) int {
	for _, c := range s.texts {
		if at := slices.Index(s.others, c); at >= 0 && values[at] != nil {
			return at
		}
	}
	return -1
}

func (k kind) isNumber() bool { return slices.Contains([]kind{integer, unsigned, float, double}, k) }
