"""What exercise 5 does not declare, as in wrong_answers_01."""

SAYS = [
    ('first = "Hedge"', "Hedge brings 5/2, and another policy 4"),
    ("align_from = 8", "hedging brings 2, engaging -2, aligning 0"),
    ("price_of_loyalty = 2", "of which leaving costs 3"),
    ('fall_of_help = "1/2"', "costs Japan 9 of help"),
    ("return 0", "but it is 1"),
    ("return None", "gives nothing back"),
    ("return 2", "2, which is no probability"),
    (
        "return prior * independent / (prior * independent + (1 - prior) * dependent + 1e-9)",
        "but it is 1",
    ),
    ("reward = 11", "outside its range"),
]

ALSO_RIGHT = [
    (
        "def belief(prior, independent, dependent):\n"
        "    above = prior * independent\n"
        "    below = above + (1 - prior) * dependent\n"
        "    return above / below if below else None"
    ),
    "reward, low_sanction, high_sanction, chance = 3, 3, 3, '1/2'",
    "reward, low_sanction, high_sanction, chance = 5, 0, 10, 0.9",
]
