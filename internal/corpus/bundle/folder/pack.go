package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/bundle"
)

// MostBytes is the size of the largest file that is packed: what is larger could not be
// read back.
const MostBytes = 256 << 20

// Packed is what became of a folder.
type Packed struct {
	Files int
	Left  []corpus.Skipped // not packed: links, special files
}

// Pack writes the files below the folder to out. The file that skip describes,
// which is the bundle that is being written, is not part of it; nil for none.
// Files are looked at before the first byte is written, so that a name that no
// bundle can hold leaves nothing half done.
func Pack(ctx context.Context, root string, out io.Writer, skip os.FileInfo) (Packed, error) {
	var packed Packed
	names, err := packed.find(root, skip)
	if err != nil {
		return packed, err
	}
	below, err := os.OpenRoot(root)
	if err != nil {
		return packed, fmt.Errorf("opening %q: %w", root, cause(err))
	}
	defer below.Close()
	w := bundle.NewWriter(out)
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return packed, err
		}
		body, err := below.ReadFile(name)
		if err != nil {
			return packed, fmt.Errorf("reading %q: %w", name, cause(err))
		}
		if err := w.Write(name, body); err != nil {
			return packed, err
		}
		packed.Files++
	}
	return packed, nil
}

// find returns the names of the files, in lexical order.
func (p *Packed) find(root string, skip os.FileInfo) (names []string, err error) {
	switch info, err := os.Stat(root); {
	case err != nil:
		return nil, fmt.Errorf("opening %q: %w", root, cause(err))
	case !info.IsDir():
		return nil, fmt.Errorf("%q is not a folder", root)
	}
	var errs []error
	err = fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(entry.Name(), ".")
		switch {
		case err != nil:
			return fmt.Errorf("reading %q: %w", filepath.Join(root, filepath.FromSlash(name)), cause(err))
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden || entry.IsDir():
			return nil
		}
		ok, err := p.takes(name, entry, skip)
		errs = append(errs, err)
		if ok {
			names = append(names, name)
		}
		return nil
	})
	return names, errors.Join(append(errs, err)...)
}

// takes reports whether a file is packed.
func (p *Packed) takes(name string, entry fs.DirEntry, skip os.FileInfo) (bool, error) {
	switch {
	case entry.Type()&fs.ModeSymlink != 0:
		p.Left = append(p.Left, corpus.Skipped{Path: name, Reason: corpus.SymbolicLink})
		return false, nil
	case !entry.Type().IsRegular():
		p.Left = append(p.Left, corpus.Skipped{Path: name, Reason: corpus.SpecialFile})
		return false, nil
	}
	info, err := entry.Info()
	switch {
	case err != nil:
		return false, fmt.Errorf("reading %q: %w", name, cause(err))
	case skip != nil && os.SameFile(info, skip):
		p.Left = append(p.Left, corpus.Skipped{Path: name, Reason: "the bundle that is being written"})
		return false, nil
	case info.Size() > MostBytes:
		return false, fmt.Errorf("%q has %d bytes, and an article of a bundle at most %d", name, info.Size(), MostBytes)
	}
	return true, bundle.CheckName(name)
}

// cause returns the cause of a file system error, whose path the caller states.
func cause(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	if linkError, ok := errors.AsType[*os.LinkError](err); ok {
		return linkError.Err
	}
	return err
}
