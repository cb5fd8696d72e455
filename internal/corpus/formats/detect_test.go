package formats_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/snappy"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
)

const (
	aBundle = "<<<FILE a>>>\ntext\n"
	aLine   = `{"id":"a","text":"text"}` + "\n"
	aText   = "It rained in Lindmouth.\n"
	aTable  = "id,text\na,text\n"
	aPage   = "<!DOCTYPE html>\n<p>It rained in Lindmouth.\n"

	anArchive = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
)

func TestDetect(t *testing.T) {
	remarks := strings.Repeat("A remark above the bundle.\n", 1000)
	const (
		unknown = "its format cannot be told: no line begins with <<<FILE, as in a bundle, and it begins like no JSON, table, page or web archive with articles; " +
			"--input-format text reads it as one article"
		binary = "binary data (it holds NUL or control bytes), not text"
		zip    = "a ZIP archive: unpack it first, and name the folder"
		png    = "a PNG picture, not text"
	)
	const picture = "\x89PNG\r\n\x1A\n"
	noise := compressedNoise()
	aParquet, _ := encodeParquet([]article{{"a", "text\n"}}, parquetgo.Compression(&snappy.Codec{}))
	tests := []struct {
		name, text string
		folder     bool
		forced     string
		want       string // format
		problem    string
	}{
		{name: "a.txt", text: aBundle, want: "bundle"},
		{name: "bundle", text: aBundle, want: "bundle"},
		{name: "a.txt", text: remarks + aBundle, want: "bundle"},
		{name: "a.txt", text: remarks + remarks + remarks + aBundle, problem: strings.Replace(unknown, "no line", "no line in its first 64 KiB", 1)},
		{name: "a.jsonl", text: aLine, want: "jsonl"},
		{name: "a.txt", text: aLine, want: "jsonl"},
		{name: "a.ndjson", text: aText, want: "jsonl"},
		{name: "a.JSONL.gz", text: aText, want: "jsonl"},
		{name: "a.jsonl", text: aBundle, want: "bundle"},
		{name: "a.txt", text: aText, problem: unknown},
		{name: "a.txt", text: aText, forced: "text", want: "text"},
		{name: "a.jsonl", text: aLine, forced: "text", want: "text"},
		{name: "a.txt", text: aText, forced: "bundle", want: "bundle"},
		{name: "a.txt", text: aText, folder: true, want: "text"},
		{name: "a.MD", text: aText, folder: true, want: "text"},
		{name: "a.text.zst", text: aText, folder: true, want: "text"},
		{name: "a.txt", text: aBundle, folder: true, want: "bundle"},
		{name: "a.txt", text: aLine, folder: true, want: "text"},
		{name: "a.jsonl", text: aBundle, folder: true, want: "jsonl"},
		{name: "a.story", text: aText, folder: true, forced: "text", want: "text"},
		{name: "a.json", text: "[\n" + aLine + "]\n", want: "json"},
		{name: "a.txt", text: "[\n" + aLine + "]\n", want: "json"},
		{name: "a.txt", text: "[\n" + aLine + "]\n", folder: true, want: "text"},
		{name: "a.jsonl", text: "[\n" + aLine + "]\n", want: "jsonl"},
		{name: "a.json", text: "{\n\"id\": 1,\n\"x\": [\n{}\n]}\n", want: "json"},
		{name: "a.json", text: "{\n\"id\": 1\n}\n", folder: true, want: "json"},
		{name: "a.json", text: `{"n":1,"articles":[` + aLine + "]}", want: "json"},
		{name: "a.json", text: "[1, 2]", folder: true, want: "json"},
		{name: "a.json.gz", text: "[]", want: "json"},
		{name: "a.json", text: aLine, want: "jsonl"},
		{name: "a.json", text: aLine, folder: true, want: "jsonl"},
		{name: "a.json", text: aBundle, want: "bundle"},
		{name: "a.json", text: aBundle, folder: true, want: "json"},
		{name: "a", text: "[" + aLine + "]", folder: true, want: "json"},
		{name: "a.csv", text: aTable, want: "csv"},
		{name: "a.CSV.gz", text: aTable, folder: true, want: "csv"},
		{name: "a.csv", text: "text\n\"" + aBundle + "\"\n", want: "csv"},
		{name: "a.csv", text: aText, want: "csv"},
		{name: "a.tsv", text: "id\ttext\na\tone\n", want: "tsv"},
		{name: "a.tab", text: "id\ttext\na\tone\n", folder: true, want: "tsv"},
		{name: "a.txt", text: aTable, want: "csv"},
		{name: "a.txt", text: aTable, folder: true, want: "text"},
		{name: "a.txt", text: "id\ttext\na\tone\n", want: "tsv"},
		{name: "a.dat", text: "id;text\na;one\n", want: "csv"},
		{name: "a", text: aTable, folder: true, want: "csv"},
		{name: "a.txt", text: aTable, forced: "jsonl", want: "jsonl"},
		{name: "a.txt", text: "text, they said\nand more, too\n", problem: unknown},
		{name: "a.txt", text: "\xFF\xFEI\x00t\x00", problem: unknown},
		{name: "a.txt", text: "\xFE\xFF\x00I\x00t", folder: true, want: "text"},
		{name: "a.txt", text: "\xFF\xFE\x01\x00\x02\x00\x03\x00", folder: true, problem: binary},
		{name: "a.txt", text: "I\x00t\x00 \x00", problem: binary},
		{name: "a.txt", text: "I\x00t\x00 \x00", folder: true, problem: binary},
		{name: "a.bin", text: "I\x00t\x00 \x00", folder: true, forced: "text", problem: binary},
		{name: "a.txt", text: "I\x00t\x00 \x00", forced: "text", problem: binary},
		{name: "a.txt", text: "One\x00 stray NUL is no reason to refuse a text.", folder: true, want: "text"},
		{name: "a.txt", text: "<<<FILE a>>>\n\x00\x00\x00\x00", want: "bundle"},
		{name: "a.txt.gz", text: xzipped(aBundle), problem: "compressed twice: unpack it once"},
		{name: "a.txt.zst", text: gzipped(aBundle), problem: "compressed twice: unpack it once"},
		{name: "a.txt.gz", text: aBundle, folder: true, want: "bundle"},
		{name: "a.jsonl.bz2", text: aLine, folder: true, want: "jsonl"},
		{name: "a.txt.xz", text: aText, folder: true, want: "text"},
		{name: "a.zip", text: "PK\x03\x04\x14", problem: zip},
		{name: "a.zip", text: "PK\x03\x04\x14a.txt" + aBundle + "\n" + aBundle, problem: zip},
		{name: "a.txt", text: "PK\x03\x04\x14\n" + aBundle, folder: true, forced: "bundle", problem: zip},
		{name: "a.txt", text: picture + noise, problem: png},
		{name: "a.txt", text: picture + noise, forced: "text", problem: png},
		{name: "a.txt", text: picture + noise, folder: true, problem: png},
		{name: "a.jsonl", text: picture + noise, folder: true, problem: png},
		{name: "a.txt.gz", text: picture + noise, folder: true, problem: png},
		{name: "a.txt", text: noise, folder: true, problem: binary},
		{name: "a.txt", text: noise, forced: "jsonl", problem: binary},
		{name: "a.txt", text: noise + "\n" + aBundle, problem: binary},
		{name: "a.txt", text: noise + "\n" + aBundle, folder: true, problem: binary},
		{name: "a.html", text: aPage, want: "html"},
		{name: "a", text: "\n<HTML lang=en>", want: "html"},
		{name: "a.txt", text: "<!-- saved -->\n<!doctype HTML>", want: "html"},
		{name: "a.xhtml", text: "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC>", want: "html"},
		{name: "a.html", text: aText, want: "html"},
		{name: "a.html", text: aBundle, want: "bundle"},
		{name: "a.html", text: aLine, want: "jsonl"},
		{name: "a.html", text: aPage, forced: "text", want: "text"},
		{name: "a.HTM", text: aText, folder: true, want: "html"},
		{name: "a.html", text: aBundle, folder: true, want: "html"},
		{name: "a.txt", text: aPage, folder: true, want: "text"},
		{name: "w", text: aPage, folder: true, want: "html"},
		{name: "a.txt", text: "<<<FILE a>>>\n" + aPage, want: "bundle"},
		{name: "a.html", text: picture + noise, folder: true, problem: png},
		{name: "a.warc", text: anArchive, want: "warc"},
		{name: "a.warc.gz", text: anArchive + noise, want: "warc"},
		{name: "a.wet", text: anArchive, folder: true, want: "warc"},
		{name: "a.warc.gz.bad", text: anArchive, want: "warc"},
		{name: "a.txt", text: anArchive + aBundle, want: "warc"},
		{name: "a.txt", text: anArchive, folder: true, want: "text"},
		{name: "w", text: anArchive, folder: true, want: "warc"},
		{name: "a.arc", text: "filedesc://a.arc 0.0.0.0 20240304050607 text/plain 0\n", want: "warc"},
		{name: "a.warc", text: "warc/list.gz\n", want: "warc"},
		{name: "a.warc", text: noise, folder: true, problem: binary},
		{name: "a.wacz", text: "PK\x03\x04\x14", problem: "a WACZ archive: unpack it first (unzip), and name its folder archive"},
		{name: "a.txt", text: aParquet, want: "parquet"},
		{name: "a.jsonl", text: aParquet, folder: true, want: "parquet"},
		{name: "a.Parquet", text: aParquet, folder: true, want: "parquet"},
		{name: "train", text: aParquet, folder: true, want: "parquet"},
		{name: "a.parquet.gz", text: aParquet, folder: true, want: "parquet"},
		{name: "a.parquet", text: aLine, want: "jsonl"},
		{name: "a.parquet", text: aParquet, forced: "text", problem: "a Parquet file, not text: --input-format parquet reads it"},
		{name: "a.txt", text: aText, forced: "parquet", problem: "not a Parquet file: it does not begin with PAR1"},
		{name: "w", text: aBundle, folder: true, want: "bundle"},
		{name: "w.gz", text: aLine, folder: true, want: "jsonl"},
		{name: "a.txt", text: "remarks\n<<<file a>>>\ntext\n", problem: "not a bundle, but line 2 reads almost like a header: " +
			`"<<<file a>>>" (a header begins with <<<FILE and a blank, in column one)`},
	}
	for _, test := range tests {
		dir := t.TempDir()
		stored := test.text
		switch {
		case strings.HasSuffix(test.name, ".gz"):
			stored = gzipped(stored)
		case strings.HasSuffix(test.name, ".zst"):
			stored = zstandard(stored)
		}
		path := write(t, dir, test.name, stored)
		named := path
		if test.folder {
			named = dir
		}
		c := open(t, nil, corpus.Options{Format: test.forced}, named)
		r := read(t, c)
		if infos := c.Inputs(); len(infos) != 1 || infos[0].Format != test.want {
			t.Errorf("%s, %.20q in folder %t: inputs %v, want %q", test.name, test.text, test.folder, infos, test.want)
		}
		if test.problem == "" {
			continue
		}
		want := []corpus.Problem{{Path: path, Kind: corpus.UnknownFormat, Message: test.problem}}
		if diff := cmp.Diff(want, r.problems); diff != "" {
			t.Errorf("%s, %.20q in folder %t, problems (-want +got):\n%s", test.name, test.text, test.folder, diff)
		}
	}
}

