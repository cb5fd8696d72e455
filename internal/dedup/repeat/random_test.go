package repeat

// defaults are the options of a scan.
var defaults = Options{MinTokens: 1, Similarity: 0.9, ShingleSize: 5}

// hashOf stands for the hash of the normal form of a text known by a number.
func hashOf(text int) uint64 { return uint64(text+1) * 0x9e3779b97f4a7c15 }

// tableOf returns a table of articles that are given by the texts of their
// paragraphs. All have too few tokens for a signature.
func tableOf(articles ...[]int) *Table {
	table := NewTable(defaults)
	for _, texts := range articles {
		var paragraphs Paragraphs
		for _, text := range texts {
			paragraphs.Hashes = append(paragraphs.Hashes, hashOf(text))
			paragraphs.Tokens = append(paragraphs.Tokens, 5)
		}
		table.Add(&paragraphs)
	}
	return table
}
