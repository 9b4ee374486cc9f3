# make run     everything, then serves on http://127.0.0.1:8050
# make setup   everything that serves nothing: system packages, .venv, the ekasih command
# make check   lint, types, import rules and unit tests
# make test    lint, types, import rules, unit, database and browser tests
# make bench   the measurements that README quotes
# make clean   removes what setup and tests made; the register in .ekasih/ is kept
.DEFAULT_GOAL := run
.PHONY: setup setup-tests run check test lint bench clean packages

BIN := .venv/bin

setup:
	@./setup.sh

setup-tests:
	@./setup.sh --tests

run: setup
	@exec $(BIN)/ekasih run

lint: setup-tests
	@echo "Lint" && $(BIN)/ruff check --quiet . && $(BIN)/oxlint --quiet dashboard/assets/js portal/static/proof.js tests/js
	@echo "Types" && $(BIN)/mypy --no-error-summary
	@echo "Import rules" && said=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$said"; exit 1; }

check: lint
	@$(BIN)/python -m pytest -n 2 -q tests/unit

test: lint
	@$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

bench: setup-tests
	@$(BIN)/python -m bench

# Pins every package, with checksums, for Python 3.11 to 3.13. Needs uv.
packages:
	@for kind in "" -dev; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-config --no-annotate --no-header \
	    --no-emit-index-url --no-emit-find-links -o requirements$$kind.txt requirements$$kind.in || exit 1; \
	done

clean:
	@if [ -x $(BIN)/ekasih ] && [ -d .ekasih-test ]; then EKASIH_HOME=$(CURDIR)/.ekasih-test $(BIN)/ekasih down; fi
	@link=$$(readlink .ekasih-test/pg 2>/dev/null) && case "$$link" in /var/lib/ekasih/*/pg) rm -rf "$$(dirname "$$link")" ;; esac; true
	@if [ -L .ekasih-test ]; then rm -rf "$$(readlink -f .ekasih-test)"; fi
	@rm -rf .venv .ekasih-test .artifacts .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
