"""bg.regimes on random models: against solving at values inside, at and beside every threshold."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest

import balancegame as bg
from balancegame.exact.algebraic import Algebraic
from tests.random_models import random_model

BESIDE = Fraction(1, 10**6)


def at(value, t):
    """A number or formula at t."""
    return value.at(t) if hasattr(value, "at") else value


def components(solution, t=None):
    """The components as sets of vertices, formulas evaluated at t."""
    return {
        frozenset(
            tuple(
                frozenset(tuple(p if t is None else at(p, t) for p in vertex) for vertex in side)
                for side in subset
            )
            for subset in component
        )
        for component in solution.components
    }


def payoffs(solution, t=None):
    return {
        tuple(
            p if t is None else at(p, t)
            for vector in (*equilibrium.strategies, equilibrium.payoffs)
            for p in vector
        )
        for equilibrium in solution
    }


def supports(solution):
    """For each maximal Nash subset the supports of its vertices, in any order."""
    return sorted(
        [
            sorted([[a for a, p in enumerate(vertex) if p] for vertex in side] for side in [side])
            for side in subset
        ]
        for component in solution.components
        for subset in component
    )


def is_point(regime):
    """Whether a regime is a single value: only such a regime, or a whole range, is closed."""
    return regime.closed == (True, True) and regime.low == regime.high


def places_inside(regime, source, count):
    """Values in an interval: simple ones, where roots of other minors lie, and random ones."""
    low, high = rational_inside(regime)
    width = high - low
    simple = [Fraction(n, d) for d in (1, 2, 3, 4, 5) for n in range(-4 * d, 4 * d + 1)]
    values = [value for value in simple if low < value < high]
    values = source.sample(values, min(count, len(values)))
    values += [low + width * Fraction(source.randint(1, 999), 1000) for _ in range(count)]
    values += [end for end, closed in zip((low, high), regime.closed, strict=True) if closed]
    for end, sign in ((regime.low, 1), (regime.high, -1)):
        beside = near(end) + sign * BESIDE
        values += [beside] if beside in regime else []
    return values


def near(end):
    """A rational number within 10^-15 or so of an end."""
    return end if isinstance(end, Fraction) else Fraction(float(end)).limit_denominator(10**16)


def rational_inside(regime):
    """A rational interval as good as all of the regime."""
    low, high = near(regime.low), near(regime.high)
    tiny = (high - low) / 10**9
    return (
        low if isinstance(regime.low, Fraction) else low + tiny,
        high if isinstance(regime.high, Fraction) else high - tiny,
    )


def check(model, found, source, count=2):
    """Hold every regime against solving the game at many values."""
    parameter = model.parameters["t"]
    assert found[0].low == parameter.low
    assert found[-1].high == parameter.high
    for before, after in pairwise(found):
        assert before.high == after.low
        assert is_point(before) is not is_point(after)
        assert before.closed[1] is not after.closed[0]
    for regime in found:
        if is_point(regime):
            check_point(model, regime)
            continue
        assert float(regime.low) < float(regime.high)
        for t in places_inside(regime, source, count):
            assert sum(t in other for other in found) == 1
            there = bg.equilibria(model.game(t=t))
            assert components(regime.solution, t) == components(there), t
            assert payoffs(regime.solution, t) == payoffs(there), t
    check_neighbours(found)


def check_point(model, regime):
    game = model.game(t=regime.low)
    there = bg.equilibria(game)
    assert regime.game == game
    assert components(regime.solution) == components(there)
    for equilibrium in regime.solution:
        assert not any(bg.verify(game, equilibrium).regrets)


def check_neighbours(found):
    for k, regime in enumerate(found):
        if not is_point(regime):
            continue
        beside = [found[j] for j in (k - 1, k + 1) if 0 <= j < len(found)]
        kinds = {repr(supports(r.solution)) for r in (regime, *beside)}
        if len(kinds) == 1:
            formulas = [formulas_of(r.solution) for r in beside]
            assert len(formulas) == 2
            assert formulas[0] != formulas[1], f"{regime} is no boundary"


def formulas_of(solution):
    return {tuple(map(str, strategy)) for e in solution for strategy in e.strategies}


AFFINE = [((2, 2), 30), ((3, 3), 24), ((2, 4), 12), ((4, 3), 8), ((1, 4), 10), ((4, 4), 4)]


@pytest.mark.parametrize(("shape", "count"), AFFINE, ids=str)
def test_affine_models(shape, count):
    for seed in range(count):
        model = random_model(seed, shape)
        check(model, bg.regimes(model, "t"), random.Random(seed))


@pytest.mark.parametrize(("shape", "count"), AFFINE, ids=str)
def test_models_full_of_ties(shape, count):
    """Payoffs 0, 1, t, 1 + t: many minors vanish for every t and many thresholds coincide."""
    for seed in range(count):
        model = random_model(seed, shape, coefficients=range(2), share=0.6)
        check(model, bg.regimes(model, "t"), random.Random(seed))


@pytest.mark.parametrize(
    ("shape", "degree", "count"),
    [((2, 2), 2, 20), ((3, 3), 2, 6), ((2, 3), 3, 6), ((2, 2), 4, 8), ((4, 4), 2, 1)],
    ids=str,
)
def test_models_of_higher_degree(shape, degree, count):
    for seed in range(count):
        model = random_model(seed, shape, degree, coefficients=range(-2, 3))
        check(model, bg.regimes(model, "t"), random.Random(seed), count=1)


def test_fifty_models_with_irrational_thresholds_are_solved_at_them():
    solved = seed = cubic = 0
    while solved < 50:
        seed += 1
        shape = ((2, 3), (3, 3), (3, 2))[seed % 3]
        model = random_model(seed, shape, 1 + seed % 2, coefficients=range(-3, 4))
        points = [
            regime
            for regime in bg.regimes(model, "t")
            if is_point(regime) and isinstance(regime.low, Algebraic)
        ]
        solved += bool(points)
        cubic += any(len(regime.low.root.polynomial) > 3 for regime in points)
        for regime in points:
            assert isinstance(regime.game.payoffs[0][0][0], (Fraction, Algebraic))
            check_point(model, regime)
            for equilibrium in regime.solution:
                assert all(sum(strategy) == 1 for strategy in equilibrium.strategies)
    assert cubic >= 5
    assert seed < 200


def test_decisions_of_one_player():
    for seed in range(20):
        model = random_model(seed, (4,), 2, coefficients=range(-2, 3))
        check(model, bg.regimes(model, "t"), random.Random(seed))


@pytest.mark.parametrize(
    ("shape", "count"), [((2, 2, 2), 12), ((3, 2, 2), 6), ((2, 2, 2, 2), 3)], ids=str
)
def test_pure_equilibria_of_more_players(shape, count):
    for seed in range(count):
        source = random.Random(seed)
        model = random_model(seed, shape, 1 + seed % 3, coefficients=range(-2, 3))
        found = bg.regimes(model, "t")
        assert found[0].low == -4
        assert found[-1].high == 4
        for regime in found:
            places = [regime.low] if is_point(regime) else places_inside(regime, source, 2)
            for t in places:
                assert regime.solution == bg.pure_equilibria(model.game(t=t)), (seed, t)
        for before, after in pairwise(found):
            assert before.high == after.low
        for before, point, after in zip(found, found[1:], found[2:], strict=False):
            if is_point(point):
                assert len({before.solution, point.solution, after.solution}) > 1


@pytest.mark.parametrize("seed", range(8))
def test_names_do_not_matter_and_scaling_neither(seed):
    model = random_model(seed, (3, 3), coefficients=range(-2, 3), share=0.7)
    scaled = bg.Model(
        name="scaled",
        title="Scaled",
        players=("日本", "$x$"),
        actions=(("あ", "い", "う"), ("*", "_", "<b>")),
        payoffs=(
            [[f"3*({entry}) + {5 * b}" for b, entry in enumerate(row)] for row in model.payoffs[0]],
            [[f"({entry})/7 - {a}*t" for entry in row] for a, row in enumerate(model.payoffs[1])],
        ),
        parameters=tuple(model.parameters.values()),
    )
    found, again = bg.regimes(model, "t"), bg.regimes(scaled, "t")
    assert [(r.low, r.high, r.closed) for r in found] == [(r.low, r.high, r.closed) for r in again]
    for one, other in zip(found, again, strict=True):
        assert one.solution.components == other.solution.components


@pytest.mark.parametrize("seed", range(8))
def test_mirroring_the_parameter_mirrors_the_regimes(seed):
    model = random_model(seed, (3, 3), coefficients=range(-2, 3))
    mirror = bg.Model(
        name="mirror",
        title="Mirror",
        players=model.players,
        actions=model.actions,
        payoffs=[
            [[str(entry).replace("t", "(-t)") for entry in row] for row in array]
            for array in model.payoffs
        ],
        parameters=tuple(model.parameters.values()),
    )
    found, back = bg.regimes(model, "t"), bg.regimes(mirror, "t")[::-1]
    assert [(r.low, r.high, r.closed) for r in found] == [
        (-r.high, -r.low, r.closed[::-1]) for r in back
    ]
    for one, other in zip(found, back, strict=True):
        if is_point(one):
            assert components(one.solution) == components(other.solution)
