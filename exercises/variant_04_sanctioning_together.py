"""Payoffs for each student of exercise 4: what is drawn; test_04 says which mistakes must show."""

from fractions import Fraction

import balancegame as bg
from balancegame.models.joint_sanctions import threshold_at

ACTIONS = ("Sanction", "Trade")
PAYOFFS = range(-6, 8)
TABLES = ("table_a", "table_b", "table_c", "table_d")
# Where each situation puts a sender's four payoffs, 0 for the best: first the row Sanction, then
# the row Trade; the column is what the other does.
RANKS = {
    "prisoners' dilemma": ((1, 3), (0, 2)),
    "deadlock": ((2, 3), (0, 1)),
    "assurance": ((0, 3), (1, 2)),
    "Chicken": ((1, 2), (0, 3)),
    "harmony": ((0, 2), (1, 3)),
}


def both(us, japan):
    """Return a game of two senders; the US chooses the row."""
    return bg.NormalFormGame([us, japan], ("US", "Japan"), (ACTIONS, ACTIONS))


def parameters(B, beta, us, japan=None):
    """Return values of the model: cost and gain of each sender, equal if one pair is given."""
    (c_US, g_US), (c_JP, g_JP) = us, japan or us
    beta = Fraction(beta)
    return {"B": B, "beta": beta, "c_US": c_US, "g_US": g_US, "c_JP": c_JP, "g_JP": g_JP}


PUBLISHED = {
    "table_a": both([[-1, -5], [4, 0]], [[-2, 3], [-6, 1]]),
    "table_b": both([[5, -3], [3, 0]], [[4, 2], [-1, 1]]),
    "table_c": both([[6, 1], [4, 0]], [[2, 5], [-3, 0]]),
    "table_d": both([[3, 1], [5, -2]], [[4, 6], [2, 0]]),
    "first_threshold": parameters(6, "1/8", (4, 3)),
    "second_threshold": parameters(6, "5/8", (4, 3)),
    "third_threshold": parameters(4, "1/3", (2, 3), (5, 1)),
}


def draw(draw):
    """Return a table of each kind to tell apart, and thresholds bound by fear and by greed."""
    kinds = [draw.pick(("prisoners' dilemma", "deadlock")), draw.pick(("assurance", "Chicken"))]
    kinds.append(draw.pick([kind for kind in RANKS if kind not in kinds]))
    pairs = [(kind, kind) for kind in kinds]
    unwilling = draw.pick(("prisoners' dilemma", "Chicken"))
    pairs.append(tuple(draw.shuffled(("harmony", unwilling))))
    pairs = draw.shuffled(pairs)
    # For each sender of each table its payoffs, of which it gets four.
    for_tables = draw.aside(2 * len(pairs) * len(PAYOFFS))
    B, costs = draw(4, 9), (draw(2, 8), draw(1, 4))
    shares = draw.shuffled((draw(1, 3), draw(4, 7)))
    # Fear asks for a larger penalty than greed in one game of equal senders, and not in the other.
    draw.assume(sum((8 - 2 * share) * B > 8 * costs[1] for share in shares) == 1)
    first, second = (parameters(B, Fraction(share, 8), costs) for share in shares)
    unequal = [(draw(2, 8), draw(1, 5)) for _ in "UJ"]
    third = parameters(draw(3, 8), Fraction(draw(1, 2), 3), *unequal)
    # Each is a penalty that the model knows and no whole number; rounding shows in the third.
    for values in (first, second, third):
        needed = threshold_at(values)
        draw.assume(0 < needed < 10 and needed.denominator > 1)
    draw.assume(10**6 % needed.denominator)
    tables = [(sender(for_tables, us), across(sender(for_tables, japan))) for us, japan in pairs]
    # Comparing along the wrong side leads to another situation twice at least.
    misread = [situation(us, japan) != situation(*map(across, (us, japan))) for us, japan in tables]
    draw.assume(sum(misread) >= 2)
    games = [both(*table) for table in tables]
    limits = {"first_threshold": first, "second_threshold": second, "third_threshold": third}
    return {**dict(zip(TABLES, games, strict=True)), **limits}


def sender(draw, kind):
    """Return a sender's payoffs in a situation, in the rows Sanction and Trade."""
    best_first = sorted(draw.shuffled(PAYOFFS, 4), reverse=True)
    return [[best_first[rank] for rank in row] for row in RANKS[kind]]


def situation(us, japan):
    """Return the kind of both senders, suasion if they differ; the US chooses the row."""
    kinds = {kind(us), kind(across(japan))}
    return kinds.pop() if len(kinds) == 1 else "suasion"


def kind(own):
    """Return the situation of a sender with these payoffs."""
    (joint, alone), (tempted, apart) = own
    keeps, dares = joint > tempted, alone > apart
    if keeps or dares:
        return "harmony" if keeps and dares else "assurance" if keeps else "Chicken"
    return "prisoners' dilemma" if joint > apart else "deadlock"


def across(table):
    """Return a table with rows and columns exchanged."""
    return [list(column) for column in zip(*table, strict=True)]
