"""What lesson 3 says, held against the solver and the facts."""

from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.models.routes import routes_game, routes_in_closed_form
from tests.lesson_text import cells, half_of_five, saved

CELLS = cells("03")
MODEL = bg.models["inspection"]
ROUTES = bg.models["routes"]


def test_the_payoffs_from_mixing_are_those_of_the_text():
    assert "−3*q* + 3(1 − *q*) = 3 − 6*q*" in CELLS["mixing"]
    assert "−2*p* − (1 − *p*) from Sanction and −5*p* from Refrain" in CELLS["why-indifferent"]
    game = MODEL.game()
    for p in (Fraction(1, 7), Fraction(3, 5)):
        assert game.payoff(("Violate", (p, 1 - p)))[0] == 3 - 6 * p
        assert game.payoff(((p, 1 - p), "Sanction"))[1] == -2 * p - (1 - p)
        assert game.payoff(((p, 1 - p), "Refrain"))[1] == -5 * p


def test_what_the_cell_with_tougher_sanctions_prints():
    found = {sigma: bg.equilibria(MODEL.game(sigma=sigma)) for sigma in (4, 6, 12)}
    assert all(len(solution) == 1 for solution in found.values())
    assert {s[0].strategies[0][0] for s in found.values()} == {Fraction(1, 4)}
    watched = [s[0].strategies[1][0] for s in found.values()]
    assert watched == [Fraction(3, 4), Fraction(1, 2), Fraction(1, 4)]


def test_watching_as_before_would_end_all_violation():
    """The lesson: with twice the penalty and the old q nobody would violate, and q would fall."""
    game = MODEL.game(sigma=12)
    half = ("1/2", "1/2")
    assert bg.best_responses(game, "Japan", (None, half)) == ("Obey",)
    assert bg.best_responses(game, "US", ("Obey", None)) == ("Refrain",)


def test_without_mixing_japan_can_be_sure_of_losing_no_more_than_three():
    level = bg.security_levels(routes_game([0, 0], [3, 6]))[0]
    assert (level.maxmin, level.pure_maxmin) == (-2, -3)
    assert "sure* of is a loss of 3" in CELLS["security"]


@pytest.mark.parametrize(
    ("year", "without", "within", "share", "words"),
    [
        ("2016", "21/4", "7/2", "1/3", "from 5.25 to 3.5 and gets a third"),
        ("2024", "15/4", "79/24", "1/6", "from 3.75 to 3.29, with a sixth"),
    ],
)
def test_the_two_calibrations(year, without, within, share, words):
    v = ROUTES.values(**ROUTES.presets[year])
    two, three = (
        routes_in_closed_form(*([v[f"{kind}_{name}"] for name in names] for kind in "cl"))
        for names in ("ML", "MLS")
    )
    assert (two.loss, three.loss) == (Fraction(without), Fraction(within))
    assert three.supply[2] == Fraction(share)
    assert words in CELLS["limits"]


def test_the_calibrations_follow_from_the_customs_data():
    for year, words in ((2016, "16.5 billion yen"), (2024, "10.6 billion")):
        saving, preset = saved(year, "LNG"), ROUTES.presets[str(year)]
        assert words.startswith(f"{abs(float(saving)):g} ")
        assert words in CELLS["not-only"]
        assert preset["c_M"] - preset["c_S"] == half_of_five(saving)
