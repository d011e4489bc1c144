"""Attacks with values that compare equal to anything, or that no grader can hold."""

from __future__ import annotations

import json
import socket
import threading

import pytest

from balancegame.grading.isolation.channel import Channel
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import cell_source, live_source
from balancegame.grading.submission.cells import parse_script
from balancegame.grading.submission.submitted_file import Submission
from balancegame.grading.worker.answering import _respond
from tests.grading.hostile import EXERCISE, SOLUTION, TESTS

LIAR = """
class Liar({base}):
    __class__ = {base}
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    def __hash__(self): return hash(42)
    def __int__(self): return Liar(7)
    def __index__(self): return 42
    def __float__(self): return 7.0
    def __str__(self): return "42"
    def __repr__(self): return "42"
"""
VALUES = {
    "int subclasses": LIAR.format(base="int") + "number = Liar(7)",
    "float subclasses": LIAR.format(base="float") + "number = Liar(7.5)",
    "str subclasses": LIAR.format(base="str") + "number = Liar('x')",
    "tuple subclasses": LIAR.format(base="tuple") + "number = Liar((1, 2))",
    "list subclasses": LIAR.format(base="list") + "number = Liar([1])",
    "dict subclasses": LIAR.format(base="dict") + "number = Liar(a=1)",
    "an object of its own": LIAR.format(base="object") + "number = Liar()",
    "array subclasses": (
        "import numpy as np\nclass A(np.ndarray):\n    def __eq__(self, other): return True\n"
        "    def tolist(self): return Ellipsis\nnumber = np.array([42]).view(A)"
    ),
    "a numpy array equal to everything": "import numpy as np\nnumber = np.array([True, True])",
    "a function": "number = lambda: 42",
    "a generator": "number = (x for x in (42,))",
    "a mock": "from unittest.mock import MagicMock, ANY\nnumber = ANY",
    "True for 1": "number = True",
    "text for a number": "number = '42'",
    "a float for a number": "number = 42.5",
    "a percentage with an exponent": "number = '42e2%'",
    "an object that says it is a truth value": (
        "class B:\n    __class__ = bool\n    def __eq__(self, other): return True\nnumber = B()"
    ),
    "NaN": "number = float('nan')",
    "infinity": "number = float('inf')",
    "1e999": "number = 1e999",
    "5000-digit integers": "number = 10**5000",
    "a number that prints for ever": "number = 1 << 2**27",
    "deep nesting": "number = 42\nfor _ in range(100_000):\n    number = [number]",
    "nesting without end": "number = []\nnumber.append(number)",
    "lone surrogates": "number = '\\ud800' * 3",
    "huge return values": "number = list(range(10**6))",
    "a huge text": "number = 'x' * 10**7",
    "a huge set of equal hashes": "number = {k * (2**61 - 1) for k in range(10_000)}",
    "a length that lies": (
        "class L(list):\n    def __len__(self): return 1\nnumber = L(range(10**6))"
    ),
    "iteration without end": (
        "class L(list):\n    def __iter__(self):\n        while True: yield 1\nnumber = L([1])"
    ),
    "a type whose name is an attack": "number = type('=cmd|<script>\\x1b[31m' * 99, (), {})()",
}


# These cost time as long as there is any, so little is given to them.
SLOW = ("a huge set of equal hashes", "a length that lies", "iteration without end")
QUICK = [name for name in VALUES if name not in SLOW]


@pytest.mark.parametrize("name", QUICK)
def test_equal_to_anything(name, classroom):
    given_and_returned(classroom, VALUES[name])


@pytest.mark.parametrize("name", SLOW)
def test_slow_to_send(name, hurried):
    given_and_returned(hurried, VALUES[name])


def given_and_returned(room, source):
    body = source.strip().replace("\n", "\n    ")
    answer = f"# Task 3\ndef double(x):\n    {body}\n    return number"
    room.attack(f"# Task 2\n{source}", answer)


