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
