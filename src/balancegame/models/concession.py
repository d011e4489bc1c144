r"""Concession: an offer that exists only because Russia moves first.

Claims 1 and 9 of the article. Russia concedes something to Japan at a cost x, or holds; Japan
aligns with the US or engages Russia; the US punishes a Japan that engages, or tolerates it. To
Japan a concession is worth z if it engages; Russia gains I if Japan engages, and loses f if it
conceded in vain. Punishing brings the US the reputation r and costs it k. In turn, with r > k:

- for s <= E Japan engages anyway, and Russia holds;
- for E < s <= E + z Japan engages if and only if Russia concedes; it does if I > x;
- for s > E + z Russia holds and Japan aligns.

With r < k the threat is empty: Russia holds, and Japan engages. At once, holding strictly dominates
conceding whatever Japan does, so that no offer is ever made: it takes the order of moves.

Source: Zagare and Slantchev (2010), "Game theory and other modeling approaches"; Izumikawa (2018),
"Binding strategies in alliance politics".
"""

from __future__ import annotations

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.sequential_model import SequentialModel

_ORDER = ("Russia", "Japan", "US")

CONCESSION_AT_ONCE = Model(
    name="concession-at-once",
    title="A concession, all at once",
    players=_ORDER,
    actions=(("Concede", "Hold"), ("Align", "Engage"), ("Punish", "Tolerate")),
    payoffs=(
        [[["-f", "-f"], ["I - x", "I - x"]], [[0, 0], ["I", "I"]]],
        [[["S", "S"], ["S + E + z - s", "S + E + z"]], [["S", "S"], ["S + E - s", "S + E"]]],
        [[["V", "V"], ["V - d + r - k", "V - d"]]] * 2,
    ),
    parameters=(
        Parameter("s", "sanction that the US puts on Japan for engaging", 6, 0, 20, "1/2"),
        Parameter("z", "what Russia's concession is worth to Japan", 3, 0, 10, "1/2"),
        Parameter("x", "what the concession costs Russia", 2, "1/2", 10, "1/2"),
        Parameter("E", "energy and trade that Japan gains by engaging", 5, 0, 20, "1/2"),
        Parameter("I", "what a Japan that engages is worth to Russia", 4, "1/2", 20, "1/2"),
        Parameter("f", "what it costs Russia to have conceded in vain", 1, "1/2", 10, "1/2"),
        Parameter("r", "reputation that the US gains by punishing", 4, 0, 10, "1/2"),
        Parameter("k", "cost to the US of punishing an ally", 2, 0, 10, "1/2"),
        Parameter("d", "damage to the US when Japan engages", 3, 0, 10, "1/2"),
        Parameter("S", "security that the US guarantee gives Japan", 10, 0, 20, "1/2"),
        Parameter("V", "what the alliance is worth to the US", 10, 0, 20, "1/2"),
    ),
    claims=(1, 9),
    omits=(
        "Nobody waits for anybody: a concession cannot answer to what Japan does, nor Japan to it."
    ),
)

CONCESSION = SequentialModel(
    name="concession",
    title="Russia's offer",
    at_once=CONCESSION_AT_ONCE,
    order=_ORDER,
    when_indifferent={"Japan": "Engage", "US": "Tolerate"},
    presets={
        "an offer that turns Japan": Preset(
            {"s": 6}, "assumed", "The sanction outweighs the trade, but not trade and concession."
        ),
        "no offer needed": Preset({"s": 4}, "assumed", "Japan engages for the trade alone."),
        "no offer is enough": Preset(
            {"s": 10}, "assumed", "The sanction outweighs everything that Russia would offer."
        ),
        "too dear for Russia": Preset(
            {"s": 6, "x": 5}, "assumed", "The concession costs more than an engaged Japan is worth."
        ),
        "an empty threat": Preset(
            {"s": 6, "k": 4, "r": 2},
            "assumed",
            "The US would not punish, so nothing need be offered.",
        ),
    },
    claims=(1, 9),
    omits=(
        "Russia keeps its word, the islands stand for one number, and neither Japan nor the US "
        "can make an offer of its own."
    ),
)
