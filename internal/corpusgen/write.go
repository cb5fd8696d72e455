package corpusgen

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"
)

// writeBuffer holds many articles a system call.
const writeBuffer = 1 << 20 // bytes

// WriteJSONL writes the articles as lines {"id","text","source"}.
func WriteJSONL(w io.Writer, articles iter.Seq[Article]) error {
	buffered := bufio.NewWriterSize(w, writeBuffer)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for article := range articles {
		line := struct {
			ID     string `json:"id"`
			Text   string `json:"text"`
			Source string `json:"source,omitempty"`
		}{article.Key, article.Text, article.Source}
		if err := encoder.Encode(line); err != nil {
			return fmt.Errorf("writing article %q as JSON: %w", article.Key, err)
		}
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("writing JSON lines: %w", err)
	}
	return nil
}

// WriteBundle writes the articles as a bundle of the form <<<FILE key>>>. A body
// line that would read as a delimiter gets one more leading backslash.
func WriteBundle(w io.Writer, articles iter.Seq[Article]) error {
	buffered := bufio.NewWriterSize(w, writeBuffer)
	for article := range articles {
		if article.Key == "" || strings.ContainsAny(article.Key, "\r\n") || strings.Contains(article.Key, ">>>") {
			return fmt.Errorf("writing a bundle: %q cannot stand in a header", article.Key)
		}
		fmt.Fprintf(buffered, "<<<FILE %s>>>\n", article.Key)
		writeBody(buffered, article.Text)
	}
	if err := buffered.Flush(); err != nil { // bufio keeps the first error of all
		return fmt.Errorf("writing a bundle: %w", err)
	}
	return nil
}

// writeBody ends the last line where the text does not.
func writeBody(w *bufio.Writer, text string) {
	if !strings.Contains(text, "<<<") {
		w.WriteString(text)
	} else {
		for line := range strings.Lines(text) {
			if readsAsDelimiter(line) {
				w.WriteByte('\\')
			}
			w.WriteString(line)
		}
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		w.WriteByte('\n')
	}
}

// readsAsDelimiter reports whether a line is a header or an end marker, or one
// that was escaped already.
func readsAsDelimiter(line string) bool {
	line = strings.TrimLeft(strings.TrimRight(line, " \t\r\n"), `\`)
	switch line {
	case "<<<END>>>", "<<<END FILE>>>", "<<<EOF>>>", "<<</FILE>>>":
		return true
	}
	name, isHeader := strings.CutPrefix(line, "<<<FILE")
	return isHeader && (name == "" || strings.ContainsAny(name[:1], ` :>"'`+"\t"))
}
