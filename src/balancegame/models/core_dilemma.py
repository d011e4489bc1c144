"""Security from the US or energy from Russia: the article's central choice as a 2 x 2 game.

Japan complies with the sanctions that the US asks for, or engages Russia. The US enforces, that
is punishes a Japan that engages, or acquiesces. Claims 3 and 17 of the article. The money side of
the presets is the saving on Russian fuel that :doc:`facts` derives from Japan's customs data, in
units of 10 billion yen a year; nothing measures the rest, which is assumed.
"""

from __future__ import annotations

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset

_CUSTOMS = (
    "Trade Statistics of Japan, {year}: saved on crude oil {crude}, liquefied gas {lng} and "
    "coal {coal}, together {total} billion yen; divided by 10 billion and rounded to the nearest "
    "half"
)

CORE_DILEMMA = Model(
    name="core-dilemma",
    title="Security or energy",
    players=("Japan", "US"),
    actions=(("Comply", "Engage"), ("Enforce", "Acquiesce")),
    payoffs=([["S", "S"], ["S + E - s", "S + E"]], [["V", "V"], ["V - d - k + r", "V - d"]]),
    parameters=(
        Parameter("s", "sanction that the US puts on Japan for engaging", 6, 0, 20, "1/2"),
        Parameter("E", "energy and trade that Japan gains by engaging Russia", 5, "1/2", 20, "1/2"),
        Parameter("k", "cost to the US of punishing an ally", 2, 0, 10, "1/2"),
        Parameter("r", "reputation that the US gains by punishing", 4, 0, 10, "1/2"),
        Parameter("S", "security that the US guarantee gives Japan", 10, 0, 20, "1/2"),
        Parameter("V", "what the alliance is worth to the US", 10, 0, 20, "1/2"),
        Parameter("d", "damage to the US when Japan engages", 3, 0, 10, "1/2"),
    ),
    presets={
        "2013": Preset(
            {"E": 7, "s": 0, "k": 4, "r": 2},
            {
                "E": _CUSTOMS.format(year=2013, crude=-17.7, lng=78.3, coal=10.1, total=70.7),
                "s": "assumed: no sanctions yet, so nothing to enforce",
                **dict.fromkeys(("k", "r"), "assumed"),
            },
            "Before Crimea: trade with Russia grows and nobody asks Japan to stop.",
        ),
        "2016": Preset(
            {"E": "1/2", "s": 6, "k": 4, "r": 2},
            {
                "E": _CUSTOMS.format(year=2016, crude=-20.1, lng=16.5, coal=7.1, total=3.5),
                "k": "assumed to exceed r: Japan refused a US request not to visit Russia "
                "(Radio Free Europe, 24 February 2016), and no penalty followed",
                **dict.fromkeys(("s", "r"), "assumed"),
            },
            "Japan's prime minister goes to Sochi against a US request; no penalty follows.",
        ),
        "2022": Preset(
            {"E": "33/2", "s": 12, "k": 2, "r": 6},
            {
                "E": _CUSTOMS.format(year=2022, crude=19.2, lng=129, coal=18.7, total=166.9),
                "s": "assumed to lie between what coal and what all fuel saved that year",
                "k": "assumed",
                "r": "assumed to exceed k + d, as the allies act together: the US gets more by "
                "punishing than if Japan complied",
            },
            "Import bans by commodity: coal and crude go, liquefied gas stays.",
        ),
    },
    claims=(3, 17),
    omits=(
        "Russia and China do not choose; both sides choose once and at the same time; all fuel "
        "counts as one; and payoffs that nobody can measure are whole numbers."
    ),
)
