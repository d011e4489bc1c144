"""Wrong answers to exercise 4, as in tests/wrong_answers.py, and other right ones."""

from __future__ import annotations


def names(**answers: str) -> str:
    """Return answers to task 1, right where not given."""
    right = {
        "table_a": '"deadlock"',
        "table_b": '"assurance"',
        "table_c": '"suasion"',
        "table_d": '"Chicken"',
    }
    return "\n".join(f"{name} = {value}" for name, value in {**right, **answers}.items())


def thresholds(**answers: str) -> str:
    """Return answers to task 2, right where not given."""
    right = {
        "first_threshold": '"13/4"',
        "second_threshold": '"19/4"',
        "third_threshold": '"11/3"',
    }
    return "\n".join(f"{name} = {value}" for name, value in {**right, **answers}.items())


def decides(expression: str) -> str:
    """Return an answer to task 3 in which mine and theirs run through the two rows."""
    return (
        "def strictly_dominates(table, row, other):\n"
        "    pairs = list(zip(table[row], table[other]))\n"
        f"    return {expression}"
    )


def design(**answers: object) -> str:
    """Return answers to task 4, right where not given."""
    right = {"B": 8, "beta": "1/4", "c": 6, "g": 2, "s": 3}
    return "\n".join(f"{name} = {value!r}" for name, value in {**right, **answers}.items())


WRONG_ANSWERS = {
    1: [
        (names(table_a='"prisoners\' dilemma"'), "equilibrium-alone", "(-1, -2), with joint trade"),
        (names(table_b='"Chicken"'), "assurance-or-chicken", "does what the other does"),
        (names(table_d='"stag hunt"'), "assurance-or-chicken", "mirror images"),
        (names(table_c='"harmony"'), "one-sender-only", "each sender in turn"),
        (names(table_c='"prisoner\'s dilemma"'), "one-sender-only", "were like one of them"),
        (names(table_a='"harmony"'), "wrong-direction", "within a column"),
        (names(table_d='"deadlock"'), "not-this-one", "the US loses 2 by playing Sanction"),
        (names(table_b='"suasion"'), "not-this-one", "the US gains 2 by playing Sanction"),
        (names(table_a='"dilemma"'), "unknown-situation", "table_a: the answer is the name"),
        (names(table_a="3"), "unknown-situation", "in quotes"),
    ],
    2: [
        (thresholds(first_threshold='"7/4"'), "greed-only", "greed is cured, but fear is not"),
        (thresholds(second_threshold='"1/4"'), "fear-only", "fear is cured, but greed is not"),
        (thresholds(third_threshold='"10/3"'), "greed-only", "at s = 10/3"),
        (thresholds(third_threshold='"7/3"'), "one-sender-only", "enough for the US, but not for"),
        (thresholds(third_threshold="3.67"), "rounded", "3.67 is very near"),
        (thresholds(first_threshold="3.26"), "rounded", "3.26 is very near"),
        (thresholds(first_threshold="3"), "too-small", "still gains 1/4 by trading"),
        (thresholds(third_threshold="2"), "too-small", "Japan still gains 5/3 by trading"),
        (thresholds(first_threshold="4"), "too-large", "with at least 3/4 to spare"),
        (thresholds(first_threshold='"lots"'), "not-a-game", "'lots'"),
        (
            thresholds(first_threshold="float('nan')"),
            "not-a-game",
            "(not a finite number) for first_threshold",
        ),
        (thresholds(first_threshold="12"), "too-large", "35/4 to spare"),
        (thresholds(second_threshold="-1"), "too-small", "still gains 23/4"),
    ],
    3: [
        (decides("all(a >= b for a, b in pairs)"), "weak", "lets ties pass"),
        (
            decides("all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)"),
            "weak_with_a_gain",
            "never worse and sometimes better",
        ),
        (decides("any(a > b for a, b in pairs)"), "somewhere", "content with one column"),
        (decides("all(a < b for a, b in pairs)"), "backwards", "the other way round"),
        (decides("sum(table[row]) > sum(table[other])"), "larger_sum", "sums or averages"),
        (decides("min(table[row]) > min(table[other])"), "worst_case", "the worst payoff"),
        (decides("min(table[row]) > max(table[other])"), "every_pair", "within each column only"),
        (
            decides(
                "all(all(a > b for a, b in zip(table[row], line)) "
                "for line in table if line is not table[row])"
            ),
            "every_row",
            "one other row only",
        ),
        (
            decides("all(a > b for a, b in pairs[:2])"),
            "two_columns",
            "two columns only",
        ),
        (decides("True"), "always-the-same", "True to everything"),
        (decides("False"), "always-the-same", "False to everything"),
        (decides("pairs[0][0] > pairs[0][1]"), "counterexample", "column by column"),
        (
            decides("all(line[row] > line[other] for line in table)"),
            "first-table",
            "Trade (row 1) strictly dominates",
        ),
        (decides("None"), "no-return", "gives nothing back"),
        (decides("1"), "not-a-truth-value", "gives back 1"),
        (decides("table[row + 9]"), "function-stopped", "IndexError in line 4"),
        ("strictly_dominates = True", "not-a-function", "def strictly_dominates"),
    ],
    4: [
        (design(B=5), "deadlock-without-penalty", "Make B larger than c"),
        (design(c=5, g=0), "assurance-without-penalty", "greed must be there first"),
        (design(c=3, beta="1/2"), "chicken-without-penalty", "c larger than beta B"),
        (design(c=1, g=0), "harmony-without-penalty", "Sanction dominates already"),
        (design(g=0), "on-a-boundary-without-penalty", "a comparison is a tie"),
        (design(s=0), "no-penalty", "there is no penalty"),
        (design(s=5), "no-trust-needed", "It cures fear too"),
        (design(beta="1/2"), "chicken-with-penalty", "it cured fear first"),
        (design(s=2), "tie-with-penalty", "exactly on a threshold"),
        (design(s=1), "penalty-too-small", "still gains 1 by trading"),
        (design(beta="1/2", s=1), "no-room-for-assurance", "no penalty leads to assurance"),
        (design(B=80), "not-a-game", "B = 80 is outside its range"),
        (design(beta="a quarter"), "not-a-game", "a quarter"),
    ],
}

ALSO_RIGHT = {
    1: [
        names(table_b='"Stag Hunt"', table_d='" chicken "'),
    ],
    2: [
        thresholds(first_threshold="3.25", second_threshold='"4.75"'),
        "from fractions import Fraction\n" + thresholds(third_threshold="Fraction(11, 3)"),
        "import sympy\n" + thresholds(third_threshold="sympy.Rational(11, 3)"),
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
        design(B=10, beta=0, c=9, g=5, s=6),
        design(B=4, beta="1/8", c=3.5, g=1, s="2"),
        design(s=2.5),
    ],
}
