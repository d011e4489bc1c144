"""Payoffs for each student of exercise 2: what is drawn; test_02 says which mistakes must show."""

import balancegame as bg

SCALE, TREATMENT = ("Build", "Lease", "Wait"), ("Protect", "Tax")


def investment(japan, russia):
    """Return the game of an investor and a host."""
    return bg.NormalFormGame([japan, russia], ("Japan", "Russia"), (SCALE, TREATMENT))


PUBLISHED = {
    "investment": investment([[9, 1], [6, 3], [4, 5]], [[4, 7], [5, 2], [0, 3]]),
    "values": {"E": 4, "a": 3, "s": 9, "d": 6},
}


def draw(draw):
    """Return an investment without ties, and values of parameters."""
    japan, russia = (draw.shuffled(range(-2, 9))[:6] for _ in range(2))
    E = draw(2, 9)
    return {
        "investment": investment(
            *([list(x[k : k + 2]) for k in (0, 2, 4)] for x in (japan, russia))
        ),
        "values": {"E": E, "a": draw(1, 6), "s": E + draw(1, 9), "d": draw(2, 9)},
    }


def replies_differ(games):
    """After Build and Lease Russia does not do the same, so that no answer comes of itself."""
    russia = games["investment"].payoffs[1]
    return (russia[0][0] > russia[0][1]) != (russia[1][0] > russia[1][1])


REQUIREMENTS = (("Russia replies to Build and to Lease in different ways", replies_differ),)
