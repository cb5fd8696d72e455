package chromium

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"time"
)

// Open opens a file and waits until it has been loaded.
func (b *Browser) Open(path string) {
	b.t.Helper()
	loaded := make(chan struct{})
	b.mu.Lock()
	b.loaded = loaded
	b.mu.Unlock()
	b.do("Page.navigate", map[string]any{"url": "file://" + path}, nil)
	select {
	case <-loaded:
	case <-time.After(patience):
		b.t.Fatalf("%s is not loaded after %v", path, patience)
	}
}

// Eval runs an expression in the page, waits where it is a promise, and stores its value.
func (b *Browser) Eval(expression string, value any) {
	b.t.Helper()
	var answer struct {
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
		Exception *struct {
			Text      string `json:"text"`
			Exception struct {
				Description string `json:"description"`
			} `json:"exception"`
		} `json:"exceptionDetails"`
	}
	b.do("Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}, &answer)
	if e := answer.Exception; e != nil {
		b.t.Fatalf("%s: %s %s", expression, e.Text, e.Exception.Description)
	}
	if value == nil {
		return
	}
	if err := json.Unmarshal(answer.Result.Value, value); err != nil {
		b.t.Fatalf("%s: %q: %v", expression, answer.Result.Value, err)
	}
}

// Press presses keys by their names, such as "Tab", "Escape" or "n".
func (b *Browser) Press(keys ...string) {
	b.t.Helper()
	codes := map[string]int{"Tab": 9, "Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
	for _, key := range keys {
		event := map[string]any{"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
		switch {
		case len(key) == 1:
			event["text"] = key
		case key == "Enter":
			event["text"] = "\r"
		}
		b.do("Input.dispatchKeyEvent", event, nil)
		delete(event, "text")
		event["type"] = "keyUp"
		b.do("Input.dispatchKeyEvent", event, nil)
	}
}

// Resize sets the size of the window in CSS pixels.
func (b *Browser) Resize(width, height int) {
	b.t.Helper()
	b.do("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}, nil)
}

// Prefer sets what the user's system prefers: the colours "light" or "dark".
func (b *Browser) Prefer(colours string) {
	b.t.Helper()
	b.do("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": colours}}}, nil)
}

// WithoutScript opens pages from now on without running their scripts, or with them again.
func (b *Browser) WithoutScript(without bool) {
	b.t.Helper()
	b.do("Emulation.setScriptExecutionDisabled", map[string]any{"value": without}, nil)
}

// Picture writes what is seen to a PNG file.
func (b *Browser) Picture(path string) {
	b.t.Helper()
	var picture struct {
		Data string `json:"data"`
	}
	b.do("Page.captureScreenshot", map[string]any{"format": "png"}, &picture)
	png, err := base64.StdEncoding.DecodeString(picture.Data)
	if err == nil {
		err = os.WriteFile(path, png, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// Requests returns the addresses that were asked for since the start.
func (b *Browser) Requests() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.requests...)
}

// Said returns what stands in the console: errors, warnings and violated policies too.
func (b *Browser) Said() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.said...)
}

// Media opens the page as on "screen" or as it is printed, on "print".
func (b *Browser) Media(media string) {
	b.t.Helper()
	b.do("Emulation.setEmulatedMedia", map[string]any{"media": media}, nil)
}
