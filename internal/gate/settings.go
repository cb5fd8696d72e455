package gate

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/newsdedup/newsdedup/internal/dedup"
)

// A Setting is an option of a scan as a user sets it.
type Setting struct{ Name, Value string }

// settings are the options that decide which findings there are.
func settings(o dedup.Options) []Setting {
	var kinds []string
	for _, kind := range o.Kinds {
		kinds = append(kinds, string(kind))
	}
	share := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	return []Setting{
		{"kinds", strings.Join(kinds, ",")},
		{"threshold", share(o.Threshold)},
		{"containment", share(o.Containment)},
		{"min-contained-words", strconv.Itoa(o.MinContained)},
		{"repeat-similarity", share(o.RepeatSimilarity)},
		{"min-repeat-words", strconv.Itoa(o.MinRepeat)},
		{"shingle-size", strconv.Itoa(o.ShingleSize)},
		{"paragraphs", o.Paragraphs.String()},
		{"templates", string(o.Templates)},
		{"tolerant", strconv.FormatBool(o.Tolerant)},
		{"exhaustive", strconv.FormatBool(o.Exhaustive)},
	}
}

// readSettings reads the options of a baseline in the order in which they stand.
func readSettings(object json.RawMessage) ([]Setting, error) {
	if len(object) == 0 {
		return nil, nil
	}
	decoder := json.NewDecoder(strings.NewReader(string(object)))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil, fmt.Errorf("its options are no JSON object")
	}
	var all []Setting
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		var value string
		if err := decoder.Decode(&value); err != nil {
			return nil, fmt.Errorf("option %q: %w", name, err)
		}
		all = append(all, Setting{name.(string), value})
	}
	return all, nil
}

// hashOf is that of the options which decide on the findings that a baseline knows:
// passages and stories are none of them.
func hashOf(options dedup.Options) Fingerprint {
	options.Passages, options.Stories = 0, dedup.NoStories
	return Fingerprint(options.Hash())
}

// Fits returns an error that says what differs where the baseline was made with
// other options: with those, other findings would be known.
func (b *Baseline) Fits(options dedup.Options) error {
	if b.Hash == hashOf(options) {
		return nil
	}
	was := make(map[string]string)
	for _, setting := range b.Options {
		was[setting.Name] = setting.Value
	}
	var reasons []string
	for _, setting := range settings(options) {
		if before, said := was[setting.Name]; said && before != setting.Value {
			reasons = append(reasons, fmt.Sprintf("%s was %s and is %s", setting.Name, before, setting.Value))
		}
	}
	if len(reasons) == 0 {
		return fmt.Errorf("it was made with other options, of which it does not say how they were (options_hash %s, now %s)", b.Hash, hashOf(options))
	}
	return fmt.Errorf("it was made with other options: %s", strings.Join(reasons, "; "))
}
