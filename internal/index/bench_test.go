package index

import (
	"context"
	"fmt"
	"testing"

	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// BenchmarkLookUp looks up articles, of which every eleventh is a copy, in an index of 20,000 in ten segments and then in one.
func BenchmarkLookUp(b *testing.B) {
	options := dedup.DefaultOptions()
	x, _ := newIndexAt(b, options)
	articles := news(1, 18000, 2000)
	for part := range 10 {
		addTo(b, x, articles[part*2000:][:2000])
	}
	fresh := append(news(2, 100, 0), articles[:10]...)
	for _, compacted := range []bool{false, true} {
		if compacted {
			if err := x.Compact(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(fmt.Sprintf("segments=%d", len(x.segments)), func(b *testing.B) {
			sketcher, finder := dedup.NewSketcher(options), x.newFinder(x.segments, options)
			rules := options.Rules(options)
			var t intake
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				article := fresh[i%len(fresh)]
				sketch := sketcher.Sketch([]byte(article.Text))
				t.take(sketch, options.MinRepeat, &rules)
				if _, err := finder.find(sketch, &t, tagOf(article.Source)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// addTo adds articles without looking for anything.
func addTo(tb testing.TB, x *Index, articles []corpusgen.Article) {
	tb.Helper()
	if _, err := x.Read(context.Background(), &corpustest.Memory{Articles: articles}, Options{Dedup: dedup.DefaultOptions(), Add: true}); err != nil {
		tb.Fatal(err)
	}
	if err := x.Keep(context.Background()); err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkOne takes one article through what a feed does with it: it is answered, and kept.
func BenchmarkOne(b *testing.B) {
	options := dedup.DefaultOptions()
	x, _ := newIndexAt(b, options)
	addTo(b, x, news(1, 18000, 2000))
	fresh := news(2, 2000, 0)
	b.Run("view", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := x.NewView(context.Background(), &corpustest.Memory{Articles: fresh[i%len(fresh):][:1]}, Options{Dedup: options}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("live", func(b *testing.B) {
		live := x.NewLive(&corpustest.Memory{Articles: fresh}, Options{Dedup: options})
		for i := 0; b.Loop(); i++ {
			live.source.(*corpustest.Memory).Seek(i % len(fresh))
			if _, err := live.Next(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("keep", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			one := fresh[i%len(fresh)]
			one.Key = fmt.Sprint(i)
			addTo(b, x, []corpusgen.Article{one})
		}
	})
}
