"""Questions of lesson 6, the shadow of the future."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from balancegame.games.normal_form import NormalFormGame
from balancegame.games.reciprocity import alternation, grim_trigger, tit_for_tat
from balancegame.games.repeated import RepeatedGame
from balancegame.grading.practice.questions.question import cell, letter, number
from balancegame.models.alliance import ALLIANCE, support_in_closed_form
from balancegame.solvers.normal_form.nash import pure_equilibria
from balancegame.solvers.payoff_sets.payoff_set import payoff_set
from balancegame.solvers.repeated.critical_discount_factors import sustaining_deltas
from balancegame.solvers.verify import verify

SUPPORT, WITHHOLD = ("Support", "Support"), ("Withhold", "Withhold")
STAGE = ALLIANCE.stage.game()
GRIM = grim_trigger(SUPPORT, WITHHOLD)

PATROLS = NormalFormGame(
    [[[3, 0], [5, 1]], [[3, 5], [0, 1]]],
    players=("Japan", "US"),
    actions=(("Support", "Withhold"), ("Support", "Withhold")),
)
"""A prisoners' dilemma in which whoever is supported without supporting gets 5."""


def least_delta(stage: NormalFormGame, automata: Any) -> Fraction:
    """Return the least delta at which automata are subgame-perfect."""
    low = sustaining_deltas(stage, automata).inf
    return Fraction(int(low.p), int(low.q))


def echo_fails_in() -> str:
    """Return the letter of where tit for tat fails at delta = 3/4."""
    verdict = verify(RepeatedGame(PATROLS, "3/4"), tit_for_tat(SUPPORT, WITHHOLD))
    failing = {deviation.state for deviation in verdict.profitable}
    if ("agreed", "agreed") in failing:
        return "a"
    return "b" if failing else "c"


def only_zero_at_twelve_twenty_fifths() -> str:
    """Return the letter of what equilibria reach at delta = 12/25."""
    found = payoff_set(ALLIANCE.game(delta="12/25"))
    holds = verify(found.game, GRIM).holds
    return "a" if found.dimension == 0 else "c" if holds else "b"


