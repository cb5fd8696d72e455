package formats_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// convert returns the inputs in another format.
func convert(t testing.TB, c *corpus.Corpus, to string, edit func(corpus.Record) corpus.Edit) (string, []corpus.Uncut) {
	t.Helper()
	again, err := c.Again()
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	var out []byte
	uncut, err := again.Export(context.Background(), edit, func(article corpus.Exported) error {
		var err error
		out, err = formats.Encoders()[to](out, article.Article, article.Fields)
		return err
	})
	if err == nil {
		err = c.Unchanged()
	}
	if err != nil {
		t.Fatalf("converting: %v", err)
	}
	return string(out), uncut
}

// TestConvert converts inputs of every format, some articles and some lines of others
// left out: what is read of the output is what is left of the articles.
func TestConvert(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	each(t, func(t *testing.T, f fixture) {
		text, _ := f.encode(articles())
		options := f.options()
		c := open(t, nil, options, write(t, t.TempDir(), "corpus"+f.suffix, text))
		places := read(t, c).articles
		for round := range 20 {
			edits := make(map[int64]corpus.Edit)
			var lines, bundle []article
			for _, a := range places {
				body, spans := string(a.Body), []corpus.Span(nil)
				if round%2 > 0 {
					body, spans = randomCuts(random, body)
				}
				drop := random.IntN(4) == 0
				edits[a.Offset] = corpus.Edit{Drop: drop, Cut: spans}
				if drop {
					continue
				}
				lines = append(lines, article{a.Key, body})
				if body != "" && !strings.HasSuffix(body, "\n") {
					body += "\n"
				}
				bundle = append(bundle, article{a.Key, body})
			}
			for to, want := range map[string][]article{"jsonl": lines, "bundle": bundle} {
				got, uncut := convert(t, c, to, func(r corpus.Record) corpus.Edit { return edits[r.Offset] })
				r := read(t, open(t, nil, corpus.Options{Format: to}, write(t, t.TempDir(), "out", got)))
				if diff := cmp.Diff(want, r.plain()); diff != "" || r.problems != nil || len(uncut) > 0 {
					t.Fatalf("seed %d, %s: problems %v, uncut %v, articles (-want +got):\n%s", seeded.Seed(), to, r.problems, uncut, diff)
				}
			}
		}
	})
}

// TestConvertCarriesFields holds that fields which the program does not know are
// carried into JSON lines, and that those which it does are where there were none.
func TestConvertCarriesFields(t *testing.T) {
	for name, test := range map[string]struct{ suffix, text, want string }{
		"json lines":  {".jsonl", ` {"id": 1, "text": "a\nb", "tags": ["x", 2.50]} ` + "\n", `{"id": 1, "text": "b", "tags": ["x", 2.50]}` + "\n"},
		"bad bytes":   {".jsonl", "{\"id\":\"1\",\"text\":\"a\\nb\",\"by\":\"M\xff\xffx\"}\n", `{"id":"1","text":"b","by":"M` + "\uFFFD" + `x"}` + "\n"},
		"an array":    {".json", "[\n  {\"id\": 1, \"text\": \"a\\nb\",\n   \"more\": {\"x\": null}}\n]", `{"id":1,"text":"b","more":{"x":null}}` + "\n"},
		"a table":     {".csv", "id,text,,desk,desk,desk#5\n1,\"a\nb\",x,<p>,\"\"\"q\"\"\",2\n", `{"id":"1","text":"b","#3":"x","desk":"<p>","desk#6":"\"q\"","desk#5":"2"}` + "\n"},
		"a short row": {".csv", "id,text,desk\n1,\"a\nb\"\n", `{"id":"1","text":"b"}` + "\n"},
		"tabs":        {".tsv", "id\ttext\tdesk\n1\ta\\nb\t\\N\n", `{"id":"1","text":"b","desk":null}` + "\n"},
		"western":     {".csv", "id,text,by\n1,\"a\nb, o\xf9 l\x92on f\xeate d\xe9j\xe0 la rentr\xe9e des bateaux du caf\xe9\",Ren\xe9\n", `{"id":"1","text":"b, où l’on fête déjà la rentrée des bateaux du café","by":"René"}` + "\n"},
		"a bundle":    {".txt", "<<<FILE o'clock>>>\na\nb\n", `{"id":"o'clock","text":"b\n"}` + "\n"},
	} {
		c := open(t, nil, corpus.Options{}, write(t, t.TempDir(), "in"+test.suffix, test.text))
		read(t, c)
		got, uncut := convert(t, c, "jsonl", func(corpus.Record) corpus.Edit { return corpus.Edit{Cut: []corpus.Span{{Start: 0, End: 1}}} })
		if got != test.want || len(uncut) > 0 || !json.Valid([]byte(got)) {
			t.Errorf("%s: uncut %v, and it became\n%swhere this was to be\n%s", name, uncut, got, test.want)
		}
	}
}

// TestConvertUncut holds that what shares its line with other text stays, of every kind.
func TestConvertUncut(t *testing.T) {
	for _, in := range []string{"<<<FILE a>>>\none two\n", `{"id":"a","text":"one two"}`} {
		c := open(t, nil, corpus.Options{}, write(t, t.TempDir(), "in", in))
		read(t, c)
		got, uncut := convert(t, c, "bundle", func(corpus.Record) corpus.Edit { return corpus.Edit{Cut: []corpus.Span{{Start: 0, End: 3}}} })
		if got != "<<<FILE a>>>\none two\n" || len(uncut) != 1 || uncut[0].Input != 0 || uncut[0].Span.End != 3 {
			t.Errorf("%q became %q, uncut %v", in, got, uncut)
		}
	}
}

// TestConvertNames holds that control characters in a key do not break a bundle.
func TestConvertNames(t *testing.T) {
	c := open(t, nil, corpus.Options{}, write(t, t.TempDir(), "in.jsonl", `{"id":"a\nb\u001b>>>","text":"x"}`))
	read(t, c)
	if got, _ := convert(t, c, "bundle", func(corpus.Record) corpus.Edit { return corpus.Edit{} }); got != "<<<FILE \"a\uFFFDb\uFFFD>>>\">>>\nx\n" {
		t.Errorf("%q", got)
	}
}

// TestAgain holds that what can be read only once is not read twice.
func TestAgain(t *testing.T) {
	c := open(t, strings.NewReader(aBundle), corpus.Options{}, corpus.Stdin)
	if _, err := c.Again(); err == nil {
		t.Error("standard input was opened again")
	}
	path := write(t, t.TempDir(), "a.txt", aBundle)
	c = open(t, nil, corpus.Options{}, path)
	read(t, c)
	write(t, "/", path, aBundle+"more\n")
	if err := c.Unchanged(); err == nil || !strings.Contains(err.Error(), "has changed") {
		t.Errorf("error %v", err)
	}
}
