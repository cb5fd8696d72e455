package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/newsdedup/newsdedup/internal/config"
)

// configName is the file of settings that is looked for.
const configName = ".newsdedup.yaml"

// none, in the place of a file or a gate, stands for none, whatever a file of settings says.
const none = "none"

// maxConfig bounds a file of settings, in bytes: what is larger is none.
const maxConfig = 1 << 20

// inputsSetting is the one setting that is no flag.
const inputsSetting = "inputs"

// configOptions are the flag of a file of settings, and what came of it.
type configOptions struct {
	file    string
	path    string            // of the file that was read; "" for none
	origins map[string]string // by setting: where it stands in the file, if it is in force
}

func (o *configOptions) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&o.file, "config", "", "settings of a team (default: "+configName+" in the working folder or above it; "+none+" for none)")
}

// settable are the settings that a file may have, by the names of their flags, in the
// order in which they are shown. Nothing that writes a file is among them: whoever can
// change a file in a repository cannot thereby make another's run write.
func settable() []string {
	return []string{
		"kinds", "threshold", "containment", "min-contained-words", "repeat-similarity", "min-repeat-words", "shingle-size", "paragraphs", "templates", "tolerant", "passages", minPassageFlag, "stories", "story-window", "exhaustive", "self-check",
		"fail-on", "max-findings", "max-duplicate-share", "baseline", "ignore", "ignore-key", "ignore-paragraph",
		"input-format", "encoding", "text-field", "id-field", "source-field", "title-field", "url-field", "date-field", "language-field",
		"metadata", "max-article-size", "max-total-size", "strict",
	}
}

// configure reads the file of settings, and sets the flags that the command line has not set.
func (o *scanOptions) configure(flags *pflag.FlagSet) error {
	if err := o.gate.refuseEmpty(flags); err != nil {
		return err
	}
	path, err := o.config.find()
	if err == nil && path != "" {
		err = o.configureFrom(path, flags)
	}
	said := flags.Changed("passages") || o.config.origins["passages"] != ""
	if origin := o.config.origins[minPassageFlag]; origin != "" && !said {
		o.passages, o.config.origins["passages"] = true, origin
	}
	o.passages = o.passages || flags.Changed(minPassageFlag)
	return err
}

// configureFrom reads one file of settings.
func (o *scanOptions) configureFrom(path string, flags *pflag.FlagSet) error {
	settings, err := readConfig(path)
	if err != nil {
		return err
	}
	o.config.path, o.config.origins = path, make(map[string]string)
	for _, setting := range settings {
		if err := o.configureOne(flags, setting); err != nil {
			at := &config.Error{Line: setting.Line, Column: setting.Column, Reason: err.Error()}
			wrapped := fmt.Errorf("reading the settings %q: %w", path, at)
			var hinted *hintedError
			if errors.As(err, &hinted) {
				return &hintedError{wrapped, hinted.hint}
			}
			return wrapped
		}
	}
	if o.verbose {
		o.streams.tell("settings of %s", path)
	}
	return nil
}

// find returns the file that is named or found, "" for none.
func (o *configOptions) find() (string, error) {
	switch o.file {
	case "":
		return findConfig()
	case none:
		return "", nil
	}
	return o.file, nil
}

// findConfig looks for a file of settings in the working folder and above it, up to
// the root of a repository: what stands above that is not the team's.
func findConfig() (string, error) {
	working, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("looking for %s: %w", configName, err)
	}
	for folder := working; ; folder = filepath.Dir(folder) {
		path := filepath.Join(folder, configName)
		if _, err := os.Lstat(path); err == nil {
			return filepath.Rel(working, path)
		}
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil || folder == filepath.Dir(folder) {
			return "", nil
		}
	}
}

func readConfig(path string) ([]config.Setting, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the settings %q: %w", path, pathCause(err))
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxConfig+1))
	if err == nil && len(data) > maxConfig {
		err = fmt.Errorf("it has more than %d bytes", maxConfig)
	}
	var settings []config.Setting
	if err == nil {
		settings, err = config.Parse(data)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the settings %q: %w", path, pathCause(err))
	}
	return settings, nil
}

// configureOne sets one flag, or the inputs. Paths are those of the file's folder.
func (o *scanOptions) configureOne(flags *pflag.FlagSet, setting config.Setting) error {
	if slices.Contains(setting.Values, "") {
		return fmt.Errorf("%s: a value is empty", setting.Name)
	}
	if setting.Name == inputsSetting {
		return o.configureInputs(setting)
	}
	if !slices.Contains(settable(), setting.Name) {
		return unknownSetting(flags, setting.Name)
	}
	flag := flags.Lookup(setting.Name)
	if flag.Changed {
		return nil
	}
	if setting.Name == "baseline" && !setting.List && setting.Values[0] != none {
		setting.Values[0] = o.config.resolve(setting.Values[0])
		if o.gate.writeBaseline {
			return &hintedError{errors.New("the baseline to write is named on the command line alone"), fmt.Sprintf("newsdedup scan --write-baseline --baseline %s", setting.Values[0])}
		}
	}
	if err := setFlag(flag, setting); err != nil {
		return err
	}
	o.config.note(setting)
	return nil
}

func (o *configOptions) note(setting config.Setting) {
	o.origins[setting.Name] = fmt.Sprintf("%s:%d", o.path, setting.Line)
}

// resolve returns a path of the file's folder as one of the working folder.
func (o *configOptions) resolve(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(o.path), path)
}

func (o *scanOptions) configureInputs(setting config.Setting) error {
	if len(o.inputs) > 0 {
		return nil
	}
	for _, input := range setting.Values {
		if input == "-" {
			return fmt.Errorf("an input is a file or a folder, not %q", input)
		}
		o.inputs = append(o.inputs, o.config.resolve(input))
	}
	o.config.note(setting)
	return nil
}

func setFlag(flag *pflag.Flag, setting config.Setting) error {
	if list, isList := flag.Value.(pflag.SliceValue); isList {
		return list.Replace(setting.Values)
	}
	if setting.List {
		return fmt.Errorf("%s takes one value, not a list", setting.Name)
	}
	if err := flag.Value.Set(setting.Values[0]); err != nil {
		return fmt.Errorf("%s: %q is not %s", setting.Name, setting.Values[0], wanted(flag.Value.Type()))
	}
	return nil
}

// unknownSetting says what was probably meant.
func unknownSetting(flags *pflag.FlagSet, name string) error {
	if flags.Lookup(name) != nil {
		return fmt.Errorf("%s is a matter of the command line: a file holds what is looked for and what is refused", name)
	}
	known := append([]string{inputsSetting}, settable()...)
	err := fmt.Errorf("unknown setting %q", name)
	if nearest := nearestName(known, strings.ReplaceAll(name, "_", "-")); nearest != "" {
		return &hintedError{err, "did you mean " + nearest}
	}
	return &hintedError{err, "known are " + strings.Join(known, ", ")}
}

// isSet tells of a flag whether it is given, on the command line or in the file.
func (o *configOptions) isSet(flags *pflag.FlagSet) func(flag string) bool {
	return func(flag string) bool { return flags.Changed(flag) || o.origins[flag] != "" }
}
