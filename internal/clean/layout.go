package clean

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A Layout is where the outputs of a run go.
type Layout struct {
	Out      string // the file or folder
	Manifest string // "" for none
	Folder   bool
	Merged   bool     // all inputs go into the file, one behind the other
	Names    []string // of each input below Out; "" of those of the reference
}

// NewLayout tells where each input goes: a single file becomes the file OUT,
// unless OUT is a folder or ends in a slash; everything else goes below the
// folder OUT, the files of one folder where they stood in it, and of several below the
// name of each. With merge a file it is whatever the inputs are, and all of them go
// into it. No output is an input.
//
// rename makes of the name of an input that of its output.
func NewLayout(out, manifest string, merge bool, inputs []corpus.InputInfo, isReference func(input int) bool, rename func(corpus.InputInfo) string) (*Layout, error) {
	l := &Layout{Out: filepath.Clean(out), Manifest: manifest, Names: make([]string, len(inputs))}
	var changed []int
	arguments := make(map[int]bool)
	for i := range inputs {
		if !isReference(i) {
			changed = append(changed, i)
			arguments[inputs[i].Argument] = true
		}
	}
	if len(changed) == 0 {
		return nil, errors.New("there is no input to be cleaned")
	}
	l.Folder = strings.HasSuffix(out, "/") || isFolder(out) || !merge && (len(changed) > 1 || inputs[changed[0]].InFolder)
	if l.Merged = merge && !l.Folder; l.Merged {
		for _, i := range changed {
			l.Names[i] = filepath.Base(l.Out)
		}
		return l, l.check(inputs)
	}
	seen := make(map[string]string)
	for _, i := range changed {
		name := rename(inputs[i])
		if root := rootOf(&inputs[i]); len(arguments) > 1 && root != "" {
			name = path.Join(path.Base(root), name)
		}
		if other, twice := seen[name]; twice {
			return nil, fmt.Errorf("%q and %q would both be written to %q", other, inputs[i].Path, filepath.Join(out, name))
		}
		seen[name] = inputs[i].Path
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return nil, fmt.Errorf("%q would be written outside of %q", inputs[i].Path, out)
		}
		l.Names[i] = name
	}
	return l, l.check(inputs)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// rootOf returns the folder in which an input was found, with slashes; "" for one that
// was named itself, or found by a pattern in the working folder.
func rootOf(in *corpus.InputInfo) string {
	root, found := strings.CutSuffix(filepath.ToSlash(in.Path), "/"+in.Below)
	if !in.InFolder || !found {
		return ""
	}
	return root
}

// check holds that nothing is overwritten, and that nothing is written where the next
// scan of the inputs would find it.
func (l *Layout) check(inputs []corpus.InputInfo) error {
	if err := l.checkOut(inputs); err != nil {
		return err
	}
	if err := checkAround(l.Out, inputs); err != nil {
		return err
	}
	if l.Manifest == "" {
		return nil
	}
	if _, err := os.Lstat(l.Manifest); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the manifest %q exists already, and is not overwritten", l.Manifest)
	}
	if out := absolute(l.Out); strings.HasPrefix(absolute(l.Manifest)+"/", out+"/") {
		return fmt.Errorf("the manifest %q would be a part of the output %q", l.Manifest, l.Out)
	}
	if err := checkAround(l.Manifest, inputs); err != nil {
		return err
	}
	return checkParent(l.Manifest)
}

func checkParent(path string) error {
	if parent := filepath.Dir(path); !isFolder(parent) {
		return fmt.Errorf("writing %q: there is no folder %q", path, parent)
	}
	return nil
}

func (l *Layout) checkOut(inputs []corpus.InputInfo) error {
	out, err := os.Lstat(l.Out)
	if errors.Is(err, fs.ErrNotExist) {
		return checkParent(l.Out)
	}
	if err != nil {
		return fmt.Errorf("writing %q: %w", l.Out, err)
	}
	for _, in := range inputs {
		if same(in.Path, l.Out) {
			return fmt.Errorf("%q is an input, and is not overwritten", l.Out)
		}
	}
	if !l.Folder || !out.IsDir() {
		return fmt.Errorf("%q exists already, and is not overwritten", l.Out)
	}
	entries, err := os.ReadDir(l.Out)
	if err != nil || len(entries) > 0 || filepath.Base(l.Out) == "." || filepath.Base(l.Out) == ".." {
		return fmt.Errorf("the folder %q is not a new or empty one, and nothing in it is overwritten", l.Out)
	}
	return nil
}

func same(one, other string) bool {
	a, err := os.Stat(one)
	b, otherErr := os.Stat(other)
	return err == nil && otherErr == nil && os.SameFile(a, b)
}

// checkAround holds that a path does not stand in a folder that is read.
func checkAround(path string, inputs []corpus.InputInfo) error {
	out := absolute(path)
	for i := range inputs {
		if root := rootOf(&inputs[i]); root != "" && strings.HasPrefix(out, absolute(root)+"/") {
			return fmt.Errorf("%q is in the folder %q, which is an input", path, root)
		}
	}
	return nil
}

// absolute returns a path, which need not exist, from the root, without links and with slashes.
func absolute(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	rest := ""
	for {
		if real, err := filepath.EvalSymlinks(full); err == nil {
			return filepath.ToSlash(filepath.Join(real, rest))
		}
		parent := filepath.Dir(full)
		if parent == full {
			return filepath.ToSlash(filepath.Join(full, rest))
		}
		full, rest = parent, filepath.Join(filepath.Base(full), rest)
	}
}
