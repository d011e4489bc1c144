"""Claims 1, 2, 4, 8, 9, 16 and 21: what Russia and Japan could gain from each other."""

from __future__ import annotations

from balancegame.claims.claim import Claim
from balancegame.models import models

RUSSIA_AND_JAPAN = (
    Claim(
        1,
        "The visit was meant to show Japan that it would be worth more to Russia if it were more "
        "independent of the US.",
        models["concession"],
        "for all E, z, x, f > 0, r > k, E < s < E + z, I > x: "
        "(Concede, Engage, Punish) is the only subgame-perfect outcome",
        "supported if Japan would stay away without an offer but not with one, and an engaged "
        "Japan is worth more to Russia than the offer costs",
        "Where the sanction outweighs the trade alone, but not the trade and a concession, Russia "
        "concedes, and Japan engages although the US punishes it. The offer answers a sanction: "
        "a Japan that engaged anyway would be offered nothing.",
        2,
    ),
    Claim(
        2,
        "The dispute over the Kuril Islands, and with it the lack of a peace treaty, limits what "
        "relations can become.",
        models["kurils"],
        "for all v_R, a > 0, v_J < v_R + a: there is no deal",
        "supported if the islands are worth less to Japan than to Russia and to the standing of "
        "its leaders together",
        "The dispute blocks a deal where there is nothing to share, whatever one side pays the "
        "other. Otherwise both would gain by a deal, and something else must stand in its way.",
        8,
    ),
    Claim(
        4,
        "Russia badly needs Japanese capital, in its Far East above all, and Japan would gain by "
        "investing it.",
        models["investment"],
        "for all I, y > 0, s >= 0, 0 <= theta <= 1: "
        "investment is subgame-perfect if and only if I + s <= theta*y and theta <= delta*(1 - h)",
        "supported if Japan's share pays for what it invests and for the sanction, and is small "
        "enough for Russia not to seize it",
        "Both need each other only as long as Japan's share is neither too small for Japan nor too "
        "large for Russia to leave it alone. The two limits are exact.",
        11,
    ),
    Claim(
        8,
        "Tension between the US and Russia keeps Japan and Russia apart and investment in Russia "
        "risky.",
        models["investment-in-hostility"],
        "for all I > 0, s >= 0, 0 <= z < y, 0 <= theta <= 1, "
        "(1 - theta)*(y*(1 - delta + delta*r) + (y - z)*delta*f) "
        "< y*(1 - delta)*(1 - delta + delta*(f + r)): "
        "investment in any weather is not subgame-perfect",
        "supported if hostility takes from the output; contradicted for output that it makes "
        "dearer, as gas was in 2022",
        "In calm there is most to seize, and Russia seizes it if its part of all that is to come "
        "is worth less. Hostility that comes more often, lasts longer or takes more leaves less to "
        "come, so Russia can be trusted with a smaller share, even without a sanction. Where it "
        "makes output dearer, more of it lies ahead, and the share that Russia accepts is larger.",
        11,
    ),
    Claim(
        9,
        "The old rivalry between Japan and China is an opening for Russia.",
        models["pipeline"],
        "for all c > 0, j > s >= 0: shapley(Russia) > c/2",
        "supported if Japan is free to bid: if Russian gas is worth more to it than the sanction "
        "costs",
        "With China as its only buyer Russia gets half of what the gas is worth. A second buyer "
        "raises that, but only one whose bid survives the sanction: the opening is as wide as US "
        "pressure on Japan lets it be.",
        8,
    ),
    Claim(
        16,
        "The statement was made in public for the effect that fear of losing face has in Japan.",
        models["face"],
        "for all 0 < e < I, a > 0, E < s < E + a: "
        "(Public, Engage) is the only subgame-perfect outcome",
        "supported if the sanction outweighs what Japan gains, but by less than the face that it "
        "would lose",
        "In that band a private invitation would be declined and a public one is taken up, so "
        "Russia speaks in public. Outside it, speaking in public would only cost Russia something.",
        2,
    ),
    Claim(
        21,
        "Before the crisis over Ukraine, Russia backed Japan's seat as an observer in the Arctic "
        "Council in the hope of a return.",
        models["favour"],
        "for all B, c > 0: a favour for a favour is subgame-perfect "
        "if and only if c <= (delta*(1 - h))**3*B",
        "supported if the return is worth more than the favour costs, even though it comes three "
        "periods later and may never come",
        "A favour pays if its return is large enough after waiting. The likelier a break, the "
        "smaller the favour that is still worth granting: before 2014 it was more likely to pay.",
        11,
    ),
)
