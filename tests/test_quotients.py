"""Payoffs that divide: interest rates and shares of power, in regimes and sweeps."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

import balancegame as bg
from balancegame.exact.quotients import quotient_variables
from balancegame.solvers.parametric.denominators import sign_on_box
from tests.one_sentence import one_sentence


def model_of(
    payoffs: Any, low: Any = 0, high: Any = 1, players: int = 2, low_k: Any = 1, high_k: Any = 4
) -> bg.Model:
    return bg.Model(
        "lending",
        "Lending",
        ("A", "B", "C")[:players],
        (("x", "y"),) * players,
        payoffs,
        (
            bg.Parameter("r", "interest", Fraction(low + high, 2) + Fraction(1, 7), low, high),
            bg.Parameter("k", "power", low_k, low_k, high_k),
        ),
    )


# A lends if what comes back, discounted, is worth more than the 3/4 in hand: r < 1/3.
LOAN = [[["1/(1 + r)", "1/(1 + r)"], ["3/4", "3/4"]], [["1", "0"], ["1", "0"]]]


def test_a_threshold_of_interest() -> None:
    below, at, above = bg.regimes(model_of(LOAN), "r")
    assert (below.low, below.high, at.low, above.high) == (0, Fraction(1, 3), Fraction(1, 3), 1)
    assert below.span == "0 <= r < 1/3"
    [lent] = below.solution
    assert str(lent.payoffs[0]) == "1/(r + 1)"
    assert lent.payoffs[0].at(Fraction(1, 4)) == Fraction(4, 5)
    assert bg.verify(at.game, ("y", "x")).holds
    assert at.game.payoffs[0][0][0] == Fraction(3, 4)
    assert str(bg.explain(below))


def test_a_negative_denominator() -> None:
    """1/(r - 2) is negative all over: what it is multiplied by must be 2 - r."""
    payoffs = [[["1/(r - 2)"] * 2, ["-2/3"] * 2], [["1", "0"]] * 2]
    below, at, above = bg.regimes(model_of(payoffs), "r")
    assert at.low == Fraction(1, 2)
    assert below.solution[0].strategies[0] == (1, 0)
    assert above.solution[0].strategies[0] == (0, 1)


QUOTIENTS = ("{}/(1 + r)", "{}*r/(r + k)", "{}/(k + 2)", "{}*k", "{} + r", "{}/(r - 3)", "{}")


def drawn(seed: int, players: int = 2) -> Any:
    source = random.Random(seed)

    def table(depth: int) -> Any:
        if not depth:
            return source.choice(QUOTIENTS).format(source.randint(-3, 3))
        return [table(depth - 1) for _ in range(2)]

    return [table(players) for _ in range(players)]


@pytest.mark.parametrize("seed", range(12))
def test_regimes_hold_at_every_value(seed: int) -> None:
    """The game at each of many values, solved by itself, has the equilibria of its regime."""
    model = model_of(drawn(seed))
    found = bg.regimes(model, "r", k=2)
    for k in range(21):
        value = Fraction(k, 20)
        [regime] = [each for each in found if value in each]
        alone = bg.equilibria(model.game(r=value, k=2))
        there = {
            tuple(tuple(p.at(value) if hasattr(p, "at") else p for p in x) for x in e.strategies)
            for e in regime.solution
        }
        assert there == {e.strategies for e in alone}, value


@pytest.mark.parametrize("seed", range(6))
def test_three_players(seed: int) -> None:
    model = model_of(drawn(seed, 3), players=3)
    found = bg.regimes(model, "r", k=2)
    for k in range(11):
        value = Fraction(k, 10)
        [regime] = [each for each in found if value in each]
        assert set(regime.solution) == set(bg.pure_equilibria(model.game(r=value, k=2)))


@pytest.mark.parametrize("seed", range(4))
def test_sweeps_hold_at_every_cell(seed: int) -> None:
    model = model_of([[["1/(1 + r)", "k"], ["0", "r/(r + k)"]], drawn(seed)[1]])
    diagram = bg.sweep(model, "r", "k", resolution=5)
    for iy, y in enumerate(diagram.y):
        for ix, x in enumerate(diagram.x):
            alone = bg.equilibria(model.game(r=x, k=y))
            held = {
                tuple(
                    frozenset(tuple(bool(p) for p in vertex) for vertex in side) for side in subset
                )
                for component in alone.components
                for subset in component
            }
            said = {
                tuple(
                    frozenset((bool(m & 1), bool(m & 2)) for m in side) if side else side
                    for side in subset
                )
                for subset in diagram.supports[diagram.labels[iy, ix]]
            }
            assert said == held


def test_later_movers_divide_too() -> None:
    """B answers a loan by paying back while 1/(1 + r) is above 3/4; A foresees that."""
    stage = bg.Model(
        "credit",
        "Credit",
        ("A", "B"),
        (("lend", "keep"), ("pay", "default")),
        [[["2", "-1"], ["0", "0"]], [["1/(1 + r)", "3/4"], ["0", "0"]]],
        (bg.Parameter("r", "interest", 0, 0, 1),),
    )
    model = bg.SequentialModel(
        "credit-in-turn", "Credit", stage, ("A", "B"), when_indifferent={"B": "pay"}
    )
    below, at, above = bg.regimes(model, "r")
    assert (below.high, at.low, above.high) == (Fraction(1, 3), Fraction(1, 3), 1)
    assert [r.solution[0].strategies[0] for r in (below, at, above)] == [(1, 0), (1, 0), (0, 1)]


def test_a_discount_factor_from_a_rate_of_interest() -> None:
    """Grim trigger needs delta = 1/(1 + r) of 1/2 or more in this prisoners' dilemma: r <= 1."""
    rate = bg.Parameter("r", "interest", "1/10", 0, 3)
    dilemma = [[["2", "0"], ["3", "1"]], [["2", "3"], ["0", "1"]]]
    model = bg.RepeatedModel(
        stage=bg.Model("stage", "Stage", ("A", "B"), (("C", "D"),) * 2, dilemma, (rate,)),
        delta="1/(1 + r)",
        norms={"grim trigger": bg.Norm(bg.grim_trigger(("C", "C"), ("D", "D")))},
    )
    held, broken = bg.regimes(model, "r")
    assert (held.solution, broken.solution) == (("grim trigger",), ())
    assert (held.high, held.closed[1]) == (1, True)


