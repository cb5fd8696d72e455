package compress

import (
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// Snappy compresses blocks alone: no file is of this kind by itself.
const Snappy Kind = "snappy"

// Blocks decompresses blocks, of LZ4 without a frame, whose size is known beforehand, as container
// formats store them. The zero value is ready. It is not safe for concurrent use.
type Blocks struct {
	gzip *gzip.Reader
	zstd *zstd.Decoder
}

// Close ends what the decompressor holds.
func (b *Blocks) Close() {
	if b.zstd != nil {
		b.zstd.Close()
	}
}

// Decompress fills dst with what src holds. It is an error where that is not
// just as much, and nothing beyond the size of dst is ever made of it.
func (b *Blocks) Decompress(kind Kind, dst, src []byte) error {
	n, err := 0, error(nil)
	switch kind {
	case None:
		n = len(src)
		copy(dst, src)
	case Snappy:
		n, err = snappy(dst, src)
	case LZ4:
		n, err = lz4.UncompressBlock(src, dst)
	case Gzip:
		n, err = b.gunzip(dst, src)
	case Zstd:
		n, err = b.unzstd(dst, src)
	default:
		return fmt.Errorf("blocks compressed with %s are not read", kind)
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", kind, err)
	}
	if n != len(dst) {
		return fmt.Errorf("the block holds %d bytes, and should hold %d", n, len(dst))
	}
	return nil
}

func snappy(dst, src []byte) (int, error) {
	if n, err := s2.DecodedLen(src); err != nil || n != len(dst) {
		return n, err
	}
	decoded, err := s2.Decode(dst, src)
	return len(decoded), err
}

func (b *Blocks) gunzip(dst, src []byte) (int, error) {
	var err error
	if b.gzip == nil {
		b.gzip = new(gzip.Reader)
	}
	if err = b.gzip.Reset(bytes.NewReader(src)); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(b.gzip, dst)
	if err == io.ErrUnexpectedEOF || err == io.EOF {
		return n, nil
	}
	if err != nil {
		return n, err
	}
	var more [1]byte
	m, err := b.gzip.Read(more[:])
	if err == io.EOF {
		err = nil
	}
	return n + m, err
}

func (b *Blocks) unzstd(dst, src []byte) (int, error) {
	if b.zstd == nil {
		decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecodeAllCapLimit(true))
		if err != nil {
			return 0, err
		}
		b.zstd = decoder
	}
	decoded, err := b.zstd.DecodeAll(src, dst[:0:len(dst)])
	return len(decoded), err
}
