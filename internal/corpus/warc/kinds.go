package warc

import (
	"bytes"
	"slices"
	"strings"
)

// whatElse says what a record is that is no article and need not be one, ""
// for one that should be. It needs the headers alone. What it says is counted
// for a report, so it is one of a few hundred texts, whatever a crawl met with.
func whatElse(data []byte) string {
	m := readMessage(data)
	return m.whatElse()
}

// otherKinds are the types of records that hold no text that was published.
var otherKinds = []string{"warcinfo", "request", "metadata", "revisit", "continuation", "filedesc"}

// textKinds are those that may.
var textKinds = []string{"response", "resource", "conversion"}

func (m *message) whatElse() string {
	switch {
	case slices.Contains(otherKinds, m.kind):
		return m.kind + " record"
	case !slices.Contains(textKinds, m.kind):
		return "record of an unknown type"
	case strings.HasPrefix(m.uri, "metadata:"), strings.HasPrefix(m.uri, "urn:"):
		return "record of the crawler" // its log, its command line
	case m.status != "" && m.status != "200":
		return "response of " + statusName(m.status)
	case strings.HasSuffix(m.uri, "/robots.txt"): // of which every crawl has one a host
		return "robots.txt"
	case m.isHTML() || m.media() == "text/plain":
		return ""
	default:
		return mediaName(m.media()) + " " + m.kind
	}
}

func statusName(status string) string {
	if len(status) != 3 || strings.Trim(status, "0123456789") != "" || status[0] < '1' || status[0] > '5' {
		return "no sound status"
	}
	return "status " + status
}

// media returns the media type of the body, without its parameters.
func (m *message) media() string {
	media, _, _ := strings.Cut(m.contentType, ";")
	media, _, _ = strings.Cut(media, ",") // of two that were joined, the first
	return strings.ToLower(strings.TrimSpace(media))
}

func (m *message) isHTML() bool {
	switch m.media() {
	case "text/html", "application/xhtml+xml":
		return true
	case "", "no-type", "unknown": // the latter two in ARC
		return beginsAsHTML(m.body)
	}
	return false
}

// beginsAsHTML tells a page whose server did not say that it is one.
func beginsAsHTML(body []byte) bool {
	start := bytes.ToLower(body[:min(len(body), 1024)])
	return bytes.HasPrefix(bytes.TrimLeft(start, " \t\r\n\uFEFF"), []byte{'<'}) &&
		(bytes.Contains(start, []byte("<!doctype html")) || bytes.Contains(start, []byte("<html")))
}

// mediaNames are the media types that are named as they are; of others, their
// first part.
var mediaNames = []string{
	"text/css", "text/javascript", "text/xml", "text/csv", "text/dns", "text/vtt",
	"application/javascript", "application/x-javascript", "application/json", "application/ld+json", "application/xml",
	"application/rss+xml", "application/atom+xml", "application/pdf", "application/octet-stream", "application/zip",
}

var mediaParts = []string{"application", "audio", "font", "image", "message", "model", "multipart", "text", "video"}

func mediaName(media string) string {
	if slices.Contains(mediaNames, media) {
		return media
	}
	if part, _, ok := strings.Cut(media, "/"); ok && slices.Contains(mediaParts, part) {
		if part == "application" || part == "text" {
			return "other " + part
		}
		return part
	}
	return "untyped"
}
