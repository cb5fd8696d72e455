package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/newsdedup/newsdedup/internal/corpus"
	"github.com/newsdedup/newsdedup/internal/dedup"
)

// The parts of SARIF 2.1.0 that are written. A library of the whole format would bring
// a validator into the program, and hold all results at once.
type (
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID     string             `json:"id"`
		Name   string             `json:"name"`
		Short  sarifText          `json:"shortDescription"`
		Full   sarifText          `json:"fullDescription"`
		Help   sarifText          `json:"help"`
		Config sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		State        string            `json:"baselineState,omitempty"`
	}
	sarifLocation struct {
		ID       *int           `json:"id,omitempty"`
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"name"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
)

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// writeSARIF writes one run of SARIF 2.1.0 with each result on a line of its own.
func writeSARIF(out *bufio.Writer, result *dedup.Result, opts Options) error {
	driver := sarifDriver{Name: "newsdedup", Version: opts.Version}
	for _, rule := range rules() {
		driver.Rules = append(driver.Rules, sarifRule{
			string(rule.kind), rule.name, sarifText{rule.short}, sarifText{rule.full}, sarifText{rule.help}, sarifConfiguration{"warning"},
		})
	}
	fmt.Fprintf(out, "{\n  \"$schema\": %q,\n  \"version\": \"2.1.0\",\n  \"runs\": [{\n    \"tool\": {\"driver\": %s},\n", sarifSchema, marshal(driver))
	fmt.Fprintf(out, "    \"columnKind\": \"utf16CodeUnits\",\n    \"invocations\": [%s],\n    \"results\": [", marshal(sarifInvocationOf(result, opts)))
	before := "\n"
	err := notices(result, opts, func(n *notice) error {
		_, err := fmt.Fprintf(out, "%s      %s", before, marshal(sarifResultOf(n, opts.Review.Compared)))
		before = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	_, err = out.WriteString("\n    ]\n  }]\n}\n")
	return err
}

func sarifResultOf(n *notice, compared bool) sarifResult {
	first := 1
	result := sarifResult{
		RuleID: string(rules()[n.rule].kind), RuleIndex: n.rule, Level: [...]string{"note", "warning", "error"}[n.level],
		Message: sarifMessage(n.message), Locations: []sarifLocation{sarifLocationOf(&n.at)}, Related: []sarifLocation{sarifLocationOf(&n.of)},
		// GitHub tells results apart by the first one alone.
		Fingerprints: map[string]string{
			"primaryLocationLineHash": fmt.Sprintf("%016x:%d", n.fingerprint, n.standing),
			"newsdedupFingerprint/v1": fmt.Sprintf("%016x", n.fingerprint),
		},
	}
	result.Related[0].ID, result.Related[0].Message = &first, &sarifText{"the other one"}
	switch {
	case n.level == noteLevel:
		result.State = "unchanged"
	case compared:
		result.State = "new"
	}
	return result
}

func sarifInvocationOf(result *dedup.Result, opts Options) sarifInvocation {
	invocation := sarifInvocation{Successful: true, Notifications: []sarifNotification{}}
	for i := range result.Problems {
		invocation.Notifications = append(invocation.Notifications, sarifNotificationOf(&result.Problems[i], opts))
	}
	return invocation
}

func sarifNotificationOf(problem *corpus.Problem, opts Options) sarifNotification {
	at := problemSpot(problem, opts)
	return sarifNotification{"warning", sarifMessage(location(problem.Path, problem.Line) + ": " + oneLine(problem.Message, lineBreak)), []sarifLocation{sarifLocationOf(&at)}}
}

// sarifLocationOf has no physical location where there is no file, and no region where
// a file has no lines.
func sarifLocationOf(at *spot) sarifLocation {
	var location sarifLocation
	if at.key != "" {
		location.Logical = []sarifLogical{{Harmless(at.key)}}
	}
	if at.file() == "" {
		return location
	}
	location.Physical = &sarifPhysical{Artifact: sarifArtifact{fileURI(at.path)}}
	if at.line > 0 {
		region := sarifRegion{StartLine: lineNumber(at.line), StartColumn: at.column}
		if at.endLine > at.line {
			region.EndLine = lineNumber(at.endLine)
		}
		location.Physical.Region = &region
	}
	return location
}

// fileURI returns a reference to a file: relative where its path is, and with all that
// a URI does not hold escaped, bytes that are no UTF-8 among it.
func fileURI(name string) string {
	at := url.URL{Path: filepath.ToSlash(filepath.Clean(name))}
	if filepath.IsAbs(name) {
		at.Scheme = "file"
		if !strings.HasPrefix(at.Path, "/") {
			at.Path = "/" + at.Path // of a drive
		}
	}
	return at.String()
}

// sarifMessage escapes what a message has for links and placeholders (3.11.5, 3.11.6).
func sarifMessage(text string) sarifText {
	return sarifText{strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "{", "{{", "}", "}}").Replace(text)}
}

// marshal encodes values of strings and numbers, which all have a JSON form.
func marshal(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("encoding a report: " + err.Error())
	}
	return bytes.TrimRight(out.Bytes(), "\n")
}
