package report

import (
	"time"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
)

// The positions of the fixture's articles.
const (
	harbour dedup.ArticleID = iota
	harbourCopy
	harbourEdit
	harbourBrief
	harbourLate
	harbourFull
	harbourEcho
	fair
	ferryNote
	ferry
	lantern
	lanternEdit
	empty
	hostile
	dunes
)

// hostileKey tries to clear a terminal, to turn the text around, and to end
// the line.
const hostileKey = "evil\x1b[2J\u202egpj.txt\nnews.txt:1"

// fixture is a hand-made result with every kind of finding, every class of
// repeat, a chain, a member that is longer than the article to keep, problems,
// several scripts and a hostile name. The outlets and their news are invented.
func fixture() *dedup.Result {
	result := &dedup.Result{
		Options:  dedup.DefaultOptions(),
		Articles: fixtureArticles(),
		Pairs:    describe(fixturePairs()),
		Clusters: fixtureClusters(),
		Repeats:  fixtureRepeats(),
		Stories:  fixtureStories(),
		Problems: []corpus.Problem{
			{Path: "news.txt", Line: 1, Offset: 0, Kind: corpus.StrayText, Message: "2 lines of text before the first header belong to no article"},
			{Path: "news.txt", Line: 512, Offset: 40_321, Kind: corpus.InvalidUTF8, Message: "3 bytes are not valid UTF-8 and were replaced by U+FFFD"},
			{Input: 1, Path: "inbox/torn.gz", Kind: corpus.Unreadable, Message: "unexpected end of the gzip stream, after \x1b[31mred\x1b[0m text"},
		},
	}
	result.Options.Passages, result.Passages = dedup.UsualPassage, fixturePassages()
	result.Articles[harbourLate].Elsewhere = &dedup.Elsewhere{Words: 353, Partner: harbourEdit, PartnerWords: 340}
	result.Articles[ferry].Elsewhere = &dedup.Elsewhere{Words: 287, Partner: fair, PartnerWords: 212}
	result.Articles[fair].Elsewhere = &dedup.Elsewhere{Words: 212, Partner: ferry, PartnerWords: 212}
	result.Articles[hostile].Elsewhere = &dedup.Elsewhere{Words: 30, Partner: hostile}
	result.Summary = dedup.Summary{
		Articles: len(result.Articles), Empty: 1, Words: 12_345, Bytes: 81_234, Problems: len(result.Problems),
		Exact: 2, Near: 3, Contained: 4, Template: 1, Clusters: len(result.Clusters),
		Stories: len(fixtureStories()), StoryArticles: 5,
		RepeatsWithin: 8, RepeatsSource: 4, RepeatsAcross: 2, RepeatsExplained: 37,
		Passages: 4, PassagesExplained: 12, PassagesBounded: 1,
		Bounded: 2, RepeatsBounded: 3, ChangesUnlisted: 4, DuplicateWords: 1_482,
	}
	result.Check = &dedup.Check{Articles: 5, Others: 11, Of: 12, Pairs: 7, Found: 6, Threshold: 0.8, Containment: 0.8}
	return result
}

