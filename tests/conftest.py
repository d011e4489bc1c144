"""Settings that every test shares."""

import os

import pytest
from hypothesis import settings

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_configure(config):
    """Know the marks of exercise tests, which tests here read without running them, and ours."""
    config.addinivalue_line("markers", "root: only root can run this")
    config.addinivalue_line("markers", "site: builds the site and works through it; make test-site")
    for mark in ("task", "points", "criterion", "hint", "hidden", "allows"):
        config.addinivalue_line("markers", f"{mark}: see balancegame.grading.run.pytest_plugin")


def pytest_collection_modifyitems(items):
    """Keep each file in one process, and all files that share a browser in one."""
    for item in items:
        group = "browser" if item.path.parent.name == "browser" else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))
