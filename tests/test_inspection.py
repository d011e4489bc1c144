"""Model M4: its propositions at random rational parameters, and on the boundary of mixing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg

MODEL = bg.models["inspection"]

half = st.integers(1, 20).map(lambda n: Fraction(n, 2))


@given(G=half, more=half, c=st.integers(1, 19), D=half)
def test_the_only_equilibrium_is_mixed_and_makes_the_other_indifferent(G, more, c, D):
    given_values = {"G": G, "sigma": G + more, "c": Fraction(c, 2), "b": 10, "D": D}
    (only,) = bg.equilibria(MODEL.game(**given_values))
    violate, sanction = Fraction(c, 20), G / (G + more)
    assert only.strategies == ((violate, 1 - violate), (sanction, 1 - sanction))


def test_tougher_sanctions_move_the_sender_alone():
    found = [bg.equilibria(MODEL.game(sigma=sigma))[0] for sigma in (4, 6, 12)]
    assert {e.strategies[0] for e in found} == {(Fraction(1, 4), Fraction(3, 4))}
    assert [e.strategies[1][0] for e in found] == [Fraction(3, 4), Fraction(1, 2), Fraction(1, 4)]


def test_regimes_of_the_penalty():
    found = bg.regimes(MODEL, "sigma")
    assert [(r.low, r.high) for r in found] == [(0, 3), (3, 3), (3, 20)]
    assert [e.strategies for e in found[0].solution] == [((1, 0), (1, 0))]
    at = found[1].solution
    assert [e.strategies for e in at] == [
        ((1, 0), (1, 0)),
        ((Fraction(1, 4), Fraction(3, 4)), (1, 0)),
    ]
    assert str(found[2].solution[0].strategies[1][0]) == "3/sigma"


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("2016", [((1, 0), (0, 1))]),
        ("2022: coal", [((Fraction(1, 4), Fraction(3, 4)), (Fraction(1, 6), Fraction(5, 6)))]),
        ("2022: gas", [((1, 0), (1, 0))]),
    ],
)
def test_presets(preset, expected):
    solution = bg.equilibria(MODEL.game(**MODEL.presets[preset]))
    assert [e.strategies for e in solution] == expected


@pytest.mark.parametrize("given_values", [{"sigma": 3}, {"G": 0}, {"c": 4}, {"c": 0}])
def test_both_mix_only_where_sigma_exceeds_G_and_b_exceeds_c(given_values):
    found = bg.equilibria(MODEL.game(**given_values))
    assert any(0 in strategy for e in found for strategy in e.strategies)
