r"""One fuel under a sanction: the core dilemma for crude oil, liquefied gas or coal by itself.

Claims 3 and 17 of the article. The US first says whether it enforces the sanction s on whoever goes
on buying this fuel from Russia. Japan sees that and complies, or engages: it buys, and saves E a
year against what it pays to others. Going backwards, Japan complies with an enforced sanction if
s >= E, a tie included, and

- for s >= E > 0 the US enforces and Japan complies;
- for s < E Japan engages in any case, and the US enforces if r > k;
- for E <= 0 there is nothing to save, and Japan complies whatever the US does.

So behaviour bounds the sanction: who complied faced s >= E, who engaged s < E. Lesson 9 puts the
advantages of the customs data for E.
"""

from __future__ import annotations

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.sequential_model import SequentialModel

_CUSTOMS = "Trade Statistics of Japan, {}: advantage of {}, in bn yen"

_AT_ONCE = Model(
    name="one-fuel-at-once",
    title="One fuel, both at once",
    players=("US", "Japan"),
    actions=(("Enforce", "Acquiesce"), ("Comply", "Engage")),
    payoffs=([["0", "r - k - d"], ["0", "-d"]], [["0", "E - s"], ["0", "E"]]),
    parameters=(
        Parameter("s", "sanction on Japan if it goes on buying, bn yen a year", 20, 0, 200, "1/10"),
        Parameter("E", "what buying from Russia saves, bn yen a year", 129, -50, 200, "1/10"),
        Parameter("d", "damage to the US if Japan goes on buying", 30, 1, 100),
        Parameter("k", "cost to the US of punishing an ally", 10, 0, 100),
        Parameter("r", "reputation that the US gains by punishing", 20, 0, 100),
    ),
    presets={
        "crude 2022": Preset(
            {"E": "19.2", "s": 20},
            {"E": _CUSTOMS.format(2022, "crude oil"), "s": "assumed"},
            "Crude oil from Russia is cheap, and Japan gives it up.",
        ),
        "LNG 2022": Preset(
            {"E": 129, "s": 20},
            {"E": _CUSTOMS.format(2022, "liquefied gas"), "s": "assumed"},
            "Gas is dear everywhere but in old contracts, and Japan keeps its own.",
        ),
        "coal 2022": Preset(
            {"E": "18.7", "s": 20},
            {"E": _CUSTOMS.format(2022, "coal"), "s": "assumed"},
            "Coal can be had elsewhere, and Japan begins to leave.",
        ),
    },
    claims=(3, 17),
    omits=(
        "A saving at average prices is not what it would cost to replace the fuel, contracts bind "
        "for years, and each fuel is looked at as if the others did not exist."
    ),
)

ONE_FUEL = SequentialModel(
    name="one-fuel",
    title="One fuel under a sanction",
    at_once=_AT_ONCE,
    order=("US", "Japan"),
    when_indifferent={"Japan": "Comply"},
    names={
        "Japan leaves": (("Enforce", "Comply"),),
        "Japan goes on buying": (("Enforce", "Engage"),),
        "Japan leaves, having nothing to save": ((("Enforce", "Acquiesce"), "Comply"),),
    },
    presets=_AT_ONCE.presets,
    claims=_AT_ONCE.claims,
    omits=_AT_ONCE.omits,
)
