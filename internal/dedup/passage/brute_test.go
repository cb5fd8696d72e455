package passage

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// A piece is a part of a text as the tests write it: a letter a token. Capital letters
// weigh nothing.
type piece struct {
	owner uint32
	words string
}

// indexOf makes an index of pieces, with each owner in a group of its own.
func indexOf(least int, pieces ...piece) *Index {
	owners := uint32(0)
	for _, p := range pieces {
		owners = max(owners, p.owner+1)
	}
	groups := make([]int32, owners)
	for i := range groups {
		groups[i] = int32(i)
	}
	return groupedIndexOf(Options{Least: least, Groups: groups, Common: 1 << 30}, pieces...)
}

// textOf is the text of pieces, whose tokens are numbered from A on.
func textOf(pieces ...piece) *Text {
	text := &Text{}
	for _, p := range pieces {
		var tokens []int32
		for _, letter := range p.words {
			tokens = append(tokens, letter-'A')
		}
		text.Add(p.owner, tokens)
	}
	return text
}

func groupedIndexOf(options Options, pieces ...piece) *Index {
	for letter := 'A'; letter <= 'z'; letter++ {
		options.Weighty = append(options.Weighty, letter >= 'a')
	}
	return NewIndex(textOf(pieces...), options)
}

// A finding is a repeat in words.
type finding struct {
	words             string
	standings, owners int
	groups            int
	weighty           bool
	places            string
}

func findings(x *Index, pieces []piece) (found []finding) {
	for _, r := range x.Repeats() {
		places := x.Places(r, 1<<30)
		words := pieces[places[0].Part].words[places[0].Token:][:r.Length]
		found = append(found, finding{words, int(r.Standings), int(r.Owners), int(r.Groups), r.Weighty, fmt.Sprint(places)})
	}
	slices.SortFunc(found, func(a, b finding) int { return strings.Compare(a.words, b.words) })
	return found
}

