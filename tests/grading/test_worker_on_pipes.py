"""A worker as systems start it whose processes inherit no sockets."""

from __future__ import annotations

import pytest

from balancegame.grading.isolation import fresh_interpreter
from balancegame.grading.isolation.channel import Silent
from balancegame.grading.isolation.library import library


@pytest.fixture
def worker(monkeypatch):
    monkeypatch.setattr(
        fresh_interpreter, "_launched_on_a_socket", fresh_interpreter._launched_on_pipes
    )
    started = fresh_interpreter.start_process(library())
    yield started
    started.end()


def test_a_worker_on_pipes_answers_in_time_or_not_at_all(worker):
    longer_than_a_pipe = f"text = {'x' * 300_000!r}"
    assert worker.channel.ask({"cells": [longer_than_a_pipe]}, 60) == {"done": True}
    assert worker.channel.ask({"name": "text"}, 60) == {"value": "x" * 300_000}
    with pytest.raises(Silent) as silent:
        worker.channel.ask({"cells": ["while True: pass"]}, 0.2)
    assert silent.value.late


def test_a_worker_on_pipes_that_ends_is_noticed_at_once(worker):
    with pytest.raises(Silent) as silent:
        worker.channel.ask({"cells": ["import os; os._exit(0)"]}, 60)
    assert not silent.value.late
