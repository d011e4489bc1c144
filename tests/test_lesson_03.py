"""What lesson 3 says, held against the solver and the facts."""

from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.models.routes import routes_game, routes_in_closed_form
from tests.lesson_text import half_of_five, lesson, saved

says = lesson("03")
MODEL, ROUTES = bg.models["inspection"], bg.models["routes"]


def test_the_payoffs_from_mixing_are_those_of_the_text():
    assert says("mixing", "−3*q* + 3(1 − *q*) = 3 − 6*q*")
    assert says("why-indifferent", "−2*p* − (1 − *p*) from Sanction and −5*p* from Refrain")
    for p in (Fraction(1, 7), Fraction(3, 5)):
        assert MODEL.game().payoff(("Violate", (p, 1 - p)))[0] == 3 - 6 * p
        from_sanction, from_refrain = (
            MODEL.game().payoff(((p, 1 - p), column))[1] for column in ("Sanction", "Refrain")
        )
        assert (from_sanction, from_refrain) == (-2 * p - (1 - p), -5 * p)


def test_watching_as_before_would_end_all_violation():
    """The lesson: with twice the penalty and the old q nobody would violate, and q would fall."""
    game = MODEL.game(sigma=12)
    assert bg.best_responses(game, "Japan", (None, ("1/2", "1/2"))) == ("Obey",)
    assert bg.best_responses(game, "US", ("Obey", None)) == ("Refrain",)


def test_without_mixing_japan_can_be_sure_of_losing_no_more_than_three():
    level, _ = bg.security_levels(routes_game([0, 0], [3, 6]))
    assert level.maxmin == -2
    assert says("security", "sure* of is a loss of {}", -level.pure_maxmin)


@pytest.mark.parametrize(
    ("year", "words", "share"),
    [
        (2016, "from {} to {} and gets a third", Fraction(1, 3)),
        (2024, "from {} to {}, with a sixth", Fraction(1, 6)),
    ],
)
def test_the_two_calibrations_and_the_customs_data_from_which_they_follow(year, words, share):
    v = ROUTES.values(**ROUTES.presets[str(year)])
    two, three = (
        routes_in_closed_form(*([v[f"{kind}_{name}"] for name in names] for kind in "cl"))
        for names in ("ML", "MLS")
    )
    assert says("limits", words, *(f"{float(found.loss):.3g}" for found in (two, three)))
    assert three.supply[2] == share
    saving = saved(year, "LNG")
    assert says("not-only", "{:g} billion", abs(float(saving)))
    assert v["c_M"] - v["c_S"] == half_of_five(saving)
