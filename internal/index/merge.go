package index

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"math/bits"
	"slices"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// merge writes one segment of several, without the articles that have been removed. Of memory it takes
// some bytes a block and a bucket, some for each text that stands in several of the segments, and what
// stands under one key; all else is read and written in its order.
func merge(segments []*segment, out *output) error {
	m := &merger{out: out, footer: footer{Version: segmentVersion}}
	for _, s := range segments {
		m.parts = append(m.parts, newPart(s, uint32(m.footer.Articles)))
		m.footer.Articles += s.live()
		m.footer.Bytes += s.footer.Bytes
	}
	if err := out.write([]byte(magic)); err != nil {
		return err
	}
	for _, step := range []func() error{m.copyBlocks, m.writeRows, m.mergeTexts, m.mergeSamples, m.mergeOthers} {
		if err := step(); err != nil {
			return err
		}
	}
	return writeFooter(out, &m.footer)
}

// A merger joins segments.
type merger struct {
	out    *output
	footer footer
	parts  []*part
	runs   []run
	// posters are, of texts that stand in several segments or whose first standing was removed, the
	// articles that had their samples noted, and those that have from now on.
	posters map[member]poster
}

// A member is an article of a part.
type member struct {
	part  int
	local uint32
}

// A poster is the article, of those that are left, that has the samples of a text noted; none if
// no article of the text is left.
type poster struct {
	local uint32
	none  bool
}

// A part is a segment that is joined.
type part struct {
	*segment
	base   uint32   // of its articles in the new segment
	before []uint32 // by word of the removed: how many were in those before
}

func newPart(s *segment, base uint32) *part {
	p := &part{segment: s, base: base}
	count := 0
	for _, word := range s.removed {
		p.before = append(p.before, uint32(count))
		count += bits.OnesCount64(word)
	}
	p.before = append(p.before, uint32(count))
	return p
}

// local is where an article stands in the new segment; false says that it was removed.
func (p *part) local(old uint32) (uint32, bool) {
	word := int(old / 64)
	if word >= len(p.removed) {
		return p.base + old - p.before[len(p.removed)], true
	}
	below := bits.OnesCount64(p.removed[word] & (1<<(old%64) - 1))
	return p.base + old - p.before[word] - uint32(below), !p.removed.has(old)
}

// A run is articles in a row that stand in one block.
type run struct {
	block  uint64
	count  uint32
	starts []uint32 // of each in its block; nil where they are as before
}

