package parquet

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// craftedDictionary is a file of one page of rows that all are the first of
// count empty texts.
func craftedDictionary(rows, count int) []byte {
	f := craftedFile{rows: int64(rows), groups: 2}
	dictionary := craftedPage(4*count, 4*count, count, encodingPlain)
	dictionary.bytes[1] = dictionaryPage << 1
	f.page(dictionary, make([]byte, 4*count))
	data := append(levels(rows, 1), 1, byte(rows<<1), 0)
	f.page(craftedPage(len(data), len(data), rows, encodingDictionary), data)
	return f.bytes()
}

// heldBy returns what the columns and the shelf hold, counted anew.
func (t *table) heldBy() int {
	held := cap(t.shelf.packed)
	for _, c := range t.columns {
		held += cap(c.page) + cap(c.dictData) + cap(c.levelData) + placeBytes*cap(c.dict.at)
	}
	return held
}

// TestHeldBytes holds that what is held is what is counted as held: the page as
// it stands and the places of a dictionary's values too, and large ones no longer
// than their row group.
func TestHeldBytes(t *testing.T) {
	const count = 1_200_000
	data := craftedDictionary(2, count)
	table, err := openTable(bytes.NewReader(data), int64(len(data)), corpus.Fields{}.OrDefault())
	if err != nil {
		t.Fatal(err)
	}
	for group := range 2 {
		if err := table.nextGroup(); err != nil {
			t.Fatal(err)
		}
		if held := table.shelf.held; held != table.heldBy() || held > maxKeptBytes {
			t.Errorf("before group %d %d bytes are counted, and %d held", group, held, table.heldBy())
		}
		table.columns[0].rows = count // or the dictionary would not be believed
		err := table.nextRow()
		if held := table.shelf.held; err != nil || held != table.heldBy() || held < 12*count {
			t.Errorf("in group %d %d bytes are counted, and %d held; error %v", group, held, table.heldBy(), err)
		}
	}
}

// TestMostHeldBytes allows a byte less than a row takes, and then what it takes.
func TestMostHeldBytes(t *testing.T) {
	const count = 300_000
	data := craftedDictionary(2, count)
	read := func(most int) (*table, error) {
		table, err := openTable(bytes.NewReader(data), int64(len(data)), corpus.Fields{}.OrDefault())
		if err != nil {
			t.Fatal(err)
		}
		if table.shelf.mostHeld != maxHeldBytes {
			t.Errorf("%d bytes may be held, want %d", table.shelf.mostHeld, maxHeldBytes)
		}
		table.shelf.mostHeld = most
		if err := table.nextGroup(); err != nil {
			t.Fatal(err)
		}
		return table, table.nextRow()
	}
	table, err := read(maxHeldBytes)
	if err != nil {
		t.Fatal(err)
	}
	needed := table.shelf.held
	if _, err := read(needed); err != nil {
		t.Errorf("with the %d bytes that it takes: %v", needed, err)
	}
	for _, most := range []int{0, 4*count - 1, 8 * count, needed - 1} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		table, err := read(most)
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("there is memory for pages of %d bytes", most)) {
			t.Errorf("with %d bytes: error %v", most, err)
		}
		if used := int(after.TotalAlloc - before.TotalAlloc); used > most+64<<10 || table.shelf.held > most || table.shelf.held != table.heldBy() {
			t.Errorf("with %d bytes: %d were used, %d are counted and %d held", most, used, table.shelf.held, table.heldBy())
		}
	}
}

// TestDictionaryOfMoreThanTheRows holds that a dictionary may have values that no
// row has, but not any number of them.
func TestDictionaryOfMoreThanTheRows(t *testing.T) {
	reads, problems := readAll(t, craftedDictionary(2, 100_000), unlimited, corpus.Fields{})
	if len(reads) != 4 || problems != nil {
		t.Errorf("articles %v, problems %v", reads, problems)
	}
	reads, problems = readAll(t, craftedDictionary(2, spareValues+3), unlimited, corpus.Fields{})
	if len(reads) != 0 || len(problems) != 2 || !strings.HasSuffix(problems[0].Message, "it is said to be a dictionary of 1048579 values, for 2 rows") {
		t.Errorf("articles %v, problems %v", reads, problems)
	}
}

