package formats

import (
	"bytes"
	"errors"
)

const (
	packed = "compressed twice: unpack it once"
	office = "an Office document (DOCX, XLSX or PPTX), not text: save it as text first"
)

// A magic is bytes that tell what an input is instead of text.
type magic struct {
	at      int // where they stand
	bytes   string
	problem string
	// word says that a text might begin so: then a control character has to
	// stand in the head as well.
	word bool
}

// magics are those of what lies among texts; of two that fit, the first.
var magics = []magic{
	{bytes: "\x1F\x8B", problem: packed},
	{bytes: "\x28\xB5\x2F\xFD", problem: packed},
	{bytes: "\xFD7zXZ\x00", problem: packed},
	{bytes: "BZh91AY&SY", problem: packed},
	{bytes: "\x04\x22\x4D\x18", problem: packed},
	{at: zipName, bytes: "[Content_Types].xml", problem: office},
	{at: zipName, bytes: "mimetypeapplication/epub+zip", problem: "an EPUB book, not text: convert it first"},
	{at: zipName, bytes: "mimetypeapplication/vnd.oasis", problem: "an OpenDocument file, not text: save it as text first"},
	{bytes: "PK\x03\x04", problem: "a ZIP archive: unpack it first, and name the folder"},
	{bytes: "PK\x05\x06", problem: "an empty ZIP archive"},
	{bytes: "7z\xBC\xAF\x27\x1C", problem: "a 7z archive: unpack it first, and name the folder"},
	{bytes: "Rar!\x1A\x07", problem: "a RAR archive: unpack it first, and name the folder"},
	{at: 257, bytes: "ustar", problem: "a tar archive: unpack it first, and name the folder", word: true},
	{bytes: "%PDF-", problem: "a PDF document, not text: convert it first (pdftotext)"},
	{bytes: "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", problem: "an old Office document (DOC, XLS or PPT), not text: save it as text first"},
	{bytes: "\x89PNG\r\n\x1A\n", problem: "a PNG picture, not text"},
	{bytes: "\xFF\xD8\xFF", problem: "a JPEG picture, not text"},
	{bytes: "GIF87a", problem: "a GIF picture, not text", word: true},
	{bytes: "GIF89a", problem: "a GIF picture, not text", word: true},
	{bytes: "II*\x00", problem: "a TIFF picture, not text"},
	{bytes: "MM\x00*", problem: "a TIFF picture, not text"},
	{at: 8, bytes: "WEBP", problem: "a WebP picture, not text", word: true},
	{bytes: "RIFF", problem: "a sound or film (RIFF), not text", word: true},
	{bytes: "OggS\x00", problem: "a sound or film (Ogg), not text"},
	{bytes: "ID3", problem: "a sound (MP3), not text", word: true},
	{at: 4, bytes: "ftyp", problem: "a film or picture (MP4, HEIF), not text", word: true},
	{bytes: "\x7FELF", problem: "a program (ELF), not text"},
	{bytes: "ARROW1", problem: "an Arrow file, which is not read yet", word: true},
	{bytes: "Obj\x01", problem: "an Avro file, which is not read yet"},
	{bytes: "SQLite format 3\x00", problem: "an SQLite database, not text"},
}

// zipName is where the name of its first member stands in a ZIP archive; an
// EPUB or OpenDocument file stores its kind there, behind the name.
const zipName = 30

// container says what an input is that tells by its first bytes that it is no
// text, whatever it holds further on.
func container(head []byte) error {
	for _, m := range magics {
		if len(head) < m.at || !bytes.HasPrefix(head[m.at:], []byte(m.bytes)) {
			continue
		}
		if m.at == zipName && !isZIP(head) {
			continue
		}
		if m.word && controls(head) == 0 {
			continue
		}
		return errors.New(m.problem)
	}
	return nil
}

func isZIP(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// leastBytesPerControl is how many bytes of a text there are for each control
// character. A scraped text may hold a NUL by accident; UTF-16 and machine
// formats hold one in every few bytes, and compressed data one in ten.
const leastBytesPerControl = 32

func isText(head []byte) bool { return controls(head)*leastBytesPerControl <= len(head) }

// controls counts the bytes that no text needs: NUL and the other controls
// below the space, but for the blanks, backspace and escape.
func controls(head []byte) int {
	count := 0
	for _, c := range head {
		if c < ' ' && !(c >= '\b' && c <= '\r') && c != '\x1b' {
			count++
		}
	}
	return count
}
