package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
	"github.com/newsdedup/newsdedup/internal/report"
)

// TestOutputIsWholeOrNothing holds that what stood in a file stays until all of the new
// one is there, and that nothing else is left beside it.
func TestOutputIsWholeOrNothing(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "report.html")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	taken := filepath.Join(folder, ".report.html.0.part") // of a run that was killed, or of one that runs
	if err := os.WriteFile(taken, []byte("taken"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(folder, "link.html")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	fails := errors.New("no space left")
	for _, test := range []struct {
		path, want string
		err        error
	}{
		{path, "old", fails}, {path, "new", nil}, {link, "newest", nil},
	} {
		file, err := createOutput(test.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = file.write(func(out io.Writer) error {
			if _, err := io.WriteString(out, test.want); err != nil {
				return err
			}
			if before := readFile(t, path); string(before) == test.want && test.err == nil {
				t.Errorf("%s is there before it is complete", test.want)
			}
			return test.err
		})
		if !errors.Is(err, test.err) {
			t.Errorf("error %v, want %v", err, test.err)
		}
		if err != nil && file.file != nil {
			t.Error("what could not be written is still there")
		}
		file.discard()
		if got := string(readFile(t, path)); got != test.want {
			t.Errorf("the file holds %q, want %q", got, test.want)
		}
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if want := []string{filepath.Base(taken), "link.html", "report.html"}; !slices.Equal(names, want) || string(readFile(t, taken)) != "taken" {
		t.Errorf("left are %q, want %q", names, want)
	}
}

// TestOutputIntoDevice holds that what is no file is written to and stays what it is.
func TestOutputIntoDevice(t *testing.T) {
	file, err := createOutput(os.DevNull, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.discard()
	if err := file.write(func(out io.Writer) error { _, err := io.WriteString(out, "gone"); return err }); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("%v, %v", info, err)
	}
}

// TestInterruptedReport interrupts a run while it writes: it ends, and nothing is left.
func TestInterruptedReport(t *testing.T) {
	folder := t.TempDir()
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	opts := &scanOptions{named: []namedReport{{format: "json", path: filepath.Join(folder, "report.json")}}}
	out, err := opts.createOutputs(nil)
	if err != nil {
		t.Fatal(err)
	}
	interrupt()
	review := new(gate.Rules).Review(&dedup.Result{Options: dedup.DefaultOptions()}, 0)
	if err := out.write(ctx, review, report.Options{Review: review}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the interrupt", err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Errorf("left are %v, %v", entries, err)
	}
}
