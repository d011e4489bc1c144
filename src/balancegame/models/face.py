r"""Face: why Russia asks in public.

Claim 16 of the article. Russia invites Japan in public or in private; then Japan complies with US
sanctions, or engages Russia, gains E and bears a sanction s. To comply after a public invitation
costs Japan face, a. Russia gains I if Japan engages, and going public costs it e, with
:math:`0 < e < I`.

- In private Japan complies if s > E; in public only if s > E + a. The threshold shifts by a.
- So Russia speaks in public exactly where that changes what Japan does: E < s <= E + a, since Japan
  is taken to engage when it is indifferent.
- What is said in public is no message about types here: it changes what complying costs.

Source: Fearon (1994), "Domestic political audiences and the escalation of international disputes".
"""

from __future__ import annotations

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.sequential_model import SequentialModel

_AT_ONCE = Model(
    name="face-at-once",
    title="An invitation, unseen",
    players=("Russia", "Japan"),
    actions=(("Public", "Private"), ("Comply", "Engage")),
    payoffs=([["-e", "I - e"], [0, "I"]], [["-a", "E - s"], [0, "E - s"]]),
    parameters=(
        Parameter("s", "sanction on Japan for engaging", 6, 0, 20, "1/2"),
        Parameter(
            "a", "face that Japan loses by complying after a public invitation", 3, 0, 10, "1/2"
        ),
        Parameter("E", "energy and trade that Japan gains by engaging", 5, 0, 20, "1/2"),
        Parameter("I", "what a Japan that engages is worth to Russia", 4, "1/2", 20, "1/2"),
        Parameter("e", "what going public costs Russia", 1, "1/4", 10, "1/4"),
    ),
)

FACE = SequentialModel(
    name="face",
    title="An invitation in public",
    at_once=_AT_ONCE,
    order=("Russia", "Japan"),
    when_indifferent={"Japan": "Engage"},
    names={
        "no need to go public": (("Private", "Engage"),),
        "a public invitation": (("Public", "Engage"),),
        "no use in going public": (("Private", "Comply"),),
    },
    presets={
        "a weak sanction": Preset(
            {"s": 4}, "assumed", "Japan engages anyway; nothing need be said."
        ),
        "face decides": Preset(
            {"s": 6}, "assumed", "In private Japan would comply; in public that costs too much."
        ),
        "a strong sanction": Preset(
            {"s": 10}, "assumed", "Japan complies even in public, so Russia spares itself the cost."
        ),
    },
    claims=(16,),
    omits=(
        "Russia knows what Japan will do, the US does not answer the invitation, and face is lost "
        "once: nobody remembers it the next time."
    ),
)
