package dedup

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup/passage"
	"github.com/newsdedup/newsdedup/internal/seeded"
	"github.com/newsdedup/newsdedup/internal/text"
)

func withPassages(least int) func(*Options) {
	return func(o *Options) { o.Passages = least }
}

// standsAt writes the places of a passage as the words that stand there, with the
// names of the articles, and marks those that are quoted.
func standsAt(m *memory, p Passage) string {
	var places []string
	for _, at := range p.Places {
		mark := ""
		if at.Quoted {
			mark = ", quoted"
		}
		places = append(places, fmt.Sprintf("%d:%d-%d%s %q", at.Article, at.Line, at.EndLine, mark, m.Articles[at.Article].Text[at.Start:at.End]))
	}
	return strings.Join(places, "; ")
}

const (
	ferries = "the ferries to Lomm stay in the harbour until the storm has passed"
	lantern = "a lantern stood in every window of the old street behind the quay"
	chain   = "men of the night watch drew the iron chain across the mole"
)

func TestPassages(t *testing.T) {
	m := bodies(
		"Port Quillon. "+ferries+", the master said.\r\n\r\nNobody asked, and "+chain+".",
		"In Osk nobody slept, and\n"+strings.ToUpper(lantern[:1])+lantern[1:]+".\n\nEven so: "+lantern+"!",
		"“We say that "+ferries+"”, she said. Then "+strings.ReplaceAll(chain, " ", "\r\n")+" again.",
	)
	result := scanOf(t, m, withPassages(8))
	var got []string
	for _, p := range result.Passages {
		got = append(got, fmt.Sprintf("%d words, %d times: %s", p.Words, p.Standings, standsAt(m, p)))
	}
	want := []string{
		fmt.Sprintf("13 words, 2 times: 0:1-1 %q; 2:1-1, quoted %q", ferries, ferries),
		fmt.Sprintf("12 words, 2 times: 0:3-3 %q; 2:1-12 %q", chain, strings.ReplaceAll(chain, " ", "\r\n")),
		fmt.Sprintf("13 words, 2 times: 1:2-2 %q; 1:4-4 %q", "A"+lantern[1:], lantern),
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("passages (-want +got):\n%s", diff)
	}
	wantElsewhere := []*Elsewhere{{Words: 25, Partner: 2, PartnerWords: 25}, nil, {Words: 25, Partner: 0, PartnerWords: 25}}
	for id, want := range wantElsewhere {
		if diff := gocmp.Diff(want, result.Articles[id].Elsewhere); diff != "" {
			t.Errorf("elsewhere of %d (-want +got):\n%s", id, diff)
		}
	}
}

// A wordsOf is an article as a list of words with their ranges.
type wordsOf struct {
	words        []string
	starts, ends []uint32
}

func wordsOfBodies(m *memory) (all []wordsOf) {
	for _, s := range m.Articles {
		var doc text.Document
		doc.Parse([]byte(s.Text), text.Auto)
		words := strings.Fields(string(doc.AppendNorm(nil, 0, doc.Len())))
		all = append(all, wordsOf{words, slices.Clone(doc.Starts), slices.Clone(doc.Ends)})
	}
	return all
}

// TestPassagesByBruteForce compares every two places of every two articles: each run
// that both have, as long as it gets, is two places of one passage, or lies in two.
// And whatever is called a passage is one.
func TestPassagesByBruteForce(t *testing.T) {
	random := seeded.Rand(t)
	for range 150 {
		checkPassages(t, passageCorpus(random), 8+random.IntN(4), 1+random.IntN(3))
	}
	for range 150 {
		checkPassages(t, refrains(random), 18+random.IntN(12), 1+random.IntN(3))
	}
}

