package corpus

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/newsdedup/newsdedup/internal/corpus/compress"
)

// Stdin is how standard input is named among the inputs.
const Stdin = "-"

// An input is a file that is read, or standard input.
type input struct {
	path     string // as the user would name it
	below    string // its path below the folder that was named, its base name where it was itself
	argument int    // position of what was named
	origin   Origin
	inFolder bool
	regular  bool
	size     int64 // on disk, where regular
	dropped  int64 // of size, read ahead of its turn, which did not come

	// The rest is known once the input has been opened.
	format      *Format
	decode      Decode
	compression compress.Kind
	encoding    string // "" for UTF-8
	stamp       stamp
	file        *os.File // kept open to be read again; nil where it is opened again or spooled
	spooled     bool     // its records are kept in the spool
	broke       bool     // it could not be read to its end
}

// A stamp is what tells that a file has changed.
type stamp struct {
	size     int64
	modified time.Time
}

func stampOf(info os.FileInfo) stamp { return stamp{info.Size(), info.ModTime()} }

// InputInfo is what a caller may say of an input.
type InputInfo struct {
	Path        string
	Below       string // its path below the folder that was named, with slashes; its base name where it was itself
	InFolder    bool
	Argument    int    // position among the names of Open
	Format      string // "" where it was empty, of no known format or not yet read
	Compression string // "" for none
	Encoding    string // "" for UTF-8
	Bytes       int64  // on disk, 0 where unknown
	// PassedOver counts the records that are no articles, by what they are.
	PassedOver map[string]int
	// Encodings counts the articles that were not UTF-8, but evidently in
	// another encoding, by its name.
	Encodings map[string]int
	Undated   int // articles with a time of publication that cannot be read
}

// A collector turns what the user named into inputs, without opening any for long.
type collector struct {
	teller
	inputs   []input
	skipped  []Skipped
	problems []Problem
	named    *namedFiles // nil where one name is all, in which nothing stands twice

	// Of the files whose names say nothing.
	decompressor compress.Decompressor
	head         *Stream
}

// collect adds what is named: standard input, a file, a folder, or what a
// pattern fits that is the name of nothing.
func (c *collector) collect(name string) error {
	if name == Stdin {
		c.inputs = append(c.inputs, input{path: Stdin, below: "stdin", origin: Origin{Name: "stdin"}})
		return nil
	}
	info, err := os.Stat(name)
	if err != nil && isPattern(name) {
		return c.glob(name)
	}
	if err != nil {
		return fmt.Errorf("opening %q: %w", name, withoutPath(err))
	}
	if info.IsDir() {
		return c.folder(name)
	}
	return c.file(name, info)
}

// file adds a named file. That it can be opened is found out now, before
// anything has been read: its user has a name to correct.
func (c *collector) file(name string, info os.FileInfo) error {
	if c.named != nil && c.skipTwice(name, c.named.add(realPath(name))) {
		return nil
	}
	regular := info.Mode().IsRegular()
	if regular { // to open a pipe and close it again would end its writer
		file, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("opening %q: %w", name, withoutPath(err))
		}
		file.Close()
	}
	c.inputs = append(c.inputs, input{
		path:   name,
		below:  filepath.Base(name),
		origin: originOf(filepath.Base(name)),
		size:   info.Size(), regular: regular,
	})
	return nil
}

// check returns what is wrong with the inputs together.
func (c *collector) check(stdin io.Reader) error {
	seen := false
	for i := range c.inputs {
		if c.inputs[i].path != Stdin {
			continue
		}
		if seen {
			return errors.New("standard input is named twice, and can be read only once")
		}
		if stdin == nil {
			return errors.New("there is no standard input")
		}
		seen = true
	}
	return nil
}

// totalBytes returns the size of all inputs on disk, 0 where one is unknown.
func (c *collector) totalBytes() int64 {
	total := int64(0)
	for i := range c.inputs {
		if !c.inputs[i].regular {
			return 0
		}
		total += c.inputs[i].size
	}
	return total
}

// originOf returns what a file's name tells: the path from the folder that was
// named, or the base name of a file that was.
func originOf(name string) Origin {
	name = strings.ToValidUTF8(compress.TrimSuffix(name), "\uFFFD")
	return Origin{Name: name, Source: SourceOf(name)}
}

// SourceOf returns the outlet that an article's name tells: the first folder
// of its path, "" where it stands in none.
func SourceOf(name string) string {
	for {
		first, rest, below := strings.Cut(name, "/")
		if !below {
			return ""
		}
		if first != "" && first != "." {
			return first
		}
		name = rest
	}
}

// withoutPath returns the cause of a file system error, whose path the caller states.
func withoutPath(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	return err
}
