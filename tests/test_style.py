"""The house rules that a machine can hold."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    path
    for part in ("src", "tests", "benchmarks", "exercises", "website")
    for path in (REPOSITORY / part).rglob("*")
    if path.suffix in {".py", ".js", ".css"}
)
NOTEBOOKS = sorted(
    path
    for part in ("notebooks", "exercises")
    for path in (REPOSITORY / part).rglob("*.ipynb")
    if ".ipynb_checkpoints" not in path.parts
)
# Spelt so that this file passes its own test.
REGISTRIES = re.compile(
    r"//(?:[\w-]+\.)*(?:py[p]i|python[h]osted|registry\.npm\w+|npm[j]s|deb\.\w+)"
    r"\.(?:org|com)",
    re.IGNORECASE,
)


def named(path):
    return path.relative_to(REPOSITORY).as_posix()


def run(*command):
    result = subprocess.run(
        [sys.executable, "-m", *command], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr


def tracked_files():
    listing = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return [REPOSITORY / line for line in listing.stdout.splitlines()]


def test_the_linter_is_content():
    run("ruff", "check")


def test_the_formatter_is_content():
    run("ruff", "format", "--check")


def test_the_type_checker_is_content():
    run("mypy")


def test_a_file_fits_on_four_hundred_lines():
    lines = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert lines
    assert {name: number for name, number in lines.items() if number > 400} == {}


def test_a_file_is_named_for_what_it_holds():
    vague = {"utils", "helpers", "misc", "core", "manager", "common"}
    assert [named(path) for path in SOURCES if path.stem in vague] == []


def test_no_file_names_the_host_of_a_package_registry():
    naming = []
    for path in tracked_files():
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            naming += [named(path)] if REGISTRIES.search(text) else []
    assert naming == []


@pytest.mark.parametrize("path", sorted((REPOSITORY / "requirements").glob("*.txt")), ids=named)
def test_the_lock_pins_every_version_with_hashes_and_names_no_place(path):
    text = path.read_text(encoding="utf-8")
    entries = [entry for entry in text.replace("\\\n", " ").splitlines() if entry]
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==\S+ ( ;.*)?", entry), entry
        assert "--hash=sha256:" in entry, entry
        assert not re.search(r"://|file:|--(index|extra|find|trusted)", entry), entry


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_a_notebook_is_committed_clean(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert "widgets" not in notebook["metadata"]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
