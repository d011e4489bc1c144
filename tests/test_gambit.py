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
        equilibria=[
            Profile({(i, a): p for i, x in enumerate(e) for a, p in enumerate(x)}, players)
            for e in profiles
        ],
    )
    return answering(found)


def standing_in_17(profiles):
    """Gambit 17: players are names, and a profile is looked up by player and action."""
    players = [f"player {i + 1}" for i in range(3)]
    found = SimpleNamespace(
        equilibria=[
            Profile(
                {
                    name: {f"action {a + 1}": p for a, p in enumerate(x)}
                    for name, x in zip(players, e, strict=True)
                },
                players,
            )
            for e in profiles
        ],
    )
    return answering(found)


class Profile(dict):
    """A profile as pygambit gives it: it knows its game."""

    def __init__(self, probabilities, players):
        super().__init__(probabilities)
        self.game = SimpleNamespace(players=players)


def answering(found):
    return SimpleNamespace(
        __version__="0",
        read_nfg=lambda stream: stream.read(),
        nash=SimpleNamespace(enumpoly_solve=lambda game: found),
    )


@pytest.mark.parametrize("gambit", [standing_in, standing_in_17])
def test_both_shapes_of_gambits_answers_are_read(monkeypatch, gambit):
    monkeypatch.setitem(sys.modules, "pygambit", gambit([[(0.5, 0.5)] * 3]))
    (found,) = bg.mixed_equilibria(bg.NormalFormGame([[[[1, 1]] * 2] * 2] * 3))
    assert found.strategies == ((Fraction(1, 2), Fraction(1, 2)),) * 3


@pytest.mark.parametrize("K", [4, 528, 529, 10**6])
def test_an_equilibrium_beside_another_is_not_merged_with_it(monkeypatch, K):
    """K at the first profile, 1 at the last: the mixed one nears the last as K grows."""
    zero = [0, 0]
    table = [[[K, 0], zero], [zero, [0, 1]]]
    game = bg.NormalFormGame([table] * 3)
    p = 1 / (1 + K**0.5)
    profiles = [[(1.0, 0.0)] * 3, [(0.0, 1.0)] * 3, [(p, 1 - p)] * 3]
    monkeypatch.setitem(sys.modules, "pygambit", standing_in(profiles))
    found = bg.mixed_equilibria(game)
    assert len(found) == 3
    mixed = next(one for one in found if min(one.strategies[0]))
    assert mixed.exact == (K != 528)
    if K == 529:
        assert mixed.strategies == ((Fraction(1, 24), Fraction(23, 24)),) * 3


def test_one_equilibrium_in_several_roundings_is_told_once(monkeypatch):
    """As pygambit 16.7.0 delivers it for K = 40,000; see findings/gambit-one-equilibrium-*.sh."""
    table = [[[40_000, 0], [0, 0]], [[0, 0], [0, 1]]]
    a, b = 0.004975199700391904, 0.004974961281812802
    profiles = [[(p, 1 - p) for p in each] for each in ((a, a, b), (a, b, a), (b, a, a), (a, a, a))]
    monkeypatch.setitem(sys.modules, "pygambit", standing_in(profiles))
    (found,) = bg.mixed_equilibria(bg.NormalFormGame([table] * 3))
    assert found.strategies == ((Fraction(1, 201), Fraction(200, 201)),) * 3
    assert found.exact


def test_a_peer_that_fails_loses_nothing_that_was_solved(monkeypatch, tmp_path):
    def broken(game):
        raise AttributeError("no such attribute")

    gambit = SimpleNamespace(
        __version__="99", read_nfg=lambda s: s.read(), nash=SimpleNamespace(enumpoly_solve=broken)
    )
    monkeypatch.setitem(sys.modules, "pygambit", gambit)
    game = bg.NormalFormGame([[[[1, 1]] * 2] * 2] * 3)
    with one_sentence("pygambit 99 did not find", "AttributeError", "pure_equilibria"):
        bg.mixed_equilibria(game)
    path = tmp_path / "three.nfg"
    bg.write_nfg(game, path)
    result = CliRunner().invoke(main, ["solve", str(path), "--json"])
    assert result.exit_code == 0
    assert len(json.loads(result.output)["equilibria"]) == 8


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