// eachRow reads the rows of the segment in their order.
func (s *segment) eachRow(visit func(local uint32, r row) error) error {
	in := bufio.NewReaderSize(io.NewSectionReader(s.in, s.footer.Rows, int64(s.footer.Articles)*rowBytes), writeBuffer)
	var memory [rowBytes]byte
	for local := range uint32(s.footer.Articles) {
		if _, err := io.ReadFull(in, memory[:]); err != nil {
			return err
		}
		r, err := readRow(memory[:])
		if err == nil {
			err = visit(local, r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// copyBlocks copies the blocks as they are, but for those that have lost an article, or are so small that
// they are better compressed together.
func (m *merger) copyBlocks() error {
	w := &blockWriter{out: m.out}
	c := &copier{merger: m, writer: w}
	for _, p := range m.parts {
		if err := p.eachRow(func(local uint32, r row) error { return c.row(p, local, r) }); err != nil {
			return err
		}
		if err := c.endBlock(); err != nil {
			return err
		}
	}
	return w.flush()
}

// A copier goes through the rows of the parts, block by block.
type copier struct {
	*merger
	writer *blockWriter
	blocks compress.Blocks
	words  corpus.Scratch

	part *part
	rows []row  // of the block at hand
	live []bool // of these
	gone bool   // one of them was removed
}

func (c *copier) row(p *part, local uint32, r row) error {
	if len(c.rows) > 0 && (c.part != p || c.rows[0].block != r.block) {
		if err := c.endBlock(); err != nil {
			return err
		}
	}
	live := !p.removed.has(local)
	c.part, c.rows, c.live, c.gone = p, append(c.rows, r), append(c.live, live), c.gone || !live
	if live {
		c.footer.Words += int64(r.words)
	}
	return nil
}

// endBlock copies the block of the rows at hand.
func (c *copier) endBlock() error {
	if len(c.rows) == 0 {
		return nil
	}
	block, err := c.part.readBlock(c.rows[0].block)
	if errors.Is(err, ErrDamaged) && !slices.Contains(c.live, true) {
		c.passOver()
		return nil
	}
	if err != nil {
		return err
	}
	if raw := binary.LittleEndian.Uint32(block[4:]); !c.gone && raw >= blockBytes/2 {
		at, err := c.writer.copyBlock(block)
		if err != nil {
			return err
		}
		c.runs = append(c.runs, run{block: at, count: uint32(len(c.rows))})
	} else if err := c.rewrite(block); err != nil {
		return err
	}
	c.rows, c.live, c.gone = c.rows[:0], c.live[:0], false
	return nil
}

// passOver leaves out a block that cannot be read and of which nothing is left. How much of it was texts is known but
// for what stood before each.
func (c *copier) passOver() {
	for i := range c.rows {
		c.footer.Bytes = max(0, c.footer.Bytes-int64(c.rows[i].length))
	}
	c.rows, c.live, c.gone = c.rows[:0], c.live[:0], false
}

// rewrite writes the articles that are left of a block, with those before and behind them.
func (c *copier) rewrite(block []byte) error {
	data, err := unpack(&c.blocks, block)
	if err != nil {
		return err
	}
	for i := range c.rows {
		r := &c.rows[i]
		article, err := articleIn(data, r, &c.words)
		if err != nil {
			return err
		}
		if !c.live[i] {
			c.footer.Bytes -= int64(len(article.Body))
			continue
		}
		at, start, _, err := c.writer.add(func(to []byte) []byte { return append(to, data[r.start:r.start+r.length]...) })
		if err != nil {
			return err
		}
		if last := len(c.runs) - 1; last >= 0 && c.runs[last].block == at && c.runs[last].starts != nil {
			c.runs[last].count++
			c.runs[last].starts = append(c.runs[last].starts, start)
		} else {
			c.runs = append(c.runs, run{block: at, count: 1, starts: []uint32{start}})
		}
	}
	return nil
}

// writeRows writes the rows, with where their articles stand now.
func (m *merger) writeRows() error {
	m.footer.Rows = m.out.at
	at, inRun := 0, uint32(0)
	var data []byte
	for _, p := range m.parts {
		if err := p.eachRow(func(local uint32, r row) error {
			if p.removed.has(local) {
				return nil
			}
			for inRun == m.runs[at].count {
				at, inRun = at+1, 0
			}
			if r.block = m.runs[at].block; m.runs[at].starts != nil {
				r.start = m.runs[at].starts[inRun]
			}
			inRun++
			data = appendRow(data[:0], &r)
			return m.out.write(data)
		}); err != nil {
			return err
		}
	}
	m.runs = nil
	return nil
}

// A merged goes through one table of all parts by their keys.
type merged struct {
	cursors []*cursor
	open    []bool // has a key at hand
	key     uint64
	at      []int // the parts that have the key
}

func newMerged(parts []*part, of func(*segment) *table) *merged {
	m := &merged{}
	for _, p := range parts {
		m.cursors = append(m.cursors, &cursor{table: of(p.segment)})
	}
	return m
}

// next moves to the next key.
func (m *merged) next() (bool, error) {
	if m.open == nil {
		m.open, m.at = make([]bool, len(m.cursors)), make([]int, 0, len(m.cursors))
		for i := range m.cursors {
			m.at = append(m.at, i)
		}
	}
	for _, i := range m.at {
		c := m.cursors[i]
		if m.open[i] = c.next(); c.err != nil {
			return false, c.err
		}
	}
	m.at = m.at[:0]
	for i, c := range m.cursors {
		switch {
		case !m.open[i] || len(m.at) > 0 && c.key > m.key:
		case len(m.at) == 0 || c.key < m.key:
			m.key, m.at = c.key, append(m.at[:0], i)
		default:
			m.at = append(m.at, i)
		}
	}
	return len(m.at) > 0, nil
}

// keysOf is the most keys that the tables have together.
func (m *merged) keysOf() int {
	keys := int64(0)
	for _, c := range m.cursors {
		keys += c.table.place.Keys
	}
	return int(keys)
}

// mergeStandings joins tables of standings. visit, unless it is nil, is called for each key, before the standings
// of removed articles are left out.
func (m *merger) mergeStandings(of func(*segment) *table, visit func(*merged)) (tablePlace, error) {
	tables := newMerged(m.parts, of)
	w := newTableWriter(m.out, hashBits, tables.keysOf())
	var list []standing
	var parted standings
	var values []uint64
	for {
		ok, err := tables.next()
		if err != nil {
			return tablePlace{}, err
		}
		if !ok {
			return w.finish()
		}
		if visit != nil {
			visit(tables)
		}
		if list = m.standingsAt(list[:0], tables); len(list) == 0 {
			continue
		}
		parted.fill(list)
		values = parted.appendTo(values[:0])
		if err := w.add(tables.key, values); err != nil {
			return tablePlace{}, err
		}
	}
}

// standingsAt appends the standings of the key at hand that are left, ascending.
func (m *merger) standingsAt(list []standing, tables *merged) []standing {
	for _, i := range tables.at {
		firsts, others := readStandings(tables.cursors[i].values)
		for _, values := range [][]uint64{firsts, others} {
			for _, value := range values {
				old := standing(value)
				if local, live := m.parts[i].local(old.local()); live {
					list = append(list, old.at(local))
				}
			}
		}
	}
	slices.Sort(list)
	return list
}

// mergeTexts joins the tables of texts, and finds out which article of each has its samples noted.
func (m *merger) mergeTexts() (err error) {
	m.posters = make(map[member]poster)
	m.footer.Texts, err = m.mergeStandings(func(s *segment) *table { return s.texts }, m.findPoster)
	return err
}

// findPoster finds those of the text at hand: in each part the first article of a text had its samples
// noted; now the first of all that are left has.
func (m *merger) findPoster(tables *merged) {
	if len(tables.at) == 1 && m.parts[tables.at[0]].removed == nil {
		return
	}
	list := m.standingsAt(nil, tables)
	for _, i := range tables.at {
		firsts, _ := readStandings(tables.cursors[i].values)
		if len(firsts) == 0 {
			continue
		}
		old := standing(firsts[0]).local()
		local, live := m.parts[i].local(old)
		switch {
		case len(list) == 0:
			m.posters[member{i, old}] = poster{none: true}
		case !live || local != list[0].local():
			m.posters[member{i, old}] = poster{local: list[0].local()}
		}
	}
}

func (m *merger) mergeSamples() error {
	tables := newMerged(m.parts, func(s *segment) *table { return s.samples })
	w := newTableWriter(m.out, dedup.SampleKeyBits, tables.keysOf())
	var list []posting
	var values []uint64
	for {
		ok, err := tables.next()
		if err != nil {
			return err
		}
		if !ok {
			m.footer.Samples, err = w.finish()
			return err
		}
		var cut bool
		if list, cut = m.postingsAt(list[:0], tables); len(list) == 0 && !cut {
			continue
		}
		values = appendPostings(values[:0], list, cut)
		if err := w.add(tables.key, values); err != nil {
			return err
		}
	}
}

// postingsAt appends the postings of the key at hand that are left, ascending.
func (m *merger) postingsAt(list []posting, tables *merged) (_ []posting, cut bool) {
	for _, i := range tables.at {
		start := len(list)
		var partCut bool
		list, partCut = readPostings(list, tables.cursors[i].values)
		cut = cut || partCut
		kept := list[:start]
		for _, old := range list[start:] {
			if local, ok := m.posterOf(i, old.local()); ok {
				kept = append(kept, old.at(local))
			}
		}
		list = kept
	}
	byLocal := func(p, q posting) int { return cmp.Compare(p.local(), q.local()) }
	if !slices.IsSortedFunc(list, byLocal) {
		slices.SortFunc(list, byLocal)
	}
	return slices.CompactFunc(list, func(p, q posting) bool { return p.local() == q.local() }), cut
}

// posterOf is the article that has the samples noted which one of a part had.
func (m *merger) posterOf(part int, old uint32) (uint32, bool) {
	if moved, ok := m.posters[member{part, old}]; ok {
		return moved.local, !moved.none
	}
	return m.parts[part].local(old)
}

func (m *merger) mergeOthers() (err error) {
	if m.footer.Paragraphs, err = m.mergeStandings(func(s *segment) *table { return s.paragraphs }, nil); err != nil {
		return err
	}
	m.footer.Names, err = m.mergeStandings(func(s *segment) *table { return s.names }, nil)
	return err
}