// TestSeveralColumns holds that of each role the first column counts that is not
// null in the row.
func TestSeveralColumns(t *testing.T) {
	type row struct {
		Body  *string `parquet:"body"`
		UUID  string  `parquet:"uuid"`
		Text  *string `parquet:"text,dict"`
		ID    *int64  `parquet:"id"`
		Title *string `parquet:"title"`
		Head  *string `parquet:"headline"`
		Last  string  `parquet:"article"`
	}
	var rows []row
	var want []read
	for i := range 200 {
		one := row{UUID: fmt.Sprint("u", i), Last: fmt.Sprint("article ", i)}
		r := read{Line: i + 1, Key: one.UUID, Body: one.Last}
		if i%50 == 7 {
			one.Body = pointer(fmt.Sprint("body ", i))
			r.Body = *one.Body
		}
		if i%3 == 0 || i > 120 {
			one.Text = pointer(fmt.Sprint("text ", i))
			r.Body = *one.Text
		}
		if i == 57 {
			one.Text, r.Body = pointer(""), "" // which is no null
		}
		if i%4 == 0 {
			one.ID, r.Key = pointer(int64(i)), fmt.Sprint(i)
		}
		if i%2 == 0 {
			one.Head = pointer(fmt.Sprint("headline ", i))
			r.Meta.Title = *one.Head
		}
		rows, want = append(rows, one), append(want, r)
	}
	for _, version := range []int{1, 2} {
		for _, group := range []int64{10, 90, 1000} {
			data := write(t, rows, parquetgo.DataPageVersion(version), parquetgo.PageBufferSize(30), parquetgo.MaxRowsPerRowGroup(group))
			reads, problems := readAll(t, data, unlimited, corpus.Fields{})
			if diff := cmp.Diff(want, reads); diff != "" || problems != nil {
				t.Errorf("version %d, %d rows a group: problems %v (-want +got):\n%s", version, group, problems, diff)
			}
		}
	}
}

// TestColumnsThatAreNotNeeded holds that a column is not read where one that is
// preferred to it has no nulls, nor opened before a row needs it.
func TestColumnsThatAreNotNeeded(t *testing.T) {
	type row struct {
		Text *string `parquet:"text"`
		Body *string `parquet:"body"`
	}
	rows := make([]row, 100)
	for i := range rows {
		rows[i] = row{pointer(fmt.Sprint("text ", i)), pointer(fmt.Sprint("body ", i))}
	}
	rows[90].Text = nil
	data := write(t, rows, parquetgo.PageBufferSize(200))
	table, err := openTable(bytes.NewReader(data), int64(len(data)), corpus.Fields{}.OrDefault())
	if err != nil {
		t.Fatal(err)
	}
	if err := table.nextGroup(); err != nil {
		t.Fatal(err)
	}
	body := table.of[corpus.Text][1]
	for i := range rows {
		if err := table.nextRow(); err != nil {
			t.Fatal(err)
		}
		if i < 90 && (body.opened || body.page != nil) {
			t.Fatalf("in row %d the second column is read", i)
		}
		if want := fmt.Sprint("body ", i); i == 90 && string(table.values[corpus.Text]) != want {
			t.Errorf("row %d has %q, want %q", i, table.values[corpus.Text], want)
		}
	}
	leaves := []leaf{{name: "text", kind: text}, {name: "body", kind: text, defined: 1}, {name: "content", kind: text}}
	fields := corpus.Fields{corpus.Text: {"body", "text", "content"}}
	if diff := cmp.Diff([]int{1, 0}, choose(leaves, fields)[corpus.Text]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPagesPassedOver holds that a page is not decompressed of which no row is
// asked for.
func TestPagesPassedOver(t *testing.T) {
	f := craftedFile{rows: 5, groups: 1, codec: 1}
	garbage := craftedPage(30, 4, 2, encodingPlain)
	f.page(garbage, []byte("\xff\xff\xff\xff"))
	f.page(garbage, []byte("\xff\xff\xff\xff"))
	data := append(levels(1, 1), texts("one")...)
	packed := append([]byte{byte(len(data)), byte(len(data)-1) << 2}, data...) // snappy: one literal
	f.page(craftedPage(len(data), len(packed), 1, encodingPlain), packed)
	for row, want := range []string{"", "", "", "", "one"} {
		table, err := openTable(bytes.NewReader(f.bytes()), int64(len(f.bytes())), corpus.Fields{}.OrDefault())
		if err != nil {
			t.Fatal(err)
		}
		if err := table.nextGroup(); err != nil {
			t.Fatal(err)
		}
		value, err := table.columns[0].of(int64(row))
		if string(value) != want || (err == nil) != (want != "") {
			t.Errorf("row %d: %q, error %v", row, value, err)
		}
	}
}
