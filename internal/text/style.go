package text

import "fmt"

var styleNames = [...]string{Auto: "auto", Line: "line", Blank: "blank"}

// String returns the style's name on the command line.
func (s Style) String() string {
	if s < 0 || int(s) >= len(styleNames) {
		return fmt.Sprintf("Style(%d)", int(s))
	}
	return styleNames[s]
}

// ParseStyle returns the style of the given name.
func ParseStyle(name string) (Style, error) {
	for style, known := range styleNames {
		if name == known {
			return Style(style), nil
		}
	}
	return Auto, fmt.Errorf("unknown style of paragraphs %q (auto, line or blank)", name)
}
