"""Questions of lesson 11, if it may end tomorrow."""

from __future__ import annotations

from fractions import Fraction

from balancegame.games.normal_form import NormalFormGame
from balancegame.games.repeated import RepeatedGame
from balancegame.grading.practice.questions.question import cell, letter, number
from balancegame.models.alliance import ALLIANCE, support_in_closed_form
from balancegame.models.favour import largest_favour
from balancegame.models.hostility import HOSTILITY, support_in_weather
from balancegame.models.investment import INVESTMENT, sanction_in_closed_form
from balancegame.models.linkage import LINKAGE
from balancegame.solvers.normal_form.nash import pure_equilibria
from balancegame.solvers.regimes import regimes

FORMERLY = {
    "06-hazard": "11-hazard",
    "06-linkage": "11-linkage",
    "06-investment": "11-investment",
    "06-favour": "11-favour",
    "06-recall-hazard": "11-recall-hazard",
}
"""What these questions were called in lesson 6, whose older notebooks students may still have."""

STAGE: NormalFormGame = INVESTMENT.stage.game()


def least_delta(norm: str, **values: object) -> Fraction:
    """Return the least delta at which linked issues, or one alone, hold."""
    found = regimes(LINKAGE, "delta", **values)
    return next(Fraction(regime.low) for regime in found if norm in regime.solution)


def what_linking_does_at_two_fifths() -> str:
    """Return the letter of what holds at delta = 2/5."""
    (held,) = (r.solution for r in regimes(LINKAGE, "delta") if Fraction(2, 5) in r)
    return "a" if "both linked" in held else "b" if "islands alone" in held else "c"


def what_tension_alone_does() -> str:
    """Return the letter of whether the hazard moves the sanction that investment survives."""
    calm, tense = (sanction_in_closed_form(delta="4/5", h=h) for h in ("1/20", "1/5"))
    return "b" if tense < calm else "a"


def most(parameter: str, **values: object) -> Fraction:
    """Return the largest value of a parameter at which support in any weather holds."""
    found = regimes(HOSTILITY, parameter, **values)
    return max(Fraction(r.high) for r in found if "support in any weather" in r.solution)


def what_more_frequent_hostility_does() -> str:
    """Return the letter of how the sanction that support needs moves with f."""
    rarely, often = Fraction(1, 5), Fraction(2, 5)
    rises = {
        shock: support_in_weather(E=6, f=often, **shocks).any_weather
        - support_in_weather(E=6, f=rarely, **shocks).any_weather
        for shock, shocks in {"dear": {"k": 2, "q": 0}, "risky": {"k": 0, "q": 2}}.items()
    }
    if rises["dear"] > 0 > rises["risky"]:
        return "b"
    return "a" if all(rise > 0 for rise in rises.values()) else "c"