// compressedNoise is bytes as compressed data has them, the first of which are no NUL.
func compressedNoise() string {
	random := rand.New(rand.NewPCG(1, 1))
	noise := make([]byte, 5000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
		if i < 500 && noise[i] == 0 {
			noise[i] = 1
		}
	}
	return string(noise)
}

// TestContainers holds that files of other kinds are called by their names, and
// texts that begin alike are not.
func TestContainers(t *testing.T) {
	member := "PK\x03\x04" + strings.Repeat("\x00", 26)
	for start, want := range map[string]string{
		"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00":                              "a JPEG picture, not text",
		"GIF89a\x01\x00\x01\x00":                                        "a GIF picture, not text",
		"RIFF\x10\x00\x00\x00WEBPVP8 ":                                  "a WebP picture, not text",
		"RIFF\x10\x00\x00\x00WAVEfmt ":                                  "a sound or film (RIFF), not text",
		"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n":                                 "a PDF document, not text: convert it first (pdftotext)",
		"\x7FELF\x02\x01\x01\x00":                                       "a program (ELF), not text",
		"PAR1\x15\x04\x15":                                              "a Parquet file, not text: --input-format parquet reads it",
		"SQLite format 3\x00\x10":                                       "an SQLite database, not text",
		member + "[Content_Types].xml \xA2":                             "an Office document (DOCX, XLSX or PPTX), not text: save it as text first",
		member + "mimetypeapplication/epub+zipPK":                       "an EPUB book, not text: convert it first",
		"a.txt" + strings.Repeat("\x00", 252) + "ustar  \x00":           "a tar archive: unpack it first, and name the folder",
		"PAR1 is not the same as PAR2.\n":                               "",
		"GIF87a was the first of them.\n":                               "",
		"RIFFs are short.\n":                                            "",
		"ID3 tags, and what ftyp is.\n":                                 "",
		strings.Repeat("x", zipNameAt) + "mimetypeapplication/epub+zip": "",
	} {
		r := read(t, open(t, strings.NewReader(start), corpus.Options{Format: "text"}, "-"))
		var got string
		if len(r.problems) > 0 {
			got = r.problems[0].Message
		}
		if got != want || (len(r.articles) == 1) != (want == "") {
			t.Errorf("%.20q: %d articles, problems %v, want %q", start, len(r.articles), r.problems, want)
		}
	}
}

