# make run       install what serving needs, serve the default sandbox on http://127.0.0.1:4080
# make demo      a whole conversation, played in a second
#
# make fast      the tests of rules, JSON and state that take no time, in seconds
# make test      every test, on all cores
# make check     format, lint and types
# make bench     what it costs, with a table of all figures at the end; alone and in one process, and again where
#                a bound is missed.
#                BEFORE=../old runs the benchmarks of another checkout first, and sets its figures beside;
#                FILE=x.json keeps the figures
# make profile   where the time of a send goes: microseconds, share and statements of each layer
# make soak      the robustness tests that take minutes: crashes, floods, a long day, a year
# make coverage  every test, and which branches none of them takes
# make mutants   which changes of the rules no test notices; ARGS="pricing windows" for these modules alone
# make docs      make the reference pages that are made from the program
# make screenshots   the pictures of the page in the docs, in Chromium
# make people   draw the people anew that sandboxes invent, with Faker
# make seeds    write anew what stands beside the seeds of fixtures/seeds: after a change of a seed, schema or default
# make format    format, and mend what the linter can mend
# make clean     remove the environment and what tools have left

PYTHON ?= python3
VENV   ?= .venv
ARGS   ?=
BEFORE ?=
FILE   ?=

BIN    := $(VENV)/bin
RUN    := $(VENV)/.ready-run
DEV    := $(VENV)/.ready-dev
MUTATE := $(VENV)/.ready-mutants
BEGUN  := $(VENV).begun
PYTEST := $(BIN)/python -m pytest
BENCH  := .bench-before.json
CORES  := -n auto --dist worksteal
# a test that fails is never tried again, save a benchmark that misses its bound
WHOLE  := $(CORES) -p no:rerunfailures --ignore tests/benchmarks
COST   := tests/benchmarks --reruns 2 --only-rerun AssertionError
# without the plugins that none of these tests needs: they take part in every test
FAST   := $(CORES) -p no:rerunfailures -p no:django -p no:anyio -m "not slow and not soak" \
          tests/domain tests/wire tests/sandbox tests/fidelity tests/test_layers.py tests/test_public_names.py

# bytecode is kept, or each process that a test starts would compile the package anew
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run demo fast test check bench profile soak coverage mutants docs screenshots people seeds format clean

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

# $(call install,what,what pip calls it): the file $(BEGUN) remains until the environment is whole; one whose making
# was interrupted is begun anew
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo missing)."; \
	  echo "Name one that is: make $(MAKECMDGOALS) PYTHON=python3.12"; \
	  exit 1; }
	@trap 'echo; echo "Interrupted. The next make begins the environment anew."; exit 130' INT TERM; \
	seconds() { date +%s; }; since=$$(seconds); \
	if [ -e $(BEGUN) ]; then rm -rf $(VENV); fi; \
	touch $(BEGUN); \
	if ! [ -x $(BIN)/python ]; then \
	  echo "Making the environment in $(VENV) ..."; \
	  $(PYTHON) -m venv --clear $(VENV) || { echo "The environment could not be made; see above."; exit 1; }; \
	fi; \
	echo "Installing $(1). This is what pip says:"; \
	$(BIN)/python -m pip install --disable-pip-version-check --no-compile --editable '$(2)' || { \
	  rm -f $(BEGUN); \
	  echo "Not everything could be installed; see above. It needs a network, or a package index that pip knows."; \
	  echo "With one, the same command goes on."; \
	  exit 1; }; \
	rm -f $(BEGUN); \
	echo "Installed in $$(($$(seconds) - since)) seconds."
endef

$(RUN): pyproject.toml
	$(call install,what serving needs,.)
	@touch $(RUN)

$(DEV): pyproject.toml
	$(call install,what serving and developing need,.[dev])
	@touch $(RUN) $(DEV)

$(MUTATE): pyproject.toml
	$(call install,what developing and changing the rules need,.[mutants])
	@touch $(RUN) $(DEV) $(MUTATE)

run: $(RUN)
	@$(BIN)/whatsapp-emulator serve $(ARGS)

demo: $(RUN)
	@$(BIN)/whatsapp-emulator demo $(ARGS)

fast: $(DEV)
	@$(PYTEST) $(FAST) $(ARGS)

test: $(DEV)
	@$(PYTEST) $(WHOLE) $(ARGS)

check: $(DEV)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(DEV)
	@rm -f $(BENCH)
	$(if $(BEFORE),-@cd $(BEFORE) && PYTHONPATH=$(abspath $(BEFORE)) EMULATOR_BENCH_FILE=$(abspath $(BENCH)) \
	  $(abspath $(BIN))/pytest $(COST) $(ARGS))
	@$(if $(BEFORE),EMULATOR_BENCH_BEFORE=$(BENCH)) $(if $(FILE),EMULATOR_BENCH_FILE=$(FILE)) \
	  $(BIN)/pytest $(COST) -s $(ARGS)

profile: $(DEV)
	@PYTHONPATH=tests $(BIN)/python -m kit.send_profile

soak: $(DEV)
	@$(PYTEST) tests/robustness -m soak -s $(ARGS)

coverage: $(DEV)
	@$(PYTEST) $(WHOLE) --cov --cov-report term:skip-covered --cov-report html $(ARGS)

mutants: $(MUTATE)
	@PYTHONPATH=tests $(BIN)/python -m mutation $(ARGS)

docs: $(DEV)
	@$(BIN)/python docs/make_reference.py

screenshots: $(DEV)
	@$(BIN)/python docs/make_screenshots.py $(ARGS)

people: $(DEV)
	@$(BIN)/python tests/people_data.py

seeds: $(DEV)
	@$(BIN)/python tests/seed_data.py

format: $(DEV)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) $(BEGUN) dist htmlcov .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .mutants \
	  $(BENCH)
