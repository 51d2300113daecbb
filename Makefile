# Every target sets up what it needs; a fresh machine needs only Python 3.11 or newer and make.
SHELL := /bin/bash
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
BIN := .venv/bin
SHARED := $(or $(CURBSIDE_SHARED),../shared)
DATA := $(SHARED)/data
DEMO := .demo/library
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv

.PHONY: help setup demo test nightly browser screenshots lint types imports check eval bench clean serve

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

$(UV):
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Curbside needs Python 3.11 or newer, this is " + sys.version.split()[0]'
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet 'uv>=0.9,<1'

.venv/.ready: pyproject.toml uv.lock | $(UV)
	$(UV) sync --quiet --locked --all-extras --compile-bytecode --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
	@touch $@

# Into the user's data folder, once. A machine on which that fails still has everything else: it searches by words.
.venv/.encoder: .venv/.ready
	@if [ "$${CURBSIDE_ENCODER,,}" != off ]; then \
		$(BIN)/curbside encoder install && touch $@ || echo "Going on without an encoder: searching goes by words."; fi

setup: .venv/.ready .venv/.encoder ## .venv with curbside, evals and checks ready in it, and the encoder installed

demo: setup ## load the starter shelf, ask a question, print the cited answer
	@rm -rf $(DEMO)
	@$(BIN)/curbside --library $(DEMO) shelf
	@if [ -e .venv/.encoder ]; then $(BIN)/curbside --library $(DEMO) work; fi
	@$(BIN)/curbside --library $(DEMO) ask "Does sirolimus help children with refractory autoimmune cytopenias?"
	@echo
	@echo "Next: ask your own question, or add papers of yours and ask about those:"
	@echo "  $(BIN)/curbside --library $(DEMO) ask \"What are the harms of topical tacrolimus?\""
	@echo "  $(BIN)/curbside --library $(DEMO) add PATH…        # PubMed XML, JATS, NBIB, RIS, OpenAlex, HTML, markdown, text"
	@echo "  $(BIN)/curbside --library $(DEMO) search \"sirolimus proteinuria\""
	@echo "  make serve                                         # the same in your browser, each quote beside its sentence"

test: setup ## run the whole test suite
	$(BIN)/pytest -n 3 --dist worksteal

nightly: setup ## the test suite with many more examples, files and records: an hour or more
	CURBSIDE_NIGHTLY=1 $(BIN)/pytest -n 3 --dist worksteal

browser: setup ## the journeys through a real browser (chromium and node; skipped where they are missing)
	tests/browser/install.sh
	$(BIN)/pytest -n 2 --dist worksteal -rs tests/browser

screenshots: setup ## the pictures of the README, made anew from the starter shelf
	tests/browser/install.sh
	PYTHONPATH=tests $(BIN)/python tests/browser/screenshots.py

lint: setup ## style, formatting, types, import order
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pyright

check: lint test ## everything that must be green

eval: setup ## measure quality on the shared data, floors checked
	@$(BIN)/python -m evals all --shared $(SHARED)

bench: setup ## measure speed and memory, peers beside us
	@$(BIN)/python -m bench all

serve: setup ## the web pages and the API, on this machine alone; of the demo's library, unless CURBSIDE_LIBRARY names one
	@$(BIN)/curbside $(if $(CURBSIDE_LIBRARY),,$(if $(wildcard $(DEMO)),--library $(DEMO))) serve

clean: ## remove what was made here
	rm -rf .venv .tools .demo .bench .pytest_cache .ruff_cache .hypothesis
