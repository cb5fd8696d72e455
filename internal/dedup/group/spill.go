package group

import (
	"encoding/binary"
	"fmt"
	"io"
)

// entryBytes is what an entry takes, in memory and spilled.
const entryBytes = 6

// A Spill takes entries that memory has no room for, and gives them back.
type Spill interface {
	io.Writer
	io.ReaderAt
}

// A segment is the entries of one partition that were spilled at once: first
// the keys of all of them, then the rests.
type segment struct {
	offset int64
	count  int
}

// Bytes is the memory that the entries take which are not spilled.
func (s *Store) Bytes() int64 { return int64(s.size-s.spilled) * entryBytes }

// Spilled reports whether entries have been spilled. They stay where they are when
// their lists are asked for, and may be asked for again.
func (s *Store) Spilled() bool { return s.spilled > 0 }

// Spill moves all entries out of memory, always to the same place.
func (s *Store) Spill(to Spill) error {
	s.spill = to
	var buffer []byte
	for part := range Partitions {
		count := s.inMemory(part)
		if count == 0 {
			continue
		}
		buffer = s.encode(buffer[:0], part, count)
		if _, err := to.Write(buffer); err != nil {
			return fmt.Errorf("spilling samples: %w", err)
		}
		s.segments[part] = append(s.segments[part], segment{s.spillEnd, count})
		s.spillEnd += int64(len(buffer))
		s.spilled += count
		s.parts[part], s.lastUsed[part] = nil, 0
	}
	return nil
}

// inMemory is the number of entries of a partition that are in memory.
func (s *Store) inMemory(part int) int {
	chunks := len(s.parts[part])
	if chunks == 0 {
		return 0
	}
	return (chunks-1)*chunkEntries + int(s.lastUsed[part])
}

func (s *Store) encode(buffer []byte, part, count int) []byte {
	chunks := s.parts[part]
	for at := range count {
		buffer = binary.LittleEndian.AppendUint32(buffer, chunks[at/chunkEntries].keys[at%chunkEntries])
	}
	for at := range count {
		buffer = binary.LittleEndian.AppendUint16(buffer, uint16(chunks[at/chunkEntries].rests[at%chunkEntries]))
	}
	return buffer
}

// readBack returns all entries of a partition of which some are spilled, in
// their order: in chunks that are full but for the last.
func (s *Store) readBack(part int) ([]*chunk, error) {
	var back Store // of this partition alone
	for _, segment := range s.segments[part] {
		buffer := make([]byte, segment.count*entryBytes)
		if n, err := s.spill.ReadAt(buffer, segment.offset); n < len(buffer) {
			return nil, fmt.Errorf("reading spilled samples: %w", err)
		}
		keys, rests := make([]uint32, segment.count), make([]rest, segment.count)
		for i := range keys {
			keys[i] = binary.LittleEndian.Uint32(buffer[4*i:])
			rests[i] = rest(binary.LittleEndian.Uint16(buffer[4*segment.count+2*i:]))
		}
		back.appendEntries(part, keys, rests)
	}
	for i, c := range s.parts[part] {
		count := chunkEntries
		if i == len(s.parts[part])-1 {
			count = int(s.lastUsed[part])
		}
		back.appendEntries(part, c.keys[:count], c.rests[:count])
	}
	return back.parts[part], nil
}
