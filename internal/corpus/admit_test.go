package corpus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

func TestAdmit(t *testing.T) {
	type article struct {
		input, line int
		name, key   string
		problem     string
	}
	tests := map[string][]article{
		"twice in one input": {
			{0, 1, "a", "a", ""},
			{0, 5, "a", "a#2", `the name "a" stands twice (first in line 1): this article is called "a#2"`},
			{0, 9, "a", "a#3", `the name "a" stands twice (first in line 1): this article is called "a#3"`},
		},
		"in two inputs": {{0, 1, "a", "a", ""}, {1, 1, "a", "a#2", ""}, {2, 1, "a", "a#3", ""},
			{2, 7, "a", "a#4", `the name "a" stands twice (first in line 1): this article is called "a#4"`}},
		"without a name": {{0, 1, "", "p:1", ""}, {0, 2, "", "p:2", ""}, {0, 2, "", "p:2#2", ""}, {1, 1, "", "p:1#2", ""}},
		"really called as a place": {{0, 1, "", "p:1", ""}, {0, 2, "p:1", "p:1#2", ""},
			{0, 3, "p:1", "p:1#3", `the name "p:1" stands twice (first in line 2): this article is called "p:1#3"`}},
		"really called #2, earlier": {{0, 1, "a#2", "a#2", ""}, {0, 2, "a", "a", ""}, {1, 3, "a", "a#3", ""}},
		"really called #2, later": {{0, 1, "a", "a", ""}, {1, 2, "a", "a#2", ""}, {1, 3, "a#2", "a#2#2", ""},
			{1, 4, "a#2", "a#2#3", `the name "a#2" stands twice (first in line 3): this article is called "a#2#3"`}},
	}
	for name, articles := range tests {
		var c Corpus
		for _, a := range articles {
			admitted := Article{Key: a.name, Input: a.input, Path: "p", Line: a.line, Offset: int64(10 * a.line)}
			problems := c.Admit(&admitted)
			if admitted.Key != a.key {
				t.Errorf("%s: %q of input %d gets the key %q, want %q", name, a.name, a.input, admitted.Key, a.key)
			}
			var want []Problem
			if a.problem != "" {
				want = []Problem{{Input: a.input, Path: "p", Line: a.line, Offset: int64(10 * a.line), Kind: DuplicateKey, Message: a.problem}}
			}
			if diff := cmp.Diff(want, problems); diff != "" {
				t.Errorf("%s, %q of input %d, problems (-want +got):\n%s", name, a.name, a.input, diff)
			}
		}
	}
}

// TestKeysRepeat admits a page of a crawl that was visited three times, beside
// an input in which names stand for one article each.
func TestKeysRepeat(t *testing.T) {
	c := Corpus{inputs: []input{{format: &Format{KeysRepeat: true}}, {format: &Format{}}}}
	var keys []string
	var problems []Problem
	for i, in := range []int{0, 0, 0, 1, 1} {
		admitted := Article{Key: "page", Input: in, Line: i + 1}
		problems = append(problems, c.Admit(&admitted)...)
		keys = append(keys, admitted.Key)
	}
	if diff := cmp.Diff([]string{"page", "page#2", "page#3", "page#4", "page#5"}, keys); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	want := []Problem{{Input: 1, Line: 5, Kind: DuplicateKey,
		Message: `the name "page" stands twice (first in line 4): this article is called "page#5"`}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// TestKeysAreUnique admits names that are made to collide.
func TestKeysAreUnique(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	parts := []string{"a", "#2", "#3", "unnamed", ""}
	for range 500 {
		var c Corpus
		var keys []string
		for i := range 60 {
			a := Article{Key: parts[random.IntN(5)] + parts[random.IntN(5)] + parts[random.IntN(5)], Input: i / 20, Line: i}
			name := a.Key
			c.Admit(&a)
			if !strings.HasPrefix(a.Key, name) || slices.Contains(keys, a.Key) {
				t.Fatalf("seed %d: %q gets the key %q beside %q", seeded.Seed(), name, a.Key, keys)
			}
			keys = append(keys, a.Key)
		}
	}
}

// TestAdmitIsLinear would not end in time if each standing of a name tried all
// numbers again, or all names that really end in a number.
func TestAdmitIsLinear(t *testing.T) {
	var c Corpus
	const many = 200_000
	for i := range many {
		c.Admit(&Article{Key: fmt.Sprintf("a#%d", i+2)})
	}
	last := Article{}
	for range many {
		last = Article{Key: "a", Line: 1}
		c.Admit(&last)
	}
	if want := fmt.Sprintf("a#%d", 2*many); last.Key != want {
		t.Errorf("the last key is %q, want %q", last.Key, want)
	}
}

func TestSourceOf(t *testing.T) {
	for name, want := range map[string]string{
		"a.txt": "", "herald/a.txt": "herald", "herald/2024/a.txt": "herald", "./herald/a.txt": "herald", "/herald/a.txt": "herald", "": "", "/": "", "a/": "a",
	} {
		if got := SourceOf(name); got != want {
			t.Errorf("SourceOf(%q) = %q, want %q", name, got, want)
		}
	}
}
