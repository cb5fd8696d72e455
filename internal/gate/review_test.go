package gate

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// mixed is a corpus with a cluster of three, a pair of copies, a paragraph that stands
// in three articles, and one that stands twice in one.
func mixed(t testing.TB) []story {
	random := seeded.Rand(t)
	long, short := words(random, 200), words(random, 90)
	letter := "Subscribe to the morning letter of the " + words(random, 20)
	return []story{
		{"a1.txt", "", long},
		{"a2.txt", "", long + "\nAnd more of it."},
		{"a3.txt", "", long + "\nAnd something else."},
		{"b1.txt", "", short},
		{"b2.txt", "", short},
		{"c1.txt", "", words(random, 90) + "\n" + letter},
		{"c2.txt", "", words(random, 90) + "\n" + letter},
		{"c3.txt", "", words(random, 90) + "\n" + letter},
		{"d1.txt", "", short[:len(short)/2] + "\n" + words(random, 90) + "\n" + short[:len(short)/2]},
	}
}

// told names the findings of a result.
func told(result *dedup.Result) []string {
	var all []string
	key := func(id dedup.ArticleID) string { return strings.TrimSuffix(result.Articles[id].Key, ".txt") }
	for _, pair := range result.Pairs {
		all = append(all, string(pair.Kind)+" "+key(pair.A)+" "+key(pair.B))
	}
	for _, cluster := range result.Clusters {
		line := "cluster " + key(cluster.Representative)
		for _, member := range cluster.Members {
			line += " " + key(member.Article)
		}
		all = append(all, line)
	}
	for _, repeat := range result.Repeats {
		all = append(all, string(repeat.Class)+" "+key(repeat.Of.Article)+" "+key(repeat.At.Article))
	}
	return all
}

// TestReview holds what rules leave of a result, and that they count what they leave out.
func TestReview(t *testing.T) {
	result := scan(t, mixed(t)...)
	all := told(result)
	want := []string{
		"near a1 a2", "near a1 a3", "near a2 a3", "exact b1 b2",
		"cluster a2 a1 a3", "cluster b1 b2",
		"across c1 c2", "across c1 c3", "within d1 d1",
	}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Fatalf("the corpus (-want +got):\n%s", diff)
	}
	pair := func(i int) uint64 { return result.Pairs[i].Fingerprint }
	before := *result
	for _, test := range []struct {
		name             string
		rules            Rules
		gone             []string // of all
		instead          []string
		ignored, outside Left
	}{
		{"nothing", Rules{}, nil, nil, Left{}, Left{}},
		{"what there is not", Rules{Fingerprints: []uint64{1}, Paragraphs: []*regexp.Regexp{regexp.MustCompile("^$")}}, nil, nil, Left{}, Left{}},
		{"a paragraph by its words", Rules{Paragraphs: []*regexp.Regexp{regexp.MustCompile("^Subscribe to the .* letter")}},
			[]string{"across c1 c2", "across c1 c3"}, nil, Left{Repeats: 2}, Left{}},
		{"a paragraph by its text", Rules{Fingerprints: []uint64{result.Repeats[0].AtText}},
			[]string{"across c1 c2", "across c1 c3"}, nil, Left{Repeats: 2}, Left{}},
		{"a pair", Rules{Fingerprints: []uint64{pair(3)}}, []string{"exact b1 b2", "cluster b1 b2"}, nil, Left{Pairs: 1}, Left{}},
		{"all pairs of a member", Rules{Fingerprints: []uint64{pair(0), pair(1)}},
			[]string{"near a1 a2", "near a1 a3", "cluster a2 a1 a3"}, []string{"cluster a2 a3"}, Left{Pairs: 2}, Left{}},
		{"all but an article", Rules{Only: &Selection{Names: []string{"folder/c3.txt"}}},
			slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == "across c1 c3" }), nil, Left{}, Left{Pairs: 4, Repeats: 2}},
		{"all but a path that is no pattern", Rules{Only: &Selection{Names: []string{"./folder//a[123].txt"}}}, all, nil, Left{}, Left{Pairs: 4, Repeats: 3}},
		{"all but a pattern of keys", Rules{Only: &Selection{Patterns: []string{"[bd]?.txt"}}},
			[]string{"near a1 a2", "near a1 a3", "near a2 a3", "cluster a2 a1 a3", "across c1 c2", "across c1 c3"}, nil, Left{}, Left{Pairs: 3, Repeats: 2}},
		{"all but a pattern of paths, ignoring some", Rules{Only: &Selection{Patterns: []string{"folder/a2.*"}}, Fingerprints: []uint64{pair(0)}},
			[]string{"near a1 a2", "near a1 a3", "exact b1 b2", "cluster b1 b2", "across c1 c2", "across c1 c3", "within d1 d1"}, nil, Left{Pairs: 1}, Left{Pairs: 2, Repeats: 3}},
	} {
		review := test.rules.Review(result, 0)
		want := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(test.gone, s) })
		got := told(review.Result)
		want = append(want, test.instead...)
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("without %s (-want +got):\n%s", test.name, diff)
		}
		if review.Ignored != test.ignored || review.Outside != test.outside {
			t.Errorf("without %s: ignored %+v, outside %+v", test.name, review.Ignored, review.Outside)
		}
		counted := *review.Result
		counted.Count()
		if diff := cmp.Diff(counted.Summary, review.Result.Summary); diff != "" {
			t.Errorf("without %s: not counted again:\n%s", test.name, diff)
		}
		if review.New != len(review.Result.Pairs)+len(review.Result.Repeats) || review.Known != 0 {
			t.Errorf("without %s: %d new, %d known, %d new words", test.name, review.New, review.Known, review.NewWords)
		}
		if diff := cmp.Diff(before, *result); diff != "" {
			t.Fatalf("the result itself was changed:\n%s", diff)
		}
	}
}

