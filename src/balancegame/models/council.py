r"""The Security Council, today and with a seat for Japan: claims 11, 12 and 15.

Ten elected members and five permanent ones with a veto decide by q votes. With a seat (J = 1) Japan
may have a veto of its own (V = 1), as an independent pole, or be a clone of the US (c = 1), which
then casts both votes as one bloc. The Shapley-Shubik index:

- today (q = 9): 421/2145 for each permanent member, 4/2145 for each elected one;
- Japan a sixth veto among 16 (q = 10): 283/1716 and 3/2860;
- Japan a clone (q = 10): the bloc keeps 421/2145, and nothing changes for anybody else.

So before anybody's preferences are known, every other permanent member has reason to prefer a clone
to an independent Japan: the opposite of what is said. The claim needs preferences, which these
indices leave out, or the view of the one who gets the seat: a clone adds nothing to its bloc, a
veto is worth 283/1716.

Terms of the glossary:

bloc
    players who always act as one
clone
    a member who always votes as another one does
"""

from __future__ import annotations

from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.games.parameter import Parameter, Preset

_PERMANENT = ("US", "China", "Russia", "UK", "France")
_ELECTED = tuple(f"elected {k + 1}" for k in range(10))
_CHARTER = "Charter of the United Nations, article 27 as amended in 1965"
_REFORM = "assumed: nobody has agreed on a reform"

COUNCIL = CoalitionalModel(
    name="council",
    title="A permanent seat",
    players=(*_PERMANENT, "Japan", *_ELECTED),
    weights=("1 + J*c", *[1] * 4, "J*(1 - c)", *[1] * 10),
    quota="q",
    vetoes={**dict.fromkeys(_PERMANENT, 1), "Japan": "J*V*(1 - c)"},
    parameters=(
        Parameter("q", "votes that a decision needs", 9, 6, 15, source=_CHARTER),
        Parameter("J", "1 if Japan has a permanent seat, 0 if not", 0, 0, 1, source=_CHARTER),
        Parameter("V", "1 if a seat for Japan brings a veto, 0 if not", 0, 0, 1),
        Parameter("c", "1 if Japan is a clone of the US, 0 if it is independent", 0, 0, 1),
    ),
    presets={
        "today": Preset(
            {"q": 9, "J": 0, "V": 0, "c": 0},
            _CHARTER,
            "Fifteen members, five of them permanent and with a veto.",
        ),
        "Japan, an independent pole": Preset(
            {"q": 10, "J": 1, "V": 1, "c": 0}, _REFORM, "A sixth veto among sixteen."
        ),
        "Japan, a clone of the US": Preset(
            {"q": 10, "J": 1, "V": 0, "c": 1}, _REFORM, "One bloc casts two votes."
        ),
        "a clone, and the quota stays": Preset(
            {"q": 9, "J": 1, "V": 0, "c": 1}, _REFORM, "Nine of sixteen votes are enough."
        ),
        "a seat without a veto": Preset(
            {"q": 10, "J": 1, "V": 0, "c": 0}, _REFORM, "Permanent, but one vote like any other."
        ),
    },
    claims=(11, 12, 15),
    omits=(
        "Preferences: every coalition is as likely as any other, and nobody abstains, bargains or "
        "answers to anybody. Who lets a new member in is not asked either: that takes the consent "
        "of every permanent member."
    ),
)
