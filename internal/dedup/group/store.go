package group

import (
	"errors"
	"math"
	"slices"
)

const (
	keyBits   = 32 // of a key, beside the eight of its partition
	tagBits   = 4
	ownerBits = 64 - keyBits - tagBits
	// shift is the bits of a key that play no part: those that its maker may use.
	shift = 4
)

const (
	// MaxOwner is the largest owner of an entry.
	MaxOwner = 1<<ownerBits - 1
	// MaxTag is the largest tag of an entry.
	MaxTag = 1<<tagBits - 1
	// KeyBits is the number of bits of a key that count.
	KeyBits = keyBits + 8
	// Partitions is the number of parts that entries are kept in, and lists given
	// back, by eight bits of their keys: a part of a corpus of a gigabyte fits the
	// second cache.
	Partitions = 256
)

// ErrTooMany says that there are more owners, or entries, than a Store can number.
var ErrTooMany = errors.New("more than 268,435,456 articles or paragraphs, or 4,294,967,295 samples of them")

// An entry is 32 bits of a key, an owner and a tag, the highest first, so that
// sorting entries sorts them by key and then by owner.
type entry uint64

func (e entry) key() uint32   { return uint32(e >> (ownerBits + tagBits)) }
func (e entry) owner() uint32 { return uint32(e >> tagBits & MaxOwner) }
func (e entry) tag() uint8    { return uint8(e & MaxTag) }

// A rest is what a store keeps of an entry beside 32 bits of its key: how far
// its owner is from the base of its section, and the tag.
type rest uint16

// sectionOwners is the number of owners that a section may tell apart.
const sectionOwners = 1 << (16 - tagBits)

// A Batch collects entries on their way into a Store: their making and their
// parting is the work of many goroutines, each with a batch of its own. The zero
// value is empty.
type Batch struct {
	added []addition

	// Parted.
	partKeys  []uint32
	partRests []rest
	sections  []section
}

// An addition is an entry as it was added.
type addition struct {
	key   uint64 // without the bits that play no part
	owner uint32
	tag   uint8
}

// A section is entries whose owners are near each other, by partition.
type section struct {
	base uint32                 // of the owners
	ends [Partitions + 1]uint32 // of the partitions in the batch's partKeys and partRests
}

// Reset empties the batch.
func (b *Batch) Reset() { b.added = b.added[:0] }

// Add adds an entry. Its owner is counted from a base that is not known yet, and
// never below that of the entry before.
// Of the key 40 bits count, from the fifth lowest on. The tag is MaxTag at the most.
func (b *Batch) Add(key uint64, owner uint32, tag uint8) {
	b.added = append(b.added, addition{key >> shift, owner, tag})
}

// Each calls visit with the entries in the order of their adding: of their keys the
// 40 bits that count.
func (b *Batch) Each(visit func(key uint64, owner uint32, tag uint8)) {
	for _, one := range b.added {
		visit(one.key&(1<<KeyBits-1), one.owner, one.tag)
	}
}

// Len is the number of entries added.
func (b *Batch) Len() int { return len(b.added) }

// Part parts the entries, once all have been added.
func (b *Batch) Part() {
	b.sections = b.sections[:0]
	b.partKeys = slices.Grow(b.partKeys[:0], len(b.added))[:len(b.added)]
	b.partRests = slices.Grow(b.partRests[:0], len(b.added))[:len(b.added)]
	for start := 0; start < len(b.added); {
		end, base := start+1, b.added[start].owner
		for end < len(b.added) && b.added[end].owner-base < sectionOwners {
			end++
		}
		b.partSection(start, end)
		start = end
	}
}

// partSection parts the entries from start to end by counting.
func (b *Batch) partSection(start, end int) {
	added := b.added[start:end]
	base := added[0].owner
	var next [Partitions + 1]uint32
	for i := range added {
		next[added[i].key%Partitions+1]++
	}
	next[0] = uint32(start)
	for i := range Partitions {
		next[i+1] += next[i]
	}
	b.sections = append(b.sections, section{base: base, ends: next})
	for i := range added {
		one := &added[i]
		at := &next[one.key%Partitions]
		b.partKeys[*at] = uint32(one.key / Partitions)
		b.partRests[*at] = rest(one.owner-base)<<tagBits | rest(one.tag)
		*at++
	}
}

// chunkEntries is the number of entries that a partition grows by: so all
// partitions together waste less than a megabyte, and nothing is moved while a
// store grows.
const chunkEntries = 512

// A Store holds entries by partition, 6 bytes each, in the order in which they
// were appended. The zero value is empty.
type Store struct {
	parts    [Partitions][]*chunk
	bases    []uint32             // by section
	counts   [][Partitions]uint16 // by section: its entries of each partition
	size     int
	lastUsed [Partitions]uint16 // entries of the last chunk

	// What is not in memory.
	spill    Spill
	spillEnd int64
	spilled  int // entries
	segments [Partitions][]segment
}

