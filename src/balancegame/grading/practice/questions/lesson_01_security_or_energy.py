"""Questions of lesson 1, security or energy."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.grading.exercise.words_meant import named
from balancegame.grading.practice.questions.inputs import SomeOf
from balancegame.grading.practice.questions.question import Question, actions, cell, letter, number
from balancegame.models.core_dilemma import CORE_DILEMMA
from balancegame.solvers.normal_form.best_response import best_responses
from balancegame.solvers.normal_form.nash import equilibria, pure_equilibria
from balancegame.solvers.regimes import regimes
from balancegame.solvers.verify import verify
from balancegame.wording import and_list


def game(**values: object) -> NormalFormGame:
    """Return the lesson's game."""
    return CORE_DILEMMA.game(**values)


FIRST = game(s=4)
INCREDIBLE = game(s=6, k=4, r=2)


def threshold(**values: object) -> Any:
    """Return the one sanction at which the equilibria change."""
    (point,) = (regime.low for regime in regimes(CORE_DILEMMA, "s", **values) if regime.is_point)
    return point


def lowest_enforce(**values: object) -> Fraction:
    """Return the smallest probability of Enforce in an equilibrium with Comply."""
    return min(
        equilibrium.strategies[1][0]
        for equilibrium in equilibria(game(**values))
        if equilibrium.strategies[0][0] == 1
    )


def years_with_both() -> frozenset[str]:
    """Return the presets in which some equilibrium gives Japan all of S + E."""
    return frozenset(
        year
        for year, preset in CORE_DILEMMA.presets.items()
        if any(
            equilibrium.payoffs[0] == values["S"] + values["E"]
            for values in [CORE_DILEMMA.values(**preset)]
            for equilibrium in equilibria(CORE_DILEMMA.game(**preset))
        )
    )


YEARS = tuple(CORE_DILEMMA.presets)


def read_years(value: Any) -> frozenset[str]:
    """Read one or more years among the presets."""
    given = [str(value)] if isinstance(value, int) else value
    given = named(given, YEARS) if isinstance(given, str) else given
    if not isinstance(given, Iterable) or not all(str(year).strip() in YEARS for year in given):
        raise GameError(f'write the years in curly brackets, such as {{"{YEARS[-1]}"}}.')
    if not (years := frozenset(str(year).strip() for year in given)):
        raise GameError(f"there is at least one such year among {and_list(YEARS)}; name it.")
    return years


