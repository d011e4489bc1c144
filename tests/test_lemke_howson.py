"""Some equilibria of larger games: exact, reached by path, and said to be some."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.cli import main
from balancegame.solvers.normal_form import lemke_howson as module
from balancegame.solvers.normal_form.complementary_pivoting import (
    FloatTableau,
    IntegerTableau,
    path_end,
)
from tests.one_sentence import one_sentence


def drawn(rows: int, columns: int, low: int, high: int, seed: int) -> bg.NormalFormGame:
    chosen = random.Random(seed)
    return bg.NormalFormGame(
        [
            [[chosen.randint(low, high) for _ in range(columns)] for _ in range(rows)]
            for _ in range(2)
        ]
    )


def profiles(found: Any) -> set[Any]:
    return {e.strategies for e in found}


# Games of von Stengel (2007) and Shapley (1974), and games with nothing but ties.
KNOWN = [
    ([[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]], 2),
    ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], 1),
    ([[2, 0], [0, 1]], [[1, 0], [0, 2]], 2),
    ([[0, 0], [0, 0]], [[0, 0], [0, 0]], None),
    ([[5]], [[7]], 1),
    ([[1, 2, 3]], [[3, 3, 3]], None),
    ([["1/3", "0.1"], [-7, 2]], [[0, 0], [0, 1]], None),
]


@pytest.mark.parametrize(("first", "second", "count"), KNOWN)
def test_known_games(first: Any, second: Any, count: int | None) -> None:
    game = bg.NormalFormGame([first, second])
    found = bg.lemke_howson(game)
    assert found
    assert profiles(found) <= profiles(bg.equilibria(game))
    assert count is None or len(found) == count
    assert all(bg.verify(game, e).holds and e.payoffs == game.payoff(e) for e in found)


@given(
    st.integers(1, 5),
    st.integers(1, 5),
    st.sampled_from([1, 2, 9, 10**6]),
    st.integers(0, 10**9),
)
@settings(max_examples=150, deadline=None)
def test_what_is_found_is_among_all(rows: int, columns: int, high: int, seed: int) -> None:
    game = drawn(rows, columns, -high, high, seed)
    found = bg.lemke_howson(game)
    assert found.labels == tuple(range(rows + columns))
    assert not found.abandoned
    assert profiles(found) <= profiles(bg.equilibria(game))


@pytest.mark.parametrize(("rows", "columns", "high"), [(12, 12, 9), (16, 22, 50), (20, 20, 1)])
def test_games_too_large_for_all(rows: int, columns: int, high: int) -> None:
    game = drawn(rows, columns, 0, high, 1)
    with one_sentence(f"{rows} x {columns} actions is too large", "lemke_howson(game)"):
        bg.equilibria(game)
    found = bg.lemke_howson(game)
    assert len(found) == len(profiles(found)) >= 1
    assert all(bg.verify(game, e).holds for e in found)
    assert "there may be others" in str(bg.explain(found))
    assert "there may be others" in repr(found)


def test_sixty_actions_each() -> None:
    game = drawn(60, 60, -100, 100, 3)
    [found] = bg.lemke_howson(game, labels=[7])
    assert bg.verify(game, found).holds


@pytest.mark.parametrize("high", [1, 2, 10**6])
@pytest.mark.parametrize("seed", range(5))
def test_integers_walk_the_same_path(seed: int, high: int) -> None:
    """Ties are broken the same way in floats and in integers."""
    game = drawn(6, 7, 0, high, seed)
    whole = [np.array(table, dtype=object) + 1 for table in game.payoffs]
    whole = [np.vectorize(int, otypes=[object])(table) for table in whole]
    near = [table.astype(float) / 3 for table in whole]
    for label in range(13):
        exact = path_end(IntegerTableau, *whole, label, 500)
        assert exact is not None
        assert path_end(FloatTableau, *near, label, 500) == exact


def test_payoffs_that_no_float_tells_apart() -> None:
    """Matching pennies on top of 10 to the 30th: in floats everything is a tie."""
    top = 10**30
    first = [[top + 1, top - 1], [top - 1, top + 1]]
    second = [[top - 1, top + 1], [top + 1, top - 1]]
    large = [[row[0], row[1], 0] for row in first], [[*row, 0] for row in second]
    half = Fraction(1, 2)
    [found] = bg.lemke_howson(bg.NormalFormGame(large))
    assert found.strategies == ((half, half), (half, half, 0))


@pytest.mark.parametrize("fault", ["wrong basis", "no row", "endless"])
def test_floats_only_search(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Whatever floats end in, what comes back is the same."""
    game = drawn(8, 8, -9, 9, 5)
    right = bg.lemke_howson(game)
    walked = module.path_end

    def misled(kind: Any, first: Any, second: Any, dropped: int, most: int) -> Any:
        if kind is IntegerTableau:
            return walked(kind, first, second, dropped, most)
        if fault == "wrong basis":
            return (tuple(range(8)), tuple(range(8, 16)))
        if fault == "no row":
            raise ArithmeticError
        return None

    monkeypatch.setattr(module, "path_end", misled)
    assert profiles(bg.lemke_howson(game)) == profiles(right)


