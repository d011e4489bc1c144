"""Payoffs for each student of exercise 7: what is drawn; test_07 says which mistakes must show."""

PLACES = ("first", "second", "third", "fourth")


def hunted(g, kappa, us, japan):
    """Return values of the model; an ally's are its cost and its loss."""
    (b_US, L_US), (b_JP, L_JP) = us, japan
    return {"b_US": b_US, "L_US": L_US, "b_JP": b_JP, "L_JP": L_JP, "kappa": kappa, "g": g}


PUBLISHED = {
    "first": {"g": 3, "kappa": 4},
    "second": {"g": 5, "kappa": 4},
    "third": {"g": 5, "kappa": 2},
    "fourth": {"g": 4, "kappa": 2},
    "chicken": hunted(2, 3, (1, 3), (2, 8)),
    "stag_hunt": hunted(5, 3, (1, 3), (2, 8)),
}


def draw(draw):
    """Return four places on the map, one in each region and one on a line, and two games."""
    steep, flat = draw(3, 5), draw(1, 3)
    places = [
        {"g": draw(1, steep - 1), "kappa": steep},
        {"g": draw(steep + 1, 2 * steep - 1), "kappa": steep},
        {"g": draw(2 * flat + 1, 10), "kappa": flat},
        {"g": 2 * flat, "kappa": flat},
    ]
    kappa = draw(3, 5)
    allies = [cost_and_loss(draw) for _ in ("US", "Japan")]
    # Whoever makes the wrong ally or the wrong action indifferent finds another answer.
    (b, L), (c, M) = allies
    draw.assume(2 * b != L and 2 * c != M and b * M not in {c * L, (M - c) * L})
    return {
        **dict(zip(PLACES, draw.shuffled(places), strict=True)),
        "chicken": hunted(draw(1, kappa - 1), kappa, *allies),
        "stag_hunt": hunted(draw(kappa + 1, 2 * kappa - 1), kappa, *allies),
    }


def cost_and_loss(draw):
    """Return what balancing costs an ally and the larger loss that it might avert."""
    L = draw(3, 10)
    return draw(1, L - 1), L
