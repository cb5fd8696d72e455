package dedup

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// ignoreBound leaves out of a comparison how much memory was allowed.
var ignoreBound = cmp.Options{ignoreHow, cmpopts.IgnoreFields(Options{}, "MaxMemory")}

// spilling is a corpus whose Spill counts its calls and fails one of them.
type spilling struct {
	*memory
	writes, reads         atomic.Int64 // readings are concurrent
	failWrite, failedRead int64        // the numbers of the calls that fail, from 1; 0 for none
}

var errSpill = errors.New("no space left")

func (s *spilling) Spill() corpus.Spill { return s }

func (s *spilling) Write(p []byte) (int, error) {
	if s.writes.Add(1) == s.failWrite {
		return 0, errSpill
	}
	return s.Spilled.Write(p)
}

func (s *spilling) ReadAt(p []byte, offset int64) (int, error) {
	if s.reads.Add(1) == s.failedRead {
		return 0, errSpill
	}
	return s.Spilled.ReadAt(p, offset)
}

// boundedScan is a scan of the corpus from its start that may spill however little there is.
func boundedScan(source *spilling, maxMemory int64, workers int) *scan {
	source.Seek(0)
	source.Spilled = corpustest.Spill{}
	source.writes.Store(0)
	source.reads.Store(0)
	options := DefaultOptions()
	options.Workers, options.MaxMemory = workers, maxMemory
	s := newScan(context.Background(), source, options, nil)
	s.leastSpilled = 0
	return s
}

// leastMemory is the least memory that a scan has room in.
func (s *scan) leastMemory() int64 {
	return int64(float64(s.restBytes())/roomShare) + 1
}

// manyBatches is a corpus that is read in some dozen batches, and the least
// memory that a scan of it has room in.
func manyBatches(t *testing.T) (*spilling, int64) {
	t.Helper()
	source := &spilling{memory: planted(seeded.Seed(), 600)}
	unbounded := boundedScan(source, 0, 1)
	if err := unbounded.read(); err != nil {
		t.Fatal(err)
	}
	if source.writes.Load() > 0 || unbounded.samples.Spilled() {
		t.Errorf("without a bound %d pieces are spilled", source.writes.Load())
	}
	return source, unbounded.leastMemory()
}

// TestMemoryDoesNotMatter holds the result to that of a scan without a bound,
// whether nothing is spilled, something, or all again and again.
func TestMemoryDoesNotMatter(t *testing.T) {
	source, least := manyBatches(t)
	want := scanOf(t, source.memory, nil)
	if len(want.Pairs) < 100 || len(want.Repeats) < 100 {
		t.Fatalf("the corpus is poor: %d pairs and %d repeats", len(want.Pairs), len(want.Repeats))
	}
	spilledTo := make(map[int64]int)
	for _, bound := range []int64{least, least * 5 / 4, least * 3 / 2, 100 * least} {
		for _, workers := range []int{1, 3} {
			s := boundedScan(source, bound, workers)
			got, err := s.run()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, ignoreBound); diff != "" {
				t.Errorf("%d bytes of at least %d, %d workers (-unbounded +bounded):\n%s", bound, least, workers, diff)
			}
			if spilled := s.samples.Spilled(); spilled != (bound < 100*least) {
				t.Errorf("%d bytes of at least %d: spilled %t", bound, least, spilled)
			}
			spilledTo[bound] = len(source.Spilled.Bytes)
		}
	}
	if spilledTo[least] <= spilledTo[least*3/2] {
		t.Errorf("more memory leaves more to be spilled: %v", spilledTo)
	}
}

// titled is a corpus whose articles have long titles.
type titled struct{ *memory }

func (c titled) Decode(scratch *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	article, ok, problems := c.memory.Decode(scratch, record)
	article.Meta = corpus.Meta{Title: strings.Repeat("t", 1<<10), URL: article.Key, Language: "en"}
	return article, ok, problems
}

