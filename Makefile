# make check is the only gate: format, lint, types, import contracts, tests.
# Each of the tools is a test of its own (tests/test_house.py), so that the tests alone
# say whether a change may land.

PYTHON ?= .venv/bin/python

.PHONY: check fix docs bench wheel screenshots

check:
	$(PYTHON) -m pytest -n auto

fix:
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

# Man page, completions, CONFIG.md, README's keys: all that is made of the code.
docs:
	$(PYTHON) -m docs

wheel:
	$(PYTHON) -m hatchling build

bench:
	test -x .bench/bin/python || { python3 -m venv .bench && .bench/bin/pip install reader sgmllib3k; }
	$(PYTHON) tests/bench/table.py

screenshots:
	$(PYTHON) screenshots/make.py
	$(PYTHON) screenshots/film.py
