package corpus

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Why what this program has written itself is not read of a folder, where it may lie beside articles.
const (
	OwnIndex    = "an index"
	OwnManifest = "a manifest of what was removed"
)

// IsOwn reports whether it is for what it is, and not for what it lacks, that a file is not read.
func (s Skipped) IsOwn() bool { return s.Reason == OwnIndex || s.Reason == OwnManifest }

// What the files begin with, as the packages index and clean write them. By their names alone they might be
// anybody's.
const (
	indexHead    = `{"format":"newsdedup.index",`
	manifestHead = `{"type":"manifest","schema":"newsdedup.manifest/`
)

// isIndex reports whether a folder is an index and holds nothing else.
func isIndex(folder string) bool {
	const manifest = "MANIFEST"
	if !beginsWith(filepath.Join(folder, manifest), indexHead) {
		return false
	}
	entries, err := os.ReadDir(folder)
	return err == nil && !slices.ContainsFunc(entries, func(entry fs.DirEntry) bool {
		switch name := entry.Name(); name {
		case manifest, manifest + ".new", "LOCK":
			return false
		default:
			return !strings.HasSuffix(name, ".segment")
		}
	})
}

// isManifest reports whether a file is what clean has written beside its output. One of another name is read as
// any file: to look into each of a large folder would cost more than it is worth.
func isManifest(path string) bool {
	return strings.HasSuffix(path, ".manifest.jsonl") && beginsWith(path, manifestHead)
}

// beginsWith reports whether a regular file can be read and begins so. Opening another might wait for ever.
func beginsWith(path, head string) bool {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	begin := make([]byte, len(head))
	_, err = io.ReadFull(file, begin)
	return err == nil && bytes.Equal(begin, []byte(head))
}
