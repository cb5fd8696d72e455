package clean

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cespare/xxhash/v2"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A Job writes a clean corpus.
type Job struct {
	Corpus   *corpus.Corpus // read to its end
	Manifest *Manifest      // its head without inputs
	Layout   *Layout
	// Reference tells the inputs that are not written.
	Reference func(input int) bool
	// Kind says how an output is compressed whose input was so, and Compress does it.
	Kind     func(stored string) string
	Compress func(kind string, out io.Writer) (io.WriteCloser, error)
	// Encode, where it is not nil, writes all articles in another format.
	Encode func(to []byte, article *corpus.Article, fields []byte) ([]byte, error)
	DryRun bool

	edits   map[recordAt]*edit
	changed map[int]bool // inputs of which something goes
	place   *staging     // nil of a dry run
}

// Done is what a Job did.
type Done struct {
	Uncut []string // paragraphs that were to be cut, and stand: where, and why
	// Unread are the problems that were met in fields which only another format asks for.
	Unread []corpus.Problem
}

// Run writes the outputs and then the manifest, all under temporary names, and
// gives them their own when all are complete. Of an error nothing is left. A dry
// run does all but write.
func (j *Job) Run(ctx context.Context) (done Done, err error) {
	if !j.DryRun {
		if j.place, err = newStaging(j.Layout); err != nil {
			return done, err
		}
		defer j.place.remove()
	}
	j.edits, j.changed = j.Manifest.edits(), make(map[int]bool)
	for at, e := range j.edits {
		j.changed[at.input] = j.changed[at.input] || e.changes()
	}
	if err := j.inputs(ctx, &done); err != nil {
		return done, err
	}
	for at, e := range j.edits {
		if e.err != nil {
			return done, e.err
		}
		if !e.met && j.changed[at.input] {
			return done, fmt.Errorf("%q holds no record at byte %d, of which the manifest speaks", j.Manifest.Head.Inputs[at.input].Path, at.offset)
		}
	}
	if j.DryRun {
		return done, nil
	}
	if err := j.writeManifest(); err != nil {
		return done, err
	}
	return done, j.place.publish()
}

// inputs writes all inputs.
func (j *Job) inputs(ctx context.Context, done *Done) error {
	inputs := j.Corpus.Inputs()
	entries := make([]Input, len(inputs))
	for i, in := range inputs {
		entries[i] = Input{Path: in.Path, Reference: j.Reference(i)}
		if err := entries[i].sum(); err != nil {
			return err
		}
		if j.Encode != nil {
			continue
		}
		if err := j.input(ctx, i, &in, &entries[i], done); err != nil {
			return err
		}
	}
	if j.Encode != nil {
		if err := j.export(ctx, entries, done); err != nil {
			return err
		}
	}
	j.Manifest.Head.Inputs = entries
	return nil
}

// input writes one input, unless it is of the reference.
func (j *Job) input(ctx context.Context, i int, in *corpus.InputInfo, entry *Input, done *Done) error {
	if entry.Reference {
		return nil
	}
	out, err := j.create(j.Layout.Names[i], in.Path)
	if err != nil {
		return err
	}
	raw := !j.changed[i] && j.Kind(in.Compression) == in.Compression
	gone := false
	if raw {
		err = copyStored(out, in.Path)
	} else {
		gone, err = j.rewrite(ctx, i, in, out, done)
	}
	if err == nil {
		err = out.Close()
	} else {
		out.Close()
	}
	switch {
	case err != nil:
		return err
	case gone:
		return j.drop(j.Layout.Names[i])
	}
	entry.Output = j.Layout.Names[i]
	return nil
}

func copyStored(out io.Writer, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("copying %q: %w", path, err)
	}
	defer file.Close()
	if _, err := io.Copy(out, file); err != nil {
		return fmt.Errorf("copying %q: %w", path, err)
	}
	return nil
}

func (j *Job) rewrite(ctx context.Context, i int, in *corpus.InputInfo, out io.Writer, done *Done) (gone bool, err error) {
	compressed, err := j.Compress(j.Kind(in.Compression), out)
	if err != nil {
		return false, fmt.Errorf("writing %q: %w", in.Path, err)
	}
	rewritten, err := j.Corpus.Rewrite(ctx, i, compressed, j.edit)
	if err != nil {
		compressed.Close()
		return false, err
	}
	j.leaveUncut(rewritten.Uncut, done)
	return rewritten.Gone, compressed.Close()
}

// edit is what becomes of a record.
func (j *Job) edit(record corpus.Record) corpus.Edit {
	if e := j.edits[recordAt{record.Input, record.Offset}]; e != nil {
		return e.of(record)
	}
	return corpus.Edit{}
}

// leaveUncut tells of the paragraphs that stand though they were to go.
func (j *Job) leaveUncut(uncut []corpus.Uncut, done *Done) {
	for _, u := range uncut {
		done.Uncut = append(done.Uncut, fmt.Sprintf("%s, the record at byte %d: %v", j.Corpus.Inputs()[u.Input].Path, u.Offset, u.Reason))
	}
	j.Manifest.dropUncut(uncut)
}

// nothing is the output of a dry run.
type nothing struct{ io.Writer }

func (nothing) Close() error { return nil }

