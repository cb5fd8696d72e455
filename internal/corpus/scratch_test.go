package corpus

import (
	"fmt"
	"strings"
	"testing"
	"unsafe"
)

func TestScratchUsesItsMemoryAgain(t *testing.T) {
	var s Scratch
	first := append(s.Text(100), "first"...)
	second := append(s.Text(200), "again"...)
	if string(first) != "again" {
		t.Errorf("the first text is still %q beside %q", first, second)
	}
	s.KeepText(make([]byte, 5, 500_000))
	if got := cap(s.Text(1)); got != 500_000 {
		t.Errorf("a text handed over is not used: %d bytes", got)
	}
}

// TestScratchLetsGo holds that the largest article's memory is not kept.
func TestScratchLetsGo(t *testing.T) {
	var s Scratch
	if got := len(s.data(64 << 20)); got != 64<<20 {
		t.Fatalf("%d bytes", got)
	}
	s.Text(64 << 20)
	s.Text(10)
	s.data(10)
	if got := cap(s.text) + cap(s.record); got > 2*maxKeptScratch {
		t.Errorf("%d bytes are kept", got)
	}
}

func TestScratchStringsStay(t *testing.T) {
	var s Scratch
	var keys, words []string
	for i := range 3000 {
		name := []byte(fmt.Sprintf("%d %s", i, strings.Repeat("k", i%900)))
		keys = append(keys, s.Key(name))
		words = append(words, s.Word(name[:min(len(name), 5)]))
		clear(name)
	}
	for i, key := range keys {
		want := fmt.Sprintf("%d %s", i, strings.Repeat("k", i%900))
		if key != want || words[i] != want[:min(len(want), 5)] {
			t.Fatalf("%q is %q, %q", want, key, words[i])
		}
	}
	a, b := s.Word([]byte("The Herald")), s.Word([]byte("The Herald"))
	if unsafe.StringData(a) != unsafe.StringData(b) {
		t.Error("one outlet's name is two strings")
	}
	for i := range 2 * maxWords {
		s.Word(fmt.Append(nil, i))
	}
	if len(s.words) > maxWords {
		t.Errorf("%d words are kept", len(s.words))
	}
}
