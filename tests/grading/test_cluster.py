"""What grading asks of a cluster such as Dask, which need not be here."""

from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from unittest.mock import MagicMock, call

import pytest

from balancegame.errors import GameError
from balancegame.grading.gradebook.cluster import cluster
from balancegame.grading.run.engine import open_engine
from balancegame.grading.run.pytest_session import Session


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


def test_a_worker_with_several_threads_grades_one_submission_at_a_time(tmp_path, monkeypatch):
    tests = "import pytest\n\n\n@pytest.mark.task(1)\ndef test_nothing(student):\n    pass\n"
    (tmp_path / "test_01_nothing.py").write_text(tests, encoding="utf-8")
    alone, running, sessions = [], threading.Lock(), set()
    run = Session.run

    def watched(session, *arguments):
        sessions.add(session)
        first = running.acquire(blocking=False)
        alone.append(first)
        try:
            time.sleep(0.1)
            return run(session, *arguments)
        finally:
            if first:
                running.release()

    monkeypatch.setattr(Session, "run", watched)
    with (
        ThreadPoolExecutor(3) as threads,
        open_engine(tmp_path, tier="process", executor=threads) as engine,
    ):
        futures = [engine.submit(name, "01_nothing", None) for name in ("ann", "bob", "cem")]
        assert [future.result().points for future in futures] == [1, 1, 1]
    for session in sessions:
        session.close()
    assert alone == [True, True, True]
