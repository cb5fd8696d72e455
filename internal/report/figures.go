package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// number writes a count with separators between the thousands.
func number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits
}

// count writes a count with its noun: "1 article", "2,000 articles", "no articles".
func count(n int, noun string) string {
	if n == 0 {
		return "no " + plural(n, noun)
	}
	return number(n) + " " + plural(n, noun)
}

// plural writes a noun in the number that n asks for.
func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	if stem, isStory := strings.CutSuffix(noun, "ry"); isStory {
		return stem + "ries"
	}
	return noun + "s"
}

// percent writes a share with one decimal where it has one. What is not whole
// never reads "100 %", and what is not nothing never reads "0 %".
func percent(share float64) string {
	switch tenths := math.Round(share * 1000); {
	case share < 1 && tenths >= 1000:
		return "99.9 %"
	case share > 0 && tenths < 1:
		return "under 0.1 %"
	default:
		return strconv.FormatFloat(tenths/10, 'f', -1, 64) + " %"
	}
}

// size writes a number of bytes in decimal units.
func size(bytes int64) string {
	if bytes < 1000 {
		return count(int(bytes), "byte")
	}
	value := float64(bytes)
	for _, unit := range []string{"kB", "MB", "GB", "TB"} {
		value /= 1000
		// 999.95 would be rounded to "1000.0".
		if value < 999.95 || unit == "TB" {
			return strconv.FormatFloat(value, 'f', 1, 64) + " " + unit
		}
	}
	panic("unreachable: the last unit takes every value")
}

// span writes first to last with an en dash, or one number where they are equal.
func span(first, last int) string {
	if first == last {
		return number(first)
	}
	return number(first) + "–" + number(last)
}

// listedNumbers bounds the numbers that enumeration writes out.
const listedNumbers = 8

// enumeration writes numbers as a sentence has them: "5, 9 and 14".
func enumeration(numbers []int) string {
	var words []string
	for _, n := range numbers[:min(len(numbers), listedNumbers)] {
		words = append(words, number(n))
	}
	if left := len(numbers) - len(words); left > 0 {
		return fmt.Sprintf("%s and %s more", strings.Join(words, ", "), number(left))
	}
	return conjunction(words)
}

// conjunction joins words as a sentence does: "a, b and c".
func conjunction(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// be is the verb for n things.
func be(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// were says what n things were, with their pronoun.
func were(n int) string {
	if n == 1 {
		return "it was"
	}
	return "they were"
}

// them stands for n things behind a preposition.
func them(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// copies is the noun for n articles that can be removed.
func copies(n int) string {
	if n == 1 {
		return "a copy"
	}
	return "copies"
}

// repeatOthers is the verb for n paragraphs that repeat others.
func repeatOthers(n int) string {
	if n == 1 {
		return "repeats another"
	}
	return "repeat others"
}

// alignRight pads ASCII labels on the left to one width.
func alignRight(labels []string) {
	widest := 0
	for _, label := range labels {
		widest = max(widest, len(label))
	}
	for i, label := range labels {
		labels[i] = spaces(widest-len(label)) + label
	}
}
