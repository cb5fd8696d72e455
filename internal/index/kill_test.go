//go:build unix

package index

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/newsdedup/newsdedup/internal/corpus/corpustest"
	"github.com/newsdedup/newsdedup/internal/corpusgen"
	"github.com/newsdedup/newsdedup/internal/dedup"
	"github.com/newsdedup/newsdedup/internal/seeded"
)

// killedIndex names, in the environment of this program when it is run again, the index that it is to add to until it is killed.
const killedIndex = "NEWSDEDUP_TEST_KILLED_INDEX"

// partOfKilled are the articles that are added at once, by number.
func partOfKilled(part int) []corpusgen.Article {
	articles := news(uint64(part)+1, 25, 5)
	for i := range articles {
		articles[i].Key = fmt.Sprintf("%d/%s", part, articles[i].Key)
	}
	return articles
}

// TestMain runs the tests, or what one of them kills.
func TestMain(m *testing.M) {
	if path := os.Getenv(killedIndex); path != "" {
		addForEver(path)
	}
	os.Exit(m.Run())
}

// addForEver adds part by part, and says after each that it was kept. Every third time all is compacted.
func addForEver(path string) {
	must := func(err error) {
		if err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
	}
	x, err := Open(path, Write)
	must(err)
	ctx := context.Background()
	for part := x.Articles() / len(partOfKilled(0)); ; part++ {
		_, err := x.Read(ctx, &corpustest.Memory{Articles: partOfKilled(part)}, Options{Dedup: dedup.DefaultOptions(), Add: true, Memory: 16 << 10})
		must(err)
		must(x.Keep(ctx))
		fmt.Println(part)
		if part%3 == 2 {
			must(x.Compact(ctx))
		}
	}
}

// TestKill kills a process that adds to an index, again and again. Each time the index is what was kept before the part
// that was being added, or after it, is sound, and may be written to at once.
func TestKill(t *testing.T) {
	kills := 12
	if testing.Short() {
		kills = 2
	}
	random := rand.New(rand.NewPCG(seeded.Seed(), 9))
	x, path := newIndexAt(t, dedup.DefaultOptions())
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	kept := 0
	for range kills {
		said := killed(t, path, time.Duration(20+random.IntN(200))*time.Millisecond)
		again, err := Open(path, Write)
		if err != nil {
			t.Fatal(err)
		}
		got := keysOf(t, again)
		if said+1 > kept {
			kept = said + 1
		}
		if !slices.Equal(got, keysOfParts(kept)) {
			if kept++; !slices.Equal(got, keysOfParts(kept)) {
				t.Fatalf("%d articles, neither those of %d parts nor of %d", len(got), kept-1, kept)
			}
		}
		mustBeSound(t, again)
		mustBeSwept(t, again)
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills, %d parts kept", kills, kept)
	if kept < 3 {
		t.Errorf("%d parts were added in all: nothing was tested", kept)
	}
}

// killed runs the program that adds, kills it after a while, and returns the last part that it said was kept, -1 for none.
func killed(t *testing.T, path string, after time.Duration) (part int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), killedIndex+"="+path)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	part = -1
	lines := bufio.NewScanner(out)
	begun := lines.Scan() // the clock starts with the first part
	kill := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer kill.Stop()
	for ; begun; begun = lines.Scan() {
		if strings.HasPrefix(lines.Text(), "error") {
			t.Error(lines.Text())
		} else if part, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("it was not killed: %v", err)
	}
	return part
}

func keysOfParts(count int) (keys []string) {
	for part := range count {
		for _, article := range partOfKilled(part) {
			keys = append(keys, article.Key)
		}
	}
	return keys
}
