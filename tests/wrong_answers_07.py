"""What exercise 7 does not declare: wrong answers, as in wrong_answers_01, and other right ones."""

from __future__ import annotations


def returns(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def pareto_optimal(outcomes):\n    return {expression}"


WRONG_ANSWERS = {
    1: [
        ('first = "Stag Hunt"', "another-region", "left with -1, against two with -5"),
        ('second = "Chicken"', "another-region", "left with 1, against two with -3"),
        ('third = "stag hunt"', "another-region", "left with 3, against two with 1"),
        ('fourth = "giving up"', "on-the-line", "2 kappa is exactly g"),
    ],
    2: [('us_in_chicken = "1/2"', "not-indifferent", "would not mix")],
    3: [
        (returns("outcomes[1:2]"), "counterexample", "it should be"),
        (returns("outcomes"), "example", "it should be [(0, -2)]"),
        (returns("3"), "not-a-list", "gives back 3"),
    ],
    4: [
        ("g = 0", "no-threat", "does not want to assert itself"),
        ("g = 2", "chicken", "one ally is enough"),
        ("g = 5", "giving-up", "not even both"),
        ("japan_cost = 6", "cost-not-below-loss", "costs Japan 6"),
        ("g = 2", "not-two", "Make it a Stag Hunt first"),
        ("g = 5", "not-two", "Make it a Stag Hunt first"),
        ("us_cost, japan_cost = 2, 3", "equal-risk", "Both products are 6"),
        ("us_cost = japan_cost = 1", "balancing-is-safer", "leaving joint balancing is 15"),
        ("g = 11", "not-a-game", "outside its range"),
        ("kappa = 'two'", "not-a-game", "'two'"),
    ],
}

ALSO_RIGHT = {
    1: ['first = " chicken"\nthird = "Giving up"'],
    2: ["us_in_chicken, us_in_stag_hunt = 0.75, 0.25"],
    3: [
        (
            "import numpy\n"
            "def pareto_optimal(outcomes):\n"
            "    a = numpy.array(outcomes)\n"
            "    return [u for u in outcomes\n"
            "            if not any((v >= u).all() and (v > u).any() for v in a)]"
        ),
    ],
    4: [
        "g, us_cost, us_loss = 4, '7/2', 4",
        "g, us_cost, us_loss, japan_cost, japan_loss = 2.5, 9, 10, 1, 4",
    ],
}

# Passes every visible test, and errs only where nobody can look.
BY_HEART = (
    "def better(v, u):\n"
    "    return v != u and all(y >= x for x, y in zip(u[:3], v[:3]))\n"
    + returns("[u for u in outcomes if not any(better(v, u) for v in outcomes)]")
)
