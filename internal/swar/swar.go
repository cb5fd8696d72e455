// Package swar tests the eight bytes of a machine's word at once (SIMD within a
// register). A word is read little-endian, so that the first byte of a text is
// the lowest.
//
// Below and Equal answer with the high bit of each byte, and are right up to the
// first byte that they find and on that one: behind it, a borrow may set others by
// mistake. So it is certain whether there is any, and which is the first; the
// other bits of a byte mean nothing. Answers may be joined by or, and the same
// holds.
//
// Literature: Mycroft (1987), as told in Warren, Hacker's Delight, 6-1.
package swar

import "math/bits"

const (
	Ones = 0x0101010101010101 // 1 in each byte; times a byte it is that in each
	High = 0x80 * Ones        // the highest bit of each byte
)

// Below finds the bytes below n, which is at most 128.
func Below(word uint64, n byte) uint64 { return (word - uint64(n)*Ones) &^ word }

// Equal finds the bytes that are c.
func Equal(word uint64, c byte) uint64 { return Below(word^uint64(c)*Ones, 1) }

// First returns the position, from 0, of the first byte whose high bit is set in
// found, which is an answer and High; 8 where there is none.
func First(found uint64) int { return bits.TrailingZeros64(found) / 8 }

// Gather moves the high bits of the eight bytes into the lowest eight bits, in
// their order.
func Gather(word uint64) uint64 { return (word & High >> 7) * 0x0102040810204080 >> 56 }
