package warc

import (
	"bytes"
	"strings"
)

// A message is what a record holds: a response, mostly, with its headers taken
// apart from its body.
type message struct {
	kind        string // its WARC-Type; "response" or "filedesc" in ARC
	uri         string // what was fetched
	id          string
	language    string // as the record says, behind what the server does
	contentType string // of the body
	coding      string // Content-Encoding
	chunked     bool
	status      string // of an HTTP response; "" where it is none
	body        []byte
	at          int // of the body in the record's data
}

// readMessage takes a record apart. Nothing in it has to be as it should.
func readMessage(data []byte) message {
	m := message{kind: "response"}
	if bytes.HasPrefix(data, []byte(magic)) {
		_, fields, end := readHeader(data)
		m.kind = strings.ToLower(fields.get("WARC-Type"))
		m.uri = strings.TrimSuffix(strings.TrimPrefix(fields.get("WARC-Target-URI"), "<"), ">")
		m.id = fields.get("WARC-Record-ID")
		m.language, _, _ = strings.Cut(fields.get("WARC-Identified-Content-Language"), ",")
		m.contentType = fields.get("Content-Type")
		m.at = end
	} else {
		line, end := lineAt(data, 0)
		parsed, _ := parseARC(line)
		m.uri, m.contentType, m.at = parsed.url, parsed.contentType, end
		if strings.HasPrefix(m.uri, magicARC) {
			m.kind = "filedesc"
		}
	}
	m.body = data[m.at:]
	if m.kind == "response" {
		m.readResponse(data)
	}
	return m
}

// readResponse reads the head of an HTTP response, if the content is one: HTTP
// 0.9 had none, and what ARC says of other protocols has none.
func (m *message) readResponse(data []byte) {
	const protocol = "HTTP/"
	said := strings.HasPrefix(m.contentType, "application/http")
	if !said && (len(m.body) < len(protocol) || !strings.EqualFold(string(m.body[:len(protocol)]), protocol)) {
		return
	}
	first, fields, end := readHeader(m.body)
	m.status = "none"
	if words := strings.Fields(first); len(words) > 1 {
		m.status = words[1]
	}
	m.contentType = fields.get("Content-Type")
	m.coding = fields.get("Content-Encoding")
	m.chunked = strings.EqualFold(fields.get("Transfer-Encoding"), "chunked")
	if language, _, _ := strings.Cut(fields.get("Content-Language"), ","); language != "" {
		m.language = language
	}
	m.at += end
	m.body = data[m.at:]
}
