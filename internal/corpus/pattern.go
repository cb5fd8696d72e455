package corpus

import (
	"fmt"

	"github.com/bmatcuk/doublestar/v4"
)

// CheckPattern returns an error where a pattern of names has one.
func CheckPattern(pattern string) error {
	if pattern == "" || !doublestar.ValidatePattern(pattern) {
		return fmt.Errorf("%q is no pattern of names: one is like crawl/*.txt, or https://site.example/**", pattern)
	}
	return nil
}

// MatchName reports whether a pattern fits all of a name: * stands for what is between
// two slashes, ** for folders, {a,b} for either. It fits nothing where it has an error.
func MatchName(pattern, name string) bool { return doublestar.MatchUnvalidated(pattern, name) }
