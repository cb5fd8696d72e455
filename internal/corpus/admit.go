package corpus

import (
	"fmt"
	"strconv"
)

// Unnamed is the key of an article without a name.
const Unnamed = "unnamed"

// names are the keys in use.
//
// Invariant: every key handed out is an entry, so no key is handed out twice.
type names map[string]standing

// A standing is what is known of a key.
type standing struct {
	input int32 // the last one in which an article bears it as its own name, -1 for none
	line  int32 // of the first such article of that input
	next  int32 // the number to be tried for the next article of that name
}

// Admit gives the article a key that no other article of the corpus has. The
// first to bear a name keeps it; the second becomes "name#2", the third
// "name#3", where no article is really called so: then the next number that is
// free. A name that stands twice in one input is a problem of the second;
// that two inputs use the same names is to be expected.
//
// Articles are admitted in the order of their records, each once.
func (c *Corpus) Admit(article *Article) []Problem {
	if c.names == nil {
		c.names = make(names)
	}
	if article.Key == "" {
		article.Key, _ = c.names.take(Unnamed, -1, 0)
		return nil
	}
	name := article.Key
	key, first := c.names.take(name, article.Input, article.Line)
	article.Key = key
	if first == 0 {
		return nil
	}
	return []Problem{{
		Input: article.Input, Path: article.Path, Line: article.Line, Offset: article.Offset,
		Kind:    DuplicateKey,
		Message: fmt.Sprintf("the name %q stands twice (first in line %d): this article is called %q", name, first, key),
	}}
}

// take returns a free key for an article of the name, and the line where the
// input already has an article of that name, 0 where it has none. Each number
// is tried once for each name, so n articles cost n steps whatever they are called.
func (n names) take(name string, input, line int) (key string, first int) {
	known, taken := n[name]
	if !taken {
		n[name] = standing{input: int32(input), line: int32(line), next: 2}
		return name, 0
	}
	if input >= 0 && known.input == int32(input) {
		first = int(known.line)
	} else if input >= 0 {
		known.input, known.line = int32(input), int32(line)
	}
	for {
		key = name + "#" + strconv.Itoa(int(known.next))
		known.next++
		if _, taken := n[key]; !taken {
			break
		}
	}
	n[name] = known
	n[key] = standing{input: -1, next: 2}
	return key, first
}