QUESTIONS = {
    "read-table": number(
        lambda: FIRST.payoff(("Engage", "Enforce"))[0],
        "Row Engage, column Enforce, first number: 11.",
        {
            9: "9 is what the US gets in that cell; Japan chooses the row, so Japan's number comes "
            "first.",
            15: "15 is Japan's payoff when the US acquiesces; look one column further left, under "
            "Enforce.",
            10: "10 is what Japan gets by complying; engaging is the row below.",
            5: "5 is not in the table; what Japan gets stands there as it is, as the first number "
            "of a cell.",
        },
        "Find the row Engage, then the column Enforce, and take the first of the two numbers.",
    ),
    "best-response": actions(
        FIRST,
        lambda: frozenset(best_responses(FIRST, "US", ("Comply", None))),
        "If Japan complies the US gets 10 either way. Where payoffs tie there is more than one "
        "best response; this tie matters throughout the lesson.",
        {
            "Enforce": "Enforce is a best response, but not the only one; against Comply nobody is "
            "punished, so compare the second numbers of that row again.",
            "Acquiesce": "Acquiesce is a best response, but not the only one; compare the second "
            "numbers of the row Comply again.",
            "Comply": "Comply is Japan's action, and it is given here; the question is what the US "
            "does.",
            "Engage": "Engage is Japan's action; hold Japan at Comply and move along that row.",
            ("Comply", "Engage"): "Those are Japan's actions; the US chooses between the columns.",
        },
        "Stay in the row Comply, compare the second numbers, and name the column of the largest; "
        "name both if they tie.",
    ),
    "equilibrium": cell(
        FIRST,
        lambda: pure_equilibria(FIRST)[0],
        "Against Enforce, Engage gives Japan 11 rather than 10; against Engage, Enforce gives the "
        "US 9 rather than 7. Neither gains alone. No other cell survives both tests.",
        {
            ("Engage", "Acquiesce"): "it has the most to share, 15 + 7, but the US would gain 2 by "
            "enforcing; an equilibrium asks each player alone, never for the largest sum.",
            ("Comply", "Enforce"): "obeying because a threat is there looks safe, but this "
            "sanction is too small: Japan would gain 1 by engaging.",
            ("Comply", "Acquiesce"): "a friendly cell, but against Acquiesce Japan would gain 5 by "
            "engaging.",
        },
    ),
    "threshold": number(
        lambda: threshold(E=8),
        "Engaging against Enforce gives S + 8 - s, complying S. At s = 8 the two are equal, so "
        "Comply has just become a best response: s* = E.",
        {
            5: "5 was the threshold when E was 5; now Japan gives up 8.",
            10: "10 is S, the guarantee; it stands on both sides of the comparison and drops out.",
            18: "18 is S + E; the sanction need not take everything; it only has to make engaging "
            "no better than S.",
            "17/2": "close: that is the first step of the slider above the threshold; at s* itself "
            "Japan is indifferent, and then Comply is a best response too.",
            9: "close: that is the first whole number above the threshold; at s* itself Japan is "
            "indifferent, and then Comply is a best response too.",
        },
        "Write Japan's two payoffs against Enforce, S and S + 8 - s, and ask when they are equal.",
    ),
    "mixture": number(
        lambda: lowest_enforce(s=8),
        "Engaging is worth 15 - 8p, complying 10, so p must be at least 5/8: in general E/s.",
        {
            "3/8": "3/8 is the largest probability of Acquiesce; the question asks for Enforce.",
            "8/5": "a probability cannot exceed 1; you have it upside down.",
            "5/6": "5/6 belongs to s = 6; a heavier sanction needs to be less likely.",
            1: "certainty, p = 1, works, but it is not the smallest; Japan stays in line even with "
            "some doubt about the punishment.",
            0: "with p = 0 nobody is ever punished, and Japan would gain 5 by engaging.",
        },
        "Find the p at which 15 - 8p equals 10.",
    ),
    "credible": letter(
        lambda: (
            "c"
            if not verify(INCREDIBLE, ("Comply", "Enforce"))
            else "a"
            if "Enforce" in best_responses(INCREDIBLE, "US", ("Engage", None))
            else "b"
        ),
        "Nash equilibrium asks whether a player would change while the other stands still. Japan "
        "complies, so the threat is never tested, and an idle threat costs nothing.",
        {
            "a": "look at the row Engage: enforcing leaves the US 10 - 3 - 4 + 2 = 5, acquiescing "
            "7; it would not carry out the threat.",
            "c": "the cost k falls on the US only if it has to punish; against Comply it gets 10 "
            "either way, so it gains nothing by changing.",
        },
        {
            "a": "It is an equilibrium, and the US would carry out its threat.",
            "b": "It is an equilibrium, but if Japan did engage, the US would rather acquiesce.",
            "c": "It is not an equilibrium, because punishing costs more than it earns.",
        },
    ),
    "claim": Question(
        read_years,
        SomeOf((("", YEARS),)),
        years_with_both,
        "Where the US would rather acquiesce (k > r), Japan can have the guarantee and the energy. "
        "Japan is sure to face the painful choice only if the threat is credible.",
        {
            "2013": "2013 is one, but not the only one. A year may have several equilibria: read "
            "each of its lines.",
            "2016": "2016 is one, but not the only one. In each other year, ask whether the US "
            "would rather acquiesce.",
            "2022": "in 2022 Japan engages, but the US enforces, so s = 12 is subtracted; look for "
            "(Engage, Acquiesce).",
            ("2013", "2016", "2022"): "not all three: in 2022 the US enforces, and Japan gets S + "
            "E - s.",
            ("2013", "2022"): "2013 yes; but in 2022 the US enforces, so s is subtracted. A year "
            "may have several equilibria: read each of its lines.",
            ("2016", "2022"): "2016 yes; but in 2022 the US enforces, so s is subtracted. Ask of "
            "the other years, too, whether the US would rather acquiesce.",
        },
    ),
    "recall-equilibrium": letter(
        lambda: "c",
        "One player at a time, the other held fixed.",
        {
            "a": "that is the largest sum; at s = 4 it was (Engage, Acquiesce), and the US would "
            "have left it.",
            "b": "that asks for more than is needed: in equilibrium an action only has to be best "
            "against what the other does.",
        },
        {
            "a": "It gives the players the most together.",
            "b": "Each action is best whatever the other does.",
            "c": "No player gains by changing alone.",
        },
    ),
    "recall-mixture": number(
        lambda: lowest_enforce(E=7, s=14),
        "E/s = 7/14: twice the sanction, half the certainty.",
        {
            7: "7 is the threshold s*; the question asks how likely the punishment must be.",
            2: "a probability cannot exceed 1; divide E by s, not s by E.",
            1: "certainty works, but a sanction twice as large as E leaves room for doubt.",
            0: "without any risk of punishment Japan engages.",
        },
        "Japan complies as long as p times s is at least E.",
    ),
    "recall-tie": letter(
        lambda: "a" if len(best_responses(game(s=6), "US", ("Comply", None))) == 2 else "c",
        "A player mixes only where its actions are worth the same; the limits of the mixture come "
        "from the other player.",
        {
            "b": "the US gains nothing by surprising Japan here: 10 is all it gets against Comply, "
            "whatever it does.",
            "c": "if one column paid the US more, it would play that column for sure.",
        },
        {
            "a": "Both give it the same payoff.",
            "b": "It wants to keep Japan guessing.",
            "c": "Enforcing gives it more.",
        },
    ),
}
