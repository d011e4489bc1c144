"""Mixed equilibria of three players: what is done with Gambit's answer, and without Gambit."""

import json
import sys
from fractions import Fraction
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import balancegame as bg
from balancegame.cli import main
from tests.one_sentence import one_sentence

# Each of three gains 1 by being the only one to choose the second action.
ODD_ONE_OUT = bg.NormalFormGame(
    [
        [[[0, 0], [0, 0]], [[1, 0], [0, 0]]],
        [[[0, 0], [1, 0]], [[0, 0], [0, 0]]],
        [[[0, 1], [0, 0]], [[0, 0], [0, 0]]],
    ]
)


def standing_in(profiles):
    """Gambit as far as it is used: strategies are positions, profiles give floats."""
    players = [SimpleNamespace(strategies=[(i, a) for a in range(2)]) for i in range(3)]
    found = SimpleNamespace(
        game=SimpleNamespace(players=players),
        equilibria=[
            {(i, a): p for i, x in enumerate(e) for a, p in enumerate(x)} for e in profiles
        ],
    )
    return SimpleNamespace(
        read_nfg=lambda stream: stream.read(),
        nash=SimpleNamespace(enumpoly_solve=lambda game: found),
    )


def test_without_gambit_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pygambit", None)
    with one_sentence("pip install pygambit", "pure_equilibria"):
        bg.mixed_equilibria(ODD_ONE_OUT)


def test_floats_become_fractions_that_are_verified(monkeypatch):
    gambit = standing_in([[(0.33333333333, 0.66666666667), (1.0, 0.0), (0.0, 1.0)]])
    monkeypatch.setitem(sys.modules, "pygambit", gambit)
    game = bg.models["balancing-at-once"].game()
    (found,) = bg.mixed_equilibria(game)
    assert found.strategies[0] == (Fraction(1, 3), Fraction(2, 3))
    assert found.regret == max(bg.verify(game, found.strategies).regrets) > 0
    assert not found.exact


def test_an_exact_one_is_recognised_and_doubles_are_told_once(monkeypatch):
    pure = [(0.0, 1.0), (1.0, 0.0), (1.0, 0.0)]
    gambit = standing_in([pure, [(1e-12, 1.0), (1.0, 0.0), (1.0, 0.0)]])
    monkeypatch.setitem(sys.modules, "pygambit", gambit)
    (found,) = bg.mixed_equilibria(ODD_ONE_OUT)
    assert found.exact
    assert found.payoffs == (1, 0, 0)


@pytest.mark.parametrize("installed", [True, False])
def test_the_command_solves_three_players_with_and_without_gambit(monkeypatch, tmp_path, installed):
    half = [(0.5, 0.5)] * 3
    monkeypatch.setitem(sys.modules, "pygambit", standing_in([half]) if installed else None)
    path = tmp_path / "three.nfg"
    bg.write_nfg(bg.NormalFormGame([[[[1, 1]] * 2] * 2] * 3), path)
    words = CliRunner().invoke(main, ["solve", str(path)]).output
    data = json.loads(CliRunner().invoke(main, ["solve", str(path), "--json"]).output)
    assert data["complete"] is False
    if installed:
        assert "In mixed strategies, player 1 plays action 1 with probability 1/2" in words
        assert data["equilibria"][0]["strategies"] == [["1/2", "1/2"]] * 3
    else:
        assert "pip install pygambit" in words
        assert "pip install pygambit" in data["note"]
        assert len(data["equilibria"]) == 8
