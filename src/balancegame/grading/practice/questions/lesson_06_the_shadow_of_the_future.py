"""Questions of lesson 6, the shadow of the future."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from balancegame.games.normal_form import NormalFormGame
from balancegame.games.reciprocity import alternation, grim_trigger, tit_for_tat
from balancegame.games.repeated import RepeatedGame
from balancegame.grading.practice.questions.question import cell, letter, number
from balancegame.models.alliance import ALLIANCE, support_in_closed_form
from balancegame.models.favour import largest_favour
from balancegame.models.investment import sanction_in_closed_form
from balancegame.models.linkage import LINKAGE
from balancegame.solvers.normal_form.nash import pure_equilibria
from balancegame.solvers.payoff_sets.payoff_set import payoff_set
from balancegame.solvers.regimes import regimes
from balancegame.solvers.repeated.sustaining import sustaining_deltas
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
        "Nobody wants to break the peace. But once it is broken, echoing back and forth yields "
        "less than forgiving, so the threat to echo is empty.",
        {
            "a": "breaking the peace starts an echo: 5, 0, 5, 0 and so on, on average less than 3 "
            "at delta = 3/4.",
            "c": "ask also what happens after somebody has withheld: a threat counts only if it "
            "would be carried out.",
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
        "Grim trigger fails, and yet a whole polygon of payoffs can be had. Its threshold belongs "
        "to its path, not to the alliance.",
        {
            "a": "that is the trap: that one path fails does not mean that all do. Look at the "
            "polygon at 12/25.",
            "c": "grim trigger needs 1/2, and 12/25 is a little less.",
        },
    ),
    "hazard": number(
        lambda: support_in_closed_form(delta="9/10").hazard,
        "9/10 (1 - h) is 1/2 at h = 4/9. An alliance need not be broken off to fail: the fear that "
        "it might be is enough.",
        {
            "2/5": "you subtracted; the future counts delta times 1 - h, so divide: 1 - h = "
            "(1/2)/(9/10).",
            "5/9": "that is 1 - h, the chance to last; h is the rest.",
            "1/2": "delta is 9/10, not 1: some patience is missing already.",
        },
        "Solve 9/10 (1 - h) = 1/2.",
    ),
    "linkage": number(
        lambda: next(r.low for r in regimes(LINKAGE, "delta") if "both linked" in r.solution),
        "(3 + 1)/(4 + 5): costs added over gains added. What the islands have to spare carries the "
        "sanctions.",
        {
            "3/4": "that is the threshold of sanctions alone; linked, whoever breaks ranks there "
            "loses support over the islands too.",
            "1/5": "that is the islands alone, the easy issue.",
            "19/20": "do not add fractions: add the costs, and add the gains.",
            "19/40": "it is not the average of 3/4 and 1/5: add costs, add gains, then divide.",
        },
        "Failing on both gains E_1 + E_2 once and loses the rest from then on.",
    ),
    "investment": number(
        lambda: sanction_in_closed_form(delta="4/5", h="1/5"),
        "delta (1 - h) y - I = 32/5 - 4. With less to fear, h = 0, it would be 4: a worse climate "
        "does the work of a sanction.",
        {
            4: "that is without a hazard; 4/5 times 4/5 is 16/25.",
            "32/5": "that is delta (1 - h) y; what Japan invests has to be paid too.",
            "-12/5": "the other way round: the sanction is what is left.",
        },
        "Put delta = 4/5, h = 1/5, y = 10 and I = 4 into delta (1 - h) y - I.",
    ),
    "favour": number(
        lambda: largest_favour(delta="1/2"),
        "Three periods make (1/2)^3 = 1/8, and 5/8 is left of 5.",
        {
            "5/2": "that discounts one period; the return comes after three.",
            "5/4": "that discounts two periods; count the steps from today.",
            "5/6": "discounting multiplies by delta in each period; it does not divide by how many "
            "there are.",
            "1/8": "that is what one unit counts; the return is worth 5.",
        },
    ),
    "recall-one-shot": letter(
        lambda: "b",
        "In every state, reached or not: an empty threat would be found in one that is not "
        "reached.",
        {
            "a": "that finds a Nash equilibrium; an empty threat stands in states that are never "
            "reached.",
            "c": "there is no need: if no single departure gains anything, no plan of several "
            "departures does.",
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
    ),
    "recall-hazard": number(
        lambda: RepeatedGame(STAGE, "4/5", hazard="1/4").patience,
        "4/5 times 3/4: tomorrow must be worth waiting for, and it must come.",
        {
            "11/20": "you subtracted; tomorrow counts delta if it comes, so multiply by the chance "
            "that it does.",
            "1/5": "that multiplies by the chance of a break; take the chance to last.",
            "4/5": "that forgets the hazard.",
        },
    ),
}