// checkPassages compares the passages of a corpus with all runs that stand twice in it.
func checkPassages(t *testing.T, m *memory, least, workers int) {
	t.Helper()
	result := scanOf(t, m, func(o *Options) { o.Passages, o.Explained, o.Workers = least, true, workers })
	articles := wordsOfBodies(m)
	for a := range articles {
		for b := a; b < len(articles); b++ {
			eachSharedRun(articles, a, b, least, func(p, q, length int) {
				one, other := articles[a], articles[b]
				if !hasPlaces(result, a, b, [4]uint32{one.starts[p], one.ends[p+length-1], other.starts[q], other.ends[q+length-1]}) {
					t.Errorf("%d words %q of %d and %d are in no passage", length, one.words[p:p+length], a, b)
				}
			})
		}
	}
	for _, p := range result.Passages {
		checkPassage(t, m, p, least)
	}
	if t.Failed() {
		t.Fatalf("at least %d of %q", least, m.Articles)
	}
}

// refrains makes articles that say some words again after every number of them, once or
// twice, and others that copy a run of those: so a sample stands at several places of a window.
func refrains(random *rand.Rand) *memory {
	var written []string
	for article := range 2 + random.IntN(3) {
		words := randomWords(random, 5, 1_000_000)
		period := 8 + random.IntN(20)
		for range period {
			words = append(words, fmt.Sprintf("r%dw%d", article, random.IntN(1_000_000)))
		}
		for range period + random.IntN(2*period) {
			words = append(words, words[len(words)-period])
		}
		words = append(words, randomWords(random, 5, 1_000_000)...)
		start := random.IntN(len(words) / 2)
		run := words[start:min(len(words), start+18+random.IntN(40))]
		written = append(written, strings.Join(words, " "), fmt.Sprintf("a%d %s b%d", article, strings.Join(run, " "), article))
	}
	return bodies(written...)
}

// eachSharedRun calls visit with each run that two articles, or two places of one that do
// not overlap, have in common and that is longer at neither end.
func eachSharedRun(articles []wordsOf, a, b, least int, visit func(p, q, length int)) {
	one, other := articles[a].words, articles[b].words
	for p := range one {
		for q := range other {
			if a == b && q <= p || p > 0 && q > 0 && one[p-1] == other[q-1] {
				continue
			}
			length := 0
			for p+length < len(one) && q+length < len(other) && one[p+length] == other[q+length] {
				length++
			}
			if length >= least && (a != b || q-p >= length) && !overlapsItself(one, p, length) && !overlapsItself(other, q, length) {
				visit(p, q, length)
			}
		}
	}
}

// overlapsItself reports whether a run stands again in an article before its own end, or
// began before: of the places of such a run, which is some words again and again, those in a
// longer one of the kind are not all listed.
func overlapsItself(words []string, at, length int) bool {
	run := words[at : at+length]
	for other := max(0, at-length+1); other < at+length && other+length <= len(words); other++ {
		if other != at && slices.Equal(run, words[other:other+length]) {
			return true
		}
	}
	return false
}

// hasPlaces reports whether two places, from byte to byte, lie in different ones of one passage.
func hasPlaces(result *Result, a, b int, ranges [4]uint32) bool {
	inside := func(at PassagePlace, article int, start, end uint32) bool {
		return int(at.Article) == article && at.Start <= int(start) && int(end) <= at.End
	}
	for _, p := range result.Passages {
		first := slices.IndexFunc(p.Places, func(at PassagePlace) bool { return inside(at, a, ranges[0], ranges[1]) })
		if first >= 0 && slices.ContainsFunc(p.Places, func(at PassagePlace) bool { return inside(at, b, ranges[2], ranges[3]) }) {
			return true
		}
	}
	return false
}

