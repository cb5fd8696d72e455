package index

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

const (
	// blockBytes is how much text is compressed at once: see the package for what other sizes take.
	blockBytes = 32 << 10
	// blockHead is the length of what stands before a block: its length, that of what it holds, and the
	// checksum of these and of it.
	blockHead = 12
	// localBits bounds the articles of a segment while it is built, 2^localBits of them.
	localBits = 64 - dedup.SampleKeyBits - weightBits
)

// A footer says what a segment holds and where. It is JSON, at the end of the file, and before what
// says its length.
type footer struct {
	Version  int   `json:"version"`
	Articles int   `json:"articles"`
	Words    int64 `json:"words"`
	Bytes    int64 `json:"bytes"` // of the bodies
	Rows     int64 `json:"rows"`  // where they stand

	Samples    tablePlace `json:"samples"`
	Paragraphs tablePlace `json:"paragraphs"`
	Texts      tablePlace `json:"texts"`
	Names      tablePlace `json:"names"`
}

// segmentVersion is the form of segments that is written: see the package for the others.
const segmentVersion = 1

// magic begins and ends a segment.
const magic = "NDINDEX\x01"

// tailBytes is the length of what stands behind the footer: its length, its checksum, the magic.
const tailBytes = int64(4 + sumBytes + len(magic))

// A builder writes a segment: articles first, as they come, and what is known of them at the end.
type builder struct {
	out    *output
	lean   bool
	blocks blockWriter
	footer footer
	rows   []byte

	samples    []uint64 // key, local, weight
	classes    []uint8  // by local
	paragraphs []place
	texts      []place
	names      []place
	known      map[uint64]struct{} // the hashes of the texts
}

// A place is a hash and where it stands.
type place struct {
	hash uint64
	at   standing
}

func newBuilder(out *output, lean bool) (*builder, error) {
	b := &builder{out: out, lean: lean, footer: footer{Version: segmentVersion}, known: make(map[uint64]struct{})}
	b.blocks.out = out
	return b, out.write([]byte(magic))
}

// heldBytes is about how much memory the builder has taken.
func (b *builder) heldBytes() int {
	return len(b.rows) + 8*len(b.samples) + 16*(len(b.paragraphs)+len(b.texts)+len(b.names)) + 24*len(b.known)
}

// isFull reports whether no other article has room.
func (b *builder) isFull() bool { return b.footer.Articles == 1<<localBits }

// add adds the next article. Of several of one text, the first alone has its samples noted.
func (b *builder) add(article *corpus.Article, t *intake) error {
	if b.lean {
		known := *article
		known.Body = nil
		article = &known
	}
	local, tag := uint32(b.footer.Articles), tagOf(article.Source)
	r := row{textHash: t.textHash, words: uint32(t.words), tag: tag, outline: t.outline}
	var err error
	if r.block, r.start, r.length, err = b.blocks.add(func(block []byte) []byte { return appendArticle(block, article) }); err != nil {
		return err
	}
	b.rows = appendRow(b.rows, &r)
	b.footer.Articles++
	b.footer.Words += int64(t.words)
	b.footer.Bytes += int64(len(article.Body))
	b.classes = append(b.classes, uint8(t.class))
	at := newStanding(local, tag)
	b.names = append(b.names, place{nameHash(article.Key), at})
	if !b.lean {
		for _, hash := range t.paragraphs {
			b.paragraphs = append(b.paragraphs, place{hash, at})
		}
	}
	if t.words == 0 {
		return nil
	}
	b.texts = append(b.texts, place{t.textHash, at})
	if _, known := b.known[t.textHash]; known {
		return nil
	}
	b.known[t.textHash] = struct{}{}
	for _, k := range t.keys {
		b.samples = append(b.samples, k.key<<(localBits+weightBits)|uint64(local)<<weightBits|uint64(min(k.weight, mostWeight)))
	}
	return nil
}

// finish writes all that is left.
func (b *builder) finish() error {
	if err := b.blocks.flush(); err != nil {
		return err
	}
	b.footer.Rows = b.out.at
	if err := b.out.write(b.rows); err != nil {
		return err
	}
	var err error
	if b.footer.Samples, err = b.writeSamples(); err != nil {
		return err
	}
	for _, t := range []struct {
		places []place
		into   *tablePlace
	}{{b.paragraphs, &b.footer.Paragraphs}, {b.texts, &b.footer.Texts}, {b.names, &b.footer.Names}} {
		if *t.into, err = writePlaces(b.out, t.places); err != nil {
			return err
		}
	}
	return writeFooter(b.out, &b.footer)
}

