package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const root = "../.."

// TestReadme runs the commands of the README's console blocks, in the project's
// folder and in their order, and holds that they print what stands below them.
func TestReadme(t *testing.T) {
	written := t.TempDir() + "/" // what the README has in /tmp/, where others may have files of the names
	path := filepath.Join(root, "README.md")
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	environment := readmeEnvironment(t)
	var after strings.Builder
	commands := 0
	for _, part := range splitConsole(string(readme)) {
		if part.command == "" {
			after.WriteString(part.text)
			continue
		}
		commands++
		got := runReadme(t, strings.ReplaceAll(part.command, "/tmp/", written), environment, part.text)
		got = strings.ReplaceAll(got, written, "/tmp/")
		after.WriteString("$ " + part.command + "\n" + got)
		if diff := cmp.Diff(part.text, got); diff != "" && !*update {
			t.Errorf("README.md: $ %s (-written +printed):\n%s", part.command, diff)
		}
	}
	if commands == 0 {
		t.Error("README.md has no console block")
	}
	if *update {
		if err := os.WriteFile(path, []byte(after.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// A part of the README is a command with what it prints, or text of another kind.
type part struct{ command, text string }

func splitConsole(readme string) []part {
	var parts []part
	inside := false
	for line := range strings.Lines(readme) {
		command, isCommand := strings.CutPrefix(line, "$ ")
		fence := strings.HasPrefix(line, "```")
		switch {
		case fence || !inside && len(parts) == 0 || inside && isCommand:
			parts = append(parts, part{})
		}
		if fence {
			inside = strings.TrimSpace(line) == "```console"
		}
		last := &parts[len(parts)-1]
		if inside && isCommand {
			last.command = strings.TrimSuffix(command, "\n")
		} else {
			last.text += line
		}
	}
	return parts
}

// readmeEnvironment puts the program first on the path.
func readmeEnvironment(t *testing.T) []string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.Symlink(program, filepath.Join(folder, "newsdedup")); err != nil {
		t.Fatal(err)
	}
	return append(os.Environ(), "PATH="+folder+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// runReadme returns what the command prints, and what is written below it
// where the command wants a program that is not here.
func runReadme(t *testing.T, command string, environment []string, written string) string {
	t.Helper()
	for _, program := range []string{"jq", "zstd"} {
		if _, err := exec.LookPath(program); err != nil && strings.Contains(command, program+" ") {
			t.Logf("not run, since %s is not installed: $ %s", program, command)
			return written
		}
	}
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir, cmd.Env = root, environment
	output, err := cmd.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatalf("$ %s: %v", command, err)
	}
	return string(output)
}
