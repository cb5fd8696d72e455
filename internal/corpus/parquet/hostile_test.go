package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// TestCraftedFile holds that what the tests below spoil is sound.
func TestCraftedFile(t *testing.T) {
	f := craftedFile{rows: 3, groups: 2}
	data := append(levels(2, 1), texts("one", "two")...)
	f.page(craftedPage(len(data), len(data), 2, encodingPlain), data)
	f.page(fields().int(1, indexPage).int(2, 3).int(3, 3), []byte("xyz"))
	f.page(craftedPage(0, 0, 0, encodingPlain), nil)
	data = append(levels(1, 1), texts("")...)
	f.page(craftedPage(len(data), len(data), 1, encodingPlain), data)
	reads, problems := readAll(t, f.bytes(), unlimited, corpus.Fields{})
	var bodies []string
	for _, r := range reads {
		bodies = append(bodies, r.Body)
	}
	if diff := cmp.Diff([]string{"one", "two", "", "one", "two", ""}, bodies); diff != "" || len(problems) != 0 {
		t.Errorf("problems %v (-want +got):\n%s", problems, diff)
	}
}

// TestHostilePages holds that pages which claim what they have not are
// problems, and take no memory to speak of.
func TestHostilePages(t *testing.T) {
	const most = 8 << 20
	two := append(levels(2, 1), texts("one", "two")...)
	v2 := func(levels, skipped int64) *crafted {
		return fields().int(1, dataPageV2).int(2, int64(len(two))).int(3, int64(len(two))).
			object(8, fields().int(1, 2).int(4, encodingPlain).int(5, levels).int(6, skipped))
	}
	indexed := func(width byte, rest ...byte) []byte { return append(append(levels(2, 1), width), rest...) }
	dictionary := craftedPage(len(texts("a")), len(texts("a")), 1, encodingPlain)
	dictionary.bytes[1] = dictionaryPage << 1
	for name, test := range map[string]struct {
		header *crafted
		data   []byte
		codec  int64
		before bool // a dictionary
		want   string
	}{
		"size beyond the chunk":      {header: craftedPage(1<<27, 1<<27, 2, encodingPlain), data: two, want: "are left of the column"},
		"size beyond the memory":     {header: craftedPage(math.MaxInt32, 1<<20, 2, encodingPlain), data: make([]byte, 1<<20), codec: 6, want: "there is memory for pages of"},
		"size beyond belief":         {header: craftedPage(1<<29, len(two), 2, encodingPlain), data: two, codec: 6, want: "which is not believed"},
		"far smaller than it stands": {header: craftedPage(10, 1<<16, 2, encodingPlain), data: make([]byte, 1<<16), want: "which is not believed"},
		"negative size":              {header: craftedPage(-1, len(two), 2, encodingPlain), data: two, want: "damaged metadata"},
		"other size":                 {header: craftedPage(len(two)+1, len(two), 2, encodingPlain), data: two, want: "should hold"},
		"no snappy":                  {header: craftedPage(len(two), len(two), 2, encodingPlain), data: two, codec: 1, want: "the block holds"},
		"unknown codec":              {header: craftedPage(len(two), len(two), 2, encodingPlain), data: two, codec: 77, want: "codec 77, which is not read"},
		"Brotli":                     {header: craftedPage(len(two), len(two), 2, encodingPlain), data: two, codec: 4, want: "Brotli, which is not read"},
		"more rows":                  {header: craftedPage(len(two), len(two), math.MaxInt32, encodingPlain), data: two, want: "are left of the row group"},
		"fewer rows":                 {header: craftedPage(len(two), len(two), 1, encodingPlain), data: two, want: "its pages end 1 rows too early"},
		"a value beyond the page":    {header: craftedPage(len(two)-1, len(two)-1, 2, encodingPlain), data: two[:len(two)-1], want: "reach out of the page"},
		"levels beyond the page":     {header: craftedPage(3, 3, 2, encodingPlain), data: []byte{1, 0, 0}, want: "reach out of the page"},
		"levels that end":            {header: craftedPage(4, 4, 2, encodingPlain), data: []byte{0, 0, 0, 0}, want: "damaged runs"},
		"levels of version 2":        {header: v2(1<<30, 1<<30), data: two, want: "the levels are larger than the page"},
		"no dictionary":              {header: craftedPage(len(two), len(two), 2, encodingDictionary), data: two, want: "its dictionary is missing"},
		"an index too wide":          {header: craftedPage(len(indexed(33, 4, 0)), len(indexed(33, 4, 0)), 2, encodingDictionary), data: indexed(33, 4, 0), before: true, want: "damaged runs"},
		"an index too large":         {header: craftedPage(len(indexed(8, 4, 1)), len(indexed(8, 4, 1)), 2, encodingDictionary), data: indexed(8, 4, 1), before: true, want: "not in the dictionary"},
		"indexes that end":           {header: craftedPage(len(indexed(8)), len(indexed(8)), 2, encodingDictionary), data: indexed(8), before: true, want: "damaged runs"},
		"a second dictionary":        {header: dictionary, data: texts("a"), before: true, want: "a second dictionary"},
		"no differences":             {header: craftedPage(len(two), len(two), 2, encodingDelta), data: two, want: "what are no integers"},
		"no lengths":                 {header: craftedPage(len(two), len(two), 2, encodingDeltaLengths), data: two, want: "damaged differences"},
		"an unknown encoding":        {header: craftedPage(len(two), len(two), 2, 99), data: two, want: "encoding 99"},
		"a checksum":                 {header: fields().int(1, dataPage).int(2, int64(len(two))).int(3, int64(len(two))).int(4, 7), data: two, want: "its checksum does not fit"},
		"a list for a number":        {header: fields().list(1, 1<<30), data: two, want: "another type"},
		"a header that does not end": {header: fields().text(9, strings.Repeat("x", 1<<10)), data: nil, want: "is damaged"},
	} {
		f := craftedFile{rows: 2, groups: 1, codec: test.codec}
		if test.before {
			f.page(dictionary, texts("a"))
		}
		f.page(test.header, test.data)
		data := f.bytes()
		if name == "a header that does not end" {
			data = bytes.Replace(data, []byte("x\x00"), []byte("xx"), 1)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		reads, problems := readAll(t, data, unlimited, corpus.Fields{})
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > most {
			t.Errorf("%s: %d MB were used", name, used>>20)
		}
		damage := problems[len(problems)-1]
		if len(reads) > 1 || damage.Kind != corpus.BadRecord || !strings.HasPrefix(damage.Message, `row group 1 of 1 is damaged, and its rows from here to 2 are left out: column "text": `) || !strings.Contains(damage.Message, test.want) {
			t.Errorf("%s: %d articles, problems %v, want %q", name, len(reads), problems, test.want)
		}
	}
}

// TestHostileFooters holds that a footer is not believed either.
func TestHostileFooters(t *testing.T) {
	const most, huge = 2 << 20, math.MaxInt32
	schema := func(elements ...*crafted) []byte { return fields().list(2, len(elements), elements...).end() }
	root := fields().text(4, "root").int(5, 1)
	deep := bytes.Repeat([]byte{0x1c}, 10_000)
	for name, test := range map[string]struct {
		footer []byte
		want   string
	}{
		"nothing":               {nil, "the footer is damaged: unexpected EOF"},
		"no columns":            {schema(), "the footer is damaged: it names no columns"},
		"more columns than fit": {fields().list(2, huge).end(), "the footer is damaged: unexpected EOF"},
		"more groups than fit":  {fields().list(2, 2, craftedSchema()...).list(4, huge).end(), "the footer is damaged: unexpected EOF"},
		"more children":         {schema(fields().text(4, "root").int(5, huge)), "the footer is damaged: its columns do not form a tree"},
		"fewer children":        {schema(fields().text(4, "root"), craftedSchema()[1]), "the footer is damaged: its columns do not form a tree"},
		"groups without end":    {schema(append([]*crafted{root}, nest(200)...)...), "the footer is damaged: its columns do not form a tree"},
		"a name that is none":   {schema(fields().int(4, 1)), "the footer is damaged: metadata of another type than the format knows"},
		"depth":                 {deep, "the footer is damaged: damaged metadata"},
		"a rowless file":        {fields().list(2, 2, craftedSchema()...).end(), ""},
		"years of rows":         {fields().list(2, 2, craftedSchema()...).list(4, 1, fields().int(3, math.MaxInt64)).end(), "the footer is damaged from row group 1 of 1 on, and no more rows are read: it is said to have 9223372036854775807 rows, which is more than a file of 51 bytes is believed to have"},
		"negative rows":         {fields().list(2, 2, craftedSchema()...).list(4, 1, fields().int(3, -1)).end(), "the footer is damaged from row group 1 of 1 on, and no more rows are read: damaged metadata"},
		"no chunk":              {fields().list(2, 2, craftedSchema()...).list(4, 1, fields().int(3, 1)).end(), `row group 1 of 1 is damaged, and its rows from here to 1 are left out: column "text": the row group lacks it`},
		"a chunk outside":       {chunkOf(fields().object(3, fields().int(7, 1<<40).int(9, 4))), `row group 1 of 1 is damaged, and its rows from here to 1 are left out: column "text": its bytes, 1099511627776 from byte 4 on, reach out of the file of 57`},
		"an encrypted chunk":    {chunkOf(fields().object(8, fields())), `row group 1 of 1 is damaged, and its rows from here to 1 are left out: column "text": it is encrypted, and encrypted columns are not read`},
		"a chunk elsewhere":     {chunkOf(fields().text(1, "b.parquet")), `row group 1 of 1 is damaged, and its rows from here to 1 are left out: column "text": it stands in another file`},
	} {
		data := enclose(nil, test.footer)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		reads, problems := readAll(t, data, unlimited, corpus.Fields{})
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > most {
			t.Errorf("%s: %d kB were used", name, used>>10)
		}
		var got string
		if len(problems) > 0 {
			got = problems[0].Message
		}
		if got != test.want || reads != nil || len(problems) > 1 {
			t.Errorf("%s: articles %v, problems %v, want %q", name, reads, problems, test.want)
		}
	}
}

// nest returns groups, each in the one before.
func nest(depth int) (elements []*crafted) {
	for range depth {
		elements = append(elements, fields().text(4, "g").int(5, 1))
	}
	return elements
}

// chunkOf is a footer with one row group of one row in one chunk.
func chunkOf(chunk *crafted) []byte {
	return fields().list(2, 2, craftedSchema()...).list(4, 1, fields().list(1, 1, chunk).int(3, 1)).end()
}

// TestFilesThatAreNoneAtAll are told apart by what their users may do.
func TestFilesThatAreNoneAtAll(t *testing.T) {
	f := craftedFile{rows: 1, groups: 1}
	whole := f.bytes()
	for name, test := range map[string]struct{ data, kind, want string }{
		"cut":             {string(whole[:len(whole)-1]), corpus.Unreadable, errCut.Error()},
		"cut to its head": {magic + "\x15", corpus.Unreadable, errCut.Error()},
		"encrypted":       {encryptedMagic + string(whole[4:len(whole)-4]) + encryptedMagic, corpus.Unreadable, errEncrypted.Error()},
		"a mark":          {"\uFEFF" + string(whole), corpus.Unreadable, "not a Parquet file: a byte order mark stands before its PAR1, as where a program took it for text"},
		"too long":        {magic + "\xff\xff\xff\xff" + magic, corpus.BadRecord, "the footer is damaged: it is said to have 4294967295 bytes, in a file of 12"},
	} {
		reads, problems := readAll(t, []byte(test.data), unlimited, corpus.Fields{})
		if diff := cmp.Diff([]found{{0, 0, test.kind, test.want}}, problems); diff != "" || reads != nil {
			t.Errorf("%s: articles %v, problems (-want +got):\n%s", name, reads, diff)
		}
	}
}

// TestNextRowGroupIsRead damages a page of one row group of three.
func TestNextRowGroupIsRead(t *testing.T) {
	f := craftedFile{rows: 2, groups: 3}
	data := append(levels(2, 1), texts("one", "two")...)
	f.page(craftedPage(len(data), len(data), 2, encodingPlain), data)
	whole := f.bytes()
	meta := fields().int(4, 0).int(5, 2).int(7, int64(len(f.pages))).int(9, int64(len(magic)))
	outside := fields().int(4, 0).int(5, 2).int(7, int64(len(f.pages))).int(9, int64(len(magic))+1)
	group := func(meta *crafted) *crafted { return fields().list(1, 1, fields().object(3, meta)).int(3, 2) }
	footer := fields().list(2, 2, craftedSchema()...).list(4, 3, group(meta), group(outside), group(meta)).end()
	reads, problems := readAll(t, enclose(f.pages, footer), unlimited, corpus.Fields{})
	want := []read{{Line: 1, Body: "one"}, {Line: 2, Body: "two"}, {Line: 5, Body: "one"}, {Line: 6, Body: "two"}}
	if diff := cmp.Diff(want, reads); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	wantProblems := []found{{3, 2, corpus.BadRecord,
		`row group 2 of 3 is damaged, and its rows from here to 4 are left out: column "text": its page at byte 6: damaged page header: metadata of another type than the format knows`}}
	if diff := cmp.Diff(wantProblems, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if reads, problems := readAll(t, whole, unlimited, corpus.Fields{}); len(reads) != 6 || len(problems) != 0 {
		t.Errorf("undamaged: %d articles, problems %v", len(reads), problems)
	}
}

// TestEndlessNulls reads a million rows without a text, which stand in a few
// bytes.
func TestEndlessNulls(t *testing.T) {
	const rows = 1 << 20
	f := craftedFile{rows: rows, groups: 1}
	data := levels(rows, 0)
	f.page(craftedPage(len(data), len(data), rows, encodingPlain), data)
	splitter, decode := Format(corpus.Fields{}).Open(corpus.NewStream(bytes.NewReader(f.bytes()), 10, func(corpus.Problem) {}))
	count := 0
	for {
		record, err := splitter.Split()
		if err != nil {
			break
		}
		if _, ok, _ := decode(new(corpus.Scratch), record, corpus.Origin{}); ok {
			t.Fatal("a null is an article")
		}
		count++
	}
	if count != rows {
		t.Errorf("%d rows", count)
	}
}

// TestOneTextOverAndOver holds that a file does not make gigabytes out of one text
// in its dictionary, even where nothing bounds what may be read.
func TestOneTextOverAndOver(t *testing.T) {
	type row struct {
		Text string `parquet:"text,dict"`
	}
	text := strings.Repeat("tide ", 4<<10)
	data := write(t, slices.Repeat([]row{{text}}, 20_000), parquetgo.SkipPageBounds("text"))
	most := textOfAnyFile + int64(len(data))*textPerByte
	if all := int64(20_000 * len(text)); most > all-int64(len(text)) {
		t.Fatalf("%d bytes of texts in %d of the file are no bomb", all, len(data))
	}
	var problems []found
	add := func(p corpus.Problem) { problems = append(problems, found{p.Line, p.Offset, p.Kind, p.Message}) }
	splitter, _ := Format(corpus.Fields{}).Open(corpus.NewStream(bytes.NewReader(data), unlimited, add))
	rows := int64(0)
	for ; ; rows++ {
		if _, err := splitter.Split(); err != nil {
			break
		}
	}
	want := most / int64(len(text))
	message := fmt.Sprintf("no more rows are read: their values have more than %d bytes, which is more than a file of %d bytes is believed to have", most, len(data))
	if diff := cmp.Diff([]found{{int(want) + 1, want, corpus.TooLarge, message}}, problems); diff != "" || rows != want {
		t.Errorf("%d rows, want %d; problems (-want +got):\n%s", rows, want, diff)
	}
}

// TestNullsAlone reads pages without a value, as several writers make them.
func TestNullsAlone(t *testing.T) {
	noLengths := string(binary.AppendUvarint(nil, 2048)) + "\x08\x00\x00" // eight miniblocks of no numbers
	for _, test := range []struct {
		encoding int
		values   string
	}{
		{encodingPlain, ""}, {encodingDictionary, ""}, {encodingDictionary, "\x00"}, {encodingDeltaLengths, ""},
		{encodingDeltaLengths, noLengths}, {encodingDeltaStrings, ""}, {encodingDeltaStrings, noLengths + noLengths},
	} {
		f := craftedFile{rows: 5, groups: 1}
		if test.encoding == encodingDictionary {
			f.page(fields().int(1, dictionaryPage).int(2, 0).int(3, 0), nil)
		}
		data := append(levels(5, 0), test.values...)
		f.page(craftedPage(len(data), len(data), 5, test.encoding), data)
		_, problems := readAll(t, f.bytes(), unlimited, corpus.Fields{})
		if len(problems) != 5 || problems[4] != (found{5, 4, corpus.BadRecord, `the column "text" is null, not a string`}) {
			t.Errorf("%+v: problems %v", test, problems)
		}
	}
}
