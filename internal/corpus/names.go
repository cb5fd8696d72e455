package corpus

import (
	"hash/maphash"
	"strconv"
)

// names are the keys in use, each with what is known of it. The zero value is
// empty.
//
// A Go map of the same took 167 bytes allocated and 370 ns an article, for a
// million of them. This is a table with open addressing: a slot is the place
// of an entry and 32 bits of its key's hash, which spare almost all looks at
// the keys of others but decide nothing: a key is found where it is equal. The
// hash is seeded by chance, so no corpus can be made to be slow.
//
// Invariant: every key handed out is an entry, so no key is handed out twice.
type names struct {
	slots  []slot
	blocks [][]standing // of namesBlock but the last, so that none is moved
	seed   maphash.Seed
	// next is the number to be tried for the next article of a name that has
	// stood before, by the place of the name; firstNumber for the others.
	next map[uint32]int
}

const (
	// namesBlock is how many entries are allocated at once: 24 KiB.
	namesBlock = 1024
	// The table is three quarters full at most and grows by a half, at 8 bytes
	// a slot: with its entry a key costs 35 to 40 bytes. Fuller, the way to the
	// end of a run of taken slots is long.
	mostFull, ofSlots = 3, 4
	leastSlots        = 64

	firstNumber = 2 // the second article of a name is name#2
)

// A slot is the hash of a key in its upper half, and one more than the place
// of its entry in the lower; 0 where it is free.
type slot uint64

// A standing is what is known of a key.
type standing struct {
	key   string
	input int32 // the last one in which an article bears it as its own name, -1 for none
	line  int32 // of the first such article of that input
}

// take returns a free key for an article of the name, and the line where the
// input already has an article of that name, 0 where it has none. Each number
// is tried once for each name, so n articles cost n steps whatever they are called.
func (n *names) take(name string, input, line int) (key string, first int) {
	place, added := n.add(name, input, line)
	if added {
		return name, 0
	}
	known := n.at(place)
	if input >= 0 && known.input == int32(input) {
		first = int(known.line)
	} else if input >= 0 {
		known.input, known.line = int32(input), int32(line)
	}
	number := max(n.next[place], firstNumber)
	for added = false; !added; number++ {
		key = name + "#" + strconv.Itoa(number)
		_, added = n.add(key, -1, 0)
	}
	if n.next == nil {
		n.next = make(map[uint32]int)
	}
	n.next[place] = number
	return key, first
}

// add makes an entry of the key, unless there is one, and returns its place.
func (n *names) add(key string, input, line int) (place uint32, added bool) {
	if n.count() >= len(n.slots)/ofSlots*mostFull {
		n.grow()
	}
	hash := uint32(maphash.String(n.seed, key))
	at := n.home(hash)
	for ; n.slots[at] != 0; at = n.after(at) {
		if s := n.slots[at]; s.hash() == hash && n.at(s.place()).key == key {
			return s.place(), false
		}
	}
	place = uint32(n.count())
	if place%namesBlock == 0 {
		n.blocks = append(n.blocks, make([]standing, 0, namesBlock))
	}
	last := &n.blocks[len(n.blocks)-1]
	*last = append(*last, standing{key, int32(input), int32(line)})
	n.slots[at] = newSlot(hash, place)
	return place, true
}

func (n *names) count() int {
	if len(n.blocks) == 0 {
		return 0
	}
	return (len(n.blocks)-1)*namesBlock + len(n.blocks[len(n.blocks)-1])
}

func (n *names) at(place uint32) *standing { return &n.blocks[place/namesBlock][place%namesBlock] }

func newSlot(hash, place uint32) slot { return slot(hash)<<32 | slot(place+1) }

func (s slot) hash() uint32  { return uint32(s >> 32) }
func (s slot) place() uint32 { return uint32(s) - 1 }

// home returns where a key of the hash is looked for first: the slots are the
// hashes' whole range, in their order.
func (n *names) home(hash uint32) int { return int(uint64(hash) * uint64(len(n.slots)) >> 32) }

func (n *names) after(at int) int {
	if at++; at < len(n.slots) {
		return at
	}
	return 0
}

func (n *names) grow() {
	old := n.slots
	if old == nil {
		n.seed = maphash.MakeSeed()
	}
	n.slots = make([]slot, max(leastSlots, len(old)+len(old)/2))
	for _, s := range old {
		if s == 0 {
			continue
		}
		at := n.home(s.hash())
		for n.slots[at] != 0 {
			at = n.after(at)
		}
		n.slots[at] = s
	}
}
