// Package compress reads gzip and zstd, told by their magic bytes.
//
// A name is not asked: a file called .gz that a download tool has already
// unpacked is read as what it is. Gzip files of several members and zstd files
// of several frames are read to their end, as their own tools do; what stands
// behind them and is neither is a TrailingError. An input is decompressed as a stream; the memory is that of the format's window, for
// zstd at most MaxWindow.
//
// Container formats compress block by block, and know the size of each: Blocks
// reads those, snappy and LZ4 among them.
//
// Literature: RFC 1952 (gzip), RFC 8878 (zstd).
package compress

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A Kind is a way of compression, by the name that reports use.
type Kind string

// The kinds that are read.
const (
	None Kind = ""
	Gzip Kind = "gzip"
	Zstd Kind = "zstd"
)

const (
	// magicBytes is the length of the longest magic.
	magicBytes = 4
	// inputBytes is read of a compressed input at once. Below 64 KiB the
	// system calls begin to show in a profile.
	inputBytes = 128 << 10
	// MaxWindow is the largest zstd window in bytes that is accepted: what the
	// zstd tool accepts without being asked to (--long=27).
	MaxWindow = 128 << 20
)

// KindOf tells the compression by the first bytes of an input.
func KindOf(head []byte) Kind {
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		return Gzip
	}
	if len(head) < magicBytes {
		return None
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return Zstd
	case head[0]&0xf0 == 0x50 && bytes.Equal(head[1:magicBytes], []byte{0x2a, 0x4d, 0x18}):
		return Zstd // a frame to be skipped stands first
	}
	return None
}

// TrimSuffix returns the name without the suffix of a compression.
func TrimSuffix(name string) string {
	for _, suffix := range []string{".gz", ".zst", ".zstd"} {
		if len(name) > len(suffix) && strings.EqualFold(name[len(name)-len(suffix):], suffix) {
			return name[:len(name)-len(suffix)]
		}
	}
	return name
}

// A Decompressor opens one input after the other with the same memory. The
// zero value is ready. It is not safe for concurrent use.
type Decompressor struct {
	input *bufio.Reader
	gzip  *gzip.Reader
	zstd  *zstd.Decoder
}

// Open returns the decompressed bytes of the source; those of the source
// itself where it is not compressed. What was opened before is no longer valid.
func (d *Decompressor) Open(source io.Reader) (io.Reader, Kind, error) {
	head := make([]byte, magicBytes)
	n, err := io.ReadFull(source, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, None, err
	}
	source = io.MultiReader(bytes.NewReader(head[:n]), source)
	switch kind := KindOf(head[:n]); kind {
	case Gzip:
		reader, err := d.openGzip(source)
		return reader, kind, err
	case Zstd:
		reader, err := d.openZstd(source)
		return reader, kind, err
	default:
		return source, None, nil
	}
}

func (d *Decompressor) buffered(source io.Reader) *bufio.Reader {
	if d.input == nil {
		d.input = bufio.NewReaderSize(source, inputBytes)
	}
	d.input.Reset(source)
	return d.input
}

func (d *Decompressor) openGzip(source io.Reader) (io.Reader, error) {
	if d.gzip == nil {
		d.gzip = new(gzip.Reader)
	}
	counted := &counter{Reader: source}
	reader := &gzipReader{member: d.gzip, input: d.buffered(counted), source: counted}
	if err := reader.open(); err != nil {
		return nil, fmt.Errorf("reading gzip: %w", err)
	}
	return &namedErrors{reader, Gzip}, nil
}

func (d *Decompressor) openZstd(source io.Reader) (io.Reader, error) {
	if d.zstd == nil {
		decoder, err := zstd.NewReader(nil, zstd.WithDecoderMaxWindow(MaxWindow))
		if err != nil {
			return nil, fmt.Errorf("reading zstd: %w", err)
		}
		d.zstd = decoder
	}
	if err := d.zstd.Reset(d.buffered(source)); err != nil {
		return nil, fmt.Errorf("reading zstd: %w", unexpected(err))
	}
	return &namedErrors{d.zstd, Zstd}, nil
}

// unexpected is the error of an input that ends in the middle of a header:
// io.EOF would say that all is well.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// namedErrors says of an error which compression it came from.
type namedErrors struct {
	io.Reader
	kind Kind
}

func (r *namedErrors) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if errors.Is(err, zstd.ErrMagicMismatch) { // Open has seen the first frame's magic
		err = &TrailingError{Kind: Zstd}
	}
	if err != nil && err != io.EOF {
		err = fmt.Errorf("reading %s: %w", r.kind, err)
	}
	return n, err
}

// Close ends the goroutines of the zstd decoder.
func (d *Decompressor) Close() {
	if d.zstd != nil {
		d.zstd.Close()
		d.zstd = nil
	}
}
