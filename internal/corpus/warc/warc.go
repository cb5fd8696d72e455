package warc

import (
	"bytes"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// Format is the text that a web archive holds.
func Format() corpus.Format {
	return corpus.Format{
		Name:    "warc",
		Writing: &corpus.Writing{LineEnds: 2, Members: true},
		Open: func(in *corpus.Stream) (corpus.Splitter, corpus.Decode) {
			return &splitter{in: in}, decoder{in.Limit()}.decode
		},
		Kept:       true,
		Decoded:    decodedSize,
		Binary:     true,
		KeysRepeat: true,
	}
}

// Matches reports whether the head of an input is that of a WARC or ARC file.
func Matches(head []byte) bool {
	return bytes.HasPrefix(head, []byte(magic)) || bytes.HasPrefix(head, []byte(magicARC+"//"))
}
