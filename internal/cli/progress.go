package cli

import (
	"io"
	"sync"
	"time"

	"github.com/cheggaaa/pb/v3"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

const (
	// patience is how long work may take before progress is shown.
	patience = time.Second
	// redraw is the time between two drawings: the clock moves smoothly, and
	// a slow terminal is not kept busy.
	redraw = 200 * time.Millisecond
)

// eraseLine clears the line that the cursor of a terminal is in.
const eraseLine = "\r\x1b[2K"

// margin is the columns behind the line that stay free: two for the ^C that a
// terminal prints at an interrupt, and one behind which some break the line.
// What goes on in a second line is not erased with the first.
const margin = 3

// progress shows how far a scan is, on a terminal, and times its stages. A
// goroutine draws, so that the clock goes on while a stage has nothing to tell.
type progress struct {
	streams Streams
	input   func() (read, total int64)
	started time.Time
	stop    func() // ends the drawing and waits for its end

	mutex       sync.Mutex // guards what follows
	stages      []timedStage
	done, total int
	bar         *pb.ProgressBar // of the current stage, once it was drawn
	drawn       bool            // a line stands on the terminal
}

type timedStage struct {
	stage dedup.Stage
	begun time.Time
}

func newProgress(streams Streams, input func() (read, total int64)) *progress {
	p := &progress{streams: streams, input: input, started: time.Now(), stop: func() {}}
	p.stages = []timedStage{{dedup.Reading, p.started}}
	if streams.ErrWidth > 0 {
		ticker, ended := time.NewTicker(redraw), make(chan struct{})
		var drawing sync.WaitGroup
		drawing.Go(func() { p.drawEach(ticker.C, ended) })
		p.stop = func() {
			ticker.Stop()
			close(ended)
			drawing.Wait()
		}
	}
	return p
}

// update is a dedup.Progress.
func (p *progress) update(stage dedup.Stage, done, total int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.stages[len(p.stages)-1].stage != stage {
		p.stages = append(p.stages, timedStage{stage, time.Now()})
		p.bar = nil
		p.erase()
	}
	p.done, p.total = done, total
}

func (p *progress) drawEach(tick <-chan time.Time, ended <-chan struct{}) {
	for {
		select {
		case <-ended:
			return
		case now := <-tick:
			if now.Sub(p.started) >= patience {
				p.draw()
			}
		}
	}
}

// draw draws the current stage anew. An error is one of stderr, which nobody
// could be told.
func (p *progress) draw() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	stage := p.stages[len(p.stages)-1].stage
	done, total, columns := int64(p.done), int64(p.total), p.streams.ErrWidth-margin
	if stage == dedup.Reading {
		done, total = p.input()
	}
	if p.bar == nil || (p.bar.Total() > 0) != (total > 0) {
		p.bar = newBar(stage, columns, total)
	}
	line := lineOf(p.bar.SetTotal(total).SetCurrent(done), columns)
	_, _ = io.WriteString(p.streams.Err, eraseLine+line)
	p.drawn = true
}

// roomForCounts is the columns from which a line tells more than the share
// that is done.
const roomForCounts = 56

// lineOf draws the bar, which is ASCII, in at most the columns.
func lineOf(bar *pb.ProgressBar, columns int) string {
	line := bar.String()
	return line[:min(len(line), max(0, columns))]
}

// newBar returns the bar of a stage for that many columns, which writes
// nothing itself. Where the total is 0, being unknown, it shows
// what is done and no share.
func newBar(stage dedup.Stage, columns int, total int64) *pb.ProgressBar {
	template := string(stage)
	if total > 0 {
		template += `{{bar . "  [" "=" "=" " " "]"}}{{percent . "  %.0f %%"}}`
	}
	if columns >= roomForCounts || stage == dedup.Reading {
		template += `{{counters . "  %s of %s" "  %[1]s"}}`
	}
	bar := pb.New64(total).SetTemplateString(template+`{{etime . "  %s"}}`).
		SetWidth(columns).Set(pb.Static, true).Set(pb.Terminal, false)
	if stage == dedup.Reading {
		bar.Set(pb.Bytes, true).Set(pb.SIBytesPrefix, true)
	}
	return bar.Start()
}

// erase takes the line off the terminal.
func (p *progress) erase() {
	if p.drawn {
		_, _ = io.WriteString(p.streams.Err, eraseLine)
		p.drawn = false
	}
}

// close ends the drawing. The terminal is as it was.
func (p *progress) close() {
	p.stop()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.erase()
	p.stages = append(p.stages, timedStage{"", time.Now()})
}

// tellStages says how long each stage took. It is called after close.
func (p *progress) tellStages() {
	for i, stage := range p.stages[:len(p.stages)-1] {
		took := p.stages[i+1].begun.Sub(stage.begun)
		p.streams.tell("%s: %v", stage.stage, took.Round(time.Millisecond))
	}
}
