"""Questions of lesson 1, security or energy."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.grading.practice.questions.question import (
    Question,
    action_set,
    cell,
    letter_question,
    number,
    recalled_letter,
)
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


def japan_when_punished() -> Fraction:
    """Return Japan's payoff at (Engage, Enforce) in the first table."""
    return FIRST.payoff(("Engage", "Enforce"))[0]


def us_against_comply() -> frozenset[str]:
    """Return the best responses of the US to Comply in the first table."""
    return frozenset(best_responses(FIRST, "US", ("Comply", None)))


def first_equilibrium() -> tuple[str, ...]:
    """Return the only equilibrium of the first table."""
    ((japan, us),) = pure_equilibria(FIRST)
    return japan, us


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


def is_the_threat_credible() -> str:
    """Return the letter of what is true of (Comply, Enforce) when punishing costs too much."""
    if not verify(INCREDIBLE, ("Comply", "Enforce")):
        return "c"
    return "a" if "Enforce" in best_responses(INCREDIBLE, "US", ("Engage", None)) else "b"


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


def why_the_us_may_mix() -> str:
    """Return the letter of the reason why the US may mix against Comply."""
    return "a" if len(best_responses(game(s=6), "US", ("Comply", None))) == 2 else "c"


def preset_years(value: Any) -> frozenset[str]:
    """Read one or more years among the presets."""
    given = [value] if isinstance(value, (str, int)) else value
    known = tuple(CORE_DILEMMA.presets)
    if not isinstance(given, Iterable) or not all(str(year).strip() in known for year in given):
        raise GameError(f'write the years in curly brackets, such as {{"{known[-1]}"}}.')
    if not (years := frozenset(str(year).strip() for year in given)):
        raise GameError(f"there is at least one such year among {and_list(known)}; name it.")
    return years


