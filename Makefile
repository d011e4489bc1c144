# Needs GNU Make >= 3.81 and Python >= 3.11; everything else comes into .venv.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
PYTHON ?=
ARGS ?=

CANDIDATES = $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3 python)
SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --no-config --generate-hashes --no-header \
	--no-annotate --no-emit-index-url
LOCK := $(COMPILE) --universal --python-version 3.11 --group editable
# For Pyodide; see website/versions.toml.
BROWSER := $(COMPILE) --python-platform wasm32-pyodide2024 --python-version 3.12 \
	--no-python-downloads --group browser

.PHONY: help lab site test test-site bench format lock clean FORCE

help:
	@echo "make lab      open the lessons in JupyterLab (ARGS=--no-browser: only serve them)"
	@echo "make site     build site/: the course for a browser, and its pages"
	@echo "make test     run every test, browser tests included (ARGS='-k name': only some)"
	@echo "make test-site  build the site and work through it in a browser"
	@echo "make bench    measure speed against the alternatives"
	@echo "make format   format the code and fix what the linter can fix"
	@echo "make lock     lock the newest allowed versions of everything that is installed"
	@echo "make clean    remove .venv and caches"

lab: $(VENV)/.lab
	@$(BIN)/balancegame lab $(ARGS)

site: $(VENV)/.site
	@$(BIN)/python -m website $(ARGS)

test: $(VENV)/.test
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.grading.bubblewrap
	@$(BIN)/python -m pytest --numprocesses 2 -m "not site" $(ARGS)

test-site: $(VENV)/.test
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m pytest -m site tests/browser/test_site.py $(ARGS)

bench: $(VENV)/.test
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.grading.bubblewrap
	@$(BIN)/python -m benchmarks $(ARGS)

format: $(VENV)/.test
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

lock: $(VENV)/.test
	@$(PIP) uv
	@$(LOCK) --upgrade --extra lab --output-file requirements/lab.txt
	@$(LOCK) --upgrade --extra site --constraints requirements/lab.txt \
		--output-file requirements/site.txt
	@$(LOCK) --upgrade --extra test --constraints requirements/site.txt \
		--output-file requirements/test.txt
	@mkdir -p build
	@$(BIN)/python -m website.constraints > build/pyodide-versions.txt
	@$(BROWSER) --upgrade --constraints build/pyodide-versions.txt \
		--output-file requirements/browser.txt

clean:
	rm -rf $(VENV) build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# An environment dies when its Python is removed and misleads when the folder is moved.
ifneq ($(shell $(BIN)/python -c "print(open('$(VENV)/.created').read())" 2>/dev/null),$(CURDIR))
$(VENV)/.created: FORCE
endif

$(VENV)/.created:
	@for python in $(CANDIDATES); do \
		if "$$python" -c '$(SUITABLE)' 2>/dev/null; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "No Python of version 3.11 or newer with its venv module was found: install one (Debian and Ubuntu: apt install python3-venv) or name one with PYTHON=/path/to/python." >&2; \
		exit 1; \
	fi; \
	echo "Creating $(VENV) with $$("$$found" --version)"; \
	"$$found" -m venv --clear $(VENV)
	@printf '%s' '$(CURDIR)' > $@

$(VENV)/.lab $(VENV)/.site $(VENV)/.test: $(VENV)/.%: requirements/%.txt pyproject.toml $(VENV)/.created
	@echo "Installing what make $* needs: this takes a minute or two, but only once"
	@$(PIP) --require-hashes --requirement requirements/$*.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