func (b *builder) writeSamples() (tablePlace, error) {
	slices.Sort(b.samples)
	w := newTableWriter(b.out, dedup.SampleKeyBits, len(b.samples))
	var list []posting
	var values []uint64
	for start := 0; start < len(b.samples); {
		key := b.samples[start] >> (localBits + weightBits)
		list = list[:0]
		for ; start < len(b.samples) && b.samples[start]>>(localBits+weightBits) == key; start++ {
			local := uint32(b.samples[start] >> weightBits & (1<<localBits - 1))
			list = append(list, newPosting(local, int(b.samples[start]&mostWeight), int(b.classes[local])))
		}
		values = appendPostings(values[:0], list, false)
		if err := w.add(key, values); err != nil {
			return tablePlace{}, err
		}
	}
	return w.finish()
}

// hashBits is the length of the keys of texts, paragraphs and names.
const hashBits = 64

func writePlaces(out *output, places []place) (tablePlace, error) {
	slices.SortFunc(places, func(p, q place) int { return cmp.Or(cmp.Compare(p.hash, q.hash), cmp.Compare(p.at, q.at)) })
	w := newTableWriter(out, hashBits, len(places))
	var list []standing
	var parted standings
	var values []uint64
	for start := 0; start < len(places); {
		hash := places[start].hash
		list = list[:0]
		for ; start < len(places) && places[start].hash == hash; start++ {
			list = append(list, places[start].at)
		}
		parted.fill(list)
		values = parted.appendTo(values[:0])
		if err := w.add(hash, values); err != nil {
			return tablePlace{}, err
		}
	}
	return w.finish()
}

func writeFooter(out *output, f *footer) error {
	data, err := json.Marshal(f)
	if err != nil {
		return err
	}
	tail := binary.LittleEndian.AppendUint32(data, uint32(len(data)))
	tail = binary.LittleEndian.AppendUint32(tail, sum(data))
	return out.write(append(tail, magic...))
}

// A blockWriter gathers articles into blocks.
type blockWriter struct {
	out     *output
	packer  compress.Packer
	pending []byte
	packed  []byte
}

// add adds an article, which write appends, and says where it will stand.
func (w *blockWriter) add(write func([]byte) []byte) (block uint64, start, length uint32, err error) {
	if len(w.pending) >= blockBytes {
		if err := w.flush(); err != nil {
			return 0, 0, 0, err
		}
	}
	at := len(w.pending)
	w.pending = write(w.pending)
	return uint64(w.out.at), uint32(at), uint32(len(w.pending) - at), nil
}

// flush writes the block that is being filled.
func (w *blockWriter) flush() error {
	if len(w.pending) == 0 {
		return nil
	}
	packed, err := w.packer.Append(w.packed[:0], w.pending)
	if err != nil {
		return err
	}
	head := blockHeadOf(len(packed), len(w.pending), packed)
	if err := w.out.write(head[:]); err != nil {
		return err
	}
	if err := w.out.write(packed); err != nil {
		return err
	}
	if w.packed = packed; cap(w.pending) > 1<<20 {
		w.pending, w.packed = nil, nil
	}
	w.pending = w.pending[:0]
	return nil
}

// copyBlock writes a block as it stands, and returns where.
func (w *blockWriter) copyBlock(block []byte) (uint64, error) {
	if err := w.flush(); err != nil {
		return 0, err
	}
	at := uint64(w.out.at)
	return at, w.out.write(block)
}

func blockHeadOf(packed, raw int, data []byte) (head [blockHead]byte) {
	binary.LittleEndian.PutUint32(head[:], uint32(packed))
	binary.LittleEndian.PutUint32(head[4:], uint32(raw))
	binary.LittleEndian.PutUint32(head[8:], blockSum(head[:8], data))
	return head
}

// blockSum is the checksum of a block with the first eight bytes of its head.
func blockSum(head, data []byte) uint32 {
	return crc32.Update(sum(head), castagnoli, data)
}
