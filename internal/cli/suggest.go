package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flagError says what is wrong with a flag in the words of the command line,
// and what was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	var value *pflag.InvalidValueError
	if errors.As(err, &value) {
		flag := value.GetFlag()
		err = fmt.Errorf("--%s: %q is not %s", flag.Name, value.GetValue(), wanted(flag.Value.Type()))
		if errors.Is(value, strconv.ErrRange) {
			err = fmt.Errorf("--%s: %q is too large", flag.Name, value.GetValue())
		}
		if _, is := flag.Value.(*indexPath); is { // any string is one, and it says what is wrong with this
			return fmt.Errorf("--%s: %w", flag.Name, value.Unwrap())
		}
	}
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		if name := nearestFlag(cmd.Flags(), unknown.GetSpecifiedName()); name != "" {
			return &hintedError{err, "did you mean --" + name}
		}
	}
	return &hintedError{err, fmt.Sprintf("%s --help lists the flags", cmd.CommandPath())}
}

// wanted says what values a type of flags takes.
func wanted(flagType string) string {
	switch flagType {
	case "int":
		return "a whole number"
	case "float64":
		return "a number"
	case "bool":
		return "true or false"
	}
	return "a " + flagType
}

// mistakes bounds the letters by which a name may differ from the one that was meant.
const mistakes = 2

// nearestFlag returns the flag that a misspelt or shortened name comes nearest
// to, "" where none is near.
func nearestFlag(flags *pflag.FlagSet, name string) string {
	var names []string
	flags.VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	return nearestName(names, name)
}

// nearestName returns the name that a misspelt or shortened one comes nearest to, of
// those as near the first, and "" where none is near.
func nearestName(names []string, name string) string {
	nearest, least := "", mistakes+1
	for _, known := range names {
		distance := editDistance(name, known)
		if len(name) > mistakes && strings.HasPrefix(known, name) {
			distance = min(distance, mistakes)
		}
		if distance < least && distance < len(name) {
			nearest, least = known, distance
		}
	}
	return nearest
}

// editDistance is the number of bytes to insert, delete or replace that makes
// one name of the other (Levenshtein).
func editDistance(from, to string) int {
	row := make([]int, len(to)+1) // by length of to's prefix, for a prefix of from
	for i := range row {
		row[i] = i
	}
	for i := range len(from) {
		diagonal := row[0]
		row[0] = i + 1
		for k := range len(to) {
			replaced := diagonal
			if from[i] != to[k] {
				replaced++
			}
			diagonal = row[k+1]
			row[k+1] = min(replaced, row[k]+1, row[k+1]+1)
		}
	}
	return row[len(to)]
}
