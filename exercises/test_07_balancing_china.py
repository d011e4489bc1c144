"""Tests of exercise 7. You may read them: they hold no stored solution but ask the solver."""

from __future__ import annotations

import random

import pytest

import balancegame as bg
from balancegame.exact import exact, plain
from balancegame.grading.exercise.feedback import wrong
from balancegame.grading.exercise.reading import (
    read_choice,
    read_probability,
    read_returned,
    refuse_rounded,
    refuse_wrong_turns,
)
from balancegame.models.balancing import BALANCING
from balancegame.solvers.parametric.regime_names import solution_name

BOTH, NEITHER = ("Balance", "Balance"), ("Pass", "Pass")


# Task 1: the map


SITUATIONS = ("Chicken", "Stag Hunt", "giving up")


@pytest.mark.task(1)
@pytest.mark.parametrize("name", ["first", "second", "third", "fourth"])
@pytest.mark.hint(
    "Does China still assert itself if one ally balances, and if both do?",
    "Compare g with kappa and with 2 kappa; where they tie China holds back.",
    "One ally is enough if g is at most kappa; both are if it is at most 2 kappa.",
)
def test_situation(student, name):
    place = student.variant[name]
    g, kappa = place["g"], place["kappa"]
    given = read_choice(student.answer(name), name, SITUATIONS)
    if given == situation(place):
        return
    if g == 2 * kappa and given == "giving up":
        wrong(
            "on-the-line",
            f"{name}: 2 kappa is exactly g, and there asserting itself brings China nothing: it "
            "holds back, so both together are enough.",
        )
    wrong(
        "another-region",
        f"{name}: against one ally China is left with {g - kappa}, against two with "
        f"{g - 2 * kappa}; it asserts itself where that is more than 0.",
    )


def situation(values):
    """Return what the allies face if China looks first."""
    return solution_name(BALANCING, g=values["g"], kappa=values["kappa"])


# Task 2: both mix


MIXED = {
    "us_in_chicken": ("chicken", 0),
    "japan_in_chicken": ("chicken", 1),
    "us_in_stag_hunt": ("stag_hunt", 0),
    "japan_in_stag_hunt": ("stag_hunt", 1),
}


def mixtures(values):
    """Return how often each ally balances in the mixed equilibrium."""
    solution = bg.equilibria(allies(values))
    (mixed,) = (e for e in solution if all(0 < x[0] < 1 for x in e.strategies))
    return tuple(strategy[0] for strategy in mixed.strategies)


def allies(values):
    """Return the game of the two allies if China looks first."""
    return BALANCING.game(**values)


@pytest.mark.task(2)
@pytest.mark.parametrize("name", MIXED)
@pytest.mark.hint(
    "Whom must this ally's mixture leave indifferent?",
    "Write down what the *other* ally loses by balancing and by passing; set them equal.",
    "Let this ally balance with probability p. In Chicken the other loses b by balancing and "
    "L (1 - p) by passing; in the Stag Hunt b + L (1 - p) by balancing and L by passing.",
)
def test_mixture(student, name):
    game, ally = MIXED[name]
    given, ours = read_probability(student.answer(name), name), mixtures(student.variant[game])
    right, other = ours[ally], ours[1 - ally]
    if given == right:
        return
    refuse_rounded(given, right, name)
    if given == other:
        wrong(
            "own-payoffs",
            f"{name}: that is made of this ally's own cost and loss; its mixture must leave the "
            "*other* one indifferent.",
        )
    if given == 1 - right:
        wrong(
            "other-action",
            f"{name}: that is the other game's formula, or how often this ally passes. Ask what "
            "the partner's balancing alone achieves: everything in Chicken, nothing in a Stag "
            "Hunt.",
        )
    wrong(
        "not-indifferent",
        f"{name}: then the other ally is not indifferent, and would not mix; compare what it loses "
        "by balancing and by passing.",
    )


# Task 3: a function that finds Pareto-optimal outcomes


FUNCTION_HINT = pytest.mark.hint(
    "When does one outcome Pareto-dominate another?",
    "Keep an outcome unless some other one is at least as good for everybody and not the same.",
    "all(y >= x for x, y in zip(outcome, other)) and other != outcome",
)


@pytest.mark.task(3)
@pytest.mark.points(1)
@FUNCTION_HINT
def test_function_knows_the_example(student):
    outcomes = [(-1, -2), (0, -2), (-4, -6)]
    says = listed(student, outcomes)
    if says != optimal(outcomes):
        wrong(
            "example",
            f"Of {outcomes} only (0, -2) is Pareto-optimal: it is better for the first player than "
            f"(-1, -2) and as good for the second. You return {says}.",
        )


@pytest.mark.task(3)
@pytest.mark.points(2)
@FUNCTION_HINT
def test_function_agrees_with_the_solver_on_many_games(student):
    asked = [(outcomes,) for outcomes in many_outcomes(40)]
    given = [listed(student, outcomes) for (outcomes,) in asked]
    wanted = [optimal(outcomes) for (outcomes,) in asked]
    if given == wanted:
        return
    refuse_wrong_turns("Your function", asked, given, TURNS, ADVICE)
    (outcomes,), says, right = next(
        (q, g, w) for q, g, w in zip(asked, given, wanted, strict=True) if g != w
    )
    wrong("counterexample", f"pareto_optimal({outcomes}) returns {says}; it should be {right}.")


def kept(dominates):
    """Return the function that keeps what nothing dominates in some sense."""
    return lambda outcomes: [
        u for u in outcomes if not any(dominates(v, u) for v in outcomes if v != u)
    ]


