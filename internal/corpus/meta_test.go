package corpus

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestDescribe(t *testing.T) {
	type said map[Role]string
	day := time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		said said
		want Article
	}{
		"nothing": {said{}, Article{}},
		"all": {
			said{ID: "7", Title: " Ferry sails ", URL: "https://www.herald.test/7", Published: "2024-03-04", Source: "The Herald", Language: "EN-gb"},
			Article{Key: "7", Source: "The Herald", Meta: Meta{Title: "Ferry sails", URL: "https://www.herald.test/7", Language: "en-gb", Published: day}},
		},
		"a URL in place of a name and an outlet": {
			said{URL: "https://www.Herald.test:8080/7"},
			Article{Key: "https://www.Herald.test:8080/7", Source: "herald.test", Meta: Meta{URL: "https://www.Herald.test:8080/7"}},
		},
		"a URL for a name": {
			said{ID: "http://a.test/", URL: "http://a.test/"}, Article{Key: "http://a.test/", Source: "a.test", Meta: Meta{URL: "http://a.test/"}},
		},
		"blanks": {said{ID: " \t", Source: "\n", Published: " "}, Article{}},
	} {
		var values Values
		for role, text := range test.said {
			values[role] = []byte(text)
		}
		var got Article
		new(Scratch).Describe(&got, &values)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestDescribeTooLong holds that no more is kept than there is room for, whatever the
// fields hold, and that it ends with a character.
func TestDescribeTooLong(t *testing.T) {
	const name, words = maxNameBytes, maxWordsBytes
	address := "https://www.herald.test/"
	path := strings.Repeat("p", name-len(address))
	for _, test := range []struct {
		name string
		said map[Role]string
		want Article
	}{
		{"as long as can be", map[Role]string{ID: strings.Repeat("i", name), Title: strings.Repeat("t", words), Source: strings.Repeat("s", words), URL: address + path, Language: strings.Repeat("L", words)},
			Article{Key: strings.Repeat("i", name), Source: strings.Repeat("s", words), Meta: Meta{Title: strings.Repeat("t", words), URL: address + path, Language: strings.Repeat("l", words)}}},
		{"longer", map[Role]string{ID: strings.Repeat("i", name+1), Title: strings.Repeat("t", 5<<20), Source: strings.Repeat("s", words+1), URL: address + path + "p", Language: strings.Repeat("L", words+1)},
			Article{Key: strings.Repeat("i", name), Source: strings.Repeat("s", words), Meta: Meta{Title: strings.Repeat("t", words), Language: strings.Repeat("l", words)}}},
		{"in the middle of a character", map[Role]string{Title: "t" + strings.Repeat("誰", words)}, Article{Meta: Meta{Title: "t" + strings.Repeat("誰", (words-1)/3)}}},
		{"a URL for a name", map[Role]string{URL: address + path + "/7"}, Article{Key: address + path, Source: "herald.test"}},
	} {
		var values Values
		for role, text := range test.said {
			values[role] = []byte(text)
		}
		var got Article
		new(Scratch).Describe(&got, &values)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestHostOf(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.herald.test/a?b#c": "herald.test", "http://HERALD.test.": "herald.test", "//m.herald.test/x": "herald.test",
		"https://amp.herald.test": "herald.test", "https://user:pass@herald.test:81/": "herald.test", "https://m.test/": "m.test",
		"https://[::1]:80/": "::1", "https://www.test": "www.test", "https://blog.herald.test/": "blog.herald.test",
		"": "", "herald.test/a": "", "7": "", "https://%zz/": "", "mailto:a@b.test": "", "file:///a/b": "",
	} {
		if got := HostOf(address); got != want {
			t.Errorf("HostOf(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestColumns(t *testing.T) {
	fields := Fields{Text: {"story"}, Source: {"paper", "site", "headline", "site"}}.OrDefault()
	got := fields.Columns([]string{"headline", "site", "story", "uuid", "guid", "text", "story"})
	want := [Roles][]int{ID: {4, 3}, Text: {2}, Title: {0}, Source: {1, 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestKeptArticles holds that an article that is written down is the same when
// it is read.
func TestKeptArticles(t *testing.T) {
	for _, want := range []Article{
		{},
		{Key: "a", Source: "b", Offset: 7, BodyLine: 3, Verbatim: true, Body: []byte("body\x00\n")},
		{Key: "a", Meta: Meta{Title: "T", URL: "u", Language: "l", Published: time.Unix(0, 0).UTC()}, Body: []byte{}},
		{Meta: Meta{Published: time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC)}},
		{Meta: Meta{Published: time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)}},
	} {
		var got Article
		got.Offset = readArticle(appendArticle(nil, &want), &got, new(Scratch))
		if want.Body == nil {
			want.Body = []byte{}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}
