"""Claims 3, 7, 10, 17, 18, 22 and 23: what the alliance with the US asks of Japan."""

from __future__ import annotations

from balancegame.claims.claim import Claim
from balancegame.games.model import Model
from balancegame.games.parameter import Parameter
from balancegame.models import models

_LEVELS = range(3)


def _defence(total: int) -> str:
    return " + ".join(f"m_{k}" for k in range(1, total + 1)) or "0"


def _burden(value: str, own: int) -> list[list[str]]:
    return [[f"{value}*({_defence(g + h)}) - {(g, h)[own]}" for h in _LEVELS] for g in _LEVELS]


# The model "burden" for any decreasing usefulness of defence, not for logarithms alone.
BURDEN_IN_GENERAL = Model(
    name="burden-in-general",
    title="Sharing the burden, whatever defence is worth",
    players=("US", "Japan"),
    actions=(tuple(f"Give {g}" for g in _LEVELS),) * 2,
    payoffs=(_burden("v_US", 0), _burden("v_JP", 1)),
    parameters=(
        Parameter("v_US", "how much the US values common defence", 3, 0, 10, "1/4"),
        Parameter("v_JP", "how much Japan values common defence", 1, 0, 10, "1/4"),
        *(
            Parameter(f"m_{k}", f"what the {word} unit of defence adds", default, 0, 10, "1/10")
            for k, word, default in (
                (1, "first", 1),
                (2, "second", "1/2"),
                (3, "third", "1/4"),
                (4, "fourth", "1/8"),
            )
        ),
    ),
    claims=(10,),
    omits="Contributions come in whole units up to two, and bring nothing but defence.",
)

ALLIANCE = (
    Claim(
        3,
        "By joining the sanctions of the G7 Japan made its ties with Russia worse and its trade "
        "stagnant.",
        models["joint-sanctions"],
        "for all s > c_JP - beta*B, s > c_JP + g_JP - (1 - beta)*B: "
        "Sanction strictly dominates Trade for Japan",
        "supported if the penalty for trading on is larger than what Japan saves and gains by it, "
        "whatever the US does; without that, Japan may join and trade all the same",
        "To join is not yet to stop trading. Japan stops for sure if the penalty beats greed and "
        "fear alike. The customs data agree by half: trade halved after 2014, but most of the "
        "fall was price, and gas from Russia never stopped.",
        4,
    ),
    Claim(
        7,
        "The alliance with the US is what stands in the way of closer ties with Russia.",
        models["abandonment"],
        "for all E, S > 0, Delta*S >= E: (Support) is an equilibrium",
        "supported if US help depends enough on what Japan does: withholding must cost Japan at "
        "least as much, in help that it can expect, as Russia offers",
        "Not the alliance as such holds Japan back, but how much of its help hangs on Japan's own "
        "conduct, Delta, however reliable it is. An ally that helps in any case leaves Japan "
        "free.",
        5,
    ),
    Claim(
        10,
        "Japan contributes less to common security than its weight would suggest.",
        BURDEN_IN_GENERAL,
        "for all m_1 > m_2 > m_3 > m_4 >= 0, v_US*m_2 > 1 > v_US*m_3, v_JP > 0, v_JP*m_2 < 1: "
        "(Give 2, Give 0) is the only equilibrium in pure strategies",
        "supported if Japan values common defence less than the US, so that it would not add the "
        "last unit itself",
        "Whatever defence is worth, as long as each unit adds less than the one before: the ally "
        "that values it more pays for all of it, and the other for nothing. That is nobody's "
        "meanness. But Japan did pay for the Gulf War, so something is left out.",
        4,
    ),
    Claim(
        17,
        "Japan has to choose between military security from the US and economic security from "
        "Russia.",
        models["hedging"],
        "for all E, L, q > 0, 0 < a < 1, 0 < eps < 1, s = 0, q*L = E: "
        "(Hedge) is an equilibrium if and only if a + eps >= 1",
        "supported if a policy in between keeps and gets too little: if its share of the "
        "protection and its share of the energy do not add up to a whole",
        "Where danger and energy weigh the same, hedging is best exactly if its two shares add up "
        "to one at least. So there need not be an either-or; it depends on what partial loyalty "
        "and partial trade bring.",
        5,
    ),
    Claim(
        18,
        "The conflicts over Ukraine and Syria made Japan's balancing act more unstable.",
        models["hostility"],
        "for all E, Y, D, y > 0, s = 0, k > q, delta*D >= y: "
        "support in any weather is subgame-perfect if and only if "
        "delta*Y*(1 - delta + delta*(f + r)) "
        ">= E*(1 - delta + delta*(f + r)) + (k - q)*(1 - delta + delta*f)",
        "supported if hostility makes support dearer on balance; contradicted where it is the "
        "energy forgone that hostility puts at risk",
        "Support must pay in hostility, where it costs most, and the calm that it can look forward "
        "to is less if hostility comes more often or lasts longer. But energy that is at risk is "
        "easier to forgo. Where that outweighs wider sanctions, support costs most in calm, and "
        "more frequent hostility makes it easier.",
        11,
    ),
    Claim(
        22,
        "Japanese investment in Russia will not recover until the US eases its sanctions.",
        models["after-nixon"],
        "for all E, h, d > 0: (Sanction, Engage) is a subgame-perfect outcome "
        "if and only if s <= E and g <= -d",
        "supported if the sanction exceeds what Japan gains; a Japan that gains more goes anyway",
        "Japan engages under standing US sanctions exactly where its gain is at least the "
        "sanction and the US would rather bear that than lift.",
        2,
    ),
    Claim(
        23,
        "As with China after Nixon's visit, Japan can normalise relations only after the US has.",
        models["after-nixon"],
        "for all E, h, d > 0, s > E: "
        "(Lift, Engage) is a subgame-perfect outcome if and only if g >= 0",
        "supported if the sanction outweighs Japan's gain: then Japan waits, and the US moves "
        "only for a gain of its own",
        "With a Japan that waits, relations become normal exactly if the US itself does not lose "
        "by it. With a sanction below Japan's gain the order turns round: the US lifts already to "
        "spare itself an ally that goes alone.",
        2,
    ),
)
