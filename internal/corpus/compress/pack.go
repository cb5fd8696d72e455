package compress

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// packWindow is the window of a Packer: its blocks are no larger.
const packWindow = 128 << 10

// A Packer compresses blocks by zstd, each by itself, as Blocks decompresses them. The
// zero value is ready. It is not safe for concurrent use.
type Packer struct{ encoder *zstd.Encoder }

// Append appends the block, compressed.
func (p *Packer) Append(to, block []byte) ([]byte, error) {
	if p.encoder == nil {
		encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(packWindow),
			zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false))
		if err != nil {
			return nil, fmt.Errorf("compressing: %w", err)
		}
		p.encoder = encoder
	}
	return p.encoder.EncodeAll(block, to), nil
}
