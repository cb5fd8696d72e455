package clean

import (
	"fmt"
	"os"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// Fits returns why a manifest does not speak of the inputs, which must be those it was
// made from, byte for byte, in the same order and read in the same way.
func (m *Manifest) Fits(inputs []corpus.InputInfo, reading string, isReference func(input int) bool) error {
	if reading != m.Head.Reading {
		return fmt.Errorf("it was made with %s, and now it is %s", m.Head.Reading, reading)
	}
	if len(inputs) != len(m.Head.Inputs) {
		return fmt.Errorf("it is of %d files, and there are %d", len(m.Head.Inputs), len(inputs))
	}
	for i, in := range inputs {
		want := m.Head.Inputs[i]
		got := Input{Path: in.Path}
		if err := got.sum(); err != nil {
			return err
		}
		if got.Bytes != want.Bytes || got.XXH64 != want.XXH64 {
			return fmt.Errorf("%q is not the file %q that it was made from (%d bytes then, %d now)", in.Path, want.Path, want.Bytes, got.Bytes)
		}
		if want.Reference != isReference(i) {
			return fmt.Errorf("%q was a reference or is one now, and not both", in.Path)
		}
	}
	return nil
}

// Touches returns the path of an input that the manifest changes and of which that may
// not be; "" where there is none.
func (m *Manifest) Touches(isProtected func(input int) bool) string {
	for at, e := range m.edits() {
		if e.changes() && isProtected(at.input) {
			return m.Head.Inputs[at.input].Path
		}
	}
	return ""
}

// Restore writes the files that were cleaned as they were, from where they stand
// still, under the names of the layout. Of an error nothing is left.
func (m *Manifest) Restore(inputs []corpus.InputInfo, layout *Layout) (files int, err error) {
	place, err := newStaging(layout)
	if err != nil {
		return 0, err
	}
	defer place.remove()
	for i, in := range inputs {
		name := layout.Names[i]
		if name == "" {
			continue
		}
		if err := place.copyFrom(in.Path, name); err != nil {
			return 0, err
		}
		files++
	}
	return files, place.publish()
}

func (s *staging) copyFrom(path, name string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("reading %q: %w", path, err)
	}
	out, err := s.create(name, info.Mode().Perm())
	if err != nil {
		return err
	}
	if err := copyStored(out, path); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