def test_a_path_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    game = drawn(8, 8, -9, 9, 5)
    walked = module.path_end

    def short(kind: Any, first: Any, second: Any, dropped: int, most: int) -> Any:
        return walked(kind, first, second, dropped, most) if dropped % 2 else None

    monkeypatch.setattr(module, "path_end", short)
    found = bg.lemke_howson(game)
    assert found.abandoned == tuple(range(0, 16, 2))
    assert "8 of the paths were too long" in str(bg.explain(found))
    with one_sentence("no path", "other labels"):
        bg.lemke_howson(game, [0, 2])


BAD = [
    ([[[1]] * 61, [[1]] * 61], None, "61 x 1"),
    ([[[[1]]]] * 3, None, "2 players"),
    ([[[sympy.sqrt(2)]], [[1]]], None, "sqrt(2) is irrational"),
    ([[[1, 2]], [[1, 2]]], [3], "no label 3"),
    ([[[1, 2]], [[1, 2]]], [True], "no label True"),
    ([[[1, 2]], [[1, 2]]], [], "no label to search from"),
]


@pytest.mark.parametrize(("payoffs", "labels", "said"), BAD)
def test_what_is_refused(payoffs: Any, labels: Any, said: str) -> None:
    with one_sentence(said):
        bg.lemke_howson(bg.NormalFormGame(payoffs), labels)


def test_solve_takes_large_files(tmp_path: Any) -> None:
    game = drawn(12, 16, 0, 9, 2)
    bg.write_nfg(game, tmp_path / "large.nfg")
    shown = CliRunner().invoke(main, ["solve", str(tmp_path / "large.nfg")])
    assert shown.exit_code == 0
    assert "12 x 16 actions is too large to solve completely" in shown.output
    assert "there may be others" in shown.output
    data = json.loads(
        CliRunner().invoke(main, ["solve", str(tmp_path / "large.nfg"), "--json"]).output
    )
    assert data["complete"] is False
    assert "too large" in data["note"]
    kept = [tuple(tuple(map(Fraction, x)) for x in e["strategies"]) for e in data["equilibria"]]
    assert set(kept) >= profiles(bg.lemke_howson(game))
    assert {game.profile(p) for p in bg.pure_equilibria(game)} <= set(kept)


def test_solve_takes_files_too_large_for_any_path(tmp_path: Any) -> None:
    table = [[i * j % 7 for i in range(70)] for j in range(70)]
    bg.write_nfg(bg.NormalFormGame([table, table]), tmp_path / "larger.nfg")
    shown = CliRunner().invoke(main, ["solve", str(tmp_path / "larger.nfg")])
    assert shown.exit_code == 0
    assert "equilibria in pure strategies" in shown.output
    assert "up to 60 x 60" in shown.output
