# Two commands: `make run` starts phieukin with a sample conference, `make test`
# proves the whole of it. Both set up everything they need.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin

.PHONY: help install frontend run test coverage lint bench soak screenshots clean

help:
	@echo "make run    start phieukin with an invented sample conference (TRÌNH DIỄN)"
	@echo "make test   lint, types, contracts and every test, browser included"
	@echo "make install | lint | coverage | bench | soak | clean"

install:
	@tools/setup python

frontend: install
	@tools/setup frontend

run: frontend
	@$(BIN)/phieukin up --demo

test:
	@tools/setup dev
	@tools/setup frontend
	@tools/setup browser
	@tools/check

coverage: export COVERAGE = 1
coverage: test

lint:
	@tools/setup dev
	@tools/setup frontend
	@tools/check lint

bench:
	@tools/setup dev
	@tools/setup frontend
	@tools/setup browser
	@$(BIN)/python -m tests.benchmarks

soak:
	@tools/setup dev
	@tools/setup frontend
	@$(BIN)/python -m pytest -m soak tests/soak --timeout 7200

screenshots:
	@tools/setup dev
	@tools/setup frontend
	@tools/setup browser
	@PHIEUKIN_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest tests/browser

clean:
	rm -rf .venv node_modules build data web/static/dist
