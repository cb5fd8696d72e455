package main

import (
	"fmt"
	"io"
	"os"

	"github.com/cespare/xxhash/v2"
)

// hashCommand is run by compare as a process of its own: "bench hash FILE".
const hashCommand = "hash"

// hashRead is what one read asks for: more is no faster.
const hashRead = 1 << 20 // bytes

// hash does the least that one can do with a file and know all of it.
func hash(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	digest := xxhash.New()
	// The anonymous struct hides that a file can write itself out in smaller reads.
	if _, err := io.CopyBuffer(digest, struct{ io.Reader }{file}, make([]byte, hashRead)); err != nil {
		return fmt.Errorf("hashing %q: %w", path, err)
	}
	fmt.Printf("%016x  %s\n", digest.Sum64(), path)
	return nil
}
