r"""Investing in Russia's Far East under the threat of seizure.

Claims 4 and 8 of the article. In each period Japan pays I and a sanction s and Russia shares the
output y, a part theta of it with Japan, or seizes all of it. Once, nobody invests. For ever,
investment holds if and only if :math:`(I + s)/y \le \theta \le \delta (1 - h)`; so some share
will do if and only if :math:`\delta (1 - h) \ge (I + s)/y`.

Terms of the glossary:

hold-up
    whoever has paid is at the other's mercy
"""

from __future__ import annotations

from fractions import Fraction

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.reciprocity import grim_trigger
from balancegame.games.repeated_model import RepeatedModel
from balancegame.games.stochastic_model import Norm

INVESTMENT = RepeatedModel(
    Model(
        name="investment",
        title="Investment under threat of seizure",
        players=("Japan", "Russia"),
        actions=(("Invest", "Stay out"), ("Share", "Seize")),
        payoffs=([["theta*y - I - s", "-I - s"], [0, 0]], [["(1 - theta)*y", "y"], [0, 0]]),
        parameters=(
            Parameter(
                "delta",
                "how much the next period counts, relative to this one",
                "4/5",
                0,
                "99/100",
                "1/100",
            ),
            Parameter("s", "sanction on Japan in each period in which it invests", 1, 0, 10, "1/4"),
            Parameter("h", "chance each period that hostility ends it all", 0, 0, 1, "1/100"),
            Parameter("theta", "share of the output that Japan gets", "3/5", 0, 1, "1/100"),
            Parameter("I", "what Japan invests in each period", 4, "1/4", 10, "1/4"),
            Parameter("y", "output in each period", 10, "1/4", 20, "1/4"),
        ),
        presets={
            "before 2014": Preset(
                {"s": 0, "h": "1/20"},
                {"s": "assumed: no sanctions", "h": "assumed"},
                "No sanctions, and ties that both expect to last.",
            ),
            "after 2014": Preset(
                {"s": 2, "h": "1/5"},
                "assumed",
                "Sanctions, and hostility that may break everything off.",
            ),
        },
        claims=(4, 8),
        omits=(
            "What was built before is worth nothing after a seizure, the share is fixed, and no "
            "court or insurer stands behind the investor."
        ),
    ),
    norms={"investment": Norm(grim_trigger(("Invest", "Share"), ("Stay out", "Seize")))},
    hazard="h",
)


def sanction_in_closed_form(**given: object) -> Fraction:
    """Return the largest sanction at which some share sustains investment."""
    v = INVESTMENT.values(**given)
    return v["delta"] * (1 - v["h"]) * v["y"] - v["I"]
