package report

import (
	"math"
	"testing"
)

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 12345: "12,345", 1234567: "1,234,567", -1000: "-1,000",
		math.MaxInt64: "9,223,372,036,854,775,807", math.MinInt64: "-9,223,372,036,854,775,808",
	} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "no articles", 1: "1 article", 2: "2 articles", 1000: "1,000 articles"} {
		if got := count(n, "article"); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{
		0: "0 %", 1: "100 %", 0.5: "50 %", 0.931: "93.1 %", 0.88: "88 %",
		0.9994: "99.9 %", 0.9997: "99.9 %", math.Nextafter(1, 0): "99.9 %",
		0.0005: "0.1 %", 0.0004: "under 0.1 %", 1e-12: "under 0.1 %",
	} {
		if got := percent(share); got != want {
			t.Errorf("percent(%v) = %q, want %q", share, got, want)
		}
	}
}

func TestSize(t *testing.T) {
	for bytes, want := range map[int64]string{
		0: "no bytes", 1: "1 byte", 999: "999 bytes", 1000: "1.0 kB", 8_123: "8.1 kB", 999_949: "999.9 kB", 999_950: "1.0 MB",
		2_020_000_000: "2.0 GB", 5_000_000_000_000: "5.0 TB", math.MaxInt64: "9223372.0 TB",
	} {
		if got := size(bytes); got != want {
			t.Errorf("size(%d) = %q, want %q", bytes, got, want)
		}
	}
}

func TestEnumeration(t *testing.T) {
	for _, test := range []struct {
		numbers []int
		want    string
	}{
		{nil, ""},
		{[]int{5}, "5"},
		{[]int{5, 9}, "5 and 9"},
		{[]int{5, 9, 1014}, "5, 9 and 1,014"},
		{[]int{1, 2, 3, 4, 5, 6, 7, 8}, "1, 2, 3, 4, 5, 6, 7 and 8"},
		{[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, "1, 2, 3, 4, 5, 6, 7, 8 and 2 more"},
	} {
		if got := enumeration(test.numbers); got != test.want {
			t.Errorf("enumeration(%v) = %q, want %q", test.numbers, got, test.want)
		}
	}
}

func TestSpan(t *testing.T) {
	if got := span(6, 9); got != "6–9" {
		t.Errorf("span(6, 9) = %q", got)
	}
	if got := span(6, 6); got != "6" {
		t.Errorf("span(6, 6) = %q", got)
	}
}
