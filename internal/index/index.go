package index

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// An Index is opened to be read, or to be written to as well. What reads it (views, lookups, Check)
// may do so from many goroutines; what changes it is for one, and while no other call runs.
type Index struct {
	name     string // as the user calls it
	folder   string
	disk     disk
	lockFile *os.File // nil where it is only read
	manifest *manifest
	options  dedup.Options // of the sketches
	lean     bool
	segments []*segment // as the manifest has them
	pending  []*segment // added, and not yet kept; in memory or in files
	begun    []*newFile // of segments that are being written
	hold     *hold
	// unpackers are those that nobody has in use.
	unpackers sync.Pool
	numbers   uint64 // given to segments in memory
	unread    atomic.Bool
}

// Mode says what an index is opened for.
type Mode int

// The modes.
const (
	Read  Mode = iota
	Write      // one process at a time
)

// A LockedError says that another process writes to the index.
type LockedError struct{ Process string } // as it has written itself down, "" where it has not

func (e *LockedError) Error() string {
	if e.Process == "" {
		return "another process is writing to it"
	}
	return "process " + e.Process + " is writing to it"
}

// An OptionsError says that an index was made with other options than are asked for.
type OptionsError struct{ What []string }

func (e *OptionsError) Error() string {
	return "it was made with other options: " + strings.Join(e.What, ", ")
}

// Create makes an empty index for scans with the options, in a folder that does not exist or is empty.
func Create(path string, options dedup.Options) (*Index, error) {
	return createAt(path, options, store(options))
}

// CreateLean makes one that keeps no texts: what new articles are like is estimated.
func CreateLean(path string, options dedup.Options) (*Index, error) {
	stored := store(options)
	stored.Lean = true
	return createAt(path, options, stored)
}

func createAt(path string, options dedup.Options, stored storedOptions) (*Index, error) {
	x, err := create(path, options, stored)
	if err != nil {
		return nil, fmt.Errorf("creating the index %q: %w", path, withoutPath(err))
	}
	return x, nil
}

func create(path string, options dedup.Options, stored storedOptions) (*Index, error) {
	options.Kinds = dedup.AllKinds()
	if err := options.Validate(); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.Mkdir(path, 0o755); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	case slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == manifestName }):
		return nil, errors.New("there is one already")
	case slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() != lockName && e.Name() != newManifest }):
		return nil, errors.New("the folder is not empty")
	}
	x := newIndex(path)
	if err := x.lock(); err != nil {
		return nil, err
	}
	if _, err := x.writeManifest(&manifest{Format: formatName, Version: formatVersion, Options: stored, OptionsHash: stored.hash(), Next: 1}); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, errors.Join(syncFolder(filepath.Dir(path)), x.load())
}

// Open opens an index.
func Open(path string, mode Mode) (*Index, error) {
	x := newIndex(path)
	if err := x.open(mode); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the index %q: %w", path, err), x.Close())
	}
	return x, nil
}

func newIndex(path string) *Index {
	x := &Index{name: path, folder: path, hold: new(hold), numbers: firstInMemory}
	x.unpackers.New = func() any { return &unpacker{hold: x.hold} }
	return x
}

// firstInMemory is the number of the first segment in memory: none on disk comes as far.
const firstInMemory = 1 << 63

func (x *Index) open(mode Mode) error {
	if x.folder == "" {
		return errors.New("no index is named") // and not that of the folder at hand
	}
	if info, err := os.Stat(x.folder); err == nil && !info.IsDir() {
		return errors.New("it is a file, and an index is a folder")
	}
	if mode == Read {
		return x.load()
	}
	if _, err := os.Stat(x.path(manifestName)); errors.Is(err, fs.ErrNotExist) {
		return without(x.folder) // and no lock file is left where there is none
	}
	if err := x.lock(); err != nil {
		return err
	}
	if err := x.load(); err != nil {
		return err
	}
	return x.sweep()
}

func (x *Index) path(name string) string { return filepath.Join(x.folder, name) }