ZEROS = [
    (lambda: bg.regimes(model_of(LOAN, low=-2), "r"), ("divides by r + 1", "zero at r = -1")),
    (lambda: bg.regimes(model_of(LOAN, low=-1), "r"), ("divides by r + 1", "zero at r = -1")),
    (lambda: bg.regimes(model_of(LOAN, -2, -1), "r"), ("divides by r + 1", "zero at r = -1")),
    (
        lambda: bg.regimes(model_of([[["r/(r**2 - 1/2)", 0], [0, 1]]] * 2), "r"),
        ("divides by 2*r**2 - 1", "zero at r"),
    ),
    # Divided out again it is still no number where r = 0.
    (lambda: bg.regimes(model_of([[["r/r", 0], [0, 1]]] * 2), "r"), ("zero at r = 0",)),
    (lambda: bg.regimes(model_of([[["1/(1/r)", 0], [0, 1]]] * 2), "r"), ("zero at r = 0",)),
    (
        lambda: bg.sweep(model_of([[["1/(r - k)", 0], [0, 1]]] * 2), "r", "k"),
        ("divides by -k + r", "r from 0 to 1 and k from 1 to 4"),
    ),
    (lambda: bg.regimes(model_of([[["1/(r - r)", 0], [0, 1]]] * 2), "r"), ("by zero",)),
    (lambda: bg.regimes(model_of([[["1/(k - 2)", 0], [0, 1]]] * 2), "r", k=2), ("by zero",)),
]


