"""Bargaining: three solutions on a grid of all lotteries, alternating offers, and the islands."""

from fractions import Fraction
from itertools import combinations
from math import prod
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.coalitional.bargaining import frontier
from tests.bounded_fractions import bounded_fractions
from tests.one_sentence import one_sentence

KURILS = bg.models["kurils"]
SOLUTIONS = (bg.nash_bargaining, bg.kalai_smorodinsky, bg.egalitarian)
F = Fraction

payoffs = st.tuples(st.integers(-6, 9), st.integers(-6, 9))
problems = st.builds(bg.BargainingProblem, st.lists(payoffs, min_size=1, max_size=5), payoffs)


def lotteries(problem, parts=24):
    """The gains of all lotteries between two outcomes or an outcome and no deal, on a grid."""
    points = [problem.gains(name) for name in (*problem.outcomes, "no deal")]
    for (a, b), (c, d) in combinations(points, 2):
        for k in range(parts + 1):
            yield a + F(k, parts) * (c - a), b + F(k, parts) * (d - b)


def fair(gains):
    return min(gains) >= 0


@given(problems)
@settings(max_examples=60)
def test_with_lotteries_no_lottery_of_a_grid_does_better(problem):
    problem = problem.with_lotteries()
    grid = [gains for gains in lotteries(problem) if fair(gains)]
    most = [max(column) for column in zip(*grid, strict=True)]
    nash, kalai, equal = (solve(problem) for solve in SOLUTIONS)
    for found in (nash, kalai, equal):
        assert fair(found.gains)
        assert sum(found.lottery.values()) == 1
        mixed = [
            sum(p * problem.gains(name)[i] for name, p in found.lottery.items()) for i in (0, 1)
        ]
        assert tuple(mixed) == found.gains
        assert not any(
            a >= found.gains[0] and b >= found.gains[1] and (a, b) != found.gains for a, b in grid
        )
    assert prod(nash.gains) >= max(map(prod, grid))
    assert min(equal.gains) >= max(map(min, grid))
    if min(most) > 0:
        top = [max(most[i], kalai.gains[i]) for i in (0, 1)]
        # The ray leads to the most that each could gain; the grid may miss it, the ends do not.
        ends = [max(c.gains[i] for c in frontier(problem)) for i in (0, 1)]
        assert all(a >= b for a, b in zip(ends, top, strict=True))
        assert kalai.gains[0] * ends[1] == kalai.gains[1] * ends[0]


@given(st.lists(st.tuples(*[st.integers(-4, 6)] * 3), min_size=1, max_size=5))
@settings(max_examples=60)
def test_outcomes_as_they_are(rows):
    problem = bg.BargainingProblem(rows)
    everything = [(0, 0, 0), *rows]
    good = [row for row in everything if fair(row)]
    for solve, worth in zip(SOLUTIONS, (prod, None, min), strict=True):
        found = solve(problem)
        assert found.payoffs in good
        assert not any(
            row != found.payoffs and all(a >= b for a, b in zip(row, found.payoffs, strict=True))
            for row in good
        )
        if worth is not None:
            assert worth(found.payoffs) == max(map(worth, good))


@given(st.lists(st.tuples(*[st.integers(-4, 6)] * 3), min_size=1, max_size=4))
@settings(max_examples=40)
def test_with_side_payments_the_surplus_is_shared_equally(rows):
    problem = bg.BargainingProblem(rows, (1, 0, 2)).with_side_payments()
    surplus = max(map(sum, rows)) - 3
    for solve in SOLUTIONS:
        found = solve(problem)
        assert found.deal == (surplus >= 0)
        each = F(max(surplus, 0), 3)
        assert found.payoffs == (1 + each, each, 2 + each)
        assert sum(found.payments) == 0
        (name,) = found.lottery
        if found.deal:
            got = zip(problem.outcomes[name], found.payments, strict=True)
            assert tuple(u + t for u, t in got) == found.payoffs


def test_three_solutions_differ():
    problem = bg.BargainingProblem({"ours": (8, 0), "theirs": (0, 4), "both": (6, 3)})
    assert bg.nash_bargaining(problem).lottery == {"both": 1}
    drawn = problem.with_lotteries()
    assert bg.nash_bargaining(drawn).payoffs == (6, 3)
    assert bg.kalai_smorodinsky(drawn).payoffs == (6, 3)
    assert bg.egalitarian(drawn).payoffs == (F(24, 7), F(24, 7))
    assert bg.egalitarian(drawn).lottery == {"theirs": F(3, 7), "both": F(4, 7)}
    paid = bg.egalitarian(problem.with_side_payments())
    assert (paid.payoffs, paid.payments) == ((F(9, 2), F(9, 2)), (F(-3, 2), F(3, 2)))


def test_ties_are_listed():
    found = bg.nash_bargaining(bg.BargainingProblem({"ours": (3, 1), "theirs": (1, 3)}))
    assert [*found.lottery, *found.ties] == ["ours", "theirs"]


def test_sharing_a_sum():
    problem = bg.BargainingProblem.of_a_sum(10, (1, 3), ("Japan", "Russia"))
    assert bg.nash_bargaining(problem).payoffs == (4, 6)


def test_indivisible_islands_stay_where_they_are():
    rng = Random(5)
    for _ in range(40):
        v = {name: F(rng.randint(0, 40), 2) for name in ("v_J", "v_R", "a")}
        problem = KURILS.game(**v)
        cost = v["v_R"] + v["a"]
        for way in (problem.as_they_are(), problem.with_lotteries()):
            found = bg.nash_bargaining(way)
            assert found.deal == (cost == 0 and v["v_J"] > 0)
        found = bg.nash_bargaining(problem)
        assert found.deal == (v["v_J"] >= cost)
        if found.deal:
            t = (v["v_J"] + cost) / 2
            assert found.payments == (-t, t)
            assert found.payoffs == ((v["v_J"] - cost) / 2,) * 2


