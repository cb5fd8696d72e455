package cli

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/gate"
	"github.com/newsdedup/newsdedup/internal/report"
)

// errMissed says that the report stands and that a gate was missed.
var errMissed = errors.New("the gate was missed")

// gateOptions are the flags that say which findings are to be answered for.
type gateOptions struct {
	failOn        []string
	maxFindings   []string
	maxShare      string
	baseline      string
	writeBaseline bool
	ignore        []string
	ignoreKeys    []string
	ignoreTexts   []string
	only          []string

	rules   gate.Rules
	without *gate.Without // what leaves out the articles of ignoreKeys; nil where there are none
}

// anyKind stands for all kinds that are looked for.
const anyKind = "any"

func (o *gateOptions) addFlags(flags *pflag.FlagSet) {
	flags.StringSliceVar(&o.failOn, "fail-on", nil, "exit with status 1 where there is a new finding of these kinds, of any, or (none) of none")
	flags.StringSliceVar(&o.maxFindings, "max-findings", nil, "exit with status 1 where there are more new findings: 10 of all kinds together, or near=5,repeat=20")
	flags.StringVar(&o.maxShare, "max-duplicate-share", "", "exit with status 1 where new duplicates are more of all words: 2% or 0.02")
	flags.StringVar(&o.baseline, "baseline", "", "a file of known findings: others are new")
	flags.BoolVar(&o.writeBaseline, "write-baseline", false, "write the findings to the file of --baseline: they are known from then on")
	flags.StringSliceVar(&o.ignore, "ignore", nil, "fingerprints of findings, or of paragraphs, that are left out")
	flags.StringArrayVar(&o.ignoreKeys, "ignore-key", nil, "leave out the articles whose names fit a pattern, such as 'weather/**'")
	flags.StringArrayVar(&o.ignoreTexts, "ignore-paragraph", nil, "leave out repeats of paragraphs that a regular expression fits, such as '^Subscribe to'")
	flags.StringArrayVar(&o.only, "only", nil, "report what touches some articles alone: a pattern of names or paths, or @FILE with one of them a line (@- for standard input)")
}

// refuseEmpty returns an error where a flag that a gate hangs on is given nothing, as by a
// variable of a script that is not set: the gate would be gone and nobody told.
func (o *gateOptions) refuseEmpty(flags *pflag.FlagSet) error {
	for _, name := range []string{"fail-on", "max-findings", "max-duplicate-share", "baseline"} {
		flag := flags.Lookup(name)
		if value := flag.Value.String(); flag.Changed && (value == "" || value == "[]") {
			return &hintedError{fmt.Errorf("--%s: nothing is given", name), fmt.Sprintf("--%s %s asks for nothing, whatever a file of settings says", name, none)}
		}
	}
	return nil
}

// dropNone takes out what is asked for as none.
func (o *gateOptions) dropNone() {
	for _, list := range []*[]string{&o.failOn, &o.maxFindings} {
		if slices.Equal(*list, []string{none}) {
			*list = nil
		}
	}
	for _, value := range []*string{&o.maxShare, &o.baseline} {
		if *value == none {
			*value = ""
		}
	}
}

// complete checks the flags but for the kinds, which complete of the scan does.
func (o *gateOptions) complete(options dedup.Options) error {
	o.dropNone()
	policyErr := o.setPolicy(options)
	ignoreErr := o.setIgnores()
	var fileErr error
	switch {
	case o.writeBaseline && o.baseline == "":
		fileErr = errors.New("--write-baseline wants the file to write: --baseline FILE")
	case o.writeBaseline && len(o.only) > 0:
		fileErr = errors.New("--write-baseline and --only: a baseline is of all articles")
	}
	return errors.Join(policyErr, ignoreErr, fileErr)
}

// asks returns a flag by which findings are held to something, "" where none is given.
func (o *gateOptions) asks() string {
	switch {
	case len(o.failOn) > 0:
		return "--fail-on"
	case len(o.maxFindings) > 0:
		return "--max-findings"
	case o.maxShare != "":
		return "--max-duplicate-share"
	case o.baseline != "":
		return "--baseline"
	}
	return ""
}

func (o *gateOptions) setPolicy(options dedup.Options) error {
	policy := &o.rules.Policy
	for _, name := range o.failOn {
		name = strings.TrimSpace(name)
		if name == anyKind {
			policy.FailOn = append(policy.FailOn, options.Kinds...)
			continue
		}
		policy.FailOn = append(policy.FailOn, dedup.Kind(name))
	}
	for _, written := range o.maxFindings {
		budget, err := parseBudget(written)
		if err != nil {
			return err
		}
		policy.Budgets = append(policy.Budgets, budget)
	}
	if o.maxShare != "" {
		share, err := parseShare(o.maxShare)
		if err != nil {
			return err
		}
		policy.MaxShare = &share
	}
	return policy.Validate(options)
}

