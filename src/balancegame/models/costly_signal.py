r"""A costly signal of independence: what a visit says depends on what it costs.

Claims 11 and 16 of the article. Engaging with Russia in public costs Japan a sanction: :math:`s_L`
if it is independent enough to bear it, :math:`s_H > s_L` if not. Russia cannot see which; it
rewards Japan with B if it believes that Japan is independent at least as likely as not.

- Engaging tells the two apart, whatever the prior, exactly for :math:`s_L \le B \le s_H`: an
  independent Japan finds the reward worth the sanction, a dependent one does not.
- If engaging in public is free for both (:math:`s_L = s_H = 0 < B`), nothing that Japan does can
  tell them apart.
- So it is the sanction that makes the signal informative.

Source: Spence (1973), "Job market signaling"; the numbers are assumed.
"""

from __future__ import annotations

from balancegame.games.parameter import Parameter, Preset
from balancegame.games.signalling_model import SignallingModel

COSTLY_SIGNAL = SignallingModel(
    name="costly-signal",
    title="A costly signal of independence",
    players=("Japan", "Russia"),
    types=("Independent", "Dependent"),
    prior=("p", "1 - p"),
    messages=("Engage", "Stay away"),
    replies=("Reward", "Ignore"),
    payoffs=(
        [[["B - s_L", "-s_L"], ["B", 0]], [["B - s_H", "-s_H"], ["B", 0]]],
        [[[1, 0], [1, 0]], [[-1, 0], [-1, 0]]],
    ),
    parameters=(
        Parameter("B", "what Russia's reward is worth to Japan", 4, 0, 10, "1/4"),
        Parameter("s_L", "sanction that an independent Japan feels", 2, 0, 10, "1/4"),
        Parameter("p", "chance that Japan is independent", "1/3", "1/20", "19/20", "1/60"),
        Parameter("s_H", "sanction that a dependent Japan feels", 6, 0, 10, "1/4"),
    ),
    presets={
        "a sanction that tells": Preset(
            {"B": 4, "s_L": 2, "s_H": 6},
            "assumed",
            "Only an independent Japan finds the reward worth the sanction.",
        ),
        "engaging is free": Preset(
            {"B": 4, "s_L": 0, "s_H": 0},
            "assumed",
            "Nothing keeps a dependent Japan from the same visit, so it proves nothing.",
        ),
        "a reward too small": Preset(
            {"B": 1, "s_L": 2, "s_H": 6},
            "assumed",
            "The reward is worth the sanction to nobody, so nobody engages.",
        ),
        "a reward too tempting": Preset(
            {"B": 8, "s_L": 2, "s_H": 6},
            "assumed",
            "Even a dependent Japan would pay the sanction to be taken for an independent one.",
        ),
    },
    claims=(11, 16),
    omits=(
        "Russia gains nothing from the visit itself, the US cannot tell the types apart either, "
        "there is one visit only, and there are no degrees of independence."
    ),
)
