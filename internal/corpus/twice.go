package corpus

import "path/filepath"

// namedFiles are the files that have been named, by where they really are: a
// file that is reached by itself, through its folder and through a link is one
// file, and each of its articles would be a copy of itself. Two files of one
// content are two, also where a store keeps them once (hard links).
type namedFiles struct {
	seen map[string]struct{}
	// The folder last resolved, in which the next file mostly stands as well.
	folder, real string
}

// addFound reports whether a file of a folder is new, which is no link itself.
func (n *namedFiles) addFound(path string) bool {
	folder, name := filepath.Split(path)
	if folder != n.folder || n.real == "" {
		n.folder, n.real = folder, realPath(filepath.Clean(folder))
	}
	return n.add(filepath.Join(n.real, name))
}

func (n *namedFiles) add(real string) bool {
	if _, twice := n.seen[real]; twice {
		return false
	}
	if n.seen == nil {
		n.seen = make(map[string]struct{})
	}
	n.seen[real] = struct{}{}
	return true
}

// realPath returns the path of what is named without links in it; the name
// itself, where that cannot be told.
func realPath(name string) string {
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return name
	}
	if absolute, err := filepath.Abs(real); err == nil {
		return absolute
	}
	return real
}

// skipTwice leaves a file out that has been named before, and reports whether it did.
func (c *collector) skipTwice(path string, isNew bool) bool {
	if !isNew {
		c.skipped = append(c.skipped, Skipped{path, NamedTwice})
	}
	return !isNew
}
