package repeat

import (
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup/group"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// TestMet counts pairs as a map does: few that are asked for in between, and more than
// are pending at once.
func TestMet(t *testing.T) {
	random := seeded.Rand(t)
	for _, adds := range []int{0, 1, 100, 2*countFrom + 7} {
		var m met
		want := make(map[Pair]int)
		for range adds {
			a, b := random.Uint32N(40), 1<<30+random.Uint32N(40)
			want[Pair{a, b}]++
			if random.IntN(2) == 0 {
				a, b = b, a
			}
			m.add(a, b)
		}
		last := Pair{}
		m.each(func(pair Pair, times int) {
			if times != min(want[pair], 1<<16-1) || pair.A < last.A || pair.A == last.A && pair.B <= last.B && last.B > 0 {
				t.Errorf("%d adds: %v after %v, %d times, want %d", adds, pair, last, times, want[pair])
			}
			delete(want, pair)
			last = pair
		})
		if len(want) > 0 {
			t.Errorf("%d adds: %d pairs are not told", adds, len(want))
		}
	}
	var m met
	for range 1<<16 + 5 {
		m.add(1, 2)
	}
	m.each(func(_ Pair, times int) {
		if times != 1<<16-1 {
			t.Errorf("counted %d times, want no more than 65535", times)
		}
	})
}

// TestLongTextsMustMeet has two long texts whose maps are full, which share so many
// samples: they are candidates from the least number of them on that near
// texts share.
func TestLongTextsMustMeet(t *testing.T) {
	const tokens = 304 // 300 shingles: of 293 windows 30 and 7 times 7 may be lost, and half is left
	least := ((293-30-49)/2 + 7) / 8
	for samples := 1; samples < 2*least; samples++ {
		table := NewTable(defaults)
		var lists group.Lists
		for text := range 2 {
			table.Add(hashOf(text), tokens, 0, 1<<64-1)
		}
		table.AddArticles([]uint32{1, 1})
		for range samples {
			lists.Owners, lists.Tags = append(lists.Owners, 0, 1), append(lists.Tags, 5, 5)
			lists.Ends = append(lists.Ends, uint32(len(lists.Owners)))
		}
		pairs, _ := table.Candidates(textsOf(t, table), &lists)
		if found := len(pairs) == 1; found != (samples >= least) {
			t.Errorf("sharing %d samples, and %d are the least: candidates %v", samples, least, pairs)
		}
	}
}

// TestMostMet holds that no text must meet another more often than is counted.
func TestMostMet(t *testing.T) {
	table := NewTable(defaults)
	table.Add(1, 5_000_000, 0, 1<<64-1)
	table.AddArticles([]uint32{1})
	s := &search{table: table, bars: defaults.newBars()}
	if least := s.leastMet(0); least != mostMet {
		t.Errorf("a text of five million words must meet another %d times, and %d are counted", least, mostMet)
	}
}
