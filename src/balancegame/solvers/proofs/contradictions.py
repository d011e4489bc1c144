"""The search for certificates: which products of conditions add up to nothing.

The unknowns are the coefficients of the products, one equation says for each monomial that it
cancels, and one that the strict products weigh 1 together: a linear programme. With the conditions
alone it is solved exactly, so that without a certificate linear conditions have a common point.
With products a search in floats proposes which of them are needed, and their coefficients follow
from the equations exactly. Whatever found it, a certificate is multiplied out before it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from math import gcd, lcm, prod

from balancegame.exact.multivariate import Multivariate, variables
from balancegame.solvers.normal_form.linear_programs import maximum
from balancegame.solvers.proofs.certificates import Certificate, Term
from balancegame.solvers.proofs.conditions import MORE, Condition
from balancegame.solvers.proofs.deadlines import Deadline

# Products of more conditions, of a higher degree or beyond this number are not tried.
MOST_DEGREE = 9
MOST_PRODUCTS = 3000
MOST_MONOMIALS = 30
# Up to so many the exact method is the faster one.
FEW_PRODUCTS = 24
_SEEMS_ZERO = 1e-7

Product = tuple[tuple[int, ...], Multivariate | None, Multivariate, bool]
"""The positions of conditions, what is squared beside them, both multiplied out, and whether the
product is strict."""


def linear_contradiction(conditions: Sequence[Condition]) -> Certificate | None:
    """Return a certificate that is a sum of multiples of the conditions, if there is one."""
    false = next((k for k, h in enumerate(conditions) if h.constant is False), None)
    if false is not None:
        return _constant_contradiction(conditions, false)
    if not conditions:
        return None
    opposite = _opposite_pair(conditions)
    if opposite is not None:
        return opposite
    products = _cancelling(list(_products(conditions, 1)))
    if not any(product[-1] for product in products):
        return None
    return _certificate(conditions, products, _exact_weights(products))


def contradiction(
    conditions: Sequence[Condition],
    factors: int,
    deadline: Deadline,
    roots: Sequence[Multivariate] = (),
) -> Certificate | None:
    """Return a certificate whose products have up to so many factors, if the search finds one.

    The roots may be squared; a square counts as two factors.
    """
    products = []
    for product in _products(conditions, factors, roots):
        products.append(product)
        if len(products) == MOST_PRODUCTS:
            break
        if len(products) % 64 == 0:
            deadline.check()
    products = _cancelling(products)
    if not any(product[-1] for product in products):
        return None
    small = len(products) <= FEW_PRODUCTS
    weights = _exact_weights(products) if small else _proposed(products, deadline)
    return _certificate(conditions, products, weights)


def _constant_contradiction(conditions: Sequence[Condition], k: int) -> Certificate:
    """Return why a constant that is not as a condition says contradicts it."""
    value = conditions[k].polynomial.at({})
    terms: tuple[Term, ...] = (Term(Fraction(1), (0,)),)
    if value:
        terms += (Term(-value, ()),)
    return Certificate((conditions[k],), terms)


def _opposite_pair(conditions: Sequence[Condition]) -> Certificate | None:
    """Return that two conditions contradict each other because they add up to nothing."""
    known: dict[frozenset[tuple[int, ...]], list[Condition]] = {}
    for h in conditions:
        terms = h.polynomial.terms
        alike = known.setdefault(frozenset(terms), [])
        for other in sorted(alike, key=lambda each: each.relation != MORE):
            if MORE in (h.relation, other.relation) and all(
                other.polynomial.terms[powers] == -c for powers, c in terms.items()
            ):
                one = Fraction(1)
                return Certificate((other, h), (Term(one, (0,)), Term(one, (1,))))
        alike.append(h)
    return None


def _products(
    conditions: Sequence[Condition], factors: int, roots: Sequence[Multivariate] = ()
) -> Iterator[Product]:
    """Yield products of up to so many conditions, and of these with squares."""
    names = conditions[0].polynomial.names
    one = Multivariate(names, {(0,) * len(names): 1})
    level: list[Product] = [((), None, one, True)]
    yield level[0]
    for _ in range(factors):
        longer: list[Product] = []
        for chosen, _, product, strict in level:
            for k in range(chosen[-1] if chosen else 0, len(conditions)):
                h = conditions[k]
                grown = product * h.polynomial if chosen else h.polynomial
                if grown.degree <= MOST_DEGREE:
                    longer.append(((*chosen, k), None, grown, strict and h.relation == MORE))
                    yield longer[-1]
        level = longer
    for root in roots:
        for length in range(factors - 1):
            for indices in combinations_with_replacement(range(len(conditions)), length):
                grown = root * root
                for k in indices:
                    grown = grown * conditions[k].polynomial
                if grown.degree <= MOST_DEGREE:
                    yield indices, root, grown, False


def square_roots(conditions: Sequence[Condition]) -> Iterator[Multivariate]:
    """Yield what may be squared: conditions, monomials, and sums and differences of two of these.

    Sums of such squares prove what is diagonally dominant (Ahmadi and Majumdar 2019).
    """
    names = conditions[0].polynomial.names
    used = {name for h in conditions for name in h.polynomial.variables}
    single = [x for x, name in zip(variables(names), names, strict=True) if name in used]
    half = max(h.polynomial.degree for h in conditions) // 2
    one = single[0] * 0 + 1
    monomials = [one, *single]
    for size in range(2, half + 1):
        level = [prod(chosen, start=one) for chosen in combinations_with_replacement(single, size)]
        if len(monomials) + len(level) > MOST_MONOMIALS:
            break
        monomials += level
    yield from monomials[1:]
    for x, y in combinations(monomials, 2):
        yield x - y
        yield x + y
    for h in conditions:
        if 1 <= h.polynomial.degree <= 2 and len(h.polynomial.terms) > 1:
            yield h.polynomial


def _cancelling(products: list[Product]) -> list[Product]:
    """Leave out products with a monomial that no other can cancel, again and again."""
    while True:
        signs: dict[tuple[int, ...], int] = {}
        for _, _, polynomial, _ in products:
            for powers, c in polynomial.terms.items():
                signs[powers] = signs.get(powers, 0) | (1 if c > 0 else 2)
        kept = [each for each in products if all(signs[powers] == 3 for powers in each[2].terms)]
        if len(kept) == len(products):
            return kept
        products = kept


def _certificate(
    conditions: Sequence[Condition], products: Sequence[Product], weights: Sequence[Fraction] | None
) -> Certificate | None:
    """Return the certificate with these coefficients and only what it needs, if it is right."""
    if weights is None:
        return None
    needed = [weight for weight in weights if weight]
    scale = Fraction(lcm(*(w.denominator for w in needed)), gcd(*(w.numerator for w in needed)))
    terms = [
        Term(weight * scale, places, root)
        for (places, root, _, _), weight in zip(products, weights, strict=True)
        if weight
    ]
    used = sorted({k for term in terms for k in term.conditions})
    place = {k: number for number, k in enumerate(used)}
    found = Certificate(
        tuple(conditions[k] for k in used),
        tuple(Term(t.factor, tuple(place[k] for k in t.conditions), t.root) for t in terms),
    )
    return found if found.holds() else None


def _exact_weights(products: Sequence[Product]) -> Sequence[Fraction] | None:
    """Return coefficients that cancel everything, by the exact simplex method."""
    monomials = sorted({powers for _, _, p, _ in products for powers in p.terms})
    columns = [p.terms for _, _, p, _ in products]
    rows: list[list[int | Fraction]] = [[column.get(m, 0) for column in columns] for m in monomials]
    found = maximum(
        [int(strict) for *_, strict in products],
        [*rows, *([-x for x in row] for row in rows), [1] * len(products)],
        [0] * (2 * len(rows)) + [1],
    )
    return found.point if found.value else None


def _proposed(products: list[Product], deadline: Deadline) -> list[Fraction] | None:
    """Return coefficients that cancel everything, found in floats and made exact."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    occur = sorted({powers for _, _, p, _ in products for powers in p.terms})
    monomials = {powers: k for k, powers in enumerate(occur)}
    size = len(monomials)
    scales = [
        max((abs(Fraction(c)) for c in p.terms.values()), default=Fraction(1))
        for _, _, p, _ in products
    ]
    entries = [
        (monomials[powers], j, float(c / scales[j]))
        for j, (_, _, p, _) in enumerate(products)
        for powers, c in p.terms.items()
    ]
    entries += [(size, j, 1.0) for j, (*_, strict) in enumerate(products) if strict]
    rows, columns, values = zip(*entries, strict=True)
    matrix = csr_matrix((values, (rows, columns)), shape=(size + 1, len(products)))
    right = np.zeros(size + 1)
    right[size] = 1.0
    # The shorter a product, the cheaper: a certificate is to be read.
    cost = [1.0 + len(places) ** 2 + (3.0 if root else 0.0) for places, root, _, _ in products]
    found = linprog(
        cost,
        A_eq=matrix,
        b_eq=right,
        method="highs-ds",
        options={"time_limit": max(deadline.left, 0.01)},
    )
    if found.status != 0:
        return None
    support = [j for j, x in enumerate(found.x) if x > _SEEMS_ZERO]
    exact = _null_vector([products[j][2] for j in support])
    if exact is None:
        return None
    weights = [Fraction(0)] * len(products)
    for j, weight in zip(support, exact, strict=True):
        weights[j] = weight
    return weights


def _null_vector(columns: Sequence[Multivariate]) -> list[Fraction] | None:
    """Return positive coefficients of a sum that is 0, if the polynomials have one such only."""
    monomials = sorted({powers for p in columns for powers in p.terms})
    system = [[Fraction(p.terms.get(m, 0)) for p in columns] for m in monomials]
    pivots: list[int] = []
    for column in range(len(columns)):
        at = next((i for i in range(len(pivots), len(system)) if system[i][column]), None)
        if at is None:
            continue
        row = len(pivots)
        system[row], system[at] = system[at], system[row]
        lead = system[row][column]
        system[row] = [x / lead for x in system[row]]
        for i, other in enumerate(system):
            if i != row and (factor := other[column]):
                system[i] = [x - factor * y for x, y in zip(other, system[row], strict=True)]
        pivots.append(column)
    free = [k for k in range(len(columns)) if k not in pivots]
    if len(free) != 1:
        return None
    vector = [Fraction(0)] * len(columns)
    vector[free[0]] = Fraction(1)
    for row, column in enumerate(pivots):
        vector[column] = -system[row][free[0]]
    return vector if all(x > 0 for x in vector) else None
