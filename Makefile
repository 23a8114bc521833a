# Every target is a line or two: `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
SPHINX := $(BIN)/sphinx-build -W --keep-going -d _build/doctrees
# What the book and its manual build with; the language server and fonts of emoji it does without.
EXTRAS := markdown citations exports networks math pdf styles
# One version of each package for every Python, so that the book is the same from all of them.
LOCK := uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --custom-compile-command "make lock" $(addprefix --extra ,$(EXTRAS)) --group manual pyproject.toml
# Build with each of several builders a project into a folder.
each = for builder in $(1); do $(BIN)/sphinx-build -W --keep-going -d $(3)/doctrees -b $$builder \
	$(2) $(3)/$${builder\#typst} || { rm -f $(3)/doctrees/environment.pickle; exit 1; }; done
# A build with warnings fails; forgetting what was read lets the next one warn again.
FAILED = || { rm -f _build/doctrees/environment.pickle; exit 1; }

.DEFAULT_GOAL := help
.PHONY: book html pdf epub manual chinese data check cite words quick test lint live linkcheck bench audit lock clean help

book: html pdf  ## Build the HTML and the PDF, and say where they are
	@echo; echo "HTML  _build/html/index.html"; echo "PDF   _build/pdf/sino-soviet-treaty.pdf"

html: .venv/book.stamp  ## Build _build/html
	@$(SPHINX) -b html . _build/html $(FAILED)

pdf: .venv/book.stamp  ## Build _build/pdf/sino-soviet-treaty.pdf
	@$(SPHINX) -b typstpdf . _build/pdf $(FAILED)

epub: .venv/book.stamp  ## Build _build/epub/sino-soviet-treaty.epub
	@$(SPHINX) -b epub . _build/epub $(FAILED)

manual: .venv/book.stamp  ## Build the manual, _build/manual, and its second book, _build/nerchinsk
	@$(call each,html typstpdf,manual,_build/manual)
	@$(call each,html typstpdf epub annals,manual/examples/nerchinsk,_build/nerchinsk)

chinese: .venv/book.stamp  ## Build the book with what is translated: _build/chinese/html and _build/chinese/pdf
	@for builder in html typstpdf; do $(BIN)/sphinx-build -W --keep-going -d _build/chinese/doctrees \
		-D language=zh_CN -D html_title=1950年中苏条约 -b $$builder . _build/chinese/$${builder#typst} \
		|| exit 1; done

data: .venv/book.stamp  ## Export the annotations to _build/data
	@$(SPHINX) -b annals . _build/data $(FAILED)

check: .venv/book.stamp  ## List what the editors should look at
	@$(BIN)/sphinx-build -q -b annals-check -d _build/doctrees . _build/check

cite: .venv/book.stamp  ## Search, show, check, rename, add: make cite ARGS="search heinzig"
	@PYTHONPATH=_ext $(BIN)/python -m sphinx_annals.citations $(ARGS)

words: .venv/book.stamp  ## Bring the catalogues of translated words up to date with the code
	@$(BIN)/python tools/make_words.py

quick: .venv/dev.stamp  ## Run the tests of two minutes, after each change
	@$(BIN)/pytest -q -n 2 --dist worksteal -m "not slow and not browser and not tex" $(TESTS)

test: .venv/dev.stamp  ## Run all tests, and say which were skipped and why
	@$(BIN)/pytest -n 2 --dist worksteal $(TESTS)

lint: .venv/dev.stamp  ## Check style and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

live: .venv/dev.stamp  ## Rebuild the HTML at every change, and show it in the browser
	@$(BIN)/sphinx-autobuild -d _build/doctrees --watch _ext --open-browser . _build/html

linkcheck: .venv/book.stamp  ## Try every external link
	@$(BIN)/sphinx-build -b linkcheck -d _build/doctrees . _build/linkcheck

bench: .venv/dev.stamp  ## Measure speed and memory beside other ways to write the same
	@$(BIN)/python benchmarks/run.py

audit:  ## Ask whether a locked package has a known weakness (needs the network)
	@PYTHON=$(PYTHON) .ci/audit

lock:  ## Renew all requirements.txt from pyproject.toml (needs uv)
	@$(LOCK) -o requirements.txt && $(LOCK) --group dev -o requirements-dev.txt
	@$(LOCK) benchmarks/requirements.in -c requirements.txt -o benchmarks/requirements.txt

clean:  ## Remove what was built, and the environment
	@rm -rf _build .venv

help:  ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	"Python 3.11 or later is needed; name one: make book PYTHON=python3.12")'
	@echo "Making .venv"; $(PYTHON) -m venv .venv

.venv/book.stamp: requirements.txt | .venv/bin/python
	@echo "Installing the book's requirements"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< && touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	@echo "Installing the requirements of tests and tools"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< && touch $@
