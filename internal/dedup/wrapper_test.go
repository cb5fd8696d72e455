package dedup

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// wrappers are what outlets put around the same agency story. The outlets are
// invented.
var wrappers = map[string]struct{ before, after string }{
	"nothing":               {"", ""},
	"a title":               {"Ferry sails again after a week of storm\n", ""},
	"an outlet behind it":   {"Ferry sails again after a week of storm - The Daily Planet\n", ""},
	"a section before it":   {"Opinion | Ferry sails again after a week of storm\n", ""},
	"both":                  {"News | Ferry sails again after a week of storm | Lindmouth Mail Online\n", ""},
	"a dateline":            {"LINDMOUTH, March 4 (Wharfside Wire) — ", ""},
	"a dateline in full":    {"LINDMOUTH, Velmora (WW) -- Mon., March 4, 2031 -- ", ""},
	"credits":               {"", "\n(Reporting by Ilse Maron in Lindmouth; Additional reporting by Tomas Brandt; Editing by Ada Penwick)"},
	"a copyright":           {"", "\n© 2031 Wharfside Wire. All rights reserved. This material may not be published, broadcast or rewritten."},
	"a byline and a credit": {"By Ilse Maron, Staff Reporter\n", "\n— Wharfside Wire"},
	"all of it": {"News | Ferry sails again after a week of storm - The Daily Planet\nBy Ilse Maron\nLINDMOUTH, March 4 (WW) — ",
		"\n(Reporting by Ilse Maron; Editing by Ada Penwick)\n© 2031 Wharfside Wire"},
}

// leastWrapped is how many words a story must have of its own for a copy of it
// to be found whatever stands around either. Of shorter ones a few are missed: of 45 words
// in 25 words of wrapping, a third is not the story's.
const leastWrapped = 70

// TestWrappersHideNoCopy puts every two wrappings around one story: it is found
// as near or contained, and another story in the same wrapping is not.
func TestWrappersHideNoCopy(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 41))
	for _, words := range []int{leastWrapped, 150, 400} {
		body, other := strings.Join(randomWords(random, words, 20000), " "), strings.Join(randomWords(random, words, 20000), " ")
		for one, first := range wrappers {
			for two, second := range wrappers {
				result := scanOf(t, bodies(first.before+body+first.after, second.before+body+second.after, first.before+other+first.after), nil)
				if len(result.Pairs) != 1 || result.Pairs[0].A != 0 || result.Pairs[0].B != 1 {
					t.Errorf("seed %d, %d words, %s and %s: pairs %v", seeded.Seed(), words, one, two, result.Pairs)
				}
			}
		}
	}
}
