package report

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

func TestFormats(t *testing.T) {
	if got, want := Formats(), []string{"text", "json", "jsonl", "html", "markdown", "csv", "sarif", "junit", "github", "gitlab"}; !slices.Equal(got, want) {
		t.Errorf("formats %q, want %q", got, want)
	}
	for _, name := range Formats() {
		if err := CheckFormat(name); err != nil {
			t.Error(err)
		}
	}
	const want = `unknown report format "JSON": known are text, json, jsonl, html, markdown, csv, sarif, junit, github, gitlab`
	if err := CheckFormat("JSON"); err == nil || err.Error() != want {
		t.Errorf("CheckFormat says %v, want %s", err, want)
	}
	var out bytes.Buffer
	if err := Write(&out, "JSON", fixture(), Options{}); err == nil || err.Error() != want || out.Len() > 0 {
		t.Errorf("Write says %v after %d bytes, want %s", err, out.Len(), want)
	}
}

var errFull = errors.New("no space left")

// A fullWriter takes some bytes and then fails, and counts the calls after that.
type fullWriter struct {
	room, calls int
}

func (w *fullWriter) Write(p []byte) (int, error) {
	if len(p) <= w.room {
		w.room -= len(p)
		return len(p), nil
	}
	w.calls++
	return w.room, errFull
}

func TestWriteError(t *testing.T) {
	result := manyFindings(3000)
	for _, name := range Formats() {
		var whole bytes.Buffer
		if err := Write(&whole, name, result, Options{}); err != nil {
			t.Fatal(err)
		}
		for _, room := range []int{0, 1, outputBuffer, whole.Len() / 2, whole.Len() - 1} {
			if room >= whole.Len() { // of a format that is bounded
				continue
			}
			w := &fullWriter{room: room}
			if err := Write(w, name, result, Options{}); !errors.Is(err, errFull) || w.calls != 1 {
				t.Errorf("%s into %d bytes: error %v after %d refused calls", name, room, err, w.calls)
			}
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	result := manyFindings(100_000)
	for _, name := range Formats() {
		b.Run(name, func(b *testing.B) {
			var size countingWriter
			if err := Write(&size, name, result, Options{}); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, name, result, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

type countingWriter int

func (w *countingWriter) Write(p []byte) (int, error) {
	*w += countingWriter(len(p))
	return len(p), nil
}

// BenchmarkTextOfManyRepeats holds the cost of a report whose repeats are many
// and of which few are printed.
func BenchmarkTextOfManyRepeats(b *testing.B) {
	const repeats = 1_000_000
	result := manyFindings(3 * repeats)
	result.Pairs, result.Clusters = nil, nil
	for i := range result.Repeats {
		repeat := &result.Repeats[i]
		switch i % 4 {
		case 0:
			repeat.Class = dedup.Within
			repeat.Of = dedup.ParagraphPlace{Article: repeat.At.Article, Paragraph: 2}
		case 1:
			repeat.Class = dedup.Across
			repeat.Of.Article = repeat.At.Article / 2
		}
	}
	for b.Loop() {
		if err := Write(io.Discard, "text", result, Options{Limit: 20}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/repeats, "ns/repeat")
	b.ReportAllocs()
}