QUESTIONS = {
    "once": cell(
        STAGE,
        lambda: pure_equilibria(STAGE)[0],
        "Withhold strictly dominates for both, although both would rather have 3 than 0: a "
        "prisoners' dilemma.",
        {
            SUPPORT: "both like that cell better, but hold the US at Support: Japan gets 3 by "
            "supporting and 5 by withholding.",
            ("Withhold", "Support"): "Japan likes it there, but the US gets -3 and would gain 3 by "
            "withholding too.",
            ("Support", "Withhold"): "the US likes it there, but Japan gets -2 and would gain 2 by "
            "withholding too.",
        },
    ),
    "average": number(
        lambda: (1 - Fraction(3, 4)) * 6,
        "Today weighs 1 - delta = 1/4 of the average, and 6/4 = 3/2.",
        {
            6: "6 is the payoff today; the average weighs today with 1 - delta.",
            "9/2": "that weighs today with delta; delta is the weight of everything that comes "
            "after.",
            0: "what comes once does count a little, as long as delta is below 1.",
            24: "you divided by 1 - delta; a sum that is spread over all periods must become "
            "smaller, so multiply.",
        },
        "The weights are 1 - delta for today, (1 - delta) delta for tomorrow, and so on.",
    ),
    "japan": number(
        lambda: ALLIANCE.values()["E"] / ALLIANCE.values()["Y"],
        "Withholding gains E = 2 once and loses Y - E = 3 from then on: 2 (1 - delta) is at most 3 "
        "delta once delta is at least 2/5 = E/Y.",
        {
            "2/3": "that compares E with Y - E; but the gain comes in one period only: weigh it "
            "with 1 - delta and the loss with delta.",
            "1/2": "1/2 is what the US needs, y/D; Japan has other numbers.",
            "3/5": "the other way round: 3/5 is 1 - E/Y.",
            "5/2": "a discount factor lies between 0 and 1; you have it upside down.",
        },
        "Solve 3 = 5 (1 - delta) + 0 delta.",
    ),
    "both": number(
        lambda: least_delta(STAGE, GRIM),
        "Japan needs 2/5, the US y/D = 3/6; it takes two, so the larger one decides.",
        {
            "2/5": "that is enough for Japan, but at 2/5 the US would still gain by withholding.",
            "9/10": "both numbers added; each player compares for itself, so take the larger one.",
            "9/20": "halfway between is not enough for the one who needs more.",
        },
        "What does the US need? Put y and D where E and Y were.",
    ),
    "echo": letter(
        echo_fails_in,
        "Nobody wants to break the peace. But once it is broken, to repeat what the other did "
        "last, like an echo, yields less than to forgive, so the threat to do so is empty.",
        {
            "a": "after that, each repeats what the other did last, like an echo: whoever broke "
            "the peace gets 5, 0, 5, 0 and so on, on average less than 3 at delta = 3/4.",
            "c": "ask also what happens after somebody has withheld: a threat counts only if it "
            "would be carried out.",
        },
        {
            "a": "Right at the start, when both support.",
            "b": "Not at the start, but after somebody has withheld.",
            "c": "Nowhere.",
        },
    ),
    "sanction": number(
        lambda: support_in_closed_form(delta="1/4").sanction,
        "E - delta Y = 2 - 5/4. What the loss of future support does not deter, the sanction must.",
        {
            2: "that is the sanction without any future, at delta = 0; the future takes over delta "
            "Y of it.",
            "5/4": "that is delta Y, what the future does already; the sanction must do the rest.",
            0: "at delta = 1/4 the future alone is too weak: 1/4 is less than 2/5.",
            1: "nearly: E - delta Y with E = 2, delta = 1/4 and Y = 5.",
        },
        "Put E = 2, delta = 1/4 and Y = 5 into E - delta Y.",
    ),
    "path": number(
        lambda: least_delta(
            PATROLS, alternation([("Support", "Withhold"), ("Withhold", "Support")], WITHHOLD)
        ),
        "Whoever supports today gives up only 1 and gets 5 tomorrow: that takes less patience than "
        "resisting the temptation of 5 today.",
        {
            "1/2": "that is grim trigger's threshold; taking turns is another path, with another "
            "temptation.",
            "1/5": "nearly: whoever supports gets 5 delta/(1 + delta) and must not prefer 1 for "
            "ever.",
            "1/3": "compare 5 delta/(1 + delta), from one's turn to support, with 1.",
        },
        "From one's turn to support the average is 5 delta/(1 + delta); set it equal to 1.",
    ),
    "frontier": letter(
        only_zero_at_twelve_twenty_fifths,
        "Grim trigger fails, and yet a whole area of payoffs can be had. Its threshold belongs "
        "to its path, not to the alliance.",
        {
            "a": "that is the trap: that one path fails does not mean that all do. The "
            "explorer in the next cell shows others at 12/25.",
            "c": "grim trigger needs 1/2, and 12/25 is a little less.",
        },
        {
            "a": "Only (0, 0).",
            "b": "Others besides (0, 0), although grim trigger fails.",
            "c": "(3, 3), because grim trigger holds.",
        },
    ),
    "recall-one-shot": letter(
        lambda: "b",
        "In every state, reached or not: an empty threat would be found in one that is not "
        "reached.",
        {
            "a": "that looks for a Nash equilibrium at best; an empty threat stands in states that "
            "are never reached.",
            "c": "there is no need: if no single departure gains anything, no plan of several "
            "departures does.",
        },
        {
            "a": "Along the path that is played.",
            "b": "In every state that some history leads to.",
            "c": "In every plan of several departures.",
        },
    ),
    "recall-path": letter(
        lambda: "c",
        "Another path may need less patience, or more.",
        {
            "a": "taking turns held at 1/4 already, where grim trigger needed 1/2.",
            "b": "grim trigger threatens most, but the temptation depends on the path that it "
            "guards.",
        },
        {
            "a": "Below 1/2 no equilibrium is better than never supporting.",
            "b": "Other automata need more than 1/2.",
            "c": "Nothing about other paths.",
        },
    ),
    "recall-sanction": number(
        lambda: support_in_closed_form(E=3, Y=6, delta="1/3").sanction,
        "E - delta Y = 3 - 2: the future does two thirds of the work.",
        {
            3: "that is E, the sanction if there were no future; future support does a part of it.",
            2: "that is delta Y, what the future does; the sanction must do the rest.",
            0: "the future alone is too weak here: delta is less than E/Y = 1/2.",
            "1/2": "that is E/Y, the patience that would be needed without a sanction.",
        },
        "Put E = 3, delta = 1/3 and Y = 6 into E - delta Y.",
    ),
}