// lock makes this process the one that writes.
func (x *Index) lock() error {
	file, err := os.OpenFile(x.path(lockName), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return withoutPath(err)
	}
	taken, err := lock(file)
	if err != nil || !taken {
		said := make([]byte, 20)
		n, _ := file.ReadAt(said, 0)
		if err == nil {
			err = &LockedError{string(bytes.TrimSpace(said[:n]))}
		}
		return errors.Join(err, file.Close())
	}
	x.lockFile = file
	// Who has the lock is said for the sake of a message alone.
	if file.Truncate(0) == nil {
		_, _ = file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return nil
}

// load reads the manifest and opens its segments. A writer may replace both between
// the two: then there is a new manifest.
func (x *Index) load() error {
	const most = 10
	for attempt := 1; ; attempt++ {
		err := x.loadOnce()
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if attempt == most {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
	}
}

func (x *Index) loadOnce() error {
	m, err := readManifest(x.folder)
	if err != nil {
		return err
	}
	options, err := m.Options.options()
	if err != nil {
		return damaged("its options are none: " + err.Error())
	}
	var segments []*segment
	for _, entry := range m.Segments {
		s, err := x.openFile(entry)
		if err != nil {
			closeAll(segments)
			return fmt.Errorf("segment %d: %w", entry.Number, err)
		}
		segments = append(segments, s)
	}
	x.manifest, x.options, x.lean, x.segments = m, options, m.Options.Lean, segments
	return nil
}

func (x *Index) openFile(entry segmentEntry) (*segment, error) {
	file, err := os.Open(x.path(entry.name()))
	if err != nil {
		return nil, withoutPath(err)
	}
	s, err := openWhole(file, entry)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return s, nil
}

// openWhole opens a segment of which the manifest tells.
func openWhole(file *os.File, entry segmentEntry) (*segment, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() != entry.Bytes {
		return nil, damaged(fmt.Sprintf("it has %d bytes, and should have %d", info.Size(), entry.Bytes))
	}
	s, err := openSegment(file, entry.Bytes)
	if err != nil {
		return nil, err
	}
	s.file, s.number = file, entry.Number
	s.removed, err = decodeRemoved(entry.Removed, s.footer.Articles)
	return s, err
}

// sweep removes the files that a writer has left which did not come to its end.
func (x *Index) sweep() error {
	paths, err := filepath.Glob(filepath.Join(globEscaped(x.folder), segmentGlob))
	if err != nil {
		return err
	}
	for _, path := range paths {
		if !slices.ContainsFunc(x.manifest.Segments, func(e segmentEntry) bool { return e.name() == filepath.Base(path) }) {
			if err := os.Remove(path); err != nil {
				return withoutPath(err)
			}
		}
	}
	return nil
}

// globEscaped returns a path with no character that means something in a pattern.
func globEscaped(path string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(path)
}

// Close lets go of the files and the lock. What was added and not kept is lost.
func (x *Index) Close() error {
	errs := []error{closeAll(x.segments), x.dropPending()}
	if x.lockFile != nil {
		errs = append(errs, x.lockFile.Close())
	}
	x.segments, x.lockFile = nil, nil
	return errors.Join(errs...)
}

func closeAll(segments []*segment) error {
	var errs []error
	for _, s := range segments {
		errs = append(errs, s.close())
	}
	return errors.Join(errs...)
}

// Unread returns an error where an article of the index, that new ones were to be compared with, could not be
// read: what repeats it was not found, and its scan has only a problem of it.
func (x *Index) Unread() error {
	if !x.unread.Load() {
		return nil
	}
	return fmt.Errorf("reading the index %q: %w: not all of its articles can be compared with", x.name, ErrDamaged)
}

// IsLean reports whether no texts are kept: see CreateLean.
func (x *Index) IsLean() bool { return x.lean }

// Options returns the options that the index was made for.
func (x *Index) Options() dedup.Options { return x.options }

// Serves reports an *OptionsError where the index cannot serve a scan with the options: its sketches
// are of other shingles or paragraphs, or made for articles that are more alike.
func (x *Index) Serves(o dedup.Options) error {
	var what []string
	check := func(ok bool, flag string, have any) {
		if !ok {
			what = append(what, fmt.Sprintf("%s %v", flag, have))
		}
	}
	have := x.options
	if o.Tolerant {
		what = append(what, "no --tolerant")
	}
	check(o.ShingleSize == have.ShingleSize, "--shingle-size", have.ShingleSize)
	check(o.Paragraphs == have.Paragraphs, "--paragraphs", have.Paragraphs)
	check(!o.Finds(dedup.Near) || o.Threshold >= have.Threshold, "--threshold", have.Threshold)
	check(!o.Finds(dedup.Contained) || o.Containment >= have.Containment, "--containment", have.Containment)
	check(!o.Finds(dedup.Contained) || o.MinContained >= have.MinContained, "--min-contained-words", have.MinContained)
	check(!o.Finds(dedup.Repeated) || o.RepeatSimilarity >= have.RepeatSimilarity, "--repeat-similarity", have.RepeatSimilarity)
	check(!o.Finds(dedup.Repeated) || o.MinRepeat >= have.MinRepeat, "--min-repeat-words", have.MinRepeat)
	if least := dedup.LeastSampled(have); o.Passages > 0 && o.Passages < least {
		what = append(what, fmt.Sprintf("passages of at least %d words", least))
	}
	if len(what) > 0 {
		return &OptionsError{what}
	}
	return nil
}

// Articles is the number of articles in the index, and of those that have been added to it.
func (x *Index) Articles() int {
	count := 0
	for _, s := range slices.Concat(x.segments, x.pending) {
		count += s.live()
	}
	return count
}
