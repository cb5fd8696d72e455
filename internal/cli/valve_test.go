package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A noticedReader tells of the first time that it is read.
type noticedReader struct {
	io.Reader
	notice func()
}

func (r *noticedReader) Read(p []byte) (int, error) {
	if r.notice != nil {
		r.notice()
		r.notice = nil
	}
	return r.Reader.Read(p)
}

// TestAbandonedRunIsSilent holds that a run that is given up after an interrupt
// writes nothing behind the last line. The race detector sees a write that is not kept out.
func TestAbandonedRunIsSilent(t *testing.T) {
	reader, writer := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	input := &noticedReader{reader, func() { time.AfterFunc(20*time.Millisecond, cancel) }}
	var out, err bytes.Buffer
	streams := Streams{In: input, Out: &out, Err: &err, ErrWidth: 80, InTerminal: true}
	status := run(ctx, []string{"scan", "-", "--verbose"}, streams)
	want := "newsdedup: hint: reading standard input; end it with Ctrl-D\n" + eraseLine + "newsdedup: error: interrupted\n"
	if status != statusInterrupted || err.String() != want {
		t.Errorf("status %d, stderr %q, want %q", status, err.String(), want)
	}
	writer.Close() // the run goes on now, and would report
	for range 20 {
		time.Sleep(5 * time.Millisecond)
		if out.Len() > 0 || err.String() != want {
			t.Fatalf("after the end: stdout %q, stderr %q", out.String(), err.String())
		}
	}
}

// A stuckWriter is a pipe that nobody reads.
type stuckWriter struct{ entered, release chan struct{} }

func (w stuckWriter) Write(data []byte) (int, error) {
	close(w.entered)
	<-w.release
	return len(data), nil
}

func TestGate(t *testing.T) {
	valve := newValve()
	var out, err bytes.Buffer
	toOut, toErr := valve.guard(&out), valve.guard(&err)
	io.WriteString(toOut, "result")
	io.WriteString(toErr, "warning")
	valve.close()
	if _, writeErr := io.WriteString(toOut, " and more"); !errors.Is(writeErr, errAbandoned) {
		t.Errorf("behind a closed valve: %v", writeErr)
	}
	if out.String() != "result" || err.String() != "warning" {
		t.Errorf("through the valve came %q and %q", out.String(), err.String())
	}
}

// TestGateClosesOnAStuckWrite holds that an interrupt is not held up by a
// reader that does not read.
func TestGateClosesOnAStuckWrite(t *testing.T) {
	valve := newValve()
	stuck := stuckWriter{make(chan struct{}), make(chan struct{})}
	defer close(stuck.release)
	go io.WriteString(valve.guard(stuck), "result")
	<-stuck.entered
	closed := make(chan struct{})
	go func() { valve.close(); close(closed) }()
	select {
	case <-closed:
	case <-time.After(10 * time.Second):
		t.Error("the valve waits for a write that does not end")
	}
}

// TestOnlyStdoutEndsQuietly holds that a broken pipe is an error unless it is stdout's.
func TestOnlyStdoutEndsQuietly(t *testing.T) {
	broken := &os.PathError{Op: "write", Path: "spool", Err: syscall.EPIPE}
	for _, test := range []struct {
		err  error
		want int
	}{
		{nil, statusOK},
		{&outError{broken}, statusOK},
		{broken, statusError},
		{&os.PathError{Op: "read", Path: "a.txt", Err: os.ErrClosed}, statusError},
		{&outError{os.ErrClosed}, statusError},
		{errProblems, statusProblems},
		{io.ErrUnexpectedEOF, statusError},
	} {
		var stderr strings.Builder
		got := status(context.Background(), test.err, Streams{Err: &stderr})
		if got != test.want || (got == statusError) != (stderr.Len() > 0) {
			t.Errorf("%v: status %d, want %d; stderr %q", test.err, got, test.want, stderr.String())
		}
	}
}

// TestProgressIsErasedBeforeAnError holds that an error has a line of its own.
func TestProgressIsErasedBeforeAnError(t *testing.T) {
	var terminal lockedBuffer
	source := &trickle{until: time.Now().Add(patience + 4*redraw)}
	streams := Streams{In: source, Out: fullDisk{}, Err: &terminal, ErrWidth: 60}
	if status := run(context.Background(), []string{"scan", "-"}, streams); status != statusError {
		t.Errorf("status %d", status)
	}
	before, after, found := strings.Cut(terminal.String(), "newsdedup: error:")
	if !found || !strings.HasSuffix(before, eraseLine) || strings.Contains(after, eraseLine) || !strings.Contains(before, "reading  ") {
		t.Errorf("on the terminal: %q", terminal.String())
	}
}

// A trickle is a slow input.
type trickle struct {
	until time.Time
	begun bool
}

func (r *trickle) Read(data []byte) (int, error) {
	switch {
	case !r.begun:
		r.begun = true
		return copy(data, "<<<FILE a>>>\n"), nil
	case time.Now().After(r.until):
		return 0, io.EOF
	}
	time.Sleep(10 * time.Millisecond)
	return copy(data, "word "), nil
}
