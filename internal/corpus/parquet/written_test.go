package parquet

import (
	"encoding/binary"
	"math"
	"testing"
)

func TestAppendValue(t *testing.T) {
	four := func(v int32) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(v)) }
	eight := func(v int64) []byte { return binary.LittleEndian.AppendUint64(nil, uint64(v)) }
	of := func(v float64) []byte { return eight(int64(math.Float64bits(v))) }
	for _, test := range []struct {
		kind  kind
		value []byte
		want  string
	}{
		{text, []byte("as it stands"), "as it stands"},
		{integer, four(-7), "-7"},
		{integer, eight(math.MinInt64), "-9223372036854775808"},
		{unsigned, four(-1), "4294967295"},
		{unsigned, eight(-1), "18446744073709551615"},
		{date, four(19724), "2024-01-02"},
		{date, four(-1), "1969-12-31"},
		{millis, eight(1704164645123), "2024-01-02T03:04:05Z"},
		{micros, eight(-1), "1969-12-31T23:59:59Z"},
		{nanos, eight(1704164645000000001), "2024-01-02T03:04:05Z"},
		{int96, append(eight(11045*1e9), four(julianEpoch+19724)...), "2024-01-02T03:04:05Z"},
		{uuid, []byte("0123456789abcdef"), "30313233-3435-3637-3839-616263646566"},
		{float, four(int32(math.Float32bits(17))), "17"},
		{double, of(17), "17"},
		{double, of(1704164645.5), "1704164645.5"},
		{double, of(1e300), "1e+300"},
		{double, of(math.NaN()), ""},
		{double, of(math.Inf(1)), ""},
		{other, eight(1), ""},
	} {
		if got := string(appendValue(nil, test.kind, test.value)); got != test.want {
			t.Errorf("kind %d, % x: %q, want %q", test.kind, test.value, got, test.want)
		}
	}
	// No time is longer than the memory that appendFrame has for it.
	for _, k := range []kind{integer, unsigned, date, millis, micros, nanos, double} {
		for _, v := range []int64{math.MinInt64, math.MaxInt64} {
			if got := appendValue(nil, k, eight(v)); len(got) > 64 {
				t.Errorf("kind %d, %d: %d bytes", k, v, len(got))
			}
		}
	}
}
