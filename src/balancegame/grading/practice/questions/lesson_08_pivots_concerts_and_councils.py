"""Questions of lesson 8, pivots, concerts and councils."""

from __future__ import annotations

from fractions import Fraction

from balancegame.games.coalitional import CoalitionalGame
from balancegame.grading.practice.questions.question import letter, number
from balancegame.models.concert import CONCERT
from balancegame.models.council import COUNCIL
from balancegame.models.kurils import KURILS
from balancegame.models.pipeline import PIPELINE, buyers_game
from balancegame.solvers.coalitional.bargaining import nash_bargaining
from balancegame.solvers.coalitional.cores import core
from balancegame.solvers.coalitional.roles import dictators
from balancegame.solvers.coalitional.values import Shapley, shapley


def floor(game: CoalitionalGame) -> Fraction:
    """Return the least that Russia gets in the core."""
    return min(Fraction(split["Russia"]) for split in core(game).vertices)


def power(title: str) -> Shapley:
    """Return the power of each member of the council under one of its presets."""
    return shapley(COUNCIL.game(**COUNCIL.presets[title]))


def winner_of_the_sanction() -> str:
    """Return the letter of who gains by a sanction of 3."""
    before, after = shapley(PIPELINE.game(s=0)), shapley(PIPELINE.game(s=3))
    gains = {name: after[name] - before[name] for name in PIPELINE.players}
    return {"Russia": "a", "China": "b"}.get(max(gains, key=lambda name: gains[name]), "")


def without_india() -> str:
    """Return b if China then decides alone by capability, as of 2015."""
    game = CONCERT.game(**{**CONCERT.presets["capability 2015"], "IN": 0})
    return "b" if dictators(game) == ("China",) else ""


def preferred() -> str:
    """Return the letter of the Japan that leaves China and Russia with more power."""
    pole, clone = power("Japan, an independent pole"), power("Japan, a clone of the US")
    if all(pole[name] < clone[name] for name in ("China", "Russia")):
        return "b"
    return "a" if all(pole[name] > clone[name] for name in ("China", "Russia")) else "c"


