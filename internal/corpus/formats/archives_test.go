package formats_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsdedup/newsdedup/internal/corpus"
)

// counts are what became of a file's records.
type counts struct{ Articles, PassedOver, Problems int }

// archives are the files that other projects test their readers of web
// archives with. The sum of articles and records passed over was checked
// against the records that a program of another author counted, and the
// problems by looking at the bytes: lists of files that are called .warc, a
// length of -1, a file that ends too early, records of nobody knows what.
var archives = []struct {
	path string
	want counts
}{
	{"cc-mrjob/input/test-1.robots", counts{0, 0, 1}},
	{"cc-mrjob/input/test-1.warc", counts{0, 0, 1}},
	{"cc-mrjob/input/test-1.wat", counts{0, 0, 1}},
	{"cc-mrjob/input/test-1.wet", counts{0, 0, 1}},
	{"cc-mrjob/input/test-100.warc", counts{0, 0, 1}},
	{"cc-mrjob/input/test-100.wat", counts{0, 0, 1}},
	{"cc-mrjob/input/test-100.wet", counts{0, 0, 1}},
	{"cc-mrjob/input/web_observatory.warc", counts{0, 0, 1}},
	{"cc-mrjob/input/web_observatory.wat", counts{0, 0, 1}},
	{"cc-mrjob/input/web_observatory.wet", counts{0, 0, 1}},
	{"dolma/tests/data/warc/sample-0000.warc.gz", counts{22, 26, 0}},
	{"dolma/tests/data/warc/sample-0001.warc.gz", counts{15, 19, 0}},
	{"ia-web-commons/src/test/resources/org/archive/format/arc/IAH-20080430204825-00000-blackbook-truncated.arc", counts{2, 7, 0}},
	{"ia-web-commons/src/test/resources/org/archive/format/gzip/IAH-urls-wget.warc.gz", counts{2, 34, 0}},
	{"ia-web-commons/src/test/resources/org/archive/format/warc/IAH-urls-wget.warc", counts{2, 34, 0}},
	{"ia-web-commons/src/test/resources/org/archive/format/warc/mutliple-headers.warc", counts{1, 0, 0}},
	{"ia-web-commons/src/test/resources/org/archive/resource/html/html-lang-attribute.warc", counts{5, 0, 0}},
	{"ia-web-commons/src/test/resources/org/archive/resource/html/link-extraction-test.warc", counts{9, 1, 0}},
	{"ia-web-commons/src/test/resources/org/archive/resource/html/meta-itemprop.warc", counts{1, 0, 0}},
	{"ia-web-commons/src/test/resources/org/archive/resource/html/text-extraction-test.warc", counts{1, 3, 0}},
	{"ia-web-commons/src/test/resources/org/archive/resource/html/title-extraction-embedded-SVG.warc", counts{1, 0, 0}},
	{"jwarc/test-resources/org/netpreserve/jwarc/cc.warc.gz", counts{1, 0, 0}},
	{"jwarc/test-resources/org/netpreserve/jwarc/gzip_extra_sl.warc.gz", counts{0, 1, 0}},
	{"pywb/sample_archive/waczs/invalid_example_1.wacz", counts{0, 0, 1}},
	{"pywb/sample_archive/waczs/valid_example_1.wacz", counts{0, 0, 1}},
	{"pywb/sample_archive/warcs/bad.arc", counts{1, 0, 3}},
	{"pywb/sample_archive/warcs/dupes.warc.gz", counts{1, 24, 0}},
	{"pywb/sample_archive/warcs/example-bad.warc.gz.bad", counts{1, 5, 0}},
	{"pywb/sample_archive/warcs/example-extra.warc", counts{2, 4, 0}},
	{"pywb/sample_archive/warcs/example-url-agnostic-orig.warc.gz", counts{1, 1, 0}},
	{"pywb/sample_archive/warcs/example-url-agnostic-revisit.warc.gz", counts{0, 2, 0}},
	{"pywb/sample_archive/warcs/example-wget-1-14.warc.gz", counts{1, 5, 0}},
	{"pywb/sample_archive/warcs/example-wpull.warc.gz", counts{1, 3, 0}},
	{"pywb/sample_archive/warcs/example.arc", counts{1, 1, 0}},
	{"pywb/sample_archive/warcs/example.arc.gz", counts{1, 1, 0}},
	{"pywb/sample_archive/warcs/example.warc", counts{1, 5, 1}},
	{"pywb/sample_archive/warcs/example.warc.gz", counts{1, 5, 0}},
	{"pywb/sample_archive/warcs/example2.warc.gz", counts{1, 2, 0}},
	{"pywb/sample_archive/warcs/httpbin-resource.warc.gz", counts{0, 1, 0}},
	{"pywb/sample_archive/warcs/iana.warc.gz", counts{16, 327, 0}},
	{"pywb/sample_archive/warcs/missing-status-text.warc", counts{0, 1, 0}},
	{"pywb/sample_archive/warcs/post-test.warc.gz", counts{0, 6, 0}},
	{"slyrz/testdata/bench.warc.bz2", counts{20, 0, 23}},
	{"slyrz/testdata/test.warc", counts{10, 0, 10}},
	{"slyrz/testdata/test.warc.bz2", counts{10, 0, 10}},
	{"slyrz/testdata/test.warc.gz", counts{10, 0, 10}},
	{"ukwa/warc-indexer/src/test/resources/IAH-20080430204825-00000-blackbook-truncated.arc", counts{2, 7, 0}},
	{"ukwa/warc-indexer/src/test/resources/IAH-20080430204825-00000-blackbook-truncated.arc.gz", counts{2, 7, 0}},
	{"ukwa/warc-indexer/src/test/resources/IAH-20080430204825-00000-blackbook-truncated.warc", counts{2, 21, 0}},
	{"ukwa/warc-indexer/src/test/resources/IAH-20080430204825-00000-blackbook-truncated.warc.gz", counts{2, 21, 0}},
	{"ukwa/warc-indexer/src/test/resources/IAH-urls-wget.warc.gz", counts{2, 34, 0}},
	{"ukwa/warc-indexer/src/test/resources/compression/transfer_compression_brotli.warc", counts{1, 4, 0}},
	{"ukwa/warc-indexer/src/test/resources/compression/transfer_compression_brotli.warc.gz", counts{1, 4, 0}},
	{"ukwa/warc-indexer/src/test/resources/compression/transfer_compression_gzip.warc", counts{1, 4, 0}},
	{"ukwa/warc-indexer/src/test/resources/compression/transfer_compression_gzip.warc.gz", counts{1, 4, 0}},
	{"ukwa/warc-indexer/src/test/resources/compression/transfer_compression_none.warc", counts{1, 4, 0}},
	{"ukwa/warc-indexer/src/test/resources/compression/transfer_compression_none.warc.gz", counts{1, 4, 0}},
	{"ukwa/warc-indexer/src/test/resources/gov.uk-revisit-warcs/BL-20140325121225068-00000-32090~opera~8443.warc.gz", counts{32, 158, 0}},
	{"ukwa/warc-indexer/src/test/resources/gov.uk-revisit-warcs/BL-20140325122341434-00000-32090~opera~8443.warc.gz", counts{6, 184, 0}},
	{"ukwa/warc-indexer/src/test/resources/ip-host-testcase.warc.gz", counts{0, 6, 0}},
	{"ukwa/warc-indexer/src/test/resources/truncated_datetime.warc", counts{1, 4, 0}},
	{"ukwa/warc-indexer/src/test/resources/wikipedia-mona-lisa/flashfrozen-jwat-recompressed.warc.gz", counts{2, 80, 0}},
	{"warcio/test/data/bad.arc", counts{1, 0, 3}},
	{"warcio/test/data/example-bad-non-chunked.warc.gz", counts{1, 5, 0}},
	{"warcio/test/data/example-bad.warc.gz.bad", counts{1, 5, 0}},
	{"warcio/test/data/example-digest.warc", counts{0, 4, 0}},
	{"warcio/test/data/example-iana.org-chunked.warc", counts{1, 2, 0}},
	{"warcio/test/data/example-resource.warc.gz", counts{1, 2, 0}},
	{"warcio/test/data/example-space-in-target-uri.warc.gz", counts{0, 2, 0}},
	{"warcio/test/data/example-space-in-url.arc", counts{1, 1, 1}},
	{"warcio/test/data/example-trunc.warc", counts{1, 3, 2}},
	{"warcio/test/data/example-wget-bad-target-uri.warc.gz", counts{1, 5, 0}},
	{"warcio/test/data/example-wrong-chunks.warc.gz", counts{1, 1, 0}},
	{"warcio/test/data/example.arc", counts{1, 1, 0}},
	{"warcio/test/data/example.arc.gz", counts{1, 1, 0}},
	{"warcio/test/data/example.warc", counts{1, 5, 0}},
	{"warcio/test/data/example.warc.gz", counts{1, 5, 0}},
	{"warcio/test/data/post-test.warc.gz", counts{0, 6, 0}},
}

