package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
	"github.com/newsdedup/newsdedup/internal/report"
	"github.com/newsdedup/newsdedup/internal/text"
)

// scanOptions are the flags and streams of one scan.
type scanOptions struct {
	streams Streams
	command string // as messages call it
	inputs  []string
	corpus  corpus.Options
	dedup   dedup.Options

	kinds          []string
	passages       bool
	minPassage     int
	paragraphs     string
	stories        string
	metadata       []string
	maxArticleSize string
	maxTotalSize   string
	maxMemory      string
	format         string
	output         string // the file that the report goes to, "" for stdout
	limit          int
	color          string
	save           string
	floor          float64
	strict         bool
	verbose        bool

	gate    gateOptions
	config  configOptions
	reports []string
	named   []namedReport

	index    string // the folder of one, "" for none
	add      bool
	explicit func(flag string) bool // was given
}

// newScanOptions returns those of a command before its flags are added: what it has no flag for
// is as a scan has it by default.
func newScanOptions(streams Streams, command string) *scanOptions {
	return &scanOptions{
		streams: streams, command: command, dedup: dedup.DefaultOptions(),
		kinds: kindNames(), paragraphs: "auto", format: "text", color: "auto", limit: 20,
		maxArticleSize: humanize.IBytes(corpus.DefaultMaxArticleBytes),
	}
}

func newScanCommand(streams Streams, run func(context.Context, *scanOptions) error) *cobra.Command {
	opts := newScanOptions(streams, "scan")
	cmd := &cobra.Command{
		Use:   "scan INPUT...",
		Short: "Find and report what repeats what",
		Long: `Find and report what repeats what.

An input is a bundle of articles, JSON lines or JSON, a table (CSV, TSV, Parquet),
a web archive (WARC, WET, ARC), a folder of such files, of texts and of HTML
pages, or - for standard input; each may be compressed by gzip, zstd, bzip2, xz
or lz4. The format is told by name and first bytes. A name that is no file's may
be a pattern, such as 'crawl/**/*.jsonl.gz', and reads what it fits.`,
		Example: `  newsdedup scan bundle.txt
  newsdedup scan monday.txt tuesday.txt.gz crawl/
  newsdedup scan dump.jsonl --id-field url --text-field article.body
  newsdedup scan CC-NEWS-20310304.warc.gz data/train-*.parquet
  newsdedup scan dump.jsonl --threshold 0.5 --kinds near,contained
  newsdedup scan today.jsonl --index seen.nd --add
  newsdedup scan bundle.txt --format json | jq -r '.repeats[].at.path'
  newsdedup scan crawl/ -o report.html
  newsdedup scan crawl/ --baseline known.json --fail-on any --report sarif=out.sarif`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{exitStatuses: scanStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.inputs, opts.explicit = args, opts.config.isSet(cmd.Flags())
			if err := opts.configure(cmd.Flags()); err != nil {
				return err
			}
			opts.setFormat(cmd.Flags().Changed("format"))
			if err := opts.complete(); err != nil {
				return err
			}
			return run(cmd.Context(), opts)
		},
	}
	opts.addFlags(cmd.Flags())
	completions(cmd, nil)
	return cmd
}

func (o *scanOptions) addFlags(flags *pflag.FlagSet) {
	flags.SortFlags = false
	flags.StringSliceVar(&o.kinds, "kinds", kindNames(), "what to find")
	o.addPassageFlags(flags)
	flags.StringVar(&o.stories, "stories", dedup.SmallStories.String(), "also find articles that tell one event in other words: auto, of corpora so small that it costs no wait; always, which --stories alone means; or never")
	flags.Lookup("stories").NoOptDefVal = dedup.AlwaysStories.String()
	o.addFindingFlags(flags)
	o.addStoryWindowFlag(flags)
	flags.IntVar(&o.dedup.SelfCheck, "self-check", defaultSelfCheck, "articles, drawn at random, that are compared with others without sampling, to estimate what was missed; 0 for none")
	flags.StringVar(&o.save, "save", "", "keep what was found in this file, for newsdedup report at other thresholds")
	flags.Float64Var(&o.floor, "floor", defaultFloor, "with --save, the least similarity and containment that is looked for, and so can be reported later, in (0, 1]")
	o.gate.addFlags(flags)
	o.addReadingFlags(flags)
	o.addScanningFlags(flags)
	o.addIndexFlags(flags)
	o.addShowingFlags(flags)
	o.addVerboseFlag(flags)
	flags.StringArrayVar(&o.reports, "report", nil, "write a report to a file beside the one on stdout: FORMAT=FILE, such as sarif=out.sarif; more than once")
	o.config.addFlags(flags)
}