QUESTIONS = {
    "worth": number(
        lambda: PIPELINE.game(s=3).value(("Russia", "Japan")),
        "The gas is worth 4 to Japan, and the sanction takes 3 of it.",
        {
            4: "that is what it is worth without a sanction; take 3 away.",
            3: "that is the sanction itself; take it away from 4.",
            7: "a sanction takes something away from what Japan gains.",
            6: "that is what Russia and China are worth.",
        },
        "Find the row of Russia + Japan, and put 3 in for s.",
    ),
    "core": number(
        lambda: floor(PIPELINE.game(s="5/2")),
        "Less than 3/2, and Russia and Japan would do better by themselves.",
        {
            4: "that was the floor without a sanction; Russia and Japan have lost 5/2.",
            6: "that is the most that Russia can get, not the least.",
            "5/2": "that is the sanction; it comes off Japan's 4.",
            0: "then Russia and Japan would object: by themselves they have 4 - s.",
            "7/2": "that is 6 - 5/2; the sanction is on what Japan buys, so it comes off 4.",
        },
        "Which coalition could object to a low price, and what is it worth?",
    ),
    "vietnam": number(
        lambda: floor(buyers_game({"China": 6, "Vietnam": 2})),
        "Russia and Vietnam could have 2 by themselves, so China must pay that much.",
        {
            6: "that is the most that China would pay; its rival would pay less.",
            4: "that was Japan, which is out.",
            0: "then Russia and Vietnam would object: by themselves they have 2.",
            3: "the core knows no middle; ask what Russia and Vietnam have by themselves.",
        },
        "What could Russia and Vietnam secure by themselves?",
    ),
    "shapley": number(
        lambda: shapley(PIPELINE.game(s=3))["Japan"],
        "In one order of six Japan adds 1, in the others nothing.",
        {
            1: "that is what it adds in a single order; take the average over all six.",
            "2/3": "that was its value without a sanction; now it adds 1 in place of 4.",
            "1/3": "there are six orders, not three.",
            0: "that is what Japan gets in the core; look at the order in which it comes second.",
        },
        "In which orders does Japan add anything? Divide the sum by six.",
    ),
    "sanction": letter(
        winner_of_the_sanction,
        "China gains 1, and Russia and Japan lose 1/2 each: the sanction moves a split, for all "
        "three together still have 6.",
        {
            "a": "Russia has a weaker threat to sell to somebody else; it loses 1/2.",
            "c": "the three together still have 6, as China buys the gas in any case; so if some "
            "lose, somebody gains.",
        },
        {
            "a": "Russia: it no longer depends on Japan.",
            "b": "China: it loses a rival.",
            "c": "Nobody: all lose, as sanctions destroy something.",
        },
    ),
    "thirds": number(
        lambda: shapley(CoalitionalGame.majority((5, 4, 2)))[2],
        "Whoever comes second is pivotal, and each is second in two orders of six.",
        {
            "2/11": "that is its part of the weight; ask how often it turns losing into winning.",
            "1/6": "it comes second in two of the six orders, not in one.",
            0: "it makes either of the other two win.",
            "1/2": "three players share the power here.",
        },
        "Who is pivotal in each order: the first, the second or the third?",
    ),
    "india": letter(
        without_india,
        "China has 53 % of what the four have, so no coalition of the others can stop it.",
        {
            "a": "take India's weight to 0 in the explorer and read the bars.",
            "c": "compare China's weight with that of the other three together: 23.14 and 20.28.",
        },
        {
            "a": "The other four share India's power equally.",
            "b": "China has more than half of what is left, and decides alone.",
            "c": "The US gains most, as it is the second largest.",
        },
    ),
    "veto": number(
        lambda: shapley(CoalitionalGame.weighted((1, 1, 1), 2, ("A", "B", "C"), ("A",)))["A"],
        "A comes first in two orders of six, and is pivotal in the other four.",
        {
            "1/3": "that would be its power without the veto.",
            1: "where A comes first nobody has won yet, so somebody else is pivotal.",
            "1/2": "count the orders in which A comes second or third.",
            "1/6": "that is what B has.",
            "3/5": "that is the Banzhaf index, which counts coalitions; count orders.",
        },
        "In how many of the six orders does A come second or third?",
    ),
    "prefer": letter(
        preferred,
        "With a clone they keep 421/2145, almost 20 %; with a pole they are left with 283/1716, "
        "about 16.5 %.",
        {
            "a": "that is what was said in Tokyo; but compare China's two numbers.",
            "c": "421/2145 is 0.196, and 283/1716 is 0.165.",
        },
        {
            "a": "An independent pole.",
            "b": "A clone of the US.",
            "c": "It is all the same to them.",
        },
    ),
    "claim": letter(
        lambda: "b" if preferred() == "b" else "",
        "What an index leaves out is no small thing: here it decides what the claim is worth.",
        {
            "a": "look at the numbers once more: with a clone the others keep all that they had.",
            "c": "whoever often agrees with Japan may well gain more by its vote than it loses in "
            "power.",
        },
        {
            "a": "The index supports it: a clone makes the others weaker.",
            "b": "The index speaks against it; the claim could hold, but only because of "
            "preferences, which the index leaves out.",
            "c": "It is refuted: no preferences could ever make a pole welcome.",
        },
    ),
    "price": number(
        lambda: -nash_bargaining(KURILS.game(v_J=10, v_R=3, a=1)).payments[0],
        "Japan gains 10 - 7 = 3, and Russia 7 - 4 = 3.",
        {
            3: "that is what each gains; Japan pays more.",
            4: "at that price Russia gains nothing.",
            10: "at that price Japan gains nothing.",
            "13/2": "you left out what it costs Russia's leaders at home.",
            14: "divide by 2.",
            6: "the cost at home adds to what Russia must be paid.",
        },
        "Put the numbers into (v_J + v_R + a)/2.",
    ),
    "recall-core": number(
        lambda: floor(buyers_game({"first": 9, "second": 5}, seller="Russia")),
        "The second buyer would pay up to 5, so the first must pay that much.",
        {
            9: "that is the most that the seller can get.",
            4: "that is what the first buyer gains at most.",
            7: "the core has a floor and a ceiling; the middle is neither.",
            0: "the seller would turn to the second buyer.",
        },
        "What could the seller and the second buyer secure by themselves?",
    ),
    "recall-power": number(
        lambda: shapley(CoalitionalGame.majority((6, 5, 5)))[0],
        "Nobody has more than half, so any two prevail, and all three are equally powerful.",
        {
            "3/8": "that is its part of the weight.",
            1: "6 of 16 is less than half.",
            "1/2": "any two prevail together, so the three have the same power.",
            "2/3": "that would take just half of all: 6 of 12.",
        },
        "Which pairs prevail?",
    ),
    "recall-index": letter(
        lambda: "c",
        "It counts orders and coalitions as if each were equally likely.",
        {
            "a": "weights decide which coalitions win, and so who is pivotal.",
            "b": "a veto decides which coalitions win: it makes a member pivotal more often.",
        },
        {
            "a": "The weights.",
            "b": "The vetoes.",
            "c": "What the members want.",
        },
    ),
}
