"""Settings that every test shares."""

import os

from hypothesis import settings

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_configure(config):
    """Know the marks of exercise tests, which tests here read without running them."""
    for mark in ("task", "points", "criterion", "hint", "hidden", "allows"):
        config.addinivalue_line("markers", f"{mark}: see balancegame.grading.run.pytest_plugin")
