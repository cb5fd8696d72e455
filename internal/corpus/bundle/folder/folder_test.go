package folder

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, body := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// read returns all files below a folder, the hidden ones too.
func read(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		files[name] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func pack(t testing.TB, dir string) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := Pack(t.Context(), dir, &out, nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func unpack(t testing.TB, text, to string) (Unpacked, error) {
	t.Helper()
	return Unpack(t.Context(), "-", strings.NewReader(text), corpus.Options{}, to)
}

// TestRoundTrip packs files that are hard to keep, and unpacks the same.
func TestRoundTrip(t *testing.T) {
	files := map[string]string{
		"a.txt": "one\n", "b/c.txt": "two", "b/d/e": "", "f g.md": "\n", "'quoted'": "\r\n\r\n", `say "so".txt`: "x",
		"bundle.txt": "<<<FILE a.txt>>>\n\\<<<END>>>\n<<<END NO NEWLINE>>>\n", "bytes": "\xff\xfe\x00\x1b[2J", "mark": "\uFEFFx\n",
		"like >>> this": "\\\n", "灯籠.txt": "灯籠\n",
	}
	from := t.TempDir()
	write(t, from, files)
	for _, to := range []string{filepath.Join(t.TempDir(), "new"), filepath.Join(t.TempDir(), "above", "it", "new"), t.TempDir()} {
		unpacked, err := unpack(t, pack(t, from), to)
		if err != nil || unpacked.Files != len(files) || unpacked.Problems.Listed != nil {
			t.Fatalf("%+v, error %v", unpacked, err)
		}
		if diff := cmp.Diff(files, read(t, to)); diff != "" {
			t.Errorf("(-packed +unpacked):\n%s", diff)
		}
		for above := to; above != filepath.Dir(above); above = filepath.Dir(above) {
			if left, _ := filepath.Glob(filepath.Join(above, ".newsdedup*")); len(left) > 0 {
				t.Errorf("left in or above the folder: %v", left)
			}
		}
	}
}

// TestRandomRoundTrip does so with bodies made of what delimiters are made of.
func TestRandomRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	pieces := []string{"<<<FILE ", "<<<END>>>", "<<<END NO NEWLINE>>>", ">>>", "\\", "\n", "\r\n", "a", " ", "<<<file b>>>", "\x00", "\xff", "é"}
	for range 30 {
		files := make(map[string]string)
		for i := range 1 + random.IntN(5) {
			var body strings.Builder
			for range random.IntN(12) {
				body.WriteString(pieces[random.IntN(len(pieces))])
			}
			files[fmt.Sprintf("%c/%d", 'a'+rune(random.IntN(3)), i)] = body.String()
		}
		from, to := t.TempDir(), filepath.Join(t.TempDir(), "new")
		write(t, from, files)
		if _, err := unpack(t, pack(t, from), to); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(files, read(t, to)); diff != "" {
			t.Fatalf("seed %d (-packed +unpacked):\n%s", seeded.Seed(), diff)
		}
	}
}

func TestPackLeavesOut(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "1\n", ".hidden": "2", ".git/b": "3", "bundle.txt": "4"})
	if err := os.Symlink("a", filepath.Join(dir, "link")); err != nil {
		t.Skipf("this system has no links: %v", err)
	}
	bundle, err := os.Stat(filepath.Join(dir, "bundle.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	got, err := Pack(t.Context(), dir, &out, bundle)
	want := Packed{Files: 1, Left: []corpus.Skipped{{Path: "bundle.txt", Reason: "the bundle that is being written"}, {Path: "link", Reason: corpus.SymbolicLink}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil || out.String() != "<<<FILE a>>>\n1\n" {
		t.Errorf("bundle %q, error %v (-want +got):\n%s", out.String(), err, diff)
	}
}

// TestPackRefuses holds that nothing is written of a folder that cannot be packed.
func TestPackRefuses(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "1\n", "b\nc": "2\n", "d\x1b": "3\n"})
	for root, want := range map[string]string{
		dir:                           `the name "b\nc" cannot stand in the header of a bundle` + "\n" + `the name "d\x1b" cannot stand in the header of a bundle`,
		filepath.Join(dir, "missing"): fmt.Sprintf("opening %q: no such file or directory", filepath.Join(dir, "missing")),
		filepath.Join(dir, "a"):       fmt.Sprintf("%q is not a folder", filepath.Join(dir, "a")),
	} {
		var out bytes.Buffer
		_, err := Pack(t.Context(), root, &out, nil)
		if err == nil || err.Error() != want || out.Len() > 0 {
			t.Errorf("error %v, written %q", err, out.String())
		}
	}
}

// TestUnpackRefuses holds that of a bundle with a name that leads outside, or
// onto a file that stands there, nothing is written at all.
func TestUnpackRefuses(t *testing.T) {
	for name, want := range map[string]string{
		"../x": "leads out", "/x": "leads out", "a/../../x": "leads out", "..": "leads out", "a/..": "that of a folder", ".": "that of a folder",
		"a/": "that of a folder", "x\x1by": "control characters", "kept": "exists already", "ok/y": "making its folder", "link/x": "escapes", "dir": "exists already",
	} {
		dir := t.TempDir()
		outside := t.TempDir()
		write(t, dir, map[string]string{"kept": "kept\n", "dir/f": "f"})
		if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
			t.Skipf("this system has no links: %v", err)
		}
		before := read(t, filepath.Join(dir, "dir"))
		_, err := unpack(t, "<<<FILE ok>>>\n1\n<<<FILE "+name+">>>\n2\n", dir)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "unpacking ") {
			t.Errorf("%q: error %v, want %q", name, err, want)
		}
		entries, _ := os.ReadDir(dir)
		if len(entries) != 3 || len(read(t, outside)) > 0 || !cmp.Equal(before, read(t, filepath.Join(dir, "dir"))) {
			t.Errorf("%q: the folder holds %v", name, entries)
		}
	}
}

