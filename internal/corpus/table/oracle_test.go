package table

import (
	"bytes"
	"encoding/csv"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// rows returns the fields of all rows, false where a quote is not closed.
func rows(s syntax, input string) (all [][]string, sound bool) {
	window, r := []byte(input), row{syntax: s}
	for len(window) > 0 {
		if r.scan(window, true) != ended {
			return nil, false
		}
		n := r.pos
		if line := window[:n]; n > 0 && string(line) != "\r" {
			var one []string
			for rest := s.fieldsOf(line); ; {
				f, ok := rest.next()
				if !ok {
					break
				}
				value, _ := s.appendValue(nil, f)
				one = append(one, string(value))
			}
			all = append(all, one)
		}
		n = min(n+1, len(window))
		r.begin(n)
		window = window[n:]
	}
	return all, true
}

// checkRows holds the rows to encoding/csv, which reads CR LF in a quoted field
// as LF.
func checkRows(t *testing.T, input string, separator byte) {
	t.Helper()
	got, sound := rows(syntax{separator: separator}, input)
	if !sound {
		return
	}
	reader := csv.NewReader(strings.NewReader(input))
	reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord = rune(separator), true, -1
	want, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("%q: %v", input, err)
	}
	for _, one := range got {
		for i := range one {
			one[i] = strings.ReplaceAll(one[i], "\r\n", "\n")
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%q (-encoding/csv +rows):\n%s", input, diff)
	}
}

var pieces = []string{`"`, `""`, ",", "\n", "\r\n", "\r", "a", "é", " ", "\x00", ";", "\t", `\`, "It rained.", `"x"`, `,"`, `",`, "\"\n", "\n\""}

func randomInput(random *rand.Rand) string {
	var b strings.Builder
	for range random.IntN(16) {
		b.WriteString(pieces[random.IntN(len(pieces))])
	}
	return b.String()
}

func TestRowsAreEncodingCSV(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 0))
	for range 50_000 {
		if checkRows(t, randomInput(random), ",;\t"[random.IntN(3)]); t.Failed() {
			t.Fatalf("seed %d", seeded.Seed())
		}
	}
}

// TestTablesOfEncodingCSV reads tables that it has written, through the formats.
func TestTablesOfEncodingCSV(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 1))
	for range 2000 {
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		w.Comma, w.UseCRLF = rune(",;\t"[random.IntN(3)]), false
		w.Write([]string{"title", "text", "id"})
		var want []string
		for range random.IntN(6) {
			text := randomInput(random)
			want = append(want, text)
			w.Write([]string{randomInput(random), text, "x"})
		}
		w.Flush()
		formats := []corpus.Format{CSV(corpus.Fields{})}
		if w.Comma == '\t' && !strings.Contains(out.String(), `\`) {
			formats = append(formats, TSV(corpus.Fields{}))
		}
		for _, format := range formats {
			for _, wrap := range []func(io.Reader) io.Reader{whole, iotest.OneByteReader} {
				reads, problems := readAll(t, format, wrap(bytes.NewReader(out.Bytes())), 1<<12)
				var got []string
				for _, r := range reads {
					got = append(got, r.Body)
				}
				if diff := cmp.Diff(want, got); diff != "" || problems != nil {
					t.Fatalf("seed %d, %q: problems %v (-want +got):\n%s", seeded.Seed(), out.String(), problems, diff)
				}
			}
		}
	}
}

// FuzzRows holds the rows to encoding/csv, and that the size of the reads makes
// no difference, whatever the limit.
func FuzzRows(f *testing.F) {
	for _, seed := range []string{"id,text\na,\"one\nb,\"two\"\n", "id,text\na,one\nb,\"x\"\"\ny\"\n", "text\tid\n\"a\tb\n\"c\"\td\n", "text\n\"open\nx\ny\n"} {
		f.Add(seed, byte(','), 20)
		f.Add(seed, byte('\t'), 4000)
	}
	f.Fuzz(func(t *testing.T, input string, separator byte, limit int) {
		if !strings.Contains(",;\t", string(rune(separator))) || limit < 0 || len(input) > 8<<10 {
			t.Skip("no such separator, or nothing new")
		}
		checkRows(t, input, separator)
		for _, format := range []corpus.Format{CSV(corpus.Fields{}), TSV(corpus.Fields{})} {
			first, problems := readAll(t, format, strings.NewReader("id,text\n"+input), 8<<10)
			again, problemsAgain := readAll(t, format, iotest.OneByteReader(strings.NewReader("id,text\n"+input)), 8<<10)
			if diff := cmp.Diff(first, again) + cmp.Diff(problems, problemsAgain); diff != "" {
				t.Fatalf("%q (-whole +bytes):\n%s", input, diff)
			}
			readAll(t, format, strings.NewReader("text\tid\n"+input), limit)
			readAll(t, format, iotest.HalfReader(strings.NewReader(input)), limit)
		}
	})
}
