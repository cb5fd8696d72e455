package corpus

import (
	"fmt"
	"strconv"
)

// Admit gives the article a key that no other article of the corpus has. The
// first to bear a name keeps it; the second becomes "name#2", the third
// "name#3", where no article is really called so: then the next number that is
// free. A name that stands twice in one input is a problem of the second, unless
// its format lets keys repeat; that two inputs use the same names is to be
// expected.
//
// Articles are admitted in the order of their records, each once.
func (c *Corpus) Admit(article *Article) []Problem {
	if article.Key == "" {
		article.Key, _ = c.names.take(c.placeOf(article), -1, 0)
		return nil
	}
	name := article.Key
	key, first := c.names.take(name, article.Input, article.Line)
	article.Key = key
	if first == 0 || c.keysRepeat(article.Input) {
		return nil
	}
	return []Problem{{
		Input: article.Input, Path: article.Path, Line: article.Line, Offset: article.Offset,
		Kind:    DuplicateKey,
		Message: fmt.Sprintf("the name %q stands twice (first in line %d): this article is called %q", name, first, key),
	}}
}

func (c *Corpus) keysRepeat(input int) bool {
	return input < len(c.inputs) && c.inputs[input].format != nil && c.inputs[input].format.KeysRepeat
}

// placeOf names an article that has no name by where it stands.
func (c *Corpus) placeOf(article *Article) string {
	name := article.Path
	if article.Input < len(c.inputs) {
		name = c.inputs[article.Input].origin.Name
	}
	return name + ":" + strconv.Itoa(article.Line)
}