func fixtureArticles() []dedup.ArticleInfo {
	const courier, gazette = "Velmora Courier", "Tidewater Gazette"
	at := func(day, hour, minute int) time.Time { return time.Date(2031, 10, day, hour, minute, 0, 0, time.UTC) }
	articles := []dedup.ArticleInfo{
		harbour: {Key: "courier_harbour.txt", Source: courier, Path: "news.txt", Line: 3, Words: 412, Bytes: 2_480,
			Lead: "Storm shuts Velmora harbour for a second day\n\nThe harbour master kept the great chain across the mole on Tuesday, and nine ferries waited outside for the sea to fall."},
		harbourCopy: {Key: "gazette_copy.txt", Source: gazette, Path: "news.txt", Line: 41, Words: 412, Bytes: 2_480,
			Lead: "Storm shuts Velmora harbour for a second day\n\nThe harbour master kept the great chain across the mole on Tuesday, and nine ferries waited outside for the sea to fall."},
		harbourEdit: {Key: "gazette_edit.txt", Source: gazette, Path: "news.txt", Line: 79, Words: 418, Bytes: 2_511,
			Lead: "Storm shuts Velmora harbour for a third day\n\nThe harbour master kept the great chain across the mole on Wednesday, and eleven ferries waited outside."},
		harbourBrief: {Key: "brief.txt", Path: "news.txt", Line: 120, Words: 114, Bytes: 690,
			Lead: "The harbour master kept the great chain across the mole on Tuesday, and nine ferries waited outside for the sea to fall."},
		harbourLate: {Key: "late_edition.txt", Path: "news.txt", Line: 131, Words: 431, Bytes: 2_604,
			Lead: "Third day of storm: eleven ferries wait before Velmora"},
		harbourFull: {Key: "long_read.txt", Source: courier, Path: "news.txt", Line: 170, Words: 1_906, Bytes: 11_420,
			Lead: "How a chain of iron has kept Velmora safe since the year of the two floods"},
		harbourEcho: {Key: "echo.txt", Path: "news.txt", Line: 290, Words: 418, Bytes: 2_511,
			Lead: "Storm shuts Velmora harbour for a third day"},
		fair: {Key: "courier_fair.txt", Source: courier, Path: "news.txt", Line: 300, Words: 640, Bytes: 3_800},
		ferryNote: {Key: "ferry_note.txt", Source: "inbox", Path: "inbox/ferry_note.txt", Line: 1, Words: 62, Bytes: 371,
			Lead: "The night ferry to Osk sails again from Friday, its owners said."},
		ferry: {Key: "record-4711", Path: "archive/2031-10.jsonl.zst", Line: 4_711, Words: 350, Bytes: 2_090,
			Lead: "Night ferry returns after a year in dock"},
		lantern: {Key: "灯籠.txt", Path: "evening.txt", Line: 402, Words: 2_864, Bytes: 8_592,
			Lead: "架空の港町ベルモラで火曜日の夜、恒例の灯籠流しが行われ、およそ三千人の市民が川岸に集まって嵐の終わりを静かに待った。"},
		lanternEdit: {Key: "灯籠_改.txt", Path: "evening.txt", Line: 431, Words: 2_865, Bytes: 8_595,
			Lead: "架空の港町ベルモラで火曜日の夜、恒例の灯籠流しが行われ、およそ四千人の市民が川岸に集まって嵐の終わりを静かに待った。🎐👨‍👩‍👧"},
		empty:   {Key: "blank.txt", Path: "evening.txt", Line: 470},
		hostile: {Key: hostileKey, Source: "\u2066hidden\u2069", Path: "evening.txt", Line: 480, Words: 90, Bytes: 540},
		dunes: {Key: "كثبان.txt", Path: "evening.txt", Line: 500, Words: 210, Bytes: 2_300,
			Lead: "عادت العبّارة الليلية إلى أوسك بعد عام في الحوض، كما قال أصحابها."},
	}
	for id, meta := range map[dedup.ArticleID]corpus.Meta{
		harbour:      {Title: "Storm shuts Velmora harbour", URL: "https://courier.test/harbour", Published: at(7, 6, 30), Language: "en"},
		harbourCopy:  {Published: at(7, 9, 5)},
		harbourEdit:  {Title: "Third day of storm", Published: at(8, 6, 30)},
		harbourBrief: {Language: "en"},
		harbourEcho:  {Published: at(7, 6, 30)},
		ferryNote:    {URL: "https://inbox.test/ferry"},
		lantern:      {Title: "灯籠流し", Published: at(9, 0, 0), Language: "ja"},
		lanternEdit:  {Published: at(9, 0, 0)},
		hostile:      {Title: "cleared\x1b[2J\u202eeltit", URL: "javascript:alert(1)"},
	} {
		articles[id].Meta = &meta
	}
	return articles
}

