package warc

import (
	"bytes"
	"errors"
	"io"
	"net/http/httputil"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/corpus/html"
)

// A decoder knows how large an article may be.
type decoder struct{ limit int }

func (d decoder) decode(scratch *corpus.Scratch, record corpus.Record, _ corpus.Origin) (corpus.Article, bool, []corpus.Problem) {
	m := readMessage(record.Data)
	if what := m.whatElse(); what != "" {
		return corpus.Article{}, false, []corpus.Problem{problem(record, 0, corpus.NoArticle, what)}
	}
	body, err := d.payload(&m)
	if errors.Is(err, compress.ErrTooLarge) {
		return corpus.Article{}, false, []corpus.Problem{problem(record, m.at, corpus.TooLarge, "the article is left out: "+err.Error())}
	}
	if err != nil && len(body) == 0 {
		return corpus.Article{}, false, []corpus.Problem{problem(record, m.at, corpus.BadRecord, "the body cannot be read: "+err.Error())}
	}
	var problems []corpus.Problem
	if err != nil {
		problems = append(problems, problem(record, m.at, corpus.BadRecord, "the body is read as far as it goes: "+err.Error()))
	}
	page := m.page(body)
	if m.chunked || m.coding != "" {
		page.Lost.At = 0 // for it counts bytes that do not stand in the record
	}
	problems = append(problems, page.ProblemsFrom(record, m.at)...)
	article := corpus.Article{Body: page.Body, BodyLine: record.Line}
	m.identify(&page.Values)
	scratch.Describe(&article, &page.Values)
	if article.Key == "" {
		problems = append(problems, problem(record, 0, corpus.UnnamedArticle, "the record has neither a WARC-Target-URI nor a WARC-Record-ID"))
	}
	return article, true, problems
}

// problem returns a problem at the given byte of the record, whose line is its number.
func problem(record corpus.Record, at int, kind, message string) corpus.Problem {
	return corpus.Problem{Line: record.Line, Offset: record.Offset + int64(at), Kind: kind, Message: message}
}

// payload returns the body as its server meant it. What an error says is wrong
// with it, the bytes are all that could be had.
func (d decoder) payload(m *message) ([]byte, error) {
	body, broken := m.body, error(nil)
	if m.chunked {
		body, broken = dechunk(body)
	}
	body, err := compress.Decode(m.coding, body, d.limit)
	if broken != nil && !errors.Is(err, compress.ErrTooLarge) {
		err = broken // of which the rest follows
	}
	return body, err
}

// dechunk joins the chunks of a body. Many archives keep the header where they
// have already joined them, so a body that does not begin with a chunk is
// taken as it stands; of one that breaks off, what there was is returned beside
// the error.
func dechunk(body []byte) ([]byte, error) {
	var joined bytes.Buffer
	_, err := io.Copy(&joined, httputil.NewChunkedReader(bytes.NewReader(body)))
	switch {
	case err == nil:
		return joined.Bytes(), nil
	case joined.Len() == 0:
		return body, nil
	default:
		return joined.Bytes(), errChunks
	}
}

var errChunks = errors.New("its chunks break off")

// decodedSize returns the size of the record with its body as its server meant
// it. The body is decoded once more for that, which is little beside taking its
// text out.
func decodedSize(record corpus.Record, limit int) int64 {
	size := int64(len(record.Data))
	m := readMessage(record.Data)
	if m.coding == "" || m.whatElse() != "" {
		return size
	}
	body, _ := decoder{limit}.payload(&m) // what is wrong with it is said by who decodes it
	return size + max(0, int64(len(body)-len(m.body)))
}

// page takes the text out of the body.
func (m *message) page(body []byte) html.Page {
	if m.isHTML() {
		return html.Extract(body, m.contentType)
	}
	text, lost := html.PlainToUTF8(body, m.contentType)
	return html.Page{Body: text, Lost: lost}
}

// identify says what the article is called: as it was fetched, whatever the
// page says of its address, for that is what can be looked up.
func (m *message) identify(values *corpus.Values) {
	if values[corpus.Language] == nil {
		values[corpus.Language] = []byte(m.language)
	}
	values[corpus.ID], values[corpus.URL] = []byte(m.uri), []byte(m.uri)
	if m.uri == "" {
		values[corpus.ID] = []byte(m.id)
	}
	for role, value := range values {
		if value != nil {
			values[role], _ = corpus.Repair(value)
		}
	}
}
