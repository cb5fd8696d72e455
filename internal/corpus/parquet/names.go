package parquet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const (
	// maxListedNames is how many columns of a file a message lists: enough to
	// find the one that holds the text.
	maxListedNames = 12
	// maxShownBytes is how long a listed name may be before it is cut.
	maxShownBytes = 40
)

// noColumn says that the file has no such column, and what it has instead.
func noColumn(leaves []leaf, name string) string {
	var names []string
	for _, l := range leaves {
		if shown := showName(l.name); l.name != "" && !slices.Contains(names, shown) {
			names = append(names, shown)
		}
		if len(names) > maxListedNames {
			break
		}
	}
	if len(names) == 0 {
		return fmt.Sprintf("no column %q (this file has none)", name)
	}
	more := ""
	if len(names) > maxListedNames {
		names, more = names[:maxListedNames], ", …"
	}
	return fmt.Sprintf("no column %q (this file has: %s%s)", name, strings.Join(names, ", "), more)
}

// showName returns the name as it stands where it is a plain word, else quoted.
func showName(name string) string {
	cut := ""
	if len(name) > maxShownBytes {
		name, cut = strings.ToValidUTF8(name[:maxShownBytes], ""), "…"
	}
	if name != "" && strings.Trim(name, plainName) == "" {
		return name + cut
	}
	return strconv.Quote(name) + cut
}

// plainName are the bytes of a name that needs no quotes.
const plainName = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:@$/"
