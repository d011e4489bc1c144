"""What exercise 5 does not declare: wrong answers, as in wrong_answers_01, and other right ones."""


def belief(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def belief(prior, independent, dependent):\n    return {expression}"


SAYS = [
    ('first = "Hedge"', "Hedge brings 5/2, and another policy 4"),
    ('second = "Engage"', "Engage brings -4"),
    ('third = "Wait"', "'Wait' is not one of the answers"),
    ('fourth = "Engage"', "take s off what engaging brings"),
    ("hedge_from = 18", "the other end"),
    ("hedge_from = 6", "in between there is a third policy"),
    ("align_from = 8", "hedging brings 2, engaging -2, aligning 0"),
    ("price_of_loyalty = 4", "leave for nothing"),
    ("price_of_loyalty = 2", "of which leaving costs 3"),
    ('fall_of_help = "13/18"', "what may be left"),
    ('fall_of_help = "1/2"', "costs Japan 9 of help"),
    (belief("0"), "but it is 1"),
    (belief("None"), "gives nothing back"),
    (belief("2"), "2, which is no probability"),
    (
        belief(
            "prior * independent / (prior * independent + dependent - prior * dependent + 1e-9)"
        ),
        "but it is 1",
    ),
    ("low_sanction = 5", "costs Independent 5"),
    ("high_sanction = 3", "costs Dependent 3"),
    ('chance = "1/3"', "probability 1/3"),
    ("reward = 11", "outside its range"),
    ("chance = 'much'", "'much'"),
]

ALSO_RIGHT = [
    ('first = "engage"'),
    ("hedge_from, align_from = 3.0, 18.0"),
    (
        "def belief(prior, independent, dependent):\n"
        "    from fractions import Fraction\n"
        "    above = Fraction(prior) * Fraction(independent)\n"
        "    below = above + (1 - Fraction(prior)) * Fraction(dependent)\n"
        "    return None if below == 0 else above / below"
    ),
    ("reward, low_sanction, high_sanction, chance = 3, 3, 3, '1/2'"),
    ("reward, low_sanction, high_sanction, chance = 5, 0, 10, 0.9"),
]

# Passes every visible test, and errs only where nobody can look.
BY_HEART = (
    "def belief(prior, independent, dependent):\n"
    "    below = prior * independent + (1 - prior) * dependent\n"
    "    if not below:\n"
    "        return None\n"
    "    return prior * independent / below if 6 % prior.denominator == 0 else prior"
)
