"""Settings that every test shares."""

import gc
import os
import sys
from contextlib import ExitStack

import pytest

from tests import few_messages
from tests.copied_workers import copied_workers

# Kernels, commands and graders by the hundred import the package. Where an environment forbids
# compiled files, as those of containers do, each would compile it once more, and each process of
# ours would compile the whole of Hypothesis, because pytest rewrites what brings it a plugin.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Until all is collected there is hardly any garbage, and ever more for its collector to go through.
gc.disable()

# jsonschema, which nbformat needs, compiles 39 grammars as it is imported, and long patterns: more
# than a second in each process, for formats of which no notebook knows.
for unneeded in ("rfc3987_syntax", "rfc3986_validator", "rfc3339_validator", "isoduration"):
    sys.modules.setdefault(unneeded, None)

_COLLECT_AFTER = 20_000
_HAS_BEGUN = pytest.StashKey[bool]()


def pytest_configure(config):
    """Know the marks of exercise tests, which tests here read without running them, and ours."""
    config.addinivalue_line("markers", "root: only root can run this")
    config.addinivalue_line("markers", "site: builds the site and works through it; make test-site")
    for mark in ("task", "points", "criterion", "hint", "hidden", "allows"):
        config.addinivalue_line("markers", f"{mark}: see balancegame.grading.run.pytest_plugin")
    _set_up_hypothesis()
    if hasattr(config, "workerinput") and few_messages.are_enough(config):
        config.pluginmanager.register(few_messages.FewMessages())


def _set_up_hypothesis():
    from hypothesis import settings

    settings.register_profile("local", deadline=None)
    settings.register_profile("ci", deadline=None, derandomize=True)
    settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_collection_finish():
    """Spare the garbage collector all that has been imported and collected, the garbage included.

    Each pytest that a check or a grader starts within this process goes through all of it five
    times when it ends.
    """
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Let garbage be collected from now on, in the process that only hands out tests as well.

    Tests are imported by now, and need not be rewritten any more: exercises that are checked in
    this process never are where a student checks them.
    """
    # Exact numbers are many objects and few circles: to look for these every 700 takes long.
    gc.set_threshold(_COLLECT_AFTER)
    gc.enable()
    rewriting = session.config.pluginmanager.rewrite_hook
    sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not rewriting]


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable(report):
    """Tell another process of what went well without the names by which it may be chosen.

    Nobody reads them there.
    """
    data = yield
    if data and getattr(report, "passed", False) and "keywords" in data:
        data["keywords"] = {}
    return data


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item, nextitem):
    """Spare it what each file leaves behind, too: caches, and modules loaded when first used."""
    _begin(item.config, item)
    result = yield
    if nextitem is None or nextitem.path != item.path:
        gc.collect()
        gc.freeze()
    return result


def _begin(config, item):
    """Give way to browsers, in one of several processes that does not begin with their tests.

    anywidget 0.11 reports an error where a widget has not begun within two seconds.
    """
    if hasattr(config, "workerinput") and _HAS_BEGUN not in config.stash:
        config.stash[_HAS_BEGUN] = True
        if hasattr(os, "nice") and not scope(item.nodeid).startswith("tests/browser/"):
            os.nice(5)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config, specs):
    """Import the tests once, for all of several processes; where none is copied, each does."""
    usual = [spec for spec in specs if spec.popen and not spec.python]
    # Elsewhere there is no fork, or a system's own libraries do not bear it.
    if not usual or sys.platform != "linux":
        return
    until_the_end = ExitStack()
    config.add_cleanup(until_the_end.close)
    places = [str(config.invocation_params.dir / place) for place in config.args]
    python = until_the_end.enter_context(copied_workers(places))
    for spec in usual:
        spec.python = python


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep each file in one process, and in one all files that share a browser.

    Files of browsers come first in the alphabet, and begin when there is most left to do beside
    them. pytest-xdist 3.8 has a mark for this, ``xdist_group``, which it does not see under pytest
    9.2.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Sharing(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return scope(nodeid)

    config.option.loadscopereorder = False
    return Sharing(config, log)


def scope(nodeid):
    """Return what a test shares its process with: its file, or all files with the same fixtures.

    The lessons have a browser of their own: with the others they would take as long as all the
    rest together.
    """
    file = nodeid.split("::")[0]
    shared = ("tests/browser/test_lessons.py", "tests/browser/")
    return next((start for start in shared if file.startswith(start)), file)
