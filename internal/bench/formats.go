package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/compress/snappy"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/parallel"
)

// A writing is one way of writing a corpus down.
type writing struct {
	name  string // of its file, without its compression
	write func(io.Writer, iter.Seq[corpusgen.Article]) error
}

func writings() []writing {
	return []writing{
		{"jsonl", corpusgen.WriteJSONL},
		{"json", writeArray},
		{"txt", corpusgen.WriteBundle},
		{"csv", func(w io.Writer, all iter.Seq[corpusgen.Article]) error { return writeTable(w, ',', all) }},
		{"tsv", func(w io.Writer, all iter.Seq[corpusgen.Article]) error { return writeTable(w, '\t', all) }},
		{"wet", writeWET},
		{"warc", writeWARC},
		{"parquet", func(w io.Writer, all iter.Seq[corpusgen.Article]) error { return writeParquet(w, all, &snappy.Codec{}) }},
		{"zstd.parquet", func(w io.Writer, all iter.Seq[corpusgen.Article]) error { return writeParquet(w, all, &zstd.Codec{}) }},
	}
}

// compressions are the tools that compress a file, and what each calls it. Those
// that are not installed are left out.
func compressions() [][]string {
	return [][]string{
		{".gz", "gzip", "-6"}, {".zst", "zstd", "-3"}, {".lz4", "lz4", "-1"}, {".bz2", "bzip2", "-9"}, {".xz", "xz", "-3"},
	}
}

func writeArray(w io.Writer, all iter.Seq[corpusgen.Article]) error {
	between := "[\n"
	for a := range all {
		object, err := json.MarshalIndent(map[string]string{"id": a.Key, "source": a.Source, "text": a.Text}, "  ", "  ")
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s  %s", between, object); err != nil {
			return err
		}
		between = ",\n"
	}
	_, err := io.WriteString(w, "\n]\n")
	return err
}

