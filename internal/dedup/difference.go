package dedup

// A Label is what a newsroom would call a pair.
type Label string

// The labels.
const (
	IdenticalCopy   Label = "identical copy"          // the same words
	LightEdit       Label = "light edit"              // a few words are others
	CutVersion      Label = "cut version"             // one lacks paragraphs of the other, and is the later one, or it is not known which is
	ExtendedVersion Label = "extended version"        // one has what the other has and more, and is the later one: an update
	FurnitureAround Label = "furniture around a copy" // one is the other with text of its page around it
	TemplateOf      Label = "template"                // the same sentences about something else
)

// A Difference is what two articles of a pair do not have in common, word by word.
type Difference struct {
	Same     int // words that stand in both, in one order
	Replaced int // words of B that stand for others of A
	Inserted int // words of B alone
	Deleted  int // words of A alone
	// Of the longer article: the words it has alone before the first that both
	// have, behind the last, and in between.
	Before, After, Inside int
	Changes               []Change // the first of them, at most MaxChanges
	Listed                bool     // whether Changes were kept: not of pairs beyond a bound
}

// MaxChanges bounds the changes of a pair that are kept.
const MaxChanges = 8

// A Change is a place where two articles differ.
type Change struct {
	Kind  ChangeKind
	A, B  string // what stands there, shortened; "" for nothing
	LineA int    // of the file
	LineB int
}

// A ChangeKind says what was changed.
type ChangeKind string

// The kinds of changes.
const (
	NumberChange ChangeKind = "number" // a number, a date or a time, for another
	NameChange   ChangeKind = "name"   // a name for another
	WordChange   ChangeKind = "words"
)