// checkPassage holds that all places have the same words, as many as are said, that none
// lies half in the one before, and that lines are those of the bytes.
func checkPassage(t *testing.T, m *memory, p Passage, least int) {
	t.Helper()
	words := ""
	for i, at := range p.Places {
		body := m.Articles[at.Article].Text
		var doc text.Document
		doc.ParseParagraph([]byte(body[at.Start:at.End]))
		norm := string(doc.AppendNorm(nil, 0, doc.Len()))
		if i == 0 {
			words = norm
		}
		if norm != words || doc.Len() != p.Words || p.Words < least {
			t.Errorf("%d words %q, which is said to be %d words %q", doc.Len(), norm, p.Words, words)
		}
		if line, end := 1+strings.Count(body[:at.Start], "\n"), 1+strings.Count(body[:at.End], "\n"); at.Line != line || at.EndLine != end {
			t.Errorf("%q stands in lines %d to %d, not %d to %d", norm, line, end, at.Line, at.EndLine)
		}
		if i > 0 && p.Places[i-1].Article == at.Article {
			doc.Parse([]byte(body[p.Places[i-1].Start:at.Start]), text.Line)
			if 2*doc.Len() <= p.Words {
				t.Errorf("%q: place %d begins %d words behind the one before", words, i, doc.Len())
			}
		}
	}
	if len(p.Places) < 2 || p.Standings != len(p.Places) {
		t.Errorf("%q has %d places of %d", words, len(p.Places), p.Standings)
	}
}

// passageCorpus makes articles of few words of several scripts that copy runs of each
// other, in other clothes.
func passageCorpus(random *rand.Rand) *memory {
	vocabulary := []string{"ferry", "Osk", "quay", "Straße", "灯籠", "порт", "كثبان", "1931", "ไทย"}[:2+random.IntN(8)]
	separators := []string{" ", " ", " ", ", ", "\n", "\r\n", "\n\n", " “", "” ", "\u00ad ", " — "}
	var texts [][]string
	var written []string
	for range 2 + random.IntN(5) {
		var words []string
		for len(words) < 10+random.IntN(50) {
			if len(texts) > 0 && random.IntN(6) == 0 {
				from := texts[random.IntN(len(texts))]
				start := random.IntN(len(from))
				words = append(words, from[start:min(len(from), start+random.IntN(20))]...)
			}
			words = append(words, vocabulary[random.IntN(len(vocabulary))])
		}
		texts = append(texts, words)
		var body strings.Builder
		for _, word := range words {
			if random.IntN(4) == 0 {
				word = strings.ToUpper(word)
			}
			body.WriteString(word + separators[random.IntN(len(separators))])
		}
		written = append(written, body.String())
	}
	return bodies(written...)
}

// TestPassagesOfAnyOrder holds that the order of the articles does not matter.
func TestPassagesOfAnyOrder(t *testing.T) {
	random := seeded.Rand(t)
	for range 60 {
		m := passageCorpus(random)
		want := keyedPassages(scanOf(t, m, withPassages(8)))
		random.Shuffle(len(m.Articles), func(i, j int) { m.Articles[i], m.Articles[j] = m.Articles[j], m.Articles[i] })
		got := keyedPassages(scanOf(t, m, func(o *Options) { o.Passages, o.Workers = 8, 3 }))
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
	}
}

// keyedPassages are the places of the passages by the names of their articles, sorted.
func keyedPassages(result *Result) (keys []string) {
	for _, p := range result.Passages {
		var places []string
		for _, at := range p.Places {
			places = append(places, fmt.Sprintf("%s[%d:%d]%v", result.Articles[at.Article].Key, at.Start, at.End, at.Quoted))
		}
		slices.Sort(places)
		keys = append(keys, fmt.Sprintf("%x %d %s %v", p.Fingerprint, p.Words, p.Weightless, places))
	}
	slices.Sort(keys)
	return keys
}

