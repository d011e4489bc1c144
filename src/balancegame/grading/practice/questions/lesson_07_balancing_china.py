"""Questions of lesson 7, balancing China."""

from __future__ import annotations

from fractions import Fraction

from balancegame.grading.practice.questions.question import actions, letter, number
from balancegame.models.balancing import BALANCING, BALANCING_AT_ONCE
from balancegame.solvers.normal_form.best_response import best_responses
from balancegame.solvers.normal_form.dominance import undominated
from balancegame.solvers.normal_form.nash import equilibria, pure_equilibria
from balancegame.solvers.normal_form.welfare import risk_dominance
from balancegame.solvers.parametric.regime_names import solution_name

CHICKEN = BALANCING.game(g=1, kappa=2)
HUNT = BALANCING.game(g=3, kappa=2)
AT_ONCE = BALANCING_AT_ONCE.game()
LETTERS = {"Chicken": "a", "Stag Hunt": "b", "giving up": "c"}


def us_mixes(**values: object) -> Fraction:
    """Return how often the US balances in the mixed equilibrium of Chicken."""
    solution = equilibria(BALANCING.game(**{"g": 1, "kappa": 2, **values}))
    (mixed,) = (e for e in solution if max(e.strategies[0]) < 1)
    return mixed.strategies[0][0]


def dearer_for_japan() -> str:
    """Return the letter of what a higher cost of Japan's changes."""
    change = us_mixes(b_JP=3) - us_mixes(b_JP=2)
    return "a" if not change else "b" if change < 0 else "c"


def why_it_fails() -> str:
    """Return b if Balance is dominated at once, where the very same costs allowed it before."""
    passes = undominated(AT_ONCE)[:2] == (("Pass",), ("Pass",))
    return "b" if passes and ("Balance", "Balance") in pure_equilibria(HUNT) else ""