def test_regimes_of_the_islands():
    regimes = bg.regimes(KURILS, "v_J", v_R=3, a=2)
    assert [(r.low, r.high) for r in regimes] == [(0, 5), (5, 5), (5, 20)]
    assert [r.name for r in regimes] == [
        "no deal",
        "islands returned, with a side payment; as good: no deal",
        "islands returned, with a side payment",
    ]
    assert str(regimes[2].solution.payments[1]) == "(v_J + 5)/2"
    diagram = bg.sweep(KURILS, "v_J", "a", resolution=21)
    for i, x in enumerate(diagram.x):
        for k, y in enumerate(diagram.y):
            shown = diagram.legend[diagram.labels[k, i]]
            assert shown.startswith("islands") == (x >= 3 + y)


def lots(sharing):
    return bg.BargainingModel(
        name="lots",
        title="Lots",
        players=("A", "B"),
        outcomes={"x": ("t", 1), "y": (1, "4 - t"), "z": ("t*t/2", 0)},
        disagreement=(0, 0),
        parameters=(bg.Parameter("t", "", 1, 0, 4),),
        sharing=sharing,
    )


@pytest.mark.parametrize("sharing", ["as they are", "lotteries", "side payments"])
def test_regimes_agree_with_single_problems(sharing):
    model = lots(sharing)
    rng = Random(7)
    for regime in bg.regimes(model, "t"):
        if regime.is_point:
            continue
        for _ in range(4):
            low, high = float(regime.low), float(regime.high)
            t = F(low + (high - low) * rng.uniform(0.01, 0.99)).limit_denominator(10**6)
            found, shown = bg.nash_bargaining(model.game(t=t)), regime.solution
            assert set(found.lottery) == set(shown.lottery)
            at = tuple(x if isinstance(x, F) else x.at(t) for x in shown.payoffs)
            assert at == found.payoffs


@pytest.mark.parametrize(
    ("deltas", "first"), [(("9/10", "4/5"), "5/7"), (("1/2", "1/2"), "2/3"), ((0, "1/2"), "1/2")]
)
def test_rubinstein(deltas, first):
    found = bg.alternating_offers(deltas, players=("Japan", "Russia"))
    ours, theirs = map(F, deltas)
    assert found.payoffs[0] == F(first) == (1 - theirs) / (1 - ours * theirs)
    assert sum(found.payoffs) == 1
    assert found.responder[0] == 1 - (1 - ours) / (1 - ours * theirs)


fractions = bounded_fractions(0, Fraction(9, 10), 12)


@given(fractions, fractions, fractions, fractions)
@settings(max_examples=80)
def test_outside_options_count_beyond_their_threshold(d1, d2, o1, o2):
    assume(o1 + o2 <= 1)
    found = bg.alternating_offers((d1, d2), outside=(o1, o2))
    kept, offered = found.proposer, found.responder
    # Each is offered just what refusing would bring, and nobody would rather wait than propose so.
    assert offered == (max(d1 * kept[0], o1), max(d2 * kept[1], o2))
    assert kept == (1 - offered[1], 1 - offered[0])
    assert found.payoffs == (kept[0], offered[1])
    for i, own in enumerate((o1, o2)):
        without = bg.alternating_offers((d1, d2), outside=[(o1, o2)[k] * (k != i) for k in (0, 1)])
        changed = found.responder[i] != without.responder[i]
        assert changed == (own > found.thresholds[i]) == found.counts[i]
        assert found.thresholds[i] == without.responder[i]


def test_options_worth_more_than_the_sum_end_it():
    found = bg.alternating_offers(("1/2", "1/2"), outside=("3/5", "3/5"))
    assert not found.deal
    assert found.payoffs == (F(3, 5), F(3, 5))


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: bg.BargainingProblem({}), ["no outcome"]),
        (
            lambda: bg.BargainingProblem({"x": (1, 2, 3), "y": (1, 2)}),
            ["y has 2 payoffs", "give 3"],
        ),
        (lambda: bg.BargainingProblem({"x": (1,)}), ["two players"]),
        (lambda: bg.BargainingProblem({"x": (1, "a")}), ["the payoff of player 2 from x"]),
        (lambda: bg.BargainingProblem({"no deal": (1, 1)}), ["'no deal'"]),
        (lambda: bg.BargainingProblem({"x": (1, 1)}, (0,)), ["no deal has 1 payoff; give 2"]),
        (lambda: bg.BargainingProblem({"x": (1, 1)}, sharing="by force"), ["'by force'"]),
        (lambda: bg.BargainingProblem({"x": (1, 1)}, players=("A", "A")), ["'A' is named twice"]),
        (
            lambda: bg.nash_bargaining(bg.BargainingProblem([(1, 2, 3)]).with_lotteries()),
            ["two players, not of 3"],
        ),
        (lambda: bg.nash_bargaining(KURILS), ["model.game(...)"]),
        (lambda: bg.alternating_offers((1, 1)), ["every division"]),
        (lambda: bg.alternating_offers(("1/2", 2)), ["discount factor of player 2 is 2"]),
        (lambda: bg.alternating_offers((0, 0), total=0), ["the sum is 0"]),
        (lambda: bg.alternating_offers((0, 0), outside=(-1, 0)), ["0 or more"]),
        (lambda: bg.alternating_offers((0,)), ["1 of the discount factors"]),
        (lambda: bg.regimes(KURILS), ["name the parameter"]),
        (lambda: bg.sweep(KURILS, "a", "a"), ["both axes are a"]),
    ],
)
def test_errors(build, words):
    with one_sentence(*words):
        build()