func (o *scanOptions) addPassageFlags(flags *pflag.FlagSet) {
	flags.BoolVar(&o.passages, "passages", false, "find passages too: runs of words that stand in two articles, or twice in one")
	flags.IntVar(&o.minPassage, minPassageFlag, dedup.UsualPassage, fmt.Sprintf("least words of a passage, at least %d; asks for passages", dedup.LeastPassage))
}

const minPassageFlag = "min-passage"

// defaultSelfCheck is as many articles as are compared with a million words in a twentieth of
// a second: in a corpus of up to so many words, with all others.
const defaultSelfCheck = 100

func (o *scanOptions) addFindingFlags(flags *pflag.FlagSet) {
	o.addPairFlags(flags)
	o.addRepeatFlags(flags)
	o.addWordFlags(flags)
	o.addEffortFlags(flags)
}

// addPairFlags adds those that say which two articles are a pair.
func (o *scanOptions) addPairFlags(flags *pflag.FlagSet) {
	d := &o.dedup
	flags.Float64Var(&d.Threshold, "threshold", d.Threshold, "Jaccard similarity of a near pair, in (0, 1]")
	flags.Float64Var(&d.Containment, "containment", d.Containment, "share of the smaller article that stands in the larger, in (0, 1]")
	flags.IntVar(&d.MinContained, "min-contained-words", d.MinContained, "least words of an article that is called contained")
}

func (o *scanOptions) addRepeatFlags(flags *pflag.FlagSet) {
	d := &o.dedup
	flags.Float64Var(&d.RepeatSimilarity, "repeat-similarity", d.RepeatSimilarity, "Jaccard similarity of a paragraph that stands again, at least 0.5")
	flags.IntVar(&d.MinRepeat, "min-repeat-words", d.MinRepeat, "least words of a paragraph that is called a repeat")
}

// addWordFlags adds those that say how texts are parted, and which words are the same.
func (o *scanOptions) addWordFlags(flags *pflag.FlagSet) {
	d := &o.dedup
	flags.IntVar(&d.ShingleSize, "shingle-size", d.ShingleSize, "words in a shingle")
	flags.StringVar(&o.paragraphs, "paragraphs", d.Paragraphs.String(), "what parts paragraphs: auto, line or blank")
	flags.BoolVar(&d.Tolerant, "tolerant", d.Tolerant, "take words that differ in a third of their letters at most for the same, where they stand in one place: for scanned text")
	flags.StringVar((*string)(&d.Templates), "templates", string(d.Templates), "articles that differ in numbers, names and dates alone: guard them as no copies, or merge them as any others")
}

// addEffortFlags adds those that say what it may take to find pairs.
func (o *scanOptions) addEffortFlags(flags *pflag.FlagSet) {
	d := &o.dedup
	flags.BoolVar(&d.Exhaustive, "exhaustive", false, "compare every two articles that share a shingle, without sampling (slow)")
	flags.IntVar(&d.Workers, "workers", runtime.GOMAXPROCS(0), "goroutines; the result does not depend on it")
}

func (o *scanOptions) addStoryWindowFlag(flags *pflag.FlagSet) {
	flags.DurationVar(&o.dedup.StoryWindow, "story-window", o.dedup.StoryWindow, "how far apart the articles of a story may be published, where the corpus says when; 0 for any")
}

