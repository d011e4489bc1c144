"""One engine a tier for all tests of attacks: the run goes on, whatever it has met before."""

from __future__ import annotations

import pytest

from balancegame.grading.engine import Patience, open_engine
from balancegame.grading.isolation import TIERS, probe
from tests.grading.hostile import Classroom

MISSING = {tier.name: tier.missing for tier in probe()}


@pytest.fixture(scope="session", params=TIERS)
def tier(request):
    if MISSING[request.param] is not None:
        pytest.skip(f"the tier {request.param} is not offered here: {MISSING[request.param]}")
    return request.param


@pytest.fixture(scope="session")
def classroom(tier, tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp(f"class-{tier}"))
    patience = Patience(cell=3, call=1.5, whole=7)
    with open_engine(room.exercises, tier, patience=patience) as engine:
        room.engine = engine
        yield room


@pytest.fixture(scope="session")
def hardened(classroom, tier):
    if tier != "hardened":
        pytest.skip("the process tier does not claim this: docs/grading-security.md")
    return classroom
