# Checkstand: every target sets up what it needs first.
#
#   make demo        one visit: with a screen in a window, without one as pictures in demo-out/
#   make test        what needs no root, no service and no virtual machine     (budget: 12 minutes)
#   make check       ruff, mypy, import-linter, caps, test twins               (budget:  3 minutes)
#   make test-smoke  one scenario of each of the heavier tiers                 (budget:  5 minutes)
#   make test-all    also the long runs whole, services, browsers, machines    (budget: 60 minutes)
#   make tour        every scene, with pictures, in tour-out/
#   make bench       our speed beside its floor, in one run
#   make clean       remove what these made

SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
# Many tests wait for real processes rather than compute: four at a time on two cores.
JOBS ?= 4

.PHONY: help setup demo tour test test-all test-smoke check bench clean wheel

help:
	@sed -n '3,12s/^#  *//p' Makefile

# System packages, then the environment, then the pictures; each only when something has changed.
setup: $(VENV)/.ready

$(VENV)/.ready: constraints.txt pyproject.toml .ci/setup
	@.ci/setup
	@touch $@

demo: setup
	@$(VENV)/bin/kiosk demo

tour: setup
	@$(VENV)/bin/kiosk demo --tour --out tour-out

test: setup
	@$(PY) -m pytest -n $(JOBS) --dist loadfile -q -m "not long and not service and not vm"

test-smoke: setup
	@$(PY) -m pytest -q -m smoke

test-all: setup
	@$(PY) -m pytest -n $(JOBS) --dist loadfile -q -m "not long"
	@$(PY) -m pytest -q -m long

check: setup
	@$(VENV)/bin/ruff check --no-cache .
	@$(VENV)/bin/ruff format --no-cache --check -q .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-cache
	@$(PY) tests/house/caps.py
	@$(PY) tests/house/twins.py

bench: setup
	@$(PY) -m tests.bench

wheel: setup
	@$(PY) -m pip wheel -q --no-deps --no-build-isolation -w dist .

clean:
	@rm -rf $(VENV) build dist demo-out tour-out *.egg-info .mypy_cache .pytest_cache .hypothesis
