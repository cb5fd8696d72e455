package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsdedup/newsdedup/internal/clean"
	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/corpus/compress"
	"github.com/newsdedup/newsdedup/internal/corpus/formats"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/report"
)

// cleanOptions are the flags of one cleaning, beside those of its scan.
type cleanOptions struct {
	scanOptions
	output         string
	remove, keep   []string
	reference      []string
	outputFormat   string
	compress       string
	single         bool // one file is written, whose name says how it is compressed
	manifest       string
	noManifest     bool
	apply, undo    string
	dryRun         bool
	furnitureShare float64
	furnitureCount int

	policy clean.Policy
}

// removable are what --remove may name.
func removable() []string {
	return []string{"exact", "near", "contained", "repeat", "furniture", "story"}
}

// autoCompression is as the name of a single output says, and of others as their inputs are.
const autoCompression = "auto"

func newCleanCommand(streams Streams, run func(context.Context, *cleanOptions) error) *cobra.Command {
	opts := &cleanOptions{scanOptions: *newScanOptions(streams, "clean")}
	cmd := &cobra.Command{
		Use:   "clean INPUT... -o OUT",
		Short: "Write the corpus without its copies, and a manifest of every removal",
		Long: `Write the corpus without its copies, in its own form: what stays is byte for byte
what it was and in its order. One copy of everything stays; an article goes only for
one that stays and that was compared with it exactly, but for --remove story, which is
of other words. Every removal is a line of the manifest, with its reason.

A single file becomes the file OUT; several files, or a folder, the folder OUT, which
must not exist yet or be empty. Nothing is overwritten.`,
		Example: `  newsdedup clean bundle.txt -o clean.txt
  newsdedup clean crawl/ -o crawl.clean --keep earliest --keep source=courier,herald
  newsdedup clean today.jsonl -o new.jsonl --reference archive/
  newsdedup clean bundle.txt --dry-run
  newsdedup clean bundle.txt -o clean.txt --apply reviewed.jsonl
  newsdedup clean bundle.txt -o again.txt --undo clean.txt.manifest.jsonl`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{exitStatuses: readStatuses},
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.inputs, opts.explicit = args, cmd.Flags().Changed
			if err := opts.completeClean(); err != nil {
				return err
			}
			return run(cmd.Context(), opts)
		},
	}
	opts.addCleanFlags(cmd.Flags())
	return cmd
}

func (o *cleanOptions) addCleanFlags(flags *pflag.FlagSet) {
	flags.SortFlags = false
	flags.StringVarP(&o.output, "output", "o", "", "the file or folder to write")
	flags.StringSliceVar(&o.remove, "remove", []string{"exact", "near", "repeat"}, "what goes: "+strings.Join(removable(), ", "))
	flags.StringArrayVar(&o.keep, "keep", []string{"longest"}, "which of two articles stays, the first criterion that tells them apart: "+
		strings.Join(clean.CriterionNames(), ", ")+"; may be given several times")
	flags.StringArrayVar(&o.reference, "reference", nil, "an input that is compared with and never changed; may be given several times")
	flags.Float64Var(&o.furnitureShare, "furniture-share", 0.1, "share of a source's articles that have a paragraph which is furniture, in (0, 1]")
	flags.IntVar(&o.furnitureCount, "furniture-count", 5, "and least number of them")
	flags.BoolVar(&o.dryRun, "dry-run", false, "write nothing, and print the manifest")
	flags.StringVar(&o.manifest, "manifest", "", "where the manifest goes (default: OUT.manifest.jsonl)")
	flags.BoolVar(&o.noManifest, "no-manifest", false, "write no manifest")
	flags.StringVar(&o.apply, "apply", "", "make the removals of this manifest, which may have been shortened, and no others")
	flags.StringVar(&o.undo, "undo", "", "write the files that this manifest was made from as they were, from where they still stand")
	flags.StringVar(&o.outputFormat, "output-format", "", "write all articles in another format than their own: "+strings.Join(outputFormats(), ", "))
	flags.StringVar(&o.compress, "compress", autoCompression, "how outputs are compressed: none, gzip, zstd, xz, lz4, or as the name of a single output says, and of others as their inputs are")
	o.dedup.MinRepeat, o.dedup.RepeatSimilarity = 8, 1
	o.addFindingFlags(flags)
	o.addStoryWindowFlag(flags)
	o.addReadingFlags(flags)
	o.addScanningFlags(flags)
	o.addIndexFlags(flags)
	o.addVerboseFlag(flags)
}

