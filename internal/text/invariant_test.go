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
	var last Token
	for index, token := range document.Tokens {
		from := int(last.NormEnd)
		if index > 0 {
			from++
		}
		form := document.Norm[from:token.NormEnd]
		if len(form) == 0 || bytes.ContainsRune(form, ' ') || document.Norm[token.NormEnd] != ' ' {
			t.Fatalf("%+q: token %d has the normal form %q", body, index, form)
		}
		if token.Start >= token.End || int(token.End) > len(body) || token.Start < last.Start || token.End < last.End {
			t.Fatalf("%+q: token %d has the range [%d,%d) after [%d,%d)", body, index, token.Start, token.End, last.Start, last.End)
		}
		last = token
	}
	if len(document.Tokens) == 0 && len(document.Norm) > 0 || len(document.Tokens) > 0 && int(last.NormEnd)+1 != len(document.Norm) {
		t.Fatalf("%+q: Norm %q goes on behind the last token", body, document.Norm)
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
		for _, token := range document.Tokens[paragraph.FirstToken:paragraph.LastToken] {
			if int(token.Start) < paragraph.Start || int(token.End) > paragraph.End {
				t.Fatalf("%+q: the token [%d,%d) is not in paragraph %d", body, token.Start, token.End, index)
			}
		}
		last = paragraph
	}
	if last.LastToken != len(document.Tokens) {
		t.Fatalf("%+q: the last paragraph ends at token %d of %d", body, last.LastToken, len(document.Tokens))
	}
}

// TestNormalFormIsStable: the normal form of a normal form is itself.
func TestNormalFormIsStable(t *testing.T) {
	random := seeded.Rand(t)
	var document, again Document
	for range 30000 {
		body := randomText(random, 12)
		document.Parse([]byte(body), Line)
		again.Parse(document.Norm, Line)
		if !bytes.Equal(document.Norm, again.Norm) {
			t.Fatalf("Norm of %+q is %+q, and the Norm of that is %+q", body, document.Norm, again.Norm)
		}
		if len(again.Tokens) != len(document.Tokens) {
			t.Fatalf("%+q has %d tokens, its Norm %d", body, len(document.Tokens), len(again.Tokens))
		}
	}
}
