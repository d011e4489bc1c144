r"""Leader and follower: whether Japan waits for Washington, as it did for Nixon.

Claims 22 and 23 of the article. The US lifts its sanctions on a partner or keeps them; Japan
engages the partner or stays out. Lifting brings the US g if Japan comes along and costs it h if it
stays out; an ally that goes alone costs the US d. Engaging brings Japan E, less a sanction s if
the US keeps its own. All of E, h, d and s are positive; g may have either sign.

At once, three equilibria in pure strategies are possible:

- (Lift, Engage) if and only if :math:`g \ge -d`;
- (Sanction, Stay out) if and only if :math:`s \ge E`;
- (Sanction, Engage) if and only if :math:`s \le E` and :math:`g \le -d`.

Where both of the first two exist it is a game of assurance, and (Lift, Engage) is risk-dominant if
and only if :math:`s \le E (1 + (g + d) / h)`.

With the US first Japan follows a US that lifts, and one that does not only if s < E. So

- for s > E the US lifts if g > 0 and not if g < 0: it decides for itself alone;
- for s < E it lifts already if g > -d, for a Japan that engages anyway costs it d;
- at s = E both replies of Japan survive; the thresholds of the model take Japan to engage.

So the weaker the sanction that holds Japan back, the more readily the leader normalises relations.

Source: the article, which compares 2016 with Japan's opening to China after President Nixon's in
1972; Harsanyi and Selten (1988), "A general theory of equilibrium selection in games".
"""

from __future__ import annotations

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.sequential_model import SequentialModel

_CUSTOMS = (
    "Trade Statistics of Japan, {year}: saved on crude oil {crude}, liquefied gas {lng} and "
    "coal {coal}, together {total} billion yen; divided by 10 billion and rounded to the nearest "
    "half"
)
_2013 = _CUSTOMS.format(year=2013, crude=-17.7, lng=78.3, coal=10.1, total=70.7)
_2016 = _CUSTOMS.format(year=2016, crude=-20.1, lng=16.5, coal=7.1, total=3.5)
_ASSUMED = dict.fromkeys(("g", "h", "d", "s"), "assumed")

_PRESETS = {
    "China before 1971": Preset(
        {"g": -5, "d": 2, "h": 2, "s": 8, "E": 4},
        "assumed",
        "The US would lose by opening to China even with Japan beside it, and Japan waits.",
    ),
    "China in 1972": Preset(
        {"g": 3, "d": 2, "h": 2, "s": 8, "E": 4},
        "assumed",
        "Against the Soviet Union the opening pays: Nixon goes first, and Japan follows.",
    ),
    "Russia in 2016": Preset(
        {"g": -2, "d": 3, "h": 2, "s": 6, "E": "1/2"},
        {"E": _2016, **_ASSUMED},
        "Japan gains little by going alone, so nothing hurries the US.",
    ),
    "Russia in 2016, with the savings of 2013": Preset(
        {"g": -2, "d": 3, "h": 2, "s": 6, "E": 7},
        {"E": _2013, **_ASSUMED},
        "A Japan that would engage anyway makes the US lift, though it loses by it.",
    ),
}

LEADER_FOLLOWER = Model(
    name="leader-follower",
    title="Waiting for Washington, all at once",
    players=("US", "Japan"),
    actions=(("Lift", "Sanction"), ("Engage", "Stay out")),
    payoffs=([["g", "-h"], ["-d", 0]], [["E", 0], ["E - s", 0]]),
    parameters=(
        Parameter("s", "sanction on a Japan that engages before the US", 6, "1/2", 20, "1/2"),
        Parameter("g", "what the US gains by normal relations, with Japan", -1, -10, 10, "1/2"),
        Parameter("E", "energy and trade that Japan gains by engaging", 5, "1/2", 20, "1/2"),
        Parameter("d", "damage to the US when Japan engages alone", 3, "1/2", 10, "1/2"),
        Parameter("h", "what the US loses by lifting alone", 2, "1/2", 10, "1/2"),
    ),
    names={
        "assurance": (("Lift", "Engage"), ("Sanction", "Stay out")),
        "both move": (("Lift", "Engage"),),
        "both hold": (("Sanction", "Stay out"),),
        "Japan alone": (("Sanction", "Engage"),),
    },
    presets=_PRESETS,
    claims=(22, 23),
    omits=(
        "The partner itself does not choose, Japan has no way to press the US, and relations are "
        "normal or not, once and for all."
    ),
)

AFTER_NIXON = SequentialModel(
    name="after-nixon",
    title="Japan after Nixon: the US first",
    at_once=LEADER_FOLLOWER,
    order=("US", "Japan"),
    when_indifferent={"Japan": "Engage"},
    names={
        "both move": (("Lift", "Engage"),),
        "both hold": (("Sanction", "Stay out"),),
        "Japan alone": (("Sanction", "Engage"),),
    },
    presets=_PRESETS,
    claims=(22, 23),
    omits=(
        "The US does not wait for Japan, and Japan sees at once what the US does. The partner "
        "itself does not choose, and what the US does is for good."
    ),
)
