package cli

import (
	"runtime/debug"
	"testing"
)

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		from, to string
		want     int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"color", "color", 0}, {"colour", "color", 1},
		{"kitten", "sitting", 3}, {"treshold", "threshold", 1}, {"abc", "cba", 2},
	} {
		if got := editDistance(test.from, test.to); got != test.want {
			t.Errorf("from %q to %q: %d, want %d", test.from, test.to, got, test.want)
		}
	}
}

func TestNearestFlag(t *testing.T) {
	flags := newScanCommand(Streams{}, nil).Flags()
	for name, want := range map[string]string{
		"treshold": "threshold", "exhaustiv": "exhaustive", "kind": "kinds", "max-article": "max-article-size",
		"colour": "color", "jobs": "", "x": "", "of": "",
	} {
		if got := nearestFlag(flags, name); got != want {
			t.Errorf("--%s: --%s, want --%s", name, got, want)
		}
	}
}

func TestVersion(t *testing.T) {
	checkout := func(settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: settings}
	}
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "0123456789abcdef0123"}
	for _, test := range []struct {
		info *debug.BuildInfo
		want string
	}{
		{&debug.BuildInfo{}, "(devel)"},
		{checkout(), "(devel)"},
		{checkout(revision), "(devel) 0123456789ab"},
		{checkout(revision, debug.BuildSetting{Key: "vcs.modified", Value: "false"}), "(devel) 0123456789ab"},
		{checkout(revision, debug.BuildSetting{Key: "vcs.modified", Value: "true"}), "(devel) 0123456789ab+dirty"},
		{&debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{revision}}, "v1.2.3"},
	} {
		if got := versionOf(test.info); got != test.want {
			t.Errorf("version %q, want %q", got, test.want)
		}
	}
}
