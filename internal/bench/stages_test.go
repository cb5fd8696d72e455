package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestStagesOf(t *testing.T) {
	got := stagesOf(cost{wall: 3 * time.Second, told: `newsdedup: a: b.jsonl: read as jsonl
newsdedup: reading: 1.5s
newsdedup: reading the evidence: 250ms
`})
	want := []stage{
		{"reading", 1500 * time.Millisecond}, {"reading the evidence", 250 * time.Millisecond},
		{"start, report, end", 1250 * time.Millisecond},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(stage{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
