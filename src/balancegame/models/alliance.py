r"""Reciprocity in an alliance: sanctions against support, period after period.

Claims 7, 8, 17 and 18 of the article. Japan supports US sanctions at a cost E and gains Y from US
support on the islands; the US supports Japan at a cost y and gains D from Japan's support. A
sanction s meets Japan in every period in which it withholds. Once, nobody would support; for ever,
mutual support can hold, and each unit of delta Y replaces one unit of sanction, up to s = E, beyond
which Japan supports in any case and withholding would be no punishment to agree on.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.reciprocity import forgiving_reciprocity, grim_trigger
from balancegame.games.repeated_model import RepeatedModel
from balancegame.games.stochastic_model import Norm

_SUPPORT, _WITHHOLD = ("Support", "Support"), ("Withhold", "Withhold")

ALLIANCE = RepeatedModel(
    Model(
        name="alliance",
        title="Support in return for support",
        players=("Japan", "US"),
        actions=(("Support", "Withhold"), ("Support", "Withhold")),
        payoffs=([["Y - E", "-E"], ["Y - s", "-s"]], [["D - y", "D"], ["-y", 0]]),
        parameters=(
            Parameter(
                "delta",
                "how much the next period counts, relative to this one",
                "3/5",
                0,
                "99/100",
                "1/100",
            ),
            Parameter(
                "s", "sanction on Japan in each period in which it withholds", 0, 0, 5, "1/4"
            ),
            Parameter("h", "chance each period that the relationship ends", 0, 0, 1, "1/100"),
            Parameter("E", "what supporting US sanctions costs Japan", 2, "1/4", 10, "1/4"),
            Parameter("Y", "what US support on the islands is worth to Japan", 5, "1/4", 10, "1/4"),
            Parameter("D", "what Japan's support is worth to the US", 6, "1/4", 10, "1/4"),
            Parameter("y", "what supporting Japan costs the US", 3, "1/4", 10, "1/4"),
        ),
        presets={
            "a lasting alliance": Preset(
                {"delta": "9/10", "h": "1/20"},
                "assumed",
                "Both expect to deal with each other for a long time: support sustains itself.",
            ),
            "an alliance in doubt": Preset(
                {"delta": "9/10", "h": "1/2"},
                "assumed",
                "Hostility may end it at any time: the future is too uncertain to rely on.",
            ),
        },
        claims=(7, 8, 17, 18),
        omits=(
            "Every period is alike, each side sees at once what the other did, and nobody can "
            "pay, threaten or apologise outside the game."
        ),
    ),
    norms={
        "mutual support": Norm(grim_trigger(_SUPPORT, _WITHHOLD)),
        "forgiving reciprocity": Norm(forgiving_reciprocity(_SUPPORT, _WITHHOLD)),
    },
    hazard="h",
)


class SupportThresholds(NamedTuple):
    r"""When mutual support holds, in closed form.

    The least ``sanction`` for Japan to keep supporting is :math:`E - \delta (1 - h) Y`, or 0; the
    least :math:`\delta (1 - h)`, called ``delta``, is the larger of :math:`(E - s)/Y` and
    :math:`y/D`; the largest ``hazard`` is None if none is small enough.

    Below the ``frontier`` no equilibrium at all supports anything without a sanction:
    :math:`b (1 + a) / (1 + b)` with a the smaller and b the larger of E/Y and y/D. It is less than
    ``delta``: the stationary threshold belongs to the path, not to the game.
    """

    sanction: Fraction
    delta: Fraction
    frontier: Fraction
    hazard: Fraction | None


def support_in_closed_form(**given: object) -> SupportThresholds:
    """Return the thresholds of mutual support."""
    v = ALLIANCE.values(**given)
    counts = v["delta"] * (1 - v["h"])
    japan, us = max((v["E"] - v["s"]) / v["Y"], Fraction(0)), v["y"] / v["D"]
    a, b = sorted((v["E"] / v["Y"], us))
    least = max(japan, us)
    hazard = 1 - least / v["delta"] if v["delta"] >= least and v["delta"] else None
    sanction = max(v["E"] - counts * v["Y"], Fraction(0))
    return SupportThresholds(sanction, least, b * (1 + a) / (1 + b), hazard)
