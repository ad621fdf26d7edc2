# Two commands are enough: `make run` opens the board on the demo, `make test` runs everything CI runs.
# Needed: Python 3.11 or later with venv, make, and a package index that pip knows. `make help` lists the rest.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
CODE := store tui tests bench
PYTEST_ARGS ?=
# Tests of screens wait more than they compute: two at a time for each core.
WORKERS := $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))
BENCH_ARGS ?=
# Another interpreter: make run PYTHON=python3.13
PYTHON ?= python3
CANDIDATES := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run set-up test check format format-check lint types imports tests test-long snapshots pictures bench bench-quick lock tools clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(STAMP) ## set up if needed and open the board on the demo (nothing is kept)
	@$(BIN)/deals demo

set-up: $(STAMP) ## make .venv with the pinned versions and the command `deals` in it

test: tools check ## set up if needed and run everything that CI runs

check: format-check lint types imports tests ## format, lint, types, import rules and tests

format: $(STAMP) ## format the code and fix what can be fixed
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

format-check: $(STAMP)
	$(BIN)/ruff format --check $(CODE)

lint: $(STAMP)
	$(BIN)/ruff check $(CODE)

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

tests: $(STAMP)
	$(BIN)/python -m pytest -n $(WORKERS) $(PYTEST_ARGS)

test-long: $(STAMP) tools ## the slow forms of the tests
	$(BIN)/python -m pytest -n $(WORKERS) -m long $(PYTEST_ARGS)

snapshots: $(STAMP) ## renew the pictures that tests compare screens with; look at each before it is committed
	$(BIN)/python -m pytest -q -n $(WORKERS) tests/tui/test_snapshots*.py --snapshot-update

pictures: $(STAMP) ## draw the pictures of the documents anew
	$(BIN)/python docs/make_pictures.py

bench: $(STAMP) ## the whole benchmark: the table, and bench/results.json
	$(BIN)/python -m bench $(BENCH_ARGS)

bench-quick: $(STAMP) ## the benchmark's quick form: shows that it runs, its figures decide nothing
	$(BIN)/python -m bench --quick $(BENCH_ARGS)

lock: $(STAMP) ## renew requirements-dev.txt from pyproject.toml
	$(BIN)/python -m pip install --quiet pip-tools
	{ sed -n '/^#/p' requirements-dev.txt; $(BIN)/pip-compile --quiet --upgrade --extra dev --strip-extras \
	  --allow-unsafe --no-annotate --no-header --no-emit-options --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --output-file - pyproject.toml; } > requirements-dev.txt.new
	mv requirements-dev.txt.new requirements-dev.txt

tools: # the programs that tests start besides Python
	@.ci/tools

clean: ## remove what was made, .venv too
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	rm -f snapshot_report.html bench/results.json requirements-dev.txt.new
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@for python in $(CANDIDATES); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	      echo "Setting up $(VENV) with $$("$$python" --version)"; "$$python" -m venv $(VENV) || rm -rf $(VENV); \
	      test -x $@; exit; \
	    fi; \
	    echo "$$python has no venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	  fi; \
	done; \
	echo "Python 3.11 or later is needed; name one with: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1

# The build backend is among the pinned versions, so installing the project fetches nothing more.
$(STAMP): requirements-dev.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --no-index --editable .
	@touch $@
