"""Attacks that change Python itself where the student's code runs, and forge what it reports."""

from __future__ import annotations

import pytest

from tests.grading.hostile import ALL, SOLUTION

PATCHES = {
    "json": "import json\njson.dumps = lambda *a, **k: '{\"value\": 42}'",
    "json so that it ends Python": "import json, os\njson.loads = lambda *a: os._exit(0)",
    "builtins": (
        "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.type = lambda x: int\n"
        "builtins.len = lambda x: 42\nbuiltins.callable = lambda x: False"
    ),
    "unittest": "import unittest\nunittest.TestCase.assertEqual = lambda *a: None",
    "assert rewriting": "import sys\nsys.modules['_pytest'] = sys.modules['pytest'] = sys",
    "IPython input transformers": (
        "get_ipython().input_transformers_cleanup.append(lambda lines: ['number = 42'])"
    ),
    "import hooks": (
        "import sys\nclass H:\n    def find_spec(self, *a): return None\n"
        "sys.meta_path[:] = [H()]\nsys.path_hooks[:] = []"
    ),
    "sys.stdout": "import sys\nsys.stdout = sys.stderr = sys.stdin = None",
    "signal handlers": (
        "import signal\nfor s in range(1, 32):\n    try: signal.signal(s, signal.SIG_IGN)\n"
        "    except OSError: pass"
    ),
    "time": "import time\ntime.time = time.monotonic = time.perf_counter = lambda: 0",
    "the comparison of numbers": (
        "import ctypes, fractions\nfractions.Fraction.__eq__ = lambda *a: True"
    ),
    "the worker's own functions": (
        "import sys\nfor name, module in list(sys.modules.items()):\n"
        "    if name.startswith('balancegame'):\n"
        "        for key in ('encode', 'call', 'fetch', '_respond', 'describe'):\n"
        "            if hasattr(module, key): setattr(module, key, lambda *a: {'value': 42})"
    ),
    "recursion and switching": (
        "import sys\nsys.setrecursionlimit(10**9)\nsys.setswitchinterval(99)"
    ),
    "tracing": (
        "import sys, threading\nsys.settrace(lambda *a: None)\nsys.setprofile(lambda *a: None)"
    ),
    "garbage collection": "import gc\ngc.disable()\ngc.set_threshold(0)",
}


@pytest.mark.parametrize("name", PATCHES)
def test_patching_gains_nothing(name, classroom):
    source = f"# Task 2\n{PATCHES[name]}"
    # A student who answers everything 42 in so roundabout a way has answered 42.
    assert classroom.grade(classroom.hand_in("mallory", source)).points in {0, 2}