type chunk struct {
	keys  [chunkEntries]uint32
	rests [chunkEntries]rest
}

// Append takes over the entries of a batch that has been parted. base is added
// to their owners, which are not below those appended before.
func (s *Store) Append(b *Batch, base int) error {
	if len(b.added) == 0 {
		return nil
	}
	if base < 0 || base+int(b.added[len(b.added)-1].owner) > MaxOwner || s.size+len(b.added) > math.MaxUint32 {
		return ErrTooMany
	}
	for i := range b.sections {
		s.appendSection(b, &b.sections[i], uint32(base))
	}
	s.size += len(b.added)
	return nil
}

// appendSection copies a section, whose partitions are cut where a count would
// overflow.
func (s *Store) appendSection(b *Batch, section *section, base uint32) {
	starts := section.ends
	for more := true; more; {
		more = false
		var counts [Partitions]uint16
		for part := range Partitions {
			start, end := starts[part], section.ends[part+1]
			if end-start > math.MaxUint16 {
				end, more = start+math.MaxUint16, true
			}
			s.appendEntries(part, b.partKeys[start:end], b.partRests[start:end])
			counts[part] = uint16(end - start)
			starts[part] = end
		}
		s.bases, s.counts = append(s.bases, base+section.base), append(s.counts, counts)
	}
}

func (s *Store) appendEntries(part int, keys []uint32, rests []rest) {
	chunks := s.parts[part]
	used := int(s.lastUsed[part])
	for len(keys) > 0 {
		if used == chunkEntries || len(chunks) == 0 {
			chunks, used = append(chunks, new(chunk)), 0
		}
		last := chunks[len(chunks)-1]
		count := copy(last.keys[used:], keys)
		copy(last.rests[used:], rests)
		used += count
		keys, rests = keys[count:], rests[count:]
	}
	s.parts[part], s.lastUsed[part] = chunks, uint16(used)
}

// Len is the number of entries that were appended.
func (s *Store) Len() int { return s.size }

// Lists are the owners of each key that several entries have, ascending in each
// list, and the tags of their entries.
type Lists struct {
	Owners []uint32
	Tags   []uint8
	Ends   []uint32 // of the lists in Owners
}

// Len is the number of lists.
func (l *Lists) Len() int { return len(l.Ends) }

// Of returns the owners and tags of a list.
func (l *Lists) Of(list int) ([]uint32, []uint8) {
	start := uint32(0)
	if list > 0 {
		start = l.Ends[list-1]
	}
	return l.Owners[start:l.Ends[list]], l.Tags[start:l.Ends[list]]
}

// Select returns the lists with those owners alone for which keep is true, of
// lists with two of them or more. Where keep is nil it returns none.
func (l *Lists) Select(keep []bool) (selected Lists) {
	if keep == nil {
		return Lists{}
	}
	count := 0
	for _, owner := range l.Owners {
		if keep[owner] {
			count++
		}
	}
	selected.Owners, selected.Tags = make([]uint32, 0, count), make([]uint8, 0, count)
	for list := range l.Len() {
		owners, tags := l.Of(list)
		before := len(selected.Owners)
		for i, owner := range owners {
			if keep[owner] {
				selected.Owners, selected.Tags = append(selected.Owners, owner), append(selected.Tags, tags[i])
			}
		}
		if len(selected.Owners)-before > 1 {
			selected.Ends = append(selected.Ends, uint32(len(selected.Owners)))
		} else {
			selected.Owners, selected.Tags = selected.Owners[:before], selected.Tags[:before]
		}
	}
	return selected
}

// Join joins the lists of several partitions into one.
func Join(parts []Lists) Lists {
	var joined Lists
	owners, ends := 0, 0
	for i := range parts {
		owners, ends = owners+len(parts[i].Owners), ends+len(parts[i].Ends)
	}
	joined.Owners, joined.Tags = make([]uint32, 0, owners), make([]uint8, 0, owners)
	joined.Ends = make([]uint32, 0, ends)
	for i := range parts {
		base := uint32(len(joined.Owners))
		joined.Owners = append(joined.Owners, parts[i].Owners...)
		joined.Tags = append(joined.Tags, parts[i].Tags...)
		for _, end := range parts[i].Ends {
			joined.Ends = append(joined.Ends, base+end)
		}
		parts[i] = Lists{}
	}
	return joined
}

// A Lister finds the lists of partitions. It keeps scratch memory: one for
// each goroutine. The zero value is ready.
type Lister struct {
	entries     []entry
	other       []entry  // where sorting moves them
	once, twice []uint64 // bits, by what is left of the key
}

