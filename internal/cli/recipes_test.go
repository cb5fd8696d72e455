package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// recipe is a block of the README whose first line, or the one below a #! line, names
// the file that it is.
var recipe = regexp.MustCompile("(?ms)^```(?:yaml|sh|make)\n((?:#![^\n]*\n)?# ([^\n]*)\n.*?)^```$")

// TestRecipes lets the recipes of the README stand in a repository, and walks through
// a night in which a scraper adds a copy.
func TestRecipes(t *testing.T) {
	for _, program := range []string{"git", "make", "bash"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("not run, since %s is not installed", program)
		}
	}
	r := newRepository(t)
	r.want(0, "", "newsdedup scan --baseline known.json --write-baseline")
	r.commit("first", 0)
	r.want(0, "", "git push --quiet origin main")

	// An article that is new passes everywhere.
	r.want(0, "", "git switch --quiet --create night")
	r.write("corpus/fog.txt", "Fog held the night ferry off Lomm until noon, and the pilots drank their tea in the lock house.\n")
	r.commit("fog", 0)
	r.wantPipelines(0, "")
	r.want(0, "", "make check")

	// A copy is refused by each of them, with its name.
	r.write("corpus/copy.txt", r.read("corpus/fair.txt"))
	r.commit("copy", 1)
	r.want(0, "", "git commit --quiet --no-verify --message copy")
	r.wantPipelines(1, "copy.txt")
	r.wantStep(1, "::error file=corpus/copy.txt,", r.workflow()[0])
	r.want(2, "Error 1", "make check")
	for _, written := range []string{"report.json", "newsdedup.sarif", "newsdedup.xml", "gl-code-quality-report.json"} {
		if report := r.read(written); !strings.Contains(report, "copy.txt") {
			t.Errorf("%s does not name the copy:\n%s", written, report)
		}
	}

	// It is accepted.
	r.want(0, "", "make accept")
	r.want(0, "+    {\"kind\":\"exact\"", "git diff --unified=0 known.json")
	r.commit("accepted", 0)
	r.wantPipelines(0, "")

	// A list that cannot be had is no empty list.
	r.environment = append(r.environment, "GITHUB_BASE_REF=nowhere")
	r.run(r.workflow()[0], func(status int, printed string) {
		if status == 0 || status == 1 {
			t.Errorf("without a base: status %d\n%s", status, printed)
		}
	})
}

// A repository is a folder with the recipes in it, under git, with an origin.
type repository struct {
	t           *testing.T
	folder      string
	environment []string
}

func newRepository(t *testing.T) *repository {
	t.Helper()
	r := &repository{t: t, folder: t.TempDir()}
	home := t.TempDir()
	r.environment = append(readmeEnvironment(t), "HOME="+home, "XDG_CONFIG_HOME="+home, "GIT_CONFIG_NOSYSTEM=1", "GITHUB_BASE_REF=main")
	for _, name := range []string{"AUTHOR", "COMMITTER"} {
		r.environment = append(r.environment, "GIT_"+name+"_NAME=Night Desk", "GIT_"+name+"_EMAIL=desk@courier.test")
	}
	origin := filepath.Join(home, "origin.git")
	r.want(0, "", "git init --quiet --initial-branch main && git init --quiet --bare "+origin+" && git remote add origin "+origin)
	r.write("corpus/fair.txt", "The wool fair of Osk opened on Saturday with a parade of forty carts, and the mayor tasted the first cheese.\n")
	r.write("corpus/lock.txt", "The Serrin Canal was shut to all traffic after the seaward gate at Port Quillon would not close against the tide.\n")
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	recipes := recipe.FindAllStringSubmatch(string(readme), -1)
	for _, found := range recipes {
		r.write(found[2], found[1])
	}
	if len(recipes) != 5 {
		t.Fatalf("%d recipes in the README, want 5", len(recipes))
	}
	return r
}

func (r *repository) write(name, content string) {
	r.t.Helper()
	path := filepath.Join(r.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
		r.t.Fatal(err)
	}
}

func (r *repository) read(name string) string {
	r.t.Helper()
	content, err := os.ReadFile(filepath.Join(r.folder, name))
	if err != nil {
		r.t.Error(err)
	}
	return string(content)
}

// A step is a command of a pipeline, with the shell that runs it.
type step struct {
	Run, Shell string
}

// run runs a step as GitHub's runner does.
func (r *repository) run(s step, check func(status int, printed string)) {
	r.t.Helper()
	arguments := []string{"-e", "-c", s.Run}
	if s.Shell == "bash" {
		arguments = []string{"--noprofile", "--norc", "-e", "-o", "pipefail", "-c", s.Run}
	}
	cmd := exec.Command("bash", arguments...)
	cmd.Dir, cmd.Env = r.folder, r.environment
	printed, err := cmd.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		r.t.Fatal(err)
	}
	check(cmd.ProcessState.ExitCode(), string(printed))
}

// want runs a command that must end with a status and print some text.
func (r *repository) want(status int, text, command string) {
	r.t.Helper()
	r.wantStep(status, text, step{Run: command})
}

func (r *repository) wantStep(status int, text string, s step) {
	r.t.Helper()
	r.run(s, func(got int, printed string) {
		r.t.Helper()
		if got != status || !strings.Contains(printed, text) {
			r.t.Errorf("$ %s\nstatus %d, want %d and %q:\n%s", s.Run, got, status, text, printed)
		}
	})
}

// commit commits all there is, through the hook.
func (r *repository) commit(message string, status int) {
	r.t.Helper()
	r.want(status, "", "git add corpus known.json .newsdedup.yaml Makefile && git commit --message "+message)
}

// wantPipelines runs all that GitHub and GitLab would run.
func (r *repository) wantPipelines(status int, text string) {
	r.t.Helper()
	for _, s := range append(r.workflow(), r.pipeline()...) {
		r.wantStep(status, text, s)
	}
}

// workflow returns the steps of the workflow of GitHub that are commands.
func (r *repository) workflow() []step {
	r.t.Helper()
	var workflow struct {
		Jobs map[string]struct{ Steps []step }
	}
	r.parse(".github/workflows/corpus.yml", &workflow)
	return r.scans(2, workflow.Jobs["duplicates"].Steps)
}

// pipeline returns those of GitLab, each line of a script a step.
func (r *repository) pipeline() []step {
	r.t.Helper()
	var pipeline map[string]struct{ Script []string }
	r.parse(".gitlab-ci.yml", &pipeline)
	var steps []step
	for _, line := range pipeline["duplicates"].Script {
		steps = append(steps, step{Run: line})
	}
	return r.scans(1, steps)
}

func (r *repository) parse(name string, into any) {
	r.t.Helper()
	if err := yaml.Unmarshal([]byte(r.read(name)), into); err != nil {
		r.t.Fatalf("%s: %v", name, err)
	}
}

// scans returns the steps that scan: what fetches the program is not run.
func (r *repository) scans(want int, steps []step) []step {
	r.t.Helper()
	var scans []step
	for _, s := range steps {
		if strings.Contains(s.Run, "newsdedup scan") {
			scans = append(scans, s)
		}
	}
	if len(scans) != want {
		r.t.Fatalf("%d steps scan, want %d: %v", len(scans), want, steps)
	}
	return scans
}
