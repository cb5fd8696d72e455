package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// The JSON forms of findings as encoding/json reads them: what wire appends
// must equal what it makes of these.
type (
	wirePlace struct {
		Key       string    `json:"key"`
		Path      string    `json:"path"`
		Line      int       `json:"line"`
		Source    string    `json:"source,omitempty"`
		Indexed   bool      `json:"indexed,omitempty"`
		Title     string    `json:"title,omitempty"`
		URL       string    `json:"url,omitempty"`
		Published time.Time `json:"published,omitzero"`
		Language  string    `json:"language,omitempty"`
	}
	wireRelation struct {
		SameSource   *bool  `json:"same_source"`
		SecondsApart *int64 `json:"seconds_apart"`
	}
	wireParagraph struct {
		wirePlace
		Paragraph int `json:"paragraph"`
	}
	wirePair struct {
		Kind           dedup.Kind `json:"kind"`
		A              wirePlace  `json:"a"`
		B              wirePlace  `json:"b"`
		Similarity     float64    `json:"similarity"`
		AInB           float64    `json:"a_in_b"`
		BInA           float64    `json:"b_in_a"`
		SharedShingles int        `json:"shared_shingles"`
		AShingles      int        `json:"a_shingles"`
		BShingles      int        `json:"b_shingles"`
		wireRelation
		Label       *dedup.Label    `json:"label"`
		Difference  *wireDifference `json:"difference"`
		New         bool            `json:"new"`
		Fingerprint string          `json:"fingerprint"`
	}
	wireDifference struct {
		Same     int          `json:"same"`
		Replaced int          `json:"replaced"`
		Inserted int          `json:"inserted"`
		Deleted  int          `json:"deleted"`
		Misread  int          `json:"misread"`
		Before   int          `json:"before"`
		After    int          `json:"after"`
		Inside   int          `json:"inside"`
		Listed   bool         `json:"changes_listed"`
		Changes  []wireChange `json:"changes"`
	}
	wireChange struct {
		Kind  dedup.ChangeKind `json:"kind"`
		A     string           `json:"a"`
		B     string           `json:"b"`
		LineA int              `json:"a_line"`
		LineB int              `json:"b_line"`
	}
	wireCluster struct {
		Representative wirePlace    `json:"representative"`
		Members        []wireMember `json:"members"`
		MinSimilarity  float64      `json:"min_similarity"`
		MeanSimilarity float64      `json:"mean_similarity"`
		Sources        []string     `json:"sources"`
		First          *time.Time   `json:"first_published"`
		Last           *time.Time   `json:"last_published"`
		New            bool         `json:"new"`
		Fingerprint    string       `json:"fingerprint"`
	}
	wireMember struct {
		wirePlace
		Kind       string   `json:"kind"`
		Similarity *float64 `json:"similarity"`
		Removable  bool     `json:"removable"`
		wireRelation
		Chain []wirePlace `json:"chain"`
	}
	wireRepeat struct {
		Class      dedup.Class   `json:"class"`
		At         wireParagraph `json:"at"`
		Of         wireParagraph `json:"of"`
		Similarity float64       `json:"similarity"`
		Words      int           `json:"words"`
		wireRelation
		Text        string `json:"text"`
		New         bool   `json:"new"`
		Fingerprint string `json:"fingerprint"`
	}
	wirePassage struct {
		Words       int                `json:"words"`
		Standings   int                `json:"standings"`
		Weightless  *string            `json:"weightless"`
		Places      []wirePassagePlace `json:"places"`
		Text        string             `json:"text"`
		Fingerprint string             `json:"fingerprint"`
	}
	wirePassagePlace struct {
		wirePlace
		EndLine int  `json:"end_line"`
		Start   int  `json:"start"`
		End     int  `json:"end"`
		Quoted  bool `json:"quoted"`
	}
	wireElsewhere struct {
		Article        wirePlace  `json:"article"`
		Words          int        `json:"words"`
		ElsewhereWords int        `json:"elsewhere_words"`
		Share          float64    `json:"share"`
		Partner        *wirePlace `json:"partner"`
		PartnerWords   int        `json:"partner_words"`
	}
	wireProblem struct {
		Path    string `json:"path"`
		Line    int    `json:"line"`
		Offset  int64  `json:"offset"`
		Kind    string `json:"kind"`
		Message string `json:"message"`
	}
	wireHead struct {
		Schema  string      `json:"schema"`
		Version string      `json:"version"`
		Options wireOptions `json:"options"`
		Summary wireSummary `json:"summary"`
		Gate    wireGate    `json:"gate"`
	}
	wireStale struct {
		Kind        dedup.Kind `json:"kind"`
		A           string     `json:"a"`
		B           string     `json:"b"`
		Fingerprint string     `json:"fingerprint"`
	}
)

// An oracle turns findings into those forms.
type oracle struct {
	*dedup.Result
	review *gate.Review
}

func (o oracle) place(id dedup.ArticleID) wirePlace {
	article := o.Articles[id]
	place := wirePlace{Key: article.Key, Path: article.Path, Line: article.Line, Source: article.Source, Indexed: article.Earlier}
	if m := article.Meta; m != nil {
		place.Title, place.URL, place.Published, place.Language = m.Title, m.URL, m.Published, m.Language
	}
	return place
}

