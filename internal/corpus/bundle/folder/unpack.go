package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// Unpacked is what became of a bundle.
type Unpacked struct {
	Files    int
	Problems Problems
}

// Unpack writes each article of the bundle called name, "-" for stdin, to a
// file below the folder, which is made where it does not exist, and so are those
// that it is to stand in. Of an error
// nothing is left in the folder, unless it is one of moving files into their
// places.
func Unpack(ctx context.Context, name string, stdin io.Reader, options corpus.Options, to string) (Unpacked, error) {
	target, err := newTarget(to)
	if err != nil {
		return Unpacked{}, err
	}
	defer target.remove()
	problems, err := Each(ctx, name, stdin, options, target.add)
	if err == nil && len(target.names) > 0 {
		err = target.move()
	}
	return Unpacked{len(target.names), problems}, err
}

// A target is the folder that is unpacked into, and the one that is filled first.
type target struct {
	path    string
	exists  bool
	place   *os.Root // the folder, where it exists
	filled  string   // path of the temporary one, in which is the one that is filled
	filling *os.Root // that one
	names   []string
}

// filling is the name of the folder that is filled: one that was made with the
// rights that any new folder gets, which a temporary one has not.
const filling = "files"

func newTarget(to string) (t *target, err error) {
	t = &target{path: to}
	info, err := os.Stat(to)
	switch {
	case err == nil && !info.IsDir():
		return nil, fmt.Errorf("%q is not a folder", to)
	case err == nil:
		t.exists = true
		if t.place, err = os.OpenRoot(to); err != nil {
			return nil, fmt.Errorf("opening %q: %w", to, cause(err))
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("opening %q: %w", to, cause(err))
	}
	if err := t.open(existing(to)); err != nil {
		t.remove()
		return nil, err
	}
	return t, nil
}

// existing returns the folder if it exists, else the nearest that it is to
// stand in and that does: both are on one file system then.
func existing(folder string) string {
	for folder = filepath.Clean(folder); ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) || folder == filepath.Dir(folder) {
			return folder
		}
	}
}

// open makes the temporary folder in the given one.
func (t *target) open(in string) (err error) {
	if t.filled, err = os.MkdirTemp(in, ".newsdedup-unpack-*"); err != nil {
		return fmt.Errorf("making a folder in %q: %w", in, cause(err))
	}
	files := filepath.Join(t.filled, filling)
	if err = os.Mkdir(files, 0o777); err == nil {
		t.filling, err = os.OpenRoot(files)
	}
	if err != nil {
		return fmt.Errorf("making %q: %w", files, cause(err))
	}
	return nil
}

// add writes an entry to the temporary folder.
func (t *target) add(entry Entry) error {
	name, err := fileOf(entry.Name)
	if err == nil && t.exists {
		err = t.mustBeFree(name)
	}
	if err == nil {
		err = t.write(name, entry.Body)
	}
	if err != nil {
		return fmt.Errorf("unpacking %q (line %d): %w", entry.Name, entry.Line, err)
	}
	t.names = append(t.names, name)
	return nil
}

func (t *target) mustBeFree(name string) error {
	switch _, err := t.place.Lstat(name); {
	case err == nil:
		return fmt.Errorf("%s exists already, and is not overwritten", filepath.Join(t.path, filepath.FromSlash(name)))
	case !errors.Is(err, fs.ErrNotExist):
		return cause(err)
	}
	return nil
}

func (t *target) write(name string, body []byte) error {
	if err := t.filling.MkdirAll(path.Dir(name), 0o777); err != nil {
		return fmt.Errorf("making its folder: %w", cause(err))
	}
	file, err := t.filling.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return cause(err)
	}
	_, err = file.Write(body)
	return cause(errors.Join(err, file.Close()))
}

// fileOf returns the file that an article's name stands for, which is below the
// folder, or says why there is none.
func fileOf(name string) (string, error) {
	clean := path.Clean(name)
	switch {
	case strings.ContainsFunc(name, unicode.IsControl):
		return "", errors.New("the name holds control characters")
	case strings.HasPrefix(name, "/") || !fs.ValidPath(clean) || !filepath.IsLocal(filepath.FromSlash(clean)):
		return "", errors.New("the name leads out of the folder")
	case clean == "." || strings.HasSuffix(name, "/"):
		return "", errors.New("the name is that of a folder")
	}
	return clean, nil
}

// move puts what was written into its place.
func (t *target) move() error {
	t.filling.Close()
	if !t.exists {
		err := os.MkdirAll(filepath.Dir(filepath.Clean(t.path)), 0o777)
		if err == nil {
			err = os.Rename(filepath.Join(t.filled, filling), t.path)
		}
		if err != nil {
			return fmt.Errorf("making %q: %w", t.path, cause(err))
		}
		return nil
	}
	for _, name := range t.names {
		if err := t.moveFile(name); err != nil {
			return fmt.Errorf("writing %q: %w", filepath.Join(t.path, filepath.FromSlash(name)), cause(err))
		}
	}
	return nil
}

// moveFile links the file into its place, which fails where one stands, as a
// rename would not.
func (t *target) moveFile(name string) error {
	if err := t.place.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	from := path.Join(filepath.Base(t.filled), filling, name)
	if err := t.place.Link(from, name); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return t.rename(from, name) // a file system without links
}

// rename moves a file into its place, where it first takes the name: none
// that stands there is so overwritten, even if it was made a moment ago.
func (t *target) rename(from, name string) error {
	taken, err := t.place.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if err = taken.Close(); err == nil {
		err = t.place.Rename(from, name)
	}
	if err != nil {
		t.place.Remove(name) // which is empty
	}
	return err
}

// remove leaves nothing of the temporary folder, however far it was made.
func (t *target) remove() {
	if t.filling != nil {
		t.filling.Close()
	}
	if t.place != nil {
		t.place.Close()
	}
	if t.filled != "" {
		os.RemoveAll(t.filled)
	}
}
