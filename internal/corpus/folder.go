package corpus

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
)

// A Skipped is a file that is not read.
type Skipped struct {
	Path   string
	Reason string // one of those below, or of OwnIndex and OwnManifest
}

// Why a file is not read.
const (
	SymbolicLink  = "a symbolic link"
	SpecialFile   = "not a regular file"
	NoKnownFormat = "no known format"
	NamedTwice    = "named twice"
)

// folder adds the files below the folder, in lexical order. A link is not
// followed: it might lead out of the folder, or round in circles.
func (c *collector) folder(root string) error { return c.walk(root, ".") }

// walk adds the files below a folder that stands in the root, by their names
// from there.
func (c *collector) walk(root, start string) error {
	// Not of an fs.FS, which refuses names that are not UTF-8.
	// The separator follows a link that was named.
	return filepath.WalkDir(filepath.Join(root, filepath.FromSlash(start))+string(filepath.Separator), func(path string, entry fs.DirEntry, err error) error {
		name := start
		path = filepath.Clean(path)
		if below, relErr := filepath.Rel(root, path); relErr == nil {
			name = filepath.ToSlash(below)
		}
		if err != nil {
			if name == "." && start == "." {
				return fmt.Errorf("opening %q: %w", root, withoutPath(err))
			}
			c.unreadable(path, err)
			return nil
		}
		hidden := name != start && strings.HasPrefix(entry.Name(), ".")
		switch {
		case hidden && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir() && isIndex(path):
			if name == "." {
				return fmt.Errorf("opening %q: it is an index, and no folder of articles", root)
			}
			c.skipped = append(c.skipped, Skipped{path, OwnIndex})
			return fs.SkipDir
		case !hidden && !entry.IsDir():
			c.found(path, name, entry)
		}
		return nil
	})
}

// found adds a file of a folder, or leaves it out.
func (c *collector) found(path, name string, entry fs.DirEntry) {
	reason, err := c.reasonAgainst(path, entry)
	if reason != "" {
		c.skipped = append(c.skipped, Skipped{path, reason})
		return
	}
	info, infoErr := entry.Info()
	if err = cmp.Or(err, infoErr); err != nil {
		c.unreadable(path, err)
		return
	}
	if c.named != nil && c.skipTwice(path, c.named.addFound(path)) {
		return
	}
	c.inputs = append(c.inputs, input{
		path:     path,
		below:    name,
		origin:   originOf(name),
		inFolder: true, regular: true, size: info.Size(),
	})
}

// reasonAgainst returns why a file of a folder is not read, "" where it is.
func (c *collector) reasonAgainst(path string, entry fs.DirEntry) (string, error) {
	if entry.Type()&fs.ModeSymlink != 0 {
		return SymbolicLink, nil
	}
	if !entry.Type().IsRegular() {
		return SpecialFile, nil
	}
	if isManifest(path) {
		return OwnManifest, nil
	}
	switch c.catalog.Choose(compress.TrimSuffix(entry.Name())) {
	case Read:
		return "", nil
	case Sniff:
		known, err := c.isKnown(path)
		if known || err != nil {
			return "", err
		}
	}
	return NoKnownFormat, nil
}

// isKnown reports whether the format of the file can be told by its first bytes.
func (c *collector) isKnown(path string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	decompressed, _, err := c.decompressor.Open(file)
	if err != nil {
		return false, nil // it begins like gzip and goes on like nothing known
	}
	if c.head == nil {
		c.head = newStream(SniffBytes, func(Problem) {})
	}
	c.head.open(decompressed)
	if len(c.head.peek(SniffBytes)) == 0 {
		return false, nil
	}
	_, _, err = c.tell(c.head, Candidate{Name: compress.TrimSuffix(path), InFolder: true})
	return err == nil, nil
}

func (c *collector) unreadable(path string, err error) {
	c.problems = append(c.problems, Problem{
		Input: len(c.inputs), Path: path, Kind: Unreadable,
		Message: fmt.Sprintf("cannot be read: %v", withoutPath(err)),
	})
}