QUESTIONS = (
    Question(
        name="01-read-table",
        prompt="Replace the three dots by a number from the table, then press Shift+Enter.",
        read=number,
        answer=japan_when_punished,
        praise="Row Engage, column Enforce, first number: 10 + 5 - 4 = 11.",
        misconceptions={
            Fraction(9): "9 is what the US gets in that cell; Japan chooses the row, so Japan's "
            "number comes first.",
            Fraction(15): "15 is Japan's payoff when the US acquiesces; look one column further "
            "left, under Enforce.",
            Fraction(10): "10 is what Japan gets by complying; engaging is the row below.",
            Fraction(5): "5 is only the energy E; the table already adds the security S and takes "
            "off the sanction.",
        },
        otherwise="Find the row Engage, then the column Enforce, and take the first of the two "
        "numbers.",
    ),
    Question(
        name="01-best-response",
        prompt='Replace the three dots: one action in quotes, or several as {"...", "..."}.',
        read=action_set(FIRST),
        answer=us_against_comply,
        praise="If Japan complies the US gets 10 either way. A tie has more than one best "
        "response, and this one will matter all lesson long.",
        misconceptions={
            frozenset({"Enforce"}): "Enforce is a best response, but not the only one; against "
            "Comply nobody is punished, so compare the second numbers of that row again.",
            frozenset({"Acquiesce"}): "Acquiesce is a best response, but not the only one; "
            "compare the second numbers of the row Comply again.",
            frozenset({"Comply"}): "Comply is Japan's action, and it is given here; the question "
            "is what the US does.",
            frozenset({"Engage"}): "Engage is Japan's action; hold Japan at Comply and move along "
            "that row.",
            frozenset({"Comply", "Engage"}): "Those are Japan's actions; the US chooses between "
            "the columns.",
        },
        otherwise="Stay in the row Comply, compare the second numbers, and name the column of the "
        "largest; name both if they tie.",
    ),
    Question(
        name="01-equilibrium",
        prompt='Replace the three dots by a pair: ("Japan\'s action", "the US action").',
        read=cell(FIRST),
        answer=first_equilibrium,
        praise="Against Enforce, Engage gives Japan 11 rather than 10; against Engage, Enforce "
        "gives the US 9 rather than 7. Neither gains alone. No other cell survives both tests.",
        misconceptions={
            ("Engage", "Acquiesce"): "it has the most to share, 15 + 7, but the US would gain 2 by "
            "enforcing; an equilibrium asks each player alone, never for the largest sum.",
            ("Comply", "Enforce"): "obeying because a threat is there looks safe, but this "
            "sanction is too small: Japan would gain 1 by engaging.",
            ("Comply", "Acquiesce"): "a friendly cell, but against Acquiesce Japan would gain 5 by "
            "engaging.",
        },
    ),
    Question(
        name="01-threshold",
        prompt="Replace the three dots by a number, then run the cell again.",
        read=number,
        answer=lambda: threshold(E=8),
        praise="Engaging against Enforce gives S + 8 - s, complying S. At s = 8 the two are equal, "
        "so Comply has just become a best response: s* = E.",
        misconceptions={
            Fraction(5): "5 was the threshold when E was 5; now Japan gives up 8.",
            Fraction(10): "10 is S, the guarantee; it stands on both sides of the comparison and "
            "drops out.",
            Fraction(18): "18 is S + E; the sanction need not take everything, only make engaging "
            "no better than S.",
            Fraction(17, 2): "close: that is the first step of the slider above the threshold; at "
            "s* itself Japan is indifferent, and then Comply is a best response too.",
            Fraction(9): "close: that is the first whole number above the threshold; at s* itself "
            "Japan is indifferent, and then Comply is a best response too.",
        },
        otherwise="Write Japan's two payoffs against Enforce, S and S + 8 - s, and ask when they "
        "are equal.",
    ),
    Question(
        name="01-mixture",
        prompt='Replace the three dots by a probability, such as "1/3" in quotes.',
        read=number,
        answer=lambda: lowest_enforce(s=8),
        praise="Engaging is worth 15 - 8p, complying 10, so p must be at least 5/8: in general "
        "E/s.",
        misconceptions={
            Fraction(3, 8): "3/8 is the largest probability of Acquiesce; the question asks for "
            "Enforce.",
            Fraction(8, 5): "a probability cannot exceed 1; you have it upside down.",
            Fraction(5, 6): "5/6 belongs to s = 6; a heavier sanction needs to be less likely.",
            Fraction(1): "certainty, p = 1, works, but it is not the smallest; some doubt "
            "about the punishment still keeps Japan in line.",
            Fraction(0): "with p = 0 nobody is ever punished, and Japan would gain 5 by engaging.",
        },
        otherwise="Find the p at which 15 - 8p equals 10.",
        rounded="very near, but rounded; the boundary is one exact number, so type a fraction in "
        "quotes.",
    ),
    letter_question(
        name="01-credible",
        answer=is_the_threat_credible,
        praise="Nash equilibrium asks whether a player would change while the other stands still. "
        "Japan complies, so the threat is never tested, and an empty threat costs nothing.",
        misconceptions={
            "a": "look at the row Engage: enforcing leaves the US 10 - 3 - 4 + 2 = 5, acquiescing "
            "7; it would not carry the threat out.",
            "c": "the cost k falls on the US only if it has to punish; against Comply it gets 10 "
            "either way, so it gains nothing by changing.",
        },
    ),
    Question(
        name="01-claim",
        prompt='Replace the three dots by one or more years, such as {"2022"}.',
        read=preset_years,
        answer=years_with_both,
        praise="Where the US would rather acquiesce (k > r), Japan can have the guarantee and the "
        "energy. The painful choice needs a threat that is credible.",
        misconceptions={
            frozenset({"2013"}): "2013 is one, but so is another: 2016 has two kinds of "
            "equilibrium, and in one of them Japan engages unpunished.",
            frozenset({"2016"}): "2016 is one, but so is 2013: nothing is enforced there at all.",
            frozenset({"2022"}): "in 2022 Japan engages, but the US enforces, so s = 12 comes off; "
            "look for (Engage, Acquiesce).",
            frozenset({"2013", "2016", "2022"}): "not all three: in 2022 the US enforces, and "
            "Japan gets S + E - s.",
            frozenset({"2013", "2022"}): "2013 yes; but in 2022 the US enforces and s comes off, "
            "while 2016 has a second equilibrium that you missed.",
            frozenset({"2016", "2022"}): "2016 yes; but in 2022 the US enforces and s comes off, "
            "while in 2013 nothing is enforced.",
        },
    ),
    recalled_letter(
        name="01-recall-equilibrium",
        answer=lambda: "c",
        praise="One player at a time, the other held fixed.",
        misconceptions={
            "a": "that is the largest sum; at s = 4 it was (Engage, Acquiesce), and the US would "
            "have left it.",
            "b": "that asks more: an action that is best against everything is dominant; in "
            "equilibrium it need only be best against what the other does.",
        },
    ),
    Question(
        name="01-recall-mixture",
        prompt='From memory: replace the three dots by a probability, such as "1/3".',
        read=number,
        answer=lambda: lowest_enforce(E=7, s=14),
        praise="E/s = 7/14: twice the sanction, half the certainty.",
        misconceptions={
            Fraction(7): "7 is the threshold s*; the question asks how likely the punishment must "
            "be.",
            Fraction(2): "a probability cannot exceed 1; divide E by s, not s by E.",
            Fraction(1): "certainty works, but a sanction twice as large as E leaves room for "
            "doubt.",
            Fraction(0): "without any risk of punishment Japan engages.",
        },
        otherwise="Japan complies as long as p times s is at least E.",
    ),
    recalled_letter(
        name="01-recall-tie",
        answer=why_the_us_may_mix,
        praise="A player mixes only where its actions are worth the same; the limits of the "
        "mixture come from the other player.",
        misconceptions={
            "b": "the US gains nothing by surprising Japan here: 10 is all it gets against "
            "Comply, whatever it does.",
            "c": "if one column paid the US more, it would play that column for sure.",
        },
    ),
)
