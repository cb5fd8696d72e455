package jsonl

import "github.com/newsdedup/newsdedup/internal/corpus"

// bodyAt returns where the text of a record is written: inside its quotes.
func (d *decoder) bodyAt(_ corpus.Splitter, record corpus.Record) (from, to int, escaped, ok bool) {
	found := members{names: d.names, ofBody: noBody}
	if !findAll(record.Data, &found) {
		return 0, 0, true, false
	}
	written, _ := found.of(corpus.Text)
	if written == nil {
		return 0, 0, true, false
	}
	l := written.literal()
	from = cap(record.Data) - cap(l) // an alias of the record's memory, which reaches as far
	return from, from + len(l), true, true
}
