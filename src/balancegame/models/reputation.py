r"""A reputation for punishing: does it make the threat of claim 3 credible, and from when on.

The core dilemma, repeated, seen from the US. Japan tests the threat once. If the US enforces, Japan
complies from then on; if it acquiesces, Japan engages for ever. Enforcing costs k today and saves
the damage d of every later engagement, so it pays if and only if
:math:`\delta \ge k / (d + k)`. No reputation r is put into the payoffs: it is the future itself.
"""

from __future__ import annotations

from balancegame.games.automata import Automaton
from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.repeated_model import RepeatedModel
from balancegame.games.stochastic_model import Norm

_TESTING = Automaton(
    "punish a test",
    actions={
        "test": ("Engage", "Enforce"),
        "deterred": ("Comply", "Enforce"),
        "lost": ("Engage", "Acquiesce"),
    },
    transitions={
        "test": {(None, "Enforce"): "deterred", "otherwise": "lost"},
        "deterred": {("Engage", "Acquiesce"): "lost", "otherwise": "deterred"},
        "lost": "lost",
    },
)

REPUTATION = RepeatedModel(
    Model(
        name="reputation",
        title="A reputation for punishing",
        players=("Japan", "US"),
        actions=(("Comply", "Engage"), ("Enforce", "Acquiesce")),
        payoffs=([["S", "S"], ["S + E - s", "S + E"]], [["V", "V"], ["V - d - k", "V - d"]]),
        parameters=(
            Parameter(
                "delta", "how much next period counts for the US", "1/2", 0, "99/100", "1/100"
            ),
            Parameter("k", "cost to the US of punishing an ally", 2, "1/4", 10, "1/4"),
            Parameter("d", "damage to the US when Japan engages", 3, "1/4", 10, "1/4"),
            Parameter("s", "sanction that the US puts on Japan for engaging", 6, 0, 20, "1/2"),
            Parameter("E", "energy and trade that Japan gains by engaging Russia", 5, 0, 20, "1/2"),
            Parameter("S", "security that the US guarantee gives Japan", 10, 0, 20, "1/2"),
            Parameter("V", "what the alliance is worth to the US", 10, 0, 20, "1/2"),
        ),
        presets={
            "patient": Preset({"delta": "9/10"}, "assumed", "Allies will test again."),
            "a last test": Preset({"delta": "1/10"}, "assumed", "Nobody else watches."),
        },
        claims=(3,),
        omits=(
            "Japan's conduct is given, not chosen: it tests once and believes what it sees; and "
            "no other ally watches."
        ),
    ),
    norms={"punishing a test": Norm(_TESTING, players=("US",))},
)