// TestIgnoredIsNotStale holds that what is ignored or outside, and still there, is not
// told as gone, and not written again where it is ignored.
func TestIgnoredIsNotStale(t *testing.T) {
	result := scan(t, mixed(t)...)
	rules := &Rules{Baseline: known(result), Fingerprints: []uint64{result.Pairs[0].Fingerprint}, Only: &Selection{Names: []string{"b1.txt", "a1.txt"}}}
	review := rules.Review(result, 0)
	if review.New != 0 || len(review.Stale) != 0 || review.Known != 2 || review.Named != 2 {
		t.Errorf("%d new, %d known, %d named, stale %v", review.New, review.Known, review.Named, review.Stale)
	}
	rules.Only = nil
	if written := rules.Review(result, 0).Renewed(); len(written.Entries) != 6 {
		t.Errorf("%d entries are written, want the six that are not ignored", len(written.Entries))
	}
}

// TestPassagesAreLeftOut holds that passages are ignored and asked about as findings are,
// with what is said of single articles, and that no gate counts them.
func TestPassagesAreLeftOut(t *testing.T) {
	options := dedup.DefaultOptions()
	options.Passages = 8
	result := scanWith(t, options, memory(mixed(t)))
	whole := new(Rules).Review(result, 0)
	if len(result.Passages) < 2 || whole.New != 7 || len(whole.Result.Passages) != len(result.Passages) {
		t.Fatalf("%d passages, %d new findings", len(result.Passages), whole.New)
	}
	rules := &Rules{Fingerprints: []uint64{result.Passages[0].Fingerprint}}
	review := rules.Review(result, 0)
	if diff := cmp.Diff(result.Passages[1:], review.Result.Passages); diff != "" || review.Ignored.Passages != 1 || review.Result.Summary.Passages != len(result.Passages)-1 {
		t.Errorf("ignored %+v (-want +got):\n%s", review.Ignored, diff)
	}
	rules = &Rules{Only: &Selection{Names: []string{"c2.txt"}}}
	review = rules.Review(result, 0)
	if len(review.Result.Passages) != 1 || review.Outside.Passages != len(result.Passages)-1 {
		t.Errorf("%d passages touch c2, %+v do not", len(review.Result.Passages), review.Outside)
	}
	for i, article := range review.Result.Articles {
		if (article.Elsewhere != nil) != (article.Key == "c2.txt") || result.Articles[6].Elsewhere == nil {
			t.Errorf("of %s is said %+v", article.Key, review.Result.Articles[i].Elsewhere)
		}
	}
}

// TestTemplatesDoNotCount holds that a pair that is no copy is neither new nor known.
func TestTemplatesDoNotCount(t *testing.T) {
	result := scan(t, mixed(t)...)
	result.Pairs[0].Kind = dedup.Template
	review := reviewed(known(result), result)
	if review.New != 0 || review.Known != 6 || len(review.Stale) != 0 {
		t.Errorf("%d new, %d known, stale %v", review.New, review.Known, review.Stale)
	}
	for _, pair := range review.OnlyNew().Pairs {
		if pair.Kind == dedup.Template {
			t.Error("a template is listed as new")
		}
	}
	if review = new(Rules).Review(result, 0); review.New != 6 {
		t.Errorf("%d new, want all but the template", review.New)
	}
}

// TestNewWords holds that words of known duplicates do not count, and those of new ones do.
func TestNewWords(t *testing.T) {
	stories := mixed(t)
	whole := scan(t, stories...)
	for missing := range stories {
		some := slices.Delete(slices.Clone(stories), missing, missing+1)
		review := reviewed(known(scan(t, some...)), whole)
		want := 0
		switch key := stories[missing].key; key {
		case "a2.txt": // the article to keep is new: two others are now duplicates of it
			want = whole.Articles[0].Words + whole.Articles[2].Words
		case "a1.txt", "a3.txt", "b1.txt", "b2.txt":
			want = whole.Articles[missing].Words
		case "d1.txt":
			want = whole.Repeats[2].Words
		}
		if review.NewWords != want {
			t.Errorf("with %s as new: %d new words, want %d", stories[missing].key, review.NewWords, want)
		}
	}
}

