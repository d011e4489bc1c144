"""Models in which somebody speaks or offers first: face (M13), concession (M10), suitors (M8)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

import balancegame as bg
from balancegame.models.suitors import price_of_loyalty

FACE, CONCESSION, SUITORS = (bg.models[name] for name in ("face", "concession", "suitors"))
AT_ONCE = bg.models["concession-at-once"]


def first_moves(model, **values):
    """Return what the first mover does, given that all others reply in their own interest."""
    return {name for (name,) in bg.pure_equilibria(model.opening_game(**values))}


@pytest.mark.parametrize(("E", "a", "e"), [(5, 3, 1), (4, "1/2", "1/2"), (0, 10, "1/4")])
def test_russia_speaks_in_public_exactly_where_that_turns_japan(E, a, e):
    step, low, high = Fraction(1, 100), Fraction(E), E + Fraction(a)
    places = [low + step, (low + high) / 2, high]
    for s in (*places, low, high + step, low - step):
        if s >= 0:
            moves = first_moves(FACE, s=s, E=E, a=a, e=e, I=3)
            assert moves == ({"Public"} if s in places else {"Private"})
    found = bg.regimes(FACE, "s", E=E, a=a, e=e, I=3)
    names = [regime.name for regime in found if not regime.is_point]
    expected = ["no need to go public", "a public invitation", "no use in going public"]
    assert names == (expected if E else expected[1:])


def test_what_each_end_of_an_invitation_yields():
    """Going public costs Russia e whatever Japan does, and a Japan that complies a."""
    tree = FACE.game(s=7, a=3, E=5, I=4, e="3/2")
    ends = {history: node for history, node in tree.nodes() if isinstance(node, tuple)}
    assert ends == {
        ("Public", "Comply"): (Fraction(-3, 2), -3),
        ("Public", "Engage"): (Fraction(5, 2), -2),
        ("Private", "Comply"): (0, 0),
        ("Private", "Engage"): (4, -2),
    }


def test_what_does_not_pay_is_not_said():
    assert first_moves(FACE, s=6, e=5, I=4) == {"Private"}
    assert first_moves(FACE, s=6, e=4, I=4) == {"Public", "Private"}


@pytest.mark.parametrize(
    ("values", "move"),
    [
        ({"s": "9/2"}, "Hold"),
        ({"s": 5}, "Hold"),
        ({"s": "11/2"}, "Concede"),
        ({"s": 8}, "Concede"),
        ({"s": "17/2"}, "Hold"),
        ({"s": 6, "x": "7/2"}, "Concede"),
        ({"s": 6, "x": "9/2"}, "Hold"),
        ({"s": 6, "k": 4, "r": 2}, "Hold"),
        ({"s": 20, "k": 4, "r": 2}, "Hold"),
    ],
)
def test_when_russia_makes_an_offer(values, move):
    """With E = 5, z = 3, I = 4, x = 2, r = 4 and k = 2 unless said otherwise."""
    assert first_moves(CONCESSION, **values) == {move}


def test_at_the_price_that_an_engaged_japan_is_worth_russia_does_not_care():
    assert first_moves(CONCESSION, s=6, x=4) == {"Concede", "Hold"}


def test_an_empty_threat_needs_no_offer():
    outcomes = {
        one.outcomes[0].history[:2] for one in bg.subgame_perfect(CONCESSION.tree(s=6, k=4, r=2))
    }
    assert outcomes == {("Hold", "Engage")}


@pytest.mark.parametrize(("s", "k", "r"), [*product((0, 4, 6, 8, 12), (2, 4), (2, 4))])
def test_the_offer_vanishes_if_all_move_at_once(s, k, r):
    found = bg.pure_equilibria(AT_ONCE.game(s=s, k=k, r=r))
    assert found
    assert all(profile[0] == "Hold" for profile in found)


@pytest.mark.parametrize(("w_R", "b"), [*product(range(1, 5), range(6))])
def test_the_price_of_loyalty(w_R, b):
    values = {"w_R": w_R, "b": b, "w_U": 5}
    assert first_moves(SUITORS, **values) == {str(price_of_loyalty(w_R, b))}
    (found,) = bg.equilibria(SUITORS.opening_game(**values))
    assert found.payoffs == (5 - price_of_loyalty(w_R, b),)


def test_a_captive_state_is_paid_nothing_from_the_tie_on_that_russia_cannot_outbid():
    found = bg.regimes(SUITORS, "b", w_R=3, w_U=10)
    paid = [(r.span, r.game.payoffs) for r in found]
    assert [r.low for r in found if r.is_point] == [0, 1, 2]
    assert paid[-1][0] == "2 < b <= 5"
    assert bg.equilibria(SUITORS.opening_game(b=3, w_U=10))[0].payoffs == (10,)


def test_cases_that_cannot_occur_are_not_counted():
    """Comparisons of 25 offers leave few cases, since most contradict each other."""
    diagram = bg.sweep(SUITORS, "b", "w_R", resolution=5)
    for j, w_R in enumerate(diagram.y):
        for i, b in enumerate(diagram.x):
            if b.denominator == w_R.denominator == 1:
                said = diagram.legend[diagram.labels[j, i]]
                assert said.startswith(f"({price_of_loyalty(w_R, b)},")
