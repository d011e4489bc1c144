"""The processes of a run are copies of one that has imported the tests, wherever they can be."""

import socket
import subprocess
import sys

import pytest

from tests.copied_workers import ASKS, is_copy

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copied on Linux only")
USUAL = ["-c", "print(6 * 7)"]


def ask(door):
    return subprocess.Popen([sys.executable, "-IS", ASKS, door, *USUAL], stdout=subprocess.PIPE)


def test_the_processes_of_a_run_are_copies(request):
    if not hasattr(request.config, "workerinput"):
        pytest.skip("this process is not one of several")
    assert is_copy()


def test_whoever_finds_nobody_to_copy_starts_as_usual(tmp_path):
    assert ask(tmp_path / "door").communicate(timeout=60)[0].split() == [b"42"]


def test_whoever_is_not_answered_starts_as_usual(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door")
        door.listen()
        asked = ask("door")
        door.accept()[0].close()
        assert asked.communicate(timeout=60)[0].split() == [b"42"]