// zipNameAt is where a ZIP archive has the name of its first member.
const zipNameAt = 30

func TestResemblance(t *testing.T) {
	const unknown = "its format cannot be told: no line begins with <<<FILE, as in a bundle, and it begins like no JSON, table, page or web archive with articles; " +
		"--input-format text reads it as one article"
	for text, want := range map[string]string{
		"id,title,story\na,b,c\n":                     "looks like a table (its first line names the columns id, title, story, …), but none is known to be the text; --text-field names it",
		"\"id\";\"the text\"\r\n1;a\r\n":              "looks like a table (its first line names the columns id, the text, …), but none is known to be the text; --text-field names it",
		"id\ttitle\turl\n":                            "looks like a table (its first line names the columns id, title, url, …), but none is known to be the text; --text-field names it",
		"<?xml version=\"1.0\"?>":                     "looks like XML, which is not read, nor are the feeds in it (RSS, Atom); --input-format text reads it as one article, tags and all",
		"\n<RSS version=\"2.0\">\n<channel>":          "looks like XML, which is not read, nor are the feeds in it (RSS, Atom); --input-format text reads it as one article, tags and all",
		"[]":                                          unknown,
		"[Reuters] It rained.\n":                      unknown,
		"{{Infobox}} It rained.\n":                    unknown,
		"In Lindmouth, it rained; it rained again.\n": unknown,
		"Friday\n":                                    unknown,
		"Friday, Saturday\n":                          unknown,
		"a\tb c d e\n":                                unknown,
		"<p>It rained.</p>":                           unknown,
	} {
		r := read(t, open(t, strings.NewReader(text), corpus.Options{}, "-"))
		if len(r.problems) != 1 || r.problems[0].Message != want {
			t.Errorf("%.20q: problems %v, want %q", text, r.problems, want)
		}
	}
}

func TestUnknownStandardInput(t *testing.T) {
	r := read(t, open(t, strings.NewReader(aText), corpus.Options{}, "-"))
	if len(r.problems) != 1 || r.problems[0].Kind != corpus.UnknownFormat || r.problems[0].Path != "-" {
		t.Errorf("problems %v", r.problems)
	}
}

func TestUnknownFormatName(t *testing.T) {
	_, err := formats.Open([]string{"-"}, strings.NewReader(""), corpus.Options{Format: "jsno"})
	if err == nil || err.Error() != `unknown input format "jsno": it is one of bundle, jsonl, json, csv, tsv, html, warc, parquet, text` {
		t.Errorf("error %v", err)
	}
}