func TestWebArchives(t *testing.T) {
	if testing.Short() {
		t.Skip("a minute with the race detector")
	}
	root := filepath.Join("..", "..", "..", "..", "shared", "data", "warc")
	if _, err := os.Stat(root); err != nil {
		t.Skipf("the web archives of other projects are not here: %v", err)
	}
	for _, archive := range archives {
		c := open(t, nil, corpus.Options{}, filepath.Join(root, filepath.FromSlash(archive.path)))
		r := read(t, c)
		got := counts{Articles: len(r.articles), Problems: len(r.problems)}
		for _, count := range c.Inputs()[0].PassedOver {
			got.PassedOver += count
		}
		if diff := cmp.Diff(archive.want, got); diff != "" {
			t.Errorf("%s: problems %v (-want +got):\n%s", archive.path, r.problems, diff)
		}
		checkFetch(t, c, r)
	}
}

// TestArchiveOfManyKinds looks at one of them more closely.
func TestArchiveOfManyKinds(t *testing.T) {
	path := filepath.Join("..", "..", "..", "..", "shared", "data", "warc", "pywb", "sample_archive", "warcs", "iana.warc.gz")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the web archives of other projects are not here: %v", err)
	}
	c := open(t, nil, corpus.Options{}, path)
	r := read(t, c)
	want := map[string]int{
		"application/octet-stream response": 5, "application/x-javascript response": 17, "image response": 4, "text/css response": 2,
		"request record": 171, "response of status 302": 4, "revisit record": 123, "warcinfo record": 1,
	}
	if diff := cmp.Diff(want, c.Inputs()[0].PassedOver); diff != "" {
		t.Errorf("passed over (-want +got):\n%s", diff)
	}
	first := r.articles[0]
	wantMeta := corpus.Meta{Title: "Internet Assigned Numbers Authority", URL: "http://www.iana.org/"}
	if diff := cmp.Diff(wantMeta, first.Meta); diff != "" || first.Key != first.Meta.URL || first.Source != "iana.org" {
		t.Errorf("key %q, source %q, (-want +got):\n%s", first.Key, first.Source, diff)
	}
}
