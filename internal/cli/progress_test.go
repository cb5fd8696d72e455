package cli

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// line is what a bar of the stage shows.
func line(stage dedup.Stage, columns int, done, total int64) string {
	return lineOf(newBar(stage, columns, total).SetCurrent(done), columns)
}

func TestProgressLine(t *testing.T) {
	for _, test := range []struct {
		stage       dedup.Stage
		columns     int
		done, total int64
		want        string
	}{
		{dedup.Reading, 60, 107e6, 239e6, "reading  [=======        ]  45 %  107.00 MB of 239.00 MB  0s"},
		{dedup.Paragraphs, 50, 1234, 1234, "comparing paragraphs  [===============]  100 %  0s"},
		{dedup.Reading, 60, 12e6, 0, "reading  12.00 MB  0s"},
	} {
		if diff := cmp.Diff(test.want, line(test.stage, test.columns, test.done, test.total)); diff != "" {
			t.Errorf("%d columns (-want +got):\n%s", test.columns, diff)
		}
	}
}

func TestProgressLineFits(t *testing.T) {
	for _, stage := range []dedup.Stage{dedup.Reading, dedup.Searching, dedup.Comparing, dedup.Paragraphs, dedup.Documenting} {
		for columns := 1; columns < 120; columns++ {
			for _, total := range []int64{0, 1, 999_999_999} {
				line := line(stage, columns, 123_456_789, total)
				if len(line) > columns || strings.ContainsAny(line, "\r\n\x1b!") {
					t.Fatalf("%d columns: %q", columns, line)
				}
			}
		}
	}
}

// A lockedBuffer is a terminal that a test looks at while it is written to.
type lockedBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(data []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(data)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}

// shown returns what a terminal shows of one line in the end, and how often it
// was drawn. Each drawing must erase what stood there before.
func shown(output string) (last string, drawings int) {
	parts := strings.Split(output, eraseLine)
	for _, part := range parts[1:] {
		if part != "" {
			drawings++
		}
	}
	return parts[len(parts)-1], drawings
}

// TestProgressOnTerminal holds that nothing is drawn of short work, that the
// clock goes on in a stage that reports once, that drawings do not follow the
// number of reports, and that the line is gone in the end.
func TestProgressOnTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var terminal lockedBuffer
		p := newProgress(Streams{Err: &terminal, ErrWidth: 60}, func() (int64, int64) { return 5e6, 0 })
		for i := range 10_000 { // as often as articles are read
			p.update(dedup.Reading, i, 0)
		}
		time.Sleep(patience - redraw/2)
		if terminal.String() != "" {
			t.Errorf("drawn too early: %q", terminal.String())
		}
		p.update(dedup.Reading, 10_000, 0)
		time.Sleep(3 * time.Second)
		if last, drawings := shown(terminal.String()); last != "reading  5.00 MB  2.8s" || drawings > int(4*time.Second/redraw) {
			t.Errorf("after four seconds %q, in %d drawings", last, drawings)
		}
		p.update(dedup.Comparing, 1, 2)
		if last, _ := shown(terminal.String()); last != "" {
			t.Errorf("with a new stage %q stands still", last)
		}
		time.Sleep(time.Second)
		if last, _ := shown(terminal.String()); !strings.HasPrefix(last, "comparing  [====") {
			t.Errorf("the new stage is shown as %q", last)
		}
		p.close()
		if last, _ := shown(terminal.String()); last != "" {
			t.Errorf("%q is left on the terminal", last)
		}
	})
}

func TestProgressIntoPipe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var pipe bytes.Buffer
		p := newProgress(Streams{Err: &pipe}, nil)
		p.update(dedup.Comparing, 1, 2)
		time.Sleep(time.Minute)
		p.close()
		if pipe.Len() > 0 {
			t.Errorf("into a pipe: %q", pipe.String())
		}
	})
}
