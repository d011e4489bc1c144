"""Payoffs of their own for each student of exercise 7: what is drawn, and what must hold of it."""

from fractions import Fraction
from itertools import pairwise

NEAR = Fraction(1, 50)
EXAMPLE = Fraction(2, 7)
PLACES = ("first", "second", "third", "fourth")
REGIONS = ("Chicken", "Stag Hunt", "giving up", "on the line")


def place(g, kappa):
    """Return what the map of task 1 is asked for."""
    return {"g": g, "kappa": kappa}


def hunted(g, kappa, us, japan):
    """Return values of the model; an ally's are its cost and its loss."""
    (b_US, L_US), (b_JP, L_JP) = us, japan
    return {"b_US": b_US, "L_US": L_US, "b_JP": b_JP, "L_JP": L_JP, "kappa": kappa, "g": g}


PUBLISHED = {
    "first": place(3, 4),
    "second": place(5, 4),
    "third": place(5, 2),
    "fourth": place(4, 2),
    "chicken": hunted(2, 3, (1, 3), (2, 8)),
    "stag_hunt": hunted(5, 3, (1, 3), (2, 8)),
}


def draw(draw):
    """Return four places on the map, one in each region and one on a line, and two games."""
    steep, flat = draw(3, 5), draw(1, 3)
    places = [
        place(draw(1, steep - 1), steep),
        place(draw(steep + 1, 2 * steep - 1), steep),
        place(draw(2 * flat + 1, 10), flat),
        place(2 * flat, flat),
    ]
    kappa = draw(3, 5)
    allies = [cost_and_loss(draw) for _ in ("US", "Japan")]
    return {
        **dict(zip(PLACES, draw.shuffled(places), strict=True)),
        "chicken": hunted(draw(1, kappa - 1), kappa, *allies),
        "stag_hunt": hunted(draw(kappa + 1, 2 * kappa - 1), kappa, *allies),
    }


def cost_and_loss(draw):
    """Return what balancing costs an ally and the larger loss that it might avert."""
    L = draw(3, 10)
    return draw(1, L - 1), L


def region(values):
    """Return where a place lies on the map; the line is where both together are just enough."""
    g, kappa = values["g"], values["kappa"]
    if g == 2 * kappa:
        return "on the line"
    return "Chicken" if g <= kappa else "Stag Hunt" if g < 2 * kappa else "giving up"


def shares(values):
    """Return the share of its loss that balancing costs each ally."""
    return [Fraction(values[f"b_{ally}"], values[f"L_{ally}"]) for ally in ("US", "JP")]


def mixtures(games):
    """Return how often each ally balances, in Chicken, then in the Stag Hunt."""
    us, japan = shares(games["chicken"])
    return 1 - japan, 1 - us, japan, us


def told_apart(games):
    """What is right for one ally in one game is neither its other action nor another answer."""
    chances = sorted(mixtures(games))
    return all(b - a > NEAR for a, b in pairwise(chances))


REQUIREMENTS = (
    ("no mistake passes for the right mixture, rounded", told_apart),
    (
        "the places on the map lie in each region, and one on a line",
        lambda games: sorted(region(games[name]) for name in PLACES) == sorted(REGIONS),
    ),
    (
        "the first game is Chicken and the second a Stag Hunt",
        lambda games: (region(games["chicken"]), region(games["stag_hunt"])) == REGIONS[:2],
    ),
    (
        "both games have the same costs and losses",
        lambda games: shares(games["chicken"]) == shares(games["stag_hunt"]),
    ),
    ("the example in the text is nobody's answer", lambda games: EXAMPLE not in mixtures(games)),
    (
        "the four places differ",
        lambda games: len({tuple(games[name].values()) for name in PLACES}) == 4,
    ),
)
