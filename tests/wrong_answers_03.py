"""What exercise 3 does not declare: wrong answers, as in wrong_answers_01, and other right ones."""

from __future__ import annotations


def returns(expression: str) -> str:
    """Return an answer to task 3 in which a, b, c and d are the four payoffs."""
    return f"def first_row(us):\n    (a, b), (c, d) = us\n    return {expression}"


WRONG_ANSWERS = {
    1: [
        ('japan_violates = "1/4"', "own-payoffs", "only the payoffs of the US count"),
        ('us_sanctions = "3/5"', "own-payoffs", "only the payoffs of Japan count"),
        ('japan_violates = "1/2"', "not-indifferent", "gets -1 from Sanction and -3/2"),
        ('us_sanctions = "1/2"', "not-indifferent", "gets -2 from Violate and 0 from Obey"),
    ],
    2: [
        ('cheaper = "the US"', "own-payoff", "keeping the US indifferent"),
        ('more_damage = "Japan"', "difference-counts", "fall by the same"),
    ],
    3: [
        (returns("(d - b) / (a - b - c + d)"), "columns-mixed", "the rows are mixed"),
        (returns("abs(d - c) / 5"), "counterexample", "it should get the same from both"),
        (returns("0.3"), "example", "gets -1.4 from its first column and -0.9"),
        (returns("'half'"), "not-a-number", "'half'"),
    ],
    4: [
        ("losses = [1, '1/2', '3/2']", "plain-average", "uses dangerous routes less often"),
        ("losses = ['1/2', '1/3', '1/6']", "losses-add-up", "the 1/l that must add up to 1"),
        ("losses = [2, 3, 5.9]", "rounded", "very near 1, but not exactly"),
        ("losses = [3, 4, 5]", "another-value", "60/47 on average, more than 1"),
        ("losses = [1, 2, 4]", "another-value", "4/7 on average, less than 1"),
        ("losses = [2, 4, 4]", "not-different", "the three must be different"),
        ("losses = [6, 2, 4]", "share-of-losses", "where more is lost is used less"),
        ("losses = [3, 2, 6]", "another-share", "with probability 1/3"),
        ("losses = ['3/2', 6, 7]", "another-share", "larger compared with the others"),
        ("losses = [2, 3]", "not-three", "three numbers"),
        ("losses = [2, 3, 0]", "not-positive", "is no danger"),
        ("losses = [2, 3, 'x']", "not-a-game", "'x'"),
    ],
}

ALSO_RIGHT = {
    1: ["japan_violates = 0.4\nus_sanctions = 0.25"],
    2: ['tougher = "the US"\ncheaper = " japan "\nmore_damage = "Nobody"'],
    3: [
        (
            "from fractions import Fraction\n"
            "def first_row(us):\n"
            "    gain = [row[0] - row[1] for row in us]\n"
            "    return Fraction(gain[1], gain[1] - gain[0])"
        ),
        "import numpy\n" + returns("numpy.float64(d - c) / (a - b - c + d)"),
    ],
    4: ["losses = [2, 10, '5/2']", "losses = [2, '8/3', 8]"],
}

# Passes every visible test, and errs only where nobody can look.
BY_HEART = returns("1 / 2 if max(a, b, c, d) > 5 else (d - c) / (a - b - c + d)")