// relation is null where one of the articles says nothing.
func (o oracle) relation(first, second dedup.ArticleID) (r wireRelation) {
	a, b := o.place(first), o.place(second)
	if same := first == second || a.Source == b.Source; first == second || a.Source != "" && b.Source != "" {
		r.SameSource = &same
	}
	if apart := b.Published.Unix() - a.Published.Unix(); !a.Published.IsZero() && !b.Published.IsZero() {
		r.SecondsApart = &apart
	}
	return r
}

func (o oracle) cluster(c dedup.Cluster) wireCluster {
	form := wireCluster{
		Representative: o.place(c.Representative), Members: []wireMember{}, Sources: []string{},
		MinSimilarity: figure(c.MinSimilarity), MeanSimilarity: figure(c.MeanSimilarity), Fingerprint: fmt.Sprintf("%016x", c.Fingerprint),
	}
	places := []wirePlace{form.Representative}
	for _, member := range c.Members {
		form.Members = append(form.Members, o.member(c.Representative, member))
		places = append(places, o.place(member.Article))
	}
	for _, place := range places {
		if place.Source != "" && !slices.Contains(form.Sources, place.Source) {
			form.Sources = append(form.Sources, place.Source)
		}
		if at := place.Published; !at.IsZero() {
			if form.First == nil || at.Before(*form.First) {
				form.First = &at
			}
			if form.Last == nil || at.After(*form.Last) {
				form.Last = &at
			}
		}
	}
	slices.Sort(form.Sources)
	return form
}

func (o oracle) paragraph(at dedup.ParagraphPlace) wireParagraph {
	place := o.place(at.Article)
	place.Line = at.Line
	return wireParagraph{place, at.Paragraph}
}

func (o oracle) member(representative dedup.ArticleID, member dedup.Member) wireMember {
	form := wireMember{wirePlace: o.place(member.Article), wireRelation: o.relation(representative, member.Article), Kind: chained, Removable: member.Removable, Chain: []wirePlace{}}
	for _, id := range member.Chain {
		form.Chain = append(form.Chain, o.place(id))
	}
	if member.Kind != "" {
		similarity := figure(member.Similarity)
		form.Kind, form.Similarity = string(member.Kind), &similarity
	}
	return form
}

func label(label dedup.Label) *dedup.Label {
	if label == "" {
		return nil
	}
	return &label
}

func differenceOf(d *dedup.Difference) *wireDifference {
	if d == nil {
		return nil
	}
	changes := []wireChange{}
	for _, change := range d.Changes {
		changes = append(changes, wireChange(change))
	}
	return &wireDifference{d.Same, d.Replaced, d.Inserted, d.Deleted, d.Misread, d.Before, d.After, d.Inside, d.Listed, changes}
}

func (o oracle) findings() (pairs, clusters, repeats, stale, problems []any) {
	digits := func(fingerprint uint64) string { return fmt.Sprintf("%016x", fingerprint) }
	for i, p := range o.Pairs {
		pairs = append(pairs, wirePair{p.Kind, o.place(p.A), o.place(p.B), figure(p.Similarity), figure(p.AInB), figure(p.BInA),
			p.Shared, p.ShinglesA, p.ShinglesB, o.relation(p.A, p.B), label(p.Label), differenceOf(p.Difference), p.Kind != dedup.Template && !o.review.KnowsPair(i), digits(p.Fingerprint)})
	}
	for i, c := range o.Clusters {
		form := o.cluster(c)
		form.New = o.review.NewClusters()[i]
		clusters = append(clusters, form)
	}
	for i, r := range o.Repeats {
		repeats = append(repeats, wireRepeat{r.Class, o.paragraph(r.At), o.paragraph(r.Of), figure(r.Similarity), r.Words, o.relation(r.Of.Article, r.At.Article), r.Text, !o.review.KnowsRepeat(i), digits(r.Fingerprint)})
	}
	for _, p := range o.Problems {
		problems = append(problems, wireProblem{p.Path, p.Line, p.Offset, p.Kind, p.Message})
	}
	for _, e := range o.review.Stale {
		stale = append(stale, wireStale{e.Kind, e.A, e.B, e.Fingerprint.String()})
	}
	return pairs, clusters, repeats, stale, problems
}

func (o oracle) passages() (passages []any) {
	for _, p := range o.Passages {
		form := wirePassage{Words: p.Words, Standings: p.Standings, Places: []wirePassagePlace{}, Text: p.Text, Fingerprint: fmt.Sprintf("%016x", p.Fingerprint)}
		if p.Weightless != "" {
			form.Weightless = &p.Weightless
		}
		for _, at := range p.Places {
			place := o.place(at.Article)
			place.Line = at.Line
			form.Places = append(form.Places, wirePassagePlace{place, at.EndLine, at.Start, at.End, at.Quoted})
		}
		passages = append(passages, form)
	}
	return passages
}

