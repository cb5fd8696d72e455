package runfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/text"
)

var update = flag.Bool("update", false, "write the file of this version anew")

// example is a run with something of everything that is kept.
func example() *Run {
	floor := dedup.DefaultOptions()
	floor.Threshold, floor.Containment, floor.Explained, floor.Paragraphs = 0.5, 0.4, true, text.Blank
	result := &dedup.Result{
		Options: floor,
		Articles: []dedup.ArticleInfo{
			{Key: "a\"\x1b\u2028<b>", Source: "Harbour Courier", Path: "news.txt", Line: 1, Words: 40, Bytes: 200, Lead: "The lock gate\n"},
			{Key: "b", Path: "news.txt", Line: 7, Input: 1, Offset: 1 << 40, Words: 40, Bytes: 201, Lead: "The lock gate",
				Meta: &corpus.Meta{Title: "Gate", URL: "https://x.test", Language: "en", Published: time.Date(2031, 3, 4, 5, 6, 7, 0, time.UTC)}},
			{Key: "c", Path: "-", Line: 9, Words: 12, Bytes: 80},
		},
		Pairs: []dedup.Pair{
			{Kind: dedup.Exact, A: 0, B: 1, Similarity: 1, AInB: 1, BInA: 1, Shared: 36, ShinglesA: 36, ShinglesB: 36, Fingerprint: 1<<63 + 1},
			{Kind: dedup.Contained, A: 0, B: 2, Similarity: 1.0 / 3, AInB: 0.1, BInA: 7.0 / 8, Shared: 7, ShinglesA: 36, ShinglesB: 8,
				Label: dedup.CutVersion, Difference: &dedup.Difference{Same: 3, Changes: []dedup.Change{{Kind: dedup.WordChange, A: "x", LineA: 2}}}},
		},
		Repeats: []dedup.Repeat{{
			Class: dedup.Across, Similarity: 0.95, Words: 9, Text: "a paragraph", Fingerprint: 7, AtText: 8, OfText: 9,
			At: dedup.ParagraphPlace{Article: 2, Paragraph: 1, Line: 9, EndLine: 9, Column: 1, End: 11}, Of: dedup.ParagraphPlace{Article: 0, Paragraph: 2, Line: 2, Start: 20, End: 31},
		}},
		Problems: []corpus.Problem{{Path: "news.txt", Line: 3, Offset: 12, Kind: corpus.StrayText, Message: "lost"}},
		Summary:  dedup.Summary{Articles: 3, Words: 92, Bytes: 481, Problems: 1, Exact: 1, Contained: 1, RepeatsAcross: 1},
		Check:    &dedup.Check{Articles: 2, Others: 2, Of: 2, Pairs: 1, Found: 1, Threshold: 0.5, Containment: 0.4},
	}
	result.Texts = []uint64{1<<64 - 1, 1<<64 - 1, 5}
	return &Run{Program: "v1.2.3", Asked: dedup.DefaultOptions(), Survey: &dedup.Survey{
		Result: result, TextHashes: result.Texts,
		Copies:     []dedup.Copies{{First: 0, Others: []dedup.ArticleID{1}}},
		Paragraphs: dedup.Kin{Standings: []dedup.KinStanding{{Article: 0, Paragraph: 2, Text: 0}, {Article: 2, Paragraph: 1, Text: 1}}, Near: [][2]uint32{{0, 1}}},
	}}
}

