package dedup

import (
	"bytes"
	"unicode/utf8"
)

// evidence returns a passage, valid UTF-8, for a report: without the white
// space around it, and shortened to most characters.
func evidence(passage []byte, most int) string {
	passage = bytes.TrimSpace(passage)
	if len(passage) <= most {
		return string(passage)
	}
	count := 0
	for i, octet := range passage {
		if !utf8.RuneStart(octet) {
			continue
		}
		if count == most {
			return string(passage[:i]) + "…"
		}
		count++
	}
	return string(passage)
}
