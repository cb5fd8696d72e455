package parquet

import (
	"errors"
	"fmt"
	"io"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// A table is the wanted columns of a file, read row by row.
type table struct {
	fields corpus.Fields
	footer *footer
	shelf  shelf

	of      [corpus.Roles][]*column // by role, the preferred one first
	columns []*column
	others  []*column // all that can be written as text, in the order of the file, where all are wanted
	unread  []bool    // of others: it cannot be read in this row group
	spare   shelf     // what others may hold, beside what the article needs
	slot    []int     // by leaf, the position in columns, -1 for those that are not wanted
	noID    string

	group    group
	groupNo  int // from 1
	groups   int
	rowsLeft int64                // of the group
	mostLeft int64                // rows that the file may have beyond those so far
	values   [corpus.Roles][]byte // of the row, nil where there is none
	kinds    [corpus.Roles]kind   // of the columns that they are of
}

// rowsOfAnyFile and rowsPerByte bound the rows of a file by its size: what has
// more is all nulls, or one text over and over, and could be made to be read for years.
const (
	rowsOfAnyFile = 1 << 20
	rowsPerByte   = 64
)

// openTable reads what the file says of itself. The error is the file's problem.
func openTable(source io.ReaderAt, size int64, fields corpus.Fields) (*table, error) {
	return openColumns(source, size, fields, false)
}

// openColumns is openTable for all columns that can be written as text, or for those
// alone in which the fields stand.
func openColumns(source io.ReaderAt, size int64, fields corpus.Fields, all bool) (*table, error) {
	f, err := readFooter(source, size)
	if err != nil {
		return nil, err
	}
	leaves, err := f.leaves()
	if err != nil {
		return nil, fmt.Errorf("the footer is damaged: %w", err)
	}
	t := &table{fields: fields, footer: f, groups: f.left, shelf: shelf{source: source, size: size, mostHeld: maxHeldBytes}}
	t.mostLeft = rowsOfAnyFile + size*rowsPerByte
	chosen := choose(leaves, fields)
	if len(chosen[corpus.Text]) == 0 {
		return nil, errors.New(noText(leaves, fields))
	}
	if len(chosen[corpus.ID]) == 0 {
		t.noID = noColumn(leaves, fields[corpus.ID][0])
	}
	t.want(leaves, chosen)
	t.group.needed = len(t.columns)
	if all {
		t.wantOthers(leaves)
	}
	t.group.chunks = make([]chunk, len(t.columns))
	f.elements = nil
	return t, nil
}

// want makes a column of each chosen leaf; two roles may share one.
func (t *table) want(leaves []leaf, chosen [corpus.Roles][]int) {
	t.slot = make([]int, len(leaves))
	for i := range t.slot {
		t.slot[i] = -1
	}
	for role, wanted := range chosen {
		for _, at := range wanted {
			t.of[role] = append(t.of[role], t.column(&t.shelf, leaves, at))
		}
	}
}

// column returns the column of a leaf.
func (t *table) column(s *shelf, leaves []leaf, at int) *column {
	if t.slot[at] < 0 {
		t.slot[at] = len(t.columns)
		t.columns = append(t.columns, &column{shelf: s, leaf: leaves[at]})
	}
	return t.columns[t.slot[at]]
}

// wantOthers makes a column of every leaf that can be written as text.
func (t *table) wantOthers(leaves []leaf) {
	t.spare = shelf{source: t.shelf.source, size: t.shelf.size, mostHeld: t.shelf.mostHeld}
	for at, l := range leaves {
		if l.kind != other && !l.repeated && l.name != "" {
			t.others = append(t.others, t.column(&t.spare, leaves, at))
		}
	}
	t.unread = make([]bool, len(t.others))
}

// nextOthers reads the other values of the row that nextRow has read. A column that
// cannot be read is null from there to the end of its row group: the article does
// not depend on it. The errors are of those that could still be read before.
func (t *table) nextOthers() (errs []error) {
	row := t.group.rows - t.rowsLeft - 1
	for i, c := range t.others {
		if t.unread[i] {
			continue
		}
		if _, err := c.of(row); err != nil {
			t.unread[i], c.value = true, nil
			errs = append(errs, fmt.Errorf("the column %q is null from here to the end of its row group: %w", c.leaf.name, err))
		}
	}
	return errs
}

// errFooter says that no further row group can be found.
type errFooter struct{ cause error }

func (e *errFooter) Error() string { return e.cause.Error() }

// nextGroup goes on to the next row group; io.EOF says that there is none.
func (t *table) nextGroup() error {
	if err := t.footer.nextGroup(&t.group, t.slot); err != nil {
		if err == io.EOF {
			return err
		}
		return &errFooter{err}
	}
	if t.group.rows > t.mostLeft {
		return &errFooter{fmt.Errorf("it is said to have %d rows, which is more than a file of %d bytes is believed to have", t.group.rows, t.shelf.size)}
	}
	t.groupNo++
	t.mostLeft -= t.group.rows
	t.rowsLeft = t.group.rows
	clear(t.unread)
	for i, c := range t.columns {
		c.begin(t.group.chunks[i], t.group.rows)
	}
	return nil
}

// nextRow reads the values of the next row of the group: for each role the
// first that is not null.
func (t *table) nextRow() error {
	row := t.group.rows - t.rowsLeft
	for role, columns := range t.of {
		t.values[role] = nil
		for i := 0; i < len(columns) && t.values[role] == nil; i++ {
			value, err := columns[i].of(row)
			if err != nil {
				return fmt.Errorf("column %q: %w", columns[i].leaf.name, err)
			}
			t.values[role], t.kinds[role] = value, columns[i].leaf.kind
		}
	}
	t.rowsLeft--
	return nil
}

// size returns how many bytes the values of the row have.
func (t *table) size() int64 {
	size := int64(0)
	for _, value := range t.values {
		size += int64(len(value))
	}
	return size
}

// othersSize returns how many bytes the other values of the row have.
func (t *table) othersSize() int64 {
	size := int64(0)
	for _, c := range t.others {
		size += int64(len(c.value))
	}
	return size
}

// close ends what reading holds.
func (t *table) close() {
	t.shelf.blocks.Close()
	t.spare.blocks.Close()
}
