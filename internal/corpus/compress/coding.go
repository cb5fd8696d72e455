package compress

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// ErrTooLarge says that the decompressed data is larger than it may be.
var ErrTooLarge = errors.New("the decompressed data is larger than may be read")

// Decode undoes the content codings of an HTTP body (RFC 9110, 8.4), named as
// in its Content-Encoding header, the outermost last: gzip, deflate, br, zstd
// and identity. At most limit bytes are made, else ErrTooLarge: that is what a
// bomb costs. Of data that breaks off, what there was is returned beside the error.
//
// Archives keep the header where they have already undone the coding, so a
// body is undone only where it is what the header says: by its magic for gzip
// and zstd; for deflate and br, which have none, unless it fails to decode
// and is text as it stands. So is a body taken whose coding is unknown ("UTF-8" is a
// usual mistake). It may be called by any number of goroutines.
func Decode(codings string, body []byte, limit int) ([]byte, error) {
	names := strings.Split(codings, ",")
	if len(names) > mostCodings {
		return nil, fmt.Errorf("the body has %d content codings, and at most %d are undone", len(names), mostCodings)
	}
	for i := len(names) - 1; i >= 0; i-- {
		coding, known := codingsByName[strings.ToLower(strings.TrimSpace(names[i]))]
		if !known && utf8.Valid(body) {
			continue
		}
		if !known {
			return nil, fmt.Errorf("unknown content coding %.40q", strings.TrimSpace(names[i]))
		}
		if coding == nil || len(body) == 0 {
			continue
		}
		decoded, err := coding(body, limit)
		if err != nil {
			return decoded, err
		}
		body = decoded
	}
	return body, nil
}

// mostCodings bounds codings in one another: honest servers use one.
const mostCodings = 4

// A coding undoes a content coding.
type coding func(body []byte, limit int) ([]byte, error)

var codingsByName = map[string]coding{
	"": nil, "identity": nil,
	"gzip": gunzip, "x-gzip": gunzip, "deflate": inflate, "br": unbrotli, "zstd": unzstd,
}

var (
	gzips   = sync.Pool{New: func() any { return new(gzip.Reader) }}
	brotlis = sync.Pool{New: func() any { return brotli.NewReader(nil) }}
)

func gunzip(body []byte, limit int) ([]byte, error) {
	if KindOf(body) != Gzip {
		return body, nil
	}
	member := gzips.Get().(*gzip.Reader)
	defer gzips.Put(member)
	var decoded []byte
	rest := bytes.NewReader(body)
	for KindOf(body[len(body)-rest.Len():]) == Gzip { // what stands behind the last member hurts nothing
		if err := member.Reset(rest); err != nil {
			return decoded, fmt.Errorf("reading gzip: %w", unexpected(err))
		}
		member.Multistream(false)
		more, err := readAtMost(member, limit-len(decoded), "gzip")
		if decoded = append(decoded, more...); err != nil {
			return decoded, err
		}
	}
	return decoded, nil
}

func unzstd(body []byte, limit int) ([]byte, error) {
	if KindOf(body) != Zstd {
		return body, nil
	}
	// RFC 9659 bounds the window of this coding to 8 MiB.
	reader, err := zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
	if err != nil {
		return nil, fmt.Errorf("reading zstd: %w", err)
	}
	defer reader.Close()
	return readAtMost(reader, limit, "zstd")
}

// inflate reads deflate, by which servers have meant data with the header of
// zlib (as they should) and without.
func inflate(body []byte, limit int) ([]byte, error) {
	if reader, err := zlib.NewReader(bytes.NewReader(body)); err == nil {
		return readAtMost(reader, limit, "deflate")
	}
	decoded, err := readAtMost(flate.NewReader(bytes.NewReader(body)), limit, "deflate")
	return orAsItStands(decoded, err, body)
}

func unbrotli(body []byte, limit int) ([]byte, error) {
	reader := brotlis.Get().(*brotli.Reader)
	defer brotlis.Put(reader)
	if err := reader.Reset(bytes.NewReader(body)); err != nil {
		return nil, fmt.Errorf("reading br: %w", err)
	}
	decoded, err := readAtMost(reader, limit, "br")
	return orAsItStands(decoded, err, body)
}

// orAsItStands returns the body itself where it did not decode and is text.
func orAsItStands(decoded []byte, err error, body []byte) ([]byte, error) {
	if err != nil && !errors.Is(err, ErrTooLarge) && utf8.Valid(body) {
		return body, nil
	}
	return decoded, err
}

// readAtMost reads all of the source, if that is no more than limit bytes.
func readAtMost(source io.Reader, limit int, name string) ([]byte, error) {
	var out bytes.Buffer
	_, err := io.Copy(&out, io.LimitReader(source, int64(limit)+1))
	if out.Len() > limit {
		return nil, ErrTooLarge
	}
	if err != nil {
		err = fmt.Errorf("reading %s: %w", name, err)
	}
	return out.Bytes(), err
}
