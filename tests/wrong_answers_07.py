"""What exercise 7 does not declare, as in wrong_answers_01."""

SAYS = [
    ('first = "Stag Hunt"', "left with -1, against two with -5"),
    ('us_in_chicken = "1/2"', "would not mix"),
    ("return outcomes[1:2]", "it should be"),
    ("return outcomes", "it should be [(0, -2)]"),
    ("return 3", "gives back 3"),
    ("g = 11", "outside its range"),
]

ALSO_RIGHT = [
    (
        "import numpy; others = numpy.array(outcomes); "
        "return [u for u in outcomes if not any(min(v - u) >= 0 < max(v - u) for v in others)]"
    ),
    "g, us_cost, us_loss = 4, '7/2', 4",
    "g, us_cost, us_loss, japan_cost, japan_loss = 2.5, 9, 10, 1, 4",
]
