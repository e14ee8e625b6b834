# make demo   set up and extract the sample reports      make test   lint, types, tests
# make bench  scores, speed and memory                  make clean  remove what these made
# make fuzz   look for what breaks it           make audit  known vulnerabilities of what it needs
.PHONY: demo test slow bench lowest fuzz lock audit clean help
.DEFAULT_GOAL := help

VENV ?= .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -qq
# A folder with annotated reports in docs/ that are kept apart from this repository.
BENCH_DIR ?= $(wildcard ../shared/bench)
# The first Python from 3.11 on that runs and can make an environment.
FIND_PYTHON = for p in $(PYTHON) python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	echo "$$p" && break; done

help:
	@sed -n '1,3s/^# //p' Makefile

$(VENV)/made:
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then \
		echo "No Python 3.11 or later with venv was found. Install one (on Debian or Ubuntu:" >&2; \
		echo "apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$python"; \
	"$$python" -m venv $(VENV)
	@touch $@

$(VENV)/core: $(VENV)/made pyproject.toml
	@echo "Installing gxnlp and what it needs (some minutes the first time)"
	@$(PIP) install -e .
	@touch $@

$(VENV)/dev: $(VENV)/made pyproject.toml
	@echo "Installing gxnlp with its tools for development (some minutes the first time)"
	@$(PIP) install -e ".[dev]"
	@touch $@ $(VENV)/core

demo: $(VENV)/core
	$(VENV)/bin/gxnlp extract corpus/samples -o demo-out --keep-text
	@$(PY) scripts/show_output.py demo-out

test: $(VENV)/dev
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache --no-logo
	$(PY) -m pytest -m "not slow"

slow: $(VENV)/dev
	$(PY) -m pytest -m slow

bench: $(VENV)/core
	@if [ -z "$(BENCH_DIR)" ]; then \
		echo "No ../shared/bench is here and no BENCH_DIR is given: scoring corpus/ alone"; fi
	$(PY) scripts/bench.py $(if $(BENCH_DIR),bench=$(BENCH_DIR)/docs) corpus=corpus
	$(PY) scripts/bench_release.py $(if $(BENCH_DIR),bench=$(BENCH_DIR)/docs) corpus=corpus

# The quick tests with the lowest version of every dependency that pyproject.toml allows.
lowest: $(VENV)/made
	rm -rf $(VENV)-lowest
	$(PY) -m venv $(VENV)-lowest
	$(PY) scripts/lowest_versions.py dta duckdb parquet xlsx > $(VENV)-lowest/versions.txt
	$(VENV)-lowest/bin/pip install -qq -r $(VENV)-lowest/versions.txt \
		hypothesis opencc pytest pytest-xdist reportlab
	$(VENV)-lowest/bin/pip install -qq --no-deps -e .
	$(VENV)-lowest/bin/python -m pytest -m "not slow"
	rm -rf $(VENV)-lowest

# Inputs that nobody would write, for so many seconds together (scripts/fuzz.py).
FUZZ_SECONDS ?= 60
fuzz: $(VENV)/dev
	@$(PIP) install --only-binary=atheris -e ".[fuzz]" || true
	@if $(PY) -c "import atheris" 2>/dev/null; then \
		$(PY) scripts/fuzz.py all --seconds $(FUZZ_SECONDS) --seed 1; \
	else echo "NOT FUZZED: atheris is not to be had here (it has wheels for Linux alone)"; fi

# Known vulnerabilities of the locked packages. Needs the network, and says so where nobody answers.
audit: $(VENV)/made
	rm -rf $(VENV)-audit
	$(PY) -m venv $(VENV)-audit
	$(VENV)-audit/bin/pip install -qq pip-audit
	$(PY) scripts/audit.py $(VENV)-audit/bin/python
	rm -rf $(VENV)-audit

# The versions of everything that gxnlp needs, and under what licences it comes. Needs the network.
lock: $(VENV)/made
	rm -rf $(VENV)-lock
	$(PY) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install -qq pip-tools
	$(VENV)-lock/bin/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url \
		--no-emit-trusted-host --no-emit-find-links --no-header -o requirements-lock.txt pyproject.toml
	rm -rf $(VENV)-lock
	$(PY) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install -qq --require-hashes -r requirements-lock.txt
	$(PY) scripts/list_licences.py $(VENV)-lock/bin/python > docs/licences.md
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) demo-out dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find gxnlp scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
