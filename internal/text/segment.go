package text

import (
	"slices"
	"unicode/utf8"
)

// longRun is the number of marks, on one base, from which they are ordered by
// counting. Words have one to four; insertion is the faster up to some dozens,
// and quadratic beyond.
const longRun = 32

// scanSegment takes the full path: it normalises the characters from at to the next one
// that starts a segment, adds them to the tokens, and returns where it stopped.
func (d *Document) scanSegment(body []byte, at int) int {
	d.units = d.units[:0]
	for first := true; at < len(body); first = false {
		char, size := utf8.DecodeRune(body[at:])
		if !first && entryOf(char).starts {
			break
		}
		for _, part := range unitsOf(char) {
			part.start, part.end = uint32(at), uint32(at+size)
			d.units = append(d.units, part)
		}
		at += size
	}
	d.orderMarks()
	for _, part := range composeUnits(d.units) {
		if d.admit(entryOf(part.char).class, part.start) {
			d.Norm = utf8.AppendRune(d.Norm, part.char)
			d.open.end = max(d.open.end, part.end)
		}
	}
	if cap(d.units) > keptScratch {
		d.units, d.sorted = nil, nil
	}
	return at
}

// orderMarks brings each run of marks into canonical order and then folds the
// iota subscripts. Marks that change places all get the byte range of their run, so
// that ranges never run backwards.
func (d *Document) orderMarks() {
	for from := 0; from < len(d.units); {
		if d.units[from].order == 0 {
			from++
			continue
		}
		to := from + 1
		for to < len(d.units) && d.units[to].order != 0 {
			to++
		}
		d.orderRun(d.units[from:to])
		from = to
	}
}

// orderRun orders one run of marks.
func (d *Document) orderRun(run []unit) {
	if !slices.IsSortedFunc(run, compareOrder) {
		start, end := run[0].start, run[len(run)-1].end
		if len(run) < longRun {
			slices.SortStableFunc(run, compareOrder)
		} else {
			d.countingSort(run)
		}
		for index := range run {
			run[index].start, run[index].end = start, end
		}
	}
	foldIota(run)
}

// foldIota folds the iota subscripts, which canonical order puts last.
func foldIota(run []unit) {
	for index := len(run) - 1; index >= 0 && run[index].char == iotaSubscript; index-- {
		run[index].char, run[index].order = 'ι', 0
	}
}

func compareOrder(a, b unit) int {
	return int(a.order) - int(b.order)
}

// countingSort orders a run of any length in linear time, stably.
func (d *Document) countingSort(run []unit) {
	var next [257]int
	for _, part := range run {
		next[int(part.order)+1]++
	}
	for order := 1; order < len(next); order++ {
		next[order] += next[order-1]
	}
	d.sorted = slices.Grow(d.sorted[:0], len(run))[:len(run)]
	for _, part := range run {
		d.sorted[next[part.order]] = part
		next[part.order]++
	}
	copy(run, d.sorted)
}

// composeUnits composes units in canonical order, in place (Unicode, section
// 3.11: a mark joins the last starter unless one of no lower class, or another
// starter, stands between).
func composeUnits(units []unit) []unit {
	result := units[:0]
	starter := -1
	for _, part := range units {
		last := len(result) - 1
		if part.joins && starter >= 0 && (last == starter || result[last].order < part.order) {
			if composite, ok := compose(result[starter].char, part.char); ok {
				result[starter].char = composite
				result[starter].end = max(result[starter].end, part.end)
				continue
			}
		}
		if part.order == 0 {
			starter = len(result)
		}
		result = append(result, part)
	}
	return result
}
