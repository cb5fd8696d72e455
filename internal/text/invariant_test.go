package text

import (
	"bytes"
	"testing"

	"github.com/newsdedup/newsdedup/internal/seeded"
)

// checkInvariants fails the test if a document breaks what its types promise.
func checkInvariants(t *testing.T, body []byte, document *Document) {
	t.Helper()
	checkTokens(t, body, document)
	checkParagraphs(t, body, document)
}

func checkTokens(t *testing.T, body []byte, document *Document) {
	t.Helper()
	var last refToken
	if len(document.Ends) != document.Len() {
		t.Fatalf("%+q: %d tokens begin and %d end", body, document.Len(), len(document.Ends))
	}
	_, tokens := taken(document)
	for index, token := range tokens {
		form := document.AppendNorm(nil, index, index+1)
		form, spaced := bytes.CutSuffix(form, []byte(" "))
		if len(form) == 0 || bytes.ContainsRune(form, ' ') || !spaced {
			t.Fatalf("%+q: token %d has the normal form %q", body, index, form)
		}
		if token.Start >= token.End || int(token.End) > len(body) || token.Start < last.Start || token.End < last.End {
			t.Fatalf("%+q: token %d has the range [%d,%d) after [%d,%d)", body, index, token.Start, token.End, last.Start, last.End)
		}
		last = token
	}
	end := uint32(0)
	for index, wide := range document.Wide {
		if int(wide.Token) >= document.Len() || index > 0 && wide.Token <= document.Wide[index-1].Token || wide.NormEnd <= end {
			t.Fatalf("%+q: wide token %d is %+v", body, index, wide)
		}
		end = wide.NormEnd
	}
	if int(end) != len(document.Norm) {
		t.Fatalf("%+q: Norm %q goes on behind the last wide token", body, document.Norm)
	}
}

func checkParagraphs(t *testing.T, body []byte, document *Document) {
	t.Helper()
	var last Paragraph
	for index, paragraph := range document.Paragraphs {
		if paragraph.Start >= paragraph.End || paragraph.End > len(body) || paragraph.Start < last.End {
			t.Fatalf("%+q: paragraph %d has the range [%d,%d)", body, index, paragraph.Start, paragraph.End)
		}
		if trimmed := bytes.TrimSpace(body[paragraph.Start:paragraph.End]); len(trimmed) != paragraph.End-paragraph.Start {
			t.Fatalf("%+q: paragraph %d has space around it", body, index)
		}
		if paragraph.FirstToken != last.LastToken || paragraph.LastToken < paragraph.FirstToken {
			t.Fatalf("%+q: paragraph %d has the tokens [%d,%d)", body, index, paragraph.FirstToken, paragraph.LastToken)
		}
		for token := paragraph.FirstToken; token < paragraph.LastToken; token++ {
			if start, end := document.Starts[token], document.Ends[token]; int(start) < paragraph.Start || int(end) > paragraph.End {
				t.Fatalf("%+q: the token [%d,%d) is not in paragraph %d", body, start, end, index)
			}
		}
		last = paragraph
	}
	if last.LastToken != document.Len() {
		t.Fatalf("%+q: the last paragraph ends at token %d of %d", body, last.LastToken, document.Len())
	}
}

// TestNormalFormIsStable: the normal form of a normal form is itself.
func TestNormalFormIsStable(t *testing.T) {
	random := seeded.Rand(t)
	var document, again Document
	for range 30000 {
		body := randomText(random, 12)
		document.Parse([]byte(body), Line)
		norm := normOf(&document)
		again.Parse([]byte(norm), Line)
		if twice := normOf(&again); norm != twice {
			t.Fatalf("Norm of %+q is %+q, and the Norm of that is %+q", body, norm, twice)
		}
		if again.Len() != document.Len() {
			t.Fatalf("%+q has %d tokens, its Norm %d", body, document.Len(), again.Len())
		}
	}
}