// TestNewWordsOfWhatIsLeft holds that a pair that is ignored, or touches nothing that was
// asked about, makes no duplicate words, whatever else is in its cluster.
func TestNewWordsOfWhatIsLeft(t *testing.T) {
	result := scan(t, mixed(t)...)
	words := func(keys ...int) (sum int) {
		for _, key := range keys {
			sum += result.Articles[key].Words
		}
		return sum
	}
	only := func(names ...string) Rules { return Rules{Only: &Selection{Names: names}} }
	for _, test := range []struct {
		name  string
		rules Rules
		want  int
	}{
		{"nothing", Rules{}, result.Summary.DuplicateWords},
		{"all but the article to keep", only("a2.txt"), words(0, 2)},
		{"all but one that can go", only("a3.txt"), words(2)},
		{"all but what has its paragraph twice", only("d1.txt"), result.Repeats[2].Words},
		{"all but what shares a paragraph", only("c1.txt"), 0},
		{"all but nothing", only(), 0},
		{"the pair of one that can go", Rules{Fingerprints: []uint64{result.Pairs[0].Fingerprint}}, words(2, 4) + result.Repeats[2].Words},
	} {
		if review := test.rules.Review(result, 0); review.NewWords != test.want {
			t.Errorf("without %s: %d new words, want %d", test.name, review.NewWords, test.want)
		}
	}
}

func TestWithout(t *testing.T) {
	source := NewWithout(memory(mixed(t)), []string{"a[23].txt", "b*", "a2*", "zz*"})
	result := scanWith(t, dedup.DefaultOptions(), source)
	want := []string{"across c1 c2", "across c1 c3", "within d1 d1"}
	if diff := cmp.Diff(want, told(result)); diff != "" || source.Count() != 4 || len(result.Articles) != 5 {
		t.Errorf("%d left out, %d articles (-want +got):\n%s", source.Count(), len(result.Articles), diff)
	}
	rules := new(Rules)
	if review := rules.Review(result, source.Count()); review.Ignored.Articles != 4 || !slices.Equal(source.Idle(), []string{"zz*"}) {
		t.Errorf("ignored %+v, idle %q", review.Ignored, source.Idle())
	}
}

// TestOnlyNew holds what is listed beside a baseline: clusters with a new pair whole,
// and all else that is new.
func TestOnlyNew(t *testing.T) {
	stories := mixed(t)
	whole := scan(t, stories...)
	some := slices.DeleteFunc(slices.Clone(stories), func(s story) bool { return s.key == "a3.txt" || s.key == "c3.txt" })
	review := reviewed(known(scan(t, some...)), whole)
	want := []string{"near a1 a2", "near a1 a3", "near a2 a3", "cluster a2 a1 a3", "across c1 c3"}
	if diff := cmp.Diff(want, told(review.OnlyNew())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(whole.Summary, review.OnlyNew().Summary); diff != "" {
		t.Errorf("the summary is another (-want +got):\n%s", diff)
	}
	if review = new(Rules).Review(whole, 0); review.OnlyNew() != review.Result {
		t.Error("without a baseline something is left out")
	}
}

// TestStoriesAreLeftOut holds that stories are ignored and asked about as findings are, and that
// neither new findings nor a baseline know of them.
func TestStoriesAreLeftOut(t *testing.T) {
	result := &dedup.Result{Options: dedup.DefaultOptions(), Articles: []dedup.ArticleInfo{{Key: "a"}, {Key: "b"}, {Key: "c"}, {Key: "d"}}}
	result.Stories = []dedup.Story{
		{Members: []dedup.StoryMember{{Article: 0}, {Article: 1}}, Fingerprint: 1},
		{Members: []dedup.StoryMember{{Article: 2}, {Article: 3}}, Fingerprint: 2},
	}
	result.Count()
	if whole := new(Rules).Review(result, 0); whole.New != 0 || len(whole.Result.Stories) != 2 {
		t.Errorf("%d new, %d stories", whole.New, len(whole.Result.Stories))
	}
	review := (&Rules{Fingerprints: []uint64{1}}).Review(result, 0)
	if diff := cmp.Diff(result.Stories[1:], review.Result.Stories); diff != "" || review.Ignored.Stories != 1 || review.Result.Summary.Stories != 1 || review.Result.Summary.StoryArticles != 2 {
		t.Errorf("ignored %+v, %+v (-want +got):\n%s", review.Ignored, review.Result.Summary, diff)
	}
	with := result.Options
	with.Stories = dedup.AlwaysStories
	if hashOf(with) != hashOf(result.Options) {
		t.Error("a baseline depends on whether stories are looked for")
	}
}
