"""What exercise 11 does not declare: wrong answers, as in wrong_answers_01, and right ones."""

from __future__ import annotations


def favour(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def largest_favour(B, periods, delta, h):\n    return {expression}"


WRONG_ANSWERS = {
    1: [
        ('largest_hazard = "3/4"', "too-large", "grim trigger needs 2/5"),
        ('largest_hazard = "1/10"', "too-small", "survives more doubt"),
        ("largest_sanction = 4", "too-large", "Japan needs 7/8 of the output"),
        ("largest_sanction = 1", "too-small", "a larger s is survived too"),
    ],
    2: [
        ('hard_alone = "1/2"', "not-this-issue", "saves 4 once and loses 3"),
        ('easy_alone = "1/7"', "not-this-issue", "saves 1 once and loses 2"),
        ('linked = "2/5"', "not-linked", "saves 5 once and loses 5"),
    ],
    3: [
        (favour("B * (delta * (1 - h)) ** periods + 1"), "counterexample", "which is more"),
        (favour("B * (delta * (1 - h)) ** 4"), "example", "which is less"),
    ],
    4: [
        ("hard_cost = 3", "hard-holds-alone", "needs 3/5 and delta is 2/3"),
        ("easy_cost = 3", "linked-too-hard", "Linked, the issues need 7/9"),
        ("easy_cost = 3", "easy-fails-too", "the easy issue alone needs 3/4"),
        ("easy_cost = '1/4'", "linked-still-holds", "linked the issues need 17/36"),
        ("hard_cost = 6", "hard-not-worth-it", "costs 6 and is worth 5"),
        ("easy_cost, easy_worth = 2, 2", "easy-not-worth-it", "costs 2 and is worth 2"),
        ("hard_cost, hard_worth = 4, 11", "not-a-game", "outside its range"),
        ("easy_cost = 'one'", "not-a-game", "'one'"),
    ],
    5: [
        ('largest_chance = "3/5"', "too-large", "the future is worth 4"),
        ('largest_chance = "1/4"', "too-small", "at a larger f too"),
        ("largest_chance = 2", "not-a-probability", "2 is not between 0 and 1"),
        ('more_frequent = "worse"', "unknown-answer", "choose"),
    ],
}

ALSO_RIGHT = {
    1: [
        "from fractions import Fraction\nlargest_hazard = Fraction(5, 9)",
        "largest_sanction = 3.0",
    ],
    2: ['hard_alone, linked = "4/7", 0.5'],
    3: [
        favour("B * delta**periods * (1 - h) ** periods"),
        (
            "def largest_favour(B, periods, delta, h):\n"
            "    for _ in range(periods):\n"
            "        B = B * delta * (1 - h)\n"
            "    return B"
        ),
    ],
    4: [
        "hard_cost, hard_worth, easy_cost, easy_worth = 8, 10, '5.25', 10",
        "hard_cost, hard_worth, easy_cost, easy_worth = 3.5, 5, 1, 2",
    ],
    5: ["largest_chance = 0.55", 'more_frequent = "Easier"'],
}

# Passes every visible test, and errs only where nobody can look.
BY_HEART = favour("B * (delta * (1 - h)) ** min(periods, 6)")
