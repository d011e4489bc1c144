"""Every example in a docstring is true."""

import doctest
import importlib
import pkgutil

import pytest

import balancegame

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(balancegame.__path__, "balancegame.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    module = importlib.import_module(name)
    failures = doctest.testmod(module, verbose=False, report=True).failed
    assert failures == 0


def test_examples_are_found_at_all():
    found = sum(
        len(test.examples)
        for name in MODULES
        for test in doctest.DocTestFinder().find(importlib.import_module(name))
    )
    assert found >= 40
