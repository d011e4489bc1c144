r"""How the shares of strategies in a population change from one generation to the next.

In each generation everybody meets everybody, and whoever gets more has more followers in the next:
the share x_i grows in proportion to the fitness

.. math:: f_i = 1 + \frac{\sum_j x_j a_{ij} - low}{high - low},

where low and high are the least and the greatest payoff of the stage game. So at most twice as
many follow the best as follow the worst, and neither the unit nor the zero of payoffs matters. This
is the replicator dynamics in discrete time (Taylor and Jonker 1978; Weibull 1995, section 4.1).

The exact shares soon have more digits than any computer holds. They are computed to so many digits
that rounding cannot matter, and the bound on it is proved: if the shares are right up to a factor
within 1 ± r and each operation up to 1 ± u, those of the next generation are right up to

.. math:: (1 \pm r)^2 / (1 \mp r)^2 \cdot (1 \pm u)^{2 n + 8},

because all terms are positive. (With n strategies, a sum of n products takes 2n operations.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction

from balancegame.solvers.solutions import Explained

_SPARE = 30


@dataclass(frozen=True, repr=False)
class Evolution(Explained):
    """Shares of strategies over generations; the first is the start."""

    names: tuple[str, ...]
    # For each generation the share of each strategy.
    shares: tuple[tuple[Fraction, ...], ...]
    # No share is off by more than this times itself.
    error: Fraction

    @property
    def end(self) -> dict[str, Fraction]:
        """The shares of the last generation, the largest first."""
        last = zip(self.names, self.shares[-1], strict=True)
        return dict(sorted(last, key=lambda entry: -entry[1]))

    def __repr__(self) -> str:
        told = ", ".join(f"{name} {float(share):.1%}" for name, share in [*self.end.items()][:5])
        return f"<Evolution over {len(self.shares) - 1} generations: {told}>"


def evolution_of(
    names: Sequence[str],
    payoffs: Sequence[Sequence[Fraction]],
    bounds: tuple[Fraction, Fraction],
    start: Sequence[Fraction],
    generations: int,
) -> Evolution:
    """Return how shares evolve, with a certified bound on the rounding.

    ``payoffs[i][j]`` is what i gets against j, and ``bounds`` are the least and the greatest payoff
    that there can be.
    """
    low, high = bounds
    spread = high - low or Fraction(1)
    count = len(names)
    # The error grows about fourfold in a generation.
    digits = int(0.61 * generations) + _SPARE + len(str(count))
    with localcontext(Context(prec=digits, rounding=ROUND_HALF_EVEN)) as context:
        unit = Decimal(10) ** (1 - digits)
        fitness = [[_decimal(1 + (u - low) / spread) for u in row] for row in payoffs]
        shares = [_decimal(share) for share in start]
        error, path = 2 * unit, [shares]
        for _ in range(generations):
            present = [j for j, share in enumerate(shares) if share]
            grown = [Decimal(0)] * count
            for i in present:
                row = fitness[i]
                grown[i] = shares[i] * sum(row[j] * shares[j] for j in present)
            total = sum(grown)
            shares = [each / total for each in grown]
            path.append(shares)
            context.rounding = ROUND_CEILING
            error = _grown(error, unit, count)
            context.rounding = ROUND_HALF_EVEN
        return Evolution(
            tuple(names),
            tuple(tuple(map(Fraction, each)) for each in path),
            Fraction(error),
        )


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _grown(error: Decimal, unit: Decimal, count: int) -> Decimal:
    """Return an upper bound on the relative error one generation later."""
    # At least (1 + r) / (1 - r), and without a difference, which might be rounded down.
    above = 1 + 2 * error * (1 + 2 * error)
    # Whatever is rounded, above or below the line, is off by a factor within 1 ± u.
    rounding = (1 + 2 * unit) ** (4 * count + 16)
    return above * above * rounding - 1
