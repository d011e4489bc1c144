"""What grading asks of Dask, which need not be here."""

from __future__ import annotations

import sys
from types import ModuleType
from unittest.mock import MagicMock, call

import pytest

from balancegame.errors import GameError
from balancegame.grading.gradebook.cluster import cluster


@pytest.fixture
def client(monkeypatch):
    distributed = ModuleType("distributed")
    distributed.Client = MagicMock()
    monkeypatch.setitem(sys.modules, "distributed", distributed)
    return distributed.Client


def test_a_submission_that_is_tried_again_runs_again(client):
    # Equal calls of a pure function are one to Dask, and a failure is kept with it.
    with cluster("tcp://here:8786") as executor:
        assert executor is client.return_value.get_executor.return_value
        assert client.return_value.__exit__.mock_calls == []
    assert client.mock_calls[0] == call("tcp://here:8786", timeout="20s")
    assert client.return_value.get_executor.mock_calls[0] == call(pure=False)
    assert client.return_value.__exit__.called


def test_nobody_answers(client):
    client.side_effect = OSError("timed out")
    with pytest.raises(GameError) as error, cluster("tcp://here:8786"):
        pass
    assert str(error.value) == (
        "no Dask scheduler answers at tcp://here:8786 (timed out); start one or leave it out."
    )


def test_no_dask(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(GameError, match="grading on a cluster needs Dask; install it with"):
        cluster("tcp://here:8786").__enter__()
