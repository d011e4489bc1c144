"""Questions of lesson 4, sanctioning together."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from balancegame.games.normal_form import NormalFormGame
from balancegame.grading.practice.questions.question import (
    actions,
    cell,
    letter,
    number,
    situation_name,
)
from balancegame.models.burden import BURDEN, burden_in_closed_form
from balancegame.models.joint_sanctions import JOINT_SANCTIONS, dominance_threshold
from balancegame.solvers.normal_form.best_response import best_responses
from balancegame.solvers.normal_form.nash import pure_equilibria
from balancegame.solvers.parametric.situations import situation


def game(**values: object) -> NormalFormGame:
    """Return the lesson's game."""
    return JOINT_SANCTIONS.game(**values)


def better_for_both() -> tuple[str, ...]:
    """Return the one cell that both prefer to the equilibrium of the first table."""
    (here,) = (FIRST.payoff(profile) for profile in pure_equilibria(FIRST))
    (better,) = (
        names
        for names in product(*FIRST.actions)
        if all(there > now for there, now in zip(FIRST.payoff(names), here, strict=True))
    )
    return better


def japan_gives(**values: object) -> Fraction:
    """Return what Japan contributes in the only equilibrium of the burden game."""
    ((_, japan),) = pure_equilibria(BURDEN.game(**values))
    return Fraction(BURDEN.actions[1].index(japan))


FIRST = game()
BOTH, NOBODY = ("Sanction", "Sanction"), ("Trade", "Trade")


