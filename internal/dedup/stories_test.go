package dedup

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// The articles below are invented: a ferry accident as four outlets tell it.
const (
	ferryCourier = `Ferry Sable Tern runs aground off Lomm with 214 aboard
The ferry Sable Tern struck the Maiden rocks off Lomm shortly before four on Tuesday morning, and all 214 passengers and crew were taken off by lifeboats from Lomm and Port Quillon.
Captain Ilse Maron had reported a failed steering gear ten minutes earlier. “We had the light in sight and could not turn towards it,” she told the coast guard. Eleven people were treated for cold and bruises; nobody was badly hurt.`
	ferryBulletin = `All safe as ferry hits Maiden rocks
Lifeboat crews from two harbours brought 214 people ashore at Lomm before breakfast on Tuesday after the Osk Line's ferry, Sable Tern, lost her steering and went onto the Maiden rocks.
Passengers described a long grinding noise, then silence. “We had the light in sight and could not turn towards it,” her master, Ilse Maron, was heard to say over the radio. The ferry lies on her side at low water.`
	ferryGazette = `Islanders cut off after Sable Tern grounding
With the Sable Tern hard aground near Lomm, the islands have no ferry for the first time in sixty years. The Osk Line has asked a yard in Wexley for the loan of a smaller vessel.
The ship left the channel early on Tuesday when her steering gear failed, and came to rest on the Maiden rocks. Lifeboats took off everybody. Her captain, Ilse Maron, stayed until the last of the 214 had left.`
	ferryLater = `Sable Tern refloated nine days after grounding
Two tugs pulled the ferry Sable Tern off the Maiden rocks near Lomm on Thursday's spring tide, nine days after she ran aground with 214 people aboard.
The Osk Line said the hull was sound enough for a tow to Wexley, where the yard will take out the steering gear. Captain Ilse Maron watched from the pilot boat.`
	roundUp = `The week in brief
The wool fair at Osk drew 9,000 visitors, the most since the bridge was mended. The mayor, Aldous Finch, bought a bell and would not say for whom.
Grain: prices at the Port Quillon exchange rose for the third week. Dealers blame the late spring in the valleys of Nether Thrale.
Ferry: all aboard were saved when a ship went onto the rocks near Lomm.
School: the teachers of Wexley and the council agreed on 24 hours a week. The council will pay for coal.`
	woolFair = `Nine thousand at the Osk wool fair
Forty carts led the parade as the wool fair of Osk opened on Saturday, and the organisers counted 9,000 visitors by nightfall, more than in any year since the bridge was mended.
Mayor Aldous Finch tasted the first cheese and bought a bell from a stall. Prices for long fleece were a tenth above last year's, the guild said.`
	school = `Wexley teachers end dispute
Teachers in Wexley go back to their classrooms on Wednesday after their union and the town council settled a dispute about hours that had closed four schools for a fortnight.
Under the agreement nobody teaches more than 24 hours a week, and the council buys the coal. “It was never about coal,” said the union's secretary, Bram Hollis.`
)

// weather is a form that an outlet fills in every day.
func weather(place string, high int) string {
	return fmt.Sprintf(`Weather for Tuesday: %s
Wind south-west four to five, backing south later. Rain at times, clearing from the west by evening in %s. Highest temperature %d, lowest %d. Sea moderate. Outlook for Wednesday: brighter, with showers in the north.`, place, place, high, high-5)
}

// dated is a corpus in memory whose articles have times.
type dated struct {
	*memory
	times []time.Time // by article; the zero time for none
}

func (d dated) Decode(scratch *corpus.Scratch, record corpus.Record) (corpus.Article, bool, []corpus.Problem) {
	article, ok, problems := d.memory.Decode(scratch, record)
	article.Meta.Published = d.times[record.Offset]
	return article, ok, problems
}

// storiesOf returns the keys of the members of the stories in the texts.
func storiesOf(t testing.TB, texts []string, change func(*Options)) (stories [][]string) {
	t.Helper()
	result := scanOf(t, bodies(texts...), func(o *Options) {
		o.Stories = AlwaysStories
		if change != nil {
			change(o)
		}
	})
	return membersOf(result)
}

