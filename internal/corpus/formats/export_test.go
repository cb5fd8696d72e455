package formats

import "github.com/newsdedup/newsdedup/internal/corpus"

// Named returns the format of the name.
func Named(name string) *corpus.Format {
	c, err := newCatalog(corpus.Options{Format: name})
	if err != nil {
		panic(err)
	}
	return c.forced
}
