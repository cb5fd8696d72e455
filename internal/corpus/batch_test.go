package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// records returns a source of records with the given data, each valid until
// the following call.
func records(final error, data ...string) func() (Record, error) {
	var held []byte
	at := 0
	return func() (Record, error) {
		copy(held, bytes.Repeat([]byte{'!'}, len(held)))
		if at == len(data) {
			return Record{}, final
		}
		at++
		held = []byte(data[at-1])
		return Record{Line: at, Data: held}, nil
	}
}

func TestBatch(t *testing.T) {
	const size = 256 // bytes, and so at most four records
	long := string(bytes.Repeat([]byte("long "), 100))
	broken := errors.New("broken")
	for _, test := range []struct {
		name  string
		final error
		data  []string
		want  []string // a batch each
	}{
		{"nothing", io.EOF, nil, nil},
		{"one", io.EOF, []string{"a"}, []string{"[a]"}},
		{"many small ones", io.EOF, []string{"a", "b", "", "d", "e"}, []string{"[a b  d]", "[e]"}},
		{"one that is larger than a batch", io.EOF, []string{"a", long, "b"}, []string{"[a " + long + "]", "[b]"}},
		{"an error", broken, []string{"a", "b", "c", "d", "e"}, []string{"[a b c d]"}},
	} {
		var b Batch
		var got []string
		next := records(test.final, test.data...)
		err := b.Fill(size, next)
		for ; err == nil; err = b.Fill(size, next) {
			var all []string
			for _, record := range b.Records {
				all = append(all, string(record.Data))
			}
			got = append(got, fmt.Sprint(all))
			if cap(b.data) > size {
				t.Errorf("%s: %d bytes are kept", test.name, cap(b.data))
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" || err != test.final || len(b.Records) > 0 {
			t.Errorf("%s: error %v, %d records are left, batches (-want +got):\n%s", test.name, err, len(b.Records), diff)
		}
	}
}
