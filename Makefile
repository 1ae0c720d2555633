# `make` alone lists what there is. Nothing here needs root; `make test` uses it, where it may, for Chromium.

PORT ?= 8000
FRESH ?=
JOBS ?= 2
TESTS ?= tests
ARGS ?=

BIN := .venv/bin
PY := $(BIN)/python
LAUNCHER := $(BIN)/portal
PIP := $(PY) -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
CODE := $(wildcard portal tests migrations wsgi.py)

CHECKS := $(addprefix check-, lint format imports types templates catalogues papers routes)

.DEFAULT_GOAL := help
.PHONY: help demo test test-all check $(CHECKS) bench lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: .venv/runtime.stamp ## serve the portal with demo people (PORT=8000, FRESH=1 starts over)
	@$(LAUNCHER) demo --port $(PORT) $(if $(filter-out 0,$(FRESH)),--fresh)

test: .venv/test.stamp ## run every test (TESTS=tests/records, ARGS="-k fix", JOBS=2; REQUIRE=all forbids skips)
	@$(PY) -m tests.find_parts get
	@$(PY) -m pytest -n $(JOBS) --dist loadgroup $(ARGS) $(TESTS)

test-all: ## run every test on every page and at its full size; fail if one is skipped
	@REQUIRE=all ALL=1 $(MAKE) --no-print-directory test

check: .venv/test.stamp ## lint, format, types, import rules, templates, catalogues, papers, routes
	@$(MAKE) --no-print-directory --keep-going $(CHECKS) && echo "All checks passed."

check-lint:
	@$(BIN)/ruff check --quiet $(CODE)

check-format:
	@$(BIN)/ruff format --check --quiet $(CODE)

check-imports:
	@$(BIN)/lint-imports > .venv/imports.txt || { cat .venv/imports.txt; false; }

check-types:
	@$(BIN)/mypy --no-error-summary portal

check-templates:
	@$(BIN)/djlint templates --lint --quiet

check-catalogues:
	@$(LAUNCHER) i18n check

check-papers:
	@$(LAUNCHER) guide check

check-routes:
	@$(LAUNCHER) routes --json > /dev/null

bench: .venv/test.stamp ## print the performance ratios (fails nothing)
	@$(PY) -m tests.bench

lock: .venv/test.stamp ## renew both lock files within the ranges of pyproject.toml
	$(LOCK) $(ARGS) pyproject.toml --output-file requirements.txt
	$(LOCK) $(ARGS) pyproject.toml --group test --constraint requirements.txt --output-file requirements-test.txt

clean: ## remove the environment, caches and npm packages (the store in instance/ stays)
	rm -rf .venv tests/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find portal tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +

# One environment: the test lock holds the runtime lock's versions and more, so either may come first. The locks
# are whole, so nothing is resolved anew: an older pip would look at `coverage[toml]` beside our pin, and refuse.
.venv/runtime.stamp: requirements.txt $(LAUNCHER)
	@echo "Installing what the portal needs …"
	@$(PIP) install --no-deps --require-hashes --requirement requirements.txt
	@touch $@

.venv/test.stamp: requirements-test.txt requirements.txt $(LAUNCHER)
	@echo "Installing what the tests need …"
	@$(PIP) install --no-deps --require-hashes --requirement requirements-test.txt
	@touch $@ .venv/runtime.stamp

# The product ships as a checkout: a path file makes `portal` importable and the launcher callable from anywhere.
$(LAUNCHER): Makefile
	@$(PY) -c "" 2> /dev/null || { \
	  for python in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11; do \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null && break; python=; \
	  done; \
	  test -n "$$python" || { echo "Python 3.11 or newer was not found; say PYTHON=/path/to/python3." >&2; exit 1; }; \
	  "$$python" -m venv .venv || { echo "Python has no venv here; install it (Debian: python3-venv)." >&2; exit 1; }; }
	@$(PY) -c 'import pathlib, sysconfig; \
	  pathlib.Path(sysconfig.get_path("purelib"), "portal-checkout.pth").write_text("$(CURDIR)\n")'
	@printf '#!/bin/sh\nexec "%s" -m portal "$$@"\n' "$(CURDIR)/$(PY)" > $@
	@chmod +x $@
