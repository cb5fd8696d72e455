package index

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/text"
)

// The names of the files of an index, beside its segments.
const (
	manifestName = "MANIFEST"
	newManifest  = "MANIFEST.new"
	lockName     = "LOCK"

	segmentDigits = 10
	segmentSuffix = ".segment"
	segmentGlob   = "*" + segmentSuffix
)

// formatName is the form of the manifest, and its version: one that is newer is refused.
const (
	formatName    = "newsdedup.index"
	formatVersion = 1
)

// A manifest says what an index is made of. It is replaced as a whole, which is how all that is
// done to an index happens at once.
type manifest struct {
	Format      string         `json:"format"`
	Version     int            `json:"version"`
	Options     storedOptions  `json:"options"`
	OptionsHash string         `json:"options_hash"`
	Next        uint64         `json:"next"` // number of the next segment
	Segments    []segmentEntry `json:"segments"`
}

// A segmentEntry is a segment, in the order of the adding of its articles.
type segmentEntry struct {
	Number  uint64 `json:"number"`
	Bytes   int64  `json:"bytes"`
	Removed []byte `json:"removed,omitempty"` // the articles that have been, as distances
}

func (e segmentEntry) name() string { return segmentName(e.Number) }

func segmentName(number uint64) string {
	return fmt.Sprintf("%0*d%s", segmentDigits, number, segmentSuffix)
}

// storedOptions are what sketches depend on, and the least that may be looked for with them.
type storedOptions struct {
	ShingleSize      int     `json:"shingle_size"`
	Threshold        float64 `json:"threshold"`
	Containment      float64 `json:"containment"`
	MinContained     int     `json:"min_contained_words"`
	RepeatSimilarity float64 `json:"repeat_similarity"`
	MinRepeat        int     `json:"min_repeat_words"`
	Paragraphs       string  `json:"paragraphs"`
	Lean             bool    `json:"lean,omitempty"` // no texts are kept
}

func store(o dedup.Options) storedOptions {
	return storedOptions{
		ShingleSize: o.ShingleSize, Threshold: o.Threshold, Containment: o.Containment, MinContained: o.MinContained,
		RepeatSimilarity: o.RepeatSimilarity, MinRepeat: o.MinRepeat, Paragraphs: o.Paragraphs.String(),
	}
}

// options returns the options that articles are sketched with: of all kinds.
func (s storedOptions) options() (dedup.Options, error) {
	o := dedup.DefaultOptions()
	o.Stories = dedup.NoStories
	style, err := text.ParseStyle(s.Paragraphs)
	o.ShingleSize, o.Threshold, o.Containment, o.MinContained = s.ShingleSize, s.Threshold, s.Containment, s.MinContained
	o.RepeatSimilarity, o.MinRepeat, o.Paragraphs = s.RepeatSimilarity, s.MinRepeat, style
	return o, errors.Join(err, o.Validate())
}

// hash is kept beside the options: what has been changed by hand is found.
func (s storedOptions) hash() string {
	data, _ := json.Marshal(s) // of numbers and a word
	return fmt.Sprintf("%016x", xxhash.Sum64(data))
}

// encode is the manifest as its file has it: JSON on a line, and the hash of that on another.
func (m *manifest) encode() ([]byte, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(append(data, '\n'), "%016x\n", xxhash.Sum64(data)), nil
}

func decodeManifest(file []byte) (*manifest, error) {
	data, rest, _ := bytes.Cut(file, []byte("\n"))
	m := new(manifest)
	if err := json.Unmarshal(data, m); err != nil || m.Format != formatName {
		return nil, damaged("its manifest cannot be read")
	}
	if m.Version > formatVersion {
		return nil, fmt.Errorf("it is of version %d, and this program knows versions up to %d: use a newer newsdedup", m.Version, formatVersion)
	}
	if want, err := strconv.ParseUint(string(bytes.TrimSpace(rest)), 16, 64); err != nil || want != xxhash.Sum64(data) {
		return nil, damaged("its manifest has another checksum")
	}
	if m.OptionsHash != m.Options.hash() {
		return nil, damaged("its options have another hash")
	}
	return m, nil
}

// readManifest reads that of the index in the folder.
func readManifest(folder string) (*manifest, error) {
	file, err := os.ReadFile(filepath.Join(folder, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, without(folder)
	}
	if err != nil {
		return nil, withoutPath(err)
	}
	return decodeManifest(file)
}

// ErrNone says that there is no index where one was named.
var ErrNone = errors.New("there is no index")

// without says what a folder is that has no manifest: no index, or one that has lost it.
func without(folder string) error {
	segments, err := filepath.Glob(filepath.Join(globEscaped(folder), strings.Repeat("[0-9]", segmentDigits)+segmentSuffix))
	if err == nil && len(segments) > 0 {
		return damaged("its manifest is missing")
	}
	return ErrNone
}

// writeManifest replaces the manifest: once this has been done, and not before, what it says is so. counts reports
// that it was, although the folder may not have been put on disk.
func (x *Index) writeManifest(m *manifest) (counts bool, err error) {
	if err := x.renameManifest(m); err != nil {
		return false, err
	}
	return true, x.disk.syncFolder(x.folder)
}

func (x *Index) renameManifest(m *manifest) error {
	data, err := m.encode()
	if err != nil {
		return err
	}
	file, err := x.disk.create(x.path(newManifest))
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.finish()
	}
	if err := errors.Join(err, file.file.Close()); err != nil {
		return err
	}
	return x.disk.rename(x.path(newManifest), x.path(manifestName))
}

// encodeRemoved writes a set as the distances between its members.
func encodeRemoved(r removed) []byte {
	var data []byte
	last := uint32(0)
	for _, local := range r.list() {
		data = binary.AppendUvarint(data, uint64(local-last))
		last = local
	}
	return data
}

func decodeRemoved(data []byte, articles int) (removed, error) {
	var locals []uint32
	last := uint64(0)
	for len(data) > 0 {
		distance, n := binary.Uvarint(data)
		if n <= 0 || distance >= uint64(articles) || last+distance >= uint64(articles) {
			return nil, damaged("the list of removed articles cannot be read")
		}
		last += distance
		locals, data = append(locals, uint32(last)), data[n:]
	}
	if len(locals) == 0 {
		return nil, nil
	}
	return removed(nil).with(locals), nil
}

// withoutPath returns the cause of an error that names its path, which its caller names.
func withoutPath(err error) error {
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		return cause.Err
	}
	return err
}
