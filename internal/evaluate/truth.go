package evaluate

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A Labelled is what somebody says of two articles, by their names.
type Labelled struct {
	A, B  string
	Label string // "" where the line has none
	Line  int    // of the file, from 1
}

// A Grouped is an article and its group.
type Grouped struct {
	Article, Group string
	Line           int
}

// ReadPairs reads pairs, one a line: two names and a label parted by tabs, of
// which the label may be missing and more columns may follow. Lines that begin with
// "#" and empty ones are passed over, and so is a byte order mark. An error begins with its
// line: "line 7: …".
func ReadPairs(r io.Reader) (pairs []Labelled, err error) {
	err = eachLine(r, func(line int, columns []string) error {
		if len(columns) < 2 || columns[0] == "" || columns[1] == "" {
			return errors.New("not two names parted by a tab")
		}
		if columns[0] == columns[1] {
			return fmt.Errorf("%q is paired with itself", columns[0])
		}
		pair := Labelled{A: columns[0], B: columns[1], Line: line}
		if len(columns) > 2 {
			pair.Label = columns[2]
		}
		pairs = append(pairs, pair)
		return nil
	})
	return pairs, err
}

// ReadGroups reads groups, one article a line: its name and that of its group,
// parted by a tab, else as ReadPairs. An article in two groups is an error.
func ReadGroups(r io.Reader) (groups []Grouped, err error) {
	first := make(map[string]int)
	err = eachLine(r, func(line int, columns []string) error {
		if len(columns) < 2 || columns[0] == "" || columns[1] == "" {
			return errors.New("not a name and a group parted by a tab")
		}
		if before, known := first[columns[0]]; known {
			return fmt.Errorf("%q stands in line %d already", columns[0], before)
		}
		first[columns[0]] = line
		groups = append(groups, Grouped{Article: columns[0], Group: columns[1], Line: line})
		return nil
	})
	return groups, err
}

// longestLine bounds a line, in bytes: two names of the longest kind and a label
// take some kilobytes.
const longestLine = 1 << 20

func eachLine(r io.Reader, visit func(line int, columns []string) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	number := 0
	for lines.Scan() {
		number++
		text := strings.TrimSuffix(lines.Text(), "\r")
		if number == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if strings.HasPrefix(text, "#") || strings.TrimSpace(text) == "" {
			continue
		}
		if !utf8.ValidString(text) {
			return fmt.Errorf("line %d: not valid UTF-8", number)
		}
		if err := visit(number, strings.Split(text, "\t")); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("line %d: %w", number+1, err)
	}
	return nil
}
