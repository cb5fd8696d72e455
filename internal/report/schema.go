package report

import (
	"embed"
	"fmt"
)

//go:embed schema/*.json
var schemas embed.FS

// Schema returns the JSON Schema (draft 2020-12) that the output of a format
// validates against; of jsonl, each line does, and of explanation, that of one in JSON. Equal parts of the two stand in
// both, so that each is complete by itself.
func Schema(formatName string) ([]byte, error) {
	switch formatName {
	case "json":
		return schemas.ReadFile("schema/report-1.schema.json")
	case "jsonl":
		return schemas.ReadFile("schema/finding-1.schema.json")
	case "explanation":
		return schemas.ReadFile("schema/explanation-1.schema.json")
	}
	return nil, fmt.Errorf("report format %q has no JSON schema: json and jsonl have one", formatName)
}