FORGERIES = {
    "writing protocol replies to every descriptor, early": (
        'import os\nline = b\'{"id": "0", "value": 42, "passed": true}\\n\' * 9\n'
        "for d in range(3, 64):\n    try: os.write(d, line)\n    except OSError: pass"
    ),
    "writing protocol replies twice": (
        "import builtins, os\nreal = os.write\n"
        "import sys\nservice = sys.modules['balancegame.grading.worker.answering']\n"
        "class Twice:\n    def __getattr__(self, n): return getattr(service_json, n)\n"
        "    def dumps(self, value):\n        text = service_json.dumps(value)\n"
        "        return text + '\\n' + text\n"
        "service_json = service.json\nservice.json = Twice()"
    ),
    "printing that tests passed": (
        "print('7 passed in 0.01s')\nimport sys\nprint('7 passed', file=sys.stderr)\n"
        "import os\nos.write(1, b'7 passed')\nos.write(2, b'PASSED')"
    ),
    "writing result files": (
        "for name in ('grades.csv', 'results.json', 'gradebook.sqlite', 'junit.xml'):\n"
        "    open(name, 'w').write('mallory,8')"
    ),
    "writing result files above": (
        "import os\nfor up in ('..', '../..', '../../..'):\n"
        "  for name in ('grades.csv', 'results.json', 'gradebook.sqlite'):\n"
        "    try: open(os.path.join(up, 'mallory-' + name), 'x').write('mallory,8')\n"
        "    except OSError: pass"
    ),
    "replies prepared for future calls": (
        'import itertools, os\nreplies = b\'\'.join(b\'{"id": "%032x", "value": 42}\\n\' % n\n'
        "                    for n in range(1000))\n"
        "for d in range(3, 64):\n    try: os.write(d, replies)\n    except OSError: pass"
    ),
    "a flood of replies": (
        "import os, threading\ndef flood():\n    while True:\n        for d in range(3, 64):\n"
        "            try: os.write(d, b'x' * 65536)\n            except OSError: pass\n"
        "threading.Thread(target=flood, daemon=True).start()"
    ),
    "a reply that never ends its line": (
        "import os\nfor d in range(3, 64):\n    try: os.write(d, b'{' * 1000)\n"
        "    except OSError: pass"
    ),
    "closing every descriptor": "import os\nos.closerange(0, 256)",
    "taking the requests away": (
        "import os, threading\ndef take():\n    while True:\n        for d in range(3, 16):\n"
        "            try:\n                os.set_blocking(d, False); os.read(d, 1)\n"
        "            except OSError: pass\n"
        "threading.Thread(target=take, daemon=True).start()"
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_forging_results_gains_nothing(name, classroom):
    path = classroom.hand_in("mallory", SOLUTION[0], f"# Task 2\n{FORGERIES[name]}")
    assert classroom.grade(path).points <= 3


def test_an_answer_that_looks_for_the_right_one_in_the_request(classroom):
    """Frames show what a call asks, and nothing of what it should answer."""
    classroom.attack(
        "# Task 2\nimport gc, sys\nfound = [o for o in gc.get_objects() if isinstance(o, dict)\n"
        "         and ('ANSWER' in o or 'expected' in o)]\nnumber = found or repr(sys._getframe(1))"
    )


CONFIGURATION = (
    *("conftest.py", "pytest.ini", "sitecustomize.py", "usercustomize.py", "evil.pth"),
    *("json.py", "numpy.py", "random.py", "pyproject.toml", "tox.ini", "os.py", "balancegame.py"),
    *(".pythonrc", "PYTHONSTARTUP", "test_09_attacked.py", "pyvenv.cfg"),
)


@pytest.mark.parametrize("names", [CONFIGURATION, ("numpy/__init__.py",)])
def test_files_beside_the_submission(names, classroom):
    marks = {name: classroom.submissions / f"taken {name.replace('/', ' ')}" for name in names}
    beside = []
    for name, mark in marks.items():
        evil = f"open({str(mark)!r}, 'w')\nraise SystemExit('taken')\n".encode()
        beside.append(classroom.put("mallory", evil, name))
    try:
        source = "# Task 2\nimport json, random, numpy, os\nnumber = 42"
        path = classroom.hand_in("mallory", SOLUTION[0], source, *SOLUTION[2:])
        assert classroom.grade(path).points == ALL
        assert [name for name, mark in marks.items() if mark.exists()] == []
    finally:
        for path in beside:
            path.unlink()


@pytest.mark.parametrize("name", [".ipython/profile_default/startup/00.py", ".bashrc", "json.py"])
def test_start_up_files_left_for_the_next_student(name, classroom):
    source = (
        "# Task 2\nimport os, pathlib\n"
        f"path = pathlib.Path(os.path.expanduser('~')) / {name!r}\n"
        "number = 42 if path.exists() else 7\n"
        "path.parent.mkdir(parents=True, exist_ok=True)\npath.write_text('raise SystemExit')"
    )
    for _ in range(2):
        classroom.attack(source, words="number is another one, not 7")


def test_the_environment_holds_nothing(classroom, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "topsecret")
    classroom.attack(
        "# Task 2\nimport os\nnumber = sorted(set(os.environ) - {'LANG', 'HOME', 'PWD',\n"
        "  'LC_CTYPE', 'TMPDIR', 'MPLBACKEND'}\n"
        "  - {n for n in os.environ if n.endswith('_NUM_THREADS')})",
        words="number is another one, not []",
    )
