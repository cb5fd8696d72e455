package table

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A read is one article with what the tests look at.
type read struct {
	Line, BodyLine int
	Verbatim       bool
	Key, Body      string
}

// A found is one problem.
type found struct {
	Line    int
	Offset  int64
	Kind    string
	Message string
}

func readAll(t testing.TB, format corpus.Format, source io.Reader, limit int) (reads []read, founds []found) {
	t.Helper()
	add := func(p corpus.Problem) { founds = append(founds, found{p.Line, p.Offset, p.Kind, p.Message}) }
	splitter, decode := format.Open(corpus.NewStream(source, limit, add))
	for {
		record, err := splitter.Split()
		if err == io.EOF {
			return reads, founds
		}
		if err != nil {
			t.Fatalf("splitting: %v", err)
		}
		record.Data = bytes.Clone(record.Data)
		article, ok, problems := decode(new(corpus.Scratch), record, corpus.Origin{})
		for _, p := range problems {
			add(p)
		}
		if ok {
			reads = append(reads, read{record.Line, article.BodyLine, article.Verbatim, article.Key, string(article.Body)})
		}
	}
}

const unlimited = 1 << 20

var whole = func(r io.Reader) io.Reader { return r }

func TestTables(t *testing.T) {
	csv, tsv := CSV(corpus.Fields{}), TSV(corpus.Fields{})
	const few = "the row has 2 fields, and the table 3 columns: "
	tests := []struct {
		name     string
		format   corpus.Format
		input    string
		want     []read
		problems []found
	}{
		{name: "nothing", format: csv},
		{name: "blank lines", format: csv, input: "\n\r\n\n"},
		{name: "a header alone", format: csv, input: "id,text"},
		{
			name: "plain", format: csv, input: "\nid,text\na,one\n\nb,two",
			want: []read{{3, 3, true, "a", "one"}, {5, 5, true, "b", "two"}},
		},
		{
			name: "CR LF, a byte order mark, blanks around names", format: csv, input: "\uFEFFid , text\r\na,one\r\n\r\nb,\"two\r\nlines\"\r\n",
			want: []read{{2, 2, true, "a", "one"}, {4, 4, true, "b", "two\r\nlines"}},
		},
		{
			name: "quotes", format: csv, input: "text,n,id\n\"He said \"\"no\"\",\n\nand left.\",\"\n\n\",\"a\"\n\"\",,b\n\"\"\"\",\"x\",\"\"\"c\"\"\"\n",
			want: []read{{2, 2, true, "a", "He said \"no\",\n\nand left."}, {7, 7, true, "b", ""}, {8, 8, true, `"c"`, `"`}},
		},
		{
			name: "a text that begins on a later line", format: csv, input: "id,title,text\na,\"one\ntwo\",\"three\nfour\"\n",
			want: []read{{2, 3, true, "a", "three\nfour"}},
		},
		{
			name: "bare quotes", format: csv, input: "id,text\na,a 5\" pipe\nb,\"a 5\" pipe, \"\"so\"\" 6\"\nc, \"x\"\nd,\"x\ny \"z\" w\"\n",
			want: []read{{2, 2, true, "a", `a 5" pipe`}, {3, 3, true, "b", `a 5" pipe, "so" 6`}, {4, 4, true, "c", ` "x"`}, {5, 5, true, "d", "x\ny \"z\" w"}},
		},
		{name: "semicolons", format: csv, input: "id;text\na;one, two\n", want: []read{{2, 2, true, "a", "one, two"}}},
		{name: "tabs", format: csv, input: "id\ttext\na\t\"one\ttwo\"\n", want: []read{{2, 2, true, "a", "one\ttwo"}}},
		{name: "a separator in a name", format: csv, input: "\"a;b;c\",id,text\n,a,one\n", want: []read{{2, 2, true, "a", "one"}}},
		{name: "another case", format: csv, input: "ID,Text,BODY\na,one,x\n", want: []read{{2, 2, true, "a", "one"}}},
		{name: "the same case is better", format: csv, input: "TEXT,id,content\nx,a,one\n", want: []read{{2, 2, true, "a", "one"}}},
		{
			name: "one column", format: csv, input: "text\none\n\"two\n\"\n", want: []read{{2, 2, true, "", "one"}, {3, 3, true, "", "two\n"}},
		},
		{
			name: "no text", format: csv, input: "\nid,the title,\"\x1b[2J\",d,e,f,g,h,i\na,one\n",
			problems: []found{{2, 1, corpus.BadRecord, `no column "text" (this table has: id, "the title", "\x1b[2J", d, e, f, g, h, …); --text-field names the text`}},
		},
		{
			name: "too few fields and too many", format: csv, input: "id,text,x\na,one\nb\nc,three,,,\nd,four,x,y\n,five,x\n",
			want: []read{{2, 2, true, "a", "one"}, {4, 4, true, "c", "three"}, {6, 6, true, "", "five"}},
			problems: []found{
				{2, 10, corpus.BadRecord, few + "the last are missing"},
				{3, 16, corpus.BadRecord, "the row has 1 fields, and the table 3 columns: the text is missing"},
				{5, 29, corpus.BadRecord, "the row has 4 fields, and the table 3 columns: it is left out, since a text may be cut in it"},
			},
		},
		{
			name: "bytes that are not UTF-8, and NUL", format: csv, input: "id,text\na\xff,\"\"\"\x00\ncaf\xe9\"\n",
			want:     []read{{2, 2, true, "a\uFFFD", "\"\x00\ncaf\uFFFD"}},
			problems: []found{{2, 9, corpus.InvalidUTF8, "2 bytes that are not UTF-8 are replaced by U+FFFD"}},
		},
		{
			name: "an open quote, seen by a later one", format: csv, input: "id,text\na,\"one\nb,\"two\nlines\"\nc,\"three\"\n",
			want:     []read{{3, 3, true, "b", "two\nlines"}, {5, 5, true, "c", "three"}},
			problems: []found{{2, 10, corpus.BadRecord, "a quote is not closed: the row is left out with the 0 lines below the quote"}},
		},
		{
			name: "an open quote, above rows without any", format: csv, input: "id,x,text\na,,\"one\nand more\nb,1,two\nc,2,three\nd,3,\"four\"\n",
			want:     []read{{4, 4, true, "b", "two"}, {5, 5, true, "c", "three"}, {6, 6, true, "d", "four"}},
			problems: []found{{2, 13, corpus.BadRecord, "a quote is not closed: the row is left out with the 1 lines below the quote"}},
		},
		{
			name: "an open quote, without another below", format: csv, input: "id,text\na,\"one\nb,two\nc,three\n",
			want:     []read{{3, 3, true, "b", "two"}, {4, 4, true, "c", "three"}},
			problems: []found{{2, 10, corpus.BadRecord, "a quote is not closed: the row is left out with the 0 lines below the quote"}},
		},
		{
			name: "a cut text", format: csv, input: "id,text\na,one\nb,\"two\n\nIt rained, and", want: []read{{2, 2, true, "a", "one"}},
			problems: []found{{3, 16, corpus.BadRecord, "a quote is not closed: the row is left out with the 2 lines below the quote"}},
		},
		{
			name: "several columns of a text", format: csv, input: "body,id,content,uuid,text\nB,a,C,x,T\nB,b,C,x,\n,c,C,x,\n,,,y,\nB,d,C,x,\"\"\n",
			want: []read{{2, 2, true, "a", "T"}, {3, 3, true, "b", "B"}, {4, 4, true, "c", "C"}, {5, 5, true, "y", ""}, {6, 6, true, "d", ""}},
		},
		{
			name: "several columns of a text, of which the last is cut off", format: csv, input: "id,body,text\na,B\n",
			want:     []read{{2, 2, true, "a", "B"}},
			problems: []found{{2, 13, corpus.BadRecord, few + "the last are missing"}},
		},
		{
			name: "several columns of a text, TSV", format: tsv, input: "text\tid\tBODY\tbody\tguid\n\\N\t\\N\tx\tB\tg\n\ti\tx\tB\t\n\\N\ti\tx\t\t\n\"\"\ti\tx\tB\t\n",
			want:     []read{{2, 2, true, "g", "B"}, {3, 3, true, "i", "B"}, {5, 5, true, "i", ""}},
			problems: []found{{4, 43, corpus.BadRecord, "the text is null"}},
		},
		{
			name: "TSV", format: tsv, input: "id\ttext\na\tone, two\r\nb\ta\\tb\\\\n\\x\\\nc\ta\\nb\\r\nd\t\\N\n\\N\tx\n",
			want: []read{{2, 2, true, "a", "one, two"}, {3, 3, true, "b", "a\tb\\n\\x\\"}, {4, 4, false, "c", "a\nb\r"}, {6, 6, true, "", "x"}},
			problems: []found{
				{5, 44, corpus.BadRecord, "the text is null"},
			},
		},
		{
			name: "TSV with quotes", format: tsv, input: "id\ttext\na\t\"one\n\t\"\"two\"\"\\n\"\nb\t\"No,\" he said\nc\t\"No\nd\t\"Yes\"\n\"e\"\tsix\"\n",
			want: []read{{2, 2, true, "a", "one\n\t\"two\"\\n"}, {4, 4, true, "b", `"No," he said`}, {5, 5, true, "c", `"No`}, {6, 6, true, "d", "Yes"}, {7, 7, true, "e", `six"`}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, wrap := range []func(io.Reader) io.Reader{whole, iotest.OneByteReader, iotest.DataErrReader} {
				reads, problems := readAll(t, test.format, wrap(strings.NewReader(test.input)), unlimited)
				if diff := cmp.Diff(test.want, reads); diff != "" {
					t.Errorf("articles (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(test.problems, problems); diff != "" {
					t.Errorf("problems (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestTooLargeRowsArePassedOver(t *testing.T) {
	const limit = 40
	prose := strings.Repeat("The tide, it turned.\n", 2_000)
	for name, test := range map[string]struct {
		format corpus.Format
		row    string
	}{
		"a quoted text":             {CSV(corpus.Fields{}), `b,"` + prose + `"`},
		"one with quotes":           {CSV(corpus.Fields{}), `b,"` + strings.Repeat("\"\"x\"\",\n", 4_000) + `"`},
		"a line":                    {CSV(corpus.Fields{}), "b," + strings.Repeat(`x" `, 4_000)},
		"a quoted line":             {CSV(corpus.Fields{}), `b,"` + strings.Repeat("x, ", 25_000) + `"`},
		"just too large":            {CSV(corpus.Fields{}), "b," + strings.Repeat("x", limit-1)},
		"an open quote":             {CSV(corpus.Fields{}), `b,"` + prose[:len(prose)-1]},
		"an open quote in one line": {CSV(corpus.Fields{}), `b,"` + strings.Repeat("x ", 25_000)},
		"tabs, quoted":              {TSV(corpus.Fields{}), "b\t\"" + prose + `"`},
		"tabs":                      {TSV(corpus.Fields{}), "b\t" + strings.Repeat("x ", 4_000)},
	} {
		separator := string(test.row[1])
		input := strings.ReplaceAll("id,text\na,one\n", ",", separator) + test.row + "\n" + strings.ReplaceAll("c,\"three\"\nd,four\n", ",", separator)
		line := 4 + strings.Count(test.row, "\n")
		for _, wrap := range []func(io.Reader) io.Reader{whole, iotest.HalfReader, iotest.OneByteReader} {
			reads, problems := readAll(t, test.format, wrap(strings.NewReader(input)), limit)
			if diff := cmp.Diff([]read{{2, 2, true, "a", "one"}, {line, line, true, "c", "three"}, {line + 1, line + 1, true, "d", "four"}}, reads); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			if len(problems) != 1 || problems[0].Line != 3 || problems[0].Offset != 14 || problems[0].Kind != corpus.TooLarge {
				t.Errorf("%s: problems %v", name, problems)
			}
		}
	}
}

// TestManyOpenQuotes holds that the time for rows whose quotes are not closed
// does not grow with their square: each is reported and all others are read.
func TestManyOpenQuotes(t *testing.T) {
	const many = 20_000
	for name, end := range map[string]string{"the end": "", "a later quote": "z,\"last\"\n"} {
		input := "id,text\n" + strings.Repeat("\"open,b\na,one\nb,two\n", many) + end
		reads, problems := readAll(t, CSV(corpus.Fields{}), strings.NewReader(input), 64<<20)
		if want := 2*many + strings.Count(end, "\n"); len(reads) != want || len(problems) != many {
			t.Errorf("%s: %d articles, want %d; %d problems, want %d", name, len(reads), want, len(problems), many)
		}
	}
}

func TestHeaderIsBounded(t *testing.T) {
	_, problems := readAll(t, CSV(corpus.Fields{}), strings.NewReader("id,text,"+strings.Repeat("x,", maxHeader)+"\na,b\n"), unlimited)
	want := []found{{1, 0, corpus.BadRecord, "the first row does not end within 64 KiB, and so names no columns"}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestColumns(t *testing.T) {
	for head, want := range map[string]struct {
		columns       string
		tabbed, known bool
	}{
		"id,title,text\na,b\n":            {"id|title|text", false, true},
		"id;text;a\r\n":                   {"id|text|a", false, true},
		"\"id\",\"the text\",Body\n":      {"id|the text|Body", false, true},
		"id\ttext\n":                      {"id|text", true, true},
		"id,title\n":                      {"id|title", false, false},
		",text\n":                         {"|text", false, true},
		"text\n":                          {},
		"In Lindmouth, text, it rained\n": {},
		"Friday, text\n":                  {},
		"content,\"and more\n\"\n":        {},
		"":                                {},
	} {
		names, tabbed, known := Columns([]byte(head), corpus.Fields{})
		if strings.Join(names, "|") != want.columns || tabbed != want.tabbed || known != want.known {
			t.Errorf("Columns(%q) = %q, %t, %t", head, names, tabbed, known)
		}
	}
	if _, _, known := Columns([]byte("id,title\n"), corpus.Fields{corpus.Text: {"title"}}); !known {
		t.Error("a text that is named is not known")
	}
}

// TestOneFault drops a byte in every place of the third of six rows, and adds a
// quote, a separator or a line feed there: no fault costs more than that row and
// the next, and none that costs one is passed over in silence.
func TestOneFault(t *testing.T) {
	for layout, quote := range map[string]string{"quoted texts": "", "all quoted": `"`} {
		row := func(id string) string {
			return quote + id + quote + "," + quote + "Ferry" + quote + ",\"It \"\"rained\"\",\nand \"\"rained\"\".\"\n"
		}
		third := row("3")
		for at := range len(third) - 1 {
			faults := []string{third[:at] + third[at+1:]}
			for _, c := range []string{`"`, ",", "\n", "x"} {
				faults = append(faults, third[:at]+c+third[at:])
			}
			for _, fault := range faults {
				input := "id,title,text\n" + row("1") + row("2") + fault + row("4") + row("5") + row("6")
				reads, problems := readAll(t, CSV(corpus.Fields{}), strings.NewReader(input), 1<<12)
				keys := make(map[string]bool)
				for _, r := range reads {
					keys[r.Key] = true
				}
				if !keys["1"] || !keys["2"] || !keys["5"] || !keys["6"] {
					t.Errorf("%s: with %q only %v are read; problems %v", layout, fault, keys, problems)
				}
				if len(reads) < 6 && problems == nil {
					t.Errorf("%s: with %q only %v are read, without a problem", layout, fault, keys)
				}
			}
		}
	}
}
