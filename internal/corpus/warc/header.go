package warc

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// A header is named fields, as HTTP and WARC write them, in their order.
type header []field

type field struct{ name, value string }

// get returns the value of the first field of the name, "" where there is none.
func (h header) get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// maxFields bounds the fields of a header that are kept: servers send a few dozen.
const maxFields = 500

// readHeader reads the lines up to a blank one, and returns the first of them,
// the fields of the others, and where what follows the blank line begins: the
// end of the data, where there is none. A line ends in a line feed, before
// which any number of carriage returns may stand. A line without a colon is
// passed over, one that begins with a blank goes on with the one before.
func readHeader(data []byte) (first string, fields header, end int) {
	for number := 0; end < len(data); number++ {
		line, next := lineAt(data, end)
		end = next
		switch {
		case len(line) == 0 && number > 0:
			return first, fields, end
		case number == 0:
			first = string(line)
		case len(line) > 0 && (line[0] == ' ' || line[0] == '\t') && len(fields) > 0:
			last := &fields[len(fields)-1]
			last.value = strings.TrimSpace(last.value + " " + string(bytes.TrimSpace(line)))
		default:
			if name, value, ok := bytes.Cut(line, []byte{':'}); ok && len(fields) < maxFields {
				fields = append(fields, field{string(bytes.TrimSpace(name)), string(bytes.TrimSpace(value))})
			}
		}
	}
	return first, fields, end
}

// lineAt returns the line that begins at the given byte, without its end, and
// where the next one does.
func lineAt(data []byte, at int) (line []byte, next int) {
	line = data[at:]
	next = len(data)
	if length := bytes.IndexByte(line, '\n'); length >= 0 {
		line, next = line[:length], at+length+1
	}
	return bytes.TrimRight(line, "\r"), next
}

// An arcLine is the line above a document in an ARC file:
//
//	URL IP-address date content-type length
//	URL IP-address date content-type status checksum location offset filename length
//
// in version 1 and 2. The URL may hold blanks, so the line is read from the
// date, which has 14 digits mostly, and the address before it.
type arcLine struct{ url, contentType, length string }

const (
	leastDateDigits = 8
	mostDateDigits  = 18
)

// parseARC reads the line, and reports whether it is one: whatever its length
// says, which may be broken.
func parseARC(line []byte) (arcLine, bool) {
	if len(line) > maxLine || !hasScheme(line) {
		return arcLine{}, false
	}
	fields := strings.Split(string(line), " ")
	for i := len(fields) - 3; i >= 2; i-- {
		if isDate(fields[i]) && isAddress(fields[i-1]) {
			return arcLine{strings.Join(fields[:i-1], " "), fields[i+1], fields[len(fields)-1]}, true
		}
	}
	return arcLine{}, false
}

// hasScheme reports whether the line begins as a URL does.
func hasScheme(line []byte) bool {
	scheme, _, ok := bytes.Cut(line[:min(len(line), 32)], []byte{':'})
	return ok && len(scheme) > 0 && len(bytes.Trim(scheme, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.")) == 0
}

func isDate(s string) bool {
	return len(s) >= leastDateDigits && len(s) <= mostDateDigits && strings.Trim(s, "0123456789") == ""
}

// isAddress reports whether it might be that of a host, of either version.
func isAddress(s string) bool {
	return s == "-" || strings.ContainsAny(s, ".:") && strings.Trim(s, "0123456789abcdefABCDEF.:") == ""
}

// parseLength reads the length of a content, or says what is wrong with it.
func parseLength(written string) (length int64, fault string) {
	length, err := strconv.ParseInt(written, 10, 64)
	switch {
	case written == "":
		return 0, "it has no Content-Length"
	case err != nil || length < 0:
		return 0, fmt.Sprintf("its length is %.40q, which is no number of bytes", written)
	}
	return length, ""
}
