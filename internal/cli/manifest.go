package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/newsdedup/newsdedup/internal/clean"
	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/report"
)

// runManifest applies or undoes a manifest: nothing is scanned.
func (o *cleanOptions) runManifest(ctx context.Context, source *corpus.Corpus, layout *clean.Layout) error {
	manifest, err := readManifest(o.apply + o.undo)
	if err != nil {
		return err
	}
	inputs := source.Inputs()
	isReference := func(input int) bool { return o.isReference(inputs, input) }
	if err := manifest.Fits(inputs, o.reading(), isReference); err != nil {
		return fmt.Errorf("clean: the manifest %q does not fit: %w", o.apply+o.undo, err)
	}
	if o.undo != "" {
		files, err := manifest.Restore(inputs, layout)
		if err != nil {
			return fmt.Errorf("clean: %w", err)
		}
		_, err = fmt.Fprintf(o.streams.Out, "Wrote %s: %s as they were.\n", report.Harmless(o.output), counted(files, "file"))
		return err
	}
	return o.applyManifest(ctx, source, layout, manifest)
}

func readManifest(path string) (*clean.Manifest, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("clean: %w", err)
	}
	defer file.Close()
	manifest, err := clean.ReadManifest(file)
	if err != nil {
		return nil, fmt.Errorf("clean: reading the manifest %q: %w", path, err)
	}
	return manifest, nil
}

func (o *cleanOptions) applyManifest(ctx context.Context, source *corpus.Corpus, layout *clean.Layout, manifest *clean.Manifest) error {
	if err := readThrough(ctx, source); err != nil {
		return err
	}
	protected, err := o.protected(source)
	if err != nil {
		return err
	}
	if at := manifest.Touches(func(input int) bool { return protected[input] }); at != "" {
		return fmt.Errorf("clean: nothing can be taken out of %q", at)
	}
	manifest.Head.Inputs = nil
	if err := o.write(ctx, source, layout, manifest); err != nil {
		return err
	}
	if o.dryRun {
		err = manifest.Write(o.streams.Out)
	} else {
		_, err = fmt.Fprintf(o.streams.Out, "Removed %s and %s.\nWrote %s.\n",
			counted(len(manifest.Articles), "article"), counted(len(manifest.Paragraphs), "paragraph"), report.Harmless(o.output))
	}
	o.streams.warnOf(source.Problems(), len(source.Problems())+source.UnlistedProblems())
	if err == nil && len(source.Problems()) > 0 {
		err = errProblems
		if o.strict {
			err = errors.New("there are problems in the input, and --strict was given")
		}
	}
	return err
}

// readThrough reads the corpus for the formats of its inputs.
func readThrough(ctx context.Context, source *corpus.Corpus) error {
	for {
		switch _, err := source.Next(ctx); err {
		case nil:
		case io.EOF:
			return nil
		default:
			return err
		}
	}
}