func membersOf(result *Result) (stories [][]string) {
	for _, found := range result.Stories {
		var keys []string
		for _, member := range found.Members {
			keys = append(keys, result.Articles[member.Article].Key)
		}
		stories = append(stories, keys)
	}
	return stories
}

// TestStories holds what is told of articles that tell one event, and of those that only
// seem to.
func TestStories(t *testing.T) {
	weathers := []string{weather("Havey", 11), weather("Wexley", 13), weather("Osk", 12), weather("Nether Thrale", 9), weather("Lomm", 10)}
	edited := strings.Replace(ferryCourier, "Eleven people", "Some eleven people", 1)
	for _, test := range []struct {
		name  string
		texts []string
		want  [][]string
	}{
		{"none", nil, nil},
		{"one", []string{ferryCourier}, nil},
		{"two of it", []string{ferryCourier, ferryGazette}, [][]string{{"000", "001"}}},
		{"three of it, and others", []string{woolFair, ferryCourier, school, ferryBulletin, ferryGazette}, [][]string{{"001", "003", "004"}}},
		{"others alone", []string{woolFair, school, ferryCourier}, nil},
		{"a form", weathers, nil},
		{"a round-up, beside two of its subjects", []string{roundUp, school, ferryCourier, ferryBulletin}, [][]string{{"002", "003"}}},
		{"a copy takes no part", []string{ferryCourier, ferryGazette, ferryCourier}, [][]string{{"000", "001"}}},
		{"of edited copies one takes part", []string{ferryCourier, ferryGazette, edited}, [][]string{{"001", "002"}}},
		{"copies alone are no story", []string{ferryCourier, ferryCourier, edited}, nil},
		{"an undated saga is one story", []string{ferryCourier, ferryBulletin, ferryGazette, ferryLater}, [][]string{{"000", "001", "002", "003"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := gocmp.Diff(test.want, storiesOf(t, test.texts, nil)); diff != "" {
				t.Errorf("stories (-want +got):\n%s", diff)
			}
		})
	}
}

// TestStoryCopies holds that a member stands for its copies.
func TestStoryCopies(t *testing.T) {
	edited := strings.Replace(ferryCourier, "Eleven people", "Some eleven people", 1)
	result := scanOf(t, bodies(ferryGazette, ferryCourier, ferryCourier, edited), func(o *Options) { o.Stories = AlwaysStories })
	if len(result.Stories) != 1 {
		t.Fatalf("%d stories", len(result.Stories))
	}
	if diff := gocmp.Diff([]ArticleID{1, 2}, result.Stories[0].Members[1].Copies); diff != "" {
		t.Errorf("copies (-want +got):\n%s", diff)
	}
	if s := result.Summary; s.Stories != 1 || s.StoryArticles != 2 {
		t.Errorf("%d stories of %d articles", s.Stories, s.StoryArticles)
	}
}

// grant is a form that an office fills in for each town.
func grant(crowns, town, surveyor string) string {
	return fmt.Sprintf(`Harbour board grants money for the %[2]s pier
The Harbour Board of Port Quillon has granted %[1]s crowns to the town of %[2]s so that the pier there can be mended before the winter storms, its chairman said on Tuesday. “The pier at this place has served the fishing boats of our coast for ninety years and it will serve them for ninety more,” said the chairman, Captain Aldous Finch.
The money comes from the fund for small harbours, which the Assembly of the Islands set up after the floods. The work is to begin in September and to take four months, during which boats land their fish at Havey. Surveyor %[3]s will oversee the masons. The Harbour Board has forty harbours in its care and mends three of them a year.`, crowns, town, surveyor)
}

// TestStoriesOfForms holds that two forms are no story, also where another article stands for
// one of them: a long one that has it whole and is no form.
func TestStoriesOfForms(t *testing.T) {
	osk, wexley := grant("12,000", "Osk", "Maron"), grant("31,500", "Wexley", "Hollis")
	whole := strings.NewReplacer("this place", "that place", "mended before", "built up before").Replace(osk) + " People in Osk had asked for it since the spring tide of last year, when the outer wall broke in two places and the mail boat lay at anchor for nine days; a petition by the guild of net makers had found four hundred names, and the school sent drawings."
	for _, texts := range [][]string{{osk, wexley}, {whole, osk, wexley}} {
		result := scanOf(t, bodies(texts...), func(o *Options) { o.Stories = AlwaysStories })
		if result.Summary.Template == 0 || len(result.Clusters) != len(texts)-2 || len(result.Stories) > 0 {
			t.Errorf("%d templates, clusters %+v, stories %+v", result.Summary.Template, result.Clusters, result.Stories)
		}
	}
}

// TestStoryWindow holds that dated articles too far apart are in no story together, that
// the earliest stands first, and what is not dated last.
func TestStoryWindow(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2031, 5, 6+n, 6, 0, 0, 0, time.UTC) }
	texts := []string{ferryGazette, ferryLater, ferryBulletin, ferryCourier}
	for _, test := range []struct {
		name   string
		times  []time.Time
		window time.Duration
		want   [][]string
	}{
		{"a saga is parted", []time.Time{day(1), day(9), day(0), day(0)}, DefaultStoryWindow, [][]string{{"002", "003", "000"}}},
		{"any window", []time.Time{day(1), day(9), day(0), day(0)}, 0, [][]string{{"002", "003", "000", "001"}}},
		{"what is not dated is in any window", []time.Time{{}, {}, {}, day(0)}, DefaultStoryWindow, [][]string{{"003", "000", "001", "002"}}},
		{"just within", []time.Time{day(0), day(3), day(0), day(0)}, DefaultStoryWindow, [][]string{{"000", "002", "003", "001"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			options := DefaultOptions()
			options.Stories, options.StoryWindow = AlwaysStories, test.window
			result, err := Scan(t.Context(), dated{bodies(texts...), test.times}, options, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(test.want, membersOf(result)); diff != "" {
				t.Errorf("stories (-want +got):\n%s", diff)
			}
		})
	}
}

// TestStoryEvidence holds what is shown of a story.
func TestStoryEvidence(t *testing.T) {
	result := scanOf(t, bodies(ferryCourier, ferryBulletin, ferryGazette), func(o *Options) { o.Stories = AlwaysStories })
	if len(result.Stories) != 1 {
		t.Fatalf("%d stories", len(result.Stories))
	}
	found := result.Stories[0]
	got := make(map[string][]ArticleID)
	for _, evidence := range found.Evidence {
		got[string(evidence.Kind)+" "+evidence.Text] = evidence.Members
	}
	for text, members := range map[string][]ArticleID{
		"quote We had the light in sight and could not turn towards it": {0, 1},
		"number 214":      {0, 1, 2},
		"name Sable Tern": {0, 1, 2},
		"term Lomm":       {0, 1, 2},
	} {
		if diff := gocmp.Diff(members, got[text]); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	degrees := []Degree{found.Members[0].Degree, found.Members[1].Degree, found.Members[2].Degree, found.Degree}
	if diff := gocmp.Diff([]Degree{OneSource, OneSource, OneStory, OneStory}, degrees); diff != "" {
		t.Errorf("degrees (-want +got):\n%s", diff)
	}
	if other := scanOf(t, bodies(ferryGazette, ferryBulletin, ferryCourier), func(o *Options) { o.Stories = AlwaysStories }); other.Stories[0].Fingerprint != found.Fingerprint {
		t.Error("the fingerprint depends on the order")
	}
}

// TestCompareStories holds that two texts by themselves are told as a corpus of them is.
func TestCompareStories(t *testing.T) {
	for _, texts := range [][]string{{ferryCourier, ferryGazette}, {ferryCourier, ferryBulletin}, {ferryCourier, school}, {weather("Osk", 9), weather("Lomm", 8)}, {"", school}} {
		pair := CompareStories([]byte(texts[0]), []byte(texts[1]), 0)
		result := scanOf(t, bodies(texts...), func(o *Options) { o.Stories, o.Kinds = AlwaysStories, []Kind{Repeated} })
		if len(result.Stories) == 0 {
			if pair.Degree != "" {
				t.Errorf("%.20q and %.20q are %+v, and no story in a corpus", texts[0], texts[1], pair)
			}
			continue
		}
		want := StoryPair{result.Stories[0].Score, result.Stories[0].Degree, result.Stories[0].Evidence}
		if diff := gocmp.Diff(want, pair); diff != "" {
			t.Errorf("%.20q and %.20q (-corpus +pair):\n%s", texts[0], texts[1], diff)
		}
	}
}

// retold is a corpus of events, each told by some outlets in words of their own.
func retold(random *rand.Rand, events int) (texts []string) {
	places, deeds := []string{"Osk", "Lomm", "Wexley", "Havey", "Thrale", "Quillon"}, []string{"burned", "opened", "sank", "closed", "won", "fell"}
	fillers := strings.Fields("the of to and in that was with for said on harbour council report week quay north vessel people town")
	for event := range events {
		names := []string{fmt.Sprintf("Tarn%dik", event), fmt.Sprintf("Mel%dor", event), places[event%6], fmt.Sprintf("Bran%dt", event/3)}
		for range 1 + random.IntN(4) {
			var text strings.Builder
			for range 60 + random.IntN(80) {
				switch random.IntN(6) {
				case 0:
					text.WriteString(names[random.IntN(4)] + " ")
				case 1:
					fmt.Fprintf(&text, "%s%d ", deeds[event%6], event/6*6+random.IntN(6))
				default:
					text.WriteString(fillers[random.IntN(len(fillers))] + " ")
				}
			}
			texts = append(texts, text.String())
		}
	}
	return texts
}

// TestStoriesDoNotDependOn holds that stories do not depend on the workers, nor on how much
// is read at once for evidence, and are complete objects in total order.
func TestStoriesDoNotDependOn(t *testing.T) {
	texts := retold(seeded.Rand(t), 150)
	want := scanOf(t, bodies(texts...), func(o *Options) { o.Stories = AlwaysStories })
	if len(want.Stories) < 50 {
		t.Fatalf("%d stories of 150 events", len(want.Stories))
	}
	for _, workers := range []int{2, 3, 8} {
		got := scanOf(t, bodies(texts...), func(o *Options) { o.Stories, o.Workers = AlwaysStories, workers })
		if diff := gocmp.Diff(want.Stories, got.Stories); diff != "" {
			t.Errorf("%d workers (-one +several):\n%s", workers, diff)
		}
	}
	options := DefaultOptions()
	options.Stories, options.Workers = AlwaysStories, 2
	small := newScan(t.Context(), bodies(texts...), options, nil)
	small.blockTokens = 100
	got, err := small.run()
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(want.Stories, got.Stories); diff != "" {
		t.Errorf("small blocks (-large +small):\n%s", diff)
	}
	checkStories(t, want)
}

// checkStories holds what is promised of all stories.
func checkStories(t *testing.T, result *Result) {
	t.Helper()
	in := make(map[ArticleID]bool)
	for i, found := range result.Stories {
		if i > 0 && firstOfStory(&result.Stories[i-1]) >= firstOfStory(&found) {
			t.Errorf("story %d is out of order", i)
		}
		if len(found.Members) < 2 || found.Score <= 0 || found.Score > 1 || !slices.IsSortedFunc(found.Members, result.before) {
			t.Errorf("story %d: %+v", i, found)
		}
		for _, member := range found.Members {
			if in[member.Article] || member.Fit < 0 || member.Fit > 1 {
				t.Errorf("story %d: member %+v", i, member)
			}
			in[member.Article] = true
		}
	}
}

func firstOfStory(s *Story) ArticleID {
	return slices.MinFunc(s.Members, func(p, q StoryMember) int { return int(p.Article) - int(q.Article) }).Article
}

// TestLargeStories holds that of many members those that fit best are read for evidence.
func TestLargeStories(t *testing.T) {
	random := seeded.Rand(t)
	var texts []string
	sentences := strings.SplitAfter(ferryCourier+" "+ferryBulletin+" "+ferryGazette, ". ")
	for i := range 3 * EvidenceMembers {
		random.Shuffle(len(sentences), func(i, j int) { sentences[i], sentences[j] = sentences[j], sentences[i] })
		texts = append(texts, fmt.Sprintf("%s And that was what No%dd said.", strings.Join(sentences[:6], ""), i))
	}
	result := scanOf(t, bodies(texts...), func(o *Options) { o.Stories, o.Kinds = AlwaysStories, []Kind{Repeated} })
	if len(result.Stories) != 1 || len(result.Stories[0].Members) != len(texts) {
		t.Fatalf("%d stories", len(result.Stories))
	}
	read := make(map[ArticleID]bool)
	for _, evidence := range result.Stories[0].Evidence {
		for _, id := range evidence.Members {
			read[id] = true
		}
	}
	if len(read) != EvidenceMembers {
		t.Errorf("%d members were read", len(read))
	}
}

// TestStoriesOfHostileTexts holds that no text costs more than in proportion to its size.
func TestStoriesOfHostileTexts(t *testing.T) {
	size := 300000
	if testing.Short() {
		size = 30000
	}
	var distinct strings.Builder
	for i := range size {
		fmt.Fprintf(&distinct, "w%dx ", i)
	}
	texts := []string{strings.Repeat("buy ", size), strings.Repeat("“ ", size), strings.Repeat("Aa. ", size), strings.Repeat("東", size), distinct.String(), distinct.String() + "more", "", "\x00"}
	for i := range 3000 {
		texts = append(texts, fmt.Sprintf("%s Number%d of the office of the senator of Osk said that it was so.", strings.Repeat("The same words of the release stand here and there. ", 5), i))
	}
	start := time.Now()
	scanOf(t, bodies(texts...), func(o *Options) { o.Stories, o.Kinds = AlwaysStories, []Kind{Exact} })
	if took := time.Since(start); took > 60*time.Second {
		t.Errorf("it took %v", took)
	}
}

// TestSeedsAreOneStory: the five articles on one meeting, alone and any two to four of
// them; the command line tests hold them among other news.
func TestSeedsAreOneStory(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "seeds", "bundle.txt"))
	if err != nil {
		t.Skip(err)
	}
	var articles []string
	for _, part := range strings.Split(string(data), "<<<FILE ")[1:] {
		_, body, _ := strings.Cut(part, "\n")
		articles = append(articles, body)
	}
	for set := range 1 << len(articles) {
		var texts []string
		for i, body := range articles {
			if set>>i&1 == 1 {
				texts = append(texts, body)
			}
		}
		if len(texts) < 2 {
			continue
		}
		if stories := storiesOf(t, texts, nil); len(stories) != 1 || len(stories[0]) != len(texts) {
			t.Errorf("of the articles %05b: %v", set, stories)
		}
	}
}

