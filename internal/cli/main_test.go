package cli

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the expected output in the scripts anew")

// TestMain lets the test binary stand in for newsdedup in the scripts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"newsdedup": func() { os.Exit(Main(os.Args[1:], System())) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			data, err := os.Getwd()
			env.Setenv("EXAMPLES", data+"/../../testdata")
			return err
		},
	})
}

// TestInterruptedWhileReading holds that an interrupt ends a run that waits for
// its input, with status 130.
func TestInterruptedWhileReading(t *testing.T) {
	for _, args := range [][]string{{"scan", "-"}, {"scan", "-", "--max-findings", "0"}, {"explain", "one", "two", "--in", "-"}} {
		reader, writer := io.Pipe() // nobody will write
		defer writer.Close()
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(20*time.Millisecond, cancel)
		var out, err bytes.Buffer
		if status := run(ctx, args, Streams{In: reader, Out: &out, Err: &err}); status != statusInterrupted {
			t.Errorf("%v: status %d, want %d", args, status, statusInterrupted)
		}
		if out.Len() > 0 || err.String() != "newsdedup: error: interrupted\n" {
			t.Errorf("%v: stdout %q, stderr %q", args, out.String(), err.String())
		}
	}
}

// closedPipe is a reader's end that has gone away.
type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}
}

func TestClosedPipeIsNoError(t *testing.T) {
	var err bytes.Buffer
	status := run(context.Background(), []string{"scan", "../../testdata/bundle.txt", "--format", "json"}, Streams{Out: closedPipe{}, Err: &err})
	if status != statusOK || err.Len() > 0 {
		t.Errorf("status %d, stderr %q", status, err.String())
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestFailedWriteIsAnError(t *testing.T) {
	for _, gate := range []string{"none", "any"} { // one that is missed makes it no finding
		var err bytes.Buffer
		status := run(context.Background(), []string{"scan", "../../testdata/bundle.txt", "--fail-on", gate}, Streams{Out: fullDisk{}, Err: &err})
		if status != statusError || !strings.Contains(err.String(), "short write") {
			t.Errorf("fail on %s: status %d, stderr %q", gate, status, err.String())
		}
	}
}
