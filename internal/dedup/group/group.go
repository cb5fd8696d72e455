// Package group finds which owners share a key. It is how articles that share a
// sample, paragraphs that are equal and articles of one text are brought together.
//
// A Store takes entries of 40 bits of a key, an owner and a tag, in 6 bytes each,
// parted 256 ways by eight bits of the key, and gives back the lists of owners that
// share one (Lister). Of news four of five keys stand alone: a filter drops them
// before anything is sorted. What does not fit in memory can be moved to a file
// (Spill). Keys that agree in 40 bits are one here; who needs more compares more.
//
// Sort and Runs are for whole keys, held all at once, as an exhaustive
// comparison needs them. The entries are parted by the top byte of the key, and
// each part is sorted by its next 24 bits with a stable radix sort of three
// passes. Unequal keys that agree in their top 32 bits, few where keys are
// hashes, are then sorted by comparing. Entries of equal key keep the order in
// which they were added.
//
// Cost (BenchmarkStore, BenchmarkSort): a store takes some 15 nanoseconds for an entry,
// from adding it to its list, Sort 20 and 16 bytes, and as many while it sorts.
package group

import "slices"

// An Entry says that an owner has a key.
type Entry struct {
	Key   uint64
	Owner uint32
}

// Sort sorts the entries by key, stably, and returns them. The slice is
// reordered in place.
func Sort(entries []Entry) []Entry {
	if len(entries) < smallPart {
		slices.SortStableFunc(entries, compare)
		return entries
	}
	starts := part(entries)
	var scratch []Entry
	for i := range 256 {
		scratch = sortPart(entries[starts[i]:starts[i+1]], scratch)
	}
	return entries
}

// smallPart is the number of entries below which comparing beats three passes
// over tables of 256 counts.
const smallPart = 256

func compare(a, b Entry) int {
	switch {
	case a.Key < b.Key:
		return -1
	case a.Key > b.Key:
		return 1
	}
	return 0
}

// part orders the entries by the top byte of their keys, stably, and returns
// where each byte's part starts.
func part(entries []Entry) [257]int {
	var starts [257]int
	for _, entry := range entries {
		starts[entry.Key>>56+1]++
	}
	for i := range 256 {
		starts[i+1] += starts[i]
	}
	next := starts
	sorted := make([]Entry, len(entries))
	for _, entry := range entries {
		at := &next[entry.Key>>56]
		sorted[*at] = entry
		*at++
	}
	copy(entries, sorted)
	return starts
}

// sortPart sorts entries that agree in the top byte. It returns the scratch
// memory for the next call.
func sortPart(entries, scratch []Entry) []Entry {
	if len(entries) < smallPart {
		slices.SortStableFunc(entries, compare)
		return scratch
	}
	if cap(scratch) < len(entries) {
		scratch = make([]Entry, len(entries))
	}
	from, to := entries, scratch[:len(entries)]
	for shift := 32; shift < 56; shift += 8 {
		radixPass(to, from, shift)
		from, to = to, from
	}
	copy(entries, from) // three passes end in the scratch memory
	finish(entries)
	return scratch
}

func radixPass(to, from []Entry, shift int) {
	var next [257]int
	for _, entry := range from {
		next[int(byte(entry.Key>>shift))+1]++
	}
	for i := range 256 {
		next[i+1] += next[i]
	}
	for _, entry := range from {
		at := &next[byte(entry.Key>>shift)]
		to[*at] = entry
		*at++
	}
}

// finish orders entries that are sorted by the top 32 bits of their keys.
func finish(entries []Entry) {
	for start := 0; start < len(entries); {
		end, inOrder := start+1, true
		for end < len(entries) && entries[end].Key>>32 == entries[start].Key>>32 {
			inOrder = inOrder && entries[end-1].Key <= entries[end].Key
			end++
		}
		if !inOrder {
			slices.SortStableFunc(entries[start:end], compare)
		}
		start = end
	}
}

// Runs calls visit for each run of at least least entries of one key, in the
// order of the sorted entries. visit may reorder the run.
func Runs(sorted []Entry, least int, visit func(run []Entry)) {
	for start := 0; start < len(sorted); {
		end := start + 1
		for end < len(sorted) && sorted[end].Key == sorted[start].Key {
			end++
		}
		if end-start >= least {
			visit(sorted[start:end])
		}
		start = end
	}
}