// create begins an output, which may be read by whom all of its inputs may.
func (j *Job) create(name string, inputs ...string) (io.WriteCloser, error) {
	if j.DryRun {
		return nothing{io.Discard}, nil
	}
	mode := fs.ModePerm
	for _, input := range inputs {
		info, err := os.Stat(input)
		if err != nil {
			return nil, fmt.Errorf("reading %q again: %w", input, err)
		}
		mode &= info.Mode().Perm()
	}
	return j.place.create(name, mode)
}

func (j *Job) drop(name string) error {
	if j.DryRun {
		return nil
	}
	return j.place.drop(name)
}

func (j *Job) writeManifest() error {
	if j.Layout.Manifest == "" {
		return nil
	}
	out, err := j.place.createBeside(j.Layout.Manifest)
	if err != nil {
		return err
	}
	if err := j.Manifest.Write(out); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// sum fills in the size and hash of the file.
func (in *Input) sum() error {
	digest := xxhash.New()
	if err := copyStored(digest, in.Path); err != nil {
		return err
	}
	info, err := os.Stat(in.Path)
	if err != nil {
		return fmt.Errorf("reading %q again: %w", in.Path, err)
	}
	in.Bytes, in.XXH64 = info.Size(), fmt.Sprintf("%016x", digest.Sum64())
	return nil
}

// A staging is the temporary place of outputs: a folder beside the output.
type staging struct {
	layout   *Layout
	folder   string // temporary
	manifest string // its temporary name, "" for none
	mode     os.FileMode
}

// filesFolder is where the outputs stand in the temporary folder: one that was made
// with the rights that any new folder gets.
const filesFolder = "files"

func newStaging(layout *Layout) (*staging, error) {
	parent := filepath.Dir(layout.Out)
	folder, err := os.MkdirTemp(parent, ".newsdedup-clean-*")
	if err != nil {
		return nil, fmt.Errorf("making a folder in %q: %w", parent, err)
	}
	s := &staging{layout: layout, folder: folder, mode: 0o666}
	if err := os.Mkdir(s.path(""), 0o777); err != nil {
		s.remove()
		return nil, fmt.Errorf("making a folder in %q: %w", parent, err)
	}
	return s, nil
}

func (s *staging) path(name string) string {
	return filepath.Join(s.folder, filesFolder, filepath.FromSlash(name))
}

// A stagedFile is written through a buffer, and to the disk when it is closed:
// what has a name after a crash has its bytes.
type stagedFile struct {
	*bufio.Writer
	file *os.File
}

func (f *stagedFile) Close() error {
	return errors.Join(f.Flush(), f.file.Sync(), f.file.Close())
}

const writeBuffer = 256 << 10

func createFile(path string, mode os.FileMode) (*stagedFile, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode|0o200)
	if err != nil {
		return nil, err
	}
	return &stagedFile{bufio.NewWriterSize(file, writeBuffer), file}, nil
}

func (s *staging) create(name string, mode os.FileMode) (*stagedFile, error) {
	s.mode &= mode
	path := s.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, fmt.Errorf("writing %q: %w", name, err)
	}
	file, err := createFile(path, mode)
	if err != nil {
		return nil, fmt.Errorf("writing %q: %w", name, err)
	}
	return file, nil
}

func (s *staging) drop(name string) error { return os.Remove(s.path(name)) }

// createBeside creates the manifest under a temporary name in its folder, which may be
// on another disk than the outputs. It tells of the corpus, and is read by whom all of
// that may be.
func (s *staging) createBeside(path string) (*stagedFile, error) {
	for n := range 1000 {
		name := filepath.Join(filepath.Dir(path), fmt.Sprintf(".newsdedup-manifest-%d-%d", os.Getpid(), n))
		file, err := createFile(name, s.mode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("writing %q: %w", path, err)
		}
		s.manifest = name
		return file, nil
	}
	return nil, fmt.Errorf("writing %q: no free name beside it", path)
}

// publish gives everything its name, the manifest first, which is taken back where the
// outputs cannot get theirs.
func (s *staging) publish() error {
	if s.manifest != "" {
		if err := moveFile(s.manifest, s.layout.Manifest); err != nil {
			return fmt.Errorf("writing %q: %w", s.layout.Manifest, err)
		}
	}
	if err := s.publishOutputs(); err != nil {
		if s.manifest != "" {
			os.Remove(s.layout.Manifest)
		}
		return fmt.Errorf("writing %q: %w", s.layout.Out, err)
	}
	return nil
}

func (s *staging) publishOutputs() error {
	if s.layout.Folder {
		return os.Rename(s.path(""), s.layout.Out) // which replaces nothing but an empty folder
	}
	for _, name := range s.layout.Names {
		if name == "" {
			continue
		}
		if _, err := os.Stat(s.path(name)); err == nil { // else nothing is left of it
			return moveFile(s.path(name), s.layout.Out)
		}
	}
	return nil
}

// moveFile gives a file another name that is free: linking fails where it is not, as
// renaming would not.
func moveFile(from, to string) error {
	err := os.Link(from, to)
	switch {
	case err == nil:
		return os.Remove(from)
	case errors.Is(err, fs.ErrExist):
		return err
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) { // a file system without links
		return fs.ErrExist
	}
	return os.Rename(from, to)
}

func (s *staging) remove() {
	if s.manifest != "" {
		os.Remove(s.manifest)
	}
	os.RemoveAll(s.folder)
}
