package bundle

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A Writer writes a bundle in the first form. Nothing has to be closed: after
// each Write the bundle is complete, and bundles written one after the other
// into one file are one bundle.
type Writer struct {
	out    io.Writer
	buffer []byte // of one article, reused
}

// NewWriter returns a writer to out, which gets each article in one Write.
func NewWriter(out io.Writer) *Writer { return &Writer{out: out} }

// Write writes an article. It refuses a name that no header can hold: an empty
// or blank one, one with a line end or another control character, one that is
// not valid UTF-8, and the few that cannot be quoted. Any body can be written.
func (w *Writer) Write(name string, body []byte) error {
	line, err := headerOf(name)
	if err != nil {
		return err
	}
	w.buffer = append(w.buffer[:0], line...)
	w.buffer = append(w.buffer, '\n')
	w.buffer = appendEscaped(w.buffer, body)
	if len(body) > 0 && body[len(body)-1] != '\n' {
		w.buffer = append(w.buffer, "\n"+noEOL+"\n"...)
	}
	if _, err := w.out.Write(w.buffer); err != nil {
		return fmt.Errorf("writing article %q: %w", name, err)
	}
	return nil
}

// encode appends an article under its key, whose metadata has no place here. Control
// characters, which no header can hold, become U+FFFD.
func encode(to []byte, article *corpus.Article, _ []byte) ([]byte, error) {
	line, err := headerOf(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return utf8.RuneError
		}
		return r
	}, article.Key))
	if err != nil {
		return to, err
	}
	to = append(append(to, line...), '\n')
	to = appendEscaped(to, article.Body)
	if len(article.Body) > 0 && !bytes.HasSuffix(article.Body, []byte("\n")) {
		to = append(to, '\n')
	}
	return to, nil
}

// CheckName returns the error of Write for a name that no header can hold.
func CheckName(name string) error {
	_, err := headerOf(name)
	return err
}

// headerOf returns the header of the name, quoted only where it has to be.
func headerOf(name string) (string, error) {
	for _, quote := range []string{"", `"`, "'"} {
		line := opening + " " + quote + name + quote + closing
		if readsBack(line, name) {
			return line, nil
		}
	}
	return "", fmt.Errorf("the name %q cannot stand in the header of a bundle", name)
}

func readsBack(line, name string) bool {
	if !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return false
	}
	got, ok := parseHeader([]byte(line))
	return ok && !got.block && got.after == len(line) && bytes.Equal(got.name, []byte(name)) && name != ""
}
