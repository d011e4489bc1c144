"""What exercise 2 does not declare: wrong answers, as in wrong_answers_01, and other right ones."""

from __future__ import annotations


def returns(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def first_choice(first, second):\n    return {expression}"


def tables(japan: object, us: object) -> str:
    """Return an answer to task 4."""
    return f"japan = {japan}\nus = {us}"


JAPAN, US = [[10, 10], [9, 15]], [[10, 10], [5, 7]]

WRONG_ANSWERS = {
    1: [
        ('after_build = "Protect"', "not-russias-best", "gets 7 from Tax and 4 from Protect"),
        ('japan_first = "Wait"', "feared-worst", "Russia does what is best for itself"),
        ('japan_first = "Build"', "hoped-for", "it chooses Tax"),
        ('russia_first = "Tax"', "not-led", "to Tax Japan replies Wait, which gives Russia 3"),
    ],
    2: [
        ("in_public = 4", "in-private", "4 is the threshold after a private invitation"),
        ("in_public = 8", "not-right", "read the question once more"),
        ("least_concession = 13", "added", "subtract it"),
        ("lifts_if_japan_goes = 6", "sign", "look at the sign"),
        ("lifts_if_japan_waits = 6", "sign", "d plays no part"),
    ],
    3: [
        (returns("max(range(len(first)), key=lambda r: sum(first[r]))"), "example", "row 1"),
        (returns("(len(first) + first[0][0]) % 2"), "counterexample", "so it is row"),
        (returns("0.5"), "not-a-row", "not the number of a row"),
        (returns("'the second'"), "not-a-row", "'the second'"),
        (returns("0"), "fixed", "whatever the tables are"),
    ],
    4: [
        (tables([[10, 10], [11, 15]], US), "japan-leaves", "11 is more than 10"),
        (tables(JAPAN, [[10, 12], [5, 7]]), "us-leaves", "12 is more than 10"),
        (tables(JAPAN, [[10, 10], [7, 7]]), "indifferent-us", "7 either way"),
        (tables(JAPAN, [[10, 10], [8, 7]]), "real-threat", "8 from Enforce and 7 from"),
        (tables([[10, 10], [9, 10]], US), "japan-complies", "brings it only 10"),
        ("japan = [[1, 2, 3], [4, 5, 6]]", "not-a-table", "two rows of two numbers"),
        ("us = 3", "not-a-table", "us is a table"),
        ("us = [[1, 2], [3, 'x']]", "not-a-game", "'x'"),
    ],
}

ALSO_RIGHT = {
    1: ['after_build = " tax"\njapan_first = "LEASE"'],
    2: ['in_public = "7"\nlifts_if_japan_goes = -6.0'],
    3: [
        returns(
            "max(range(len(first)), key=lambda r: first[r][max(range(len(second[r])), "
            "key=second[r].__getitem__)])"
        )
    ],
    4: [tables([[0, 0], [-1, 1]], [[1, 0], [0, 1]])],
}

# Passes every visible test, and errs only where nobody can look.
BY_HEART = (
    "def first_choice(first, second):\n"
    "    yields = [own[other.index(max(other))] for own, other in zip(first, second)]\n"
    "    return yields.index(max(yields)) if len(first[0]) in (2, 3) else 0"
)
