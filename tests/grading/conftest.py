"""One engine a tier for all tests of attacks: the run goes on, whatever it has met before."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from functools import cache

import pytest

from balancegame.grading.isolation import fresh_interpreter
from balancegame.grading.isolation.bubblewrap_forks import ForkServer
from balancegame.grading.isolation.library import library
from balancegame.grading.isolation.tiers import LEAKS, TIERS, probe
from balancegame.grading.run import collected
from balancegame.grading.run.engine import open_engine
from balancegame.grading.submission.patience import Patience
from balancegame.grading.tournament import entries
from tests.grading import warm_workers
from tests.grading.guide import write_exercises
from tests.grading.hostile import EXERCISE, Classroom
from tests.grading.warm_start import WarmStart


# To try a tier starts a process, which nobody needs who only collects tests.
@cache
def missing():
    """Return what keeps this machine from each tier, in words, or None."""
    return {tier.name: tier.missing for tier in probe()}


def skip_unless_offered(name):
    """Skip a test of a tier that this machine does not offer."""
    # A fence that is down must not pass for a machine that has none.
    why = missing()[name]
    assert not str(why).startswith(LEAKS), why
    if why is not None:
        pytest.skip(f"the tier {name} is not offered here: {why}")


@pytest.fixture(scope="session", autouse=True)
def warm_start():
    """Fork what collects tests and workers, instead of starting Python for each of them."""
    with pytest.MonkeyPatch.context() as patched, closing(WarmStart()) as start:
        if hasattr(os, "fork"):
            patched.setattr(collected, "subprocess", start)
            patched.setattr(fresh_interpreter, "subprocess", warm_workers)
        yield


@pytest.fixture(scope="session")
def exercises_to_read(tmp_path_factory):
    """The guide's exercises for classes that leave them as they are: collected for all at once."""
    return write_exercises(tmp_path_factory.mktemp("guide"))


@pytest.fixture(scope="module")
def server():
    """What starts workers of the hardened tier."""
    skip_unless_offered("hardened")
    with closing(ForkServer(library())) as server:
        yield server


@pytest.fixture(scope="module")
def games_loaded():
    """Fork strategies from a process that holds the games, which each of them would import."""
    if missing()["hardened"] is not None:
        yield
        return
    with closing(ForkServer(library(), frozenset({"numpy"}))) as server:
        # What follows is ordered over its line, which is there once it has started.
        server.start().end()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(entries, "proved", {"hardened": server}.get)
            yield


@pytest.fixture(scope="session", params=TIERS)
def tier(request):
    skip_unless_offered(request.param)
    return request.param


@contextmanager
def _classroom(tier, patience, folder):
    room = Classroom(folder)
    with open_engine(room.exercises, tier, patience=patience) as engine:
        room.engine = engine
        # What is asked of everybody is asked of the first attack, too.
        engine.grade("ann", EXERCISE, room.ann)
        yield room
        room.see_that_ann_gets_everything()


@pytest.fixture(scope="session")
def classroom(tier, tmp_path_factory):
    """A class with time enough for whatever ends by itself or by another limit."""
    patience = Patience(cell=60, call=60, whole=240)
    with _classroom(tier, patience, tmp_path_factory.mktemp(f"class-{tier}")) as room:
        yield room


@pytest.fixture(scope="session")
def hurried(tier, tmp_path_factory):
    """A class for what never ends: each cell and call gets little time, all together plenty.

    What is honest beside it is a word, which takes a thousandth of that, on a slow machine too.
    Ann, who is called, has the time that a class has.
    """
    patience = Patience(cell=0.6, call=0.3, whole=240, at_once=0.1)
    with _classroom(tier, patience, tmp_path_factory.mktemp(f"hurried-{tier}")) as room:
        yield room


@pytest.fixture(scope="session")
def exhausted(tier, tmp_path_factory):
    """A class for what uses up all the time of a submission."""
    patience = Patience(cell=1.5, call=60, whole=2.5, at_once=0.15)
    with _classroom(tier, patience, tmp_path_factory.mktemp(f"exhausted-{tier}")) as room:
        yield room


@pytest.fixture(scope="session")
def hardened(classroom):
    """The class of the hardened tier, for what the process tier does not claim to hold."""
    return classroom


def pytest_collection_modifyitems(items):
    """Leave out what the process tier does not claim: docs/grading-security.md."""
    items[:] = [
        item
        for item in items
        if "hardened" not in getattr(item, "fixturenames", ())
        or item.callspec.params.get("tier") == "hardened"
    ]
