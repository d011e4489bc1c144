"""bg.sustaining_deltas: exact sets, against verdicts at random deltas and at their ends."""

from fractions import Fraction
from random import Random

import pytest
import sympy

import balancegame as bg
from tests.one_sentence import one_sentence
from tests.repeated_games import (
    APART,
    SUPPORT,
    TOGETHER,
    WITHHOLD,
    alliance,
    dilemma,
    random_automaton,
    random_game,
)

Q = sympy.Rational


def up_from(low):
    return sympy.Interval.Ropen(low, 1)


@pytest.mark.parametrize(
    ("stage", "automata", "expected"),
    [
        (dilemma(), bg.grim_trigger(TOGETHER, APART), up_from(Q(1, 2))),
        (dilemma(), bg.alternation([("C", "D"), ("D", "C")], APART), up_from(Q(1, 4))),
        # A period of punishment takes back 2 d (1 - d); the temptation 2 is more.
        (dilemma(), bg.win_stay_lose_shift(TOGETHER, APART), sympy.S.EmptySet),
        (dilemma(3, 0, 4, 1), bg.win_stay_lose_shift(TOGETHER, APART), up_from(Q(1, 2))),
        (dilemma(), bg.always("D"), up_from(0)),
        (dilemma(), bg.always("C"), sympy.S.EmptySet),
        # Two periods of punishment: 2(d + d^2) >= 2, so the golden section.
        (
            dilemma(),
            bg.limited_punishment(TOGETHER, APART, 2),
            up_from(sympy.sqrt(5) / 2 - Q(1, 2)),
        ),
        # Tit for tat needs 4 - 2 <= 4 d and, to go on echoing, 4 - 2 >= 4 d: a single point.
        (dilemma(4, 0, 6, 2), bg.tit_for_tat(TOGETHER, APART), sympy.FiniteSet(Q(1, 2))),
        (alliance(), bg.grim_trigger(SUPPORT, WITHHOLD), up_from(Q(1, 2))),
    ],
)
def test_known_sets(stage, automata, expected):
    assert bg.sustaining_deltas(stage, automata) == expected


def test_a_set_need_not_reach_up_to_one():
    # The first player may stay away for ever or come back a period later: the patient come back.
    stage = bg.NormalFormGame(
        [[[2, 2], [1, 5]], [[0, 0], [0, 0]]], actions=(("stay", "go"), ("wait", "pay"))
    )
    shy = bg.Automaton(
        "shy",
        {"shut": ("stay", "wait"), "open": ("go", "pay")},
        {"shut": {("go", None): "open", "otherwise": "shut"}, "open": "open"},
    )
    assert bg.sustaining_deltas(stage, shy) == sympy.Interval(0, Q(1, 4))


def random_norm(rng, stage):
    """Return one of the named automata, the agreement drawn at random."""
    profiles = [tuple(rng.choice(names) for names in stage.actions) for _ in range(3)]
    makers = (
        bg.grim_trigger,
        bg.tit_for_tat,
        bg.win_stay_lose_shift,
        bg.forgiving_reciprocity,
        lambda agreed, other: bg.limited_punishment(agreed, other, 2),
        lambda agreed, other: bg.alternation([agreed, profiles[2]], other),
    )
    return rng.choice(makers)(profiles[0], rng.choice(bg.pure_equilibria(stage) or profiles))


def ends(deltas):
    return [end for end in deltas.boundary if 0 <= end < 1]


def test_sets_agree_with_verdicts_everywhere():
    rng = Random(62)
    seen, odd = 0, 0
    for k in range(200):
        stage = random_game(rng, (2, 2), -1, 2)
        if k % 2:
            automata = [random_automaton(rng, stage, i, rng.randint(1, 2)) for i in range(2)]
        else:
            automata = random_norm(rng, stage)
        deltas = bg.sustaining_deltas(stage, automata)
        points = [Fraction(rng.randrange(0, 60), 60) for _ in range(6)]
        points += [end for end in ends(deltas) if end.is_algebraic and len(ends(deltas)) < 4]
        for point in points:
            value = Q(point.numerator, point.denominator) if type(point) is Fraction else point
            verdict = bg.verify(bg.RepeatedGame(stage, point), automata)
            assert verdict.holds == (value in deltas), (stage.payoffs, automata, point)
        seen += deltas not in (sympy.S.EmptySet, up_from(0))
        odd += deltas is not sympy.S.EmptySet and bool(deltas.sup < 1)
    assert seen > 5
    assert odd > 0


def test_sets_of_three_players():
    # Each gains 1 by keeping; if one keeps, all lose 2: 1 - d <= 2 d.
    def pay(i, cell):
        return 1 + (cell[i] == 1) if 1 not in cell or cell[i] == 1 else 0

    def array(i):
        return [[[pay(i, (a, b, c)) - 2 * sum((a, b, c)) for c in range(2)] for b in range(2)]
                for a in range(2)]  # fmt: skip

    stage = bg.NormalFormGame([array(i) for i in range(3)], actions=(("Give", "Keep"),) * 3)
    deltas = bg.sustaining_deltas(stage, bg.grim_trigger(("Give",) * 3, ("Keep",) * 3))
    for k in range(40):
        delta = Fraction(k, 40)
        verdict = bg.verify(
            bg.RepeatedGame(stage, delta), bg.grim_trigger(("Give",) * 3, ("Keep",) * 3)
        )
        assert verdict.holds == (Q(k, 40) in deltas)


def test_errors():
    with one_sentence("sustaining_deltas takes a NormalFormGame"):
        bg.sustaining_deltas(bg.RepeatedGame(dilemma(), "1/2"), bg.always("D"))
    rooted = bg.NormalFormGame([[[sympy.sqrt(2), 0], [1, 1]], [[1, 0], [1, 1]]])
    with one_sentence("sqrt(2)", "rational payoffs"):
        bg.sustaining_deltas(rooted, bg.always("action 1"))
