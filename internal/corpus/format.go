package corpus

import (
	"errors"
	"math"
)

// A Format is one way of writing articles down.
type Format struct {
	Name string
	// Open begins an input, at whose first byte the stream stands. The splitter
	// is for one goroutine; Decode is for any number of them, and may know
	// what the splitter had read before the record.
	Open func(*Stream) (Splitter, Decode)
	// Kept says that a record is dear to decode, or cannot be read again where
	// it lies: then the article is kept as it was decoded, to be fetched again,
	// and not the bytes of the input.
	Kept bool
	// Decoded returns how many bytes the record has when what is compressed in it
	// is not, at most some limit: so they count for MaxTotalBytes before any of
	// them are kept. nil where nothing is, or where the splitter counts them
	// (Stream.Charge). It is asked only where there is a bound.
	Decoded func(record Record, limit int) int64
	// Binary says that the format itself says how its texts are encoded: no
	// encoding that the user names, or that is guessed, is put upon it.
	Binary bool
	// Writing says how inputs are written again; nil where they are not.
	Writing *Writing
	// Object returns a record, whose article is given, as one line of JSON: an object
	// with all that it holds. nil where it has no fields but those of an article. It
	// may alias the record's data.
	Object func(Splitter, Record, *Article) []byte
	// Encode appends an article as this format writes one down, whatever it was
	// read from. fields is Object's of its record, nil for none, whose text is the
	// article's. nil of formats that nothing is converted to.
	Encode func(to []byte, article *Article, fields []byte) ([]byte, error)
	// KeysRepeat says that it is normal for an input to have several articles of
	// one name (a crawl that visits a page again): they are told apart as ever,
	// and it is no problem.
	KeysRepeat bool
}

// Decode makes a record of an input into an article. It fills in what its
// format knows of Key, Meta, Body, BodyLine and Verbatim, and leaves the rest to
// the Corpus. False says that there is no article, and that the problems say
// why. It is pure and keeps nothing; Body may alias the record's data.
type Decode func(*Scratch, Record, Origin) (Article, bool, []Problem)

// A Splitter cuts one input into records.
type Splitter interface {
	// Split returns the next record, without its Input. Its data is valid
	// until the following call. What cannot be part of a record is reported to
	// the stream and passed over. At the end of the input Split returns
	// Stream.Err: io.EOF, or what broke the input off.
	Split() (Record, error)
}

// An Origin is what an input itself says of its articles.
type Origin struct {
	Name   string // of an article that is the whole input
	Source string // of articles that name none, "" when unknown
}

// A Catalog knows the formats that may be read.
type Catalog interface {
	// Choose tells whether a file found in a folder is read, by its name alone.
	Choose(name string) Choice
	// Detect tells the format. The error says what the input is instead, and
	// what its user may do.
	Detect(Candidate) (*Format, error)
}

// A Choice is whether a file found in a folder is read.
type Choice int

// The choices.
const (
	LeaveOut Choice = iota
	Sniff           // its name says nothing: it is read where Detect tells its format
	Read
)

// A Candidate is an input whose format is to be told.
type Candidate struct {
	Name     string // without the suffix of its compression
	InFolder bool   // found in a folder, where it was not named by itself
	Several  bool   // named beside others, as a shell does with *.txt
	// Head is its first SniffBytes, decompressed and without a byte order
	// mark; all of it where it is shorter. It is never empty.
	Head []byte
}

// Options say how inputs are read. The zero value reads every known format
// with the defaults below.
type Options struct {
	Format string // the name of the only format to be read; "" tells it by name and first bytes
	Fields Fields // of records that name their fields
	// Omit says which metadata is not kept: of Title, URL, Published and Language.
	Omit [Roles]bool

	// Encoding is that of every input in a format which does not say itself how
	// it is encoded, as the web calls it. "" is UTF-8, unless an input says
	// otherwise or an article is evidently windows-1252; "utf-8" takes none for that.
	Encoding string

	// MaxArticleBytes bounds a record, 0 for DefaultMaxArticleBytes. A larger
	// one is a problem and passed over without being held.
	MaxArticleBytes int

	// MaxTotalBytes bounds the decompressed bytes of all inputs together, 0 for
	// none: the inputs themselves, or what is compressed inside their records
	// and columns, whichever is more. Where it is reached the input breaks off,
	// and no other is read.
	MaxTotalBytes int64

	// Live is for an input that is written to while it is read: its format is told by its first line,
	// without waiting for more, and nothing is kept to be read again, so that a feed may go on for ever.
	// Fetch must not be called.
	Live bool

	SpoolBytes int    // memory of the spool before it goes to disk, 0 for DefaultSpoolBytes
	TempDir    string // of the spool, "" for the system's
}

const (
	// DefaultMaxArticleBytes is a thousand times the length of a long news
	// story: what is larger is no story but a file that lost its delimiters.
	DefaultMaxArticleBytes = 64 << 20
	// DefaultSpoolBytes lets a compressed corpus of ten thousand stories stay in memory.
	DefaultSpoolBytes = 32 << 20
)

func (o Options) withDefaults() (Options, error) {
	if o.MaxArticleBytes < 0 || o.SpoolBytes < 0 || o.MaxTotalBytes < 0 {
		return o, errors.New("the limits of an article, of the inputs and of the spool must not be negative")
	}
	if o.MaxTotalBytes == 0 {
		o.MaxTotalBytes = math.MaxInt64
	}
	if o.MaxArticleBytes == 0 {
		o.MaxArticleBytes = DefaultMaxArticleBytes
	}
	if o.SpoolBytes == 0 {
		o.SpoolBytes = DefaultSpoolBytes
	}
	return o, nil
}
