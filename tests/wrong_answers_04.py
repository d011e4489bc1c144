"""What exercise 4 does not declare, as in wrong_answers_01."""

PAIRS = "pairs = list(zip(table[row], table[other])); "

SAYS = [
    ('table_a = "prisoners\' dilemma"', "(-1, -2), with joint trade"),
    ('table_d = "deadlock"', "the US loses 2 by playing Sanction"),
    ('table_b = "suasion"', "the US gains 2 by playing Sanction"),
    ('first_threshold = "7/4"', "greed is cured, but fear is not"),
    ('second_threshold = "1/4"', "fear is cured, but greed is not"),
    ('third_threshold = "7/3"', "enough for the US, but not for Japan"),
    ("first_threshold = 3", "still gains 1/4 by trading"),
    ("third_threshold = 2", "Japan still gains 5/3 by trading"),
    ("first_threshold = 12", "35/4 to spare"),
    ("second_threshold = -1", "still gains 23/4"),
    (f"{PAIRS}return pairs[0][0] > pairs[0][1]", "column by column"),
    (f"{PAIRS}return all(line[row] > line[other] for line in table)", "but row 1 dominates row 0"),
    ("B = 80", "B = 80 is outside its range"),
]

ALSO_RIGHT = [
    'table_b = "Stag Hunt"',
    f"{PAIRS}return not any(a <= b for a, b in pairs)",
    f"import numpy; {PAIRS}return (numpy.array(table[row]) > numpy.array(table[other])).all()",
    "B, beta, c, g, s = 10, 0, 9, 5, 6",
    "B, beta, c, g, s = 4, '1/8', 3.5, 1, '2'",
    "s = 2.5",
]
