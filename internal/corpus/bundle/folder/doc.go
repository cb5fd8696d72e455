// Package folder turns a folder of files into a bundle and back, losing no
// byte: a bundle's article is a file, its name the path below the folder.
//
// Packing takes the regular files below a folder in lexical order, whatever
// they hold. As in a scan, hidden files and folders are left out and links are not
// followed; what was left out is told.
//
// Unpacking writes below one folder alone, whatever the names in the bundle:
// a name that leads outside, an absolute one, one with control characters is
// refused, and so is a link inside the folder that leads out of it (os.Root sees to
// it). A file that stands there already is never overwritten. All is written to
// a temporary folder first, in it or in the nearest folder above that exists, and moved when the bundle
// has been read to its end: of a bundle that is refused nothing is left. Into a
// folder that did not exist all files come at once; in one that did, each file
// appears whole, one after the other.
//
// Cost: one article in memory; the names of all of them.
package folder

import (
	"errors"
	"io"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/bundle"
)

// catalog knows bundles and nothing else, and gives their bytes as they are.
type catalog struct{ format corpus.Format }

func newCatalog() *catalog {
	format := bundle.Format()
	open := format.Open
	format.Open = func(in *corpus.Stream) (corpus.Splitter, corpus.Decode) {
		splitter, _ := open(in)
		return splitter, bundle.Raw
	}
	return &catalog{format}
}

// Choose is for folders, of which none is read.
func (c *catalog) Choose(string) corpus.Choice { return corpus.LeaveOut }

// Detect says what is no bundle.
func (c *catalog) Detect(input corpus.Candidate) (*corpus.Format, error) {
	if bundle.Find(input.Head) < 0 {
		return nil, errors.New("not a bundle (no line begins with <<<FILE)")
	}
	return &c.format, nil
}

// open returns the corpus of a bundle, "-" for standard input.
func open(name string, stdin io.Reader, options corpus.Options) (*corpus.Corpus, error) {
	return corpus.Open([]string{name}, stdin, newCatalog(), options)
}
