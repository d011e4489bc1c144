"""Tests of exercise 7. You may read them: they hold no stored solution but ask the solver."""

import random
from functools import lru_cache
from operator import ge, gt

import numpy as np
import pytest

import balancegame as bg
from balancegame.grading import exercise as ex
from balancegame.models.balancing import BALANCING
from balancegame.solvers.parametric.regime_names import solution_name
from balancegame.wording import called

BOTH, NEITHER = ("Balance", "Balance"), ("Pass", "Pass")
SITUATIONS = ("Chicken", "Stag Hunt", "giving up")
NAMES = ("g", "kappa", "us_cost", "japan_cost", "us_loss", "japan_loss")


@pytest.mark.task(1)
@pytest.mark.hint(
    "Does China still assert itself if one ally balances, and if both do?",
    "Compare g with kappa and with 2 kappa; where they tie China holds back.",
    "One ally is enough if g is at most kappa; both are if it is at most 2 kappa.",
)
@ex.asks("first", "second", "third", "fourth", read=SITUATIONS)
def test_situation(own, name):
    g, kappa = own[name].values()
    just_enough = "giving up" if g == 2 * kappa else situation(g, kappa)
    return situation(g, kappa), {
        ("on-the-line", ex.perhaps(just_enough)): "2 kappa is exactly g, so against two allies "
        "asserting itself brings China nothing: it holds back, and both together are enough.",
        "another-region": f"against one ally China is left with {g - kappa}, against two with "
        f"{g - 2 * kappa}; it asserts itself where that is more than 0.",
    }


@lru_cache(maxsize=256)
def situation(g, kappa):
    """Return what the allies face if China looks first."""
    return solution_name(BALANCING, g=g, kappa=kappa)


@pytest.mark.task(2)
@pytest.mark.hint(
    "Whom must this ally's mixture leave indifferent?",
    "Write down what the other ally loses by balancing and by passing; set them equal.",
    "Let this ally balance with probability p. In Chicken the other loses b by balancing and "
    "L (1 - p) by passing; in the Stag Hunt b + L (1 - p) by balancing and L by passing.",
)
@ex.asks(
    *("us_in_chicken", "japan_in_chicken", "us_in_stag_hunt", "japan_in_stag_hunt"),
    read=ex.read_probability,
)
def test_mixture(own, name):
    ally, _, place = name.partition("_in_")
    right, mistakes = ex.mixture(game(*own[place].items()), {"us": "US"}.get(ally, "Japan"))
    return right, mistakes | {
        ("other-action", 1 - right): "that is the other game's formula, or how often this ally "
        "passes. Ask what the partner's balancing alone achieves: everything in Chicken, "
        "nothing in a Stag Hunt."
    }


@lru_cache(maxsize=8)
def game(*values):
    """Return the game of the allies with these values, each with its name: both are asked."""
    return BALANCING.game(**dict(values))


def listed(given, function, outcomes):
    says = ex.read_returned(given, function)
    if not isinstance(says, (list, tuple)) or not all(isinstance(u, (list, tuple)) for u in says):
        ex.wrong("not-a-list", f"{function} gives back {says!r}, not a list of outcomes.")
    return [tuple(u) for u in says]


def optimal(outcomes):
    """Ask the solver: the first player chooses the outcome, all others only watch."""
    shape = (len(outcomes[0]), len(outcomes), *[1] * (len(outcomes[0]) - 1))
    game = bg.NormalFormGame(np.reshape(np.transpose(outcomes), shape))
    best = {names[0] for names in bg.pareto_optimal(game)}
    return [u for u, name in zip(outcomes, game.actions[0], strict=True) if name in best]


def many_outcomes(groups=(2, 3), lengths=(2, 6), among=(0, 3), seed="exercise 7", each=20):
    """Return lists of outcomes; few different payoffs, so that ties and doubles are frequent."""
    draw = random.Random(seed).randint
    return [
        ([tuple(draw(*among) for _ in range(players)) for _ in range(draw(*lengths))],)
        for players in groups
        for _ in range(each)
    ]


def kept(dominates):
    """Return the function that keeps what nothing dominates in some sense."""
    return lambda outcomes: [
        u for u in outcomes if not any(dominates(v, u) for v in outcomes if v != u)
    ]


