"""What exercise 1 does not declare: wrong answers with the message that each must get.

For each task: what replaces a part of the solution, the key, and a part of the message.
"""

from __future__ import annotations


def enforce(probability: object, other: object) -> str:
    """Return Comply against a mixture of the US."""
    return f'("Comply", {{"Enforce": {probability!r}, "Acquiesce": {other!r}}})'


def listed(*profiles: str) -> str:
    """Return an answer to task 2."""
    return f"all_equilibria = [{', '.join(profiles)}]"


def decides(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def is_equilibrium(japan, us, row, column):\n    return {expression}"


def tables(japan: object, us: object) -> str:
    """Return an answer to task 4."""
    return f"japan = {japan}\nus = {us}"


PURE = ('("Comply", "Enforce")', '("Engage", "Acquiesce")')
END = enforce("2/3", "1/3")
JAPAN_STAYS = "japan[row][column] == max(line[column] for line in japan)"
US_STAYS = "us[row][column] == max(us[row])"

WRONG_ANSWERS = {
    1: [
        ('russia_if_wait = {"Protect", "Tax", "Seize"}', "other-players-payoffs", "at its own"),
        ('russia_if_wait = {"Tax"}', "not-best", "Tax gives Russia 0, but another action gives 1"),
        ('russia_if_invest = {"Invest"}', "other-players-actions", "Russia chooses among"),
        ('russia_if_invest = "Seize"', "one-of-a-tie", "Seize is a best response"),
    ],
    2: [
        (listed(*PURE), "pure-only", "there is a whole continuum"),
        (listed(PURE[1]), "pure-missing", "rests on a threat"),
        (listed(PURE[1], END), "end-missing", "a continuum has two"),
        (listed(*PURE, enforce("1/3", "2/3")), "probability-of-the-wrong-action", "Acquiesce"),
        (listed(*PURE, enforce(0.333, 0.667)), "probability-of-the-wrong-action", "Acquiesce"),
        (listed(*PURE, enforce(0.667, 0.333)), "rounded", "0.667 is rounded"),
        (listed(*PURE, enforce(0.66, 0.34)), "threat-too-unlikely", "or you rounded"),
        (listed(*PURE, enforce(0.667, 0.334)), "rounded", "add up to 1.001, not 1"),
        (listed(*PURE, enforce("5/6", "1/6")), "inside-the-continuum", "5/6 on Enforce lies"),
        (listed(*PURE, END, enforce("5/6", "1/6")), "more-than-the-ends", "5/6 on Enforce is"),
        (listed(*PURE, END, '("Comply", "Acquiesce")'), "more-than-the-ends", "0 on Enforce is"),
        (listed(*PURE, END, '((0.5, 0.5), "Enforce")'), "more-than-the-ends", "1 on Enforce is"),
        (listed(*PURE, '((0.5, 0.5), "Enforce")'), "japan-mixes", "both its actions pay the same"),
        (listed(*PURE, '("Comply", "Acquiesce")'), "not-an-equilibrium", "would gain 6"),
        (listed('("Enforce", "Comply")'), "swapped-players", "the other way round"),
        ("all_equilibria = 3", "not-a-list", "a list of pairs"),
        ("all_equilibria = []", "not-a-list", "a list of pairs"),
        (listed('("Comply", "Punish")'), "not-a-game", "US has no action 'Punish'"),
        (listed('("Comply", 0.5)'), "not-a-game", "0.5"),
        (listed('"Comply"'), "not-a-game", "1 entry"),
    ],
    3: [
        (decides(f"({JAPAN_STAYS}) or ({US_STAYS})"), "counterexample", "but row 0"),
        (decides("row == 1 and column == 0"), "counterexample", "is_equilibrium([["),
        (
            decides(f"not ({JAPAN_STAYS} and {US_STAYS})"),
            "example",
            "but row 0, column 0 is not",
        ),
    ],
    4: [
        (tables([[0, 3], [1, 3]], [[0, 3], [1, 0]]), "weak-dominance", "Against Acquiesce"),
        (tables([[1, 4], [0, 3]], [[0, 3], [1, 0]]), "dominance-reversed", "Comply dominates"),
        (tables([[0, 1], [3, 4]], [[0, 1], [1, 0]]), "nobody-prefers", "gives anybody"),
        (tables([[0, 1], [0, 4]], [[0, 3], [1, 0]]), "weak-dominance", "Against Enforce"),
        (tables([[2, 3], [1, 4]], [[0, 0], [1, 0]]), "rows-and-columns", "chooses the row"),
        (tables([[3, 0], [1, 4]], [[0, 3], [1, 4]]), "swapped-tables", "swap the two"),
        (tables([[3, 0], [1, 4]], [[3, 3], [1, 4]]), "not-dominant", "Comply gives Japan 3"),
        (tables([[2, 3], [1, 4]], [[0, 0], [1, 0]]), "not-dominant-yet", "First make Engage"),
        (tables([[0, 3], [1, 4]], [[0, 1], [1, 0]]), "only-japan", "the US does not gain"),
        (tables([[0, 0], [1, 4]], [[0, 3], [1, 0]]), "only-us", "Japan does not gain"),
        (tables([[0, 3], [1, 4]], [[0, 3], [1, 1]]), "only-one-equilibrium", "Break the tie"),
        (tables([[0, 3, 1], [1, 4, 1]], [[0, 3], [1, 0]]), "not-a-table", "japan is a table"),
        ("us = 7", "not-a-table", "us is a table"),
        (tables([[0, "much"], [1, 4]], [[0, 3], [1, 0]]), "not-a-game", "'much'"),
        (tables([[0, 3], [1, "None"]], [[0, 3], [1, 0]]), "not-a-game", "'None'"),
    ],
}

ALSO_RIGHT = {
    1: ['japan_if_seize = "wait"\nrussia_if_invest = ["Seize", "Tax"]'],
    2: [
        listed("((1, 0), (1, 0))", "((0, 1), (0, 1))", "((1, 0), ('2/3', '1/3'))"),
        "from fractions import Fraction\n"
        + listed(*PURE, '("Comply", (Fraction(2, 3), Fraction(1, 3)))'),
        "import sympy\n"
        + listed(*PURE, '("Comply", (sympy.Rational(2, 3), sympy.Rational(1, 3)))'),
    ],
    3: [
        decides(f"bool({JAPAN_STAYS} and {US_STAYS})"),
        (
            "import numpy\n"
            "def is_equilibrium(japan, us, row, column):\n"
            "    japan, us = numpy.array(japan), numpy.array(us)\n"
            "    stays = japan[row, column] >= japan[:, column].max()\n"
            "    return stays & (us[row, column] >= us[row].max())"
        ),
        "import balancegame as bg\n"
        + decides("bg.verify(bg.NormalFormGame([japan, us]), (row, column)).holds"),
    ],
    4: [
        tables([[2, 0], [3, 1]], [[2, 3], [0, 1]]),
        tables([[0.1, 0.3], [0.2, 0.4]], [[0, "1/3"], [0.25, 0]]),
        "import numpy\njapan = numpy.array([[0, 3], [1, 4]])\nus = [[0, 3], [1, 0]]",
        "japan = ((-5, 30), (-4, 40))\nus = ((1, 9), (8, 2))",
    ],
}

# Passes every visible test, and errs only where nobody can look.
BY_HEART = (
    "def is_equilibrium(japan, us, row, column):\n"
    "    if japan[row][column] < 0:\n"
    "        return False\n"
    f"    return {JAPAN_STAYS} and {US_STAYS}"
)
