"""What every error a person meets must look like."""

import re
from contextlib import contextmanager

import pytest

import balancegame as bg


@contextmanager
def one_sentence(*words):
    """Expect a GameError of one sentence in which each of the given words occurs."""
    with pytest.raises(bg.GameError) as caught:
        yield
    check_sentence(str(caught.value))
    for word in words:
        assert word in str(caught.value), str(caught.value)


def check_sentence(text):
    assert text.endswith("."), text
    assert not text.endswith((" .", "..")), text
    assert text.isprintable(), repr(text)
    assert not re.search(r"[.!?] +[A-Z]", text), text
    assert 20 <= len(text) <= 400, text
