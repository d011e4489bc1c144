"""What exercise 7 does not declare, as in wrong_answers_01."""


def returns(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def pareto_optimal(outcomes):\n    return {expression}"


SAYS = [
    ('first = "Stag Hunt"', "left with -1, against two with -5"),
    ('us_in_chicken = "1/2"', "would not mix"),
    (returns("outcomes[1:2]"), "it should be"),
    (returns("outcomes"), "it should be [(0, -2)]"),
    (returns("3"), "gives back 3"),
    ("g = 11", "outside its range"),
]

ALSO_RIGHT = [
    "import numpy\n"
    + returns("[u for u in outcomes if not dominated(numpy.array(outcomes), u)]")
    + "\ndef dominated(all, u):\n    return any((v >= u).all() and (v > u).any() for v in all)",
    "g, us_cost, us_loss = 4, '7/2', 4",
    "g, us_cost, us_loss, japan_cost, japan_loss = 2.5, 9, 10, 1, 4",
]
