"""What exercise 11 does not declare: wrong answers, as in wrong_answers_01, and right ones."""


def favour(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def largest_favour(B, periods, delta, h):\n    return {expression}"


SAYS = [
    ('largest_hazard = "3/4"', "grim trigger needs 2/5"),
    ('largest_hazard = "1/10"', "survives more doubt"),
    ("largest_sanction = 4", "Japan needs 7/8 of the output"),
    ("largest_sanction = 1", "a larger s is survived too"),
    ('hard_alone = "1/2"', "saves 4 once and loses 3"),
    ('easy_alone = "1/7"', "saves 1 once and loses 2"),
    ('linked = "2/5"', "saves 5 once and loses 5"),
    (favour("B * (delta * (1 - h)) ** periods + 1"), "which is more"),
    (favour("B * (delta * (1 - h)) ** 4"), "which is less"),
    ("hard_cost = 3", "needs 3/5 and delta is 2/3"),
    ("easy_cost = 3", "Linked, the issues need 7/9"),
    ("easy_cost = 3", "the easy issue alone needs 3/4"),
    ("easy_cost = '1/4'", "linked the issues need 17/36"),
    ("hard_cost = 6", "costs 6 and is worth 5"),
    ("easy_cost, easy_worth = 2, 2", "costs 2 and is worth 2"),
    ("hard_cost, hard_worth = 4, 11", "outside its range"),
    ("easy_cost = 'one'", "'one'"),
    ('largest_chance = "3/5"', "the future is worth 4"),
    ('largest_chance = "1/4"', "at a larger f too"),
    ("largest_chance = 2", "2 is not between 0 and 1"),
    ('more_frequent = "worse"', "choose"),
]

ALSO_RIGHT = [
    ("from fractions import Fraction\nlargest_hazard = Fraction(5, 9)"),
    ("largest_sanction = 3.0"),
    ('hard_alone, linked = "4/7", 0.5'),
    (favour("B * delta**periods * (1 - h) ** periods")),
    (
        "def largest_favour(B, periods, delta, h):\n"
        "    for _ in range(periods):\n"
        "        B = B * delta * (1 - h)\n"
        "    return B"
    ),
    ("hard_cost, hard_worth, easy_cost, easy_worth = 8, 10, '5.25', 10"),
    ("hard_cost, hard_worth, easy_cost, easy_worth = 3.5, 5, 1, 2"),
    ("largest_chance = 0.55"),
    ('more_frequent = "Easier"'),
]

# Passes every visible test, and errs only where nobody can look.
BY_HEART = favour("B * (delta * (1 - h)) ** min(periods, 6)")
