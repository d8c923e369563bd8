# The few words of this house. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

help: ## List these words
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: .stamp-run ## Open the desk on the practice store
	@$(BIN)/lado demo

test: .stamp-dev ## Pass every test (about ten minutes on two cores)
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not long"

test-long: .stamp-dev ## The breaking tests at their full counts
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m long

check: .stamp-dev ## Style, types and spelling of names
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

fix: .stamp-dev ## Put style right where it can be done by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

pictures: .stamp-dev ## Take the screens' pictures again
	@LADO_UPDATE_PICTURES=1 $(BIN)/python -m pytest -q -n 2 tests/lado_tui
	@$(BIN)/python -m docs.make_pages

bench: .stamp-dev ## Measure against the bare floor; prints ratios
	@$(BIN)/python -m benchmarks

lock: ## Pin every package again (needs uv)
	@uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -q -o requirements.lock
	@uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -q -o requirements-dev.lock

clean: ## Remove what was built
	@rm -rf $(VENV) .stamp-* .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Byte code is made on install: without it every start is four times slower.
.stamp-run: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib lado_tui db || true
	@touch $@

.stamp-dev: .stamp-run requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: help run test test-long check fix pictures bench lock clean
