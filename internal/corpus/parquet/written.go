package parquet

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"strconv"
	"time"
)

const (
	secondsPerDay = 24 * 60 * 60
	// julianEpoch is the Julian day of 1970-01-01, from which old timestamps count.
	julianEpoch = 2440588
)

// appendValue appends a value as a corpus in text would have it: numbers in
// decimal, times by RFC 3339. Nothing is appended for what is no number.
func appendValue(b []byte, k kind, value []byte) []byte {
	switch k {
	case text:
		return append(b, value...)
	case integer:
		return strconv.AppendInt(b, signed(value), 10)
	case unsigned:
		return strconv.AppendUint(b, bitsOf(value), 10)
	case date:
		return time.Unix(signed(value)*secondsPerDay, 0).UTC().AppendFormat(b, time.DateOnly)
	case millis:
		return appendTime(b, time.UnixMilli(signed(value)))
	case micros:
		return appendTime(b, time.UnixMicro(signed(value)))
	case nanos:
		return appendTime(b, time.Unix(0, signed(value)))
	case int96:
		ofDay, day := signed(value[:8]), int64(binary.LittleEndian.Uint32(value[8:]))
		return appendTime(b, time.Unix((day-julianEpoch)*secondsPerDay, 0).Add(time.Duration(ofDay)))
	case uuid:
		return appendUUID(b, value)
	case float:
		return appendFloat(b, float64(math.Float32frombits(uint32(bitsOf(value)))), 32)
	case double:
		return appendFloat(b, math.Float64frombits(bitsOf(value)), 64)
	}
	return b
}

func appendTime(b []byte, t time.Time) []byte { return t.UTC().AppendFormat(b, time.RFC3339) }

// appendFloat appends a number, mostly an identifier that its writer made a
// float since some rows have none. What is not a number is none.
func appendFloat(b []byte, value float64, bits int) []byte {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return b
	}
	if math.Abs(value) < 1e18 {
		return strconv.AppendFloat(b, value, 'f', -1, bits)
	}
	return strconv.AppendFloat(b, value, 'g', -1, bits)
}

func appendUUID(b, value []byte) []byte {
	for i, part := range [...][]byte{value[:4], value[4:6], value[6:8], value[8:10], value[10:]} {
		if i > 0 {
			b = append(b, '-')
		}
		b = hex.AppendEncode(b, part)
	}
	return b
}

// bitsOf returns the bits of a value of 4 or 8 bytes.
func bitsOf(value []byte) uint64 {
	if len(value) == 4 {
		return uint64(binary.LittleEndian.Uint32(value))
	}
	return binary.LittleEndian.Uint64(value)
}

// signed returns a value of 4 or 8 bytes as a number with a sign.
func signed(value []byte) int64 {
	if len(value) == 4 {
		return int64(int32(binary.LittleEndian.Uint32(value)))
	}
	return int64(binary.LittleEndian.Uint64(value))
}
