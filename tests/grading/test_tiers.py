"""That the hardened tier is there, and so tested, wherever a machine could have it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing

import pytest

from balancegame.grading.isolation import tiers
from balancegame.grading.isolation.bubblewrap_forks import Forks, ForkServer
from balancegame.grading.isolation.library import library
from balancegame.grading.isolation.tiers import Workers, probe
from tests.grading.bubblewrap import missing
from tests.grading.conftest import skip_unless_offered

# Whether this user may make the namespaces that bubblewrap needs: a container may forbid it.
MAKE_NAMESPACES = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x10000000 | 0x00020000))"


@pytest.fixture
def bubblewrap():
    skip_unless_offered("hardened")


def why_it_cannot_be():
    """Return what keeps this machine from the hardened tier, whoever set it up, or None."""
    if sys.platform != "linux":
        return "it needs Linux"
    from balancegame.grading.worker import landlock

    if not landlock.version():
        return "this kernel has no Landlock"
    if subprocess.run([sys.executable, "-c", MAKE_NAMESPACES]).returncode:
        return "this user may not make namespaces"
    # On a machine of one's own, what root has not installed cannot be tested.
    if missing() and os.geteuid() != 0 and not os.environ.get("CI"):
        return f"root has not installed {' and '.join(missing())}"
    return None


def test_the_hardened_tier_is_here_wherever_it_can_be():
    reason = why_it_cannot_be()
    if reason is not None:
        pytest.skip(reason)
    assert {tier.name: tier.missing for tier in probe()} == {"process": None, "hardened": None}


@pytest.mark.usefixtures("bubblewrap")
def test_two_graders_order_from_one_fork_server():
    with closing(ForkServer(library())) as server:
        graders = [Forks(server.control.dup()) for _ in range(2)]
        for _ in range(3):
            workers = [grader.start() for grader in graders]
            for number, worker in enumerate(workers):
                worker.channel.ask({"cells": [f"mine = {number}"]}, 20)
            found = [worker.channel.ask({"name": "mine"}, 20)["value"] for worker in workers]
            assert found == [0, 1]
            for worker in workers:
                worker.end()
        graders[0].close()
        graders[1].start().end()
        graders[1].close()


@pytest.mark.usefixtures("bubblewrap")
def test_a_grader_whose_fork_server_has_ended_starts_one_of_its_own():
    with closing(ForkServer(library())) as server:
        forks = Forks(server.control.dup())
    with closing(Workers("hardened", forks)) as workers:
        worker = workers.start()
        assert worker.channel.ask({"cells": ["x = 1"]}, 20) == {"done": True}
        worker.end()


@pytest.mark.usefixtures("bubblewrap")
def test_a_fork_server_that_is_closed_while_it_starts_leaves_nobody_behind():
    for _ in range(15):
        server = ForkServer(library())
        with closing(server.control.dup()) as line:
            server.close()
            line.settimeout(60)
            # Whoever is left would hold the other end, and say nothing.
            while line.recv(1):
                pass


@pytest.mark.usefixtures("bubblewrap")
def test_the_fork_server_that_was_tried_is_the_one_that_graders_use():
    probe()
    forks = tiers.proved("hardened")
    assert forks is not None
    assert tiers.proved("process") is None
    forks.start().end()
