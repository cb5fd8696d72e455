package corpus

import "testing"

func TestMatchName(t *testing.T) {
	for _, test := range []struct {
		pattern, name string
		want          bool
	}{
		{"a.txt", "a.txt", true},
		{"a.txt", "b/a.txt", false},
		{"*.txt", "b/a.txt", false},
		{"**/*.txt", "b/a.txt", true},
		{"courier/**", "courier/2031/1.txt", true},
		{"{courier,gazette}/*", "gazette/1", true},
		{"https://site.example/**", "https://site.example/2031/ferry?page=2", true},
		{"灯*", "灯籠.txt", true},
		{"[", "[", false},
	} {
		if got := MatchName(test.pattern, test.name); got != test.want {
			t.Errorf("MatchName(%q, %q) = %t", test.pattern, test.name, got)
		}
	}
}

func TestCheckPattern(t *testing.T) {
	for pattern, want := range map[string]bool{"": false, "[": false, "{a": false, "a": true, "**/*": true} {
		if err := CheckPattern(pattern); (err == nil) != want {
			t.Errorf("CheckPattern(%q): %v", pattern, err)
		}
	}
}
