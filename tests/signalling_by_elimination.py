"""Perfect Bayesian equilibria by Fourier and Motzkin's elimination: an independent oracle."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import chain, combinations, product
from math import gcd, lcm

# Fourier and Motzkin: a condition is (coefficients, whether strict), for coefficients . y > or >= 0
# with y beginning with 1. Coefficients are whole numbers without a common divisor.


def eliminated(conditions, k):
    """Return what remains of conditions when coordinate k is eliminated."""
    above = [c for c in conditions if c[0][k] > 0]
    below = [c for c in conditions if c[0][k] < 0]
    kept = [c for c in conditions if not c[0][k]]
    for (a, strict_a), (b, strict_b) in product(above, below):
        row = [x * -b[k] + y * a[k] for x, y in zip(a, b, strict=True)]
        scale = gcd(*row) or 1
        kept.append((tuple(x // scale for x in row), strict_a or strict_b))
    return list(dict.fromkeys(kept))


def projected(conditions, size, onto=None):
    """Return whether conditions on y_1, ..., y_size can be met, or between what one lies."""
    for k in range(1, size + 1):
        if k != onto:
            conditions = eliminated(conditions, k)
    if onto is None:
        return all(c[0] > 0 or (c[0] == 0 and not strict) for c, strict in conditions)
    ends = []
    for side in (1, -1):
        bounds = [
            (Fraction(side * -c[0], c[onto]), strict)
            for c, strict in conditions
            if c[onto] * side > 0
        ]
        value = max(bound for bound, _ in bounds)
        strict = any(s for bound, s in bounds if bound == value)
        ends.append((side * value, not strict))
    return ends


def equal(row):
    return [(tuple(row), False), (tuple(-x for x in row), False)]


def subsets(size):
    return [s for n in range(1, size + 1) for s in combinations(range(size), n)]


def in_whole_numbers(values):
    """Return fractions times their common denominator, and that number."""
    scale = lcm(*(x.denominator for x in values))
    return [int(x * scale) for x in values], scale


class Brute:
    """Conditions of the definition, for every pattern of supports, written out."""

    def __init__(self, game):
        self.sizes = tuple(map(len, (game.types, game.messages, game.replies)))
        # Payoffs in another unit are as good, and whole numbers are quickest.
        self.payoffs = [
            dict(zip(product(*map(range, self.sizes)), in_whole_numbers(flat)[0], strict=True))
            for table in game.payoffs
            for flat in [[u for rows in table for row in rows for u in row]]
        ]
        self.prior, self.total = in_whole_numbers(game.prior)

    def row(self, places, constant, weights):
        return (constant, *(weights.get(place, 0) for place in places))

    def replies(self, sent, replied):
        """Conditions on the probabilities of replies."""
        _, messages, _ = self.sizes
        u = self.payoffs[0]
        places = [(m, r) for m in range(messages) for r in replied[m]]
        found = [(self.row(places, 0, {place: 1}), True) for place in places]
        for m in range(messages):
            found += equal(self.row(places, -1, {(m, r): 1 for r in replied[m]}))
        for t, support in enumerate(sent):
            for m, other in product(support, range(messages)):
                if m != other:
                    weights = {(m, r): u[t, m, r] for r in replied[m]}
                    weights |= {(other, r): -u[t, other, r] for r in replied[other]}
                    found.append((self.row(places, 0, weights), False))
        return found, places

    def flows(self, sent, replied):
        """Conditions on the joint probabilities of type and message."""
        types, messages, replies = self.sizes
        v = self.payoffs[1]
        places = [(t, m) for t in range(types) for m in sent[t]]
        found = [(self.row(places, 0, {place: 1}), True) for place in places]
        for t in range(types):
            weights = {(t, m): self.total for m in sent[t]}
            found += equal(self.row(places, -self.prior[t], weights))
        for m in range(messages):
            for r, other in product(replied[m], range(replies)):
                weights = {
                    (t, m): v[t, m, r] - v[t, m, other] for t in range(types) if m in sent[t]
                }
                found.append((self.row(places, 0, weights), False))
        return found, places

    def beliefs(self, m, replied):
        """Conditions on the belief after a message that nobody sends."""
        types, _, replies = self.sizes
        v = self.payoffs[1]
        places = list(range(types))
        found = [(self.row(places, 0, {t: 1}), False) for t in places]
        found += equal(self.row(places, -1, dict.fromkeys(places, 1)))
        for r, other in product(replied, range(replies)):
            weights = {t: v[t, m, r] - v[t, m, other] for t in places}
            found.append((self.row(places, 0, weights), False))
        return found, places

    def patterns(self):
        types, messages, replies = self.sizes

        def possible(part):
            found, places = part
            return projected(found, len(places))

        @cache
        def believed(m, answers):
            return possible(self.beliefs(m, answers))

        for sent in product(subsets(messages), repeat=types):
            used = [m in {*chain(*sent)} for m in range(messages)]

            @cache
            def answered(heard, sent=sent):
                # Whatever follows a message that nobody sends is asked of beliefs.
                return possible(self.flows(sent, [answers or (0,) for answers in heard]))

            for replied in product(subsets(replies), repeat=messages):
                if (
                    all(used[m] or believed(m, replied[m]) for m in range(messages))
                    and answered(tuple(r if u else () for r, u in zip(replied, used, strict=True)))
                    and possible(self.replies(sent, replied))
                ):
                    yield sent, replied
