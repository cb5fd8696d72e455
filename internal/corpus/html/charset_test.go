package html

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

func TestToUTF8(t *testing.T) {
	far := strings.Repeat(" ", 2000)
	tests := []struct {
		name, page, contentType string
		want                    string
		lost                    Lost
	}{
		{"ASCII", "<p>tide", "", "<p>tide", Lost{Charset: "utf-8", At: -1}},
		{"UTF-8, undeclared", "<p>café", "", "<p>café", Lost{Charset: "utf-8", At: -1}},
		{"UTF-8, undeclared and late", far + "café", "", far + "café", Lost{Charset: "utf-8", At: -1}},
		{"UTF-8, declared to be Western", "<meta charset=latin1>café", "", "<meta charset=latin1>café", Lost{Charset: "utf-8", At: -1}},
		{"UTF-8, said to be Western by its server", "café", "text/html; charset=latin1", "cafÃ©", Lost{Charset: "windows-1252"}},
		{"Western, undeclared", "caf\xe9 \x93so\x94", "", "café “so”", Lost{Charset: "windows-1252"}},
		{"Western, late", far + "caf\xe9", "", far + "café", Lost{Charset: "windows-1252"}},
		{"Western, by meta", "<meta charset=iso-8859-1>caf\xe9", "text/html", "<meta charset=iso-8859-1>café", Lost{Charset: "windows-1252"}},
		{"Japanese", "<meta http-equiv=content-type content='text/html; charset=Shift_JIS'>\x93\x8c", "", "<meta http-equiv=content-type content='text/html; charset=Shift_JIS'>東", Lost{Charset: "shift_jis"}},
		{"Japanese in ASCII", "<meta charset=iso-2022-jp>\x1b$BEl\x1b(B", "", "<meta charset=iso-2022-jp>東", Lost{Charset: "iso-2022-jp"}},
		{"the server's word against the page's", "<meta charset=koi8-r>\xd4", "text/html; charset=windows-1251", "<meta charset=koi8-r>Ф", Lost{Charset: "windows-1251"}},
		{"UTF-16", "\xff\xfet\x00i\x00", "text/html; charset=latin1", "ti", Lost{Charset: "utf-16le"}},
		{"a byte order mark", "\uFEFFtide", "", "tide", Lost{Charset: "utf-8", At: -1}},
		{"unknown charset", "café", "text/html; charset=klingon", "café", Lost{Charset: "utf-8", At: -1}},
		{"bad UTF-8", "a\xffb\xfe", "text/html; charset=utf-8", "a\uFFFDb\uFFFD", Lost{Charset: "utf-8", At: 1, Count: 2}},
		{"an encoding that no browser reads", "<meta charset=HZ-GB-2312>It rained. ~{;6S-~}", "", "<meta charset=HZ-GB-2312>It rained. ~{;6S-~}",
			Lost{Charset: "utf-8", At: -1, Unread: "hz-gb-2312"}},
		{"one in a header", "café", "text/html; charset=iso-2022-kr", "café", Lost{Charset: "utf-8", At: -1, Unread: "iso-2022-kr"}},
		{"one in a header, and another in the page", "<meta charset=koi8-r>\xd4", "text/html; charset=iso-2022-cn", "<meta charset=koi8-r>т",
			Lost{Charset: "koi8-r", Unread: "iso-2022-cn"}},
		{"one in both", "<meta charset=iso-2022-cn-ext>caf\xe9", "text/html; charset=hz-gb-2312", "<meta charset=iso-2022-cn-ext>caf\uFFFD",
			Lost{Charset: "utf-8", At: 33, Count: 1, Unread: "hz-gb-2312"}},
		{"one in character references", "<meta charset=hz&#45;gb-2312>café", "", "<meta charset=hz&#45;gb-2312>café",
			Lost{Charset: "utf-8", At: -1, Unread: "replacement"}},
		{"bad Japanese", "\x93\x8c\xff", "text/html; charset=shift_jis", "東\uFFFD", Lost{Charset: "shift_jis", Count: 1}},
	}
	for _, test := range tests {
		got, lost := ToUTF8([]byte(test.page), test.contentType)
		if string(got) != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
		if diff := cmp.Diff(test.lost, lost); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestPlainToUTF8(t *testing.T) {
	for _, test := range []struct{ text, contentType, want string }{
		{"café", "", "café"},
		{"caf\xe9", "text/plain", "caf\uFFFD"},
		{"caf\xe9", "text/plain; charset=ISO-8859-1", "café"},
		{"<meta charset=latin1>caf\xe9", "text/plain; charset=nonsense", "<meta charset=latin1>caf\uFFFD"},
		{"caf\xe9", "text/plain; charset", "caf\uFFFD"},
		{"café", "text/plain; charset=iso-2022-kr", "café"},
	} {
		if got, _ := PlainToUTF8([]byte(test.text), test.contentType); string(got) != test.want {
			t.Errorf("%q, %q: got %q, want %q", test.text, test.contentType, got, test.want)
		}
	}
}

func TestLostProblems(t *testing.T) {
	record := corpus.Record{Line: 4, Offset: 100, Data: []byte("0123\n5\xff")}
	for _, test := range []struct {
		lost Lost
		want corpus.Problem
	}{
		{Lost{Count: 1, At: 1, Charset: "utf-8"}, corpus.Problem{Line: 4, Offset: 106, Kind: corpus.InvalidUTF8, Message: "1 byte that is not UTF-8 is replaced by U+FFFD"}},
		{Lost{Count: 3, Charset: "euc-jp"}, corpus.Problem{Line: 4, Offset: 105, Kind: corpus.InvalidUTF8, Message: "characters that are none in euc-jp are replaced by U+FFFD: 3"}},
	} {
		if diff := cmp.Diff(test.want, test.lost.Problem(record, 5)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// TestUnreadEncoding holds that the text of a page in an encoding that is not
// read stands as it is, and that this is said.
func TestUnreadEncoding(t *testing.T) {
	articles, problems := readFile(t, "<meta charset=iso-2022-kr><p>It rained.\xff")
	want := []corpus.Problem{
		{Line: 1, Kind: corpus.BadRecord, Message: `the page is read as utf-8, for it names an encoding that is not read, as by no browser: "iso-2022-kr"`},
		{Line: 1, Offset: 39, Kind: corpus.InvalidUTF8, Message: "1 byte that is not UTF-8 is replaced by U+FFFD"},
	}
	if diff := cmp.Diff(want, problems); diff != "" || len(articles) != 1 || string(articles[0].Body) != "It rained.\uFFFD" {
		t.Errorf("articles %v (-want +got):\n%s", articles, diff)
	}
}

// TestFileWithMark reads a page whose byte order mark, which the stream takes
// away, is all that says against its meta element.
func TestFileWithMark(t *testing.T) {
	articles, problems := readFile(t, "\uFEFF<meta charset=koi8-r><p>café")
	if len(articles) != 1 || string(articles[0].Body) != "café" || problems != nil {
		t.Errorf("articles %v, problems %v", articles, problems)
	}
	articles, problems = readFile(t, "<p>caf\xe9\n\n<p>\xff <meta charset=utf-8>")
	want := []corpus.Problem{{Line: 1, Offset: 6, Kind: corpus.InvalidUTF8, Message: "2 bytes that are not UTF-8 are replaced by U+FFFD"}}
	if diff := cmp.Diff(want, problems); diff != "" || len(articles) != 1 {
		t.Errorf("%d articles (-want +got):\n%s", len(articles), diff)
	}
}
