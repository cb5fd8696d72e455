package dedup

import (
	"encoding/binary"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// fingerprint identifies a finding by its content alone: the hashes of the
// normal forms of its texts, in any order. Names, places and the order of the
// corpus do not take part, so a baseline survives all of them.
func fingerprint(kind string, texts ...uint64) uint64 {
	slices.Sort(texts)
	content := []byte(kind)
	for _, hash := range texts {
		content = binary.BigEndian.AppendUint64(content, hash)
	}
	return xxhash.Sum64(content)
}

func (s *scan) pairFingerprint(a, b ArticleID) uint64 {
	return fingerprint("pair", s.textHashes[a], s.textHashes[b])
}
