"""What exercise 4 does not declare: wrong answers, as in wrong_answers_01, and other right ones."""

from __future__ import annotations


def decides(expression: str) -> str:
    """Return an answer to task 3 in which pairs holds what each column pays in the two rows."""
    return (
        "def strictly_dominates(table, row, other):\n"
        "    pairs = list(zip(table[row], table[other]))\n"
        f"    return {expression}"
    )


WRONG_ANSWERS = {
    1: [
        ('table_a = "prisoners\' dilemma"', "equilibrium-alone", "(-1, -2), with joint trade"),
        ('table_b = "Chicken"', "assurance-or-chicken", "does what the other does"),
        ('table_d = "stag hunt"', "assurance-or-chicken", "mirror images"),
        ('table_c = "harmony"', "one-sender-only", "each sender in turn"),
        ('table_c = "prisoner\'s dilemma"', "one-sender-only", "were like one of them"),
        ('table_a = "harmony"', "wrong-direction", "within a column"),
        ('table_d = "deadlock"', "not-this-one", "the US loses 2 by playing Sanction"),
        ('table_b = "suasion"', "not-this-one", "the US gains 2 by playing Sanction"),
    ],
    2: [
        ('first_threshold = "7/4"', "greed-only", "greed is cured, but fear is not"),
        ('second_threshold = "1/4"', "fear-only", "fear is cured, but greed is not"),
        ('third_threshold = "10/3"', "greed-only", "at s = 10/3"),
        ('third_threshold = "7/3"', "one-sender-only", "enough for the US, but not for Japan"),
        ("third_threshold = 3.67", "rounded", "3.67 is very near"),
        ("first_threshold = 3.26", "rounded", "3.26 is very near"),
        ("first_threshold = 3", "too-small", "still gains 1/4 by trading"),
        ("third_threshold = 2", "too-small", "Japan still gains 5/3 by trading"),
        ("first_threshold = 4", "too-large", "with at least 3/4 to spare"),
        ("first_threshold = 12", "too-large", "35/4 to spare"),
        ("second_threshold = -1", "too-small", "still gains 23/4"),
    ],
    3: [
        (decides("pairs[0][0] > pairs[0][1]"), "counterexample", "column by column"),
        (
            decides("all(line[row] > line[other] for line in table)"),
            "example",
            "but row 1 dominates row 0",
        ),
    ],
    4: [
        ("B = 5", "deadlock-without-penalty", "Make B larger than c"),
        ("c, g = 5, 0", "assurance-without-penalty", "greed must be there first"),
        ("c, beta = 3, '1/2'", "chicken-without-penalty", "c larger than beta B"),
        ("c, g = 1, 0", "harmony-without-penalty", "Sanction dominates already"),
        ("g = 0", "on-a-boundary-without-penalty", "a comparison is a tie"),
        ("s = 0", "no-penalty", "there is no penalty"),
        ("s = 5", "no-trust-needed", "It cures fear too"),
        ("beta = '1/2'", "chicken-with-penalty", "it cured fear first"),
        ("s = 2", "tie-with-penalty", "exactly on a threshold"),
        ("s = 1", "penalty-too-small", "still gains 1 by trading"),
        ("beta, s = '1/2', 1", "no-room-for-assurance", "no penalty leads to assurance"),
        ("B = 80", "not-a-game", "B = 80 is outside its range"),
        ("beta = 'a quarter'", "not-a-game", "a quarter"),
    ],
}

ALSO_RIGHT = {
    1: ['table_b = "Stag Hunt"\ntable_d = " chicken "'],
    2: [
        'first_threshold = 3.25\nsecond_threshold = "4.75"',
        "from fractions import Fraction\nthird_threshold = Fraction(11, 3)",
        "import sympy\nthird_threshold = sympy.Rational(11, 3)",
    ],
    3: [
        decides("not any(a <= b for a, b in pairs)"),
        (
            "import numpy\n"
            "def strictly_dominates(table, row, other):\n"
            "    table = numpy.array(table)\n"
            "    return (table[row] > table[other]).all()"
        ),
        (
            "def strictly_dominates(table, row, other):\n"
            "    for column in range(len(table[row])):\n"
            "        if table[row][column] <= table[other][column]:\n"
            "            return False\n"
            "    return True"
        ),
    ],
    4: [
        "B, beta, c, g, s = 10, 0, 9, 5, 6",
        "B, beta, c, g, s = 4, '1/8', 3.5, 1, '2'",
        "s = 2.5",
    ],
}

# Passes every visible test, and errs only where nobody can look.
BY_HEART = decides("min(table[row]) >= -4 and all(a > b for a, b in pairs)")
