# `make run` and `make test` prepare what is missing. `make help` lists the rest.
.DEFAULT_GOAL := help
HOST ?= 127.0.0.1
PORT ?= 8000
DATABASE ?= sqlite
TESTS ?=
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
VENV := .venv/bin/python

.PHONY: help python run test lint types coverage bench accuracy demo prepared clean

help: ## this list
	@echo "Verbal Coach: make TARGET"
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-12s %s\n", $$1, $$2}'

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none is on PATH."; exit 1; }

run: python ## install what is missing and start everything (PORT=8000, HOST=127.0.0.1)
	@$(PYTHON) scripts/prepare.py run --host $(HOST) --port $(PORT)
	@exec $(VENV) scripts/run.py --host $(HOST) --port $(PORT)

prepared: python
	@$(PYTHON) scripts/prepare.py test

test: prepared ## every test, browser included (TESTS="path -k name", DATABASE=postgres)
	@$(VENV) scripts/test.py --database $(DATABASE) $(TESTS)

lint: prepared ## form, types, layers, migrations, schema, diagram
	@$(VENV) scripts/lint.py

types: prepared ## only the types
	@$(VENV) -m mypy

coverage: prepared ## the tests with coverage, in the terminal and in htmlcov/
	@$(VENV) scripts/test.py --database $(DATABASE) --coverage $(TESTS)

bench: prepared ## measure speed and memory, and write them into docs/benchmarks.md (LONG=1 for all of it)
	@$(VENV) -m benchmarks $(if $(LONG),--long)

accuracy: prepared ## hold the measures against labelled speech, and write the table into docs/benchmarks.md
	@$(VENV) -m benchmarks.accuracy

demo: python ## the demo account with its analysed recordings
	@$(PYTHON) scripts/prepare.py run
	@$(VENV) manage.py prepare && $(VENV) manage.py demo

clean: ## remove what was built; recordings, database and settings stay
	rm -rf .venv node_modules static/dist htmlcov var/static var/log var/stamps .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