QUESTIONS = {
    "reply": actions(
        CHICKEN,
        lambda: frozenset(best_responses(CHICKEN, "US", (None, "Balance"))),
        "In the column Balance the US compares -1 with 0: China holds back anyway.",
        {
            "Balance": "it looks fair, but hold Japan at Balance and compare the first numbers of "
            "that column: -1 for Balance, 0 for Pass.",
            ("Balance", "Pass"): "there is no tie; in that column the US gets -1 or 0.",
        },
        "Stay in the column Balance and take the row with the larger first number.",
    ),
    "count": number(
        lambda: Fraction(len(pure_equilibria(CHICKEN))),
        "One balances and the other passes, either way round.",
        {
            1: "there is another one: exchange the roles and test that cell.",
            0: "test the cell where the US balances and Japan passes: -1 beats -4, and 0 beats -2.",
            3: "the third one is no cell: in it both mix.",
            4: "where both balance each would rather pass, and where both pass each would rather "
            "balance.",
        },
        "Test each cell: does either of them gain by changing alone?",
    ),
    "mixed": number(
        us_mixes,
        "Then Japan loses 2 by balancing and 6 x 1/3 = 2 on average by passing.",
        {
            "3/4": "that is how often Japan balances; it leaves the US indifferent.",
            "1/3": "that is how often the US passes.",
            "1/4": "that is how often Japan passes.",
        },
        "Japan must be indifferent: 2 = (1 - p) x 6.",
    ),
    "whose": letter(
        dearer_for_japan,
        "Japan now passes unless it has more to fear from passing; only a US that balances less, 1 "
        "- 3/6 = 1/2 of the time, keeps Japan willing.",
        {
            "a": "Japan's mixture leaves the US indifferent, and the payoffs of the US did not "
            "change.",
            "c": "if the US did more, Japan would pass for sure; work out 1 - b/L with b = 3.",
        },
        {
            "a": "Japan balances less often.",
            "b": "The US balances less often.",
            "c": "The US balances more often, to make up for it.",
        },
    ),
    "region": letter(
        lambda: LETTERS[solution_name(BALANCING, g=3, kappa=2)],
        "If the other balances, -1 beats -4 and -2 beats -6; if the other passes, one alone would "
        "pay and achieve nothing.",
        {
            "a": "if Japan balances, the US now gets -1 by balancing and -4 by passing: it would "
            "not leave it to Japan any more.",
            "c": "look at the column Balance: -1 beats -4, so the US does balance if Japan does.",
        },
        {
            "a": "still Chicken",
            "b": "a Stag Hunt: each balances if the other does",
            "c": "hopeless: each passes whatever the other does",
        },
    ),
    "risk": letter(
        lambda: "a" if risk_dominance(HUNT).dominant == ("Balance", "Balance") else "b",
        "Where both balance, leaving alone costs 3 and 4, with a product of 12; where both pass it "
        "costs 1 and 2, with a product of only 2.",
        {
            "b": "passing looks safe, but work it out: leaving joint passing alone costs 1 and 2, "
            "and leaving joint balancing costs 3 and 4.",
        },
        {"a": "both balance", "b": "both pass"},
    ),
    "at-once": actions(
        AT_ONCE,
        lambda: frozenset(best_responses(AT_ONCE, "US", (None, "Balance", "Assert"))),
        "-4 beats -5: China asserts itself in either case, and balancing costs 1.",
        {
            "Balance": "China's action is held fixed at Assert; compare -5 with -4.",
            "Hold back": "that is an action of China's; the US balances or passes.",
            "Assert": "China's action is given; the US balances or passes.",
        },
        "Use the table in which China asserts itself, and Japan's column Balance.",
    ),
    "why": letter(
        why_it_fails,
        "Deterrence works by what China expects to see. Where it sees nothing, whoever balances "
        "only pays.",
        {
            "a": "the costs are the same as before: 1 for the US and 2 for Japan.",
            "c": "g is 3 as it was in the Stag Hunt, and Balance is dominated for every g.",
        },
        {
            "a": "It costs more.",
            "b": "China chooses without seeing it, so balancing does not change what China does.",
            "c": "China gains more.",
        },
    ),
    "claim": letter(
        lambda: "b",
        "Who balances better is an answer of the model, not an assumption: change a cost or what "
        "China sees, and it is another one.",
        {
            "a": "in the model a larger cost makes an ally less willing to balance, not more.",
            "c": "in Chicken one balances and in a Stag Hunt both may; it needs costs below the "
            "losses, and a China that looks.",
        },
        {
            "a": "It is the US, since it spends most.",
            "b": "The question is incomplete: the same ally balances, waits or gives up, depending "
            "on costs, on China's gain and on what China sees.",
            "c": "Nobody ever balances.",
        },
    ),
    "recall-region": letter(
        lambda: LETTERS[solution_name(BALANCING, g=5, kappa=3)],
        "3 < 5, so one is not enough; 5 is at most 6, so both are.",
        {
            "a": "one ally takes 3 from China's gain of 5, which leaves 2: one is not enough.",
            "c": "both together take 6 from China's gain of 5: that holds it back.",
        },
        {
            "a": "Chicken",
            "b": "a Stag Hunt",
            "c": "they give up",
        },
    ),
    "recall-mixed": number(
        lambda: us_mixes(b_JP=1, L_JP=5),
        "1 - 1/5: just often enough to leave Japan indifferent.",
        {
            "1/5": "that is how often the US passes; in Chicken it balances with 1 - b/L.",
            "3/4": "that was how often Japan balanced in the lesson's table.",
            5: "a probability lies between 0 and 1.",
        },
        "Japan must be indifferent between losing 1 for sure and 5 with 1 - p.",
    ),
    "recall-dominated": letter(
        lambda: "b",
        "It is about one player's own payoff, against everything that the others may do.",
        {
            "a": "that is a Pareto-dominated outcome; it says nothing about one player's action.",
            "c": "an action can be in no equilibrium without being dominated; dominance compares "
            "it with one other strategy, throughout.",
        },
        {
            "a": "if all players would be better off elsewhere",
            "b": "if another action yields its player more, whatever the others do",
            "c": "if it is not part of any equilibrium",
        },
    ),
}