// completeClean checks the flags, all of them before the first byte is read.
func (o *cleanOptions) completeClean() error {
	if err := o.complete(); err != nil {
		return err
	}
	for _, name := range o.remove {
		if !slices.Contains(removable(), name) {
			return fmt.Errorf("clean: --remove of %q: known are %s", name, strings.Join(removable(), ", "))
		}
	}
	keep, err := clean.ParseKeep(o.keep)
	if err != nil {
		return fmt.Errorf("clean: --keep: %w", err)
	}
	switch {
	case o.output == "" && !o.dryRun:
		return &hintedError{errors.New("clean: no output is named"), "newsdedup clean " + strings.Join(o.inputs, " ") + " -o OUT, or --dry-run"}
	case slices.Contains(o.inputs, "-") || slices.Contains(o.reference, "-"):
		return &hintedError{errors.New("clean: standard input can be read only once"), "write it to a file first"}
	case o.index != "" && (o.apply != "" || o.undo != ""):
		return errors.New("clean: --index, and --apply or --undo, at once: a manifest says what goes, and nothing is compared")
	case o.index != "" && o.removes("story"):
		return errors.New("clean: --index and --remove story at once: an index keeps nothing by which stories are found")
	case o.add && o.dryRun:
		return errors.New("clean: --add and --dry-run at once")
	case o.apply != "" && o.undo != "":
		return errors.New("clean: --apply and --undo at once")
	case o.undo != "" && (o.dryRun || o.outputFormat != ""):
		return errors.New("clean: --undo, and --dry-run or --output-format, at once")
	case o.outputFormat != "" && !slices.Contains(outputFormats(), o.outputFormat):
		return fmt.Errorf("clean: --output-format %q: known are %s", o.outputFormat, strings.Join(outputFormats(), ", "))
	case o.noManifest && o.manifest != "":
		return errors.New("clean: --manifest and --no-manifest at once")
	case o.furnitureShare <= 0 || o.furnitureShare > 1 || o.furnitureCount < 2:
		return errors.New("clean: --furniture-share is not in (0, 1], or --furniture-count below 2")
	}
	if err := o.checkCompression(); err != nil {
		return err
	}
	o.setPolicy(keep)
	return nil
}

// outputFormats are the names of those that all others are converted to.
func outputFormats() []string { return slices.Sorted(maps.Keys(formats.Encoders())) }

func (o *cleanOptions) checkCompression() error {
	if _, err := compress.NewWriter(o.kind(""), io.Discard); err != nil || o.compress == "" {
		return fmt.Errorf("clean: --compress %q: known are auto, none, gzip, zstd, xz and lz4", o.compress)
	}
	return nil
}

// kind returns how an output is compressed whose input was so.
func (o *cleanOptions) kind(stored string) compress.Kind {
	switch {
	case o.compress == autoCompression && o.single:
		return compress.OfName(o.output)
	case o.compress == autoCompression:
		return compress.Kind(stored)
	case o.compress == "none":
		return compress.None
	}
	return compress.Kind(o.compress)
}

func (o *cleanOptions) removes(name string) bool { return slices.Contains(o.remove, name) }

func (o *cleanOptions) setPolicy(keep []clean.Criterion) {
	o.policy = clean.Policy{
		Exact: o.removes("exact"), Near: o.removes("near"), Contained: o.removes("contained"), Repeats: o.removes("repeat"), Stories: o.removes("story"), Keep: keep,
	}
	if o.removes("furniture") {
		o.policy.Furniture = &clean.Furniture{Share: o.furnitureShare, Count: o.furnitureCount}
		o.dedup.Explained = true
	}
	o.dedup.Stories = dedup.NoStories
	if o.policy.Stories {
		o.dedup.Stories = dedup.AlwaysStories
	}
	o.dedup.Kinds = []dedup.Kind{dedup.Exact}
	for _, kind := range []struct {
		wanted bool
		kind   dedup.Kind
	}{{o.policy.Near || o.policy.Stories, dedup.Near}, {o.policy.Contained || o.policy.Stories, dedup.Contained}, {o.policy.Repeats || o.policy.Furniture != nil, dedup.Repeated}} {
		if kind.wanted {
			o.dedup.Kinds = append(o.dedup.Kinds, kind.kind)
		}
	}
}