@pytest.mark.task(3)
@pytest.mark.hint(
    "When does one outcome Pareto-dominate another?",
    "Keep an outcome unless some other one is at least as good for everybody and not the same.",
    "all(y >= x for x, y in zip(outcome, other)) and other != outcome",
)
@ex.asks_function(
    optimal,
    {
        "in the example": (1, [([(-1, -2), (0, -2), (-4, -6)],)]),
        "in many other lists": (2, many_outcomes),
    },
    {
        ("strictly-better", kept(lambda v, u: all(map(gt, v, u)))): "drops an outcome only if "
        "another is better for everybody; better for one player and worse for nobody is enough",
        ("largest-sum", lambda us: [u for u in us if sum(u) == max(map(sum, us))]): "keeps the "
        "largest sum; an outcome with a smaller sum can still be one that nobody can improve on "
        "without harming another",
        ("better-for-one", kept(lambda v, u: any(map(gt, v, u)))): "drops an outcome as soon as "
        "another is better for somebody; nobody may be worse off",
        ("two-players", kept(lambda v, u: v[:2] != u[:2] and all(map(ge, v[:2], u[:2])))): "looks "
        "at the first two players only; there may be more",
        ("without-doubles", lambda us: [u for u in optimal(us) if us.count(u) == 1]): "drops equal "
        "outcomes; one that is the same for everybody dominates nothing",
    },
    listed,
)
def test_pareto_optimal(says, right, outcomes):
    return f"pareto_optimal({outcomes}) returns {says}; it should be {right}."


def designed(us_cost, japan_cost, us_loss, japan_loss, **threat):
    costs, losses = {"b_US": us_cost, "b_JP": japan_cost}, {"L_US": us_loss, "L_JP": japan_loss}
    return BALANCING.game(**threat, **costs, **losses)


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "Where on the map is a Stag Hunt, and what must be larger, a cost or a loss?",
    "kappa < g and g at most 2 kappa; b below L for both.",
    "g = 3 and kappa = 2 will do.",
)
@ex.asks_design(*NAMES, read=ex.read_number)
def test_it_is_a_stag_hunt(g, kappa, **values):
    game, there = designed(g=g, kappa=kappa, **values), situation(g, kappa)
    no_hunt = f"With g = {g} and kappa = {kappa} it is no Stag Hunt:"
    too_dear = {
        (
            "cost-not-below-loss",
            bg.best_responses(game, player, BOTH) != ("Balance",),
            f"{ally}_cost = {ally}_loss",
        ): f"Balancing costs {called(player)} {values[f'{ally}_cost']} and an assertive "
        f"China only {values[f'{ally}_loss']}: it would not balance even with the other."
        for player, ally in (("US", "us"), ("Japan", "japan"))
    }
    return {
        ("no-threat", there == "no threat", "g = 0"): f"{no_hunt} China does not want to assert "
        "itself at all. Make g larger.",
        ("chicken", there == "Chicken", "g = 2"): f"{no_hunt} one ally is enough. Make g larger "
        "than kappa.",
        ("giving-up", there == "giving up", "g = 5"): f"{no_hunt} not even both are enough. Make "
        "g at most 2 kappa.",
        **too_dear,
    }


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "What does an ally lose by leaving each equilibrium alone?",
    "L - b where both balance, b where both pass; multiply over the two allies.",
    "b must be more than half of L, at least on the whole: b = 3 and L = 4 for both.",
)
@ex.asks_design(*NAMES, read=ex.read_number)
def test_passing_risk_dominates(**values):
    try:
        found = bg.risk_dominance(designed(**values))
    except bg.GameError:
        found = None
    hunt = found is not None and found.equilibria == (BOTH, NEITHER)
    safe = hunt and found.dominant == BOTH
    both, neither = found.products if hunt else ("", "")
    return {
        ("not-two", not hunt, "g = 2", "g = 5"): "Make it a Stag Hunt first: two strict equilibria "
        "are to be compared.",
        ("equal-risk", hunt and found.dominant is None, "us_cost, japan_cost = 2, 3  # 6"): "Both "
        f"products are {both}: neither risk-dominates. Make a cost larger.",
        ("balancing-is-safer", safe, "us_cost = japan_cost = 1  # 15"): "The product of what the "
        f"allies lose by leaving joint balancing is {both}, and by leaving joint passing only "
        f"{neither}: balancing risk-dominates. Make costs larger compared with losses.",
    }
