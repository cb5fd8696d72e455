package report

import (
	"github.com/charmbracelet/x/ansi"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A palette holds the styles of text output. Only the sixteen colours of the
// terminal's own theme are used, so that they suit a dark and a light one. The
// zero palette leaves text as it is.
type palette struct {
	heading, name, keep, dim, warn ansi.Style
	kinds                          map[dedup.Kind]ansi.Style
}

func newPalette(color bool) palette {
	if !color {
		return palette{}
	}
	foreground := func(color ansi.BasicColor) ansi.Style { return ansi.NewStyle().ForegroundColor(color) }
	return palette{
		heading: ansi.NewStyle().Bold(),
		name:    ansi.NewStyle().Bold(),
		keep:    foreground(ansi.Green),
		dim:     ansi.NewStyle().Faint(),
		warn:    foreground(ansi.Yellow),
		kinds: map[dedup.Kind]ansi.Style{
			dedup.Exact:     foreground(ansi.Red),
			dedup.Near:      foreground(ansi.Magenta),
			dedup.Contained: foreground(ansi.Cyan),
			dedup.Template:  foreground(ansi.Blue),
		},
	}
}

// paint applies a style; none leaves the text as it is.
func paint(style ansi.Style, text string) string {
	if len(style) == 0 || text == "" {
		return text
	}
	return style.Styled(text)
}
