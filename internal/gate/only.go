package gate

import (
	"path"
	"path/filepath"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Selection names articles, by their keys or by the paths of their files.
type Selection struct {
	Patterns []string // as corpus.MatchName has them
	Names    []string // whole keys or paths, as they are
}

// articles tells of each article whether the selection names it, and how many it names.
func (s *Selection) articles(articles []dedup.ArticleInfo) (named []bool, count int) {
	names := make(map[string]bool, len(s.Names))
	for _, name := range s.Names {
		names[name] = true
		names[cleanPath(name)] = true
	}
	named = make([]bool, len(articles))
	last, lastFits := "", false // articles of one file follow each other
	for i := range articles {
		article := &articles[i]
		if i == 0 || article.Path != last {
			last = article.Path
			lastFits = s.fits(names, cleanPath(last))
		}
		if named[i] = lastFits || s.fits(names, article.Key); named[i] {
			count++
		}
	}
	return named, count
}

func (s *Selection) fits(names map[string]bool, name string) bool {
	return names[name] || matchesAny(s.Patterns, name)
}

func matchesAny(patterns []string, name string) bool {
	for _, pattern := range patterns {
		if corpus.MatchName(pattern, name) {
			return true
		}
	}
	return false
}

// cleanPath writes a path in the one way in which git and others list it.
func cleanPath(name string) string { return path.Clean(filepath.ToSlash(name)) }
