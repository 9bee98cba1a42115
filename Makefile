# make run · make test · make check · make format · make screens. Without make (Windows): see the README.
.POSIX:
.PHONY: run test check lint format golden screens screens-readme accept-screens clean
.DEFAULT_GOAL := run

BIN = .venv/bin
INSTALLED = .venv/.installed
READY = .venv/.ready-to-test

# Serve at http://127.0.0.1:8000, or at HOST and PORT. The database is made and migrated at the start. On this machine alone, without a mail
# server, letters are shown: one who tries it out must be able to sign in.
run: $(INSTALLED)
	@case "$${HOST:-127.0.0.1}$$RUSOFF_SMTP$$RUSOFF_PUBLIC_URL$${RUSOFF_TRUSTED_PROXIES#0}$$RUSOFF_SHOW_LETTERS" in \
	localhost|127.0.0.1|::1) exec $(BIN)/rusoff run --show-letters;; *) exec $(BIN)/rusoff run;; esac

# All that Python alone can prove, and the browser tests where a Chromium is found.
test: $(READY)
	@.ci/test

# Everything. Installs what is missing and possible, and fails when it cannot.
check: $(READY)
	@.ci/tools
	@.ci/check

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Write the documents of the examples anew as text, to read the diff.
golden: $(READY)
	RUSOFF_WRITE_GOLDEN=1 $(BIN)/python -m pytest -q tests/unit/test_golden.py

# Photograph every page and state with example data, at three widths, in light and dark: sheets in screens/. NAMES="page. status" takes only those, NAMES="--language nn" another language.
screens: $(READY)
	$(BIN)/python -m tests.screens $$NAMES

# Take the pictures of the README anew.
screens-readme: $(READY)
	$(BIN)/python -m tests.screens --readme

# Take the ten key pages as they look now for how they ought to look; then read the difference of the pictures.
accept-screens: $(READY)
	CHROMIUM=$$(.ci/chromium) ACCEPT_SCREENS=1 $(BIN)/python -m pytest -q tests/e2e/test_key_pages.py

clean:
	rm -rf .venv .tools

$(INSTALLED): requirements.lock pyproject.toml .ci/venv
	@.ci/venv
	@$(BIN)/python -m pip install --quiet -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(READY): $(INSTALLED) requirements-test.lock
	@$(BIN)/python -m pip install --quiet -r requirements-test.lock
	@touch $@