func fixturePairs() []dedup.Pair {
	return []dedup.Pair{
		{Kind: dedup.Exact, A: harbour, B: harbourCopy, Similarity: 1, AInB: 1, BInA: 1, Shared: 408, ShinglesA: 408, ShinglesB: 408, Fingerprint: 0x0a11},
		{Kind: dedup.Near, A: harbour, B: harbourEdit, Similarity: 397.0 / 425, AInB: 397.0 / 408, BInA: 397.0 / 414, Shared: 397, ShinglesA: 408, ShinglesB: 414, Fingerprint: 0x0a12},
		{Kind: dedup.Contained, A: harbour, B: harbourBrief, Similarity: 97.0 / 421, AInB: 97.0 / 408, BInA: 97.0 / 110, Shared: 97, ShinglesA: 408, ShinglesB: 110, Fingerprint: 0x0a13},
		{Kind: dedup.Contained, A: harbour, B: harbourFull, Similarity: 390.0 / 1920, AInB: 390.0 / 408, BInA: 390.0 / 1902, Shared: 390, ShinglesA: 408, ShinglesB: 1902, Fingerprint: 0x0a15},
		{Kind: dedup.Near, A: harbourEdit, B: harbourLate, Similarity: 380.0 / 461, AInB: 380.0 / 414, BInA: 380.0 / 427, Shared: 380, ShinglesA: 414, ShinglesB: 427, Fingerprint: 0x0a24},
		{Kind: dedup.Contained, A: harbourEdit, B: harbourFull, Similarity: 372.0 / 1944, AInB: 372.0 / 414, BInA: 372.0 / 1902, Shared: 372, ShinglesA: 414, ShinglesB: 1902, Fingerprint: 0x0a25},
		{Kind: dedup.Exact, A: harbourEdit, B: harbourEcho, Similarity: 1, AInB: 1, BInA: 1, Shared: 414, ShinglesA: 414, ShinglesB: 414, Fingerprint: 0x0a26},
		{Kind: dedup.Contained, A: ferryNote, B: ferry, Similarity: 55.0 / 349, AInB: 55.0 / 58, BInA: 55.0 / 346, Shared: 55, ShinglesA: 58, ShinglesB: 346, Fingerprint: 0x0a78},
		{Kind: dedup.Template, A: ferryNote, B: dunes, Similarity: 52.0 / 64, AInB: 52.0 / 58, BInA: 52.0 / 58, Shared: 52, ShinglesA: 58, ShinglesB: 58, Fingerprint: 0x0a7f},
		{Kind: dedup.Near, A: lantern, B: lanternEdit, Similarity: 2860.0 / 2861, AInB: 1, BInA: 2860.0 / 2861, Shared: 2860, ShinglesA: 2860, ShinglesB: 2861, Fingerprint: 0xfedcba9876543210},
	}
}

// describe labels the pairs of the fixture: kinds of labels, changes listed and not,
// hostile ones among them.
func describe(pairs []dedup.Pair) []dedup.Pair {
	changes := []dedup.Change{
		{Kind: dedup.NumberChange, A: "Tuesday", B: "Wednesday", LineA: 5, LineB: 81},
		{Kind: dedup.NumberChange, A: "nine", B: "eleven", LineA: 5, LineB: 81},
		{Kind: dedup.WordChange, A: "for the sea to fall", LineA: 6, LineB: 82},
		{Kind: dedup.NameChange, A: "Velmora", B: "Osk\x1b[2J\u202e", LineA: 7, LineB: 83},
	}
	for i, described := range []struct {
		label dedup.Label
		dedup.Difference
	}{
		{label: dedup.IdenticalCopy},
		{dedup.LightEdit, dedup.Difference{Same: 406, Replaced: 3, Inserted: 9, Deleted: 3, After: 2, Inside: 10, Listed: true, Changes: changes}},
		{dedup.CutVersion, dedup.Difference{Same: 101, Replaced: 3, Inserted: 10, Deleted: 308, Before: 8, After: 290, Inside: 13, Listed: true, Changes: changes[2:3]}},
		{dedup.ExtendedVersion, dedup.Difference{Same: 412, Inserted: 1_494, After: 1_494}},
		{dedup.FurnitureAround, dedup.Difference{Same: 418, Inserted: 13, Before: 4, After: 9}},
		{dedup.CutVersion, dedup.Difference{Same: 418, Inserted: 1_488, Inside: 1_488}},
		{label: dedup.IdenticalCopy},
		{dedup.CutVersion, dedup.Difference{Same: 62, Inserted: 288, Before: 288, Listed: true, Changes: []dedup.Change{{Kind: dedup.WordChange, B: "Night ferry returns", LineA: 1, LineB: 4_711}}}},
		{dedup.TemplateOf, dedup.Difference{Same: 60, Replaced: 2, Deleted: 0, Inserted: 0, Inside: 2, Listed: true, Changes: changes[:2]}},
		{dedup.LightEdit, dedup.Difference{Same: 2_863, Replaced: 1, Inserted: 1, Inside: 2}},
	} {
		pairs[i].Label = described.label
		if described.Same > 0 {
			pairs[i].Difference = &described.Difference
		}
	}
	return pairs
}

