"""Claims 11 to 15: seats, concerts, and what it is worth to be nobody's ally."""

from __future__ import annotations

from balancegame.claims.claim import Claim
from balancegame.models import models

WORLD_ORDER = (
    Claim(
        11,
        "Japan has no place on the Security Council as a permanent member unless it is a truly "
        "independent pole.",
        models["council"],
        "for all J >= 0, c = 1, 8 < q - J <= 9: "
        "shapley(US) = 421/2145 and shapley(China) = 421/2145 and shapley(Russia) = 421/2145 "
        "and shapley(elected 1) = 4/2145",
        "contradicted by a count of votes alone: a Japan that always votes with the US takes "
        "nothing from any other member, an independent one does",
        "Let the clone cast as many votes as you like, J, and let the quota rise by as many. Then "
        "every member has exactly the power that it has today, 421/2145 or 4/2145, and the bloc of "
        "the US and its clone no more than the US has. By this measure Russia and China should "
        "prefer a clone. What was said makes sense only with preferences, which the count leaves "
        "out.",
        8,
    ),
    Claim(
        12,
        "China opposes a permanent seat for Japan, and one for India, to keep its own rank in the "
        "region.",
        models["council"],
        "for all J > 0, V > 0, c = 0, q > 0, q - J <= 9: "
        "283/1716 <= shapley(China) <= 1/6 and shapley(US) = shapley(China) "
        "and shapley(Japan) = shapley(China)",
        "supported if the seat brings a veto of its own; but then every permanent member loses as "
        "much as China does, the US included",
        "Let the seat cast as many votes as you like, J, and let the quota rise by as many or by "
        "fewer. Then a sixth independent veto lowers China's power from 421/2145 to something "
        "between 283/1716 and 1/6. It lowers that of Japan's own ally by the same, so that power "
        "in the Council alone does not explain why it is China that objects.",
        8,
    ),
    Claim(
        13,
        "In a concert of independent powers that follow their own interests a balance of power "
        "results.",
        models["concert"],
        "for all US, CN, RU, JP, IN > 0, US <= CN + RU + JP + IN, CN <= US + RU + JP + IN, "
        "RU <= US + CN + JP + IN, JP <= US + CN + RU + IN, IN <= US + CN + RU + JP: "
        "US is not a dictator and China is not a dictator and Russia is not a dictator "
        "and Japan is not a dictator and India is not a dictator",
        "supported if none of them holds more than half of all resources",
        "Independence alone does not balance anything. Nobody can dictate if nobody has more than "
        "half; by military spending the US alone had more than that in 2014, by capability nobody.",
        8,
    ),
    Claim(
        14,
        "India is nobody's ally, so that it is courted and keeps its options open.",
        models["suitors"],
        "for all b = 0, w_U > 4, w_R > 1: (0, 0, US) is not a subgame-perfect outcome",
        "supported if both suitors want it: if it is worth more to the second than the smallest "
        "offer",
        "A state that nothing ties is never had for nothing as long as a second suitor would pay "
        "for it.",
        5,
    ),
    Claim(
        15,
        "Japan relies on the US, so it has no strategic autonomy and nothing to bargain with.",
        models["suitors"],
        "for all w_U > 0, 0 < w_R < b: (0, 0, US) is a subgame-perfect outcome",
        "supported if leaving the US would cost Japan more than Russia would pay for it",
        "A state that is tied so closely stays for nothing: the US need not offer anything, and "
        "Russia cannot offer enough. With a looser tie it would be paid the difference.",
        5,
    ),
)
