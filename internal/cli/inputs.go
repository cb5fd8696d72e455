package cli

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// checkInputs returns an error if an input is named twice, under one name or
// several: each article would be a copy of itself. What cannot be looked at is
// told of when it is opened.
func checkInputs(names []string) error {
	type entry struct {
		name string
		info os.FileInfo
	}
	type trait struct { // equal for one file; spares comparing each with each
		size     int64
		modified time.Time
	}
	seen := make(map[trait][]entry)
	stdin := false
	for _, name := range names {
		if name == "-" {
			if stdin {
				return errors.New("standard input is named twice")
			}
			stdin = true
			continue
		}
		info, err := os.Stat(name)
		if err != nil {
			continue
		}
		key := trait{info.Size(), info.ModTime()}
		for _, other := range seen[key] {
			if os.SameFile(other.info, info) {
				return namedTwice(other.name, name)
			}
		}
		seen[key] = append(seen[key], entry{name, info})
	}
	return nil
}

func namedTwice(first, second string) error {
	if first == second {
		return fmt.Errorf("%q is named twice", first)
	}
	return fmt.Errorf("%q is named twice, the second time as %q", first, second)
}