// TestUnpackCleansNames holds that a name is a path, however it is written.
func TestUnpackCleansNames(t *testing.T) {
	to := filepath.Join(t.TempDir(), "new")
	if _, err := unpack(t, "<<<FILE ./a//b/../c>>>\n1\n<<<FILE d>>>\n2\n<<<FILE d>>>\n3\n", to); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"a/c": "1\n", "d": "2\n", "d#2": "3\n"}, read(t, to)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUnpackProblems(t *testing.T) {
	to := filepath.Join(t.TempDir(), "new")
	unpacked, err := unpack(t, "stray\n<<<FILE a\n1\n", to)
	if err != nil || unpacked.Files != 1 || len(unpacked.Problems.Listed) != 2 || unpacked.Problems.Unlisted != 0 {
		t.Errorf("%+v, error %v", unpacked, err)
	}
	other := filepath.Join(t.TempDir(), "other")
	unpacked, err = unpack(t, "not a bundle\n", other)
	if _, statErr := os.Stat(other); err != nil || len(unpacked.Problems.Listed) != 1 || statErr == nil {
		t.Errorf("what is no bundle: %+v, error %v, the folder is there: %t", unpacked, err, statErr == nil)
	}
}

// TestUnpackBreaksOff holds that a run that is interrupted leaves nothing.
func TestUnpackBreaksOff(t *testing.T) {
	parent := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	source := io.MultiReader(strings.NewReader("<<<FILE a>>>\n1\n<<<FILE b>>>\n"), cancelling(cancel))
	_, err := Unpack(ctx, "-", source, corpus.Options{}, filepath.Join(parent, "above", "new"))
	if entries, _ := os.ReadDir(parent); !errors.Is(err, context.Canceled) || len(entries) > 0 {
		t.Errorf("error %v, left %v", err, entries)
	}
}

// TestRenameOverwritesNothing holds that where files cannot be linked into
// their places, one that was made since the bundle was read is left as it is.
func TestRenameOverwritesNothing(t *testing.T) {
	dir := t.TempDir()
	target, err := newTarget(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer target.remove()
	for _, name := range []string{"a", "b"} {
		if err := target.write(name, []byte("new\n")); err != nil {
			t.Fatal(err)
		}
	}
	write(t, dir, map[string]string{"a": "kept\n"})
	written := func(name string) string { return filepath.Join(filepath.Base(target.filled), filling, name) }
	if err := target.rename(written("a"), "a"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("onto a file: error %v", err)
	}
	if err := target.rename(written("b"), "b"); err != nil {
		t.Errorf("error %v", err)
	}
	if err := target.rename(written("none"), "c"); err == nil {
		t.Error("no error of a file that is not there")
	}
	target.remove()
	if diff := cmp.Diff(map[string]string{"a": "kept\n", "b": "new\n"}, read(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRefusedTargetIsClosed holds that a folder in which none can be made is
// not kept open.
func TestRefusedTargetIsClosed(t *testing.T) {
	const descriptors = "/proc/self/fd" // in which nobody makes a folder, whatever his rights
	before, err := os.ReadDir(descriptors)
	if err != nil {
		t.Skipf("this system has no such folder: %v", err)
	}
	for range 5 {
		if _, err := newTarget(descriptors); err == nil || !strings.HasPrefix(err.Error(), "making a folder in ") {
			t.Fatalf("error %v", err)
		}
	}
	if after, _ := os.ReadDir(descriptors); len(after) > len(before) {
		t.Errorf("%d files were open, then %d", len(before), len(after))
	}
}

// cancelling is a source without end that ends the run.
type cancelling context.CancelFunc

func (c cancelling) Read(p []byte) (int, error) {
	c()
	return copy(p, "text\n"), nil
}

// TestManyProblems holds that problems which are not listed are counted.
func TestManyProblems(t *testing.T) {
	const many = 300
	bundle := strings.Repeat("<<<FILE a>>>\n\xff\n", many) // neither the name nor the byte is as it should be
	problems, err := Each(t.Context(), "-", strings.NewReader(bundle), corpus.Options{}, func(Entry) error { return nil })
	if total := len(problems.Listed) + problems.Unlisted; err != nil || problems.Unlisted == 0 || total < many-1 {
		t.Errorf("%d problems are listed, %d are not, error %v", len(problems.Listed), problems.Unlisted, err)
	}
	stray := strings.Repeat("stray\n<<<FILE a\n", many)
	problems, err = Each(t.Context(), "-", strings.NewReader(stray), corpus.Options{}, func(Entry) error { return nil })
	if total := len(problems.Listed) + problems.Unlisted; err != nil || problems.Unlisted == 0 || total < many {
		t.Errorf("of what stands outside of articles, %d problems are listed, %d are not, error %v", len(problems.Listed), problems.Unlisted, err)
	}
}

func TestEach(t *testing.T) {
	var got []string
	_, err := Each(t.Context(), "-", strings.NewReader("<<<FILE a>>>\n1\n<<<FILE b>>>\n2"), corpus.Options{}, func(e Entry) error {
		got = append(got, fmt.Sprintf("%d %s %q", e.Line, e.Name, e.Body))
		return nil
	})
	if diff := cmp.Diff([]string{`1 a "1\n"`, `3 b "2"`}, got); diff != "" || err != nil {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}
