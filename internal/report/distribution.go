package report

import (
	"fmt"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report/page"
)

// shareSteps is how many ranges a distribution of shares has below the whole, which
// stands apart: of copies there are mostly more than of all else.
const shareSteps = 20

// alike counts the pairs by how much they share: those that are alike as wholes, those
// of which one is contained, and templates, as far as there are some.
func (h *html) alike() page.Chart {
	var whole, contained, template [shareSteps + 1]int
	for i := range h.all.Pairs {
		switch pair := &h.all.Pairs[i]; pair.Kind {
		case dedup.Contained:
			contained[step(max(pair.AInB, pair.BInA))]++
		case dedup.Template:
			template[step(pair.Similarity)]++
		default:
			whole[step(pair.Similarity)]++
		}
	}
	var chart page.Chart
	var columns []*[shareSteps + 1]int
	first := shareSteps + 1
	for _, column := range []struct {
		title  string
		counts *[shareSteps + 1]int
	}{{"Alike as wholes (pairs)", &whole}, {"Contained (pairs)", &contained}, {"Templates (pairs)", &template}} {
		for i, count := range column.counts {
			if count > 0 {
				first = min(first, i)
				chart.Columns, columns = append(chart.Columns, column.title), append(columns, column.counts)
				break
			}
		}
	}
	for i := first; i <= shareSteps; i++ {
		row := page.Row{Range: shareRange(i)}
		for _, counts := range columns {
			row.Bars = append(row.Bars, page.Bar{Count: number(counts[i]), Width: width(counts[i], counts[:])})
		}
		chart.Rows = append(chart.Rows, row)
	}
	return chart
}

// step is the range that a share falls into.
func step(share float64) int {
	if share >= 1 {
		return shareSteps
	}
	return max(0, min(shareSteps-1, int(share*shareSteps)))
}

func shareRange(step int) string {
	switch step {
	case shareSteps:
		return "100 %"
	case shareSteps - 1:
		return "95–99.9 %"
	}
	return fmt.Sprintf("%d–%d %%", step*100/shareSteps, (step+1)*100/shareSteps)
}

// width is the length of a bar in thousandths of the longest one's: what is not
// nothing can be seen.
func width(count int, all []int) int {
	most := 1
	for _, other := range all {
		most = max(most, other)
	}
	if count == 0 {
		return 0
	}
	return max(4, count*1000/most)
}
