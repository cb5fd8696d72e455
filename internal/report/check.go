package report

import (
	"fmt"
	"strconv"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// checkNote tells of a self-check, whose thresholds are named where they are not the
// report's.
func checkNote(c *dedup.Check, o dedup.Options) string {
	at := ""
	if c.Threshold != o.Threshold || c.Containment != o.Containment {
		at = fmt.Sprintf(", at a similarity of %s or a containment of %s",
			strconv.FormatFloat(c.Threshold, 'f', -1, 64), strconv.FormatFloat(c.Containment, 'f', -1, 64))
	}
	others := "all " + number(c.Others)
	if c.Others < c.Of {
		others = number(c.Others) + " of " + number(c.Of)
	}
	note := fmt.Sprintf("Checked without sampling: %s drawn at random %s %s with %s%s: ", count(c.Articles, "article"), have(c.Articles), count(c.Pairs, "pair"), others, at)
	if c.Articles == c.Others && c.Others == c.Of {
		note = fmt.Sprintf("Checked without sampling: all %s %s %s with each other%s: ", count(c.Articles, "text"), have(c.Articles), count(c.Pairs, "pair"), at)
	}
	switch missed := c.Pairs - c.Found; {
	case c.Pairs == 0:
		return note[:len(note)-len(": ")] + "."
	case missed == 0:
		return note + "found, all of them."
	default:
		return note + fmt.Sprintf("%s found, %s missed.", number(c.Found), number(missed))
	}
}

func have(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}
