"""What exercise 3 does not declare, as in wrong_answers_01."""

LETTERS = "(a, b), (c, d) = us; "

SAYS = [
    ('japan_violates = "1/4"', "only the payoffs of the US count"),
    ('us_sanctions = "3/5"', "only the payoffs of Japan count"),
    ('japan_violates = "1/2"', "gets -1 from Sanction and -3/2 from Refrain"),
    ('us_sanctions = "1/2"', "gets -2 from Violate and 0 from Obey"),
    ('cheaper = "the US"', "keeping the US indifferent"),
    (f"{LETTERS}return abs(d - c) / 5", "it should get the same from both"),
    (f"{LETTERS}return 0.3", "gets -1.4 from its first column and -0.9"),
    (f"{LETTERS}return 'half'", "'half'"),
    ("losses = [2, 3]", "three numbers"),
    ("losses = [2, 3, 0]", "is no danger"),
    ("losses = [2, 3, 'x']", "'x'"),
]

ALSO_RIGHT = [
    'tougher = "the US"',
    f"from fractions import Fraction; {LETTERS}return Fraction(d - c, (a - b) - (c - d))",
    f"import numpy; {LETTERS}return numpy.float64(d - c) / (a - b - c + d)",
    "losses = [2, 10, '5/2']",
    "losses = [2, '8/3', 8]",
]
