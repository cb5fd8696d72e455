package text

import "golang.org/x/sys/cpu"

// classify classifies the bytes of the blocks: with AVX2, which all x86
// processors since 2015 have, 64 bytes take the time of eight without.
func classify(blocks []block, body []byte) {
	if len(blocks) == 0 {
		return
	}
	if !cpu.X86.HasAVX2 {
		classifyPortable(blocks, body)
		return
	}
	_ = body[:len(blocks)*blockBytes]
	classifyAVX2(&blocks[0], &body[0], len(blocks))
}

// classifyAVX2 classifies that many blocks, at least one, of 64 bytes each.
//
//go:noescape
func classifyAVX2(blocks *block, body *byte, count int)