// TestExplainedPassages: what stands in the articles of one cluster alone is counted,
// unless it stands twice in one of them.
func TestExplainedPassages(t *testing.T) {
	story := ferries + ". Somewhere else " + chain + ", so that " + lantern + "."
	twice := story + " Hence " + chain + "."
	for _, test := range []struct {
		name                     string
		m                        *memory
		explain                  bool
		passages, explained, all int
	}{
		{"copies", bodies(story, story, story), false, 0, 1, 0},
		{"copies, with all", bodies(story, story, story), true, 1, 0, 3},
		{"copies with a part that stands twice", bodies(twice, twice), false, 1, 1, 4},
		{"copies and another", bodies(story, story, "No. "+chain), false, 1, 1, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			result := scanOf(t, test.m, func(o *Options) { o.Passages, o.Explained = 8, test.explain })
			places := 0
			for _, p := range result.Passages {
				places += len(p.Places)
			}
			if s := result.Summary; s.Passages != test.passages || s.PassagesExplained != test.explained || places != test.all || len(result.Passages) != s.Passages {
				t.Errorf("%d passages with %d places and %d explained, want %d, %d and %d", s.Passages, places, s.PassagesExplained, test.passages, test.all, test.explained)
			}
			if e := result.Articles[0].Elsewhere; e == nil || e.Words != result.Articles[0].Words || e.Partner != 1 {
				t.Errorf("of the first article stands elsewhere: %+v", e)
			}
		})
	}
}

func TestWeightlessPassages(t *testing.T) {
	names := "Ilse Maron, Abel Brandt, Ruda Osk, Port Quillon, 14 March 2031"
	var stories []string
	for i := range 40 {
		body := fmt.Sprintf("Story %d of day %d begins %d. ", i, i*i, 7*i)
		if i < 20 {
			body += "Read more of it in the letter that we send every morning. "
		}
		if i >= 38 {
			body += "With " + names + ", and y" + fmt.Sprint(i)
		}
		stories = append(stories, body)
	}
	result := scanOf(t, bodies(stories...), withPassages(8))
	got := make(map[string]string)
	for _, p := range result.Passages {
		got[p.Text] = fmt.Sprintf("%d %s", p.Standings, p.Weightless)
	}
	want := map[string]string{
		"Read more of it in the letter that we send every morning": "20 common",
		"With " + names + ", and":                                  "2 ",
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("passages (-want +got):\n%s", diff)
	}
	if e := result.Articles[3].Elsewhere; e != nil {
		t.Errorf("what is common stands elsewhere: %+v", e)
	}
	alone := scanOf(t, bodies("a "+names+" b", "c "+names+" d"), withPassages(8))
	if len(alone.Passages) != 1 || alone.Passages[0].Weightless != NamesOnly || alone.Articles[0].Elsewhere != nil {
		t.Errorf("names alone: %+v, elsewhere %+v", alone.Passages, alone.Articles[0].Elsewhere)
	}
}

func TestIsName(t *testing.T) {
	for word, want := range map[string]bool{
		"Osk": true, "osk": false, "2031": true, "½": true, "USA": true, "PASSAGE": false, "McKay": true, "É": true, "Éva": true, "灯": false,
		"كثبان": false, "Порт": true, "o'Neil": false, "3rd": true, "ǅon": true,
	} {
		if got := isName([]byte(word)); got != want {
			t.Errorf("%q: %v", word, got)
		}
	}
}

// TestCommonParagraph: a paragraph in 10,000 articles is one passage with 10,000 places, and
// what is done for each of them does not grow with their number: it is read twice more, and of
// it the paragraph is searched with no more words around it than a passage has.
func TestCommonParagraph(t *testing.T) {
	const paragraph, own, least = 13, 40, 8
	for _, articles := range []int{100, 10_000} {
		var stories []string
		for i := range articles {
			var words []string
			for word := range own / 2 {
				words = append(words, fmt.Sprintf("a%dw%d", i, word))
			}
			around := strings.Join(words, " ")
			stories = append(stories, around+". "+ferries+". b"+strings.ReplaceAll(around, " ", " b"))
		}
		w := &watched{memory: bodies(stories...)}
		options := DefaultOptions()
		options.Passages, options.Kinds = least, []Kind{Exact}
		s := newScan(t.Context(), w, options, nil)
		searched := 0
		for _, step := range []func() error{s.read, s.sharePassageSamples, s.groupCopies, s.joinClusters, s.readIslands} {
			if err := step(); err != nil {
				t.Fatal(err)
			}
			searched = s.passages.text.Len()
		}
		if most := articles * (paragraph + 2*(least-1) + 1); searched < articles*paragraph || searched > most {
			t.Errorf("of %d articles %d words are searched, at most %d would do", articles, searched, most)
		}
		w.Seek(0)
		w.fetches.Store(0)
		result, err := Scan(t.Context(), w, options, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Passages) != 1 || len(result.Passages[0].Places) != articles || result.Passages[0].Words != paragraph || result.Passages[0].Weightless != Common {
			t.Errorf("%d passages, the first with %d places", len(result.Passages), len(result.Passages[0].Places))
		}
		if reads := int(w.fetches.Load()); reads != 2*articles {
			t.Errorf("%d articles are read %d times again", articles, reads)
		}
	}
}