func writeTable(w io.Writer, separator rune, all iter.Seq[corpusgen.Article]) error {
	out := csv.NewWriter(w)
	out.Comma = separator
	if err := out.Write([]string{"id", "source", "text"}); err != nil {
		return err
	}
	for a := range all {
		if err := out.Write([]string{a.Key, a.Source, a.Text}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// rowGroup is how many rows stand in one, as Hugging Face writes them.
const rowGroup = 1000

func writeParquet(w io.Writer, all iter.Seq[corpusgen.Article], codec compress.Codec) error {
	type row struct {
		ID     string `parquet:"id"`
		Source string `parquet:"source,dict"`
		Text   string `parquet:"text"`
	}
	out := parquet.NewGenericWriter[row](w, parquet.Compression(codec), parquet.MaxRowsPerRowGroup(rowGroup))
	for a := range all {
		if _, err := out.Write([]row{{a.Key, a.Source, a.Text}}); err != nil {
			return err
		}
	}
	return out.Close()
}

// writeRecord writes a record of WARC 1.0.
func writeRecord(w io.Writer, kind, name, mediaType, block string) error {
	_, err := fmt.Fprintf(w, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://news.example/%s\r\nWARC-Date: 2031-03-04T05:06:07Z\r\n"+
		"WARC-Record-ID: <urn:bench:%s>\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, name, name, mediaType, len(block), block)
	return err
}

func writeWET(w io.Writer, all iter.Seq[corpusgen.Article]) error {
	for a := range all {
		if err := writeRecord(w, "conversion", a.Key, "text/plain", a.Text); err != nil {
			return err
		}
	}
	return nil
}

// writeWARC writes pages as outlets serve them, the text in paragraphs between
// the furniture of a page.
func writeWARC(w io.Writer, all iter.Seq[corpusgen.Article]) error {
	for a := range all {
		page := page(a)
		response := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(page), page)
		if err := writeRecord(w, "response", a.Key, "application/http; msgtype=response", response); err != nil {
			return err
		}
	}
	return nil
}

func page(a corpusgen.Article) string {
	var b strings.Builder
	title, _, _ := strings.Cut(a.Text, "\n")
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title>", html.EscapeString(title))
	b.WriteString("<style>body{margin:0}</style><script>window.a=1</script></head><body><header><nav><ul>")
	for i := range 30 {
		fmt.Fprintf(&b, "<li><a href=\"/section/%d\">Section %d</a></li>", i, i)
	}
	b.WriteString("</ul></nav></header><main><article>")
	for line := range strings.Lines(a.Text) {
		if line = strings.TrimSpace(line); line != "" {
			fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(line))
		}
	}
	b.WriteString("</article></main><aside><h3>Most read</h3><ol>")
	for i := range 10 {
		fmt.Fprintf(&b, "<li><a href=\"/story/%d\">Another story that many have read, number %d</a></li>", i, i)
	}
	b.WriteString("</ol></aside><footer><p>All rights reserved.</p></footer></body></html>")
	return b.String()
}

// written returns the files of one corpus in all formats, and the first of them
// in all compressions.
func (s settings) written() ([]corpusFile, error) {
	articles := s.megas * 1000000 / articleBytes
	var files []corpusFile
	for _, way := range writings() {
		file, err := s.generated(fmt.Sprintf("news-%d", articles), way.name, articles, func(w io.Writer) error {
			return way.write(w, newsOptions(articles).All())
		})
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	for _, tool := range compressions() {
		file, err := compressed(files[0], tool)
		if err != nil {
			return nil, err
		}
		if file.path != "" {
			files = append(files, file)
		}
	}
	return files, nil
}

// compressed returns the file compressed by a tool; none, if that is missing.
func compressed(file corpusFile, tool []string) (corpusFile, error) {
	to := file
	to.path += tool[0]
	if _, err := exec.LookPath(tool[1]); err != nil {
		fmt.Printf("%s is not installed and left out\n", tool[1])
		return corpusFile{}, nil
	}
	if _, err := os.Stat(to.path); err == nil {
		return to, nil
	}
	err := writeFile(to.path, func(w io.Writer) error {
		cmd := exec.Command(tool[1], append(tool[2:], "-c", file.path)...)
		cmd.Stdout, cmd.Stderr = w, os.Stderr
		return cmd.Run()
	})
	return to, err
}

// inFormats times the reading of one corpus in each format, alone and in a scan.
func inFormats(s settings) error {
	files, err := s.written()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var commands []command
	for _, file := range files {
		commands = append(commands,
			command{"reading " + file.path, []string{self, readCommand, file.path, "1"}, []string{"GOMAXPROCS=2"}},
			command{"reading " + file.path, []string{self, readCommand, file.path, "2"}, []string{"GOMAXPROCS=2"}},
			s.scan("scanning "+file.path, file.path, "--workers", "2"))
	}
	costs, err := inTurn(commands, s.rounds)
	if err != nil {
		return err
	}
	texts, err := read(files[0].path, 2)
	if err != nil {
		return err
	}
	fmt.Printf("%d articles, %.0f MB of text; rounds: %d, median [least–greatest]; MB of text a second; ratios to the scan of %s\n",
		files[0].articles, float64(texts)/1e6, s.rounds, filepath.Base(files[0].path))
	printFormats(os.Stdout, float64(texts)/1e6, files, costs)
	return nil
}

func printFormats(w io.Writer, megas float64, files []corpusFile, costs [][]cost) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "file\treading, 1 worker MB/s\t2 workers MB/s\tscan wall s\twall / jsonl\tCPU / jsonl\tpeak MB\t")
	perSecond := func(costs []cost) string {
		return spread(each(costs, func(c cost) float64 { return megas / c.wallSeconds() }), "%.0f")
	}
	for i, file := range files {
		one, two, scan := costs[3*i], costs[3*i+1], costs[3*i+2]
		_, name, _ := strings.Cut(filepath.Base(file.path), ".")
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", name, perSecond(one), perSecond(two),
			spread(each(scan, cost.wallSeconds), "%.2f"), spread(ratios(scan, costs[2], cost.wallSeconds), "%.2f"),
			spread(ratios(scan, costs[2], cost.cpuSeconds), "%.2f"), spread(each(scan, cost.peakMB), "%.0f"))
	}
	table.Flush()
}

// readCommand is run by formats as a process of its own: "bench read FILE WORKERS".
const readCommand = "read"

// readAll decodes all articles of a file and prints how many bytes of text they have.
func readAll(path, workers string) error {
	count, err := strconv.Atoi(workers)
	if err != nil {
		return fmt.Errorf("workers: %w", err)
	}
	bytes, err := read(path, max(1, count))
	fmt.Println(bytes)
	return err
}

// readBatch is what a scan hands to a worker at once.
const readBatch = 256 << 10 // bytes

// read decodes all articles of a file as a scan does, and does nothing with them.
func read(path string, workers int) (bytes int, err error) {
	source, err := formats.Open([]string{path}, nil, corpus.Options{})
	if err != nil {
		return 0, err
	}
	defer source.Close()
	scratches := make([]corpus.Scratch, workers)
	problems := 0
	err = parallel.Map(context.Background(), workers, parallel.Stream[*corpus.Batch, [2]int]{
		Next: func() (*corpus.Batch, error) {
			batch := new(corpus.Batch)
			return batch, batch.Fill(readBatch, func() (corpus.Record, error) { return source.Next(context.Background()) })
		},
		Work: func(worker int, batch *corpus.Batch) (found [2]int, err error) {
			for _, record := range batch.Records {
				article, ok, refused := source.Decode(&scratches[worker], record)
				found[1] += len(refused)
				if ok {
					found[0] += len(article.Body)
				}
			}
			return found, nil
		},
		Emit: func(found [2]int) error {
			bytes += found[0]
			problems += found[1]
			return nil
		},
	})
	if problems += len(source.Problems()); err == nil && problems > 0 {
		err = fmt.Errorf("reading %q: %d problems", path, problems)
	}
	return bytes, err
}