func written(t testing.TB, run *Run) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, run); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestRead holds that what was written is read back, twice written the same bytes, and that the
// file of each version is read for ever.
func TestRead(t *testing.T) {
	file := written(t, example())
	if !bytes.Equal(file, written(t, example())) {
		t.Error("one run gives two files")
	}
	const kept = "testdata/version1.run"
	if *update {
		if err := os.WriteFile(kept, file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{file, old} {
		got, err := Read(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(example(), got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("(-written +read):\n%s", diff)
		}
	}
}

// TestDamaged holds that no cut and no change of a byte passes.
func TestDamaged(t *testing.T) {
	file := written(t, example())
	for at := range file {
		if _, err := Read(bytes.NewReader(file[:at])); err == nil {
			t.Fatalf("read, cut to %d bytes", at)
		}
		damaged := bytes.Clone(file)
		damaged[at] ^= 0x10
		if _, err := Read(bytes.NewReader(damaged)); err == nil {
			t.Fatalf("read, with byte %d changed", at)
		}
	}
	if _, err := Read(bytes.NewReader(append(file, 'x'))); !errors.Is(err, errDamaged) {
		t.Errorf("with a byte more: %v", err)
	}
}

// pairOf are the values of a run of a pair with these fields.
func pairOf(fields string) string {
	return `{"result": {}, "articles": 2, "pairs": 1}{}{}{"A": 0, "B": 1, ` + fields + `}`
}

// packed is a file of these values, with a right checksum.
func packed(t testing.TB, version, values string) []byte {
	t.Helper()
	var out bytes.Buffer
	out.WriteString(magic + version + "\n")
	w, err := compress.NewWriter(compress.Zstd, &out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(values)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return binary.BigEndian.AppendUint64(out.Bytes(), xxhash.Sum64(out.Bytes()))
}

func TestRefused(t *testing.T) {
	broken := errors.New("broken")
	for _, test := range []struct {
		file []byte
		want string
	}{
		{nil, "it is no saved run"},
		{[]byte("<<<FILE a>>>\nsome news in a bundle\n"), "it is no saved run"},
		{[]byte(magic + "one\n"), "it is no saved run"},
		{[]byte(magic + "0\n"), "it is no saved run"},
		{packed(t, "2", "{}"), "it was written by a newer newsdedup: its version is 2, and up to 1 is read"},
		{packed(t, "1", ""), "decoding its head: EOF"},
		{packed(t, "1", "{}"), "decoding its head: there is no result"},
		{packed(t, "1", `{"result": {}, "pairs": 1}{"A": 0, "B": 1}`), "it speaks of articles that are not in it"},
		{packed(t, "1", `{"result": {}, "articles": 2}{}`), "decoding article 2 of 2: EOF"},
		{packed(t, "1", `{"result": {}, "program": "`+strings.Repeat("a", freeBytes+8<<20)+`"}`), "decoding its head: unexpected EOF"},
		{packed(t, "1", pairOf(`"Kind": "repeat"`)), `pair 1: unknown kind "repeat"`},
		{packed(t, "1", pairOf(`"Kind": "near", "Label": "\u001b[2J"`)), `pair 1: unknown label "\x1b[2J"`},
		{packed(t, "1", pairOf(`"Kind": "near", "Difference": {"Changes": [{"Kind": "\u001b[2J"}]}`)), `pair 1: unknown kind of change "\x1b[2J"`},
		{packed(t, "1", `{"result": {}, "articles": 1, "repeats": 1}{}{"Class": "\u001b[2J"}`), `repeat 1: unknown class "\x1b[2J"`},
	} {
		if _, err := Read(bytes.NewReader(test.file)); err == nil || err.Error() != test.want {
			t.Errorf("%.40q: %v, want %s", test.file, err, test.want)
		}
	}
	if _, err := Read(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Error(err)
	}
	if got, err := Read(bytes.NewReader(packed(t, "1", `{"result": {"Fruit": 1}, "later": [1]}`))); err != nil || got.Survey == nil {
		t.Errorf("with fields of later: %v", err)
	}
}

// FuzzRead holds that no values of an intact file break the reader, nor what is asked of the
// survey.
func FuzzRead(f *testing.F) {
	f.Add(`{"result": {"Options": {"Kinds": ["near"], "ShingleSize": 5}}, "articles": 1}{"article": {"Key": "a"}, "text_hash": 1}`)
	f.Add(`{"result": {}, "articles": 2, "pairs": 1, "copies": [{"First": 0, "Others": [1]}]}{}{}{"Kind": "exact", "A": 0, "B": 1}`)
	f.Fuzz(func(t *testing.T, values string) {
		run, err := Read(bytes.NewReader(packed(t, "1", values)))
		if err != nil {
			return
		}
		options := run.Survey.Result.Options
		options.Workers, options.Explained = 1, strings.Contains(values, "x")
		_, _ = run.Survey.At(options)
	})
}
