package compress

import (
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"
)

// Suffix returns what is put behind the name of a file of the kind.
func (k Kind) Suffix() string {
	return map[Kind]string{Gzip: ".gz", Zstd: ".zst", Bzip2: ".bz2", XZ: ".xz", LZ4: ".lz4"}[k]
}

// OfName returns the kind that the name of a file says.
func OfName(name string) Kind {
	suffix := strings.ToLower(name[len(TrimSuffix(name)):])
	if suffix == ".zstd" {
		return Zstd
	}
	for _, kind := range []Kind{Gzip, Zstd, Bzip2, XZ, LZ4} {
		if suffix == kind.Suffix() {
			return kind
		}
	}
	return None
}

// Writable are the kinds that are written. There is no compressor of bzip2 in
// the library, and who has it can have zstd.
func Writable() []Kind { return []Kind{None, Gzip, Zstd, XZ, LZ4} }

// NewWriter returns a writer that compresses to out, which Close does not close.
// Where records are members (gzip), its method EndRecord ends one.
func NewWriter(kind Kind, out io.Writer) (io.WriteCloser, error) {
	switch kind {
	case None:
		return plain{out}, nil
	case Gzip:
		return &memberWriter{Writer: gzip.NewWriter(out), out: out}, nil
	case Zstd:
		return zstd.NewWriter(out, zstd.WithEncoderConcurrency(1))
	case XZ:
		return xz.NewWriter(out)
	case LZ4:
		return struct{ io.WriteCloser }{lz4.NewWriter(out)}, nil // its ReadFrom does not follow a Write
	}
	return nil, fmt.Errorf("%s is not written", kind)
}

type plain struct{ io.Writer }

func (plain) Close() error { return nil }

// A memberWriter begins a gzip member with the first byte behind the end of
// another.
type memberWriter struct {
	*gzip.Writer
	out   io.Writer
	ended bool
}

func (w *memberWriter) Write(p []byte) (int, error) {
	if w.ended && len(p) > 0 {
		w.Reset(w.out)
		w.ended = false
	}
	return w.Writer.Write(p)
}

// EndRecord ends the member.
func (w *memberWriter) EndRecord() error {
	if w.ended {
		return nil
	}
	w.ended = true
	return w.Writer.Close()
}

func (w *memberWriter) Close() error { return w.EndRecord() }