// TestNestedPassages: of a text that is cut at every length each length is a passage, and
// their places are as many as the square. All are counted, and as many listed as there is room for.
func TestNestedPassages(t *testing.T) {
	const articles, least, room = 240, 8, 1_000
	var words, stories []string
	total := 0
	for i := range articles + least {
		words = append(words, fmt.Sprintf("w%d", i))
	}
	for i := range articles {
		stories = append(stories, strings.Join(words[:least+i], " ")+fmt.Sprintf(" end%d", i))
		total += least + i + 2
	}
	options := DefaultOptions()
	options.Passages, options.Explained = least, true
	s := newScan(t.Context(), bodies(stories...), options, nil)
	s.freePlaces = room
	result, err := s.run()
	if err != nil {
		t.Fatal(err)
	}
	if got := len(result.Passages); got != articles-1 || result.Summary.PassagesBounded == 0 {
		t.Errorf("%d passages, %d bounded", got, result.Summary.PassagesBounded)
	}
	places := 0
	for i, p := range result.Passages {
		places += len(p.Places)
		if p.Words != least+i || p.Standings != articles-i {
			t.Errorf("passage %d of %d words stands %d times", i, p.Words, p.Standings)
		}
		if last := p.Places[len(p.Places)-1].Article; p.Places[0].Article != ArticleID(i) || last != articles-1 {
			t.Errorf("passage %d stands in articles %d to %d", i, p.Places[0].Article, last)
		}
	}
	if places > room+total/2 || places < room {
		t.Errorf("%d places are listed", places)
	}
}

// TestPassageOfOneWord: what goes on repeating a word has one passage, its half.
func TestPassageOfOneWord(t *testing.T) {
	m := bodies(strings.Repeat("sea ", 1_000_000), "other words of another kind")
	result := scanOf(t, m, withPassages(8))
	if len(result.Passages) != 1 || result.Passages[0].Words != 500_000 || len(result.Passages[0].Places) != 2 {
		t.Errorf("%d passages, of which the first %d words", len(result.Passages), result.Passages[0].Words)
	}
}

// TestPassagesOfAnyWorkers holds that the whole result is the same.
func TestPassagesOfAnyWorkers(t *testing.T) {
	random := seeded.Rand(t)
	for range 20 {
		m := passageCorpus(random)
		want := scanOf(t, m, func(o *Options) { o.Passages = 8 })
		for workers := 2; workers < 6; workers++ {
			got := scanOf(t, m, func(o *Options) { o.Passages, o.Workers = 8, workers })
			got.Options = want.Options
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Fatalf("%d workers (-want +got):\n%s", workers, diff)
			}
		}
	}
}

// TestPassagesAreOrdered holds the order of the passages and of their places.
func TestPassagesAreOrdered(t *testing.T) {
	result := scanOf(t, passageCorpus(rand.New(rand.NewPCG(4, 4))), func(o *Options) { o.Passages, o.Explained = 8, true })
	before := func(a, b PassagePlace) int {
		return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.Start, b.Start))
	}
	if len(result.Passages) < 3 || !slices.IsSortedFunc(result.Passages, func(a, b Passage) int {
		return cmp.Or(before(a.Places[0], b.Places[0]), cmp.Compare(b.Words, a.Words))
	}) {
		t.Errorf("%d passages, not in order", len(result.Passages))
	}
	for _, p := range result.Passages {
		if !slices.IsSortedFunc(p.Places, before) {
			t.Errorf("places of %q not in order", p.Text)
		}
	}
}