// runClean scans, decides and writes.
func runClean(ctx context.Context, o *cleanOptions) error {
	defer tuneMemory(o.dedup.MaxMemory)()
	source, err := o.open(slices.Concat(o.inputs, o.reference))
	if err != nil {
		return err
	}
	defer source.Close()
	layout, err := o.layout(source)
	if err != nil {
		return err
	}
	if o.apply != "" || o.undo != "" {
		return o.runManifest(ctx, source, layout)
	}
	seen, err := o.openIndex()
	if err != nil {
		return err
	}
	defer seen.close()
	result, err := o.scanWith(ctx, source, seen)
	if err = cmp.Or(err, seen.unread()); err != nil { // what is written must not have a copy of what could not be read
		return err
	}
	protected, err := o.protected(source)
	if err != nil {
		return err
	}
	o.policy.Protected = func(id dedup.ArticleID) bool {
		return result.Articles[id].Earlier || protected[result.Articles[id].Input]
	}
	without, err := o.scanWithout(ctx, source, result, seen)
	if err = cmp.Or(err, seen.unread()); err != nil {
		return err
	}
	plan := clean.Make(without, result, &o.policy, o.mayCut(source))
	if plan.Uncuttable > 0 {
		o.streams.warningf("%s that would go: of their files only whole articles can be removed", counted(plan.Uncuttable, "paragraph")+" stay")
	}
	manifest := clean.NewManifest(result, plan, clean.Head{
		Version: version(), Remove: o.remove, Keep: criterionNames(o.policy.Keep), Reading: o.reading(),
	})
	if err := o.write(ctx, source, layout, manifest); err != nil {
		return err
	}
	if err := seen.keep(ctx); err != nil {
		return err
	}
	o.streams.warnOf(result.Problems, result.Summary.Problems)
	if err := o.tellRemoved(manifest, result); err != nil {
		return err
	}
	return o.judge(result.Summary)
}

// scanWithout finds the articles that are alike once their paragraphs have been cut;
// where none is to be, that is known.
func (o *cleanOptions) scanWithout(ctx context.Context, source *corpus.Corpus, result *dedup.Result, seen *seen) (*dedup.Result, error) {
	cuts := clean.Cuts(result, &o.policy, o.mayCut(source))
	if len(cuts) == 0 {
		return result, nil
	}
	again, err := source.Again()
	if err != nil {
		return nil, fmt.Errorf("clean: %w", err)
	}
	defer again.Close()
	options := o.dedup
	options.Kinds = slices.DeleteFunc(slices.Clone(o.dedup.Kinds), func(kind dedup.Kind) bool { return kind == dedup.Repeated })
	progress := newProgress(o.streams, again.Progress)
	defer progress.close()
	without, err := dedup.Scan(ctx, seen.before(clean.NewView(again, result, cuts)), options, progress.update)
	if err == nil && len(without.Articles) != len(result.Articles) {
		err = errors.New("clean: the inputs have changed since they were first read")
	}
	return without, err
}

// mayCut tells of an input whether paragraphs can be cut from its articles: in another
// format, from all.
func (o *cleanOptions) mayCut(source *corpus.Corpus) func(input int) bool {
	if o.outputFormat != "" {
		return func(int) bool { return true }
	}
	return source.Cuts
}

func criterionNames(keep []clean.Criterion) []string {
	var names []string
	for _, criterion := range keep {
		names = append(names, criterion.String())
	}
	return names
}

// reading says how records are read, which a manifest is good for alone.
func (o *cleanOptions) reading() string {
	said := fmt.Sprintf("--input-format %q --encoding %q --max-article-size %d", o.corpus.Format, o.corpus.Encoding, o.corpus.MaxArticleBytes)
	for role, names := range o.corpus.Fields {
		said += fmt.Sprintf(" %s %s", corpus.Role(role), strings.Join(names, ","))
	}
	return said
}

func (o *cleanOptions) isReference(inputs []corpus.InputInfo, input int) bool {
	return inputs[input].Argument >= len(o.inputs)
}

// layout says where outputs go.
func (o *cleanOptions) layout(source *corpus.Corpus) (*clean.Layout, error) {
	if o.dryRun {
		return &clean.Layout{Names: make([]string, len(source.Inputs()))}, nil
	}
	inputs := source.Inputs()
	layout, err := clean.NewLayout(o.output, o.manifestPath(), o.outputFormat != "", inputs, func(input int) bool { return o.isReference(inputs, input) }, o.outputName)
	if err != nil {
		return nil, fmt.Errorf("clean: %w", err)
	}
	o.single = !layout.Folder
	return layout, nil
}

