package report

import (
	"fmt"
	"io"
	"testing"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// newsOfADay is what 100 MB of news come to: 3,000 pairs and clusters, and ten
// times as many repeats of sentences with the quotation marks and dashes that
// newspapers set.
func newsOfADay() *dedup.Result {
	const pairs, repeats = 3_000, 30_000
	result := manyFindings(3 * repeats)
	result.Pairs, result.Clusters = result.Pairs[:pairs], result.Clusters[:pairs]
	for i := range result.Repeats {
		result.Repeats[i].Text = fmt.Sprintf("“Buoy %d is adrift again”, said the pilots of Velmora – the third since Tuesday.\n"+
			"Whoever sees it is asked to leave it where it is and to ring the pilot station at once.", i)
	}
	return result
}

// BenchmarkWriteJSON holds the cost of a whole report of many findings.
func BenchmarkWriteJSON(b *testing.B) {
	result := newsOfADay()
	for _, name := range []string{"json", "jsonl"} {
		b.Run(name, func(b *testing.B) {
			var size countingWriter
			if err := Write(&size, name, result, Options{}); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, name, result, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
