package group

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// counted are the 40 bits of a key that a Store tells keys apart by.
func counted(key uint64) uint64 { return key >> 4 & (1<<40 - 1) }

// A list is the owners of a key and their tags.
type list struct {
	Owners []uint32
	Tags   []uint8
}

// an added entry, with its owner over all batches.
type added struct {
	key   uint64
	owner uint32
	tag   uint8
}

// bruteLists are the lists of each partition, in the order of what counts of their keys.
func bruteLists(entries []added) [Partitions][]list {
	byKey := make(map[uint64][]added)
	for _, e := range entries {
		byKey[counted(e.key)] = append(byKey[counted(e.key)], e)
	}
	var parts [Partitions][]list
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		same := byKey[key]
		if len(same) == 1 {
			continue
		}
		slices.SortFunc(same, func(a, b added) int { return cmp.Or(cmp.Compare(a.owner, b.owner), cmp.Compare(a.tag, b.tag)) })
		var l list
		for _, e := range same {
			l.Owners, l.Tags = append(l.Owners, e.owner), append(l.Tags, e.tag)
		}
		parts[key%Partitions] = append(parts[key%Partitions], l)
	}
	return parts
}

// someOwners returns that many owners in the order in which they may be added: of
// one section, or of several with gaps between.
func someOwners(random *rand.Rand, count int) []uint32 {
	most := []int{1, 40, sectionOwners, 10 * sectionOwners}[random.IntN(4)]
	owners := make([]uint32, count)
	for i := range owners {
		owners[i] = uint32(random.IntN(most))
	}
	slices.Sort(owners)
	return owners
}

// store fills a Store in batches of any size, and returns what it holds. Where
// there is a spill, all is moved there now and then.
func store(t testing.TB, random *rand.Rand, count int, key func(*rand.Rand) uint64, to Spill) (*Store, []added) {
	t.Helper()
	var s Store
	var batch Batch // is used again
	var all []added
	inMemory := 0
	for base := 0; len(all) < count; {
		batch.Reset()
		owners := someOwners(random, min(count-len(all), random.IntN(3000)))
		for _, owner := range owners {
			e := added{key(random), owner, uint8(random.IntN(MaxTag + 1))}
			batch.Add(e.key, e.owner, e.tag)
			e.owner += uint32(base)
			all = append(all, e)
		}
		batch.Part()
		if err := s.Append(&batch, base); err != nil {
			t.Fatal(err)
		}
		inMemory += len(owners)
		if len(owners) > 0 {
			base += int(owners[len(owners)-1]) + random.IntN(2) // the last paragraph may go on
		}
		if to != nil && random.IntN(2) == 0 {
			if err := s.Spill(to); err != nil {
				t.Fatal(err)
			}
			inMemory = 0
		}
		if s.Bytes() != int64(inMemory)*6 || s.Spilled() != (inMemory < len(all)) {
			t.Fatalf("of %d entries %d are in memory, but the store takes %d bytes, spilled %t", len(all), inMemory, s.Bytes(), s.Spilled())
		}
	}
	if s.Len() != count {
		t.Fatalf("a store of %d entries says %d", count, s.Len())
	}
	return &s, all
}

// listsOf takes Lists apart. The tags of one owner, which are in no order, are put in one.
func listsOf(lists *Lists) (all []list) {
	for i := range lists.Len() {
		owners, tags := lists.Of(i)
		l := list{owners, slices.Clone(tags)}
		for start := 0; start < len(owners); {
			end := start + 1
			for end < len(owners) && owners[end] == owners[start] {
				end++
			}
			slices.Sort(l.Tags[start:end])
			start = end
		}
		all = append(all, l)
	}
	return all
}

// ask returns the lists of a partition.
func ask(t testing.TB, lister *Lister, s *Store, part int) Lists {
	t.Helper()
	lists, err := lister.Lists(s, part)
	if err != nil {
		t.Fatal(err)
	}
	return lists
}

// checkStore holds the lists of a store to a map, in every partition, and all of
// them joined, and returns their number. What is spilled may be asked for again, what is not is let go.
func checkStore(t *testing.T, name string, lister *Lister, s *Store, entries []added) (found int) {
	t.Helper()
	want := bruteLists(entries)
	parts := make([]Lists, Partitions)
	for part := range Partitions {
		parts[part] = ask(t, lister, s, part)
		if diff := gocmp.Diff(want[part], listsOf(&parts[part])); diff != "" {
			t.Fatalf("%s, %d entries, partition %d: lists (-want +got):\n%s", name, len(entries), part, diff)
		}
	}
	joined := Join(parts)
	if diff := gocmp.Diff(slices.Concat(want[:]...), listsOf(&joined)); diff != "" {
		t.Fatalf("%s, %d entries: joined lists (-want +got):\n%s", name, len(entries), diff)
	}
	for part := range Partitions {
		if parts[part].Len() > 0 {
			t.Fatalf("%s, partition %d: %d lists that had been joined", name, part, parts[part].Len())
		}
		again := ask(t, lister, s, part)
		wantAgain := []list(nil)
		if s.Spilled() {
			wantAgain = want[part]
		}
		if diff := gocmp.Diff(wantAgain, listsOf(&again)); diff != "" {
			t.Fatalf("%s, %d entries, partition %d, spilled %t: lists asked for again (-want +got):\n%s", name, len(entries), part, s.Spilled(), diff)
		}
	}
	return joined.Len()
}

