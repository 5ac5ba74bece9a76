# Everything lives in .venv; each target makes or renews what it needs of it first.

SHELL := bash
PYTHON ?= python3
ROUNDS ?= 200
BIN := .venv/bin
# Tests write thousands of small databases: in memory, where the machine has room for that.
ROOM := $(shell df --output=avail /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 4000000 { print "PYTEST_DEBUG_TEMPROOT=/dev/shm" }')
# One line for each large file that arrives: pip says far more, or nothing at all.
PROGRESS := awk '/^ *(Downloading|Using cached) .*[MG]B\)/ { print "  " $$0; fflush() } /^Installing/ { print "  unpacking"; fflush() }'

.DEFAULT_GOAL := help
.PHONY: help install demo test check bench crash

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: .venv/.tools ## the environment with the tools for tests and checks

demo: .venv/.product ## the whole product in a pretend Slack workspace; ARGS="--port 4000 --no-browser"
	@$(BIN)/triage demo $(ARGS)

test: .venv/.tools ## every test, two at a time; ARGS="tests/pipeline -k mask" for some of them
	@$(ROOM) $(BIN)/pytest $(or $(ARGS),--numprocesses 2 --dist loadfile)

check: .venv/.tools ## format, lint, types and import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/.tools ## the figures: acknowledgement, throughput, memory
	@$(BIN)/python -m tests.bench $(ARGS)

crash: .venv/.tools ## kill the product ROUNDS times at random moments, then count what was lost or sent twice
	@$(BIN)/python -m tests.crash --rounds $(ROUNDS) $(ARGS)

.venv/.product: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Triage Desk needs Python 3.11 or newer, found "$(PYTHON)" to be older or missing.' \
	    'Install one, or name it: make $(MAKECMDGOALS) PYTHON=python3.12' >&2; exit 1; }
	@echo "Installing Triage Desk into .venv (once; the largest part is torch) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@set -o pipefail; env PYTHONWARNINGS=ignore $(BIN)/python -m pip install --constraint constraints.txt --editable . | $(PROGRESS)
	@echo "Learning from the training text (once; the first start would do it otherwise) ..."
	-@$(BIN)/triage prepare
	@touch $@

.venv/.tools: .venv/.product
	@echo "Installing the tools for tests and checks ..."
	@set -o pipefail; $(BIN)/python -m pip install --constraint constraints.txt --group dev | $(PROGRESS)
	@touch $@
