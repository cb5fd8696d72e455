package dedup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Three paragraphs of twelve words and more, that share nothing.
const (
	ferry   = "The last ferry of the season left the island on Sunday with forty cars and a brass band aboard."
	council = "Councillors voted nine to four against the new tram line after a meeting that ran past midnight."
	storm   = "Forecasters expect winds of ninety kilometres an hour along the coast before the front moves inland."
	footer  = "Sign up for our morning letter and never miss a story from your part of the coast again."
)

func article(paragraphs ...string) string { return strings.Join(paragraphs, "\n") }

// TestKinds holds that only what is asked for is found.
func TestKinds(t *testing.T) {
	texts := []string{article(ferry, council), article(ferry, council), article(ferry, council, storm, footer), article(ferry, footer, ferry)}
	for _, kind := range AllKinds() {
		result := scanOf(t, bodies(texts...), func(o *Options) { o.Kinds = []Kind{kind} })
		for _, pair := range result.Pairs {
			if pair.Kind != kind {
				t.Errorf("asked for %s, found %s", kind, pair.Kind)
			}
		}
		if found := len(result.Repeats) > 0; found != (kind == Repeated) {
			t.Errorf("asked for %s, found %d repeats", kind, len(result.Repeats))
		}
	}
}

// TestFingerprintsDependOnContentAlone holds that names, order and white space
// take no part in a fingerprint, and words do.
func TestFingerprintsDependOnContentAlone(t *testing.T) {
	prints := func(m *memory) map[uint64]bool {
		all := make(map[uint64]bool)
		r := scanOf(t, m, nil)
		for _, pair := range r.Pairs {
			all[pair.Fingerprint] = true
		}
		for _, cluster := range r.Clusters {
			all[cluster.Fingerprint] = true
		}
		for _, repeat := range r.Repeats {
			all[repeat.Fingerprint] = true
		}
		return all
	}
	one, two := article(ferry, council, storm), article(ferry, council, storm+" Indeed.")
	doubled := article(footer, footer)
	want := prints(newMemory(storyOf("a", "", one), storyOf("b", "", two), storyOf("c", "", doubled)))
	got := prints(newMemory(storyOf("x", "", doubled+"\n\n"), storyOf("y", "", strings.ToUpper(two)), storyOf("z", "", one)))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fingerprints (-want +got):\n%s", diff)
	}
	if len(want) != 3 {
		t.Errorf("%d fingerprints, want those of a pair, a cluster and a repeat", len(want))
	}
	other := prints(newMemory(storyOf("a", "", one), storyOf("b", "", two+" Today."), storyOf("c", "", article(storm, storm))))
	for print := range other {
		if want[print] {
			t.Error("other words have the same fingerprint")
		}
	}
}
