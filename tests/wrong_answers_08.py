"""What exercise 8 does not declare, as in wrong_answers_01."""

SAYS = [
    ("fourth = 0", "to 8 or more"),
    ("china_shapley = 1", "what China adds"),
    ("return [3, 1, 1][:len(weights)] + [0] * (len(weights) - 3)", "it should be"),
    ("return weights", "it should be [3, 1, 1]"),
    ("return 3", "gives back 3"),
    ("return [3, 1]", "one number for each member"),
    ("japan = -1", "-1"),
]

ALSO_RIGHT = [
    (
        "from itertools import combinations\n"
        "def swings(weights, quota):\n"
        "    n = range(len(weights))\n"
        "    groups = [g for k in range(len(weights) + 1) for g in combinations(n, k)]\n"
        "    value = lambda g: sum(weights[i] for i in g)\n"
        "    return tuple(sum(i in g and value(g) >= quota > value(g) - weights[i]\n"
        "                     for g in groups) for i in n)"
    ),
    ("us, china, russia, japan = '13.34', 8, 7, 6"),
    ("us, china, russia, japan = 40, 20, 20, 20"),
]
