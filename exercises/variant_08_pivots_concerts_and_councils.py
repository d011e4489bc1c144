"""Numbers for each student of exercise 8: what is drawn; test_08 says which mistakes must show."""

from fractions import Fraction

from balancegame.grading.exercise.number_meant import passes_for

PLACES = ("first", "second", "third", "fourth")


def vote(A, B, C, quota):
    """Return the weights of three members and the quota."""
    return {"A": A, "B": B, "C": C, "quota": quota}


PUBLISHED = {
    "first": vote(4, 2, 3, 6),
    "second": vote(4, 3, 2, 5),
    "third": vote(3, 6, 2, 8),
    "fourth": vote(4, 5, 1, 8),
    "gas": {"c": 9, "j": 8, "s": 3},
    "islands": {"v_J": 14, "v_R": 5, "a": 4},
}


def draw(draw):
    """Return four votes in which A has different power, a field of gas, and islands."""
    kinds = draw.shuffled([*KINDS])
    votes = [kind(draw) for kind in kinds]
    draw.assume(all(map(is_told_apart, kinds[:4], votes)))
    j = draw(5, 9)
    v_R, a = draw(1, 6), draw(1, 5)
    c, s, v_J = draw(j + 1, 12), draw(1, j - 1), draw(v_R + a + 1, 18)
    # Mistakes in task 2 lead to answers of their own; most that do not are seen here at once.
    draw.assume(j != 2 * s and 5 * j != 6 * s and v_J not in {v_R + 2 * a, 3 * (v_R + a)})
    return {
        **dict(zip(PLACES, votes, strict=False)),
        "gas": {"c": c, "j": j, "s": s},
        "islands": {"v_J": v_J, "v_R": v_R, "a": a},
    }


def decisive(draw):
    """Return a vote that A wins with either of the others, and nobody wins without A."""
    return vote(*led(draw))


def junior(draw):
    """Return a vote that B wins with either of the others, and nobody wins without B."""
    B, A, C, quota = led(draw)
    return vote(A, B, C, quota)


def led(draw):
    """Return weights of which the first can win with either of the others, and a quota."""
    small, other = draw(1, 4), draw(1, 4)
    large = draw(max(small, other) + 1, small + other + 2)
    low, high = max(large, small + other) + 1, large + min(small, other)
    return large, small, other, draw(low, high)


def any_two(draw):
    """Return a vote that any two members win; with weights 3, 3 and 6 the last must be one."""
    A, B = draw(3, 6), draw(3, 6)
    C = draw(max(abs(A - B) + 1, 2), 6)
    low, high = max(A, B, C) + 1, A + B + C - max(A, B, C)
    return vote(A, B, C, draw(low, max(low, high)))


def two_of_them(draw):
    """Return a vote that A and B win together, whatever C does."""
    return vote(*paired(draw))


def powerless(draw):
    """Return a vote that B and C win together, whatever A does."""
    B, C, A, quota = paired(draw)
    return vote(A, B, C, quota)


def paired(draw):
    """Return weights of which the first two win together only, and a quota."""
    first, second, idle = draw(3, 7), draw(3, 7), draw(1, 2)
    low, high = max(first, second) + idle + 1, first + second
    return first, second, idle, draw(low, high)


# With the power of A in each, and its Banzhaf index. With weights 3, 3 and 6 alone they differ, but
# A's part of the weight, 1/4, is neither of those either.
KINDS = {
    decisive: (Fraction(2, 3), Fraction(3, 5)),
    junior: (Fraction(1, 6), Fraction(1, 5)),
    any_two: (Fraction(1, 3), Fraction(1, 3)),
    two_of_them: (Fraction(1, 2), Fraction(1, 2)),
    powerless: (Fraction(0), Fraction(0)),
}


def is_told_apart(kind, values):
    """Return whether A's part of the weight in a vote is neither its power nor its index."""
    right, banzhaf = KINDS[kind]
    return not passes_for(weight(values), right) and weight(values) != banzhaf


def weight(values):
    """Return A's part of the weight."""
    A, B, C, _ = values.values()
    return Fraction(A, A + B + C)


def power(values):
    """Return the Shapley-Shubik index of A."""
    return shapley_of_first(*values.values())


def shapley_of_first(first, second, third, quota):
    """Return in what part of the six orders the first of three members turns a vote round."""
    # Nobody has come before it in two orders, each of the others alone in one, both in two.
    before = (0, 0, second, third, second + third, second + third)
    return Fraction(sum(weight < quota <= weight + first for weight in before), 6)


REQUIREMENTS = (
    (
        "A has different power in each vote",
        lambda games: len({power(games[name]) for name in PLACES}) == len(PLACES),
    ),
    (
        "A's power is not its part of the weight",
        lambda games: all(power(games[name]) != weight(games[name]) for name in PLACES),
    ),
)
