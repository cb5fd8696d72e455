package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParse(t *testing.T) {
	got, err := Parse([]byte(`# what the desk agreed on
inputs: [crawl, "archive/2031 *.jsonl"]
threshold: 0.70
max-duplicate-share: 2%
ignore:
  - 0000000000001001   # the letter
  - 1e10000000000000
ignore-paragraph:
  - '^Subscribe to: .*'
strict: yes
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Setting{
		{"inputs", []string{"crawl", "archive/2031 *.jsonl"}, true, 2, 1},
		{"threshold", []string{"0.70"}, false, 3, 1},
		{"max-duplicate-share", []string{"2%"}, false, 4, 1},
		{"ignore", []string{"0000000000001001", "1e10000000000000"}, true, 5, 1},
		{"ignore-paragraph", []string{"^Subscribe to: .*"}, true, 8, 1},
		{"strict", []string{"yes"}, false, 10, 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	for _, nothing := range []string{"", "\n", "# nothing\n", "---\n", "{}", "~"} {
		if got, err := Parse([]byte(nothing)); err != nil || len(got) != 0 {
			t.Errorf("%q: %v, %v", nothing, got, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"threshold 0.8", "line 1, column 1: settings are wanted"},
		{"- a", "line 1, column 1: settings are wanted"},
		{"a: [", "line "},
		{"a: 1\n  b: 2", "line 2"},
		{"a: 1\nb: 2\na: 3", `line 3, column 1: "a" stands on line 1 already`},
		{"a:", `line 1, column 3: "a" has no value`},
		{"a: [1, ~]", `line 1, column 8: "a" has no value`},
		{"a:\n  b: 1", `line 2, column 3: "a" takes a value or a list`},
		{"a: [[1]]", `line 1, column 5: "a" takes a value or a list`},
		{"a: &x 1", "line 1, column 4: anchors and aliases"},
		{"a: &x [1]\nb: *x", "line 1, column 4: anchors and aliases"},
		{"<<: {a: 1}", "line 1, column 1: a name is wanted"},
		{"[a]: 1", "line 1, column 1: a name is wanted"},
		{"a: !!str 1", "line 1, column 4: tags are not read"},
		{"a: !x [1]", "line 1, column 4: tags are not read"},
		{"a: 1\n---\nb: 2", "line 2, column 1: a second document"},
		{"a: \x1b[", "control characters"},
		{"\xff: 1", "UTF-8"},
		{strings.Repeat("[", 1_000_000), "max depth"},
	} {
		_, err := Parse([]byte(test.text))
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "yaml") {
			t.Errorf("%.40q: %v, want %s", test.text, err, test.want)
		}
	}
}

// TestFormatReadsBack holds that what is written is read as it was, without quotes
// where it needs none.
func TestFormatReadsBack(t *testing.T) {
	for _, test := range []struct {
		values []string
		list   bool
		want   string
	}{
		{[]string{"0.8"}, false, "name: 0.8"},
		{[]string{"exact", "near"}, true, "name: [exact, near]"},
		{[]string{"one"}, true, "name: [one]"},
		{nil, true, "name: []"},
		{[]string{"2%"}, false, "name: 2%"},
		{[]string{"true"}, false, "name: true"},
	} {
		if got := Format("name", test.values, test.list); got != test.want {
			t.Errorf("%v is written %s, want %s", test.values, got, test.want)
		}
	}
	for _, value := range []string{
		"", "~", "null", "NULL", "a, b", "[x", "# no comment", "a: b", " white ", "*", "&a", "!a", "%", "@x", "`", "'", `"`, `\`, "a\nb", "\t", "\x1b[2J",
		"\u202e", "\u2028", "灯籠", "0123", "yes", "^Subscribe to .*: [a-z]+$", "{a,b}/**", "---", "- a", "|", ">", "<<", strings.Repeat("long words ", 40),
	} {
		for _, list := range []bool{false, true} {
			written := Format("name", []string{value}, list)
			got, err := Parse([]byte(written))
			want := []Setting{{"name", []string{value}, list, 1, 1}}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" || strings.Contains(written, "\n") {
				t.Errorf("%q is written %s and read as %v, error %v", value, written, got, err)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("a: [1, 'b']\nc: d # e\n"))
	f.Add([]byte("a: &x 1\nb: *x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		settings, err := Parse(data)
		if err != nil {
			return
		}
		for _, s := range settings {
			again, err := Parse([]byte(Format(s.Name, s.Values, s.List)))
			if err != nil || len(again) != 1 || again[0].Name != s.Name || !cmp.Equal(again[0].Values, s.Values, cmpopts.EquateEmpty()) || again[0].List != s.List {
				t.Errorf("%+v is written %q and read as %+v, error %v", s, Format(s.Name, s.Values, s.List), again, err)
			}
		}
	})
}
