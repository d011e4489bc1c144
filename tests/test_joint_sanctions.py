"""Model M3: its propositions, at random rational parameters, and the names of its situations."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import balancegame as bg
from balancegame.models.joint_sanctions import dominance_threshold

MODEL = bg.models["joint-sanctions"]

quarter = st.integers(0, 40).map(lambda n: Fraction(n, 4))
values = st.fixed_dictionaries(
    dict.fromkeys(("s", "c_JP", "g_JP", "B", "c_US", "g_US"), quarter)
    | {"beta": st.integers(0, 8).map(lambda n: Fraction(n, 8))}
)


def payoff(v, i, own, other):
    """Payoffs as the model states them, written anew."""
    if own == "Sanction":
        return (v["B"] if other == "Sanction" else v["beta"] * v["B"]) - v[f"c_{i}"]
    return (v["beta"] * v["B"] + v[f"g_{i}"] if other == "Sanction" else 0) - v["s"]


@given(values)
def test_payoffs(v):
    game = MODEL.game(**v)
    for us in ("Sanction", "Trade"):
        for japan in ("Sanction", "Trade"):
            wanted = payoff(v, "US", us, japan), payoff(v, "JP", japan, us)
            assert game.payoff((us, japan)) == wanted


@given(values)
def test_above_the_threshold_sanctioning_dominates_and_is_the_only_equilibrium(v):
    threshold = dominance_threshold(**v)
    dominates = all(
        payoff(v, i, "Sanction", other) > payoff(v, i, "Trade", other)
        for i in ("US", "JP")
        for other in ("Sanction", "Trade")
    )
    assert dominates == (v["s"] > threshold)
    if dominates:
        solution = bg.equilibria(MODEL.game(**v))
        assert [e.strategies for e in solution] == [((1, 0), (1, 0))]


@given(values)
def test_the_last_regime_of_s_begins_at_the_threshold_or_before(v):
    """Before it, because the only equilibrium can be joint sanctions without dominance for both."""
    threshold = dominance_threshold(**v)
    assume(0 < threshold < 10)
    fixed = {name: value for name, value in v.items() if name != "s"}
    last = bg.regimes(MODEL, "s", **fixed)[-1]
    assert last.low <= threshold
    assert [e.strategies for e in last.solution] == [((1, 0), (1, 0))]


def test_with_equal_senders_the_threshold_is_that_of_the_equilibria():
    found = [(r.low, r.high) for r in bg.regimes(MODEL, "s")]
    assert found == [(0, 3), (3, 3), (3, 5), (5, 5), (5, 10)]
    assert dominance_threshold() == 5


CASES = [  # B, beta, c, g, s for both; the name follows from the three signs of the model
    ((4, "1/4", 3, 2, 0), "prisoners' dilemma"),
    ((2, "1/4", 3, 2, 0), "deadlock"),
    ((4, "1/4", 2, "1/2", 0), "assurance"),
    ((4, "3/4", 2, 1, 0), "Chicken"),
    ((4, "1/4", 3, 2, 3), "harmony"),
    ((4, "1/4", 3, 0, 0), "on a boundary"),
]


@pytest.mark.parametrize(("numbers", "name"), CASES, ids=[name for _, name in CASES])
def test_situations_of_equal_senders(numbers, name):
    B, beta, c, g, s = numbers
    game = MODEL.game(B=B, beta=beta, c_US=c, c_JP=c, g_US=g, g_JP=g, s=s)
    assert bg.situation(game) == name


@pytest.mark.parametrize("name", MODEL.presets)
def test_a_preset_is_what_it_is_called(name):
    assert bg.situation(MODEL.game(**MODEL.presets[name])) == name


@pytest.mark.parametrize("axes", [("s", "beta"), ("B", "beta"), ("s", "c_JP"), ("beta", "g_JP")])
def test_a_diagram_of_situations_names_each_cell_as_the_game_is_named(axes):
    diagram = bg.situations(MODEL, *axes, resolution=21)
    for k, name in enumerate(diagram.legend):
        for iy, ix in np.argwhere(diagram.labels == k)[::7]:
            game = MODEL.game(**dict(zip(axes, (diagram.x[ix], diagram.y[iy]), strict=True)))
            assert bg.situation(game) == name


def test_situations_are_for_two_by_two_games():
    with pytest.raises(bg.GameError, match="2 x 2"):
        bg.situations(bg.models["burden"], "v_US", "v_JP")
    with pytest.raises(bg.GameError, match="2 x 2"):
        bg.situation(bg.models["burden"].game())
