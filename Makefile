# What can be made: make help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(CURDIR)/$(BIN)/npm --loglevel=error
CONSTRAINTS := requirements/constraints.txt

.DEFAULT_GOAL := help
.PHONY: help setup web types api demo test lint bench bench-full constraints clean postgresql java chromium

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: $(VENV)/.installed ## Make .venv with the command desireline in it

$(VENV)/.installed: pyproject.toml hatch_build.py $(CONSTRAINTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Desireline needs Python 3.11 or newer; name one: make setup PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable ".[pandas]"
	@touch $@

$(VENV)/.tested: $(VENV)/.installed requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --requirement requirements/test.txt
	@touch $@

web: $(VENV)/.tested ## Build the web application anew, check it and run its tests
	cd web && test -d node_modules || $(NPM) ci --no-progress
	cd web && $(NPM) run check && $(NPM) test && $(NPM) run build

types: $(VENV)/.tested ## Check the layers and the types
	$(BIN)/lint-imports --config pyproject.toml
	$(BIN)/mypy

api: $(VENV)/.installed ## Describe the routes anew: schemas/openapi.json, and the types of the web application
	$(BIN)/python -m desireline.app.server.describe
	cd web && $(NPM) run types

demo: $(VENV)/.installed ## Make a company's files, import them, find the journeys; serve them on loopback
	@$(BIN)/desireline demo demo --serve

postgresql:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql; } || \
		echo "PostgreSQL is not installed: the tests that need it are skipped"

java:
	@command -v java >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
		{ DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends openjdk-17-jre-headless || \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends default-jre-headless; }; } || \
		echo "Java is not installed: the tests that need it are skipped"

chromium:
	@command -v chromium >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium; } || \
		echo "Chromium is not installed: the tests that need it are skipped"

test: $(VENV)/.tested postgresql java chromium ## Run all tests, the layer check and the type checks
	@$(MAKE) --no-print-directory --jobs 2 web types
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(VENV)/.tested ## Check style and formatting
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks

bench: $(VENV)/.tested ## Measure import, analyses, start-up and identity; DuckDB beside them
	$(BIN)/python -m benchmarks

bench-full: $(VENV)/.tested ## Measure 1, 10 and 100 million beside what people use (hours); growth, updates, bandwidth
	$(BIN)/python -m benchmarks.full
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.updates
	$(BIN)/python -m benchmarks.bandwidth --size 100M

constraints: $(VENV)/.tested ## Pin the newest versions of everything anew
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate \
		--upgrade pyproject.toml --all-extras requirements/test.txt --output-file $(CONSTRAINTS)

clean: ## Remove what was made
	rm -rf $(VENV) demo build dist web/node_modules src/desireline/app/server/static .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
