package corpus

import (
	"strconv"
	"strings"
	"time"
)

// layouts are the ways in which corpora write times, the usual first. A date
// whose day and month could be taken for each other ("03/04/2024") is none of
// them: it would be right by chance.
var layouts = []string{
	time.RFC3339,
	"2006-01-02T15:04:05",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05 -0700 MST",
	"2006-01-02 15:04:05 MST",
	"2006-01-02T15:04",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04:05Z07",
	"20060102T150405Z0700",
	"20060102T150405",
	"2006-01-02 15:04 MST",
	"2006-01-02 15:04",
	time.DateOnly,
	"2006/01/02",
	"2006/01/02 15:04:05",
	"20060102",
	"20060102150405",
	time.RFC1123,
	time.RFC1123Z,
	"Mon, 2 Jan 2006 15:04:05 MST",
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04 -0700",
	"Mon, 2 Jan 2006 15:04 MST",
	"Mon, 2 Jan 2006",
	"2 Jan 2006 15:04",
	"2 Jan 2006 15:04 -0700",
	"2 Jan 2006 15:04:05 MST",
	"2 Jan 2006 15:04:05 -0700",
	time.RFC850,
	time.ANSIC,
	time.UnixDate,
	"Mon Jan 02 15:04:05 -0700 2006",
	"2 January 2006",
	"2 Jan 2006",
	"January 2, 2006",
	"Jan 2, 2006",
	"January 2, 2006 15:04",
	"January 2, 2006, 3:04 PM",
	"January 2, 2006 3:04 PM",
	"02.01.2006",
	"02.01.2006 15:04",
	"02.01.2006 15:04:05",
	"Jan 2, 2006 15:04",
}

const (
	leastTimeBytes = len("20060102")
	mostTimeBytes  = 64
)

// time reads a point in time as corpora write it: ISO 8601, RFC 1123 and their
// like, a day, or the seconds or milliseconds since 1970. One without a zone is
// taken for UTC. What cannot be read is the zero time.
//
// A corpus writes all its times alike, so the layout that fitted last is tried first.
func (s *Scratch) time(value []byte) time.Time {
	if len(value) < leastTimeBytes || len(value) > mostTimeBytes {
		return time.Time{}
	}
	written, _, _ := strings.Cut(string(value), " (") // a zone's name behind its offset
	if s.layout != "" {
		if parsed, err := time.Parse(s.layout, written); err == nil {
			return inZone(parsed)
		}
	}
	if since, ok := sinceEpoch(written); ok {
		return toSecond(since)
	}
	for _, layout := range layouts {
		if parsed, err := time.Parse(layout, written); err == nil {
			s.layout = layout
			return inZone(parsed)
		}
	}
	return time.Time{}
}

// zones are the hours of those abbreviations that mean one zone wherever they
// stand in a mail's date (RFC 822). The others ("IST" is Indian, Irish or Israel's) mean several.
var zones = map[string]int{
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "BST": 1, "WET": 0, "WEST": 1, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9,
}

// inZone corrects a time whose zone is an abbreviation, which time.Parse reads as
// UTC unless it is the machine's own. The zero time where it is not known.
func inZone(parsed time.Time) time.Time {
	name, offset := parsed.Zone()
	if name == "" || name == "UTC" || name == "GMT" || name == "Z" || strings.Trim(name, "+-0123456789") == "" {
		return toSecond(parsed)
	}
	hours, known := zones[name]
	if !known {
		return time.Time{}
	}
	return toSecond(parsed.Add(time.Duration(offset)*time.Second - time.Duration(hours)*time.Hour))
}

func toSecond(at time.Time) time.Time { return at.UTC().Truncate(time.Second) }

// sinceEpoch reads seconds, or what has too many digits for them: milliseconds,
// micro- and nanoseconds. Fewer digits than those of 1973 are no such count.
func sinceEpoch(written string) (time.Time, bool) {
	whole, fraction, _ := strings.Cut(written, ".")
	count, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || count < 0 || strings.Trim(fraction, "0123456789") != "" {
		return time.Time{}, false
	}
	switch len(whole) {
	case 9, 10:
		return time.Unix(count, 0), true
	case 13:
		return time.UnixMilli(count), true
	case 16:
		return time.UnixMicro(count), true
	case 19:
		return time.Unix(0, count), true
	}
	return time.Time{}, false
}