func (o *scanOptions) addReadingFlags(flags *pflag.FlagSet) {
	flags.StringVar(&o.corpus.Format, "input-format", "", "read every input as "+strings.Join(formats.Names(), ", ")+" (default: told by name and first bytes)")
	flags.StringVar(&o.corpus.Encoding, "encoding", "", "how text is encoded that does not say so itself, as the web calls it: windows-1251, shift_jis, gb18030, latin1, ... (default: UTF-8, and articles that are evidently windows-1252)")
	fields := &o.corpus.Fields
	*fields = corpus.DefaultFields()
	flags.StringSliceVar(&fields[corpus.Text], "text-field", fields[corpus.Text], "records with named fields: the field of the text, or several of which the first counts that a record has; a dotted name reaches into nested objects")
	for _, field := range []struct {
		role       corpus.Role
		name, what string
	}{
		{corpus.ID, "id-field", "of an article's name (else its URL)"}, {corpus.Source, "source-field", "of its outlet (else the host of its URL, or its folder)"},
		{corpus.Title, "title-field", "of its title"}, {corpus.URL, "url-field", "of its address"},
		{corpus.Published, "date-field", "of the time it was published"}, {corpus.Language, "language-field", "of its language"},
	} {
		flags.StringSliceVar(&fields[field.role], field.name, fields[field.role], "likewise "+field.what)
	}
	flags.StringSliceVar(&o.metadata, "metadata", metadataNames(), "what is told of an article beside its name and outlet, or none")
	flags.StringVar(&o.maxArticleSize, "max-article-size", humanize.IBytes(corpus.DefaultMaxArticleBytes), "a larger article is reported and left out; at most 256 MiB")
	flags.StringVar(&o.maxTotalSize, "max-total-size", "", "the most to read of all inputs together, as they are when decompressed (default: no bound)")
}

// addScanningFlags adds those of a command that compares all articles.
func (o *scanOptions) addScanningFlags(flags *pflag.FlagSet) {
	flags.StringVar(&o.maxMemory, "max-memory", "", "about the most memory for what is kept of the articles, at least 64MiB: what has no room goes to a temporary file (default: no bound)")
	flags.BoolVar(&o.strict, "strict", false, "exit with status 2, not 3, when some input could not be read, or no article was")
}

func (o *scanOptions) addShowingFlags(flags *pflag.FlagSet) {
	flags.StringVarP(&o.format, "format", "f", report.Formats()[0], "report as "+strings.Join(report.Formats(), ", "))
	flags.StringVarP(&o.output, "output", "o", "", "write the report to this file, whole or not at all; without --format, in the format that its name ends in")
	flags.IntVar(&o.limit, "limit", o.limit, "findings that the text report lists of each kind, 0 for all")
	flags.StringVar(&o.color, "color", "auto", "colour the text report: auto, always or never")
}

func (o *scanOptions) addVerboseFlag(flags *pflag.FlagSet) {
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "say on stderr what is read, and how long it takes")
}

