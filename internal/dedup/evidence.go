package dedup

import "bytes"

// evidence returns a passage for a report: without the white space around it,
// and shortened to most characters.
func evidence(passage []byte, most int) string {
	passage = bytes.TrimSpace(passage)
	if len(passage) <= most {
		return string(passage)
	}
	count := 0
	for i := range string(passage) {
		if count == most {
			return string(passage[:i]) + "…"
		}
		count++
	}
	return string(passage)
}
