"""bg.rationalizing agrees with solving at random values, at the ends of sets and beside them."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.exact.algebraic import Algebraic
from balancegame.games.sequential_model import SequentialModel
from balancegame.games.stochastic_model import StochasticModel
from tests.brute_force import is_nash, solved
from tests.one_sentence import one_sentence
from tests.random_models import random_model

ONLY, SEVERAL, NONE = "the only equilibrium", "one of several equilibria", "no equilibrium"
BESIDE = Fraction(1, 10**6)
DILEMMA = bg.models["core-dilemma"]
IN_SEQUENCE = bg.models["core-dilemma-in-sequence"]
ALLIANCE = bg.models["alliance"]


def told(fits):
    fits = list(fits)
    return NONE if not any(fits) else ONLY if all(fits) else SEVERAL


# Oracles that share nothing with the solver: brute force, and playing a tree from its end.


def pure(size, a):
    return tuple(Fraction(int(k == a)) for k in range(size))


def fit_of_two(first, second, seen):
    """The fit of what was seen of two players, by brute force."""
    _, components, _ = solved(first, second)
    shape = len(first), len(first[0])
    subsets = [subset for component in components for subset in component]
    some = every = bool(subsets)
    fits = [
        [
            pure(n, a) in side
            for n, a, side in zip(shape, seen, subset, strict=True)
            if a is not None
        ]
        for subset in subsets
    ]
    some = any(map(all, fits))
    every = all(
        vertex == pure(n, a)
        for subset in subsets
        for n, a, side in zip(shape, seen, subset, strict=True)
        if a is not None
        for vertex in side
    )
    return NONE if not some else ONLY if every else SEVERAL


def fit_in_pure(game, seen):
    """The fit of what was seen of three players, among the equilibria in pure strategies."""
    found = [
        cell
        for cell in product(*map(range, game.shape))
        if all(
            game.at(i, cell) >= game.at(i, (*cell[:i], other, *cell[i + 1 :]))
            for i, size in enumerate(game.shape)
            for other in range(size)
        )
    ]
    return told(agrees(seen, cell) for cell in found)


def agrees(seen, played):
    return all(a in (None, b) for a, b in zip(seen, played, strict=True))


def played_out(model, values, chosen):
    """What is done after some first moves, ties settled as the model says."""
    game = model.at_once.game(**values)
    order = [name for stage in model.order for name in stage]
    if len(chosen) == len(order):
        cell = [chosen[order.index(name)] for name in game.players]
        return chosen, [game.at(i, cell) for i in range(len(cell))]
    player = order[len(chosen)]
    actions = game.actions[game.players.index(player)]
    ranked = sorted(
        range(len(actions)),
        key=lambda a: (
            [*model.when_indifferent[player], *actions].index(actions[a])
            if actions[a] in model.when_indifferent[player]
            else len(actions) + a
        ),
    )
    ends = [played_out(model, values, (*chosen, a)) for a in ranked]
    return max(ends, key=lambda end: end[1][game.players.index(player)])


def fit_in_turn(model, values, seen):
    sizes = [len(actions) for actions in model.actions]
    ends = {cell: played_out(model, values, cell) for cell in product(*map(range, sizes))}
    place = [model.at_once.players.index(name) for name in model.players]
    if len(sizes) == 1:
        best = max(payoffs[place[0]] for _, payoffs in ends.values())
        return told(
            agrees(seen, path) for path, payoffs in ends.values() if payoffs[place[0]] == best
        )
    tables = [[[ends[i, j][1][k] for j in range(sizes[1])] for i in range(sizes[0])] for k in place]
    # Whoever moves later agrees with what was seen, or that cell is played for nobody to see.
    late = seen[2:]
    if all(a is None for a in late):
        return fit_of_two(*tables, seen[:2])
    cells = [c for c in ends if is_nash(*tables, *(map(pure, sizes, c)))]
    return NONE if not any(agrees(seen, ends[c][0]) for c in cells) else ""


def oracle(model, values, seen):
    if isinstance(model, SequentialModel):
        return fit_in_turn(model, values, seen)
    game = model.game(**values)
    if len(game.shape) > 2:
        return fit_in_pure(game, seen)
    if len(game.shape) == 1:
        own = [game.at(0, (a,)) for a in range(game.shape[0])]
        return told(a == seen[0] for a, value in enumerate(own) if value == max(own))
    return fit_of_two(*game.payoffs, seen)


def places(found, source, count=6):
    """Values at every end, beside each, and at random."""
    ends = [found.low, found.high]
    for piece in found:
        ends += [piece.low, piece.high]
    rational = [
        Fraction(float(end)).limit_denominator(10**12) if isinstance(end, Algebraic) else end
        for end in ends
    ]
    near = [end + step for end in rational for step in (0, BESIDE, -BESIDE)]
    width = found.high - found.low
    near += [found.low + width * Fraction(source.randint(0, 60), 60) for _ in range(count)]
    return sorted({value for value in near if found.low <= value <= found.high})


def outcomes(sizes, source, count=3):
    """Outcomes of which some players may not have been seen."""
    listed = [
        tuple(source.choice([*range(size), None]) for size in sizes) for _ in range(20 * count)
    ]
    return [seen for seen in listed if any(a is not None for a in seen)][:count]


def check_along(model, seen, parameter, source, **fixed):
    found = bg.rationalizing(model, seen, parameter, **fixed)
    for value in places(found, source):
        expected = oracle(model, {**fixed, parameter: value}, seen)
        if expected:
            assert found.fit(value) == expected, (seen, parameter, value, fixed)
            assert (value in found) == (expected != NONE)
        else:
            assert value in found, (seen, parameter, value, fixed)


@pytest.mark.parametrize("share", [1.0, 0.5])
@pytest.mark.parametrize(
    ("shape", "degree", "count"),
    [((2, 2), 1, 12), ((2, 3), 2, 6), ((3, 3), 1, 4), ((4,), 2, 6), ((2, 2, 2), 2, 8)],
)
def test_random_games_are_explained_where_solving_says_so(shape, degree, count, share):
    source = random.Random(f"{shape} {degree} {share}")
    for seed in range(count):
        model = random_model(seed, shape, degree, coefficients=range(-2, 3), share=share)
        for seen in outcomes(shape, source):
            check_along(model, seen, "t", source)


@pytest.mark.parametrize(
    "name",
    ["core-dilemma", "core-dilemma-in-sequence", "concession", "face", "after-nixon", "suitors",
     "balancing", "balancing-at-once", "concession-at-once", "hedging", "inspection",
     "abandonment", "joint-sanctions", "leader-follower"],
)  # fmt: skip
def test_every_model_is_explained_where_solving_says_so(name):
    model, source = bg.models[name], random.Random(name)
    sizes = [len(actions) for actions in model.actions] + [len(a) for _, a in model.later]
    for seen in outcomes(sizes, source, 4):
        moved, other = source.sample(list(model.parameters), 2)
        drawn = model.parameters[other]
        value = drawn.low + (drawn.high - drawn.low) * Fraction(source.randint(0, 8), 8)
        try:
            model.game(**{other: value})
        except bg.GameError:
            value = drawn.default
        check_along(model, seen, moved, source, **{other: value})


@pytest.mark.parametrize("name", ["alliance", "reputation", "investment", "linkage", "favour"])
def test_norms_are_explained_where_no_departure_gains(name):
    model, source = bg.models[name], random.Random(name)
    assert isinstance(model, StochasticModel)

    def holds(game, norm):
        verdict = bg.verify(game, norm.automata)
        counted = norm.counted(model.players)
        return not any(game.players.index(d.player) in counted for d in verdict.profitable)

    for parameter in [*model.parameters][:4]:
        for title in model.norms:
            found = bg.rationalizing(model, title, parameter)
            for value in places(found, source, 3):
                game = model.game(**{parameter: value})
                held = [t for t, norm in model.norms.items() if holds(game, norm)]
                expected = NONE if title not in held else ONLY if held == [title] else SEVERAL
                assert found.fit(value) == expected, (title, parameter, value)


# Two parameters


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
def test_over_two_parameters_every_cell_and_any_point_is_as_solved(seed):
    source = random.Random(seed)
    model = random_model(seed, (2, source.choice([2, 3])), 1, coefficients=range(-2, 3))
    extended = bg.Model(
        name="drawn",
        title="Drawn",
        players=model.players,
        actions=model.actions,
        payoffs=[
            [[f"{source.randint(-2, 2)} + ({source.randint(-2, 2)})*t + "
              f"({source.randint(-2, 2)})*u" for _ in row] for row in array]
            for array in model.payoffs
        ],
        parameters=(bg.Parameter("t", "x", 0, -2, 2), bg.Parameter("u", "y", 0, -2, 2)),
    )  # fmt: skip
    (seen,) = outcomes([len(a) for a in extended.actions], source, 1)
    found = bg.rationalizing(extended, seen, "t", "u", resolution=7)
    for j, i in [(source.randrange(7), source.randrange(7)) for _ in range(8)]:
        expected = oracle(extended, {"t": found.x[i], "u": found.y[j]}, seen)
        assert found.legend[found.labels[j, i]] == expected
        assert found.fit(found.x[i], found.y[j]) == expected
    for _ in range(4):
        point = tuple(Fraction(source.randint(-40, 40), 20) for _ in "tu")
        expected = oracle(extended, dict(zip("tu", point, strict=True)), seen)
        assert found.fit(*point) == expected
        assert (point in found) == (expected != NONE)
        along = bg.rationalizing(extended, seen, "t", u=point[1])
        assert along.fit(point[0]) == expected


def test_the_diagram_draws_the_exact_line_between_two_answers():
    found = bg.rationalizing(DILEMMA, {"Japan": "Comply"}, "s", "E", resolution=21)
    assert found.legend == (ONLY, SEVERAL, NONE)
    assert ("8", 8) in found
    assert ("79/10", 8) not in found
    assert (found.fit(8, 8), found.fit("81/10", 8)) == (SEVERAL, ONLY)
    words = str(bg.explain(found))
    assert "is it an equilibrium that Japan plays Comply?" in words
    assert "A, 49 % of the diagram: yes, in every equilibrium." in words
    assert "B, 51 % of the diagram: no." in words
    assert "On a line or at points only (s = E): yes, one of several equilibria." in words
    picture = bg.draw(found)
    assert "a, s = E: Comply in one of several equilibria" in picture.alt
    assert picture.caption == "Whether it is an equilibrium that Japan plays Comply, over s and E."


def test_a_norm_over_two_parameters_is_that_along_each_row():
    found = bg.rationalizing(ALLIANCE, "mutual support", "delta", "s", resolution=12)
    for j, s in enumerate(found.y):
        along = bg.rationalizing(ALLIANCE, "mutual support", "delta", s=s)
        for i, delta in enumerate(found.x):
            assert found.legend[found.labels[j, i]] == along.fit(delta) == found.fit(delta, s)
    assert "A, 21 % of the grid: yes, one of several norms" in str(bg.explain(found))
    assert bg.draw(found).svg.count("data-regime=") == 2
    with one_sentence("delta"):
        bg.draw(found, delta="1/2")


# What is told


def test_complying_bounds_the_sanction_from_below():
    found = bg.rationalizing(DILEMMA, {"Japan": "Comply"}, "s", E=8)
    assert [(p.low, p.high, p.closed, p.unique) for p in found] == [
        (8, 8, (True, True), False),
        (8, 20, (False, True), True),
    ]
    assert repr(found) == "<Rationalizing: 8 <= s <= 20>"
    assert str(bg.explain(found)).splitlines() == [
        "What s explains that Japan plays Comply (E = 8)? It is an equilibrium for 8 <= s <= 20.",
        "  - At s = 8 it is one of several equilibria.",
        "  - For 8 < s <= 20 it is so in every equilibrium.",
        (
            "  - Against Enforce, Japan gets 10 from Comply and 18 - s from Engage, which are "
            "equal at s = 8."
        ),
        "  - The probability (s - 8)/s with which the US plays Acquiesce reaches 0.",
    ]


def test_a_threat_that_nobody_saw_carried_out_is_one_of_several():
    found = bg.rationalizing(DILEMMA, ("Comply", "Enforce"), "s", E=8)
    assert [(p.span, p.unique) for p in found] == [("8 <= s <= 20", False)]


def test_ties_of_those_who_move_later_are_settled_as_the_model_says():
    found = bg.rationalizing(IN_SEQUENCE, ("Engage", "Enforce"), "k", E=8)
    assert [piece.span for piece in found] == ["0 <= k <= 4"]
    assert bg.rationalizing(IN_SEQUENCE, ("Engage", "Acquiesce"), "k", E=8).fit(4) == NONE


def test_two_observations_bound_from_both_sides_or_refute():
    below = bg.rationalizing(DILEMMA, {"Japan": "Comply"}, "s", E=8)
    above = bg.rationalizing(DILEMMA, {"Japan": "Engage"}, "s", E=12)
    both = below & above
    assert [(p.span, p.unique) for p in both] == [
        ("s = 8", False),
        ("8 < s < 12", True),
        ("s = 12", False),
    ]
    assert [span.span for span in both.spans] == ["8 <= s <= 12"]
    assert str(bg.explain(both)).startswith("2 observations together are explained for 8 <= s <= 1")
    assert len((both & below).parts) == 2
    refuted = below & bg.rationalizing(DILEMMA, {"Japan": "Engage"}, "s", E=4)
    assert len(refuted) == 0
    assert "No s explains the 2 observations together." in str(bg.explain(refuted))
    assert "Already these two exclude each other" in str(bg.explain(refuted))
    assert bg.draw(both).svg.count("bg-explains") == 3 + 2
    with one_sentence("of s", "of k"):
        _ = below & bg.rationalizing(DILEMMA, {"Japan": "Comply"}, "k")


def test_what_is_explained_nowhere_says_so():
    found = bg.rationalizing(DILEMMA, ("Comply", "Acquiesce"), "s")
    assert not found
    assert str(bg.explain(found)) == (
        "No s from 0 to 20 explains that Japan plays Comply and the US plays Acquiesce: it is an "
        "equilibrium at none of them."
    )
    assert "no s" in bg.draw(found).svg


def test_outcomes_may_be_positions_names_or_a_mapping():
    spelled = [("Comply", None), (0, None), {"Japan": "Comply"}, ["Comply", None]]
    found = [bg.rationalizing(DILEMMA, outcome, "s") for outcome in spelled]
    assert all(one.pieces == found[0].pieces for one in found)
    alone = bg.models["abandonment"]
    assert bg.rationalizing(alone, alone.actions[0][0], "E").pieces == (
        bg.rationalizing(alone, (0,), "E").pieces
    )
    assert found[0].fit(np.int64(7)) == ONLY


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: bg.rationalizing(DILEMMA, "Comply", "s"), ["no cell", "Japan and US"]),
        (lambda: bg.rationalizing(DILEMMA, ("Comply", "Punish"), "s"), ["'Punish'", "Acquiesce"]),
        (lambda: bg.rationalizing(DILEMMA, ("Comply", 2), "s"), ["no cell", "2"]),
        (lambda: bg.rationalizing(DILEMMA, {"Chad": "Comply"}, "s"), ["'Chad'"]),
        (lambda: bg.rationalizing(DILEMMA, {}, "s"), ["says nothing"]),
        (lambda: bg.rationalizing(DILEMMA, (None, None), "s"), ["says nothing"]),
        (lambda: bg.rationalizing(DILEMMA, ("Comply", None)), ["name the parameter"]),
        (lambda: bg.rationalizing(DILEMMA, ("Comply", None), "q"), ["no parameter q"]),
        (lambda: bg.rationalizing(DILEMMA, ("Comply", None), "s", s=3), ["both vary"]),
        (lambda: bg.rationalizing(DILEMMA, ("Comply", None), "s", "s"), ["two different"]),
        (lambda: bg.rationalizing(ALLIANCE, "revenge", "delta"), ["no norm", "mutual support"]),
        (lambda: bg.rationalizing(bg.models["kurils"], "deal", "a"), ["BargainingModel"]),
        (lambda: bg.rationalizing(3, "deal", "a"), ["int"]),
    ],
)
def test_a_bad_question_gets_one_sentence(ask, words):
    with one_sentence(*words):
        ask()
