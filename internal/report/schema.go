package report

import (
	"embed"
	"fmt"
)

//go:embed schema/*.json
var schemas embed.FS

// Schema returns the JSON Schema (draft 2020-12) that the output of a format
// validates against; of jsonl, each line does; explanation and eval are the JSON of an
// explanation and of an evaluation. Equal parts stand in each, so that it is complete by itself.
func Schema(formatName string) ([]byte, error) {
	switch formatName {
	case "json":
		return schemas.ReadFile("schema/report-1.schema.json")
	case "jsonl":
		return schemas.ReadFile("schema/finding-1.schema.json")
	case "explanation":
		return schemas.ReadFile("schema/explanation-1.schema.json")
	case "eval":
		return schemas.ReadFile("schema/eval-1.schema.json")
	}
	return nil, fmt.Errorf("report format %q has no JSON schema: json, jsonl, explanation and eval have one", formatName)
}
