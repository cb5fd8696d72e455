package parquet

// The physical types.
const (
	physicalBoolean = iota
	physicalInt32
	physicalInt64
	physicalInt96
	physicalFloat
	physicalDouble
	physicalBytes
	physicalFixed
)

// The members of the union LogicalType that matter here.
const (
	logicalString    = 1
	logicalDate      = 6
	logicalTimestamp = 8
	logicalInteger   = 10
	logicalUUID      = 14
)

// A kind is what the values of a column are to a reader of articles.
type kind int

const (
	other kind = iota // of no use: truths, decimals, times of the day, fixed bytes
	text
	integer
	unsigned
	date
	millis
	micros
	nanos
	int96 // the timestamp of old writers
	uuid
	float
	double
)

// called names a kind for messages.
func (k kind) called() string {
	switch k {
	case text:
		return "text"
	case integer, unsigned, float, double:
		return "numbers"
	case date, millis, micros, nanos, int96:
		return "times"
	case uuid:
		return "UUIDs"
	default:
		return "values of another type"
	}
}

// valueWidth returns how many bytes a value takes, 0 where each says so itself.
func (e *element) valueWidth() int {
	switch e.physical {
	case physicalInt32, physicalFloat:
		return 4
	case physicalInt64, physicalDouble:
		return 8
	case physicalInt96:
		return 12
	case physicalFixed:
		return e.width
	}
	return 0
}

func (e *element) kind() kind {
	switch e.physical {
	case physicalInt32, physicalInt64:
		return e.integerKind()
	case physicalInt96:
		return int96
	case physicalFloat:
		return float
	case physicalDouble:
		return double
	case physicalBytes:
		// Without a logical type it is a string too: old writers gave it none.
		if e.converted == convertedDecimal || e.converted == convertedBSON {
			return other
		}
		return text
	case physicalFixed:
		if e.logical.kind == logicalUUID && e.width == uuidBytes {
			return uuid
		}
	}
	return other
}

const uuidBytes = 16

// The members of the older enum ConvertedType that matter here.
const (
	convertedDecimal    = 5
	convertedDate       = 6
	convertedTimeMillis = 7
	convertedTimeMicros = 8
	convertedMillis     = 9
	convertedMicros     = 10
	convertedUint8      = 11
	convertedUint64     = 14
	convertedBSON       = 20
)

// integerKind tells numbers from times, by the newer annotation first.
func (e *element) integerKind() kind {
	switch l := e.logical; {
	case l.kind == logicalTimestamp && 1 <= l.unit && l.unit <= 3:
		return []kind{millis, micros, nanos}[l.unit-1]
	case l.kind == logicalDate:
		return date
	case l.kind == logicalInteger && l.unsigned:
		return unsigned
	case l.kind == logicalInteger:
		return integer
	case l.kind != 0:
		return other
	}
	switch c := e.converted; {
	case c == convertedDate:
		return date
	case c == convertedMillis:
		return millis
	case c == convertedMicros:
		return micros
	case c == convertedDecimal || c == convertedTimeMillis || c == convertedTimeMicros:
		return other
	case convertedUint8 <= c && c <= convertedUint64:
		return unsigned
	}
	return integer
}
