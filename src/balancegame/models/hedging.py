r"""Hedging: some protection and some trade, rather than all of one.

Claims 14, 17 and 18 of the article. Japan aligns with the US (all of its protection, no Russian
energy), engages with Russia (all of the energy, no protection) or hedges: it keeps the share a of
the protection and gets the share :math:`\varepsilon` of the energy. A crisis comes with probability
q and costs L without protection. So with :math:`e_x` and :math:`a_x` for the shares of a policy x,

.. math::  u(x) = e_x E - q L (1 - a_x) - s_x,

where :math:`s_x` is a sanction of s on engaging and of :math:`\sigma s` on hedging.

- Without sanctions hedging is best exactly for
  :math:`(1 - \varepsilon) E / a \le q L \le \varepsilon E / (1 - a)`.
- There is such a danger exactly if :math:`\varepsilon + a \ge 1`: partial policies must add up to
  more than one whole. Otherwise Japan goes from engaging to aligning at :math:`q L = E`.
- With a sanction, hedging beats aligning where
  :math:`\sigma s \le \varepsilon E - q L (1 - a)`, and engaging where
  :math:`(1 - \sigma) s \ge (1 - \varepsilon) E - q L a`.

Terms of the glossary:

hedging (hedge, hedges)
    to do a little of both
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset

HEDGING = Model(
    name="hedging",
    title="Align, hedge or engage",
    players=("Japan",),
    actions=(("Align", "Hedge", "Engage"),),
    payoffs=([0, "eps*E - q*L*(1 - a) - sigma*s", "E - q*L - s"],),
    parameters=(
        Parameter("q", "chance of a crisis in which protection counts", "1/4", 0, 1, "1/40"),
        Parameter("s", "sanction on engaging with Russia", 0, 0, 10, "1/4"),
        Parameter("a", "share of US protection that hedging keeps", "3/4", 0, 1, "1/20"),
        Parameter("eps", "share of Russian energy that hedging gets", "1/2", 0, 1, "1/20"),
        Parameter("E", "what all of the Russian energy is worth", 4, "1/4", 10, "1/4"),
        Parameter("L", "what a crisis costs without protection", 16, "1/4", 20, "1/4"),
        Parameter("sigma", "share of the sanction that falls on hedging", "1/4", 0, 1, "1/20"),
    ),
    presets={
        "quiet seas": Preset({"q": "1/8"}, "assumed", "A crisis is far off: energy decides."),
        "after Ukraine and Syria": Preset(
            {"q": "3/4", "s": 2},
            "assumed",
            "A crisis is likelier and engaging is punished: protection is worth more.",
        ),
        "half measures": Preset(
            {"a": "2/5", "eps": "2/5"},
            "assumed",
            "Hedging keeps and gets too little of each: one whole is better than two parts.",
        ),
    },
    claims=(14, 17, 18),
    omits=(
        "The shares are given: neither the US nor Russia chooses how much it leaves to one who "
        "hedges, the crisis does not depend on what Japan does, and Japan minds no risk beyond "
        "its expected cost."
    ),
)


class HedgingBand(NamedTuple):
    """The expected cost q L of a crisis at which each change takes place without sanctions."""

    engage_to_hedge: Fraction
    hedge_to_align: Fraction


def hedging_band(a: Fraction, eps: Fraction, E: Fraction) -> HedgingBand | None:
    """Return between which expected costs q L hedging is best, None if it never is.

    For 0 < a < 1 and no sanction; the band is a single value if eps + a = 1.

    Examples
    --------
    >>> hedging_band(Fraction(3, 4), Fraction(1, 2), Fraction(4))
    HedgingBand(engage_to_hedge=Fraction(8, 3), hedge_to_align=Fraction(8, 1))
    >>> hedging_band(Fraction(2, 5), Fraction(2, 5), Fraction(4)) is None
    True
    """
    if eps + a < 1:
        return None
    return HedgingBand((1 - eps) * E / a, eps * E / (1 - a))
