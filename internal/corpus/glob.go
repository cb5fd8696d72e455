package corpus

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// isPattern reports whether a name that is no file's may be meant as a pattern.
func isPattern(name string) bool { return strings.ContainsAny(name, "*?[{") }

// A match is what a pattern fits.
type match struct {
	name  string // below the folder of the pattern
	entry fs.DirEntry
}

// glob adds the files that the pattern fits, which the shell has not told:
// as if the folder had been named where the pattern begins to be one, and held
// nothing else. So what is hidden is left out, links are not followed, and
// articles are called by their paths from there.
func (c *collector) glob(pattern string) error {
	root, below := doublestar.SplitPattern(filepath.ToSlash(pattern))
	folder := &watchedFolder{dirFS: os.DirFS(root).(dirFS), root: root, failed: c.unreadable}
	var matches []match
	err := doublestar.GlobWalk(folder, below, func(name string, entry fs.DirEntry) error {
		matches = append(matches, match{name, entry})
		if entry.IsDir() {
			return fs.SkipDir // all of it is read
		}
		return nil
	}, doublestar.WithNoFollow(), doublestar.WithNoHidden())
	if err != nil {
		return fmt.Errorf("opening %q: no such file, and as a pattern it has an error", pattern)
	}
	if len(matches) == 0 {
		return fmt.Errorf("opening %q: no such file, and none that fits the pattern", pattern)
	}
	slices.SortFunc(matches, func(a, b match) int { return comparePaths(a.name, b.name) })
	folderBefore := ""
	for i, m := range matches {
		within := folderBefore == "." || folderBefore != "" && strings.HasPrefix(m.name, folderBefore+"/")
		if within || i > 0 && m.name == matches[i-1].name {
			continue
		}
		if !m.entry.IsDir() {
			c.found(filepath.Join(root, filepath.FromSlash(m.name)), m.name, m.entry)
			continue
		}
		folderBefore = m.name
		if err := c.walk(root, m.name); err != nil {
			return err
		}
	}
	return nil
}

// comparePaths orders paths as walks of folders do: by one folder after the other.
func comparePaths(a, b string) int {
	for {
		first, restOfA, moreOfA := strings.Cut(a, "/")
		second, restOfB, moreOfB := strings.Cut(b, "/")
		if order := cmp.Compare(first, second); order != 0 || !moreOfA || !moreOfB {
			return cmp.Or(order, len(a)-len(b))
		}
		a, b = restOfA, restOfB
	}
}

// A dirFS is what os.DirFS returns.
type dirFS interface {
	fs.StatFS
	fs.ReadDirFS
}

// A watchedFolder tells of the folders in it that cannot be read, which a
// pattern passes over.
type watchedFolder struct {
	dirFS
	root   string
	failed func(path string, err error)
}

func (w *watchedFolder) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := w.dirFS.ReadDir(name)
	if err != nil {
		w.failed(filepath.Join(w.root, filepath.FromSlash(name)), err)
	}
	return entries, err
}
