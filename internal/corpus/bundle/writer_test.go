package bundle

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

func write(t testing.TB, articles ...[2]string) string {
	t.Helper()
	var out bytes.Buffer
	w := NewWriter(&out)
	for _, article := range articles {
		if err := w.Write(article[0], []byte(article[1])); err != nil {
			t.Fatalf("writing %q: %v", article[0], err)
		}
	}
	return out.String()
}

func TestWriterBytes(t *testing.T) {
	got := write(t,
		[2]string{"a.txt", "one\ntwo\n"}, [2]string{"b c.txt", "no end"}, [2]string{" d", ""},
		[2]string{`"e">>>f`, "<<<FILE a>>>\n\\<<<END>>>\n>>>\n\\\n<<<EOF>>>\r"})
	want := `<<<FILE a.txt>>>
one
two
<<<FILE b c.txt>>>
no end
<<<END NO NEWLINE>>>
<<<FILE " d">>>
<<<FILE '"e">>>f'>>>
\<<<FILE a>>>
\\<<<END>>>
>>>
\
\<<<EOF>>>` + "\r\n<<<END NO NEWLINE>>>\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWriterNames(t *testing.T) {
	for name, want := range map[string]string{
		"a.txt":                           "<<<FILE a.txt>>>",
		"a b/c.txt":                       "<<<FILE a b/c.txt>>>",
		":a":                              `<<<FILE ":a">>>`,
		"a ":                              `<<<FILE "a ">>>`,
		"a>":                              `<<<FILE "a>">>>`,
		`"a"`:                             `<<<FILE ""a"">>>`,
		`it's "a">>> or`:                  `<<<FILE 'it's "a">>> or'>>>`,
		"":                                "",
		"  ":                              "",
		"a\nb":                            "",
		"a\tb":                            "",
		"a\x00":                           "",
		"a\u0085b":                        "",
		"a\xff":                           "",
		`a">>>b'>>>c`:                     "",
		strings.Repeat("n", maxDelimiter): "",
	} {
		got, err := headerOf(name)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("headerOf(%.40q) = %q, %v; want %q", name, got, err, want)
		}
	}
}

type failing struct{}

var errFull = errors.New("full")

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestWriterError(t *testing.T) {
	err := NewWriter(failing{}).Write("a", nil)
	if !errors.Is(err, errFull) || err.Error() != `writing article "a": full` {
		t.Errorf("got %v", err)
	}
}

// checkRoundTrip holds that names and bodies read back as they were written,
// the bad bytes of bodies replaced. Names that are refused are left out.
func checkRoundTrip(t *testing.T, articles [][2]string) {
	t.Helper()
	var out bytes.Buffer
	w := NewWriter(&out)
	var want []read
	bad := 0
	for _, article := range articles {
		name, body := article[0], article[1]
		line := 1 + bytes.Count(out.Bytes(), []byte{'\n'})
		if err := w.Write(name, []byte(body)); err != nil {
			continue
		}
		if !utf8.ValidString(body) {
			bad++
		}
		want = append(want, read{line, name, string([]rune(body)), line + 1})
	}
	got, problems := readAll(t, &out, unlimited)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
	if len(problems) != bad {
		t.Errorf("%d bodies are not UTF-8, and there are problems: %v", bad, problems)
	}
}

func TestRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 2))
	names := []string{"a", "b c", " d", "'e'", `"f"`, "g>>>", ":h", ">", "é", "i\n", ""}
	for range 3000 {
		var articles [][2]string
		for range random.IntN(5) {
			name := names[random.IntN(len(names))] + names[random.IntN(len(names))]
			articles = append(articles, [2]string{name, randomInput(random)})
		}
		if checkRoundTrip(t, articles); t.Failed() {
			t.Fatalf("seed %d", seeded.Seed())
		}
	}
}

// TestBundleInBundle holds that a bundle is a body like any other, at any depth.
func TestBundleInBundle(t *testing.T) {
	inner := write(t, [2]string{"a", "text"}, [2]string{"b", "<<<FILE c\n>>>\n"})
	for depth := range 4 {
		outer := write(t, [2]string{"outer", inner}, [2]string{"last", "x"})
		reads, problems := readAll(t, strings.NewReader(outer), unlimited)
		if len(reads) != 2 || reads[0].Body != inner || problems != nil {
			t.Fatalf("depth %d: read %v, problems %v", depth, reads, problems)
		}
		inner = outer
	}
}

func FuzzRoundTrip(f *testing.F) {
	random := rand.New(rand.NewPCG(seeded.Seed(), 3))
	f.Add("a", "", "b", "text")
	f.Add(`"a'`, "\\\\<<<FILE", "x>>>", "<<<END NO NEWLINE>>>")
	for range 20 {
		f.Add("a b", randomInput(random), "c", randomInput(random))
	}
	f.Fuzz(func(t *testing.T, nameA, bodyA, nameB, bodyB string) {
		checkRoundTrip(t, [][2]string{{nameA, bodyA}, {nameB, bodyB}})
	})
}
