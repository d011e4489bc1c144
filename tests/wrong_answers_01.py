"""What exercise 1 does not declare: wrong answers, words that are said to them, and right ones."""


def enforce(probability: object, other: object) -> str:
    """Return Comply against a mixture of the US."""
    return f'("Comply", {{"Enforce": {probability!r}, "Acquiesce": {other!r}}})'


def listed(*profiles: str) -> str:
    """Return an answer to task 2."""
    return f"all_equilibria = [{', '.join(profiles)}]"


PURE = ('("Comply", "Enforce")', '("Engage", "Acquiesce")')
END = enforce("2/3", "1/3")
JAPAN_STAYS = "japan[row][column] == max(line[column] for line in japan)"
US_STAYS = "us[row][column] == max(us[row])"

SAYS = [
    ('russia_if_wait = {"Tax"}', "Tax gives Russia 0, but another action gives 1"),
    (listed(*PURE), "a player that is indifferent may mix"),
    (listed(PURE[1]), "gets the same by changing does not gain"),
    (listed(PURE[1], END), "a continuum has two"),
    (listed(*PURE, enforce("1/3", "2/3")), "the probability that Enforce should have"),
    (listed(*PURE, enforce(0.333, 0.667)), "the probability that Enforce should have"),
    (listed(*PURE, enforce(0.667, 0.333)), "0.667 is rounded"),
    (listed(*PURE, enforce(0.66, 0.34)), "or you rounded"),
    (listed(*PURE, enforce("5/6", "1/6")), "5/6 on Enforce lies"),
    (listed(*PURE, END, enforce("5/6", "1/6")), "5/6 on Enforce is"),
    (listed(*PURE, END, '("Comply", "Acquiesce")'), "0 on Enforce is"),
    (listed(*PURE, END, '((0.5, 0.5), "Enforce")'), "1 on Enforce is"),
    (listed(*PURE, '((0.5, 0.5), "Enforce")'), "both its actions pay the same"),
    (listed(*PURE, '("Comply", "Acquiesce")'), "would gain 6"),
    (f"return ({JAPAN_STAYS}) or ({US_STAYS})", "but row 0"),
    ("return row == 1 and column == 0", "is_equilibrium([["),
    (f"return not ({JAPAN_STAYS} and {US_STAYS})", "but row 0, column 0 is not"),
]

ALSO_RIGHT = [
    listed("((1, 0), (1, 0))", "((0, 1), (0, 1))", "((1, 0), ('2/3', '1/3'))"),
    "import sympy\np = sympy.Rational(2, 3)\n" + listed(*PURE, '("Comply", (p, 1 - p))'),
    f"return bool({JAPAN_STAYS} and {US_STAYS})",
    (
        "import numpy; japan, us = numpy.array(japan), numpy.array(us); cell = row, column; "
        "return (japan[cell] >= japan[:, column].max()) & (us[cell] >= us[row].max())"
    ),
    (
        "import balancegame as bg; game = bg.NormalFormGame([japan, us]); "
        "return bg.verify(game, (row, column)).holds"
    ),
    "japan, us = [[0.1, 0.3], [0.2, 0.4]], [[0, '1/3'], [0.25, 0]]",
    "import numpy\njapan, us = numpy.array([[0, 3], [1, 4]]), [[0, 3], [1, 0]]",
    "japan, us = ((-5, 30), (-4, 40)), ((1, 9), (8, 2))",
]
