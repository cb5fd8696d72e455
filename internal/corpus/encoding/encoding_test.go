package encoding

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestNamed(t *testing.T) {
	for label, want := range map[string]string{
		"utf-8": "", "UTF8": "", "latin1": "windows-1252", "ISO-8859-1": "windows-1252", "cp1251": "windows-1251", " Shift_JIS ": "shift_jis",
		"utf-16": "utf-16le", "utf-16be": "utf-16be", "gb18030": "gb18030",
	} {
		got, err := Named(label)
		if name := nameOf(got); err != nil || name != want {
			t.Errorf("%q: %q, error %v; want %q", label, name, err, want)
		}
	}
	for _, label := range []string{"", "latin-nine", "iso-2022-kr", "replacement"} { // the last two are refused by the web
		if got, err := Named(label); err == nil {
			t.Errorf("%q: %q", label, nameOf(got))
		}
	}
}

func nameOf(e *Encoding) string {
	if e == nil {
		return ""
	}
	return e.Name
}

func utf16Of(t testing.TB, order unicode.Endianness, text string) string {
	t.Helper()
	out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDetect(t *testing.T) {
	latin := "The ferry sails on Monday, “if the tide allows”.\n"
	for name, test := range map[string]struct{ head, want string }{
		"empty":                    {"", ""},
		"ASCII":                    {latin, ""},
		"a mark":                   {"\xFF\xFE", "utf-16le"},
		"a mark, big-endian":       {"\xFE\xFF\x00I", "utf-16be"},
		"a mark of 32 bits":        {"\xFF\xFE\x00\x00I\x00\x00\x00", "utf-32le"},
		"likewise, big-endian":     {"\x00\x00\xFE\xFF\x00\x00\x00I", "utf-32be"},
		"no mark":                  {utf16Of(t, unicode.LittleEndian, latin), "utf-16le"},
		"no mark, big-endian":      {utf16Of(t, unicode.BigEndian, latin), "utf-16be"},
		"no mark, an odd length":   {utf16Of(t, unicode.LittleEndian, latin) + "x", "utf-16le"},
		"no mark, long":            {utf16Of(t, unicode.LittleEndian, strings.Repeat(latin, 1000)), "utf-16le"},
		"no mark, too short":       {utf16Of(t, unicode.LittleEndian, "It rained."), ""},
		"no mark, other letters":   {utf16Of(t, unicode.LittleEndian, strings.Repeat("Паром идёт в понедельник.\n", 10)), ""},
		"zeros":                    {strings.Repeat("\x00", 100), ""},
		"small numbers":            {strings.Repeat("\x01\x00\x02\x00", 100), ""},
		"numbers and zeros":        {strings.Repeat("a\x00b\x00\x00\x00", 100), ""},
		"numbers of 32 bits":       {strings.Repeat("a\x00\x00\x00", 100), ""},
		"text with a NUL":          {latin + "\x00" + latin, ""},
		"UTF-8 with a mark":        {"\uFEFF" + latin, ""},
		"a picture":                {"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00", ""},
		"both halves are letters ": {strings.Repeat("a\x00\x00a", 100), ""},
	} {
		if got := nameOf(Detect([]byte(test.head))); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestReader(t *testing.T) {
	text := strings.Repeat("Паром 渡し船 “идёт” � ïn «понедельник», ﬁ\n", 500)
	const bad = "\xFF"
	tests := []struct{ label, stored, want string }{
		{"utf-16le", utf16Of(t, unicode.LittleEndian, text), strings.ReplaceAll(text, "�", bad)},
		{"utf-16be", utf16Of(t, unicode.BigEndian, text), strings.ReplaceAll(text, "�", bad)},
		{"utf-16le", "a\x00\x00\xD8b\x00c", "a" + bad + "b" + bad},
		{"windows-1251", "\xCF\xE0\xF0\xEE\xEC\x98", "Паром" + bad},
		{"windows-1252", "caf\xE9\x81", "café" + bad},
		{"shift_jis", "\x91\x44\x81\x00x", "船" + bad + "\x00x"},
		{"utf-16le", "", ""},
		{"windows-1252", strings.Repeat("\x81", 5000), strings.Repeat(bad, 5000)},
	}
	for _, test := range tests {
		e, err := Named(test.label)
		if err != nil {
			t.Fatal(err)
		}
		for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader} {
			got, err := io.ReadAll(e.NewReader(wrap(strings.NewReader(test.stored))))
			if string(got) != test.want || err != nil {
				t.Errorf("%s: %.40q, error %v; want %.40q", test.label, got, err, test.want)
			}
		}
	}
}

// TestReaderBreaksOff holds that what stands before an error is read.
func TestReaderBreaksOff(t *testing.T) {
	got, err := io.ReadAll(utf16LE.NewReader(io.MultiReader(strings.NewReader("a\x00b\x00"), iotest.ErrReader(io.ErrUnexpectedEOF))))
	if string(got) != "ab" || err != io.ErrUnexpectedEOF {
		t.Errorf("%q, error %v", got, err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("a\x00\x00\xD8b\x00c"), "utf-16le")
	f.Add([]byte("\x91\x44\x81\x00x"), "shift_jis")
	f.Add([]byte("\x84\x31\xA4\x37"), "gb18030")
	f.Fuzz(func(t *testing.T, stored []byte, label string) {
		e, err := Named(label)
		if err != nil || e == nil {
			return
		}
		first, err := io.ReadAll(e.NewReader(strings.NewReader(string(stored))))
		if err != nil {
			t.Fatal(err)
		}
		second, err := io.ReadAll(e.NewReader(iotest.OneByteReader(strings.NewReader(string(stored)))))
		if string(first) != string(second) || err != nil {
			t.Errorf("%q at once, %q in pieces, error %v", first, second, err)
		}
		FromWindows1252(stored)
		Detect(stored)
	})
}

func BenchmarkReader(b *testing.B) {
	text := strings.Repeat("The ferry between Lindmouth and the isle sails again, “if the tide allows”.\n", 10_000)
	for _, test := range []struct{ label, stored string }{
		{"utf-16le", utf16Of(b, unicode.LittleEndian, text)},
		{"windows-1252", must(charmap.Windows1252.NewEncoder().String(text))},
		{"shift_jis", must(japanese.ShiftJIS.NewEncoder().String(strings.Repeat("誰も知らない。", 10_000)))},
		{"gb18030", must(simplifiedchinese.GB18030.NewEncoder().String(strings.Repeat("誰も知らない。", 10_000)))},
	} {
		e, err := Named(test.label)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(test.label, func(b *testing.B) {
			b.SetBytes(int64(len(test.stored)))
			for b.Loop() {
				io.Copy(io.Discard, e.NewReader(strings.NewReader(test.stored)))
			}
		})
	}
}

func must(text string, err error) string {
	if err != nil {
		panic(err)
	}
	return text
}
