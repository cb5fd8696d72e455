package gate

import (
	"context"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// story is an article of a corpus in memory.
type story struct{ key, source, body string }

// memory is a dedup.Corpus without files.
type memory struct {
	stories []story
	next    int
}

func (m *memory) Next(ctx context.Context) (corpus.Record, error) {
	if m.next == len(m.stories) {
		return corpus.Record{}, io.EOF
	}
	m.next++
	return corpus.Record{Offset: int64(m.next - 1), Line: m.next}, ctx.Err()
}

func (m *memory) Decode(_ *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	s := m.stories[record.Offset]
	return corpus.Article{
		Locator: record.Locator(), Key: s.key, Source: s.source, Path: "folder/" + s.key, Line: 1,
		Body: []byte(s.body), BodyLine: 1, Verbatim: true,
	}, true, nil
}

func (m *memory) Fetch(scratch *corpus.Scratch, at corpus.Locator) (corpus.Article, error) {
	article, _, _ := m.Decode(scratch, corpus.Record{Offset: at.Offset, Line: at.Line})
	return article, nil
}

func (m *memory) Admit(*corpus.Article) []corpus.Problem { return nil }
func (m *memory) Progress() (read, total int64)          { return 0, 0 }
func (m *memory) Spill() corpus.Spill                    { panic("memory is not bounded") }
func (m *memory) Problems() []corpus.Problem             { return nil }
func (m *memory) UnlistedProblems() int                  { return 0 }

// scan finds what repeats what in the stories.
func scan(t testing.TB, stories ...story) *dedup.Result {
	t.Helper()
	return scanWith(t, dedup.DefaultOptions(), &memory{stories: stories})
}

func scanWith(t testing.TB, options dedup.Options, source dedup.Corpus) *dedup.Result {
	t.Helper()
	result, err := dedup.Scan(context.Background(), source, options, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// known returns a baseline of all findings of the result.
func known(result *dedup.Result) *Baseline {
	rules := new(Rules)
	return rules.Review(result, 0).Renewed()
}

// reviewed holds a result to a baseline.
func reviewed(baseline *Baseline, result *dedup.Result) *Review {
	rules := &Rules{Baseline: baseline}
	return rules.Review(result, 0)
}

// words are so many words that no other call of the same source returns in this order.
func words(random *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		for _, digit := range strconv.Itoa(random.IntN(5000)) {
			b.WriteRune(digit - '0' + 'k') // figures make templates
		}
		b.WriteByte(' ')
	}
	return b.String()
}