// parseBudget reads 10 or near=10.
func parseBudget(written string) (gate.Budget, error) {
	kind, number, found := strings.Cut(written, "=")
	if !found {
		kind, number = "", written
	}
	most, err := strconv.Atoi(number)
	if err != nil || most < 0 || found && kind == "" {
		return gate.Budget{}, fmt.Errorf("--max-findings: %q is no number of findings, such as 10 or near=10", written)
	}
	return gate.Budget{Kind: dedup.Kind(kind), Most: most}, nil
}

// parseShare reads 2% or 0.02. What is 1 or above could mean either, and is refused.
func parseShare(written string) (float64, error) {
	number, isPercent := strings.CutSuffix(strings.TrimSpace(written), "%")
	share, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if isPercent && err == nil { // by its digits: 2.9 divided by 100 is less than 0.029
		share, err = strconv.ParseFloat(strconv.FormatFloat(share, 'f', -1, 64)+"e-2", 64)
	}
	if err != nil || !(share >= 0 && share <= 1) || share == 1 && !isPercent {
		return 0, fmt.Errorf("--max-duplicate-share: %q is no share, such as 2%% or 0.02", written)
	}
	return share, nil
}

func (o *gateOptions) setIgnores() error {
	for _, written := range o.ignore {
		fingerprint, err := gate.ParseFingerprint(written)
		if err != nil {
			return fmt.Errorf("--ignore: %w", err)
		}
		o.rules.Fingerprints = append(o.rules.Fingerprints, uint64(fingerprint))
	}
	for _, pattern := range o.ignoreKeys {
		if err := corpus.CheckPattern(pattern); err != nil {
			return fmt.Errorf("--ignore-key: %w", err)
		}
	}
	for _, pattern := range o.ignoreTexts {
		expression, err := regexp.Compile(pattern)
		if err != nil || pattern == "" {
			return fmt.Errorf("--ignore-paragraph: %q is no regular expression that fits some paragraphs: %v", pattern, err)
		}
		o.rules.Paragraphs = append(o.rules.Paragraphs, expression)
	}
	return nil
}

// review holds the result to the rules. What a baseline is made of now is held to nothing.
func (o *scanOptions) review(result *dedup.Result) *gate.Review {
	rules, ignored := o.gate.rules, 0
	if o.gate.writeBaseline {
		rules.Policy = gate.Policy{}
	}
	var idle []string
	if o.gate.without != nil {
		ignored, idle = o.gate.without.Count(), o.gate.without.Idle()
	}
	review := rules.Review(result, ignored)
	if idle = append(idle, review.Idle...); len(idle) > 0 {
		o.streams.warningf("to be ignored, and fits nothing here: %s", strings.Join(idle, ", "))
	}
	if o.gate.asksAboutNothing(review) {
		o.streams.warningf("--only %s names no article", strings.Join(o.gate.only, " "))
	}
	return review
}

// asksAboutNothing reports whether articles are named of which none was read. A list
// with no name in it is a change of nothing, and no mistake.
func (o *gateOptions) asksAboutNothing(review *gate.Review) bool {
	only := o.rules.Only
	return only != nil && review.Named == 0 && len(only.Patterns)+len(only.Names) > 0
}

// conclude writes the baseline, if asked to, and returns what the exit status says of
// the input and of the gate: an error before a missed gate, a missed gate before
// problems of the input.
func (o *scanOptions) conclude(review *gate.Review, baseline *outputFile) error {
	err := o.judge(review.Result.Summary)
	if err != nil && !errors.Is(err, errProblems) {
		return err
	}
	if baseline != nil {
		if review.Result.Summary.Articles == 0 {
			return &hintedError{fmt.Errorf("writing the baseline %q: no article was read, and it would know nothing any more", o.gate.baseline), "what stood there before is left as it was"}
		}
		if err := o.saveBaseline(review, baseline); err != nil {
			return err
		}
	}
	if !review.Failed() {
		return err
	}
	for _, check := range review.Checks {
		if check.Missed {
			o.streams.tell("gate: %s", report.DescribeCheck(check, review))
		}
	}
	return errMissed
}

// ignoring returns the corpus without the articles whose names are ignored.
func (o *gateOptions) ignoring(source dedup.Corpus) dedup.Corpus {
	if len(o.ignoreKeys) == 0 {
		return source
	}
	o.without = gate.NewWithout(source, o.ignoreKeys)
	return o.without
}
