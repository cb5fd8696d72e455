//go:build !amd64

package text

// OPT: NEON would do for arm64 what AVX2 does for amd64.
func classify(blocks []block, body []byte) { classifyPortable(blocks, body) }
