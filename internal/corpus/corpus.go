package corpus

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"github.com/newsdedup/newsdedup/internal/corpus/spool"
)

// A Corpus is the articles of all inputs. See the package for what may be
// called when.
type Corpus struct {
	teller  teller
	options Options
	stdin   io.Reader
	several bool // inputs were named
	inputs  []input
	skipped []Skipped
	names   names

	// Of the reading.
	stream    *Stream
	splitter  Splitter // nil between two inputs
	current   int      // the input being read, or else the next
	source    *source  // of the current input
	coming    coming
	filesOpen int    // of the inputs read
	place     []byte // of a record that is kept
	total     total
	noRoom    bool // there was more than that
	spool     *spool.Spool
	spill     *spool.Spool // nil until it is asked for
	problems  ProblemLog

	kept   keeper
	stamps sync.RWMutex // those of the inputs that are read

	totalBytes int64
	readBytes  atomic.Int64
}

// Open returns the corpus of the named inputs, of which nothing has been read.
// A name is that of a file, of a folder, all of whose files of a known format
// are read, or Stdin; one that is no file's may be a pattern, such as
// "crawl/**/*.jsonl.gz". It is an error if one of them cannot be opened or fits
// nothing. A file that is named twice is read once.
func Open(names []string, stdin io.Reader, catalog Catalog, options Options) (*Corpus, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, errors.New("no input is named")
	}
	asked, err := encodingOf(options)
	if err != nil {
		return nil, err
	}
	found := collector{teller: teller{catalog, asked}}
	defer found.decompressor.Close()
	if len(names) > 1 {
		found.named = new(namedFiles)
	}
	var errs []error
	for argument, name := range names {
		first := len(found.inputs)
		errs = append(errs, found.collect(name))
		for i := range found.inputs[first:] {
			found.inputs[first+i].argument = argument
		}
	}
	if err := errors.Join(append(errs, found.check(stdin))...); err != nil {
		return nil, err
	}
	c := &Corpus{
		teller: found.teller, options: options, stdin: stdin, several: len(names) > 1,
		inputs: found.inputs, skipped: found.skipped, totalBytes: found.totalBytes(),
		spool: spool.New(options.SpoolBytes, options.TempDir), total: total{room: options.MaxTotalBytes, most: options.MaxTotalBytes},
	}
	c.problems.Add(found.problems...)
	c.stream = newStream(options.MaxArticleBytes, c.addProblem)
	c.stream.total, c.stream.live = &c.total, options.Live
	return c, nil
}

// Problems returns the problems found by Open and Next so far: the first
// MaxListedProblems, by input and place.
func (c *Corpus) Problems() []Problem { return c.problems.List() }

// UnlistedProblems returns how many more there are than Problems returns.
func (c *Corpus) UnlistedProblems() int { return c.problems.Total - len(c.problems.List()) }

// Progress returns how many bytes have been read of the inputs as they are
// stored, and their sum; 0 where that is unknown.
func (c *Corpus) Progress() (read, total int64) {
	read = c.readBytes.Load()
	if c.totalBytes > 0 {
		read = min(read, c.totalBytes) // parts of an input may be read twice
	}
	return read, c.totalBytes
}

// Skipped returns the files that are not read: of the named folders, but for
// hidden ones, and those named before.
func (c *Corpus) Skipped() []Skipped { return c.skipped }

// Inputs describes the inputs in their order, as far as they have been read.
func (c *Corpus) Inputs() []InputInfo {
	infos := make([]InputInfo, len(c.inputs))
	for i, in := range c.inputs {
		infos[i] = InputInfo{Path: in.path, Below: in.below, InFolder: in.inFolder, Argument: in.argument, Compression: string(in.compression), Encoding: in.encoding, Bytes: in.size}
		if in.format != nil {
			infos[i].Format = in.format.Name
		}
		c.kept.fill(&infos[i], i)
	}
	return infos
}

// A Spill takes bytes that memory has no room for, one after another, and gives
// them back.
type Spill interface {
	io.Writer
	io.ReaderAt
}

// Spill returns a temporary file, always the same, that lives until Close.
func (c *Corpus) Spill() Spill {
	if c.spill == nil {
		c.spill = spool.New(0, c.options.TempDir)
	}
	return c.spill
}

// Close closes the files and removes the spool. Nothing may be called after it.
func (c *Corpus) Close() error {
	var errs []error
	for i := range c.inputs {
		if file := c.inputs[i].file; file != nil {
			errs = append(errs, file.Close())
		}
	}
	if s := c.source; s != nil {
		c.coming.done(s)
		if s.file != nil && c.inputs[c.current].file == nil {
			errs = append(errs, s.file.Close())
		}
	}
	errs = append(errs, c.coming.close(c.inputs))
	if c.spill != nil {
		errs = append(errs, c.spill.Close())
	}
	if kept := c.stream.whole.spool; kept != nil {
		errs = append(errs, kept.Close())
	}
	return errors.Join(append(errs, c.spool.Close())...)
}
