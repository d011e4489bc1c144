"""Tests of exercise 6. You may read them: they hold no stored solution but ask the solver."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.exact import exact, plain
from balancegame.grading.feedback import wrong

NAMES = ("Japan", "US")
ACTIONS = (("Support", "Withhold"),) * 2
TOGETHER, APART = (("Support", "Support"), ("Withhold", "Withhold"))
GRIM = bg.grim_trigger(TOGETHER, APART)
MODEL = bg.models["alliance"]


def both(japan, us):
    return bg.NormalFormGame([japan, us], NAMES, ACTIONS)


def called(player):
    return {"US": "the US"}.get(player, player)


# Task 1: from which patience on


ALLIANCES = {
    "first_delta": (both([[4, 0], [6, 2]], [[4, 6], [0, 2]]), 0),
    "second_delta": (both([[5, 0], [8, 2]], [[4, 7], [1, 2]]), 0),
    "third_delta": (both([[4, 0], [6, 2]], [[4, 6], [0, 2]]), Fraction(1, 5)),
}
NEAR = Fraction(1, 50)
PATIENCE_HINT = pytest.mark.hint(
    "What does withholding gain once, and what does it lose in every later period?",
    "Set the payoff of support equal to (1 - delta) times temptation + delta times punishment.",
    "Japan in B: 5 = 8 (1 - delta) + 2 delta, so delta = 3/6. Now the US.",
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
    stage, hazard = ALLIANCES[name]
    given = exact(student.answer(name), name)
    if not 0 <= given < 1:
        wrong(
            "no-discount-factor",
            f"{name}: {plain(given)} is no discount factor; it is at least 0 and less than 1. "
            "Weigh the gain with 1 - delta and the loss with delta.",
        )
    verdict = bg.verify(bg.RepeatedGame(stage, given, hazard), GRIM)
    start = [d for d in verdict.profitable if d.state == ("agreed", "agreed")]
    ties = [agreed_gain(stage, given, hazard, i) for i in range(2)]
    if not start and 0 in ties:
        return
    if any(abs(tie) < NEAR / 4 for tie in ties) and abs(max(ties)) < NEAR / 4:
        wrong(
            "rounded",
            f"{name}: {float(given):.16g} is very near, but rounded; the threshold is one exact "
            'number, so write a fraction in quotes, such as "1/3".',
        )
    if hazard and 0 in (agreed_gain(stage, given, 0, i) for i in range(2)):
        wrong(
            "no-hazard",
            f"{name}: that would be right without the hazard; with it tomorrow counts only "
            "delta (1 - h), so more patience is needed.",
        )
    if start and 0 in ties:
        wrong(
            "one-player-only",
            f"{name}: {plain(given)} is enough for one of the two, but {called(start[0].player)} "
            f"still gains {plain(start[0].gain)} by withholding.",
        )
    if start:
        worst = start[0]
        wrong(
            "too-small",
            f"{name}: at delta = {plain(given)} {called(worst.player)} gains {plain(worst.gain)} "
            "by withholding once; more patience is needed.",
        )
    wrong(
        "too-large",
        f"{name}: at delta = {plain(given)} withholding loses {plain(-max(ties))} at least, so "
        "less patience would do; the threshold is where somebody is indifferent.",
    )


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
    "In peace: 4 for ever against 6, then a period of 2, then 4 for ever.",
    "Withholding averages (1 - delta) 6 + delta (1 - delta) 2 + delta^2 4.",
)


def forgiving():
    automaton = bg.Automaton(
        "one period of punishment",
        {"peace": TOGETHER, "punishment": APART},
        {"peace": {TOGETHER: "peace", "otherwise": "punishment"}, "punishment": "peace"},
    )
    return bg.verify(bg.RepeatedGame(ALLIANCES["first_delta"][0], "1/2"), automaton)


@pytest.mark.task(2)
@pytest.mark.points(1)
@WEAK_HINT
def test_weak_state(student):
    given = student.answer("weak_state")
    states = {deviation.state[0] for deviation in forgiving().profitable}
    if given in states:
        return
    if given == "punishment":
        wrong(
            "safe-state",
            "weak_state: in punishment both withhold, and whoever supports alone gets 0 instead "
            "of 2 and changes nothing later. Nobody gains there.",
        )
    wrong("not-a-state", f'weak_state: {given!r} is no state; write "peace" or "punishment".')


@pytest.mark.task(2)
@pytest.mark.points(3)
@WEAK_HINT
def test_gain(student):
    given = exact(student.answer("gain"), "gain")
    verdict = forgiving()
    gain = max(verdict.regrets)
    if given == gain:
        return
    stage = verdict.game.stage
    today = stage.payoff(("Withhold", "Support"))[0] - stage.payoff(TOGETHER)[0]
    if given == today:
        wrong(
            "today-only",
            f"gain: {plain(given)} is the gain of today alone and not an average; weigh today "
            "with 1 - delta and subtract what the punishment costs.",
        )
    if given == (1 - verdict.game.delta) * today:
        wrong(
            "no-punishment",
            f"gain: {plain(given)} is today's gain, rightly weighed, but a period of punishment "
            "follows; it costs 2, weighed with delta (1 - delta).",
        )
    if given == agreed_gain(stage, verdict.game.delta, 0, 0):
        wrong(
            "grim-instead",
            "gain: that would be so if the punishment never ended; here it ends after one period.",
        )
    if given < 0:
        wrong("sign", "gain: it is negative, so departing would lose; what is asked is the gain.")
    wrong(
        "not-the-gain",
        f"gain: not {plain(given)}. Average the stream 6, 2, 4, 4 and so on, and subtract 4.",
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
@pytest.mark.points(3)
@FUNCTION_HINT
def test_sanction_in_many_alliances(student):
    draw = random.Random(6)
    asked = []
    for _ in range(40):
        E = Fraction(draw.randint(1, 16), 4)
        asked.append((E, E + Fraction(draw.randint(1, 16), 4), Fraction(draw.randint(1, 18), 20)))
    compare(student, asked)


def compare(student, asked):
    given = [answered(student, *question) for question in asked]
    wanted = [least(*question) for question in asked]
    if given == wanted:
        return
    if given == [E - delta * Y for E, Y, delta in asked]:
        wrong(
            "negative",
            "least_sanction gives negative numbers where the future alone is enough; a sanction "
            "is 0 or more.",
        )
    turns = {
        "no-future": (lambda E, Y, delta: E, "forgets the future: it takes over a part of E"),
        "no-discount": (
            lambda E, Y, delta: E - Y,
            "counts the future in full; it counts delta times only",
        ),
        "net-benefit": (
            lambda E, Y, delta: E - delta * (Y - E),
            "counts only Y - E as lost, though what E saves later is counted already",
        ),
    }
    for key, (turn, advice) in turns.items():
        if given in ([turn(*q) for q in asked], [max(turn(*q), 0) for q in asked]):
            wrong(key, f"least_sanction {advice}.")
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


def answered(student, *question):
    says = student.call("least_sanction", *question)
    if says is None:
        wrong("no-return", "least_sanction gives nothing back; end it with return and a number.")
    return exact(says, "what least_sanction gives back")


def least(E, Y, delta):
    """Ask the solver for the least sanction, with a US that is patient enough."""
    held = bg.regimes(MODEL, "s", E=E, Y=Y, delta=delta, D=10, y="1/4")
    return next(regime.low for regime in held if "mutual support" in regime.solution)


# Task 4: an automaton of one's own


PATROLS = both([[3, 0], [5, 1]], [[3, 5], [0, 1]])
PATROL = bg.RepeatedGame(PATROLS, "2/5")
OWN_HINT = pytest.mark.hint(
    "The temptation belongs to the path. Which path tempts less than (Support, Support)?",
    "Let them take turns: today Japan supports, tomorrow the US.",
    "Three states: Japan's turn, the turn of the US, and over for whoever departs.",
)


def own(student):
    actions, transitions = student.answer("actions"), student.answer("transitions")
    try:
        automaton = bg.Automaton("yours", actions, transitions)
        return bg.verify(PATROL, automaton)
    except bg.GameError as error:
        wrong("no-automaton", f"That is no automaton for both yet: {error}")


@pytest.mark.task(4)
@pytest.mark.points(1)
@OWN_HINT
def test_both_get_more_than_without_support(student):
    verdict = own(student)
    poor = [i for i, payoff in enumerate(verdict.payoffs) if payoff <= 1]
    if poor:
        wrong(
            "no-better",
            f"{called(NAMES[poor[0]])} gets {plain(verdict.payoffs[poor[0]])} on average; without "
            "any support it would get 1, and it must get more.",
        )


@pytest.mark.task(4)
@pytest.mark.points(3)
@OWN_HINT
def test_it_is_subgame_perfect(student):
    verdict = own(student)
    if verdict:
        if max(verdict.payoffs) <= 1:
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
    if worst.state[0] in states_on_path(verdict.automata[0]):
        wrong(
            "temptation",
            f"Somebody is tempted where play passes: {where}. Choose a path that tempts less, or "
            "a harder punishment.",
        )
    wrong(
        "empty-threat",
        f"A threat is empty: {where}. Play never comes there if all obey, and still it must hold.",
    )


def states_on_path(automaton):
    """Return the states that play passes through if everybody obeys."""
    machine = automaton.on(PATROLS, 0), automaton.on(PATROLS, 1)
    state, seen = 0, []
    while state not in seen:
        seen.append(state)
        cell = tuple(m.actions[state] for m in machine)
        state = machine[0].moves[state][cell]
    return {automaton.states[k] for k in seen}
