// Package compress reads gzip, zstd, bzip2, xz and lz4, told by their magic bytes.
//
// A name is not asked: a file called .gz that a download tool has already
// unpacked is read as what it is. Files of several members, streams or frames
// are read to their end, as their own tools do; what stands behind them and is
// none is a TrailingError. An input is decompressed as a stream.
//
// Decode undoes the content codings of HTTP, whose bodies are in memory: gzip,
// zstd, deflate and brotli. Brotli is read by andybalholm/brotli, the one in pure
// Go that is kept up.
//
// Container formats compress block by block, and know the size of each: Blocks
// reads those, snappy and LZ4 among them.
//
// # Cost
//
// The memory is that of the format's window, which a hostile file may choose:
// of zstd and xz it is at most MaxWindow, else the file is refused; of bzip2 it is
// 4 MB, of lz4 8 to 16 MiB. xz takes a new dictionary for each block, as large as the
// block says, or as its text is where it is a small one. The speed, of text
// on one core: lz4 1.8 GB/s, zstd 900 MB/s, gzip 200, xz 40, bzip2 30
// (BenchmarkOpen, made-up news).
//
// Literature: RFC 1950 to 1952 (zlib, deflate, gzip), RFC 7932 (brotli), RFC 8878
// (zstd), RFC 9110 (content codings), "The .xz File Format" 1.2.1,
// "LZ4 Frame Format Description" 1.6.4; of bzip2 there is only its source.
package compress

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

const (
	// inputBytes is read of a compressed input at once. Below 64 KiB the
	// system calls begin to show in a profile.
	inputBytes = 128 << 10
	// MaxWindow is the largest window of zstd, or dictionary of xz, in bytes
	// that is accepted: what the zstd tool accepts without being asked to
	// (--long=27), and twice that of xz -9.
	MaxWindow = 128 << 20
)

// A Decompressor opens one input after the other with the same memory. The
// zero value is ready. It is not safe for concurrent use.
type Decompressor struct {
	input source
	gzip  *gzip.Reader
	zstd  *zstd.Decoder
	lz4   *lz4.Reader
}

// Open returns the decompressed bytes of the source; those of the source
// itself where it is not compressed. What was opened before is no longer valid.
func (d *Decompressor) Open(source io.Reader) (io.Reader, Kind, error) {
	head := make([]byte, headBytes)
	n, err := readHead(source, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, None, err
	}
	source = io.MultiReader(bytes.NewReader(head[:n]), source)
	kind := KindOf(head[:n])
	if kind == None {
		return source, None, nil
	}
	d.input.reset(source)
	reader, err := d.open(kind)
	if err != nil {
		return nil, kind, fmt.Errorf("reading %s: %w", kind, unexpected(err))
	}
	return &namedErrors{reader, kind}, kind, nil
}

// readHead reads as much of the head as tells the compression. Of a text that is one byte: one that is
// written while it is read may not have more.
func readHead(source io.Reader, head []byte) (int, error) {
	n, err := io.ReadAtLeast(source, head, 1)
	if err != nil || !mayBegin(head[0]) {
		return n, err
	}
	more, err := io.ReadFull(source, head[n:])
	return n + more, err
}

func (d *Decompressor) open(kind Kind) (io.Reader, error) {
	all := &members{kind: kind, input: &d.input}
	switch kind {
	case Gzip:
		all.open = d.openGzip
	case XZ:
		all.open = func() (io.Reader, error) { return openXZ(&d.input) }
	case LZ4:
		return all, d.beginLZ4(all)
	case Bzip2:
		return openBzip2(&d.input), nil
	case Zstd:
		return d.openZstd()
	}
	return all, all.begin()
}

func (d *Decompressor) openGzip() (io.Reader, error) {
	if d.gzip == nil {
		d.gzip = new(gzip.Reader)
	}
	err := d.gzip.Reset(&d.input)
	d.gzip.Multistream(false)
	return d.gzip, err
}

func (d *Decompressor) openZstd() (io.Reader, error) {
	if d.zstd == nil {
		// With goroutines of its own, how much it gives of a damaged file depends
		// on which of them is faster. Inputs are decompressed beside the core anyway.
		decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(MaxWindow))
		if err != nil {
			return nil, err
		}
		d.zstd = decoder
	}
	return d.zstd, d.zstd.Reset(&d.input)
}

// beginLZ4 goes to the first frame, before which there may be others to be skipped.
func (d *Decompressor) beginLZ4(all *members) error {
	if d.lz4 == nil {
		d.lz4 = lz4.NewReader(nil)
	}
	all.open = func() (io.Reader, error) { return openLZ4(&d.input, d.lz4), nil }
	return all.next()
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