func fixtureClusters() []dedup.Cluster {
	return []dedup.Cluster{
		{
			Representative: harbour,
			Members: []dedup.Member{
				{Article: harbourCopy, Kind: dedup.Exact, Similarity: 1, Removable: true},
				{Article: harbourEdit, Kind: dedup.Near, Similarity: 397.0 / 425, Removable: true},
				{Article: harbourBrief, Kind: dedup.Contained, Similarity: 97.0 / 421, Removable: true},
				{Article: harbourLate, Chain: []dedup.ArticleID{harbourLate, harbourEdit, harbour}},
				{Article: harbourFull, Kind: dedup.Contained, Similarity: 390.0 / 1920},
				{Article: harbourEcho, Kind: dedup.Near, Similarity: 397.0 / 425, Removable: true},
			},
			MinSimilarity:  390.0 / 1920,
			MeanSimilarity: 0.666667,
			Fingerprint:    0x0c01,
		},
		{
			Representative: lantern,
			Members:        []dedup.Member{{Article: lanternEdit, Kind: dedup.Near, Similarity: 2860.0 / 2861, Removable: true}},
			MinSimilarity:  2860.0 / 2861,
			MeanSimilarity: 2860.0 / 2861,
			Fingerprint:    0x0c02,
		},
	}
}

const (
	letter = "Subscribe to the Courier's morning letter and never miss a tide again."
	advert = "Advertisement: the new oilskins are in at Brandt and Daughters, Mole Street 4."
)

func fixturePassages() []dedup.Passage {
	at := func(article dedup.ArticleID, line, endLine, start, end int) dedup.PassagePlace {
		return dedup.PassagePlace{Article: article, Line: line, EndLine: endLine, Start: start, End: end}
	}
	quoted := func(place dedup.PassagePlace) dedup.PassagePlace {
		place.Quoted = true
		return place
	}
	return []dedup.Passage{
		{Words: 27, Standings: 40, Weightless: dedup.Common, Fingerprint: 0x9001, Text: "Subscribe to the Courier's morning letter and never miss a tide again",
			Places: []dedup.PassagePlace{at(harbour, 38, 38, 2_300, 2_460), at(fair, 307, 307, 900, 1_060)}},
		{Words: 212, Standings: 2, Fingerprint: 0x9002, Text: "The night ferry lay in dock for a year,\nand its crew sold cheese at the wool fair of Osk",
			Places: []dedup.PassagePlace{at(fair, 309, 311, 1_200, 2_480), at(ferry, 4_711, 4_711, 80, 1_360)}},
		{Words: 31, Standings: 3, Fingerprint: 0x9003, Text: "It is the best fair since the bridge was mended and \x1b[31mnobody",
			Places: []dedup.PassagePlace{quoted(at(fair, 305, 305, 640, 800)), at(ferry, 4_711, 4_711, 1_500, 1_660), quoted(at(hostile, 484, 485, 300, 460))}},
		{Words: 25, Standings: 2, Weightless: dedup.NamesOnly, Fingerprint: 0x9004, Text: "Ilse Maron, Abel Brandt, Ruda Osk",
			Places: []dedup.PassagePlace{at(ferryNote, 3, 3, 40, 200), at(dunes, 505, 506, 900, 1_100)}},
	}
}

