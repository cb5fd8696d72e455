package parquet

import (
	"bytes"
	"io"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// Format is Parquet files whose articles stand in the given columns.
func Format(fields corpus.Fields) corpus.Format {
	fields = fields.OrDefault()
	return corpus.Format{
		Name: "parquet",
		Open: func(in *corpus.Stream) (corpus.Splitter, corpus.Decode) {
			s := &splitter{in: in, fields: fields}
			return s, s.decode
		},
		Kept: true, Binary: true,
		Object: object,
	}
}

// Matches reports whether the head of an input is that of a Parquet file. A
// text might begin with the same letters: so a control character must follow.
func Matches(head []byte) bool {
	if !bytes.HasPrefix(head, []byte(magic)) && !bytes.HasPrefix(head, []byte(encryptedMagic)) {
		return false
	}
	return bytes.ContainsFunc(head[:min(len(head), controlWithin)], func(r rune) bool { return r < '\b' || '\r' < r && r < ' ' && r != '\x1b' })
}

// controlWithin is how far a page's header, or the footer, is looked at.
const controlWithin = 64

// A splitter makes a record of each row.
type splitter struct {
	in     *corpus.Stream
	fields corpus.Fields
	table  *table // nil before the first call, and where the file cannot be read
	opened bool
	row    int64                // that comes next, from 0
	told   bool                 // that no column names the rows, if so
	names  [corpus.Roles]string // of the preferred columns, "" where there is none
	texts  []*column            // that may have the text, the preferred one first
	others []*column            // see table: kept beyond it, for their names
	frame  []byte

	size     int64 // of the file
	textLeft int64 // bytes of values that it may have beyond those so far
	// othersLeft is the same for those of other columns.
	othersLeft int64
}

// textOfAnyFile and textPerByte bound the values of a file by its size: what
// has more is one text over and over, of which a dictionary makes gigabytes out of
// some hundred bytes. Texts that differ are compressed to a tenth, and at most to
// a thousandth.
const (
	textOfAnyFile = 256 << 20
	textPerByte   = 1 << 10
)

// Split returns the next row that has a text.
func (s *splitter) Split() (corpus.Record, error) {
	if !s.opened {
		s.opened = true
		if err := s.open(); err != nil {
			return corpus.Record{}, err
		}
	}
	for s.table != nil {
		if err := s.in.Cancelled(); err != nil {
			return corpus.Record{}, err
		}
		if s.table.rowsLeft == 0 {
			s.nextGroup()
			continue
		}
		if record, ok := s.nextRow(); ok {
			return record, nil
		}
	}
	return corpus.Record{}, s.in.Err()
}

// open opens the file, or reports why it cannot be read.
func (s *splitter) open() error {
	if s.in.Offset() != 0 {
		s.in.Report(corpus.Locator{}, corpus.Unreadable, "not a Parquet file: a byte order mark stands before its %s, as where a program took it for text", magic)
		return io.EOF
	}
	source, size, err := s.in.Whole()
	if err != nil {
		return err
	}
	table, err := openColumns(source, size, s.fields, s.in.AllFields())
	if err != nil {
		s.in.Report(corpus.Locator{}, kindOf(err), "%v", err)
		return nil
	}
	s.size, s.textLeft = size, textOfAnyFile+size*textPerByte
	s.othersLeft = s.textLeft
	s.use(table)
	return nil
}

// use reads from the table from now on.
func (s *splitter) use(table *table) {
	s.table, s.texts, s.others = table, table.of[corpus.Text], table.others
	for role, columns := range table.of {
		if len(columns) > 0 {
			s.names[role] = columns[0].leaf.name
		}
	}
}

// kindOf tells a file that breaks off from one that cannot be understood.
func kindOf(err error) string {
	if err == errCut || err == errEncrypted {
		return corpus.Unreadable
	}
	return corpus.BadRecord
}

func (s *splitter) here() corpus.Locator { return corpus.Locator{Offset: s.row, Line: int(s.row) + 1} }

// advance goes on by rows.
func (s *splitter) advance(rows int64) {
	s.row += rows
	s.in.Advance(0, int(rows))
}

// nextGroup goes on to the next row group.
func (s *splitter) nextGroup() {
	err := s.table.nextGroup()
	if _, last := err.(*errFooter); last {
		s.in.Report(s.here(), corpus.BadRecord, "the footer is damaged from row group %d of %d on, and no more rows are read: %v", s.table.groupNo+1, s.table.groups, err)
	} else if err == nil {
		return
	} else if err != io.EOF {
		s.damaged(err)
		return
	}
	s.close()
}

// close ends the reading of rows.
func (s *splitter) close() {
	s.table.close()
	s.table = nil
}

// damaged reports that the rest of the row group cannot be read.
func (s *splitter) damaged(err error) {
	t := s.table
	s.in.Report(s.here(), corpus.BadRecord, "row group %d of %d is damaged, and its rows from here to %d are left out: %v",
		t.groupNo, t.groups, s.row+t.rowsLeft, err)
	s.advance(t.rowsLeft)
	t.rowsLeft = 0
}

// nextRow makes a record of the next row, unless it is damaged or too large.
func (s *splitter) nextRow() (corpus.Record, bool) {
	if err := s.table.nextRow(); err != nil {
		s.damaged(err)
		return corpus.Record{}, false
	}
	at := s.here()
	if !s.told && s.names[corpus.ID] == "" && s.fields.Asked(corpus.ID) {
		s.in.Report(corpus.Locator{}, corpus.UnnamedArticle, "%s, so its rows are called by their numbers; --id-field names the identifier", s.table.noID)
	}
	s.told = true
	size := s.table.size()
	if size > int64(s.in.Limit()) {
		s.advance(1)
		s.in.ReportTooLarge(at, size)
		return corpus.Record{}, false
	}
	if !s.hasRoom(size) {
		s.close()
		return corpus.Record{}, false
	}
	s.nextOthers(at)
	s.advance(1)
	s.frame = s.table.appendFrame(s.frame[:0])
	return corpus.Record{Offset: at.Offset, Line: at.Line, Data: s.frame}, true
}

// nextOthers reads the values of the row that are no article's.
func (s *splitter) nextOthers(at corpus.Locator) {
	for _, err := range s.table.nextOthers() {
		s.in.Report(at, corpus.BadRecord, "%v", err)
	}
	if s.othersLeft -= s.table.othersSize(); s.othersLeft < 0 && s.table.others != nil {
		s.in.Report(at, corpus.TooLarge, "only the columns of articles are read from here on: the values of all have more than %d bytes", textOfAnyFile+s.size*textPerByte)
		s.table.others = nil
	}
}

// hasRoom counts the values of the next row. False says that no more rows are read:
// a bomb is reported here, and that there is no room by the stream.
func (s *splitter) hasRoom(size int64) bool {
	if size > s.textLeft {
		s.in.Report(s.here(), corpus.TooLarge, "no more rows are read: their values have more than %d bytes, which is more than a file of %d bytes is believed to have",
			textOfAnyFile+s.size*textPerByte, s.size)
		return false
	}
	s.textLeft -= size
	return s.in.Charge(size)
}
