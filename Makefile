# Set up, run and test with Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test soak lint check setup clean

run: setup
	$(BIN)/extract seeds/ --out out/
	$(BIN)/extract report out/

test: setup
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

# What takes longer than a suite may: all kills, all faults, growth, a million fuzzed inputs.
soak: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,soak]'
	SOAK=1 $(BIN)/python -m pytest tests/property tests/unit/test_screen.py tests/end_to_end/test_commit.py tests/end_to_end/test_long.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python -m tests.fuzz

lint: setup
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

check: setup
	$(BIN)/extract rules check
	$(BIN)/extract check tests/fixtures --totals

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 run")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	$(BIN)/python -m compileall -q src
	touch $@

clean:
	rm -rf $(VENV) out build dist
