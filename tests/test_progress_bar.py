"""Steps that show their progress, once they take long."""

import sys

from balancegame import progress_bar
from balancegame.progress_bar import with_progress


def test_what_is_done_soon_needs_no_bar(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    assert list(with_progress(range(5), "counting")) == [0, 1, 2, 3, 4]
    assert list(with_progress(iter("abc"), "counting")) == ["a", "b", "c"]
    assert list(with_progress([], "counting")) == []


def test_what_takes_long_shows_how_much_is_done(monkeypatch, capsys):
    monkeypatch.setattr(progress_bar, "_PATIENCE", -1)
    assert list(with_progress(range(4), "counting")) == [0, 1, 2, 3]
    shown = capsys.readouterr().err
    assert "counting" in shown
    assert "1/4" in shown
    assert list(with_progress(iter("abc"), "reading")) == ["a", "b", "c"]
    assert "reading" in capsys.readouterr().err
