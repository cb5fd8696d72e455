package corpus

import (
	"fmt"
	"runtime"
	"testing"
)

// BenchmarkAdmit admits a million articles, each under a name of its own. What
// it allocates an article is beside the name, which is the decoder's.
func BenchmarkAdmit(b *testing.B) {
	const articles = 1_000_000
	named := make([]string, articles)
	for i := range named {
		named[i] = fmt.Sprintf("outlet-%02d/%07d.txt", i%40, i)
	}
	for b.Loop() {
		b.StopTimer()
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		b.StartTimer()
		var c Corpus
		article := Article{}
		for i, name := range named {
			article.Key, article.Line = name, i
			c.Admit(&article)
		}
		b.StopTimer()
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric((float64(after.HeapAlloc)-float64(before.HeapAlloc))/articles, "B/article")
		b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/articles, "total-B/article")
		runtime.KeepAlive(&c)
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/articles, "ns/article")
}
