"""bg.payoff_set in any units: its sets map along with positive affine changes of payoffs."""

from fractions import Fraction
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from tests.repeated_games import alliance, dilemma, random_game


def vertices(stage, delta):
    found = bg.payoff_set(bg.RepeatedGame(stage, delta))
    assert found.error == 0
    return found.vertices


def random_delta(rng):
    return Fraction(rng.randint(5, 95), 100)


def test_sets_follow_positive_affine_changes_of_a_players_payoffs():
    rng = Random(67)
    for _ in range(25):
        stage = random_game(rng, (2, 3), -4, 4)
        delta, factor, shift = random_delta(rng), Fraction(rng.randint(1, 9), 4), rng.randint(-3, 3)
        first = [[factor * v + shift for v in row] for row in stage.payoffs[0]]
        changed = bg.NormalFormGame([first, stage.payoffs[1]])
        before = bg.payoff_set(bg.RepeatedGame(stage, delta))
        after = bg.payoff_set(bg.RepeatedGame(changed, delta))
        if before.error or after.error:
            continue
        assert after.vertices == tuple((factor * x + shift, y) for x, y in before.vertices)


@cache
def thirty_answers():
    rng = Random(68)
    games = [
        bg.RepeatedGame(random_game(rng, (rng.randint(2, 4), 3), -4, 4), random_delta(rng))
        for _ in range(30)
    ]
    return [bg.payoff_set(game) for game in games]


@pytest.mark.parametrize(
    ("factor", "shift"),
    [(10**9, 0), (Fraction(1, 10**9), 0), (1, 10**12), (10**400, 0)],
    ids=["large", "small", "far", "beyond floats"],
)
def test_units_do_not_matter_however_far_apart(factor, shift):
    for before in thirty_answers():
        stage, delta = before.game.stage, before.game.delta
        first = [[factor * v + shift for v in row] for row in stage.payoffs[0]]
        changed = bg.NormalFormGame([first, stage.payoffs[1]])
        after = bg.payoff_set(bg.RepeatedGame(changed, delta))
        if before.error:
            # The longer way of the two players' errors is the first's.
            assert after.error <= max(1, factor) * before.error * 10
            continue
        assert after.error == 0
        assert after.vertices == tuple((factor * x + shift, y) for x, y in before.vertices)
        for support, same in zip(before.supports, after.supports, strict=True):
            x, y = support.continuation
            assert (same.profile, same.continuation) == (support.profile, (factor * x + shift, y))


# Of a point, segments and polygons; the last two are irrational.
IN_SEVERAL_UNITS = [
    (dilemma(9, 1, 10, 3), "1/8"),
    (bg.NormalFormGame([[[-6, 8], [-7, 1]], [[-7, 7], [6, -3]]]), "3/10"),
    (bg.NormalFormGame([[[-6, 10], [7, 1]], [[-2, 2], [-9, -5]]]), "67/100"),
    (alliance(), "12/25"),
    (bg.NormalFormGame([[[7, 5], [5, -2]], [[-6, -2], [-5, -5]]]), "49/50"),
    (
        bg.NormalFormGame(
            [[[-4, -3, 9], [-5, 6, 8], [-4, 6, 5]], [[-7, 10, 6], [-8, 2, 3], [-4, -3, -3]]]
        ),
        "47/100",
    ),
]


@cache
def answer(k):
    return bg.payoff_set(bg.RepeatedGame(*IN_SEVERAL_UNITS[k]))


@settings(max_examples=8)
@given(
    k=st.sampled_from(range(len(IN_SEVERAL_UNITS))),
    factor=st.builds(Fraction, st.integers(1, 99), st.integers(1, 99)),
    shifts=st.tuples(*[st.integers(-(10**9), 10**9)] * 2),
)
def test_sets_and_errors_map_along_with_long_decimals_and_odd_fractions(k, factor, shifts):
    stage, delta = IN_SEVERAL_UNITS[k]
    shifts = tuple(Fraction(shift, 10**8) for shift in shifts)
    tables = [
        [[factor * v + shift for v in row] for row in table]
        for table, shift in zip(stage.payoffs, shifts, strict=True)
    ]
    before = answer(k)
    after = bg.payoff_set(bg.RepeatedGame(bg.NormalFormGame(tables), delta))

    def mapped(points):
        return [
            tuple(factor * c + s for c, s in zip(point, shifts, strict=True)) for point in points
        ]

    assert list(after.vertices) == mapped(before.vertices)
    assert list(after.inside) == mapped(before.inside)
    assert after.error == factor * before.error
    assert [s.continuation for s in after.supports] == mapped(
        s.continuation for s in before.supports
    )


def test_a_segment_stays_one_in_long_decimals():
    stage, delta = IN_SEVERAL_UNITS[1]
    shift = Fraction("0.123456789")
    first = [[v + shift for v in row] for row in stage.payoffs[0]]
    found = vertices(bg.NormalFormGame([first, stage.payoffs[1]]), delta)
    assert found == tuple((x + shift, y) for x, y in vertices(stage, delta))
    assert len(found) == 2


def test_a_segment_between_payoffs_of_four_decimals_is_exact():
    stage = bg.NormalFormGame(
        [
            [["-2.2986", "-2.6757"], ["4.8606", "-2.9832"]],
            [["-0.2227", "-3.34"], ["9.348", "-3.1754"]],
        ]
    )
    found = vertices(stage, "7/20")
    assert len(found) == 2
