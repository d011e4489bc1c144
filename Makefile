# Needs GNU Make >= 3.81 and Python >= 3.11; everything else comes into .venv, and what builds the
# site into .venv-site: the JupyterLab of the lessons would load the site's kernel along with its own.

VENV := .venv
SITE := .venv-site
BIN := $(VENV)/bin
PIP := -m pip --disable-pip-version-check --quiet install
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
	@echo "make clean    remove .venv, .venv-site and caches"

lab: $(VENV)/.lab
	@$(BIN)/balancegame lab $(ARGS)

site: $(SITE)/.site
	@$(SITE)/bin/python -m website $(ARGS)

# Four processes keep two cores busy: tests wait for a browser, a disk or the end of a time limit.
test: $(VENV)/.test
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.grading.bubblewrap
	@$(BIN)/python -m pytest --numprocesses 4 -m "not site" $(ARGS)

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

lock: $(VENV)/.test $(SITE)/.site
	@$(BIN)/python $(PIP) uv
	@$(LOCK) --upgrade --extra lab --output-file requirements/lab.txt
	@$(LOCK) --upgrade --extra site --constraints requirements/lab.txt \
		--output-file requirements/site.txt
	@$(LOCK) --upgrade --extra test --constraints requirements/lab.txt \
		--output-file requirements/test.txt
	@mkdir -p build
	@$(SITE)/bin/python -m website.constraints > build/pyodide-versions.txt
	@$(BROWSER) --upgrade --constraints build/pyodide-versions.txt \
		--output-file requirements/browser.txt

clean:
	rm -rf $(VENV) $(SITE) build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# An environment dies when its Python is removed and misleads when the folder is moved.
place = $(shell $(1)/bin/python -c "print(open('$(1)/.created').read())" 2>/dev/null)
ifneq ($(call place,$(VENV)),$(CURDIR))
$(VENV)/.created: FORCE
endif
ifneq ($(call place,$(SITE)),$(CURDIR))
$(SITE)/.created: FORCE
endif

$(VENV)/.created $(SITE)/.created:
	@for python in $(CANDIDATES); do \
		if "$$python" -c '$(SUITABLE)' 2>/dev/null; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "No Python of version 3.11 or newer with its venv module was found: install one (Debian and Ubuntu: apt install python3-venv) or name one with PYTHON=/path/to/python." >&2; \
		exit 1; \
	fi; \
	echo "Creating $(@D) with $$("$$found" --version)"; \
	"$$found" -m venv --clear $(@D)
	@printf '%s' '$(CURDIR)' > $@

define install
@echo "Installing what make $(1) needs: this takes a minute or two, but only once"
@$(@D)/bin/python $(PIP) --require-hashes --requirement requirements/$(1).txt
@$(@D)/bin/python $(PIP) --no-deps --no-build-isolation --editable .
@$(@D)/bin/python -m compileall -q src
@touch $@
endef

$(VENV)/.lab $(VENV)/.test: $(VENV)/.%: requirements/%.txt pyproject.toml $(VENV)/.created
	$(call install,$*)

$(SITE)/.site: requirements/site.txt pyproject.toml $(SITE)/.created
	$(call install,site)
