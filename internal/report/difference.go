package report

import (
	"strconv"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// appendLabel appends what a newsroom would call a pair, null where there is no word for it.
func appendLabel(b []byte, label dedup.Label) []byte {
	b = append(b, `,"label":`...)
	if label == "" {
		return append(b, "null"...)
	}
	return appendString(b, string(label))
}

// appendDifference appends how two articles differ, null for none.
func appendDifference(b []byte, d *dedup.Difference) []byte {
	if d == nil {
		return append(b, "null"...)
	}
	b = appendInt(append(b, `{"same":`...), d.Same)
	b = appendInt(append(b, `,"replaced":`...), d.Replaced)
	b = appendInt(append(b, `,"inserted":`...), d.Inserted)
	b = appendInt(append(b, `,"deleted":`...), d.Deleted)
	b = appendInt(append(b, `,"misread":`...), d.Misread)
	b = appendInt(append(b, `,"before":`...), d.Before)
	b = appendInt(append(b, `,"after":`...), d.After)
	b = appendInt(append(b, `,"inside":`...), d.Inside)
	b = strconv.AppendBool(append(b, `,"changes_listed":`...), d.Listed)
	b = append(b, `,"changes":[`...)
	for i, change := range d.Changes {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"kind":`...), string(change.Kind))
		b = appendString(append(b, `,"a":`...), change.A)
		b = appendString(append(b, `,"b":`...), change.B)
		b = appendInt(append(b, `,"a_line":`...), change.LineA)
		b = append(appendInt(append(b, `,"b_line":`...), change.LineB), '}')
	}
	return append(b, `]}`...)
}
