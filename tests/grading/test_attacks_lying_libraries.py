"""Attacks on what the worker itself works with: its libraries, its encoder, its conversions."""

from __future__ import annotations

import pytest

from tests.grading.hostile import HONEST

LIES = {
    "Fraction made to equal everything": (
        "import fractions\nfractions.Fraction.__eq__ = lambda self, other: True\n"
        "number = fractions.Fraction(7, 2)"
    ),
    "numpy made to agree": (
        "import numpy as np\nnp.array_equal = np.allclose = np.all = lambda *_, **__: True\n"
        "number = np.int64(7)"
    ),
    "an encoder of its own": (
        "import sys\nfor m in list(sys.modules.values()):\n"
        "    if hasattr(m, 'encode') and 'grading' in getattr(m, '__name__', ''):\n"
        "        m.encode = lambda *_: {'other': '42'}\nnumber = 7"
    ),
    "an encoder that makes what no value is": (
        "import sys\nfor m in list(sys.modules.values()):\n"
        "    if hasattr(m, 'encode') and 'grading' in getattr(m, '__name__', ''):\n"
        "        m.encode = lambda *_: {'dict': [[{'list': []}, 1]]}\nnumber = 7"
    ),
    "a set that repeats itself": (
        "import sys\nfor m in list(sys.modules.values()):\n"
        "    if hasattr(m, 'encode') and 'grading' in getattr(m, '__name__', ''):\n"
        "        m.encode = lambda *_: {'set': [1, True, 1.0]}\nnumber = 7"
    ),
    "a class registered as a number": (
        "import numbers\nclass N:\n    def __eq__(self, other): return True\n"
        "    def __index__(self): raise SystemExit\n    def __int__(self): raise SystemExit\n"
        "    def __float__(self): raise KeyboardInterrupt\n"
        "numbers.Integral.register(N)\nnumber = N()"
    ),
    "a namespace that raises": (
        "class K(str):\n    def __eq__(self, other): raise SystemExit\n"
        "    def __hash__(self): return hash('number')\nglobals()[K('number')] = 1"
    ),
    "a display that ends Python": (
        "import os\nclass N:\n    @property\n    def __class__(self): os._exit(0)\nnumber = N()"
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_lying_libraries_gain_nothing(name, classroom):
    # Whoever spoils the encoder spoils the honest answers too.
    points = 0 if "m.encode" in LIES[name] else HONEST
    classroom.attack(f"# Task 2\n{LIES[name]}", points=points)
