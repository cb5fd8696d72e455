// Package chromium drives a headless Chromium in tests: it opens a file, runs
// expressions in it, presses keys, takes pictures, and hears of every request and every
// complaint of the browser.
//
// It speaks the DevTools protocol over two pipes (--remote-debugging-pipe), of which it
// needs a dozen commands: messages are JSON that ends in a NUL. A client library
// such as chromedp would bring a web socket and the protocol's 100,000 lines of types
// into the requirements of a program that has no use for them.
//
// Where there is no Chromium, the tests that need one are skipped and say so.
package chromium

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// names are what the browser is called, in the order in which they are looked for.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// patience is how long an answer may take.
const patience = 60 * time.Second

// A Browser is a running Chromium with one page.
type Browser struct {
	t       testing.TB
	in      *os.File
	session string

	mu       sync.Mutex
	last     int
	waiting  map[int]chan answer
	loaded   chan struct{}
	requests []string
	said     []string
	gone     error
}

type answer struct {
	result json.RawMessage
	err    error
}

// message is one of the protocol, in either direction.
type message struct {
	ID        int             `json:"id,omitempty"`
	SessionID string          `json:"sessionId,omitempty"`
	Method    string          `json:"method,omitempty"`
	Params    json.RawMessage `json:"params,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

// Start starts a browser that ends with the test, and skips the test where there is none.
func Start(t testing.TB) *Browser {
	t.Helper()
	path := ""
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skipf("no browser to test with: none of %s is installed (apt-get install chromium)", strings.Join(names, ", "))
	}
	fromTest, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, toTest, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--mute-audio",
		"--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb", "--user-data-dir="+t.TempDir(), "about:blank")
	if os.Geteuid() == 0 {
		cmd.Args = append(cmd.Args, "--no-sandbox") // Chromium refuses to run as root with it
	}
	cmd.ExtraFiles = []*os.File{fromTest, toTest} // its descriptors 3 and 4
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	fromTest.Close()
	toTest.Close()
	b := &Browser{t: t, in: in, waiting: make(map[int]chan answer)}
	done := make(chan struct{})
	go func() { b.listen(out); close(done) }()
	t.Cleanup(func() {
		_, _ = b.send("", "Browser.close", nil)
		in.Close()
		kill := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		kill.Stop()
		out.Close()
		<-done
	})
	b.attach()
	return b
}

// attach opens a page and asks to hear of what happens in it.
func (b *Browser) attach() {
	var target struct {
		ID string `json:"targetId"`
	}
	b.must("", "Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct {
		ID string `json:"sessionId"`
	}
	b.must("", "Target.attachToTarget", map[string]any{"targetId": target.ID, "flatten": true}, &attached)
	b.session = attached.ID
	for _, domain := range []string{"Page", "Runtime", "Network", "Log"} {
		b.do(domain+".enable", nil, nil)
	}
}

// listen reads what the browser says until it says nothing more.
func (b *Browser) listen(out *os.File) {
	reader := bufio.NewReader(out)
	for {
		text, err := reader.ReadBytes(0)
		if err != nil {
			b.mu.Lock()
			b.gone = fmt.Errorf("the browser is gone: %w", err)
			for id, wait := range b.waiting {
				wait <- answer{err: b.gone}
				delete(b.waiting, id)
			}
			b.mu.Unlock()
			return
		}
		var m message
		if err := json.Unmarshal(text[:len(text)-1], &m); err == nil {
			b.hear(&m)
		}
	}
}

// hear takes an answer or an event.
func (b *Browser) hear(m *message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if m.ID > 0 {
		if wait := b.waiting[m.ID]; wait != nil {
			a := answer{result: m.Result}
			if m.Error != nil {
				a.err = fmt.Errorf("%s", m.Error.Message)
			}
			wait <- a
			delete(b.waiting, m.ID)
		}
		return
	}
	switch m.Method {
	case "Page.loadEventFired":
		if b.loaded != nil {
			close(b.loaded)
			b.loaded = nil
		}
	case "Network.requestWillBeSent":
		var event struct {
			Request struct {
				URL string `json:"url"`
			} `json:"request"`
		}
		_ = json.Unmarshal(m.Params, &event)
		b.requests = append(b.requests, event.Request.URL)
	case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded":
		b.said = append(b.said, m.Method+": "+string(m.Params))
	}
}

// send sends a command and returns its answer.
func (b *Browser) send(session, method string, params any) (json.RawMessage, error) {
	encoded, err := json.Marshal(params)
	if err != nil {
		return nil, err
	}
	wait := make(chan answer, 1)
	b.mu.Lock()
	if b.gone != nil {
		defer b.mu.Unlock()
		return nil, b.gone
	}
	b.last++
	m := message{ID: b.last, SessionID: session, Method: method}
	if params != nil {
		m.Params = encoded
	}
	b.waiting[m.ID] = wait
	text, err := json.Marshal(m)
	if err == nil {
		_, err = b.in.Write(append(text, 0))
	}
	b.mu.Unlock()
	if err != nil {
		return nil, err
	}
	select {
	case a := <-wait:
		return a.result, a.err
	case <-time.After(patience):
		return nil, fmt.Errorf("no answer in %v", patience)
	}
}

func (b *Browser) must(session, method string, params, result any) {
	b.t.Helper()
	text, err := b.send(session, method, params)
	if err == nil && result != nil {
		err = json.Unmarshal(text, result)
	}
	if err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
}

// do sends a command to the page.
func (b *Browser) do(method string, params map[string]any, result any) {
	b.t.Helper()
	b.must(b.session, method, params, result)
}
