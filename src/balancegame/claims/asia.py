"""Claims 5, 6, 19 and 20: China, other buyers, and the sea routes."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from balancegame.claims.claim import SUPPORTED, Claim
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.games.parameter import Parameter
from balancegame.models import models

_BIDS = {"China": "c", "Vietnam": "v", "Japan": "j - s"}


def _worth() -> dict[Any, Any]:
    """Return what every coalition of a seller and three buyers is worth: its best bid."""
    worth: dict[Any, Any] = {"Russia": 0, **dict.fromkeys(_BIDS, 0)}
    for size in (1, 2, 3):
        for buyers in combinations(_BIDS, size):
            worth[("Russia", *buyers)] = (*(_BIDS[name] for name in buyers), 0)
            if size > 1:
                worth[buyers] = 0
    return worth


# The model "pipeline" with a third buyer, and with a price to ask about.
PIPELINE_WITH_VIETNAM = CoalitionalModel(
    name="pipeline-with-vietnam",
    title="One pipeline, three buyers",
    players=("Russia", *_BIDS),
    worth=_worth(),
    parameters=(
        Parameter("p", "price that China pays", 5, 0, 12, "1/2"),
        Parameter("v", "what Russian gas is worth to Vietnam", 4, 0, 12, "1/2"),
        Parameter("s", "sanction on what Japan buys", 3, 0, 10, "1/2"),
        Parameter("j", "what Russian gas is worth to Japan", 4, 0, 12, "1/2"),
        Parameter("c", "what Russian gas is worth to China", 6, 0, 12, "1/2"),
    ),
    claims=(6,),
    omits="One unit that cannot be shared, sold once.",
)

ASIA = (
    Claim(
        5,
        "With a more independent Japan, Russia's turn to Asia would be more than a turn to China.",
        models["pipeline"],
        "for all c > 0, s >= 0, s <= j <= c + s: shapley(Russia) = c/2 + (j - s)/6 "
        "and shapley(China) = c/2 - (j - s)/3 and shapley(Japan) = (j - s)/6",
        SUPPORTED,
        "Every unit of sanction moves a third of itself to China, a sixth from Russia and a sixth "
        "from Japan. A Japan free of it makes Russia depend less on China.",
        8,
    ),
    Claim(
        6,
        "Russia courts Vietnam and others so as not to depend on China too much.",
        PIPELINE_WITH_VIETNAM,
        "for all c > v > 0, s >= 0, j - s <= v: "
        "(p, c - p, 0, 0) is in the core if and only if v <= p <= c",
        SUPPORTED,
        "The second-best bid is the floor under the price that China pays. Where a sanction takes "
        "Japan out of the bidding, Vietnam's bid becomes that floor, so courting it pays.",
        8,
    ),
    Claim(
        19,
        "Japan must decide which partner would balance China better in the long run.",
        models["balancing"],
        "for all 0 < b_US < L_US, 0 < b_JP < L_JP, g, kappa > 0: "
        "(Balance, Balance, Hold back) is a subgame-perfect outcome "
        "if and only if kappa <= g <= 2*kappa",
        "supported if it takes both allies to hold China back; where one is enough, each would "
        "rather leave it to the other, and where both are too few, nobody balances",
        "Who balances depends less on who is better at it than on what China gains by asserting "
        "itself: below kappa one ally passes the buck, above 2 kappa both give up.",
        7,
    ),
    Claim(
        20,
        "Sea routes through the South China Sea and from the Middle East are exposed, so that "
        "supply from nearby is safer.",
        models["routes"],
        "for all l_M, l_L, l_S > 0, c_M < c_L + l_L, c_L < c_M + l_M: "
        "(Malacca with l_L/(l_M + l_L) and Lombok with l_M/(l_M + l_L), "
        "Attack Malacca with (l_L + c_L - c_M)/(l_M + l_L) "
        "and Attack Lombok with (l_M + c_M - c_L)/(l_M + l_L)) is an equilibrium "
        "if and only if c_S*(l_M + l_L) >= l_M*l_L + c_M*l_L + c_L*l_M",
        "supported if the nearby route costs less than the other two do on average, attacks "
        "included",
        "To do without Sakhalin is an equilibrium exactly if its cost is at least the loss that "
        "Japan bears on the other two routes. Below that it helps, however easily it is cut: not "
        "because it is safe, but because it makes Japan harder to predict.",
        3,
    ),
)
