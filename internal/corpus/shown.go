package corpus

import (
	"strconv"
	"strings"
)

// maxShownBytes is how long a name of a field may be before a message cuts it.
const maxShownBytes = 40

// ShowName returns the name of a field for the list of a message: as it stands
// where it is a plain word, else quoted, as its bytes may be anything.
func ShowName(name string) string {
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