// TestStore holds the lists to a map, of every kind of keys, spilled and not.
func TestStore(t *testing.T) {
	random := seeded.Rand(t)
	sizes := []int{0, 1, 2, chunkEntries, chunkEntries + 1, 20_000}
	for range 3 {
		sizes = append(sizes, random.IntN(5000))
	}
	var lister Lister // is used again
	withLists, spilled := 0, 0
	for _, name := range slices.Sorted(maps.Keys(distributions)) {
		found := 0
		for _, size := range sizes {
			s, entries := store(t, random, size, distributions[name], nil)
			found += checkStore(t, name, &lister, s, entries)
			s, entries = store(t, random, size, distributions[name], new(memory))
			checkStore(t, name, &lister, s, entries)
			if s.Spilled() && s.Bytes() > 0 {
				spilled++ // with others behind it
			}
		}
		if found > 0 {
			withLists++
		}
	}
	if withLists < len(distributions)/2 || spilled < len(distributions)/3 {
		t.Errorf("only %d of %d ways to choose keys give lists, and %d stores are spilled in part", withLists, len(distributions), spilled)
	}
}

// TestEach holds the entries that are visited to a map: all of the keys that several have, by
// what counts of the keys, spilled and not.
func TestEach(t *testing.T) {
	random := seeded.Rand(t)
	type entry struct {
		key   uint64
		owner uint32
	}
	byKey := func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.owner, b.owner)) }
	var lister Lister // is used again
	for _, name := range slices.Sorted(maps.Keys(distributions)) {
		for _, to := range []Spill{nil, new(memory)} {
			s, entries := store(t, random, 5000, distributions[name], to)
			times := make(map[uint64]int)
			for _, e := range entries {
				times[Counted(e.key)]++
			}
			var want, got []entry
			for _, e := range entries {
				if times[Counted(e.key)] > 1 {
					want = append(want, entry{Counted(e.key), e.owner})
				}
			}
			for part := range Partitions {
				start := len(got)
				if err := lister.Each(s, part, func(key uint64, owner uint32) { got = append(got, entry{key, owner}) }); err != nil {
					t.Fatal(err)
				}
				if !slices.IsSortedFunc(got[start:], func(a, b entry) int { return cmp.Compare(a.key, b.key) }) {
					t.Errorf("%s, partition %d: keys are not in order", name, part)
				}
			}
			slices.SortFunc(want, byKey)
			slices.SortFunc(got, byKey)
			if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(entry{})); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", name, diff)
			}
		}
	}
}

// TestManyOfOneSection has more entries of one partition and one section than 16
// bits count, twice over, some of them with one key, others behind.
func TestManyOfOneSection(t *testing.T) {
	random := seeded.Rand(t)
	for _, count := range []int{65_535, 65_536, 65_537, 131_070, 131_071, 200_000} {
		var batch Batch
		var all []added
		for i := range count {
			e := added{7<<4 | uint64(i%50_000)<<12, uint32(i * sectionOwners / count), uint8(i % 16)}
			if i%1000 == 0 {
				e.key = random.Uint64()
			}
			batch.Add(e.key, e.owner, e.tag)
			all = append(all, e)
		}
		batch.Part()
		if len(batch.sections) != 1 {
			t.Fatalf("%d sections", len(batch.sections))
		}
		var s Store
		if err := s.Append(&batch, 0); err != nil {
			t.Fatal(err)
		}
		batch.Reset()
		for i := range uint32(100) {
			e := added{7<<4 | uint64(i)<<12, sectionOwners + i, 3}
			batch.Add(e.key, i, e.tag)
			all = append(all, e)
		}
		batch.Part()
		if err := s.Append(&batch, sectionOwners); err != nil {
			t.Fatal(err)
		}
		checkStore(t, "one section", new(Lister), &s, all)
	}
}