// manifestPath returns where the manifest goes, "" for nowhere.
func (o *cleanOptions) manifestPath() string {
	switch {
	case o.noManifest || o.undo != "":
		return ""
	case o.manifest != "":
		return o.manifest
	}
	return filepath.Clean(o.output) + ".manifest.jsonl"
}

// outputName is the name of an input with the extension of its format and the suffix
// of how it is compressed now.
func (o *cleanOptions) outputName(in corpus.InputInfo) string {
	if o.undo != "" || o.compress == autoCompression && o.outputFormat == "" {
		return in.Below
	}
	name := compress.TrimSuffix(in.Below)
	if extension := map[string]string{"jsonl": ".jsonl", "bundle": ".txt"}[o.outputFormat]; extension != "" {
		name = strings.TrimSuffix(name, extension) + extension
	}
	return name + o.kind(in.Compression).Suffix()
}

// protected tells of the inputs, which have been read, whether their articles stay:
// those of the reference, and of files that cannot be written again without them. Those
// are copied as they are stored.
func (o *cleanOptions) protected(source *corpus.Corpus) ([]bool, error) {
	inputs := source.Inputs()
	protected := make([]bool, len(inputs))
	for i, in := range inputs {
		if protected[i] = o.isReference(inputs, i); protected[i] || in.Bytes == 0 {
			continue
		}
		kind := o.kind(in.Compression)
		reason := o.unwritable(source, i, kind)
		switch {
		case reason == nil:
		case o.outputFormat != "":
			return nil, fmt.Errorf("clean: %q: %w; --compress names another way", in.Path, reason)
		case kind != compress.Kind(in.Compression):
			return nil, fmt.Errorf("clean: %q cannot be compressed in another way: %w", in.Path, reason)
		default:
			protected[i] = true
			o.streams.warningf("nothing goes from %s, which is copied as it is: %v", in.Path, reason)
		}
	}
	return protected, nil
}

// unwritable returns why what stays of an input cannot be written, nil where it can.
func (o *cleanOptions) unwritable(source *corpus.Corpus, input int, kind compress.Kind) error {
	if o.outputFormat == "" {
		if err := source.Rewritable(input); err != nil {
			return err
		}
	}
	_, err := compress.NewWriter(kind, io.Discard)
	return err
}

func (o *cleanOptions) write(ctx context.Context, source *corpus.Corpus, layout *clean.Layout, manifest *clean.Manifest) error {
	inputs := source.Inputs()
	job := clean.Job{
		Corpus: source, Manifest: manifest, Layout: layout, DryRun: o.dryRun,
		Reference: func(input int) bool { return o.isReference(inputs, input) },
		Kind:      func(stored string) string { return string(o.kind(stored)) },
		Compress: func(kind string, out io.Writer) (io.WriteCloser, error) {
			return compress.NewWriter(compress.Kind(kind), out)
		},
		Encode: formats.Encoders()[o.outputFormat],
	}
	done, err := job.Run(ctx)
	if err != nil {
		return fmt.Errorf("clean: %w", err)
	}
	for _, uncut := range done.Uncut {
		o.streams.warningf("a paragraph stays: %s", uncut)
	}
	for _, problem := range done.Unread {
		o.streams.warningf("%v", problem)
	}
	return nil
}

// tellRemoved says on stdout what went; of a dry run that is the manifest, and the
// rest is said beside it.
func (o *cleanOptions) tellRemoved(manifest *clean.Manifest, result *dedup.Result) error {
	words, told := 0, 0
	for _, entry := range manifest.Articles {
		words += entry.Words
		if entry.Story != nil {
			told++
		}
	}
	if told > 0 {
		o.streams.tell("%s for another of the same story: they are no verified copies, and the manifest has the score of each", counted(told, "article")+" "+english.PluralWord(told, "goes", "go"))
	}
	for _, entry := range manifest.Paragraphs {
		words += entry.Words
	}
	said := fmt.Sprintf("%s of %s and %s: %s of %s.", humanize.Comma(int64(len(manifest.Articles))), counted(result.Summary.Articles, "article"),
		counted(len(manifest.Paragraphs), "paragraph"), humanize.Comma(int64(words)), counted(result.Summary.Words, "word"))
	if o.dryRun {
		o.streams.tell("would remove %s", said)
		return manifest.Write(o.streams.Out)
	}
	_, err := fmt.Fprintf(o.streams.Out, "Removed %s\nWrote %s.\n", said, report.Harmless(o.output))
	return err
}

// counted writes a number with its noun.
func counted(n int, noun string) string {
	return humanize.Comma(int64(n)) + " " + english.PluralWord(n, noun, "")
}
