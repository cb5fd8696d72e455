package cli

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"golang.org/x/term"

	"github.com/newsdedup/newsdedup/internal/report"
)

// Streams are what a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	// OutWidth and ErrWidth are the columns of the terminal behind Out and
	// Err, 0 where there is none.
	OutWidth, ErrWidth int
	// InTerminal is true where somebody would have to type the input.
	InTerminal bool
	// OutFile describes the file behind Out, nil where it is none.
	OutFile os.FileInfo
	// NoColor is the user's wish, from the environment.
	NoColor bool
}

// System returns the process's own streams.
func System() Streams {
	return Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		OutWidth: width(os.Stdout), ErrWidth: width(os.Stderr),
		OutFile:    regular(os.Stdout),
		InTerminal: term.IsTerminal(int(os.Stdin.Fd())),
		NoColor:    os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb",
	}
}

// regular describes a stream that goes to a file.
func regular(stream *os.File) os.FileInfo {
	info, err := stream.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	return info
}

// fallbackWidth is for a terminal that does not tell its width.
const fallbackWidth = 80

func width(file *os.File) int {
	fd := int(file.Fd())
	if !term.IsTerminal(fd) {
		return 0
	}
	if columns, _, err := term.GetSize(fd); err == nil && columns > 0 {
		return columns
	}
	return fallbackWidth
}

func (s Streams) errorf(format string, args ...any)   { s.tell("error: "+format, args...) }
func (s Streams) warningf(format string, args ...any) { s.tell("warning: "+format, args...) }
func (s Streams) hintf(format string, args ...any)    { s.tell("hint: "+format, args...) }

// tell writes one line to stderr. Names and messages in it may come from the
// corpus or a folder, so control characters are made harmless.
func (s Streams) tell(format string, args ...any) {
	fmt.Fprintf(s.Err, "newsdedup: %s\n", report.Harmless(fmt.Sprintf(format, args...)))
}

// version is the module's version, as the Go command recorded it in the binary.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return versionOf(info)
	}
	return development
}

// development is the version of a program that was built from a checkout.
const development = "(devel)"

// versionOf returns the version, and of a checkout also its revision, shortened
// as git and the Go command do. Other versions have it in them.
func versionOf(info *debug.BuildInfo) string {
	version := cmp.Or(info.Main.Version, development)
	if version != development {
		return version
	}
	revision, modified := "", ""
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			revision = setting.Value[:min(len(setting.Value), 12)]
		case "vcs.modified":
			if setting.Value == "true" {
				modified = "+dirty"
			}
		}
	}
	if revision == "" {
		return version
	}
	return version + " " + revision + modified
}