REPLIES = (
    '{"id": ID, "value": 42, "value": 42}',
    '{"id": ID, "value": NaN}',
    '{"id": ID, "value": Infinity}',
    '{"id": ID, "value": 1e999}',
    '{"id": ID, "value": ' + "9" * 5000 + "}",
    '{"id": ID, "value": ' + "[" * 50_000 + "]" * 50_000 + "}",
    '{"id": ID, "value": ' + '{"list": [' * 100 + "]}" * 100 + "}",
    '{"id": ID, "value": "\\ud800"}',
    '{"id": ID, "value": {"fraction": "1/0"}}',
    '{"id": ID, "value": {"fraction": "9e99999/1"}}',
    '{"id": ID, "value": {"other": 3}}',
    '{"id": ID, "value": {"set": [{"tuple": [{"list": []}]}]}}',
    '{"id": ID, "value": {"dict": [[1]]}}',
    '{"id": ID, "value": {"what": 1}}',
    '{"id": ID, "value": [1]}',
    '{"id": ID, "stopped": 5}',
    '{"id": ID, "stopped": {"a": [1]}, "silent": "no"}',
    '{"id": ID}',
    '{"id": "0", "value": 84}',
    '[{"id": ID}]',
    "3",
    "null",
    "",
    "\xff\xfe",
    '{"id": ID, "value": 1}{"id": ID, "value": 1}',
    '{"id": ID, "missing": true, "value": {"dots": 1}}',
)


class Forger:
    """A worker that runs cells, and answers each call by hand with the right number of the call."""

    def __init__(self, reply):
        ours, self.line = socket.socketpair()
        self.channel = Channel(ours)
        self.reply = reply
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        namespace = {}
        with self.line, self.line.makefile("rwb") as file:
            for line in file:
                request = json.loads(line)
                if "arguments" in request:
                    number = json.dumps(request["id"])
                    file.write(self.reply.replace("ID", number).encode("latin-1") + b"\n")
                    return
                for reply in _respond(namespace, request):
                    file.write(json.dumps({"id": request["id"], **reply}).encode() + b"\n")
                file.flush()

    def end(self):
        self.channel.close()


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """The tests of the attacked exercise in this process, for workers that are no process."""
    path = tmp_path_factory.mktemp("forged") / f"test_{EXERCISE}.py"
    path.write_text(TESTS, encoding="utf-8")
    opened = Session([path])
    yield opened
    opened.close()


LYING_ERRORS = {
    "line": "class E(SyntaxError):\n    @property\n    def lineno(self): raise ValueError",
    "line of very many digits": "class E(SyntaxError):\n    lineno = '9' * 5000",
    "message": "class E(SyntaxError):\n    @property\n    def msg(self): raise ValueError",
    "text": "class E(Exception):\n    def __str__(self): raise KeyboardInterrupt",
    "name": (
        "class M(type):\n    @property\n    def __name__(self): raise ValueError\n"
        "class E(Exception, metaclass=M): pass"
    ),
}


@pytest.mark.parametrize("lie", LYING_ERRORS)
def test_an_exception_that_hides_what_it_is(lie, classroom, session):
    source = f"{LYING_ERRORS[lie]}\ndef double(x):\n    raise E()"
    classroom.attack(f"# Task 2\n{source}\nraise E()", f"# Task 3\n{source}")
    answers = {}
    exec(source, answers)
    found = session.run(EXERCISE, live_source(answers), 60)
    assert {each.verdict for each in found if each.task == 3} == {"wrong"}


def test_no_object_of_a_students_class_meets_a_test_in_a_notebook(session):
    for name in QUICK:
        answers = {}
        exec(VALUES[name], answers)
        answers["double"] = answers["length"] = lambda *_, number=answers["number"]: number
        found = session.run(EXERCISE, live_source(answers), 60)
        assert {each.verdict for each in found} <= {"wrong", "unattempted"}, name


@pytest.mark.parametrize("reply", REPLIES)
def test_forged_json(reply, session):
    cells = parse_script("\n# %%\n".join(SOLUTION).encode())
    source = cell_source(Submission(cells), lambda opened: Forger(reply), "")
    found = session.run(EXERCISE, source, 60)
    source.close()
    # Whoever forges the answers to calls has what needs no call.
    assert sum(outcome.points for outcome in found) == 3
    for outcome in found:
        assert outcome.verdict in {"passed", "wrong", "unattempted"}, outcome.message
        assert outcome.message.isprintable()


@pytest.mark.parametrize("reply", [REPLIES[0], REPLIES[-2]])
def test_forging_json_in_a_worker(reply, classroom):
    """Find the number of the call in a frame, and the line to the grader among descriptors."""
    source = f"""
def double(x):
    import os, sys, stat
    frame = sys._getframe()
    while frame and "request" not in frame.f_locals:
        frame = frame.f_back
    number = frame.f_locals["request"]["id"]
    line = {reply!r}.replace("ID", '"' + number + '"').encode("latin-1") + b"\\n"
    for descriptor in range(64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.write(descriptor, line)
                break
        except OSError:
            pass
    os._exit(0)
"""
    classroom.attack(f"# Task 3{source}")
