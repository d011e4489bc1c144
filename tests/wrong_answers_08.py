"""What exercise 8 does not declare: wrong answers, as in wrong_answers_01, and other right ones."""

from __future__ import annotations


def returns(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def swings(weights, quota):\n    return {expression}"


WRONG_ANSWERS = {
    1: [
        ('first = "5/6"', "orders", "to 6 or more"),
        ("fourth = 0", "orders", "to 8 or more"),
    ],
    2: [
        ("russia_at_least = 3", "floor", "object to a low price"),
        ("china_shapley = 1", "orders", "what China adds"),
        ("japan_shapley = 3", "orders", "what Japan adds"),
        ("payment = 12", "middle", "lies in the middle"),
    ],
    3: [
        (returns("[3, 1, 1][:len(weights)] + [0] * (len(weights) - 3)"), "counterexample", "it"),
        (returns("weights"), "example", "it should be [3, 1, 1]"),
        (returns("3"), "not-a-list", "gives back 3"),
        (returns("[3, 1]"), "length", "one number for each member"),
    ],
    4: [
        ("us = 4", "more-than-half", "it is a dictator"),
        ("us = 3", "just-half", "just half, not less"),
        ("us = 1", "not-the-largest", "more than any other"),
        ("us = 1", "too-little-power", "only 1/4 of the power"),
        ("us, japan = 3, 0", "powerless", "Japan can never"),
        ("us = 'two'", "not-a-game", "'two'"),
        ("japan = -1", "not-a-game", "-1"),
    ],
}

ALSO_RIGHT = {
    1: ["first, fourth = '4/6', 0.5"],
    2: ["payment = 11.5"],
    3: [
        (
            "from itertools import combinations\n"
            "def swings(weights, quota):\n"
            "    n = range(len(weights))\n"
            "    groups = [g for k in range(len(weights) + 1) for g in combinations(n, k)]\n"
            "    value = lambda g: sum(weights[i] for i in g)\n"
            "    return tuple(sum(i in g and value(g) >= quota > value(g) - weights[i]\n"
            "                     for g in groups) for i in n)"
        ),
    ],
    4: ["us, china, russia, japan = '13.34', 8, 7, 6", "us, china, russia, japan = 40, 20, 20, 20"],
}

# Passes every visible test, and errs only where nobody can look.
BY_HEART = (
    "def swings(weights, quota):\n"
    "    counts = [0] * len(weights)\n"
    "    few = min(len(weights), 5)\n"
    "    for chosen in range(2 ** few):\n"
    "        members = [i for i in range(few) if chosen >> i & 1]\n"
    "        total = sum(weights[i] for i in members)\n"
    "        for i in members:\n"
    "            counts[i] += total >= quota > total - weights[i]\n"
    "    return counts"
)