func (o oracle) elsewhere() (shares []any) {
	for id := range o.Articles {
		article := &o.Articles[id]
		if article.Elsewhere == nil {
			continue
		}
		form := wireElsewhere{Article: o.place(dedup.ArticleID(id)), Words: article.Words, ElsewhereWords: article.Elsewhere.Words,
			Share: figure(article.ElsewhereShare()), PartnerWords: article.Elsewhere.PartnerWords}
		if partner := o.place(article.Elsewhere.Partner); article.Elsewhere.Partner != dedup.ArticleID(id) {
			form.Partner = &partner
		}
		shares = append(shares, form)
	}
	return shares
}

// reflected encodes a value with encoding/json and then escapes the controls
// that it lets stand.
func reflected(t testing.TB, value any) string {
	t.Helper()
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	encoded := strings.TrimSuffix(buffer.String(), "\n")
	if strings.IndexFunc(encoded, isLateControl) < 0 {
		return encoded
	}
	var escaped strings.Builder
	for _, r := range encoded {
		if isLateControl(r) {
			fmt.Fprintf(&escaped, `\u%04x`, r)
		} else {
			escaped.WriteRune(r)
		}
	}
	return escaped.String()
}

func isLateControl(r rune) bool { return r >= 0x7f && r < 0xa0 }

// reflectedReports returns both JSON forms as encoding/json has them.
func reflectedReports(t testing.TB, result *dedup.Result, opts Options) (document, lines string) {
	review := opts.Review
	if review == nil {
		review = new(gate.Rules).Review(result, 0)
	}
	result = review.Result
	head := wireHead{SchemaName, opts.Version, newWireOptions(result.Options), newWireSummary(result.Summary, review), newWireGate(review)}
	head.Summary.tellCheck(result.Check)
	document = fmt.Sprintf("{\n  \"schema\": %s,\n  \"version\": %s,\n  \"options\": %s,\n  \"summary\": %s,\n  \"gate\": %s",
		reflected(t, head.Schema), reflected(t, head.Version), reflected(t, head.Options), reflected(t, head.Summary), reflected(t, head.Gate))
	line := func(kind, form string) string { return fmt.Sprintf("{\"type\":%q,%s\n", kind, form[1:]) }
	pairs, clusters, repeats, stale, problems := oracle{result, review}.findings()
	for _, section := range []struct {
		name, kind string
		findings   []any
	}{
		{"pairs", "pair", pairs}, {"clusters", "cluster", clusters}, {"repeats", "repeat", repeats},
		{"passages", "passage", oracle{result, review}.passages()}, {"elsewhere", "elsewhere", oracle{result, review}.elsewhere()}, {"stories", "story", oracle{result, review}.stories()}, {"stale", "stale", stale}, {"estimates", "estimate", oracle{result, review}.estimates()}, {"problems", "problem", problems},
	} {
		var forms []string
		for _, finding := range section.findings {
			form := reflected(t, finding)
			forms = append(forms, "\n    "+form)
			lines += line(section.kind, form)
		}
		if document += fmt.Sprintf(",\n  %q: [%s", section.name, strings.Join(forms, ",")); len(forms) > 0 {
			document += "\n  "
		}
		document += "]"
	}
	return document + "\n}\n", lines + line("summary", reflected(t, head))
}

// TestReportsEqualReflection holds the reports, byte for byte, to those that
// encoding/json writes.
func TestReportsEqualReflection(t *testing.T) {
	results := extremes()
	results["fixture"] = fixture()
	dice := newDice(seeded.Seed())
	for i := range 500 {
		results[fmt.Sprintf("random %d with -seed=%d", i, seeded.Seed())] = dice.result()
	}
	for name, result := range results {
		opts := Options{Version: dice.text()}
		if strings.HasPrefix(name, "random") && dice.IntN(2) == 0 {
			opts.Review = dice.review(result)
		}
		document, lines := reflectedReports(t, result, opts)
		if diff := cmp.Diff(document, render(t, "json", result, opts)); diff != "" {
			t.Fatalf("%s: the document (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(lines, render(t, "jsonl", result, opts)); diff != "" {
			t.Fatalf("%s: the lines (-want +got):\n%s", name, diff)
		}
	}
}

// TestFiguresEqualReflection tries shares, and figures that are none.
func TestFiguresEqualReflection(t *testing.T) {
	random := seeded.Rand(t)
	shares := []float64{0, math.Copysign(0, -1), 1, -1, -1e-9, 1e-6, 0.5e-6, 0.49e-6, 0.999999, math.Nextafter(1, 0), math.Nextafter(1, 2),
		2, -2, 1e15, 1e21, -1e21, 1e300, math.SmallestNonzeroFloat64}
	for i := range 1_000_001 {
		shares = append(shares, float64(i)/1e6)
	}
	for range 100_000 {
		shares = append(shares, random.Float64(), math.Ldexp(random.Float64()-0.5, random.IntN(160)-80))
	}
	var w wire
	for _, share := range shares {
		want, err := json.Marshal(figure(share))
		if err != nil {
			t.Fatal(err)
		}
		if got := w.figure(nil, share); string(got) != string(want) || w.err != nil {
			t.Fatalf("%v is written %s (error %v), want %s", share, got, w.err, want)
		}
	}
}
