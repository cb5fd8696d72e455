package cli

import (
	"errors"
	"io"
	"time"
)

// errAbandoned is what a run that was given up gets for its writes.
var errAbandoned = errors.New("the run was interrupted")

// lastWrite is how long a run that is given up may finish a write that it is
// in. Only a reader that does not read takes longer.
const lastWrite = 50 * time.Millisecond

// A valve stands before the writers of a run, of which one at a time is written
// to. Once it is closed, nothing passes: the process may say its last words
// while the run, which cannot be stopped, goes on.
type valve struct {
	free   chan struct{} // holds a token while nobody writes
	closed chan struct{}
}

func newValve() *valve {
	g := &valve{free: make(chan struct{}, 1), closed: make(chan struct{})}
	g.free <- struct{}{}
	return g
}

// close closes the valve. It waits for a write that is under way, but not for ever.
func (g *valve) close() {
	close(g.closed)
	select {
	case <-g.free:
	case <-time.After(lastWrite):
	}
}

// guard returns the writer behind the valve.
func (g *valve) guard(writer io.Writer) io.Writer { return &valveWriter{g, writer} }

type valveWriter struct {
	valve  *valve
	writer io.Writer
}

func (w *valveWriter) Write(data []byte) (int, error) {
	select {
	case <-w.valve.free:
	case <-w.valve.closed:
		return 0, errAbandoned
	}
	defer func() { w.valve.free <- struct{}{} }()
	select {
	case <-w.valve.closed: // both were ready
		return 0, errAbandoned
	default:
		return w.writer.Write(data)
	}
}

// An outError is an error of writing to stdout. It reads as its cause.
type outError struct{ error }

func (e *outError) Unwrap() error { return e.error }

// An outWriter marks the errors of stdout, so that they are told from those of
// other pipes and files.
type outWriter struct{ writer io.Writer }

func (w outWriter) Write(data []byte) (int, error) {
	n, err := w.writer.Write(data)
	if err != nil {
		err = &outError{err}
	}
	return n, err
}

// A recorder keeps the first error of its writer for the end of the command
// and hides it from cobra, which drops it or writes it to stderr in its own words.
type recorder struct {
	writer io.Writer
	err    error
}

func (r *recorder) Write(data []byte) (int, error) {
	if r.err == nil {
		_, r.err = r.writer.Write(data)
	}
	return len(data), nil
}
