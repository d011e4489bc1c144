"""What exercise 2 does not declare: wrong answers, as in wrong_answers_01, and other right ones."""


def returns(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def first_choice(first, second):\n    return {expression}"


def tables(japan: object, us: object) -> str:
    """Return an answer to task 4."""
    return f"japan = {japan}\nus = {us}"


JAPAN, US = [[10, 10], [9, 15]], [[10, 10], [5, 7]]

SAYS = [
    ('after_build = "Protect"', "gets 7 from Tax and 4 from Protect"),
    ('japan_first = "Wait"', "Russia does what is best for itself"),
    ('japan_first = "Build"', "it chooses Tax"),
    ('russia_first = "Tax"', "to Tax Japan replies Wait, which gives Russia 3"),
    ("in_public = 4", "4 is the threshold after a private invitation"),
    ("in_public = 8", "read the question once more"),
    ("least_concession = 13", "subtract it"),
    ("lifts_if_japan_goes = 6", "look at the sign"),
    ("lifts_if_japan_waits = 6", "d plays no part"),
    (returns("max(range(len(first)), key=lambda r: sum(first[r]))"), "row 1"),
    (returns("(len(first) + first[0][0]) % 2"), "so it is row"),
    (returns("0.5"), "not the number of a row"),
    (returns("'the second'"), "'the second'"),
    (returns("0"), "whatever the tables are"),
    (tables([[10, 10], [11, 15]], US), "11 is more than 10"),
    (tables(JAPAN, [[10, 12], [5, 7]]), "12 is more than 10"),
    (tables(JAPAN, [[10, 10], [7, 7]]), "7 either way"),
    (tables(JAPAN, [[10, 10], [8, 7]]), "8 from Enforce and 7 from"),
    (tables([[10, 10], [9, 10]], US), "brings it only 10"),
    ("japan = [[1, 2, 3], [4, 5, 6]]", "two rows of two numbers"),
    ("us = 3", "us is a table"),
    ("us = [[1, 2], [3, 'x']]", "'x'"),
]

ALSO_RIGHT = [
    ('after_build = " tax"\njapan_first = "LEASE"'),
    ('in_public = "7"\nlifts_if_japan_goes = -6.0'),
    (
        returns(
            "max(range(len(first)), key=lambda r: first[r][max(range(len(second[r])), "
            "key=second[r].__getitem__)])"
        )
    ),
    (tables([[0, 0], [-1, 1]], [[1, 0], [0, 1]])),
]

# Passes every visible test, and errs only where nobody can look.
BY_HEART = (
    "def first_choice(first, second):\n"
    "    yields = [own[other.index(max(other))] for own, other in zip(first, second)]\n"
    "    return yields.index(max(yields)) if len(first[0]) in (2, 3) else 0"
)