// Lists returns the lists of a partition, and lets go of its entries, unless some
// of the store are spilled. Different partitions may be asked for at the same time.
//
// Of text, nineteen entries of twenty have a key of their own. They are told by a
// filter of two bits a slot, some eight slots an entry (seen once, seen twice: a
// Bloom filter of one function), so only those that are left are sorted.
func (l *Lister) Lists(s *Store, part int) (lists Lists, err error) {
	if err := l.gather(s, part); err != nil {
		return Lists{}, err
	}
	shared := l.sort(l.filter())
	lists.Owners, lists.Tags = make([]uint32, 0, len(shared)), make([]uint8, 0, len(shared))
	for start := 0; start < len(shared); {
		end := start + 1
		for end < len(shared) && shared[end].key() == shared[start].key() {
			end++
		}
		if end-start > 1 {
			for _, e := range shared[start:end] {
				lists.Owners, lists.Tags = append(lists.Owners, e.owner()), append(lists.Tags, e.tag())
			}
			lists.Ends = append(lists.Ends, uint32(len(lists.Owners)))
		}
		start = end
	}
	return lists, nil
}

// Each calls visit with all entries of a partition whose keys several entries have, by key, as
// Counted keys, and lets go of the entries as Lists does.
func (l *Lister) Each(s *Store, part int, visit func(key uint64, owner uint32)) error {
	if err := l.gather(s, part); err != nil {
		return err
	}
	shared := l.sort(l.filter())
	for i, e := range shared {
		if i > 0 && shared[i-1].key() == e.key() || i+1 < len(shared) && shared[i+1].key() == e.key() {
			visit((uint64(e.key())*Partitions+uint64(part))<<shift, e.owner())
		}
	}
	return nil
}

// Counted returns the bits of a key that count, at their places.
func Counted(key uint64) uint64 {
	const counted = 1<<keyBits*Partitions - 1
	return key >> shift & counted << shift
}

// gather takes the entries of a partition out of the store, with their owners.
func (l *Lister) gather(s *Store, part int) (err error) {
	chunks := s.parts[part]
	if len(s.segments[part]) > 0 {
		if chunks, err = s.readBack(part); err != nil {
			return err
		}
	}
	l.entries = slices.Grow(l.entries[:0], len(chunks)*chunkEntries)
	if len(chunks) == 0 {
		return nil // nothing was added, or it was let go
	}
	at := 0
	for section, base := range s.bases {
		for range s.counts[section][part] {
			from := chunks[at/chunkEntries]
			key, r := from.keys[at%chunkEntries], from.rests[at%chunkEntries]
			l.entries = append(l.entries, entry(key)<<(ownerBits+tagBits)|entry(base)<<tagBits+entry(r))
			at++
		}
	}
	if !s.Spilled() {
		s.parts[part] = nil
	}
	return nil
}

// radixFrom is the number of entries from which three passes over tables of
// 2,048 counts beat comparing.
const radixFrom = 512

// sort sorts the entries by key; by owner they are in order, and so they stay
// among those of one key.
func (l *Lister) sort(entries []entry) []entry {
	if len(entries) < radixFrom {
		slices.Sort(entries)
		return entries
	}
	l.other = slices.Grow(l.other[:0], len(entries))[:len(entries)]
	from, to := entries, l.other
	for pass := range 3 {
		const digit = 11 // bits
		low := ownerBits + tagBits + pass*digit
		var next [1 << digit]uint32
		for _, e := range from {
			next[e>>low&(1<<digit-1)]++
		}
		total := uint32(0)
		for i, count := range next {
			next[i] = total
			total += count
		}
		for _, e := range from {
			at := &next[e>>low&(1<<digit-1)]
			to[*at] = e
			*at++
		}
		from, to = to, from
	}
	return from
}

// filter keeps the entries whose slot several have.
func (l *Lister) filter() []entry {
	words := 1
	for words*64 < 8*len(l.entries) {
		words *= 2
	}
	l.once, l.twice = zeroed(l.once, words), zeroed(l.twice, words)
	mask := uint32(words*64 - 1)
	for _, e := range l.entries {
		slot := e.key() & mask
		word, bit := slot/64, uint64(1)<<(slot%64)
		l.twice[word] |= l.once[word] & bit
		l.once[word] |= bit
	}
	kept := 0
	for _, e := range l.entries {
		slot := e.key() & mask
		l.entries[kept] = e
		kept += int(l.twice[slot/64] >> (slot % 64) & 1)
	}
	return l.entries[:kept]
}

func zeroed(words []uint64, count int) []uint64 {
	words = slices.Grow(words[:0], count)[:count]
	clear(words)
	return words
}
