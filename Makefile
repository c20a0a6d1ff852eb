# make run     make the environment, install, serve the default sandbox
# make test    make the environment, install, pass every test
# make check   format, lint and types
# make bench   what it costs, as ratios of one run
# make mutants which changes of the rules no test notices; ARGS="pricing windows" for these modules alone
# make docs    the reference pages that are made from the program

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
ARGS   ?=

.DEFAULT_GOAL := help
.PHONY: help run demo test check bench mutants docs format clean

help:
	@sed -n 's/^# //p' Makefile

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

run: $(READY)
	@$(BIN)/whatsapp-emulator serve $(ARGS)

demo: $(READY)
	@$(BIN)/whatsapp-emulator demo $(ARGS)

test: $(READY)
	@$(BIN)/python -m pytest $(ARGS)

check: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(READY)
	@$(BIN)/python -m pytest tests/benchmarks -s $(ARGS)

mutants: $(READY) # by cosmic-ray, which changes the values of modules, too: most limits and windows are such
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mutants]'
	@$(BIN)/python tests/mutants.py $(ARGS)

docs: $(READY)
	@$(BIN)/python docs/make_reference.py

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache
