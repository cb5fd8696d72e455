package parallel

import "io"

// Ahead reads a source on a goroutine of its own, ahead of who reads the bytes.
// It is used for one source after the other, with the same memory: Start, Read
// to the end or not, Stop. Its methods are for one goroutine.
//
// Map does not fit here: whoever splits an input into records asks for its
// bytes, and cannot be handed them.
type Ahead struct {
	size   int
	free   chan []byte // blocks that hold nothing; nil for one not yet made
	filled chan block  // in their order; of all blocks, so none waits to be put there

	opened  chan error // the result of opening the source
	stop    chan struct{}
	ended   chan struct{}
	reading block // what Read has not yet given
	memory  []byte
}

// A block is bytes of the source, and what stands behind them if they are the last.
type block struct {
	rest []byte
	err  error
}

// NewAhead returns an Ahead that reads at most the given number of blocks ahead.
func NewAhead(blocks, size int) *Ahead {
	a := &Ahead{size: size, free: make(chan []byte, blocks), filled: make(chan block, blocks)}
	for range blocks {
		a.free <- nil
	}
	return a
}

// Start opens a source and begins to read it. Whatever open and the source do,
// they do on the goroutine that is started, which has ended when Stop returns.
func (a *Ahead) Start(open func() (io.Reader, error)) {
	a.opened, a.stop, a.ended = make(chan error, 1), make(chan struct{}), make(chan struct{})
	go func(stop <-chan struct{}, ended chan<- struct{}) {
		defer close(ended)
		source, err := open()
		a.opened <- err
		for err == nil {
			var memory []byte
			select {
			case <-stop:
				return
			case memory = <-a.free:
			}
			if memory == nil {
				memory = make([]byte, a.size)
			}
			n := 0
			n, err = fill(source, memory, stop)
			a.filled <- block{memory[:n], err}
		}
	}(a.stop, a.ended)
}

// fill reads until the memory is full, so that a source that gives little at
// a time costs no handing over for each.
func fill(source io.Reader, memory []byte, stop <-chan struct{}) (n int, err error) {
	for idle := 0; n < len(memory) && err == nil; {
		select {
		case <-stop:
			return n, io.ErrClosedPipe
		default:
		}
		var more int
		more, err = source.Read(memory[n:])
		n += more
		if idle++; more > 0 {
			idle = 0
		}
		if idle == maxIdle {
			err = io.ErrNoProgress
		}
	}
	return n, err
}

// maxIdle bounds reads in a row that bring neither bytes nor an error.
const maxIdle = 100

// Opened returns the error of opening the source, when that has been done.
// Where there is one, there is nothing to be read.
func (a *Ahead) Opened() error {
	err := <-a.opened
	a.opened <- err
	return err
}

// Read returns the next bytes of the source, as io.Reader does: its error
// stands behind all that was read before.
func (a *Ahead) Read(p []byte) (int, error) {
	for len(a.reading.rest) == 0 {
		if a.reading.err != nil {
			return 0, a.reading.err
		}
		a.release()
		a.reading = <-a.filled
		a.memory = a.reading.rest[:0]
	}
	n := copy(p, a.reading.rest)
	a.reading.rest = a.reading.rest[n:]
	return n, nil
}

// Ended reports whether the source has been read to its end, so that Stop need
// not wait.
func (a *Ahead) Ended() bool {
	select {
	case <-a.ended:
		return true
	default:
		return false
	}
}

// release gives the memory of the block back that has been read.
func (a *Ahead) release() {
	if a.memory != nil {
		a.free <- a.memory[:a.size]
		a.memory = nil
	}
}

// Stop ends the reading, and waits for a call of the source that is under way.
func (a *Ahead) Stop() {
	close(a.stop)
	<-a.ended
	a.release()
	a.reading = block{}
	for len(a.filled) > 0 {
		a.free <- (<-a.filled).rest[:a.size]
	}
}
