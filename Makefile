# What a contributor runs; CONTRIBUTING.md says when. `make` lists the targets.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup check format test fast floors docs site goldens lock ci

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv with the locked versions of all that development needs
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	$(BIN)/pip install -q --no-deps -e .

check: ## Run the linters, and check that pages and exports are up to date (a minute)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/codespell
	$(BIN)/python -m tools.words
	$(BIN)/python -m tools.catalogues --check
	$(BIN)/python -m tools.docs --check
	$(BIN)/timeline export --check
	$(BIN)/timeline export --svg --json --check
	$(BIN)/timeline embed --check README.md docs/embedding.md

format: ## Format the code and fix what ruff can fix
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

test: ## Run all tests (minutes)
	$(BIN)/pytest -q -n auto

fast: ## Run the tests, except slow ones and those of engines and foreign programs
	$(BIN)/pytest -q -n auto -m "not slow and not engines and not foreign"

floors: ## Run all tests with the lowest version of each dependency, on the lowest Python
	$(BIN)/python -m tools.floors

docs: ## Write the generated pages and parts of pages again
	$(BIN)/python -m tools.docs

site: ## Build the documentation site in build/site
	$(BIN)/sphinx-build -W -n --keep-going -q -d build/doctrees docs build/site

goldens: ## Write the expected outputs of the tests again; read the diff before the commit
	$(BIN)/pytest -q -n auto --update $(GOLDEN_TESTS)

GOLDEN_TESTS := tests/test_cases.py tests/test_bad.py tests/foreign \
	tests/diagnostics tests/embed/test_document.py

lock: ## Renew requirements-dev.lock, with uv
	uv pip compile -q --universal --python-version 3.11 --extra dev --generate-hashes \
		--upgrade --custom-compile-command "make lock" --output-file requirements-dev.lock \
		pyproject.toml

ci: ## Run all that CI runs, in a clean clone of the last commit
	.ci/run