@pytest.mark.parametrize(("attempt", "words"), ZEROS)
def test_a_zero_in_the_range_is_named(attempt: Any, words: tuple[str, ...]) -> None:
    with one_sentence(*words):
        attempt()


SHARES = (
    bg.Parameter("r", "interest", Fraction(2, 3), 0, 1),
    bg.Parameter("k", "power", 1, 1, 4),
)

OTHERS = [
    bg.CoalitionalModel("m", "M", ("A", "B"), SHARES, {"A": 0, "B": 0, ("A", "B"): "1/(2*r - 1)"}),
    bg.CoalitionalModel("m", "M", ("A", "B"), SHARES, weights=("r/(2*r - 1)", 4), quota=1),
    bg.CoalitionalModel("m", "M", ("A", "B"), SHARES, weights=("1/(2*r - 1)", 4), quota="majority"),
    bg.CoalitionalModel(
        "m", "M", ("A", "B"), SHARES, weights=(1, 4), quota=1, vetoes={"A": "1/(2*r - 1)"}
    ),
    bg.BargainingModel("m", "M", ("A", "B"), {"d": ("1/(2*r - 1)", 1)}, (0, 0), SHARES),
    bg.BargainingModel("m", "M", ("A", "B"), {"d": (1, 1)}, ("r/(2*r - 1)", 0), SHARES),
]


@pytest.mark.parametrize("model", OTHERS)
def test_a_zero_in_the_range_is_named_in_other_models(model: Any) -> None:
    with one_sentence("a formula of model m divides by 2*r - 1", "zero at r = 1/2"):
        bg.regimes(model, "r")
    with one_sentence("divides by 2*r - 1", "r from 0 to 1"):
        bg.sweep(model, "r", "k", resolution=5)
    assert bg.regimes(model, "k", r=1)


def test_side_payments_compare_sums_of_what_divides() -> None:
    """Lending now and waiting are worth the same to both together where 1/(1 + r) = 3/4."""
    deals = {"lend": ("1/(1 + r)", 0), "wait": (0, "3/4")}
    model = bg.BargainingModel("m", "M", ("A", "B"), deals, (0, 0), SHARES, sharing="side payments")
    lend, at, wait = bg.regimes(model, "r")
    assert (lend.high, at.low) == (Fraction(1, 3), Fraction(1, 3))
    assert [r.solution.lottery for r in (lend, wait)] == [{"lend": 1}, {"wait": 1}]


def test_worth_that_divides_is_written_as_it_is() -> None:
    worth = {"A": 0, "B": 0, ("A", "B"): "(2 - r)/((1 + r)*(k + 1)**2)"}
    model = bg.CoalitionalModel("m", "M", ("A", "B"), SHARES, worth)
    [regime] = bg.regimes(model, "r", k=1)
    assert regime.name.startswith("everybody is worth (1/2 - 1/4*r)/(r + 1)")


R, K = quotient_variables(("r", "k"))

SIGNS = [
    (1 / (1 + R), [(0, 1), (0, 1)], 1),
    (1 / (R - 2), [(0, 1), (0, 1)], -1),
    (1 / (R * R + K * K - R * K), [(Fraction(1, 9), 1), (0, 1)], 1),
    (1 / (R * R - 2 * R * K + K * K + Fraction(1, 50)), [(0, 1), (0, 1)], 1),
    (1 / (R * R - 2 * R * K + K * K), [(0, 1), (0, 1)], 0),
    (1 / (R * R + K * K - Fraction(1, 9)), [(-1, 1), (-1, 1)], 0),
    (1 / (R + K), [(0, 0), (1, 1)], 1),
]


@pytest.mark.parametrize(("quotient", "box", "sign"), SIGNS)
def test_signs_on_boxes(quotient: Any, box: Any, sign: int) -> None:
    [factor] = quotient.bottom
    leading = 1 if quotient.top.terms[0, 0] > 0 else -1
    ends = [(Fraction(low), Fraction(high)) for low, high in box]
    assert sign_on_box(factor, ends) * leading == sign


