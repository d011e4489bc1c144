"""What grading asks of a cluster such as Dask, which need not be here."""

from __future__ import annotations

import os
import sys
import threading
import time
import zipfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from unittest.mock import MagicMock, call

import pytest

from balancegame.errors import GameError
from balancegame.grading.gradebook.class_run import WAITING_A_JOB, grade_class
from balancegame.grading.gradebook.cluster import cluster
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.run import engine, grading_process
from balancegame.grading.run.engine import open_engine
from balancegame.grading.run.pytest_session import Session


@pytest.fixture
def client(monkeypatch):
    distributed = ModuleType("distributed")
    distributed.Client = MagicMock()
    distributed.Client.return_value.status = "running"
    distributed.Client.return_value.nthreads.return_value = {"tcp://there:1": 2, "tcp://there:2": 4}
    monkeypatch.setitem(sys.modules, "distributed", distributed)
    return distributed.Client


class KilledWorker(Exception):  # noqa: N818 - the name that Dask gives it
    """Dask's own is known by its name."""


def test_a_submission_that_is_tried_again_runs_again(client):
    # Equal calls of a pure function are one to Dask, and a failure is kept with it.
    with cluster("tcp://here:8786") as executor:
        assert executor.jobs == 6
        assert client.return_value.__exit__.mock_calls == []
        executor.submit(len, ())
    assert client.return_value.submit.mock_calls[0] == call(len, (), pure=False)
    assert client.return_value.__exit__.called


@pytest.mark.parametrize(
    ("happened", "error", "says"),
    [
        (Future.cancel, InfrastructureFault, "the scheduler at here:8786 dropped it."),
        (
            lambda begun: begun.set_exception(KilledWorker("task", "worker", 3)),
            InfrastructureFault,
            "the workers that graded it died.",
        ),
        (
            # As a result that was there when its scheduler ended.
            lambda begun: begun.set_exception(ConnectionResetError("closed")),
            InfrastructureFault,
            "the scheduler at here:8786 dropped it.",
        ),
        (lambda begun: begun.set_exception(KeyError("own")), KeyError, "'own'"),
    ],
    ids=["dropped", "killed worker", "cannot be fetched", "its own error"],
)
def test_what_dask_says_is_said_in_our_words(client, happened, error, says):
    begun = Future()
    client.return_value.submit.return_value = begun
    with cluster("here:8786") as executor:
        outcome = executor.submit(len, ())
        happened(begun)
        begun.cancelled() and begun.set_running_or_notify_cancel()
        with pytest.raises(error) as raised:
            outcome.result(timeout=1)
    assert str(raised.value) == says


def test_a_scheduler_that_was_lost_is_waited_for(client):
    with cluster("here:8786") as executor:
        client.return_value.status = "connecting"
        threading.Timer(0.3, setattr, (client.return_value, "status", "running")).start()
        begin = time.monotonic()
        executor.submit(len, ())
        assert time.monotonic() - begin > 0.2
        client.return_value.status = "closed"
        with pytest.raises(
            GameError, match="the Dask scheduler at here:8786 went away; what was grad"
        ):
            executor.submit(len, ())


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
        open_engine(tmp_path, tier="process", executor=threads) as opened,
    ):
        futures = [opened.submit(name, "01_nothing", None) for name in ("ann", "bob", "cem")]
        assert [future.result().points for future in futures] == [1, 1, 1]
    for session in sessions:
        session.close()
    assert alone == [True, True, True]


def test_a_worker_without_the_fences_that_are_required_grades_nothing(tmp_path, monkeypatch):
    """The fences of the machine that sends the work say nothing of those of another machine."""
    (tmp_path / "test_01_nothing.py").write_text("def test_nothing(student):\n    pass\n")
    monkeypatch.setattr(engine, "choose", lambda tier: tier)

    def missing(tier):
        raise GameError("the isolation hardened is required, but it is not here.")

    monkeypatch.setattr(grading_process, "choose", missing)
    with (
        ThreadPoolExecutor(1) as threads,
        pytest.raises(GameError, match=r"^on .+ the isolation hardened is required, but"),
        open_engine(tmp_path, tier="hardened", executor=threads),
    ):
        pass


class Elsewhere(ThreadPoolExecutor):
    """Grades in another folder, as the workers of a cluster do."""

    def submit(self, order, /, *arguments):
        def done():
            here = Path.cwd()
            os.chdir("/")
            try:
                return order(*arguments)
            finally:
                os.chdir(here)

        return super().submit(done)


NOTHING = "import pytest\n\n\n@pytest.mark.task(1)\ndef test_it(student):\n    pass\n"


def test_a_class_is_named_as_it_is_seen_from_here(tmp_path, monkeypatch):
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "test_01_it.py").write_text(NOTHING, encoding="utf-8")
    (tmp_path / "class" / "ann").mkdir(parents=True)
    (tmp_path / "class" / "ann" / "01_it.py").write_text("x = 1", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "class" / "bob.zip", "w") as packed:
        packed.writestr("01_it.py", "x = 1")
    monkeypatch.chdir(tmp_path)
    with (
        Elsewhere(1) as executor,
        open_engine(Path("exercises"), tier="process", executor=executor) as grader,
    ):
        report = grader.grade("ann", "01_it", Path("class/ann/01_it.py"))
        assert (report.problem, [each.verdict for each in report.outcomes]) == ("", ["passed"])
        assert [m.name for m in grader.open_archive(Path("class/bob.zip")).members] == ["01_it.py"]


def test_what_a_process_that_grades_does_not_see_is_nobodys_fault(tmp_path):
    (tmp_path / "test_01_it.py").write_text(NOTHING, encoding="utf-8")
    with open_engine(tmp_path, tier="process") as grader:
        for missing in (tmp_path / "ann" / "01_it.py", tmp_path / "test_01_it.py" / "01_it.py"):
            with pytest.raises(InfrastructureFault, match=r"01_it\.py is not there on .* see the"):
                grader.grade("ann", "01_it", missing)
            with pytest.raises(InfrastructureFault, match="is not there on"):
                grader.open_archive(missing)


def test_no_more_wait_than_the_workers_that_are_there_can_take(client, tmp_path):
    tests = "import pytest\n\n\n@pytest.mark.task(1)\ndef test_nothing(student):\n    pass\n"
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "test_01_nothing.py").write_text(tests, encoding="utf-8")
    for number in range(36):
        path = tmp_path / "class" / f"{number:02}" / "01_nothing.py"
        path.parent.mkdir(parents=True)
        path.write_text("x = 1", encoding="utf-8")
    waiting, most = set(), []

    class Threads:
        def __init__(self):
            self.threads = ThreadPoolExecutor(1)

        def submit(self, *call, pure):
            future = self.threads.submit(*call)
            waiting.add(future)
            most.append(len(waiting))
            future.add_done_callback(waiting.discard)
            return future

    threads = Threads()
    client.return_value.submit = threads.submit
    client.return_value.nthreads.return_value = {"tcp://there:1": 3}
    with cluster("here:8786") as executor:
        run = grade_class(
            tmp_path / "class",
            tmp_path / "exercises",
            tmp_path / "out",
            tier="process",
            executor=executor,
        )
    threads.threads.shutdown()
    assert (run.graded, run.faults) == (36, 0)
    assert 20 <= max(most) <= 3 * WAITING_A_JOB