// TestSections holds that a batch is parted where owners are further from the first than 12 bits tell.
func TestSections(t *testing.T) {
	for _, test := range []struct {
		owners []uint32
		want   []uint32 // the bases
	}{
		{nil, nil},
		{[]uint32{5, 5, 4100}, []uint32{5}},
		{[]uint32{5, 5 + sectionOwners - 1, 5 + sectionOwners}, []uint32{5, 5 + sectionOwners}},
		{[]uint32{0, 1 << 20, 1<<20 + 1, MaxOwner}, []uint32{0, 1 << 20, MaxOwner}},
	} {
		var batch Batch
		for _, owner := range test.owners {
			batch.Add(1, owner, 0)
		}
		batch.Part()
		var bases []uint32
		for _, section := range batch.sections {
			bases = append(bases, section.base)
		}
		if diff := gocmp.Diff(test.want, bases); diff != "" || batch.Len() != len(test.owners) {
			t.Errorf("owners %d: bases of sections (-want +got):\n%s", test.owners, diff)
		}
	}
}

// TestRadixSort holds the three passes to sorting by comparing: entries of one key
// stay as they were.
func TestRadixSort(t *testing.T) {
	random := seeded.Rand(t)
	var lister Lister // is used again
	for _, count := range []int{0, 1, radixFrom - 1, radixFrom, radixFrom + 1, 10_000, radixFrom} {
		for _, name := range slices.Sorted(maps.Keys(distributions)) {
			entries := make([]entry, count)
			for i := range entries {
				entries[i] = entry(distributions[name](random))<<(ownerBits+tagBits) | entry(i)<<tagBits | entry(random.IntN(16))
			}
			want := slices.Clone(entries)
			slices.SortStableFunc(want, func(a, b entry) int { return cmp.Compare(a.key(), b.key()) })
			if got := lister.sort(entries); !slices.Equal(want, got) {
				t.Errorf("%d entries, %s (-want +got):\n%s", count, name, gocmp.Diff(want, got))
			}
		}
	}
}

// TestSelect holds it to a filter of each list, for any choice of owners.
func TestSelect(t *testing.T) {
	random := seeded.Rand(t)
	for range 500 {
		var lists Lists
		var all []list
		for range random.IntN(20) {
			var l list
			for owner := range uint32(10) {
				for random.IntN(3) == 0 { // perhaps twice
					l.Owners, l.Tags = append(l.Owners, owner), append(l.Tags, uint8(random.IntN(16)))
				}
			}
			all = append(all, l)
			lists.Owners, lists.Tags = append(lists.Owners, l.Owners...), append(lists.Tags, l.Tags...)
			lists.Ends = append(lists.Ends, uint32(len(lists.Owners)))
		}
		keep := make([]bool, 10)
		for owner := range keep {
			keep[owner] = random.IntN(2) == 0
		}
		var want []list
		for _, l := range all {
			var kept list
			for i, owner := range l.Owners {
				if keep[owner] {
					kept.Owners, kept.Tags = append(kept.Owners, owner), append(kept.Tags, l.Tags[i])
				}
			}
			if len(kept.Owners) >= 2 {
				want = append(want, kept)
			}
		}
		selected := lists.Select(keep)
		var got []list
		for i := range selected.Len() {
			owners, tags := selected.Of(i)
			got = append(got, list{owners, tags})
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("of %v, %v selected (-want +got):\n%s", all, keep, diff)
		}
		if none := lists.Select(nil); none.Len() > 0 || len(none.Owners) > 0 {
			t.Fatalf("no choice selects %+v", none)
		}
	}
}

// TestFilter holds that an entry with a key of its own is rarely kept, and one
// of several always.
func TestFilter(t *testing.T) {
	random := seeded.Rand(t)
	for _, count := range []int{100, 5000, 70_000} {
		var lister Lister
		several := hashes(random, count/20)
		for i := range count {
			key := random.Uint64()
			if i < 2*len(several) {
				key = several[i/2]
			}
			lister.entries = append(lister.entries, entry(key<<(ownerBits+tagBits))|entry(i)<<tagBits)
		}
		kept := lister.filter()
		for i := range 2 * len(several) {
			if kept[i].owner() != uint32(i) {
				t.Fatalf("of %d entries, number %d, of a key of two, is not kept", count, i)
			}
		}
		// Of eight slots an entry, every eighth is taken.
		if alone := len(kept) - 2*len(several); alone > count/7 {
			t.Errorf("of %d entries, %d are kept that have a key of their own", count, alone)
		}
	}
}

// TestListsAtOnce asks for the partitions from several goroutines.
func TestListsAtOnce(t *testing.T) {
	random := seeded.Rand(t)
	for _, to := range []Spill{nil, new(memory)} {
		s, entries := store(t, random, 100_000, func(random *rand.Rand) uint64 { return random.Uint64N(1 << 20) }, to)
		want := bruteLists(entries)
		var workers sync.WaitGroup
		for worker := range 4 {
			workers.Go(func() {
				var lister Lister
				for part := worker; part < Partitions; part += 4 {
					lists, err := lister.Lists(s, part)
					if diff := gocmp.Diff(want[part], listsOf(&lists)); diff != "" || err != nil {
						t.Errorf("partition %d: error %v, lists (-want +got):\n%s", part, err, diff)
					}
				}
			})
		}
		workers.Wait()
	}
}

