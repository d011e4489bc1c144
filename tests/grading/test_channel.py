"""The line to a worker: what a reply must be, and how it runs where no sockets are inherited."""

from __future__ import annotations

import json
import socket

import pytest

from balancegame.grading.isolation import fresh_interpreter
from balancegame.grading.isolation.channel import Channel, Silent
from balancegame.grading.isolation.library import library
from balancegame.grading.worker.wire import Unreadable


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


def replied(line, *replies):
    """Answer what was asked, each reply with the number of the question where it says ID."""
    number = json.dumps(json.loads(line.recv(1000))["id"])
    line.sendall("".join(reply.replace("ID", number) + "\n" for reply in replies).encode())


def test_a_reply_must_carry_the_number_of_its_question(ends):
    channel, line = ends
    with pytest.raises(Silent):
        channel.ask({"name": "x"}, 0.01)
    replied(line, '{"id": ID, "value": 1}')
    assert channel.reply(1) == {"value": 1}
    with pytest.raises(Silent):
        channel.ask({"name": "x"}, 0.01)
    replied(line, '{"id": "0", "value": 1}')
    with pytest.raises(Unreadable, match="another question"):
        channel.reply(1)


def test_a_question_has_as_many_replies_as_were_asked_for(ends):
    channel, line = ends
    with pytest.raises(Silent):
        channel.ask({"cells": ["", ""]}, 0.01, replies=2)
    replied(line, *['{"id": ID, "done": true}'] * 3)
    assert channel.reply(1) == {"done": True}
    with pytest.raises(Unreadable, match="another question"):
        channel.reply(1)


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
