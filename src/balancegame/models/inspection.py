r"""Watching an ally: tougher sanctions change how often the sender looks, not the target.

Claim 3 of the article, as Tsebelis (1990) reads sanctions. Japan trades behind the
sanctions (Violate) or keeps them (Obey); the US punishes (Sanction) or looks away (Refrain). While
:math:`\sigma > G > 0` and :math:`b > c > 0` nobody has a safe pure strategy, and in the only
equilibrium each mixes so as to leave the *other* indifferent:

.. math:: \Pr(\text{Violate}) = c / b, \qquad \Pr(\text{Sanction}) = G / \sigma.

The penalty :math:`\sigma` is not in the first of these.
"""

from __future__ import annotations

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset

_CUSTOMS = "Trade Statistics of Japan, {year}: advantage of {fuel} {saved} bn yen; divided by 10 bn"

INSPECTION = Model(
    name="inspection",
    title="Watching an ally",
    players=("Japan", "US"),
    actions=(("Violate", "Obey"), ("Sanction", "Refrain")),
    payoffs=([["G - sigma", "G"], [0, 0]], [["-D + b - c", "-D"], ["-c", 0]]),
    parameters=(
        Parameter("sigma", "what a sanction costs Japan when it violates", 6, 0, 20, "1/2"),
        Parameter("G", "what Japan gains by trading all the same", 3, 0, 20, "1/2"),
        Parameter("c", "what punishing costs the US", 1, 0, 10, "1/2"),
        Parameter("b", "what the US gains by punishing a violation", 4, "1/2", 10, "1/2"),
        Parameter("D", "damage to the US from a violation", 5, 0, 10, "1/2"),
    ),
    presets={
        "2016": Preset(
            {"G": "1/2", "sigma": 6, "c": 4, "b": 2},
            {
                "G": "Trade Statistics of Japan, 2016: saved on crude oil -20.1, liquefied gas "
                "16.5 and coal 7.1, together 3.5 billion yen; divided by 10 billion and rounded to "
                "the nearest half",
                "c": "assumed to exceed b: Japan refused a US request not to visit Russia "
                "(Radio Free Europe, 24 February 2016), and no penalty followed",
                **dict.fromkeys(("sigma", "b"), "assumed"),
            },
            "Punishing an ally costs the US more than it brings: it looks away, and Japan knows.",
        ),
        "2022: coal": Preset(
            {"G": 2, "sigma": 12, "c": 1, "b": 4},
            {
                "G": _CUSTOMS.format(year=2022, fuel="coal", saved=18.7) + ", rounded up",
                "c": "assumed to be small: the allies act together",
                **dict.fromkeys(("sigma", "b"), "assumed"),
            },
            "Little to gain and much to lose: the US hardly needs to look.",
        ),
        "2022: gas": Preset(
            {"G": 13, "sigma": 12, "c": 1, "b": 4},
            {
                "G": _CUSTOMS.format(year=2022, fuel="LNG", saved=129) + ", rounded up",
                **dict.fromkeys(("sigma", "c", "b"), "assumed, as for coal"),
            },
            "What gas saves exceeds any sanction: Japan violates although it is punished.",
        ),
    },
    claims=(3,),
    omits=(
        "Neither side sees what the other did before it chooses; there is no tomorrow in which a "
        "caught ally would be trusted less; Russia does not act."
    ),
)
