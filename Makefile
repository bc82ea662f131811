# newsloom: `make demo` shows it at work, `make test` proves it. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
COMPILE = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help demo test tools lint format bench docs lock upgrade clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

demo: .venv/run ## crawl the bundled sample sites and publish them under demo/
	$(BIN)/newsloom demo

test: .venv/dev .venv/reader tools ## run the tests, a file to each core
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

tools: ## install the browser and the web server that tests drive, where this machine lets us
	@tests/install_tools

lint: .venv/dev ## check form, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/dev ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev ## measure, with ratios against a baseline of the same run
	$(BIN)/python -m bench

docs: .venv/docs ## build the documents as a site under build/docs; a broken link ends it
	$(BIN)/sphinx-build -q -W --keep-going -b dirhtml docs build/docs
	@echo "build/docs/index.html"

lock: .venv/dev ## write the locks from pyproject.toml, keeping what is locked already
	$(COMPILE) pyproject.toml --group build -o requirements.lock
	$(COMPILE) -c requirements.lock pyproject.toml --all-extras --group build --group dev -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock --group docs -o requirements-docs.lock

upgrade: ## write the locks anew, with the newest versions
	$(MAKE) lock UPGRADE=--upgrade

clean: ## remove what was made
	rm -rf .venv demo build dist .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newsloom needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv || { rm -rf .venv; echo "newsloom needs Python's venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# One stamp per lock: what runs newsloom, and what tests it. The project itself is installed editable, built by the locked hatchling.
.venv/run: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements-dev.lock
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.venv/docs: .venv/run requirements-docs.lock
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-docs.lock
	@touch $@

# A feed reader of another language, from the npm registry, to read our feeds back.
.venv/reader: .venv/bin/python tests/reader/package-lock.json
	@if command -v npm >/dev/null; then npm ci --prefix tests/reader --no-audit --no-fund --loglevel=error; \
	else echo "no npm here: feeds are not read back by a JavaScript reader; install Node.js 18 or newer" >&2; fi
	@touch $@
