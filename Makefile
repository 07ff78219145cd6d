# Everything is set up in .venv from nothing but Python 3.11 (or later) and the package
# registry; a second run does not set up again. Another Python: make demo PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORE := $(VENV)/core-installed
DEV := $(VENV)/dev-installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo demo-headless test check browser bench db migration clean

help:  ## this list
	@grep -E '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*  ## /make \1\t/' | expand -t 22

demo: $(CORE)  ## watch a community for a month, in two minutes; then look around (OPEN=1: in a browser)
	@$(BIN)/convenor demo $(if $(OPEN),--open)

demo-headless: $(CORE)  ## the same unattended: writes demo-out/, fails if a promise broke
	@$(BIN)/convenor demo --headless

test: $(DEV)  ## every story and test but those that kill real processes
	@$(BIN)/python -m pytest -q -n auto -m "not processes and not again and not browser"

check: $(DEV)  ## style, types and layers, then every test there is
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy bot
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q -n auto

browser:  ## install Chromium, with which tests and the demo look at pages (Debian, as root)
	@command -v chromium >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null || { \
	    echo "Install Chromium to look at pages; on Debian: apt install chromium"; exit 2; }; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends chromium >/dev/null; }

bench: $(DEV)  ## how fast and how large, beside a peer from the same run (minutes)
	@for one in acknowledge loop start_up events mailing update; do \
	  $(BIN)/python -m benchmarks.$$one || exit 1; done

db: $(CORE)  ## make or upgrade the database that DATABASE_URL names
	@$(BIN)/convenor db upgrade

migration: $(DEV)  ## draft a migration from the models: make migration m="Keep what …"
	@test -n "$(m)" || { echo 'Say what it is for: make migration m="Keep …"'; exit 2; }
	@$(BIN)/python -m bot.store.migrations.draft "$(m)"

clean:  ## remove .venv and what demo, tests and tools leave behind
	rm -rf $(VENV) *.egg-info build dist demo-out bench-out
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Convenor needs Python 3.11 or later, and $(PYTHON) is not."; \
	  echo "Say which to use: make PYTHON=python3.11 …"; exit 2; }
	@echo "Setting up $(VENV) (once; about half a minute)"
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Your Python cannot make environments; on Debian: apt install python3-venv"; \
	  rm -rf $(VENV); exit 2; }

$(CORE): pyproject.toml | $(BIN)/python
	@$(PIP) --editable '.[demo]'
	@touch $@

$(DEV): pyproject.toml | $(BIN)/python
	@$(PIP) --editable '.[dev]'
	@touch $(CORE) $@
