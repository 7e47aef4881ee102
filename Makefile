# Two commands are enough: `make learn` and `make test`. Each works alone on a fresh clone.
SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# A process a core; each module's tests together, since they share a page or a built book.
WORKERS := $(shell $(PYTHON) -c 'import os; print(min(8, os.cpu_count() or 2))')
TESTS := $(BIN)/python -m pytest -q -p no:randomly -n $(WORKERS) --dist loadscope
WITH_BOOK := PROXYGAP_BOOK=$(CURDIR) PROXYGAP_REUSE=1  # the book was built a moment ago
BOOK_READY := $(VENV)/ready-book
DEV_READY := $(VENV)/ready-dev

.PHONY: help learn serve book bundle lint type test browser check bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

learn: $(BOOK_READY) ## Build what is missing and open the course
	@$(BIN)/proxygap learn

serve: $(BOOK_READY) ## Serve the course and build it again whenever a source changes
	@$(BIN)/proxygap book
	@$(BIN)/proxygap serve --watch

book: $(BOOK_READY) ## Build the course into _build/html, warnings are errors
	@$(BIN)/proxygap book

bundle: $(BOOK_READY) ## Build the front end alone
	@$(BIN)/python -m proxygap.site.bundle

lint: $(DEV_READY) ## Check style and formatting of the Python files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

type: $(DEV_READY) ## Check the types of the Python and the TypeScript files
	@$(BIN)/mypy
	@$(BIN)/python -m proxygap.site.bundle --types

check: $(DEV_READY) ## All tests that need no browser, in about two minutes
	@$(TESTS) -m "not browser and not slow and not book"

browser: $(DEV_READY) book ## The tests in Chromium
	@$(BIN)/python -m proxygap.site.chromium
	@$(WITH_BOOK) $(TESTS) -m browser

test: $(DEV_READY) ## Everything: style, types, book, all tests
	@$(MAKE) --no-print-directory lint type book
	@$(BIN)/python -m proxygap.site.chromium
	@$(WITH_BOOK) $(TESTS)

bench: $(DEV_READY) book ## Measure the pages against their references
	@$(BIN)/python -m bench

clean: ## Remove everything that was built or installed here
	rm -rf _build dist $(VENV) web/node_modules src/proxygap/site/_bundle
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage

# Each environment is installed once for each version of its pins.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("The course needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=/path/to/python3") if sys.version_info < (3, 11) else None'
	@echo "Creating the environment $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(BOOK_READY): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing the packages that the book needs …"
	@$(PIP) install -c constraints.txt -e '.[book]'
	@touch $@

$(DEV_READY): pyproject.toml constraints.txt $(BOOK_READY) | $(BIN)/python
	@echo "Installing the packages that the tests need …"
	@$(PIP) install -c constraints.txt -e '.[book,dev]'
	@touch $@