func fixtureRepeats() []dedup.Repeat {
	at := func(article dedup.ArticleID, paragraph, line int) dedup.ParagraphPlace {
		return dedup.ParagraphPlace{Article: article, Paragraph: paragraph, Line: line}
	}
	return []dedup.Repeat{
		{Class: dedup.Source, At: at(harbourFull, 40, 251), Of: at(harbour, 12, 38), Similarity: 1, Words: 12, Text: letter, Fingerprint: 0x1001},
		{Class: dedup.Source, At: at(fair, 4, 307), Of: at(harbour, 12, 38), Similarity: 1, Words: 12, Text: letter, Fingerprint: 0x1001},
		{Class: dedup.Within, At: at(fair, 6, 311), Of: at(fair, 2, 303), Similarity: 1, Words: 48, Fingerprint: 0x1002,
			Text: "The wool fair of Osk opened on Saturday with a parade of forty carts,\nand the mayor tasted the first cheese."},
		{Class: dedup.Within, At: at(fair, 7, 313), Of: at(fair, 3, 305), Similarity: 0.923456, Words: 61, Fingerprint: 0x1003,
			Text: "“It is the best fair since the bridge was mended”, said Ilse Maron, who has sold bells there for thirty years."},
		{Class: dedup.Within, At: at(fair, 8, 315), Of: at(fair, 4, 307), Similarity: 1, Words: 12, Fingerprint: 0x1004, Text: letter},
		{Class: dedup.Within, At: at(fair, 9, 317), Of: at(fair, 5, 309), Similarity: 1, Words: 52, Fingerprint: 0x1005,
			Text: "Rain is expected for Sunday; the organisers have ordered two hundred tarpaulins and a second band."},
		{Class: dedup.Within, At: at(fair, 13, 325), Of: at(fair, 11, 321), Similarity: 1, Words: 14, Fingerprint: 0x1006, Text: advert},
		{Class: dedup.Within, At: at(fair, 17, 333), Of: at(fair, 11, 321), Similarity: 1, Words: 14, Fingerprint: 0x1006, Text: advert},
		{Class: dedup.Within, At: at(fair, 20, 339), Of: at(fair, 11, 321), Similarity: 1, Words: 14, Fingerprint: 0x1006, Text: advert},
		{Class: dedup.Across, At: at(ferryNote, 3, 5), Of: at(fair, 21, 341), Similarity: 1, Words: 31, Fingerprint: 0x1007,
			Text: "The coast guard asks all who find drifting buoys of the Osk line to leave them where they are and to ring the pilot station."},
		{Class: dedup.Within, At: at(ferry, 9, 4711), Of: at(ferry, 8, 4711), Similarity: 0.95, Words: 33, Fingerprint: 0x1008,
			Text: "Her engines were built anew in the yard of Lomm,\u2028and her whistle\x07 was tuned."},
		{Class: dedup.Source, At: at(hostile, 1, 481), Of: at(harbour, 12, 38), Similarity: 0.9166666, Words: 13, Fingerprint: 0x1009,
			Text: "Subscribe to the Courier's morning letter and never miss a \x1b[5mtide\x1b[0m again!"},
		{Class: dedup.Across, At: at(hostile, 2, 483), Of: at(ferryNote, 3, 5), Similarity: 1, Words: 31, Fingerprint: 0x1007,
			Text: "The coast guard asks all who find drifting buoys of the Osk line to leave them where they are and to ring the pilot station."},
		{Class: dedup.Source, At: at(dunes, 7, 509), Of: at(harbour, 12, 38), Similarity: 1, Words: 12, Text: letter, Fingerprint: 0x1001},
	}
}

// fixtureOptions are those of the golden reports.
func fixtureOptions() Options {
	return Options{
		Version: "1.2.3",
		Hints: Hints{
			All:        "--limit 0 shows all, --format json has them",
			Explained:  "--kinds repeat lists them",
			Exhaustive: "With --exhaustive all are compared",
			Found:      "To write the corpus without them, run newsdedup clean",
			Nothing:    "With --threshold 0.5 looser copies are found",
		},
	}
}

// fixtureReview holds the fixture to a baseline that knows some of it, and more, and
// asks for what is missed and for what is met.
func fixtureReview() *gate.Review {
	share := 0.02
	entry := func(kind dedup.Kind, fingerprint gate.Fingerprint, a, b string) gate.Entry {
		return gate.Entry{Kind: kind, Fingerprint: fingerprint, Texts: [2]gate.Fingerprint{fingerprint, fingerprint}, A: a, B: b}
	}
	rules := &gate.Rules{
		Baseline: &gate.Baseline{Entries: []gate.Entry{
			entry(dedup.Exact, 0x0a11, "courier_harbour.txt", "gazette_copy.txt"),
			entry(dedup.Near, 0x0a99, "bell.txt", hostileKey),
			entry(dedup.Near, 0xfedcba9876543210, "灯籠.txt", "灯籠_改.txt"),
			entry(dedup.Repeated, 0x1001, "courier_fair.txt", "courier_harbour.txt"),
			entry(dedup.Repeated, 0x1006, "courier_fair.txt", "courier_fair.txt"),
			entry(dedup.Repeated, 0x1fff, "gone.txt", "gone.txt"),
		}},
		Fingerprints: []uint64{0x0a78, 0x1008},
		Only:         &gate.Selection{Patterns: []string{"c*", "g*", "l*", "灯籠*"}},
		Policy: gate.Policy{
			FailOn:   []dedup.Kind{dedup.Near},
			Budgets:  []gate.Budget{{Most: 100}, {Kind: dedup.Repeated, Most: 3}},
			MaxShare: &share,
		},
	}
	return rules.Review(fixture(), 2)
}

func reviewedOptions() Options {
	opts := fixtureOptions()
	opts.Review = fixtureReview()
	return opts
}