QUESTIONS = {
    "reply": actions(
        FIRST,
        lambda: frozenset(best_responses(FIRST, "US", (None, "Sanction"))),
        "In the column Sanction the US compares its 1 with its 4, so it trades: it takes over the "
        "market that Japan leaves.",
        {
            "Sanction": "both sanctioning looks fair, but hold Japan at Sanction and compare the "
            "first numbers of that column: 1 for Sanction, 4 for Trade.",
            ("Sanction", "Trade"): "there is no tie here; in the column Sanction the US gets 1 or "
            "4.",
        },
        "Stay in the column Sanction and take the row with the larger first number.",
    ),
    "dilemma": cell(
        FIRST,
        better_for_both,
        "Both would get 1 rather than 0, and still each of them would leave that cell. That is the "
        "dilemma.",
        {
            NOBODY: "that is the equilibrium itself, where both get 0; look for a cell with more "
            "for both.",
            ("Trade", "Sanction"): "the US likes that cell, but Japan gets -5 there; both must "
            "gain.",
            ("Sanction", "Trade"): "Japan likes that cell, but the US gets -5 there; both must "
            "gain.",
        },
    ),
    "deadlock": letter(
        lambda: "b" if situation(game(B=4)) == "deadlock" else "",
        "Joint sanctions now pay 4 - 7 = -3 each. Nobody is trapped: trading is what both want.",
        {
            "a": "the equilibrium is the same, but a dilemma needs an outcome that both would "
            "rather have: compare joint sanctions, -3, with joint trade, 0.",
            "c": "look at both columns: a sender gets -3 or 3 if the other sanctions, "
            "and -6 or 0 if it trades, so Trade still dominates for both.",
        },
        {
            "a": "It is still a prisoners' dilemma.",
            "b": "Neither sender would even want joint sanctions.",
            "c": "One of the two would sanction.",
        },
    ),
    "assurance": number(
        lambda: Fraction(len(pure_equilibria(game(s=4)))),
        "(Sanction, Sanction), because 1 beats 0, and (Trade, Trade), because -4 beats -5. Each "
        "does what it expects the other to do.",
        {
            1: "there is another one; a cell can be an equilibrium even if nobody likes it, so "
            "test both cells on the diagonal, one player at a time.",
            0: "test (Sanction, Sanction): if the US trades instead it gets 0 rather than 1, and "
            "so does Japan.",
            3: "three counts one in which both mix; the question asks for cells.",
            4: "where one sanctions alone it gets -5, and would gain 1 by trading too.",
        },
        "Test each of the four cells: does either sender gain by changing alone?",
    ),
    "threshold": number(
        lambda: dominance_threshold(beta="1/8"),
        "Greed asks for 7 + 2 - 7 = 2, fear for 7 - 1 = 6, and a penalty has to beat both. The "
        "less one can do alone, the more there is to fear.",
        {
            2: "2 cures greed only: at s = 3 a sender still trades if it expects the other to "
            "trade, 7 - 1 = 6 being larger.",
            5: "5 was the answer at beta = 1/4; put 1/8 in both formulas.",
            3: "3 is what greed alone asked for at beta = 1/4; put in 1/8, and do not forget fear.",
            8: "8 is both numbers added; one penalty works on both, so the larger one is enough.",
            4: "4 is halfway between the two numbers; Sanction must win against both actions of "
            "the other, so take the larger.",
            "25/4": "close: that is one step of the slider above the threshold; s* itself is where "
            "the tie is.",
        },
        "Put B = 8, c = 7, g = 2 and beta = 1/8 in both formulas and take the larger number.",
    ),
    "region": situation_name(
        lambda: situation(game(s=4, beta="1/2")),
        "Now fear needs s > 3 and greed s > 5. At s = 4 a sender sanctions if nobody else does, "
        "and trades if the other sanctions already: Chicken.",
        {
            "assurance": "that was so at beta = 1/4; put in 1/2, and fear goes first: c - beta B = "
            "3, while greed asks for c + g - (1 - beta) B = 5.",
            "prisoners' dilemma": "that is so until s = 3; work out at s = 4 what a sender gets if "
            "the other trades, -3 from Sanction and -4 from Trade.",
            "harmony": "not before s = 5; at s = 4 a sender that trades while the other sanctions "
            "gets 2, more than 1.",
            "deadlock": "joint sanctions still pay 1 each, and joint trade -4.",
            "suasion": "the two senders are equal here, so their signs cannot differ.",
        },
    ),
    "suasion": cell(
        game(c_US=1),
        lambda: pure_equilibria(game(c_US=1))[0],
        "With c = 1 Sanction dominates for the US: 7 beats 4 and 1 beats 0. Japan knows it and "
        "trades, for 4 rather than 1.",
        {
            BOTH: "the US would do its part, but against Sanction Japan still gets 4 by trading "
            "and 1 by sanctioning.",
            NOBODY: "that was so when sanctioning cost the US 7; with c = 1 it gets 1 rather than "
            "0 by sanctioning alone.",
            ("Trade", "Sanction"): "the other way round: the US is the one to whom sanctioning "
            "costs little.",
        },
    ),
    "buck": number(
        lambda: japan_gives(v_US=3, v_JP=1),
        "The US gives until one more unit is worth less to it than it costs, at a total of 3. At "
        "that total one more is worth only a third of a unit to Japan.",
        {
            1: "1 is what Japan would give if it were alone; with 3 on the table one more unit is "
            "worth 1/3 to it and costs 1.",
            3: "3 is what the US gives; the question is about Japan.",
            "3/4": "that would be its fair share of 3; but nobody asks what is fair, each asks "
            "what one more unit is worth to itself.",
            4: "4 is the total that would be best for both together.",
        },
        "Suppose the US gives 3, and ask what one more unit would be worth to Japan.",
    ),
    "claim": letter(
        lambda: "b",
        "Money fell by half, but Russia's shares of what Japan bought moved little: most of the "
        "fall in the value of fuel was price. The claim is supported in part.",
        {
            "a": "a halved value need not be a halved quantity: oil and gas became much cheaper in "
            "those years, and the share of coal even rose.",
            "c": "that says too much: the shares of crude and gas did fall a little, and fuel is "
            "not all trade.",
        },
        {
            "a": "The sanctions halved trade.",
            "b": "Much of the fall was price: the claim is supported in part.",
            "c": "The sanctions had no effect.",
        },
    ),
    "recall-dominance": letter(
        lambda: "c",
        "Whatever the others do, and always strictly more.",
        {
            "a": "that is a best response to one action; a dominant action must win against every "
            "one.",
            "b": "the highest number in the table may stand in a column that never comes; compare "
            "column by column.",
        },
        {
            "a": "It is the best response to what the US does.",
            "b": "It has the highest number in the table.",
            "c": "It pays more against each action of the US.",
        },
    ),
    "recall-signs": situation_name(
        lambda: situation(game(s=4)),
        "No greed, but fear: sanctioning together is an equilibrium, and so is trading together.",
        {
            "Chicken": "in Chicken it is the other way round: each sanctions only if the other "
            "does not.",
            "prisoners' dilemma": "in a prisoners' dilemma each trades whatever it expects.",
            "harmony": "in harmony each sanctions whatever it expects.",
            "deadlock": "in deadlock each trades whatever it expects.",
            "suasion": "suasion needs two senders that differ; these two are alike.",
        },
    ),
    "recall-burden": number(
        lambda: burden_in_closed_form(5, 2).total,
        "The ally that values defence more carries all of it; best for both would be 7.",
        {
            7: "7 would be best for the two together; in equilibrium nobody counts what defence "
            "is worth to the other.",
            2: "2 is where the other one alone would stop; the one with 5 goes on.",
            "7/2": "nobody takes the average; each asks what one more unit is worth to itself.",
            3: "the two values are not set against each other: the one with 5 stops only where "
            "the total is 5.",
        },
        "Who gives, and until which total is one more unit worth its cost?",
    ),
}
