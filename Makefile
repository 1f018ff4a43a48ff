# Winnow: `make help` lists what can be made.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt
# The node on the PATH if it is recent enough, else one from PyPI.
NODE_OK := $(shell node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1 && echo yes)
NPM := $(if $(NODE_OK),npm,PATH="$(CURDIR)/$(BIN):$$PATH" npm)
# As many workers as there are browsers (tests/conftest.py). Each of the many processes
# that they start would compile all of our code, were it not kept.
PYTEST = PYTHONDONTWRITEBYTECODE= WINNOW_CHROMIUM="$$(cat .setup/chromium)" $(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder
DATA = $(or $(WINNOW_DATA_DIR),data)

.DELETE_ON_ERROR:
.PHONY: help serve neural mcp test test-neural test-mcp long check format bench lock release wheel try-wheel clean

help: ## list what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

serve: .setup/python .setup/built ## set everything up, build the demo index if there is none, serve
	@test -e "$(DATA)/CURRENT" || { echo "building the demo index …"; $(BIN)/winnow rebuild demo/landmarks.jsonl && $(BIN)/winnow summaries import demo/summaries; }
	$(BIN)/winnow serve

neural: .setup/neural ## add sentence-transformers: better vectors for small libraries

mcp: .setup/mcp ## add the Model Context Protocol: tools for agents

test: .setup/dev .setup/built .setup/chromium ## set everything up and run every test but those of an extra
	$(PYTEST)

test-neural: .setup/dev .setup/built .setup/neural ## set the extra up and run its tests
	$(BIN)/python -m pytest -m neural

test-mcp: .setup/dev .setup/built .setup/mcp ## set the extra up and run its tests
	$(BIN)/python -m pytest -m 'mcp and not long'

long: .setup/dev .setup/built .setup/chromium .setup/mcp ## run what takes minutes by nature: kills at random, fuzzing
	$(PYTEST) -m 'long and not neural'

check: .setup/dev .setup/built ## format, lint, types, templates, then all tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --quiet --lint templates
	$(NPM) run --silent check
	@$(MAKE) --no-print-directory test

format: .setup/dev .setup/built ## write all code in the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only --quiet .
	$(NPM) run --silent format

bench: .setup/bench .setup/built ## run the benchmarks (docs/benchmarks.md says what they need)
	$(BIN)/python -m benchmarks

lock: .setup/bench ## freeze what the pinned packages bring along
	$(BIN)/python setup/lock.py
	$(NPM) install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

release: ## cut a release from the changelog: make release VERSION=x.y.z
	$(PYTHON) setup/release.py "$(VERSION)"

wheel: .setup/python .setup/built ## build dist/*.whl, which serves wherever it is installed
	rm -rf dist
	$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

try-wheel: .setup/dev wheel ## install the wheel into an empty environment, and use it
	$(PYTHON) setup/try_wheel.py
	$(BIN)/python -m pytest -m long tests/test_wheel.py

clean: ## remove what set-up and builds made; data/ stays
	rm -rf build dist .setup .venv node_modules static/built static/vendor

.setup/venv:
	@mkdir -p .setup
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@touch $@

.setup/python: pyproject.toml constraints.txt .setup/venv
	@echo "installing Python packages …"
	$(PIP) --editable .
	@touch $@

.setup/dev: pyproject.toml constraints.txt .setup/venv
	$(PIP) --editable '.[dev]'
	@touch $@

.setup/neural: .setup/python
	@echo "installing sentence-transformers and torch …"
	$(PIP) --editable '.[neural]'
	@touch $@

.setup/mcp: .setup/python
	@echo "installing the SDK of the Model Context Protocol …"
	$(PIP) --editable '.[mcp]'
	@touch $@

.setup/bench: .setup/dev
	$(PIP) --editable '.[bench]'
	@touch $@

.setup/vendor: package.json package-lock.json setup/vendor.py .setup/venv
	$(if $(NODE_OK),,$(PIP) --editable '.[node]')
	@echo "installing npm packages …"
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BIN)/python setup/vendor.py
	@touch $@

.setup/chromium: setup/browser.py .setup/dev
	$(BIN)/python setup/browser.py > $@

.setup/built: .setup/vendor setup/bundle.py $(shell find static/js static/css -type f)
	$(BIN)/python setup/bundle.py
	@touch $@
