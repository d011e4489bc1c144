"""What exercise 11 does not declare, as in wrong_answers_01."""

SAYS = [
    ('largest_hazard = "3/4"', "grim trigger needs 2/5"),
    ("largest_sanction = 4", "Japan needs 7/8 of the output"),
    ('hard_alone = "1/2"', "saves 4 once and loses 3"),
    ('linked = "2/5"', "saves 5 once and loses 5"),
    ("return B * (delta * (1 - h)) ** periods + 1", "which is more"),
    ("return B * (delta * (1 - h)) ** 4", "which is less"),
    ("hard_cost = 6", "costs 6 and is worth 5"),
    ("easy_cost, easy_worth = 2, 2", "costs 2 and is worth 2"),
    ("hard_cost, hard_worth = 4, 11", "outside its range"),
    ('largest_chance = "3/5"', "the future is worth 4"),
]

ALSO_RIGHT = [
    ("return B * delta**periods * (1 - h) ** periods"),
    (
        "def largest_favour(B, periods, delta, h):\n"
        "    for _ in range(periods):\n"
        "        B = B * delta * (1 - h)\n"
        "    return B"
    ),
    ("hard_cost, hard_worth, easy_cost, easy_worth = 8, 10, '5.25', 10"),
    ("hard_cost, hard_worth, easy_cost, easy_worth = 3.5, 5, 1, 2"),
]
