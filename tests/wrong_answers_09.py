"""What exercise 9 does not declare, as in wrong_answers_01."""

LARGE_ONES_ALIKE = (
    "def bounds(seen):\n"
    "    low = max([0] + [min(x, 20) for x, kept in seen if not kept])\n"
    "    high = min([x for x, kept in seen if kept], default=None)\n"
    "    return 'none' if high is not None and low >= high else (low, high)"
)

SAYS = [
    ("return (15, 40)", "it should be (12, None)"),
    (LARGE_ONES_ALIKE, "it should be"),
    ("return 3", "gives back 3"),
    ("return [3]", "not a pair of numbers"),
    ("year_1 = [2, 5]", "three numbers"),
    ("year_1 = 'many'", "three numbers"),
    ("year_2 = [2, 'five', 9]", "'five'"),
    ("year_2 = [2, 5, 900]", "from -50 to 200"),
]

ALSO_RIGHT = [
    (
        "def bounds(seen):\n"
        "    low, high = 0, float('inf')\n"
        "    for saving, kept in seen:\n"
        "        if kept:\n"
        "            high = min(high, saving)\n"
        "        else:\n"
        "            low = max(low, saving)\n"
        "    if low >= high:\n"
        "        return 'none'\n"
        "    return [low, None if high == float('inf') else high]"
    ),
    ("year_1, year_2 = ('19.2', 18.7, 129), [-6, '1/2', 6]"),
    ("year_2 = [9, 3, 10]"),
]