// completions tells the shell what may follow a flag: of those of own what is said there, of the
// others the same in every command. A flag that a command does not have is passed over.
func completions(cmd *cobra.Command, own map[string][]string) {
	all := map[string][]string{
		"kinds":        kindNames(),
		"fail-on":      append(kindNames(), anyKind, none),
		"metadata":     append(metadataNames(), noMetadata),
		"paragraphs":   {"auto", "line", "blank"},
		"templates":    {string(dedup.GuardTemplates), string(dedup.MergeTemplates)},
		"input-format": formats.Names(),
		"format":       report.Formats(),
		"color":        {"auto", "always", "never"},
		"stories":      {"auto", "always", "never"},
	}
	maps.Copy(all, own)
	for name, values := range all {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
}

func kindNames() []string {
	var names []string
	for _, kind := range dedup.AllKinds() {
		names = append(names, string(kind))
	}
	return names
}

// complete checks the flags, all of them before the first byte is read.
func (o *scanOptions) complete() error {
	if err := o.checkInputs(); err != nil {
		return err
	}
	return o.completeFlags()
}

func (o *scanOptions) checkInputs() error {
	if len(o.inputs) == 0 {
		hint := map[string]string{
			"scan":  "newsdedup scan bundle.txt, or newsdedup scan - for standard input",
			"clean": "newsdedup clean bundle.txt -o clean.txt",
			"eval":  "newsdedup eval bundle.txt --truth pairs.tsv",
			"tune":  "newsdedup tune bundle.txt",
		}[o.command]
		return &hintedError{errors.New(o.command + ": no input is named"), hint}
	}
	return nil
}

func (o *scanOptions) completeFlags() error {
	if o.limit < 0 {
		return fmt.Errorf("%s: limit %d is below 0", o.command, o.limit)
	}
	if !slices.Contains([]string{"auto", "always", "never"}, o.color) {
		return fmt.Errorf("%s: unknown value %q of --color: known are auto, always and never", o.command, o.color)
	}
	style, styleErr := text.ParseStyle(o.paragraphs)
	o.dedup.Paragraphs = style
	size, sizeErr := humanize.ParseBytes(o.maxArticleSize)
	if sizeErr != nil || size == 0 || size > 256<<20 {
		sizeErr = fmt.Errorf("size %q of the largest article is not between 1 B and 256 MiB", o.maxArticleSize)
	}
	o.corpus.MaxArticleBytes = int(size)
	kindsErr := errors.Join(o.setKinds(), o.setStories())
	memoryErr := errors.Join(o.setMaxTotal(), o.setMaxMemory(), o.checkSave())
	metadataErr, passageErr := o.setMetadata(), o.setPassages()
	err := errors.Join(report.CheckFormat(o.format), o.setReports(), o.checkIndexFlags(), kindsErr, passageErr, styleErr, metadataErr, sizeErr, memoryErr, o.dedup.Validate(), o.gate.complete(o.dedup))
	if err != nil {
		err = errors.New(o.command + ": " + strings.ReplaceAll(err.Error(), "\n", "; "))
		if len(o.config.origins) > 0 {
			return &hintedError{err, "settings of " + o.config.path + " are in force too: newsdedup config show tells which"}
		}
		return err
	}
	return nil
}

// setMaxMemory takes over how much memory may be taken.
func (o *scanOptions) setMaxMemory() error {
	return setBytes(&o.dedup.MaxMemory, "memory", o.maxMemory)
}

// setMaxTotal takes over how much may be read.
func (o *scanOptions) setMaxTotal() error {
	return setBytes(&o.corpus.MaxTotalBytes, "inputs", o.maxTotalSize)
}

// setBytes takes over a size as it is written, unless it is "".
func setBytes(to *int64, of, written string) error {
	if written == "" {
		return nil
	}
	size, err := humanize.ParseBytes(written)
	if err != nil || size > math.MaxInt64 || size == 0 {
		return fmt.Errorf("size %q of the %s is not a number of bytes, such as 512MiB", written, of)
	}
	*to = int64(size)
	return nil
}

// setPassages takes over how long a passage is, where some are looked for.
func (o *scanOptions) setPassages() error {
	if !o.passages {
		return nil
	}
	if o.minPassage == 0 {
		return fmt.Errorf("least words of a passage 0 is below %d", dedup.LeastPassage)
	}
	o.dedup.Passages = o.minPassage
	return nil
}

// setKinds takes over the kinds in the order of reports.
func (o *scanOptions) setKinds() error {
	for i, name := range o.kinds {
		name = strings.TrimSpace(name)
		o.kinds[i] = name
		if !slices.Contains(kindNames(), name) {
			o.dedup.Kinds = dedup.AllKinds() // for Validate to find no other fault
			return fmt.Errorf("unknown kind %q: known are %s%s", name, strings.Join(kindNames(), ", "), otherwiseAsked(name))
		}
	}
	o.dedup.Kinds = nil
	for _, kind := range dedup.AllKinds() {
		if slices.Contains(o.kinds, string(kind)) {
			o.dedup.Kinds = append(o.dedup.Kinds, kind)
		}
	}
	return nil
}

// otherwiseAsked says which flag asks for what is no kind, "" where none does.
func otherwiseAsked(name string) string {
	for _, flag := range []string{"passages", "stories"} {
		if len(name) > mistakes && editDistance(name, flag) <= mistakes+1 {
			return "; --" + flag + " asks for these"
		}
	}
	return ""
}

// setStories takes over whether stories are looked for: where some kinds of findings are
// asked for, only if stories are too.
func (o *scanOptions) setStories() (err error) {
	if o.stories == "" { // a command without the flag
		return nil
	}
	o.dedup.Stories, err = dedup.ParseStoryMode(o.stories)
	if o.dedup.Stories == dedup.SmallStories && len(o.dedup.Kinds) < len(dedup.AllKinds()) {
		o.dedup.Stories = dedup.NoStories
	}
	return err
}

// runScan reads, finds and reports.
func runScan(ctx context.Context, o *scanOptions) error {
	defer tuneMemory(o.dedup.MaxMemory)()
	if err := o.load(); err != nil {
		return err
	}
	if o.isLive() {
		return o.runLive(ctx)
	}
	source, err := o.open(o.inputs)
	if err != nil {
		return err
	}
	defer source.Close()
	seen, err := o.openIndex()
	if err != nil {
		return err
	}
	defer seen.close()
	outputs, err := o.createOutputs(source.Inputs())
	if err != nil {
		return err
	}
	defer outputs.discard()
	located := &located{Corpus: source, texts: o.showsTexts()}
	scan := func(ctx context.Context, source scanned) (*dedup.Result, error) { return o.scanWith(ctx, source, seen) }
	if o.save != "" {
		scan = o.scanAndSave
	}
	result, err := scan(ctx, located)
	if err != nil {
		return err
	}
	review := o.review(result)
	options := o.reportOptions(review)
	switch {
	case located.texts && seen != nil:
		options.Article = seen.article
	case located.texts:
		options.Article = located.article
	}
	fileErr := outputs.write(ctx, review, options)
	err = outputs.writeMain(o.streams.Out, func(out io.Writer) error { return report.Write(until{ctx, out}, o.format, review.Result, options) })
	switch {
	case fileErr != nil:
		return fileErr
	case err != nil && !isClosedPipe(err):
		return err
	}
	if err := seen.keep(ctx); err != nil {
		return err
	}
	// A reader of stdout that has gone away has seen enough, and is not whom the
	// status is for.
	return cmp.Or(o.conclude(review, outputs.baseline), err)
}

// open opens the named inputs.
func (o *scanOptions) open(inputs []string) (*corpus.Corpus, error) {
	if o.streams.InTerminal && slices.Contains(inputs, "-") {
		o.streams.hintf("reading standard input; end it with Ctrl-D")
		o.streams.ErrWidth = 0 // progress would be drawn over what is typed
	}
	source, err := formats.Open(inputs, o.streams.In, o.corpus)
	if mode := o.strayMode(); mode != "" && errors.Is(err, fs.ErrNotExist) {
		err = &hintedError{err, "--stories=" + mode + ", with an equals sign"}
	}
	return source, err
}

// strayMode returns what was meant as the value of --stories and is an input now, since that flag
// may stand alone; "" where nothing was.
func (o *scanOptions) strayMode() string {
	for _, input := range o.inputs {
		if _, err := dedup.ParseStoryMode(input); err == nil && o.dedup.Stories == dedup.AlwaysStories {
			return input
		}
	}
	return ""
}

// scan reads the corpus, finds what repeats what, and tells of the inputs.
func (o *scanOptions) scan(ctx context.Context, source scanned) (*dedup.Result, error) {
	progress := newProgress(o.streams, source.Progress)
	result, err := dedup.Scan(ctx, o.gate.ignoring(source), o.dedup, progress.update)
	progress.close()
	if err != nil {
		return nil, err
	}
	o.tellScan(source, result, progress)
	return result, nil
}

// judge returns what the exit status says of the input.
func (o *scanOptions) judge(s dedup.Summary) error {
	if s.Articles == 0 {
		o.streams.warningf("no article was read")
	}
	switch {
	case s.Articles > 0 && s.Problems == 0:
		return nil
	case !o.strict:
		return errProblems
	case s.Problems == 0:
		return errors.New("no article was read, and --strict was given")
	}
	return fmt.Errorf("%s in the input, and --strict was given", english.Plural(s.Problems, "problem", ""))
}

func (o *scanOptions) reportOptions(review *gate.Review) report.Options {
	folder, _ := os.Getwd() // where there is none, paths are told as they are given
	exhaustive := "With --exhaustive nothing is missed; it takes longer"
	if o.index != "" {
		exhaustive = ""
	}
	return report.Options{
		Review:  review,
		Version: version(),
		Color:   o.color == "always" || o.color == "auto" && o.width() > 0 && !o.streams.NoColor,
		Width:   o.width(),
		Limit:   o.limit,
		Folder:  folder,
		Hints: report.Hints{
			All:        "--limit 0 shows all, --format json has them too",
			Explained:  "--kinds repeat lists them",
			Exhaustive: exhaustive,
			Stories:    "--stories looks for them all the same, and takes longer",
			Nothing:    o.looser(),
		},
	}
}

// looser says which flags find more, of those that apply to what was looked for.
func (o *scanOptions) looser() string {
	var flags []string
	for _, kind := range []struct {
		kind dedup.Kind
		flag string
	}{
		{dedup.Near, "--threshold"}, {dedup.Contained, "--containment"}, {dedup.Repeated, "--repeat-similarity"},
	} {
		if o.dedup.Finds(kind.kind) {
			flags = append(flags, kind.flag)
		}
	}
	if len(flags) == 0 {
		return ""
	}
	return "A lower " + english.WordSeries(flags, "or") + " finds what is less alike"
}