# What to tell the author of a function that takes one wrong turn, and what that function returns.
ADVICE = {
    "strictly-better": "drops an outcome only if another is better for everybody; better for one "
    "and worse for nobody is enough",
    "largest-sum": "keeps the largest sum; an outcome with a smaller sum can still be one that "
    "nobody can improve on without harming another",
    "better-for-one": "drops an outcome as soon as another is better for somebody; nobody may be "
    "worse off",
    "two-players": "looks at the first two players only; there may be more",
    "without-doubles": "drops equal outcomes; one that is the same for everybody dominates nothing",
}
TURNS = {
    "strictly-better": kept(lambda v, u: all(y > x for x, y in zip(u, v, strict=True))),
    "largest-sum": lambda outcomes: [u for u in outcomes if sum(u) == max(map(sum, outcomes))],
    "better-for-one": kept(lambda v, u: any(y > x for x, y in zip(u, v, strict=True))),
    "two-players": kept(
        lambda v, u: v[:2] != u[:2] and all(y >= x for x, y in zip(u[:2], v[:2], strict=True))
    ),
    "without-doubles": lambda outcomes: [u for u in optimal(outcomes) if outcomes.count(u) == 1],
}


def listed(student, outcomes):
    says = read_returned(student, "pareto_optimal", outcomes)
    if not isinstance(says, (list, tuple)) or not all(isinstance(u, (list, tuple)) for u in says):
        wrong("not-a-list", f"pareto_optimal gives back {says!r}, not a list of outcomes.")
    return [tuple(u) for u in says]


def optimal(outcomes):
    """Ask the solver: the first player chooses the outcome, all others only watch."""
    tables = []
    for payoffs in zip(*outcomes, strict=True):
        table = list(payoffs)
        for _ in outcomes[0][1:]:
            table = [[entry] for entry in table]
        tables.append(table)
    game = bg.NormalFormGame(tables)
    best = {names[0] for names in bg.pareto_optimal(game)}
    return [u for u, name in zip(outcomes, game.actions[0], strict=True) if name in best]


def many_outcomes(count):
    draw = random.Random("exercise 7")
    return [
        [tuple(draw.randint(0, 3) for _ in range(players)) for _ in range(draw.randint(2, 6))]
        for players in (2, 3)
        for _ in range(count // 2)
    ]


# Task 4: a Stag Hunt in which passing is the safer bet


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "Where on the map is a Stag Hunt, and what must be larger, a cost or a loss?",
    "kappa < g and g at most 2 kappa; b below L for both.",
    "g = 3 and kappa = 2 will do.",
)
def test_it_is_a_stag_hunt(student):
    game, values = designed(student)
    strict = {
        profile
        for profile in bg.pure_equilibria(game)
        if all(is_strict(game, profile, i) for i in range(2))
    }
    if strict == {BOTH, NEITHER}:
        return
    region = situation(values)
    if region != "Stag Hunt":
        key = region.lower().replace(" ", "-")
        wrong(
            key,
            f"With g = {plain(values['g'])} and kappa = {plain(values['kappa'])} it is no Stag "
            f"Hunt: {ELSEWHERE[region]}",
        )
    for ally, name in (("US", "the US"), ("JP", "Japan")):
        if values[f"b_{ally}"] >= values[f"L_{ally}"]:
            wrong(
                "cost-not-below-loss",
                f"Balancing costs {name} {plain(values[f'b_{ally}'])} and an assertive China only "
                f"{plain(values[f'L_{ally}'])}: it would not balance even with the other.",
            )
    raise AssertionError(strict)


NAMES = {
    "g": "g",
    "kappa": "kappa",
    "b_US": "us_cost",
    "b_JP": "japan_cost",
    "L_US": "us_loss",
    "L_JP": "japan_loss",
}
ELSEWHERE = {
    "no threat": "China does not want to assert itself at all. Make g larger.",
    "Chicken": "one ally is enough. Make g larger than kappa.",
    "giving up": "not even both are enough. Make g at most 2 kappa.",
}


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "What does an ally lose by leaving each equilibrium alone?",
    "L - b where both balance, b where both pass; multiply over the two allies.",
    "b must be more than half of L, at least on the whole: b = 3 and L = 4 for both.",
)
def test_passing_risk_dominates(student):
    game, _ = designed(student)
    try:
        found = bg.risk_dominance(game)
    except bg.GameError:
        wrong("not-two", "Make it a Stag Hunt first: two strict equilibria are to be compared.")
    if found.equilibria != (BOTH, NEITHER):
        wrong("not-two", "Make it a Stag Hunt first: two strict equilibria are to be compared.")
    if found.dominant == NEITHER:
        return
    products = dict(zip(found.equilibria, found.products, strict=True))
    if found.dominant is None:
        wrong(
            "equal-risk",
            f"Both products are {plain(products[BOTH])}: neither risk-dominates. Make a cost "
            "larger.",
        )
    wrong(
        "balancing-is-safer",
        f"Leaving joint balancing costs {plain(products[BOTH])} multiplied, leaving joint passing "
        f"only {plain(products[NEITHER])}: balancing risk-dominates. Make costs larger compared "
        "with losses.",
    )


def is_strict(game, profile, player):
    return bg.best_responses(game, player, profile) == (profile[player],)


def designed(student):
    given = student.answers(*NAMES.values())
    values = dict(zip(NAMES, map(exact, given, NAMES.values()), strict=True))
    return allies(values), values