QUESTIONS = {
    "once": cell(
        STAGE,
        lambda: pure_equilibria(STAGE)[0],
        "Once Japan has paid, seizing gives Russia 10 instead of 4; Japan foresees it and stays "
        "out. Both would rather have (1, 4).",
        {
            ("Invest", "Share"): "both like that cell, but once Japan has paid, Russia gets 10 by "
            "seizing and 4 by sharing.",
            ("Invest", "Seize"): "Russia likes it there, but Japan gets -5 and would gain 5 by "
            "staying out.",
            ("Stay out", "Share"): "if Russia were sure to share, Japan would gain 1 by investing.",
        },
    ),
    "russia": number(
        lambda: next(Fraction(r.low) for r in regimes(INVESTMENT, "delta") if r.solution),
        "Seizing gives 10 once, sharing 4 for ever: 4 is at least 10 (1 - delta) from 3/5 on.",
        {
            "2/5": "the other way round: 2/5 is 1 - delta, the weight of today.",
            "1/2": "compare 4 for ever with 10 once, weighed with 1 - delta, and 0 from then on.",
            "5/2": "a discount factor lies between 0 and 1.",
            "2/3": "that divides 4 by 6, what seizing adds today; compare averages instead.",
        },
        "Solve 4 = 10 (1 - delta) + 0 delta.",
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
        lambda: least_delta("both linked"),
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
            "5/2": "that waits for one period; the return comes after three.",
            "5/4": "that waits for two periods; count the steps from today.",
            "5/6": "each period multiplies by delta; what is left is not divided by how many there "
            "are.",
            "1/8": "that is what one unit counts; the return is worth 5.",
        },
    ),
    "stays": number(
        lambda: 3 + most("k", r=0),
        "Hostility for ever is lesson 6 again: the cost, saved once, is at most delta times the "
        "worth, 4/5 of 5.",
        {
            3: "that is the cost in calm; in hostility support may cost a little more.",
            5: "that is what support is worth; it comes from tomorrow on, and counts delta times.",
            1: "that is 5 (1 - delta), the weight of today; the future counts delta.",
            "25/4": "the other way round: multiply the worth by delta.",
        },
        "Whoever withholds saves the cost once and loses 5 minus the cost in every later period.",
    ),
    "frequent": number(
        lambda: most("f"),
        "At f = 1/4, calm counts with weight 1/2 in hostility, and 5 - 2/2 is 4, just what the "
        "future is worth.",
        {
            "3/4": "that is where fair-weather support ends; look at the upper bar.",
            "1/5": "that is where the explorer opens; support still holds a little further on.",
            "3/10": "there it no longer holds; go one step back.",
        },
        "Look at the upper of the two bars: how far does it reach along f?",
    ),
    "unstable": letter(
        what_more_frequent_hostility_does,
        "The sign of k - q decides: what hostility adds to the cost of support, less what it takes "
        "from the worth of the energy forgone.",
        {
            "a": "look at the second calibration: there support holds only if hostility is "
            "frequent enough.",
            "c": "in both calibrations something changes along f.",
        },
        {
            "a": "It is right: more frequent hostility always makes support harder.",
            "b": "It depends: harder if hostility makes support dearer on balance, easier if it "
            "makes support cheaper.",
            "c": "It is wrong: the weather plays no part in an alliance.",
        },
    ),
    "burden": letter(
        what_linking_does_at_two_fifths,
        "2/5 is above 1/5 and below 4/9: alone the islands would hold, linked they fall with the "
        "sanctions.",
        {
            "a": "linked they need 4/9, and 2/5 is a little less.",
            "c": "sanctions alone need 3/4, which is more than 2/5.",
        },
        {
            "a": "It makes both issues hold.",
            "b": "It makes both fail, although the islands alone would have held.",
            "c": "Nothing: only sanctions hold, linked or not.",
        },
    ),
    "claim": letter(
        what_tension_alone_does,
        "A larger h lowers the sanction that investment survives, whatever that sanction is. How "
        "much larger h became, nobody has measured.",
        {
            "a": "h lowers delta (1 - h) y - I by itself, whatever the sanction is.",
            "c": "the figures follow from two values of h, and both are assumed: nobody has "
            "measured how much the hazard grew.",
        },
        {
            "a": "It is wrong: only sanctions keep investors away.",
            "b": "It is right in kind: tension alone lowers the sanction that investment survives. "
            "By how much is not known.",
            "c": "It is right, and the figures prove it.",
        },
    ),
    "recall-hazard": number(
        lambda: RepeatedGame(ALLIANCE.stage.game(), "4/5", hazard="1/4").patience,
        "4/5 times 3/4: tomorrow must be worth waiting for, and it must come.",
        {
            "11/20": "you subtracted; tomorrow counts delta if it comes, so multiply by the chance "
            "that it does.",
            "1/5": "that multiplies by the chance of a break; take the chance to last.",
            "4/5": "that forgets the hazard.",
        },
    ),
    "recall-investment": number(
        lambda: sanction_in_closed_form(delta="7/10", h=0, I=5),
        "7/10 of 10 is 7, and 5 of it is the investment itself.",
        {
            7: "that is what the future can repay; the investment of 5 has to come out of it too.",
            5: "that is the investment; what is left for a sanction is 7 - 5.",
            -2: "the other way round: the sanction is what is left.",
            3: "that is what Russia's share comes to, 10 - 7; the question is what Japan can bear.",
        },
        "Put 7/10, y = 10 and I = 5 into delta (1 - h) y - I.",
    ),
    "recall-linkage": number(
        lambda: least_delta("both linked", E_1=2, Y_1=3, E_2=1, Y_2=6),
        "(2 + 1)/(3 + 6): costs added over gains added.",
        {
            "2/3": "that is the hard issue alone.",
            "1/6": "that is the easy issue alone.",
            "5/6": "do not add fractions: add the costs, and add the gains.",
            "5/12": "it is not the average of 2/3 and 1/6.",
        },
        "Add the costs, 2 + 1, and divide by the gains, 3 + 6.",
    ),
}
