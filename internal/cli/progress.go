package cli

import (
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// patience is how long work may take before a progress bar appears.
const patience = time.Second

// redraw is the least time between two drawings of the bar.
const redraw = 100 * time.Millisecond

// progress shows how far a scan is, on a terminal, and times its stages.
type progress struct {
	streams Streams
	input   func() (read, total int64)
	started time.Time
	bar     *progressbar.ProgressBar
	stages  []timedStage
}

type timedStage struct {
	stage dedup.Stage
	begun time.Time
}

func newProgress(streams Streams, input func() (read, total int64)) *progress {
	return &progress{streams: streams, input: input, started: time.Now()}
}

// update is a dedup.Progress.
func (p *progress) update(stage dedup.Stage, done, total int) {
	if len(p.stages) == 0 || p.stages[len(p.stages)-1].stage != stage {
		p.stages = append(p.stages, timedStage{stage, time.Now()})
		p.clear()
	}
	if p.streams.ErrWidth == 0 || time.Since(p.started) < patience {
		return
	}
	read, size := int64(done), int64(total)
	if stage == dedup.Reading {
		read, size = p.input()
	}
	if size == 0 {
		size = -1 // unknown: a spinner
	}
	if p.bar == nil || p.bar.GetMax64() != size {
		p.clear() // the stage has only now learned how much there is to do
		p.bar = p.newBar(stage, size)
	}
	// An error of the bar is one of stderr, which nobody could be told.
	_ = p.bar.Set64(min(read, max(size, read)))
}

func (p *progress) newBar(stage dedup.Stage, size int64) *progressbar.ProgressBar {
	return progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(p.streams.Err),
		progressbar.OptionSetDescription(string(stage)),
		progressbar.OptionShowBytes(stage == dedup.Reading),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(redraw),
		progressbar.OptionSetWidth(max(10, min(40, p.streams.ErrWidth-60))),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(true),
	)
}

// clear takes the bar off the terminal.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
		_ = p.bar.Exit()
		p.bar = nil
	}
}

func (p *progress) close() {
	p.clear()
	p.stages = append(p.stages, timedStage{"", time.Now()})
}

// tellStages says how long each stage took.
func (p *progress) tellStages() {
	begun := p.started
	for i, stage := range p.stages[:len(p.stages)-1] {
		end := p.stages[i+1].begun
		p.streams.tell("%s: %v", stage.stage, end.Sub(begun).Round(time.Millisecond))
		begun = end
	}
}
