r"""Sharing the burden: who pays for a defence that both allies enjoy.

Claim 10 of the article. Each ally values the logarithm of the total, :math:`v_i \ln(g_1 + g_2) -
g_i`; only the one that values it more contributes (Olson and Zeckhauser 1966). The game is that
on whole contributions, with logarithms rounded to four decimals: an assumption in the open, since
exact solutions need rational payoffs. On whole valuations rounding changes no comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from balancegame.exact import exact
from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset

# ln(0) is minus infinity; without any defence an ally loses more than it could ever contribute.
_LOGARITHMS = ("-5", "0", "0.6931", "1.0986", "1.3863", "1.6094", "1.7918")
_LEVELS = range(4)


def _payoffs(value: str, own: int) -> list[list[str]]:
    return [[f"{value}*({_LOGARITHMS[g + h]}) - {(g, h)[own]}" for h in _LEVELS] for g in _LEVELS]


BURDEN = Model(
    name="burden",
    title="Sharing the burden",
    players=("US", "Japan"),
    actions=(tuple(f"Give {g}" for g in _LEVELS),) * 2,
    payoffs=(_payoffs("v_US", 0), _payoffs("v_JP", 1)),
    parameters=(
        Parameter("v_US", "how much the US values common defence", 3, "1/2", 3, "1/4"),
        Parameter("v_JP", "how much Japan values common defence", 1, "1/2", 3, "1/4"),
    ),
    presets={
        "checkbook diplomacy": Preset(
            {"v_US": 3, "v_JP": 1},
            {"v_US": "assumed", "v_JP": "assumed to be a third of the US valuation"},
            "The ally that values the alliance more carries all of it.",
        ),
        "equal allies": Preset(
            {"v_US": 2, "v_JP": 2},
            {"v_US": "assumed", "v_JP": "assumed equal"},
            "Any split of the same total is an equilibrium: somebody has to blink.",
        ),
    },
    claims=(10,),
    omits=(
        "Contributions come in whole units, are chosen once and at the same time, and bring "
        "nothing but defence: no prestige, no bargaining, no threat to leave."
    ),
)


@dataclass(frozen=True)
class BurdenSharing:
    """Contributions in equilibrium and the total that would be best for both.

    In every equilibrium the ``total`` is the larger valuation; who contributes what is None with
    equal valuations, where any split will do. The sum of payoffs is largest at the
    ``efficient_total``, the sum of the valuations.
    """

    total: Fraction
    contributions: tuple[Fraction, ...] | None
    efficient_total: Fraction


def burden_in_closed_form(v_US: object, v_JP: object) -> BurdenSharing:
    """Return the equilibrium with contributions of any size, not only whole ones.

    Examples
    --------
    >>> burden_in_closed_form(3, 1).contributions
    (Fraction(3, 1), Fraction(0, 1))
    """
    first, second = exact(v_US, "v_US"), exact(v_JP, "v_JP")
    most = max(first, second)
    alone = tuple(value if value == most else Fraction(0) for value in (first, second))
    return BurdenSharing(most, None if first == second else alone, first + second)