// BenchmarkStories is a scan of generated news with and without stories; the
// difference is what they cost.
func BenchmarkStories(b *testing.B) {
	texts := retold(seeded.Rand(b), 4000)
	size := 0
	for _, text := range texts {
		size += len(text)
	}
	for _, mode := range []StoryMode{NoStories, AlwaysStories} {
		b.Run(mode.String(), func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				scanOf(b, bodies(texts...), func(o *Options) { o.Stories = mode })
			}
		})
	}
}

// TestSmallStories holds that stories which nobody asked for are those of small corpora, and that
// the result says whether they were looked for.
func TestSmallStories(t *testing.T) {
	for _, test := range []struct {
		mode  StoryMode
		words int // of a third article
		want  int
		told  StoryMode
	}{
		{NoStories, 0, 0, NoStories},
		{SmallStories, 0, 1, SmallStories},
		{SmallStories, mostSmallWords, 0, NoStories},
		{AlwaysStories, mostSmallWords, 1, AlwaysStories},
	} {
		result := scanOf(t, bodies(ferryCourier, ferryGazette, strings.Repeat("tide ", test.words)), func(o *Options) {
			o.Stories, o.Kinds = test.mode, []Kind{Exact}
		})
		leftOut := test.mode == SmallStories && test.told == NoStories
		if len(result.Stories) != test.want || result.Options.Stories != test.told || result.StoriesLeftOut != leftOut {
			t.Errorf("%v beside %d words: %d stories, %v", test.mode, test.words, len(result.Stories), result.Options.Stories)
		}
	}
}
