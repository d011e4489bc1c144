r"""The Kuril islands: claim 2, an indivisible stake and what side payments change.

Russia holds the islands, which are worth v_J to Japan and v_R to Russia; to give them up costs
Russia's leaders a besides, before their audience. Islands cannot be shared. As things are, to
return them is worse for Russia than not to, and there is no deal. With a side payment t there is
one if and only if :math:`v_J \ge v_R + a`, and by the Nash solution

.. math:: t^* = \frac{v_J + v_R + a}{2}, \qquad
          \text{each side gains } \frac{v_J - v_R - a}{2}.
"""

from __future__ import annotations

from balancegame.games.bargaining import SIDE_PAYMENTS
from balancegame.games.bargaining_model import BargainingModel
from balancegame.games.parameter import Parameter, Preset

KURILS = BargainingModel(
    name="kurils",
    title="Four islands",
    players=("Japan", "Russia"),
    outcomes={"islands returned": ("v_J", "-v_R - a")},
    disagreement=(0, 0),
    sharing=SIDE_PAYMENTS,
    parameters=(
        Parameter("v_J", "what the islands are worth to Japan", 8, 0, 20, "1/2"),
        Parameter("a", "what giving them up costs Russia's leaders at home", 2, 0, 20, "1/2"),
        Parameter("v_R", "what the islands are worth to Russia", 3, 0, 20, "1/2"),
    ),
    presets={
        "a quiet deal": Preset(
            {"v_J": 8, "v_R": 3, "a": 0}, "assumed", "Nobody in Russia objects."
        ),
        "before an audience": Preset(
            {"v_J": 8, "v_R": 3, "a": 6},
            "assumed",
            "The more it costs to be seen to give up land, the less there is to share.",
        ),
    },
    claims=(2,),
    omits=(
        "What third parties want, as when Washington warned Tokyo in 1956; a treaty that returns "
        "two islands of four; and whether a payment for land can be shown to either public."
    ),
)
