"""Sanctioning together: two senders, each tempted to trade while the other sanctions.

Claim 3 of the article. Whether joint sanctions hold depends on what the sanction of one alone
achieves (beta), on the market that the other leaves behind (g), and on what a sender that trades
must fear from its partner (s). With other numbers the same table is a prisoners' dilemma,
deadlock, assurance, Chicken, suasion or harmony (Martin 1992, "Coercive Cooperation").

Terms of the glossary:

dominance threshold
    the penalty above which joining in is best whatever the other does
senders (sender)
    the countries that impose a sanction
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset

_START = {"s": 0, "c_JP": 7, "g_JP": 2, "beta": "1/4", "B": 8, "c_US": 7, "g_US": 2}


def _preset(story: str, **changed: object) -> Preset:
    # Each preset is one or two changes away from the same dilemma, so that the change is the story.
    return Preset({**_START, **changed}, "assumed", story)


JOINT_SANCTIONS = Model(
    name="joint-sanctions",
    title="Sanctioning together",
    players=("US", "Japan"),
    actions=(("Sanction", "Trade"), ("Sanction", "Trade")),
    payoffs=(
        [["B - c_US", "beta*B - c_US"], ["beta*B + g_US - s", "-s"]],
        [["B - c_JP", "beta*B + g_JP - s"], ["beta*B - c_JP", "-s"]],
    ),
    parameters=(
        Parameter("s", "penalty on a sender that trades", 0, 0, 10, "1/4"),
        Parameter("c_JP", "what sanctioning costs Japan", 7, 0, 10, "1/4"),
        Parameter("g_JP", "what Japan gains by trading while the US sanctions", 2, 0, 10, "1/4"),
        Parameter(
            "beta", "share of the benefit that one sender alone achieves", "1/4", 0, 1, "1/8"
        ),
        Parameter("B", "benefit to each sender if both sanction", 8, 0, 10, "1/4"),
        Parameter("c_US", "what sanctioning costs the US", 7, 0, 10, "1/4"),
        Parameter("g_US", "what the US gains by trading while Japan sanctions", 2, 0, 10, "1/4"),
    ),
    presets={
        "prisoners' dilemma": _preset(
            "Each gains by trading whatever the other does, yet both prefer joint sanctions."
        ),
        "deadlock": _preset(
            "Sanctions achieve too little: each trades, and nobody would want it otherwise.", B=4
        ),
        "assurance": _preset(
            "A penalty takes away the gain from trading alone: sanctioning pays if the other "
            "sanctions, and only then.",
            s=4,
        ),
        "Chicken": _preset(
            "One sender alone achieves half: each would rather leave the sanctioning to the other.",
            s=4,
            beta="1/2",
        ),
        "suasion": _preset(
            "Sanctioning is cheap for the US: it sanctions whatever Japan does, and Japan trades.",
            c_US=1,
        ),
    },
    claims=(3,),
    omits=(
        "The target does not act; senders choose once, without side payments or institutions; and "
        "the benefit is the same for both."
    ),
)


def dominance_threshold(**given: object) -> Fraction:
    r"""Return the penalty above which sanctioning is strictly dominant for both senders.

    :math:`s^* = \max_i \max\{c_i - \beta B,\; c_i + g_i - (1 - \beta) B\}`; s itself is not read.
    """
    return threshold_at(JOINT_SANCTIONS.values(**given))


def threshold_at(values: Mapping[str, Any]) -> Fraction:
    """Return :func:`dominance_threshold` at exact values that nobody need check."""
    B, (n, parts) = values["B"], values["beta"].as_integer_ratio()
    costs = ((values[f"c_{i}"], values[f"g_{i}"]) for i in ("US", "JP"))
    # In parts of which beta is a number: whole numbers take a tenth of the time of fractions.
    most = max(parts * c + max(-n * B, parts * g - (parts - n) * B) for c, g in costs)
    return Fraction(most, parts)
