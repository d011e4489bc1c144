"""The irreducible factors of a polynomial: its sign is the product of theirs."""

from __future__ import annotations

from functools import lru_cache

Frozen = tuple[tuple[tuple[int, ...], int], ...]
"""The terms of a polynomial with whole coefficients, sorted: powers and the coefficient."""


@lru_cache(maxsize=512)
def irreducible_factors(terms: Frozen) -> tuple[int, tuple[tuple[Frozen, int], ...]]:
    """Return the sign of a polynomial, and its irreducible factors with their powers.

    Examples
    --------
    >>> irreducible_factors((((0, 0), 1), ((2, 0), -1)))
    (-1, (((((0, 0), -1), ((1, 0), 1)), 1), ((((0, 0), 1), ((1, 0), 1)), 1)))
    """
    import sympy

    count = len(terms[0][0])
    whole = sympy.Poly.from_dict(dict(terms), *sympy.symbols(f"x:{count}"))
    constant, factors = whole.factor_list()
    listed = tuple(
        (tuple(sorted((tuple(powers), int(c)) for powers, c in factor.terms())), int(power))
        for factor, power in factors
    )
    return (1 if constant > 0 else -1), listed