// TestOneKeyOfMany has one key a million times, between others.
func TestOneKeyOfMany(t *testing.T) {
	const owners = 1_000_000
	var s Store
	var batch Batch
	for owner := range uint32(owners) {
		batch.Add(1<<20, owner, uint8(owner%16))
		batch.Add(uint64(owner)<<30, owner, 0) // of the same partition
	}
	batch.Part()
	if err := s.Append(&batch, 7); err != nil {
		t.Fatal(err)
	}
	var lister Lister
	lists := ask(t, &lister, &s, int(counted(1<<20)%Partitions))
	found := 0
	for i := range lists.Len() {
		got, tags := lists.Of(i)
		if len(got) < owners {
			continue
		}
		found++
		for j, owner := range got {
			if owner != uint32(j+7) || tags[j] != uint8(j%16) {
				t.Fatalf("owner %d of the list is %d with tag %d", j, owner, tags[j])
			}
		}
	}
	if found != 1 {
		t.Errorf("%d lists of the key", found)
	}
}

// TestTooMany holds the greatest owner, alone and with a base.
func TestTooMany(t *testing.T) {
	for _, test := range []struct {
		owners []uint32
		base   int
		ok     bool
	}{
		{nil, 0, true},
		{nil, MaxOwner, true},
		{nil, MaxOwner + 1, true}, // nothing is refused
		{[]uint32{0, 1}, -1, false},
		{[]uint32{0, 1}, MaxOwner - 1, true},
		{[]uint32{0, 1}, MaxOwner, false},
		{[]uint32{MaxOwner, MaxOwner}, 0, true},
		{[]uint32{MaxOwner}, 1, false},
		{[]uint32{0, MaxOwner + 1}, 0, false},
		{[]uint32{0, MaxOwner}, 0, true},
		{[]uint32{0, 1<<32 - 1}, MaxOwner, false},
	} {
		var s Store
		var batch Batch
		batch.Add(1, 1<<31, 0) // as one that was used for others
		batch.Part()
		batch.Reset()
		for _, owner := range test.owners {
			batch.Add(0xfffff<<4, owner, MaxTag)
		}
		batch.Part()
		err := s.Append(&batch, test.base)
		if test.ok != (err == nil) || err != nil && !errors.Is(err, ErrTooMany) {
			t.Errorf("owners %d from %d: error %v, want none is %t", test.owners, test.base, err, test.ok)
		}
		if err != nil && s.Len() > 0 {
			t.Errorf("owners %d from %d: refused, and kept", test.owners, test.base)
		}
		if err != nil || len(test.owners) == 0 {
			continue
		}
		want := list{Tags: slices.Repeat([]uint8{MaxTag}, len(test.owners))}
		for _, owner := range test.owners {
			want.Owners = append(want.Owners, owner+uint32(test.base))
		}
		lists := ask(t, new(Lister), &s, 0xff)
		if diff := gocmp.Diff([]list{want}, listsOf(&lists)); diff != "" {
			t.Errorf("owners %d from %d: lists (-want +got):\n%s", test.owners, test.base, diff)
		}
	}
	want := fmt.Sprintf("more than %d articles or paragraphs, or %d samples of them", MaxOwner+1, uint32(math.MaxUint32))
	if removeCommas(ErrTooMany.Error()) != removeCommas(want) {
		t.Errorf("the error is %q, want %q", ErrTooMany, want)
	}
}

func removeCommas(text string) string {
	return string(slices.DeleteFunc([]rune(text), func(r rune) bool { return r == ',' }))
}

func TestJoinOfNothing(t *testing.T) {
	for _, parts := range [][]Lists{nil, {}, {{}, {}}} {
		if joined := Join(parts); joined.Len() > 0 || len(joined.Owners) > 0 {
			t.Errorf("%d parts without lists: %+v", len(parts), joined)
		}
	}
}

// BenchmarkStore is BenchmarkSort's work by way of a Store: batches are parted and
// appended, and the lists of all partitions found.
func BenchmarkStore(b *testing.B) {
	benchmark(b, func(entries []Entry) {
		const batchEntries = 1 << 14
		var s Store
		var batch Batch
		var lister Lister
		for chunk := range slices.Chunk(entries, batchEntries) {
			batch.Reset()
			for _, entry := range chunk {
				batch.Add(entry.Key, entry.Owner-chunk[0].Owner, 0)
			}
			batch.Part()
			if err := s.Append(&batch, int(chunk[0].Owner)); err != nil {
				b.Fatal(err)
			}
		}
		for part := range Partitions {
			if _, err := lister.Lists(&s, part); err != nil {
				b.Fatal(err)
			}
		}
	})
}