func TestPassageOptions(t *testing.T) {
	for least, want := range map[int]bool{0: true, 1: false, 7: false, 8: true, 25: true, 10_000: true, 10_001: false, -1: false} {
		options := DefaultOptions()
		options.Passages = least
		if err := options.Validate(); (err == nil) != want {
			t.Errorf("%d: %v", least, err)
		}
	}
	with, without := DefaultOptions(), DefaultOptions()
	with.Passages = 25
	if with.Hash() == without.Hash() {
		t.Error("options with passages have the hash of those without")
	}
}

// TestChangedArticlesOfPassages changes each article at every moment of a scan: whatever
// passages are told of then are those of the others, and none is torn.
func TestChangedArticlesOfPassages(t *testing.T) {
	m := family(rand.New(rand.NewPCG(seeded.Seed(), 41)))
	options := DefaultOptions()
	options.Passages, options.Explained = 8, true
	full := scanOf(t, m, func(o *Options) { *o = options })
	known := make(map[PassagePlace]bool)
	for _, p := range full.Passages {
		for _, at := range p.Places {
			known[at] = true
		}
	}
	if len(known) < 20 {
		t.Fatalf("only %d places to lose", len(known))
	}
	for victim := range m.Articles {
		for from := 0; ; from++ {
			m.Seek(0)
			c := &changing{memory: m, victim: int64(victim), from: from, failing: from%2 == 0}
			result, err := Scan(t.Context(), c, options, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range result.Passages {
				if len(p.Places) < 2 || p.Standings != len(p.Places) || p.Text == "" || p.Fingerprint == 0 {
					t.Errorf("a passage has %d places of %d, and the words %q", len(p.Places), p.Standings, p.Text)
				}
				for _, at := range p.Places {
					if !known[at] || len(result.Problems) > 0 && int(at.Article) == victim {
						t.Errorf("%q stands at %+v", p.Text, at)
					}
				}
			}
			if t.Failed() {
				t.Fatalf("seed %d: article %d changed at fetch %d of %d", seeded.Seed(), victim, from, c.fetches)
			}
			if from > c.fetches {
				break
			}
		}
	}
}

// TestPassagesInBoundedMemory holds that a bound does not change what is found, and that the
// search is refused where it has no room.
func TestPassagesInBoundedMemory(t *testing.T) {
	m := news(300)
	want := scanOf(t, m, withPassages(8))
	got := scanOf(t, m, func(o *Options) { o.Passages, o.MaxMemory = 8, LeastMemory })
	if diff := gocmp.Diff(want, got, ignoreBound); diff != "" {
		t.Errorf("in %d MiB (-want +got):\n%s", LeastMemory>>20, diff)
	}
	whole := readIslandsOf(t, m, want.Options, LeastMemory)
	words := whole.passages.text.Len()
	if err := whole.boundPassages(); err != nil {
		t.Error(err)
	}
	half := readIslandsOf(t, m, want.Options, int64(words/2)*passage.BytesPerToken)
	if kept := half.passages.text.Len(); kept > words/2 {
		t.Errorf("%d words are kept where there is room for half of %d", kept, words)
	}
	if err := half.boundPassages(); err == nil || !strings.HasPrefix(err.Error(), fmt.Sprintf("finding passages: %d words may stand twice, which needs about", words)) {
		t.Errorf("without room: %v", err)
	}
}

// readIslandsOf goes the first steps of a scan, the last of them in bounded memory.
func readIslandsOf(t *testing.T, m *memory, options Options, maxMemory int64) *scan {
	m.Seek(0)
	s := newScan(t.Context(), m, options, nil)
	for _, step := range []func() error{s.read, s.sharePassageSamples, func() error {
		s.options.MaxMemory = maxMemory
		return s.readIslands()
	}} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	return s
}
