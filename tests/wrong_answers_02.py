"""What exercise 2 does not declare, as in wrong_answers_01."""

BEST = "second[r].index(max(second[r]))"

SAYS = [
    ('after_build = "Protect"', "gets 7 from Tax and 4 from Protect"),
    ('japan_first = "Wait"', "Russia does what is best for itself"),
    ('japan_first = "Build"', "it chooses Tax"),
    ('russia_first = "Tax"', "to Tax Japan replies Wait, which gives Russia 3"),
    ("in_public = 4", "4 is the threshold after a private invitation"),
    ("in_public = 8", "read the question once more"),
    ("lifts_if_japan_goes = 6", "look at the sign"),
    ("lifts_if_japan_waits = 6", "d plays no part"),
    ("return max(range(len(first)), key=lambda r: sum(first[r]))", "row 1"),
    ("return (len(first) + first[0][0]) % 2", "so it is row"),
    ("return 0.5", "not the number of a row"),
    ("return 'the second'", "'the second'"),
    ("return 0", "whatever the tables are"),
]

ALSO_RIGHT = [
    f"return max(range(len(first)), key=lambda r: first[r][{BEST}])",
    "japan, us = [[0, 0], [-1, 1]], [[1, 0], [0, 1]]",
]