// bruteFindings looks at every run of every piece, and at all places of it.
func bruteFindings(least int, groups []int32, pieces []piece) (found []finding) {
	seen := make(map[string]bool)
	for _, p := range pieces {
		for start := range p.words {
			for end := start + least; end <= len(p.words); end++ {
				if run := p.words[start:end]; !seen[run] {
					seen[run] = true
					if f, ok := bruteRun(run, groups, pieces); ok {
						found = append(found, f)
					}
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b finding) int { return strings.Compare(a.words, b.words) })
	return found
}

// brutePlaces are all places of a run, those that overlap included.
func brutePlaces(run string, pieces []piece) (places []Place) {
	for part, p := range pieces {
		for token := range p.words {
			if strings.HasPrefix(p.words[token:], run) {
				places = append(places, Place{part, token})
			}
		}
	}
	return places
}

// apart are the places that are at least so far from the one before.
func apart(places []Place, distance int) (kept []Place) {
	for _, place := range places {
		if last := len(kept) - 1; last < 0 || kept[last].Part != place.Part || place.Token-kept[last].Token >= distance {
			kept = append(kept, place)
		}
	}
	return kept
}

// bruteRun tells of a run whether it is a repeat, by the definition.
func bruteRun(run string, groups []int32, pieces []piece) (f finding, ok bool) {
	places := brutePlaces(run, pieces)
	before, behind := make(map[string]int), make(map[string]int)
	owners, gangs := make(map[uint32]bool), make(map[int32]bool)
	for i, place := range places {
		p := pieces[place.Part]
		before[neighbour(p.words, place.Token-1, i)]++
		behind[neighbour(p.words, place.Token+len(run), i)]++
		owners[p.owner], gangs[groups[p.owner]] = true, true
	}
	if len(apart(places, len(run))) < 2 || len(before) < 2 || len(behind) < 2 || bruteInner(run, places, behind, pieces) {
		return f, false
	}
	return finding{run, len(places), len(owners), len(gangs), strings.ToUpper(run) != run, fmt.Sprint(apart(places, len(run)/2+1))}, true
}

// neighbour is the token at a place, or something that differs from all else.
func neighbour(words string, at, number int) string {
	if at < 0 || at >= len(words) {
		return fmt.Sprint("none", number)
	}
	return words[at : at+1]
}

// bruteInner tells of a run whether it is said by a longer one: see isInner.
func bruteInner(run string, places []Place, behind map[string]int, pieces []piece) bool {
	most, of := 1, ""
	for next, count := range behind {
		switch {
		case count > most:
			most, of = count, next
		case count == most:
			of = ""
		}
	}
	if of == "" {
		return false
	}
	longer := run + of
	for { // as far as all its places go on alike
		next := make(map[string]bool)
		for i, place := range brutePlaces(longer, pieces) {
			next[neighbour(pieces[place.Part].words, place.Token+len(longer), i)] = true
		}
		if len(next) > 1 {
			break
		}
		for one := range next {
			longer += one
		}
	}
	around := brutePlaces(longer, pieces)
	if len(longer) >= 2*len(run) || len(apart(around, len(longer))) < 2 {
		return false
	}
	for _, place := range places {
		shifted := Place{place.Part, place.Token - (len(longer) - len(run))}
		if !slices.Contains(around, place) && !slices.Contains(around, shifted) {
			return false
		}
	}
	return true
}

func TestRepeatsByBruteForce(t *testing.T) {
	random := seeded.Rand(t)
	for range 3000 {
		pieces := randomPieces(random)
		least := 1 + random.IntN(4)
		groups := make([]int32, len(pieces))
		for i := range groups {
			groups[i] = int32(random.IntN(len(groups)))
		}
		x := groupedIndexOf(Options{Least: least, Groups: groups, Common: 1 << 30}, pieces...)
		if diff := cmp.Diff(bruteFindings(least, groups, pieces), findings(x, pieces), cmp.AllowUnexported(finding{})); diff != "" {
			t.Fatalf("at least %d of %v (-want +got):\n%s", least, pieces, diff)
		}
	}
}

func randomPieces(random *rand.Rand) []piece {
	var pieces []piece
	owner := uint32(0)
	letters := "abcABC"[random.IntN(3):][:1+random.IntN(3)]
	for range 1 + random.IntN(6) {
		var words strings.Builder
		for range random.IntN(20) {
			words.WriteByte(letters[random.IntN(len(letters))])
		}
		pieces = append(pieces, piece{owner, words.String()})
		owner += uint32(random.IntN(2))
	}
	return pieces
}

// TestEverySmallText goes through all texts of two parts, up to nine words of two kinds.
func TestEverySmallText(t *testing.T) {
	groups := []int32{0, 1}
	for length := range 10 {
		for bits := range 1 << length {
			words := make([]byte, length)
			for i := range words {
				words[i] = 'a' + byte(bits>>i&1)
			}
			for cut := 0; cut <= length; cut++ {
				pieces := []piece{{0, string(words[:cut])}, {1, string(words[cut:])}}
				x := indexOf(2, pieces...)
				if diff := cmp.Diff(bruteFindings(2, groups, pieces), findings(x, pieces), cmp.AllowUnexported(finding{})); diff != "" {
					t.Fatalf("%v (-want +got):\n%s", pieces, diff)
				}
			}
		}
	}
}

// TestSuffixesAreSorted compares the order with that of comparing.
func TestSuffixesAreSorted(t *testing.T) {
	random := seeded.Rand(t)
	for range 2000 {
		text := textOf(randomPieces(random)...)
		symbols := text.finish(slices.Repeat([]bool{true}, 128))
		want, got := make([]int32, text.Len()), make([]int32, text.Len())
		for i := range want {
			want[i] = int32(i)
		}
		slices.SortFunc(want, func(a, b int32) int { return slices.Compare(text.symbols[a:], text.symbols[b:]) })
		sortSuffixes(text.symbols, got, symbols)
		if !slices.Equal(want, got) {
			t.Fatalf("suffixes of %v: %v, want %v", text.symbols, got, want)
		}
	}
}

// TestElsewhereByBruteForce compares with all runs that two owners have in common.
func TestElsewhereByBruteForce(t *testing.T) {
	random := seeded.Rand(t)
	for range 2000 {
		pieces := randomPieces(random)
		least := 1 + random.IntN(4)
		owners := int(pieces[len(pieces)-1].owner) + 1
		groups := make([]int32, owners)
		for i := range groups {
			groups[i] = int32(random.IntN(owners))
		}
		options := Options{Least: least, Groups: groups, Common: 2 + random.IntN(4)}
		x := groupedIndexOf(options, pieces...)
		want, got := bruteElsewhere(options, pieces), x.Elsewhere()
		if len(x.suffixes) > maxVoters { // the partner may be another one
			for i := range want {
				if got[i].PartnerTokens > want[i].PartnerTokens || (got[i].PartnerTokens == 0) != (want[i].PartnerTokens == 0) {
					t.Errorf("%v: %d tokens with the partner of %d, at most %d", pieces, got[i].PartnerTokens, i, want[i].PartnerTokens)
				}
				want[i].Partner, want[i].PartnerTokens = got[i].Partner, got[i].PartnerTokens
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("at least %d of %v in groups %v, common from %d (-want +got):\n%s", least, pieces, groups, options.Common, diff)
		}
	}
}

func bruteElsewhere(options Options, pieces []piece) []Elsewhere {
	shares := make([]Elsewhere, len(options.Groups))
	for owner := range shares {
		all := make(map[Place]bool)
		with := make([]map[Place]bool, len(shares))
		for part, p := range pieces {
			if int(p.owner) != owner {
				continue
			}
			for start := range p.words {
				for end := start + options.Least; end <= len(p.words); end++ {
					for _, other := range bruteOthers(p.words[start:end], options, pieces) {
						if int(other) == owner {
							continue
						}
						if with[other] == nil {
							with[other] = make(map[Place]bool)
						}
						for token := start; token < end; token++ {
							all[Place{part, token}], with[other][Place{part, token}] = true, true
						}
					}
				}
			}
		}
		share := Elsewhere{Tokens: len(all)}
		if hasPart(pieces, owner) {
			share.Partner = uint32(owner)
		}
		for other, tokens := range with {
			if len(tokens) > share.PartnerTokens {
				share.Partner, share.PartnerTokens = uint32(other), len(tokens)
			}
		}
		shares[owner] = share
	}
	return shares
}

func hasPart(pieces []piece, owner int) bool {
	return slices.ContainsFunc(pieces, func(p piece) bool { return int(p.owner) == owner })
}

// bruteOthers are the owners of a run that weighs something, ascending.
func bruteOthers(run string, options Options, pieces []piece) (owners []uint32) {
	groups := make(map[int32]bool)
	for _, place := range brutePlaces(run, pieces) {
		owner := pieces[place.Part].owner
		owners = append(owners, owner)
		groups[options.Groups[owner]] = true
	}
	if len(groups) >= options.Common || strings.ToUpper(run) == run {
		return nil
	}
	return slices.Compact(owners)
}
