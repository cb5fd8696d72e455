package corpus

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProblemError(t *testing.T) {
	at := Problem{Path: "bundle.txt", Line: 17, Message: "the header has no name"}
	whole := Problem{Path: "photo.txt", Message: "binary data"}
	if got, want := at.Error(), "bundle.txt:17: the header has no name"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := whole.Error(), "photo.txt: binary data"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestProblemLog adds more problems than are kept, the first ones last.
func TestProblemLog(t *testing.T) {
	var log ProblemLog
	const many = 5 * MaxListedProblems
	for i := range many {
		log.Add(Problem{Input: 1 + i%50, Offset: int64(many - i), Kind: string(rune('c' + i%2))})
	}
	log.Add(Problem{Input: 0, Kind: "b"}, Problem{Input: 0, Kind: "a"})
	got := log.List()
	if log.Total != many+2 || len(got) != MaxListedProblems {
		t.Fatalf("%d of %d problems are listed", len(got), log.Total)
	}
	want := []Problem{{Kind: "a"}, {Kind: "b"}, {Input: 1, Offset: 50, Kind: "c"}, {Input: 1, Offset: 100, Kind: "c"}}
	if diff := cmp.Diff(want, got[:4]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestProblemLogHearsOfAll holds that many problems of one kind do not hide the others.
func TestProblemLogHearsOfAll(t *testing.T) {
	var log ProblemLog
	for i := range 10 * MaxListedProblems {
		log.Add(Problem{Input: 1, Offset: int64(i), Kind: "many"})
	}
	log.Add(Problem{Input: 1, Offset: 1 << 40, Kind: "other"}, Problem{Input: 2, Kind: "many"})
	got := log.List()
	if len(got) != MaxAlike+2 || log.Total != 10*MaxListedProblems+2 {
		t.Fatalf("%d of %d problems are listed", len(got), log.Total)
	}
	want := []Problem{{Input: 1, Offset: MaxAlike - 1, Kind: "many"}, {Input: 1, Offset: 1 << 40, Kind: "other"}, {Input: 2, Kind: "many"}}
	if diff := cmp.Diff(want, got[MaxAlike-1:]); diff != "" {
		t.Errorf("the last (-want +got):\n%s", diff)
	}
}