// TestMetadataTakesMemory holds that titles count: of a thousand of 1 KiB, as a MiB.
func TestMetadataTakesMemory(t *testing.T) {
	var texts []string
	for i := range 1000 {
		texts = append(texts, fmt.Sprint("story ", i))
	}
	rest := func(source Corpus) int64 {
		s := newScan(context.Background(), source, DefaultOptions(), nil)
		if err := s.read(); err != nil {
			t.Fatal(err)
		}
		return s.restBytes()
	}
	more := rest(titled{bodies(texts...)}) - rest(bodies(texts...))
	if least := int64(len(texts)) << 10; more < least || more > least*5/4 {
		t.Errorf("a thousand titles of 1 KiB count as %d bytes", more)
	}
}

// TestLeastIsSpilled holds that little is not spilled, though there is no room.
func TestLeastIsSpilled(t *testing.T) {
	source, least := manyBatches(t)
	s := boundedScan(source, least, 1)
	s.leastSpilled = leastSpilled
	if err := s.read(); err != nil || s.samples.Spilled() {
		t.Errorf("error %v; %d bytes of samples are spilled", err, s.samples.Len()*6)
	}
}

func TestErrorsOfTheSpill(t *testing.T) {
	source, least := manyBatches(t)
	if _, err := boundedScan(source, least, 1).run(); err != nil {
		t.Fatal(err)
	}
	writes, reads := source.writes.Load(), source.reads.Load()
	for _, test := range []struct {
		name              string
		failWrite, failed int64
		want              string
	}{
		{"the first write", 1, 0, "spilling samples: no space left"},
		{"the last write", writes, 0, "spilling samples: no space left"},
		{"the first reading", 0, 1, "reading spilled samples: no space left"},
		{"the last reading", 0, reads, "reading spilled samples: no space left"},
	} {
		source.failWrite, source.failedRead = test.failWrite, test.failed
		result, err := boundedScan(source, least, 1).run()
		if !errors.Is(err, errSpill) || err.Error() != test.want || result != nil {
			t.Errorf("%s: error %v, want %q", test.name, err, test.want)
		}
	}
}

// TestTooManyForTheMemory has so many articles of one word that they alone need
// more than the least memory that may be allowed.
func TestTooManyForTheMemory(t *testing.T) {
	const articles = 100_000
	texts := make([]string, articles)
	for i := range texts {
		texts[i] = fmt.Sprint("word", i)
	}
	options := DefaultOptions()
	options.Workers, options.MaxMemory = 2, LeastMemory
	_, err := Scan(t.Context(), bodies(texts...), options, nil)
	if err == nil {
		t.Fatal("100,000 articles have room in 64 MiB")
	}
	var count, million int
	if _, scanErr := fmt.Sscanf(err.Error(), "%d articles need more memory than the 64 MiB allowed: about %d MiB for a million of them", &count, &million); scanErr != nil {
		t.Fatalf("error %v", err)
	}
	// 300 bytes an article and 28 a paragraph are two fifths.
	if roomFor := LeastMemory * 2 / 5 / 328; count <= roomFor || count > articles || million != 820*1_000_000>>20 {
		t.Errorf("there is room for %d: %v", roomFor, err)
	}
	if _, err := Scan(t.Context(), bodies(texts[:50_000]...), options, nil); err != nil {
		t.Errorf("half of them: %v", err)
	}
}

// TestLeastMemory holds which bounds are valid, and that the result, and so its
// hash, is told by none.
func TestLeastMemory(t *testing.T) {
	options := DefaultOptions()
	hash := options.Hash()
	for bound, want := range map[int64]bool{
		0: true, LeastMemory: true, 1 << 40: true, 1: false, -1: false, LeastMemory - 1: false,
	} {
		options.MaxMemory = bound
		err := options.Validate()
		if (err == nil) != want || err != nil && !strings.Contains(err.Error(), fmt.Sprintf("at least 64 MiB of memory, and %d bytes", bound)) {
			t.Errorf("%d bytes: error %v", bound, err)
		}
		if options.Hash() != hash {
			t.Errorf("%d bytes: the hash of the options is another", bound)
		}
	}
}
