"""Tests of exercise 6. You may read them: they hold no stored solution but ask the solver."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache

import pytest

import balancegame as bg
from balancegame.exact import exact, plain
from balancegame.grading.exercise.feedback import wrong
from balancegame.grading.exercise.reading import (
    read_choice,
    read_returned,
    refuse_rounded,
    refuse_wrong_turns,
)

NAMES = ("Japan", "US")
TOGETHER, APART = (("Support", "Support"), ("Withhold", "Withhold"))
GRIM = bg.grim_trigger(TOGETHER, APART)
MODEL = bg.models["alliance"]


def called(player):
    return {"US": "the US"}.get(player, player)


# Task 1: from which patience on


ASKED = {
    "first_delta": ("alliance_a", False),
    "second_delta": ("alliance_b", False),
    "third_delta": ("alliance_a", True),
}
PATIENCE_HINT = pytest.mark.hint(
    "What does withholding gain once, and what does it lose in every later period?",
    "Set the payoff of support equal to (1 - delta) times temptation + delta times punishment.",
    "Solve for delta, for each player: both must keep supporting. With a hazard it is delta times "
    "(1 - h) that must be so large.",
)


@pytest.mark.task(1)
@pytest.mark.points(1)
@pytest.mark.parametrize("name", ["first_delta", "second_delta"])
@PATIENCE_HINT
def test_least_patience(student, name):
    check_patience(student, name)


@pytest.mark.task(1)
@pytest.mark.points(2)
@PATIENCE_HINT
def test_least_patience_with_a_hazard(student):
    check_patience(student, "third_delta")


def check_patience(student, name):
    alliance, broken_off = ASKED[name]
    stage, hazard = student.variant[alliance], student.variant["hazard"] if broken_off else 0
    given = exact(student.answer(name), name)
    if not 0 <= given < 1:
        wrong(
            "no-discount-factor",
            f"{name}: {plain(given)} is no discount factor; it is at least 0 and less than 1. "
            "Weigh the gain with 1 - delta and the loss with delta.",
        )
    enough = indifferent(stage, hazard)
    if given == max(enough):
        return
    refuse_rounded(given, max(enough), name)
    if given == max(indifferent(stage, 0)):
        wrong(
            "no-hazard",
            f"{name}: that would be right without the hazard; with it tomorrow counts only "
            "delta (1 - h), so more patience is needed.",
        )
    gains = [agreed_gain(stage, given, hazard, player) for player in range(2)]
    tempted = gains.index(max(gains))
    if given in enough:
        wrong(
            "one-player-only",
            f"{name}: {plain(given)} is enough for one of the two, but {called(NAMES[tempted])} "
            f"still gains {plain(gains[tempted])} by withholding.",
        )
    if given < max(enough):
        wrong(
            "too-small",
            f"{name}: at delta = {plain(given)} {called(NAMES[tempted])} gains "
            f"{plain(gains[tempted])} by withholding once; more patience is needed.",
        )
    wrong(
        "too-large",
        f"{name}: at delta = {plain(given)} withholding loses {plain(-gains[tempted])} at least, "
        "so less patience would do; the threshold is where somebody is indifferent.",
    )


def indifferent(stage, hazard):
    """Return for each player the discount factor at which withholding gains nothing."""
    now, later = (
        [agreed_gain(stage, delta, hazard, player) for player in range(2)]
        for delta in (Fraction(0), Fraction(1, 2))
    )
    # The gain falls along a line as delta grows.
    return [gain / (gain - less) / 2 for gain, less in zip(now, later, strict=True)]


def agreed_gain(stage, delta, hazard, player):
    """Return what a player gains on average by withholding while both support."""
    game = bg.RepeatedGame(stage, delta, hazard)
    departing = [GRIM, GRIM]
    departing[player] = bg.always("Withhold")
    return (
        bg.discounted_payoffs(game, departing)[player]
        - bg.discounted_payoffs(game, (GRIM, GRIM))[player]
    )


# Task 2: the weak spot


WEAK_HINT = pytest.mark.hint(
    "Compare going along with departing once, first in one state, then in the other.",
    "In peace: joint support for ever, against temptation today, a period of punishment, and joint "
    "support again from then on.",
    "With temptation T, punishment P and joint support R, withholding once averages "
    "(1 - delta) T + delta (1 - delta) P + delta^2 R.",
)


def forgiving(student):
    automaton = bg.Automaton(
        "one period of punishment",
        {"peace": TOGETHER, "punishment": APART},
        {"peace": {TOGETHER: "peace", "otherwise": "punishment"}, "punishment": "peace"},
    )
    game = bg.RepeatedGame(student.variant["alliance_a"], student.variant["forgiving_delta"])
    return bg.verify(game, automaton)


def stage_payoffs(stage):
    """Return what Japan gets by joint support, alone in it, alone in withholding, and apart."""
    (joint, alone), (tempted, apart) = stage.payoffs[0]
    return joint, alone, tempted, apart


@pytest.mark.task(2)
@pytest.mark.points(1)
@WEAK_HINT
def test_weak_state(student):
    verdict = forgiving(student)
    given = read_choice(student.answer("weak_state"), "weak_state", ("peace", "punishment"))
    if given in {deviation.state[0] for deviation in verdict.profitable}:
        return
    _, alone, _, apart = stage_payoffs(verdict.game.stage)
    wrong(
        "safe-state",
        f"weak_state: in punishment both withhold, and whoever supports alone gets {plain(alone)} "
        f"instead of {plain(apart)} and changes nothing later. Nobody gains there.",
    )


@pytest.mark.task(2)
@pytest.mark.points(3)
@WEAK_HINT
def test_gain(student):
    verdict = forgiving(student)
    given, delta = exact(student.answer("gain"), "gain"), verdict.game.delta
    if given == max(verdict.regrets):
        return
    joint, _, tempted, apart = stage_payoffs(verdict.game.stage)
    today = tempted - joint
    if given == today:
        wrong(
            "today-only",
            f"gain: {plain(given)} is the gain of today alone and not an average; weigh today "
            "with 1 - delta and subtract what the punishment costs.",
        )
    if given == (1 - delta) * today:
        wrong(
            "no-punishment",
            f"gain: {plain(given)} is today's gain, rightly weighed, but a period of punishment "
            f"follows; it costs {plain(joint - apart)}, weighed with delta (1 - delta).",
        )
    if given == agreed_gain(verdict.game.stage, delta, 0, 0):
        wrong(
            "grim-instead",
            "gain: that would be so if the punishment never ended; here it ends after one period.",
        )
    if given < 0:
        wrong("sign", "gain: it is negative, so departing would lose; what is asked is the gain.")
    stream = ", ".join(map(plain, (tempted, apart, joint, joint)))
    wrong(
        "not-the-gain",
        f"gain: not {plain(given)}. Average the stream {stream} and so on, and subtract "
        f"{plain(joint)}.",
    )


# Task 3: a function for the least sanction


FUNCTION_HINT = pytest.mark.hint(
    "What must the sanction do that the future does not do already?",
    "Withholding saves E now and costs Y later, and s in every period: s = E - delta Y.",
    "If E - delta Y is negative the future alone is enough: max(E - delta * Y, 0).",
)


@pytest.mark.task(3)
@pytest.mark.points(1)
@FUNCTION_HINT
def test_sanction_of_the_lesson(student):
    compare(student, [(2, 5, Fraction(1, 4))])


@pytest.mark.task(3)
@pytest.mark.points(2)
@FUNCTION_HINT
def test_sanction_in_many_alliances(student):
    draw = random.Random(6)
    asked = []
    for _ in range(40):
        E = Fraction(draw.randint(1, 16), 4)
        asked.append((E, E + Fraction(draw.randint(1, 16), 4), Fraction(draw.randint(1, 18), 20)))
    compare(student, asked)


def compare(student, asked):
    given = [
        exact(read_returned(student, "least_sanction", *question), "what least_sanction gives back")
        for question in asked
    ]
    wanted = [least(*question) for question in asked]
    if given == wanted:
        return
    at_least_0 = [max(sanction, 0) for sanction in given]
    if at_least_0 == wanted:
        wrong(
            "negative",
            "least_sanction gives negative numbers where the future alone is enough; a sanction "
            "is 0 or more.",
        )
    refuse_wrong_turns("least_sanction", asked, at_least_0, TURNS, ADVICE)
    question, says, right = next(
        (q, g, w) for q, g, w in zip(asked, given, wanted, strict=True) if g != w
    )
    shown = ", ".join(map(plain, map(exact, question)))
    direction = "more than is needed" if says > right else "not enough"
    wrong(
        "counterexample",
        f"least_sanction({shown}) says {plain(says)}, which is {direction}. Compare supporting, "
        "Y - E for ever, with withholding, Y - s today and -s from then on.",
    )


# What to tell the author of a function that takes one wrong turn, and what that function returns.
ADVICE = {
    "no-future": "forgets the future: it takes over a part of E",
    "no-discount": "counts the future in full; it counts delta times only",
    "net-benefit": "counts only Y - E as lost, though what E saves later is counted already",
}
TURNS = {
    "no-future": lambda E, Y, delta: E,
    "no-discount": lambda E, Y, delta: max(E - Y, 0),
    "net-benefit": lambda E, Y, delta: max(E - delta * (Y - E), 0),
}


@cache
def least(E, Y, delta):
    """Ask the solver for the least sanction, with a US that is patient enough."""
    held = bg.regimes(MODEL, "s", E=E, Y=Y, delta=delta, D=10, y="1/4")
    return next(regime.low for regime in held if "mutual support" in regime.solution)


# Task 4: an automaton of one's own


OWN_HINT = pytest.mark.hint(
    "The temptation belongs to the path. Which path tempts less than (Support, Support)?",
    "Let them take turns: today Japan supports, tomorrow the US.",
    "Three states: Japan's turn, the turn of the US, and over for whoever departs.",
)


def own(student):
    actions, transitions = student.answer("actions"), student.answer("transitions")
    patrol = bg.RepeatedGame(student.variant["patrols"], student.variant["patrol_delta"])
    try:
        return bg.verify(patrol, bg.Automaton("yours", actions, transitions))
    except bg.GameError as error:
        wrong("no-automaton", f"That is no automaton for both yet: {error}")


@pytest.mark.task(4)
@pytest.mark.points(1)
@OWN_HINT
def test_both_get_more_than_without_support(student):
    verdict = own(student)
    _, _, _, apart = stage_payoffs(verdict.game.stage)
    poor = [i for i, payoff in enumerate(verdict.payoffs) if payoff <= apart]
    if poor:
        wrong(
            "no-better",
            f"{called(NAMES[poor[0]])} gets {plain(verdict.payoffs[poor[0]])} on average; without "
            f"any support it would get {plain(apart)}, and it must get more.",
        )


@pytest.mark.task(4)
@pytest.mark.points(3)
@OWN_HINT
def test_it_is_subgame_perfect(student):
    verdict = own(student)
    if verdict:
        _, _, _, apart = stage_payoffs(verdict.game.stage)
        if max(verdict.payoffs) <= apart:
            wrong(
                "nothing-sustained",
                "It is subgame-perfect, but only because nobody supports; sustain some support.",
            )
        return
    worst = max(verdict.profitable, key=lambda deviation: deviation.gain)
    where = (
        f"in state {worst.state[0]!r} {called(worst.player)} gains {plain(worst.gain)} by playing "
        f"{worst.action} once"
    )
    if worst.state[0] in states_on_path(verdict):
        wrong(
            "temptation",
            f"Somebody is tempted where play passes: {where}. Choose a path that tempts less, or "
            "a harder punishment.",
        )
    wrong(
        "empty-threat",
        f"A threat is empty: {where}. Play never comes there if all obey, and still it must hold.",
    )


def states_on_path(verdict):
    """Return the states that play passes through if everybody obeys."""
    automaton = verdict.automata[0]
    machine = [automaton.on(verdict.game.stage, player) for player in range(2)]
    state, seen = 0, []
    while state not in seen:
        seen.append(state)
        cell = tuple(m.actions[state] for m in machine)
        state = machine[0].moves[state][cell]
    return {automaton.states[k] for k in seen}
