package event

// A Store holds the sketches of articles, in the order in which they were added: 6
// bytes a term. The zero value is empty.
type Store struct {
	keys      []uint32 // terms, in the order in which they stand
	values    []code
	ends      []int // by article: the end of its terms
	languages []Language
}

// close ends the sketch of an article.
func (s *Store) close(language Language) {
	s.ends = append(s.ends, len(s.keys))
	s.languages = append(s.languages, language)
}

// Len is the number of articles.
func (s *Store) Len() int { return len(s.ends) }

// Language is the one that an article was told to be in.
func (s *Store) Language(article int) Language { return s.languages[article] }

// Bytes is what the sketches take.
func (s *Store) Bytes() int64 { return int64(len(s.keys))*6 + int64(len(s.ends))*9 }

// Reset empties the store, and keeps its memory.
func (s *Store) Reset() {
	s.keys, s.values, s.ends, s.languages = s.keys[:0], s.values[:0], s.ends[:0], s.languages[:0]
}

// Append adds the articles of another store.
func (s *Store) Append(other *Store) {
	base := len(s.keys)
	s.keys = append(s.keys, other.keys...)
	s.values = append(s.values, other.values...)
	for _, end := range other.ends {
		s.ends = append(s.ends, base+end)
	}
	s.languages = append(s.languages, other.languages...)
}

// of returns the range of an article's terms.
func (s *Store) of(article int) (start, end int) {
	if article > 0 {
		start = s.ends[article-1]
	}
	return start, s.ends[article]
}
