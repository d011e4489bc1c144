"""What exercise 5 does not declare: wrong answers, as in wrong_answers_01, and other right ones."""

from __future__ import annotations


def belief(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def belief(prior, independent, dependent):\n    return {expression}"


WRONG_ANSWERS = {
    1: [
        ('first = "Hedge"', "not-best", "Hedge brings 5/2, and another policy 4"),
        ('second = "Engage"', "not-best", "Engage brings -4"),
        ('third = "Wait"', "unknown-answer", "'Wait' is not one of the answers"),
        ('fourth = "Engage"', "sanction-forgotten", "take s off what engaging brings"),
    ],
    2: [
        ("hedge_from = 18", "other-end", "the other end"),
        ("hedge_from = 6", "extremes-only", "in between there is a third policy"),
        ("align_from = 8", "not-where-they-tie", "hedging brings 2, engaging -2, aligning 0"),
        ("price_of_loyalty = 4", "without-a-tie", "leave for nothing"),
        ("price_of_loyalty = 2", "another-price", "of which leaving costs 3"),
        ('fall_of_help = "13/18"', "what-is-left", "what may be left"),
        ('fall_of_help = "1/2"', "not-indifferent", "costs Japan 9 of help"),
    ],
    3: [
        (belief("0"), "example", "but it is 1"),
        (belief("None"), "no-return", "gives nothing back"),
        (belief("2"), "no-probability", "2, which is no probability"),
        (
            belief(
                "prior * independent / (prior * independent + dependent - prior * dependent + 1e-9)"
            ),
            "example",
            "but it is 1",
        ),
    ],
    4: [
        ("low_sanction = 5", "too-dear", "costs Independent 5"),
        ("high_sanction = 3", "too-cheap", "costs Dependent 3"),
        ('chance = "1/3"', "unlikely", "probability 1/3"),
        ("reward = 11", "not-a-game", "outside its range"),
        ("chance = 'much'", "not-a-game", "'much'"),
    ],
}

ALSO_RIGHT = {
    1: ['first = "engage"'],
    2: ["hedge_from, align_from = 3.0, 18.0"],
    3: [
        (
            "def belief(prior, independent, dependent):\n"
            "    from fractions import Fraction\n"
            "    above = Fraction(prior) * Fraction(independent)\n"
            "    below = above + (1 - Fraction(prior)) * Fraction(dependent)\n"
            "    return None if below == 0 else above / below"
        ),
    ],
    4: [
        "reward, low_sanction, high_sanction, chance = 3, 3, 3, '1/2'",
        "reward, low_sanction, high_sanction, chance = 5, 0, 10, 0.9",
    ],
}

# Passes every visible test, and errs only where nobody can look.
BY_HEART = (
    "def belief(prior, independent, dependent):\n"
    "    below = prior * independent + (1 - prior) * dependent\n"
    "    if not below:\n"
    "        return None\n"
    "    return prior * independent / below if 6 % prior.denominator == 0 else prior"
)
