package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKilledClean kills the program at many moments of a cleaning: there is no
// output, or all of it with its manifest, and what is left of the temporary files is
// no output and no input of a later scan.
func TestKilledClean(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	var bundle strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&bundle, "<<<FILE %d.txt>>>\nThe ferry of line %d sails again on Monday, its owners said after a week of storm %d, with %d cars.\n", i, i%1000, i%1000, i%1000)
	}
	input := filepath.Join(work, "in.txt")
	if err := os.WriteFile(input, []byte(bundle.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	clean := func(out string) *exec.Cmd {
		cmd := exec.Command(self, "clean", input, "-o", out)
		cmd.Args[0] = "newsdedup" // by which this binary is the program
		return cmd
	}
	whole := filepath.Join(work, "whole.txt")
	begun := time.Now()
	if said, err := clean(whole).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	took := time.Since(begun)
	want, wantManifest := readFile(t, whole), readFile(t, whole+".manifest.jsonl")
	done := 0
	const kills = 40
	for i := range kills {
		out := filepath.Join(work, fmt.Sprintf("out%02d.txt", i))
		cmd := clean(out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(took * time.Duration(i) / (kills * 3 / 4))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		got, err := os.ReadFile(out)
		manifest, manifestErr := os.ReadFile(out + ".manifest.jsonl")
		switch {
		case errors.Is(err, fs.ErrNotExist) && (manifestErr != nil || bytes.Equal(manifest, wantManifest)):
		case err == nil && bytes.Equal(got, want) && bytes.Equal(manifest, wantManifest):
			done++
		default:
			t.Fatalf("killed after %d of %d: %d bytes, %v; manifest %d bytes, %v", i, kills, len(got), err, len(manifest), manifestErr)
		}
	}
	t.Logf("%d of %d runs were done when they were killed", done, kills)
	visible, err := filepath.Glob(filepath.Join(work, "[^.]*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range visible {
		if name := filepath.Base(path); name != "in.txt" && !strings.HasPrefix(name, "out") && !strings.HasPrefix(name, "whole.txt") {
			t.Errorf("left: %s", name)
		}
	}
}
