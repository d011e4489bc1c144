"""Every example in a docstring is true."""

import doctest
import importlib
import linecache
import pkgutil
from pathlib import Path

import pytest

import balancegame

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(balancegame.__path__, "balancegame.")
    if not module.name.endswith("__main__")
)


def has_examples(name):
    path = Path(*balancegame.__path__).joinpath(*name.split(".")[1:])
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ">>> " in source.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in MODULES if has_examples(name)])
def test_examples_in_docstrings(name):
    module = importlib.import_module(name)
    # doctest asks of every file that linecache holds whether it has changed.
    linecache.clearcache()
    failures = doctest.testmod(module, verbose=False, report=True).failed
    assert failures == 0


def test_examples_are_found_at_all():
    found = sum(
        len(test.examples)
        for name in MODULES
        for test in doctest.DocTestFinder().find(importlib.import_module(name))
    )
    assert found >= 40
