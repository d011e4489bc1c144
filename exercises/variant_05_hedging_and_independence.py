"""Payoffs for each student of exercise 5: what is drawn, and what must hold besides test_05."""

from fractions import Fraction

POLICIES = ("Align", "Hedge", "Engage")
NAMES = ("first", "second", "third", "fourth")
SHARES = tuple(sorted({Fraction(k, n) for n in (2, 3, 4, 5) for k in range(1, n)}))


def danger(E, a, eps, cost, s):
    """Return the values of one setting of task 1; cost is the expected cost of a crisis."""
    return {"E": E, "a": Fraction(a), "eps": Fraction(eps), "cost": cost, "s": s}


PUBLISHED = {
    "first": danger(6, "3/4", "1/2", 2, 0),
    "second": danger(6, "3/4", "1/2", 6, 4),
    "third": danger(5, "2/5", "1/2", 6, 0),
    "fourth": danger(8, "1/2", "3/4", 3, 6),
    "band": {"E": 6, "a": Fraction(4, 5), "eps": Fraction(3, 5)},
    "suitor": {"w_R": 4, "b": 3},
    "ally": {"E": 5, "S": 18},
}


def best(values):
    """Return the policies that bring the most."""
    E, a, eps, cost, s = values.values()
    (p, q), (n, m) = a.as_integer_ratio(), eps.as_integer_ratio()
    # In parts of which 4 m q make one: whole numbers take a tenth of the time of fractions.
    hedging = 4 * q * n * E - 4 * m * (q - p) * cost - m * q * s
    brings = 0, hedging, 4 * m * q * (E - cost - s)
    return [name for name, each in zip(POLICIES, brings, strict=True) if each == max(brings)]


def draw(draw):
    """Return four settings, a band, a suitor's and an ally's numbers."""
    # Two sanctions, their order, and four more numbers for each setting.
    for_settings = draw.aside(2 + 4 + 4 * 4)
    w = draw(2, 4)
    E, a, eps, b = draw(4, 9), draw.pick(SHARES), draw.pick(SHARES), draw(1, w - 1)
    # There is a band to find, and it ends where the model can follow it.
    draw.assume(eps.numerator * a.denominator > eps.denominator * (a.denominator - a.numerator))
    low, high = (1 - eps) * E / a, eps * E / (1 - a)
    draw.assume(high <= 20)
    # The answers of task 2 are distinct, and so are the mistakes in them.
    draw.assume(len({low, high, w - b}) == 3 and w != 2 * b)
    # Help need not fall by more than there is; by which fraction one does not guess.
    ally = {"E": draw(2, 6), "S": draw(9, 20)}
    draw.assume(2 * ally["E"] <= ally["S"] and Fraction(*ally.values()).denominator > 2)
    others = {"band": {"E": E, "a": a, "eps": eps}, "suitor": {"w_R": w, "b": b}, "ally": ally}
    return {**settings(for_settings), **others}


def settings(draw):
    """Return the values of the four settings of task 1."""
    sanctions = draw.shuffled((0, 0, draw(1, 4) * 2, draw(3, 5) * 2))
    return {
        name: danger(draw(4, 9), draw.pick(SHARES), draw.pick(SHARES), draw(1, 12), s)
        for name, s in zip(NAMES, sanctions, strict=True)
    }


REQUIREMENTS = (
    ("nothing ties in task 1", lambda games: all(len(best(games[name])) == 1 for name in NAMES)),
    (
        "each policy is best once at least",
        lambda games: {policy for name in NAMES for policy in best(games[name])} == {*POLICIES},
    ),
)