def sale(source: random.Random) -> bg.CoalitionalModel:
    """Three players whose worth divides by both parameters, as the drawn formulas do."""

    def formula(*factors: int) -> str:
        return source.choice(QUOTIENTS).format(source.choice(factors))

    pairs = {pair: formula(1, 2) for pair in (("A", "B"), ("A", "C"), ("B", "C"))}
    return bg.CoalitionalModel(
        name="sale",
        title="A sale",
        players=("A", "B", "C"),
        worth={
            "A": 0,
            "B": 0,
            "C": (0, formula(-1, 1)),
            **pairs,
            ("A", "B", "C"): (formula(3), formula(2)),
        },
        parameters=SHARES,
    )


def voting(source: random.Random) -> bg.CoalitionalModel:
    shares = ("1/(1 + r)", "r/(r + k)", "k", "2*r", "1", "3/(r - 3) + 2")
    return bg.CoalitionalModel(
        name="votes",
        title="Votes",
        players=("A", "B", "C", "D"),
        weights=[source.choice(shares) for _ in range(4)],
        quota=source.choice(["majority", "2/(1 + r)", "(2 + r)/(k + 1)"]),
        vetoes={"A": "r/(1 + k) - 1/8"} if source.random() < 0.5 else {},
        parameters=SHARES,
    )


def deals(source: random.Random) -> bg.BargainingModel:
    outcomes = {
        name: [source.choice(QUOTIENTS).format(source.randint(-3, 4)) for _ in range(2)]
        for name in ("return", "lease", "share")
    }
    disagreement = [0, source.choice(["0", "-1/(1 + r)", "r/(r + k)"])]
    sharing = source.choice(("as they are", "lotteries", "side payments"))
    return bg.BargainingModel(
        "deals", "Deals", ("A", "B"), outcomes, disagreement, SHARES, sharing=sharing
    )


def solved(game: Any) -> Any:
    """What a game comes to when it is solved by itself."""
    if isinstance(game, bg.BargainingProblem):
        found = bg.nash_bargaining(game)
        return frozenset(found.lottery), frozenset(found.ties), found.payoffs
    if game.everybody > 7:
        return tuple(bg.shapley(game))
    return tuple(bg.shapley(game)), frozenset(map(tuple, bg.core(game).vertices))


def read_at(entry: Any, value: Fraction) -> Any:
    if isinstance(entry, tuple | list | frozenset):
        return type(entry)(read_at(each, value) for each in entry)
    return entry.at(value) if hasattr(entry, "at") else entry


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("drawn_model", [sale, voting, deals])
def test_regimes_of_other_models_hold_at_random_points(drawn_model: Any, seed: int) -> None:
    """Each game in a regime is what the regime says, at random values and at every end."""
    source = random.Random(seed)
    model = drawn_model(source)
    found = bg.regimes(model, "r", k=2)
    values = [Fraction(source.randint(0, 720), 720) for _ in range(8)]
    ends = [regime.low for regime in found if isinstance(regime.low, Fraction)]
    for value in [*values, *ends, Fraction(1)]:
        [regime] = [each for each in found if value in each]
        assert solved(model.game(r=value, k=2)) == read_at(solved(regime.game), value), value


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("drawn_model", [sale, voting, deals])
def test_sweeps_of_other_models_agree_with_regimes(drawn_model: Any, seed: int) -> None:
    """In each row of a diagram two cells have one label just where regimes say the same."""
    model = drawn_model(random.Random(seed))
    diagram = bg.sweep(model, "r", "k", resolution=7)
    said: dict[int, set[str]] = {}
    for iy, k in enumerate(diagram.y):
        along = bg.regimes(model, "r", k=k)
        for ix, r in enumerate(diagram.x):
            [regime] = [each for each in along if r in each]
            # With k fixed, formulas read otherwise; what the core is, power and deals do not.
            short = regime.name.rpartition("; the core")[2]
            said.setdefault(diagram.labels[iy, ix], set()).add(short)
    assert all(len(names) == 1 for names in said.values())
