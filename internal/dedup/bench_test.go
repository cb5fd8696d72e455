package dedup

import (
	"fmt"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// BenchmarkScan times a whole scan of generated news with planted copies, from
// memory: everything but the reading of files and the writing of reports.
func BenchmarkScan(b *testing.B) {
	for _, exhaustive := range []bool{false, true} {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("exhaustive=%t/workers=%d", exhaustive, workers), func(b *testing.B) {
				m := news(4000)
				b.SetBytes(m.bytes())
				b.ReportAllocs()
				for b.Loop() {
					scanOf(b, m, func(o *Options) { o.Workers, o.Exhaustive = workers, exhaustive })
				}
			})
		}
	}
}

// BenchmarkKinds times what each kind of finding costs by itself.
func BenchmarkKinds(b *testing.B) {
	m := news(4000)
	for _, kind := range AllKinds() {
		b.Run(string(kind), func(b *testing.B) {
			b.SetBytes(m.bytes())
			for b.Loop() {
				scanOf(b, m, func(o *Options) { o.Kinds = []Kind{kind} })
			}
		})
	}
}

// BenchmarkGrowth times scans of growing corpora: MB/s should hardly fall.
func BenchmarkGrowth(b *testing.B) {
	for _, articles := range []int{1000, 4000, 16000} {
		b.Run(fmt.Sprintf("articles=%d", articles), func(b *testing.B) {
			m := news(articles)
			b.SetBytes(m.bytes())
			for b.Loop() {
				scanOf(b, m, func(o *Options) { o.Workers = 2 })
			}
		})
	}
}

func news(articles int) *memory {
	options := corpusgen.DefaultOptions()
	options.Articles, options.Copies, options.Operations = articles, articles/10, corpusgen.StandardOperations()
	var stories []story
	for a := range corpusgen.New(options).All() {
		stories = append(stories, a)
	}
	return newMemory(stories...)
}

func (m *memory) bytes() int64 {
	total := 0
	for _, s := range m.Articles {
		total += len(s.Text)
	}
	return int64(total)
}
