"""Payoffs for each student of exercise 2: what is drawn; test_02 says which mistakes must show."""

import balancegame as bg

PAYOFFS = range(-2, 9)
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
    for_japan, for_russia = draw.aside(len(PAYOFFS)), draw.aside(len(PAYOFFS))
    E, a = draw(2, 9), draw(1, 6)
    s = E + draw(1, 9)
    # Whoever takes one number of task 2 for another must not be right by chance.
    draw.assume(E not in (a, 2 * a) and s != 2 * E)
    japan = table(for_japan)
    hoped, feared = (scale_that(extreme, japan) for extreme in (max, min))
    draw.assume(hoped != feared)
    russia = table(for_russia)
    draw.assume(replies_differ(russia))
    # Nor whoever hopes or fears.
    foreseen = [own[other.index(max(other))] for own, other in zip(japan, russia, strict=True)]
    draw.assume(foreseen.index(max(foreseen)) not in (hoped, feared))
    return {
        "investment": investment(japan, russia),
        "values": {"E": E, "a": a, "s": s, "d": draw(2, 9)},
    }


def table(draw):
    """Return payoffs of which no two are equal, for each scale and each treatment."""
    drawn = draw.shuffled(PAYOFFS, 6)
    return [drawn[k : k + 2] for k in (0, 2, 4)]


def scale_that(extreme, japan):
    """Return the row in which Japan's best, or worst, payoff is the largest."""
    ends = [extreme(row) for row in japan]
    return ends.index(max(ends))


def replies_differ(russia):
    """After Build and Lease Russia does not do the same, so that no answer comes of itself."""
    return (russia[0][0] > russia[0][1]) != (russia[1][0] > russia[1][1])


REQUIREMENTS = (
    (
        "Russia replies to Build and to Lease in different ways",
        lambda games: replies_differ(games["investment"].payoffs[1]),
    ),
)
