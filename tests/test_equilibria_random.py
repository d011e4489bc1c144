"""bg.equilibria against brute force on 500 seeded games full of ties, and against nashpy."""

import random
import warnings
from fractions import Fraction

import pytest

import balancegame as bg
from tests.brute_force import solved

SHAPES = [
    (2, 2), (2, 3), (3, 2), (3, 3), (2, 4), (4, 2), (3, 4), (4, 3), (4, 4), (1, 4), (4, 1), (1, 1),
]  # fmt: skip

# Few distinct payoffs make ties; the last one makes none.
PAYOFFS = [range(2), range(3), (-1, 0, 1), range(5), range(-50, 50)]

GAMES_A_SHAPE = 42  # 12 shapes: 504 games


def random_game(seed, shape, payoffs):
    source = random.Random(f"{seed} {shape}")
    rows, columns = shape
    return tuple(
        [[source.choice(payoffs) for _ in range(columns)] for _ in range(rows)] for _ in range(2)
    )


def regret(matrix, own, other):
    """What the player of the rows could gain, computed here and nowhere else."""
    values = [sum(q * a for q, a in zip(other, row, strict=True)) for row in matrix]
    return max(values) - sum(p * value for p, value in zip(own, values, strict=True))


def transposed(matrix):
    return [list(column) for column in zip(*matrix, strict=True)]


def as_sets(solution):
    return {
        frozenset(tuple(frozenset(side) for side in subset) for subset in component)
        for component in solution.components
    }


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: "x".join(map(str, shape)))
def test_nothing_is_missing_and_nothing_is_wrong(shape):
    ties = 0
    for seed in range(GAMES_A_SHAPE):
        A, B = random_game(seed, shape, PAYOFFS[seed % len(PAYOFFS)])
        solution = bg.equilibria(bg.NormalFormGame([A, B]))
        for equilibrium in solution:
            x, y = equilibrium.strategies
            assert sum(x) == sum(y) == 1
            assert min(x) >= 0
            assert min(y) >= 0
            assert regret(A, x, y) == 0, (A, B)
            assert regret(transposed(B), y, x) == 0, (A, B)
        extreme, components, degenerate = solved(A, B)
        assert {e.strategies for e in solution} == extreme, (A, B)
        assert len(solution) == len(extreme), (A, B)
        assert as_sets(solution) == components, (A, B)
        assert solution.degenerate is degenerate, (A, B)
        ties += degenerate
    if shape != (1, 1):
        assert ties >= GAMES_A_SHAPE // 5


@pytest.mark.parametrize(
    "factor", [10**12, 10**12 + 39, 10**40, Fraction(1, 10**12), Fraction(10**12, 7)]
)
def test_size_of_payoffs_does_not_matter(factor):
    for seed in range(20):
        A, B = random_game(seed, SHAPES[seed % len(SHAPES)], range(-2, 3))
        scaled = [[[factor * a for a in row] for row in M] for M in (A, B)]
        plain, large = (
            bg.equilibria(bg.NormalFormGame([A, B])),
            bg.equilibria(bg.NormalFormGame(scaled)),
        )
        assert large.components == plain.components
        assert large.degenerate is plain.degenerate
        assert [e.payoffs for e in large] == [
            tuple(factor * payoff for payoff in e.payoffs) for e in plain
        ]


@pytest.mark.parametrize("power", [12, 18, 19, 40])
def test_differences_of_one_beside_huge_payoffs_are_seen(power):
    """Floats, and 64-bit integers, lose the 1."""
    huge = 10**power
    for seed in range(10):
        A, B = random_game(seed, (3, 3), range(3))
        shifted = [[[huge + a for a in row] for row in M] for M in (A, B)]
        assert (
            bg.equilibria(bg.NormalFormGame(shifted)).components
            == bg.equilibria(bg.NormalFormGame([A, B])).components
        )


def test_around_the_limits_of_64_bits():
    """Minors of these games straddle the largest 64-bit integer."""
    for exponent in range(14, 66, 3):
        for shape in [(2, 2), (3, 3), (4, 3), (1, 3), (3, 1)]:
            base = random_game(exponent, shape, (-1, 0, 1))
            A, B = ([[2**exponent * a for a in row] for row in M] for M in base)
            solution = bg.equilibria(bg.NormalFormGame([A, B]))
            assert as_sets(solution) == solved(*base)[1], (exponent, base)


def test_agrees_with_nashpy_where_no_strategy_ties():
    """Its vertex enumeration: its support enumeration loses equilibria to rounding even here."""
    compared = 0
    for seed in range(60):
        A, B = random_game(seed, SHAPES[seed % 9], range(-99, 100))
        game = bg.NormalFormGame([A, B])
        solution = bg.equilibria(game)
        if solution.degenerate:
            continue
        compared += 1
        ours = sorted([float(p) for strategy in e for p in strategy] for e in solution)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            complete, partial = (
                sorted([float(p) for strategy in pair for p in strategy] for pair in enumeration())
                for nash in [game.to_nashpy()]
                for enumeration in (nash.vertex_enumeration, nash.support_enumeration)
            )
        assert len(solution) % 2 == 1
        assert len(complete) == len(ours), (A, B)
        for theirs in complete + partial:
            assert any(theirs == pytest.approx(profile, abs=1e-7) for profile in ours), (A, B)
    assert compared >= 50


def test_seeded_games_are_the_same_on_every_machine():
    A, B = random_game(0, (2, 2), range(3))
    assert (A, B) == ([[2, 1], [1, 2]], [[2, 0], [0, 1]])
