// Package config reads and writes the settings that a team keeps in a YAML file. It
// knows no setting: it gives names and values with their places, and its caller says
// which names there are.
//
// What is read is YAML 1.2 as far as a list of settings needs it: one mapping of names
// to a value or a list of values, and nothing nested deeper. Anchors, aliases and tags are
// refused, so that nothing stands in the file that is not seen there.
//
// Values are given as they are written, without their quotes: 0123 stays 0123.
// Cost: time and memory in proportion to the file.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A Setting is a name and what it is set to.
type Setting struct {
	Name   string
	Values []string
	List   bool // whether a list was written; else there is one value
	Line   int  // of the name, from 1
	Column int
}

// An Error says where in the file something is wrong.
type Error struct {
	Line, Column int
	Reason       string
}

func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// Parse returns the settings in the order of the file.
func Parse(data []byte) ([]Setting, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil // nothing but comments
	} else if err != nil {
		return nil, oneLine(err)
	}
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil {
		return nil, refuse(&second, "a second document")
	} else if !errors.Is(err, io.EOF) {
		return nil, oneLine(err)
	}
	root := &document
	if root.Kind == yaml.DocumentNode {
		root = root.Content[0]
	}
	switch {
	case root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null":
		return nil, nil
	case root.Kind != yaml.MappingNode:
		return nil, refuse(root, "settings are wanted, a line each: name: value")
	}
	return mapping(root)
}

func mapping(root *yaml.Node) ([]Setting, error) {
	var settings []Setting
	seen := make(map[string]int)
	for i := 0; i < len(root.Content); i += 2 {
		setting, err := setting(root.Content[i], root.Content[i+1])
		if err != nil {
			return nil, err
		}
		if line, twice := seen[setting.Name]; twice {
			return nil, refuse(root.Content[i], "%q stands on line %d already", setting.Name, line)
		}
		seen[setting.Name] = setting.Line
		settings = append(settings, setting)
	}
	return settings, nil
}

func setting(name, value *yaml.Node) (Setting, error) {
	if err := check(name); err != nil {
		return Setting{}, err
	}
	if name.Kind != yaml.ScalarNode || name.ShortTag() == "!!merge" {
		return Setting{}, refuse(name, "a name is wanted")
	}
	s := Setting{Name: name.Value, Line: name.Line, Column: name.Column}
	if value.Kind != yaml.SequenceNode {
		one, err := scalar(value, name.Value)
		s.Values = []string{one}
		return s, err
	}
	if err := check(value); err != nil {
		return Setting{}, err
	}
	s.List = true
	for _, element := range value.Content {
		one, err := scalar(element, name.Value)
		if err != nil {
			return Setting{}, err
		}
		s.Values = append(s.Values, one)
	}
	return s, nil
}

func scalar(value *yaml.Node, name string) (string, error) {
	switch err := check(value); {
	case err != nil:
		return "", err
	case value.Kind != yaml.ScalarNode:
		return "", refuse(value, "%q takes a value or a list of values, and nothing nested", name)
	case value.ShortTag() == "!!null":
		return "", refuse(value, "%q has no value", name)
	}
	return value.Value, nil
}

// check refuses what makes a value another than it seems.
func check(node *yaml.Node) error {
	switch {
	case node.Kind == yaml.AliasNode || node.Anchor != "":
		return refuse(node, "anchors and aliases are not read")
	case node.Style&yaml.TaggedStyle != 0:
		return refuse(node, "tags are not read")
	}
	return nil
}

func refuse(at *yaml.Node, format string, args ...any) error {
	return &Error{at.Line, at.Column, fmt.Sprintf(format, args...)}
}

// oneLine shortens an error of the library, which names itself first and the line next.
func oneLine(err error) error {
	return errors.New(strings.TrimPrefix(strings.ReplaceAll(err.Error(), "\n", " "), "yaml: "))
}

// Format writes a setting as Parse reads it, on one line.
func Format(name string, values []string, list bool) string {
	node := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, value := range values {
		node.Content = append(node.Content, plain(value))
	}
	if !list && len(values) == 1 {
		node = node.Content[0]
	}
	written, err := yaml.Dump(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{plain(name), node}}, yaml.WithLineWidth(-1))
	if err != nil {
		panic("writing a setting: " + err.Error())
	}
	return strings.TrimRight(string(written), "\n")
}

// plain is a value without quotes where it needs none. Line breaks and characters
// that are not seen want them.
func plain(value string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Value: value}
	if value == "" || strings.EqualFold(value, "null") || value == "~" || strings.ContainsAny(value, "\n\r\t") {
		node.Style = yaml.DoubleQuotedStyle
	}
	return node
}
