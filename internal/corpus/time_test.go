package corpus

import (
	"testing"
	"time"
)

func TestTime(t *testing.T) {
	noon := time.Date(2024, 3, 4, 12, 30, 15, 0, time.UTC)
	minute, day := noon.Truncate(time.Minute), noon.Truncate(24*time.Hour)
	tests := map[string]time.Time{
		"2024-03-04T12:30:15Z":                 noon,
		"2024-03-04T14:30:15.123+02:00":        noon,
		"2024-03-04T12:30:15":                  noon,
		"2024-03-04T12:30:15+0000":             noon,
		"2024-03-04 12:30:15":                  noon,
		"2024-03-04 12:30:15.999":              noon,
		"2024-03-04 12:30:15+00:00":            noon,
		"2024-03-04 07:30:15 -0500":            noon,
		"2024-03-04 12:30":                     minute,
		"2024-03-04":                           day,
		"20240304":                             day,
		"20240304123015":                       noon,
		"2024/03/04":                           day,
		"Mon, 04 Mar 2024 12:30:15 GMT":        noon,
		"Mon, 4 Mar 2024 12:30:15 +0000":       noon,
		"Mon, 04 Mar 2024 14:30:15 +0200":      noon,
		"Mon Mar 04 12:30:15 +0000 2024":       noon,
		"4 March 2024":                         day,
		"2024-03-04 07:30:15 EST":              noon,
		"Mon, 04 Mar 2024 04:30:15 PST":        noon,
		"2024-03-04 13:30:15 CET":              noon,
		"Mon, 4 Mar 2024 07:30:15 -0500 (EST)": noon,
		"Mon, 4 Mar 2024 12:30 +0000":          minute,
		"20240304T123015Z":                     noon,
		"2024-03-04T13:30:15+01":               noon,
		"04.03.2024":                           day,
		"March 4, 2024 12:30 PM":               minute,
		"2024-03-04 12:30:15 IST":              {},
		"Mon, 04 Mar 2024 12:30:15 XYZ":        {},
		"March 4, 2024":                        day,
		"Mar 4, 2024":                          day,
		"1709555415":                           noon,
		"1709555415.25":                        noon,
		"1709555415123":                        noon,
		"1709555415123456":                     noon,
		"1709555415123456789":                  noon,

		"":                              {},
		"yesterday":                     {},
		"03/04/2024":                    {},
		"2024-13-04":                    {},
		"12345":                         {},
		"99999999":                      {},
		"-1709555415":                   {},
		"1709555415.x":                  {},
		"2024-03-04T12:30:15Z and more": {},
	}
	var scratch Scratch // one layout after the other, in any order
	for written, want := range tests {
		for range 2 {
			if got := scratch.time([]byte(written)); !got.Equal(want) || got.Location() != time.UTC {
				t.Errorf("%q is read as %v, want %v", written, got, want)
			}
		}
	}
}

// TestTimeDoesNotDependOnTheLast holds that no text has two meanings, which the
// layout that fitted last would choose between.
func TestTimeDoesNotDependOnTheLast(t *testing.T) {
	at := time.Date(2011, 10, 12, 20, 9, 8, 0, time.FixedZone("", 3600))
	for _, first := range layouts {
		for _, second := range layouts {
			var fresh, used Scratch
			used.time([]byte(at.Format(first)))
			written := []byte(at.Format(second))
			if a, b := fresh.time(written), used.time(written); !a.Equal(b) {
				t.Errorf("%s: %v, and %v behind one as %q", written, a, b, first)
			}
		}
	}
}
