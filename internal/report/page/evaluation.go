package page

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
)

//go:embed evaluation.html
var evaluationLayout string

//go:embed evaluation.css
var evaluationStyle string

// An Evaluation is a page that holds findings against a truth. It has no script.
type Evaluation struct {
	Input   string   // what was read, as a name
	Truth   []string // sentences on what it is held against
	Read    string   // a sentence
	Version string

	Kinds  Table
	Best   []string // sentences on the best thresholds
	Curves []Curve
	Groups []Groups
	Lists  []List
	Notes  []string // what the figures rest on, sentences
}

// Groups are what was found to belong together, against the truth.
type Groups struct {
	Name  string // a word that stands in addresses
	Title string
	Said  []string // sentences
}

// A Table is rows, of which the first cell is a heading.
type Table struct {
	Columns []string
	Rows    [][]string
}

// A Curve is what is found over the thresholds of a score.
type Curve struct {
	Title string
	Said  string  // for who cannot see it
	Asked float64 // the threshold that was asked for
	Lines []Line
	Table Table
}

// A Line is a share over thresholds, both in [0, 1].
type Line struct {
	Class  string // precision, recall or f1
	Points [][2]float64
}

// A List is pairs with their evidence.
type List struct {
	Name, Title string
	Pairs       []Pair
	Left        string // how many are not listed; "" for none
}

// A Pair is two articles and what is said of them.
type Pair struct {
	Articles [2]Article
	Said     []string
}

// An Article is one of a pair.
type Article struct{ Key, Place, Lead string }

// The frame of a drawn curve, in units of its picture.
const (
	frameLeft, frameTop     = 50, 20
	frameWidth, frameHeight = 570, 280
)

// A drawn is a curve as a picture.
type drawn struct {
	Curve
	Grid  []gridLine
	Asked string
	Lines []drawnLine
}

type gridLine struct {
	X1, Y1, X2, Y2, TextX, TextY int
	Anchor, Label                string
}

type drawnLine struct{ Class, Points string }

// draw makes a picture of a curve.
func draw(c Curve) drawn {
	d := drawn{Curve: c, Asked: across(c.Asked)}
	for tenth := 0; tenth <= 10; tenth++ {
		x, y := frameLeft+tenth*frameWidth/10, frameTop+frameHeight-tenth*frameHeight/10
		label := strconv.FormatFloat(float64(tenth)/10, 'f', 1, 64)
		d.Grid = append(d.Grid, gridLine{x, frameTop, x, frameTop + frameHeight, x, frameTop + frameHeight + 20, "middle", label})
		if tenth%2 == 0 {
			d.Grid = append(d.Grid, gridLine{frameLeft, y, frameLeft + frameWidth, y, frameLeft - 8, y + 4, "end", label})
		}
	}
	for _, line := range c.Lines {
		var points []string
		for _, point := range line.Points {
			points = append(points, across(point[0])+","+up(point[1]))
		}
		d.Lines = append(d.Lines, drawnLine{line.Class, strings.Join(points, " ")})
	}
	return d
}

func across(share float64) string {
	return strconv.FormatFloat(frameLeft+share*frameWidth, 'f', 1, 64)
}

func up(share float64) string {
	return strconv.FormatFloat(frameTop+(1-share)*frameHeight, 'f', 1, 64)
}

// WriteEvaluation writes the page.
func WriteEvaluation(out io.Writer, e *Evaluation) error {
	parsed, err := template.New("evaluation").Parse(evaluationLayout)
	if err != nil {
		return fmt.Errorf("parsing the page: %w", err)
	}
	var curves []drawn
	for _, curve := range e.Curves {
		curves = append(curves, draw(curve))
	}
	css := style + evaluationStyle
	return parsed.Execute(out, struct {
		*Evaluation
		Curves []drawn
		CSP    string
		Style  template.CSS
	}{e, curves, "default-src 'none'; style-src " + hashOf(css) + "; base-uri 'none'; form-action 'none'", template.CSS(css)})
}
