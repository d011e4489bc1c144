"""Questions of lesson 3, mixing and guarding."""

from __future__ import annotations

from fractions import Fraction

from balancegame.games.normal_form import NormalFormGame
from balancegame.grading.practice.questions.question import letter, number
from balancegame.models.inspection import INSPECTION
from balancegame.models.routes import routes_game
from balancegame.solvers.normal_form.nash import equilibria, pure_equilibria
from balancegame.solvers.normal_form.security import zero_sum_value


def game(**values: object) -> NormalFormGame:
    """Return the game of violating and punishing."""
    return INSPECTION.game(**values)


def mixture(player: int, **values: object) -> Fraction:
    """Return the probability of a player's first action in the only equilibrium."""
    (only,) = equilibria(game(**values))
    return only.strategies[player][0]


def who_moves(before: dict[str, object], after: dict[str, object]) -> tuple[bool, bool]:
    """Return whether Japan's and the US's mixture differ between two settings."""
    return mixture(0, **before) != mixture(0, **after), mixture(1, **before) != mixture(1, **after)


def loss(*losses: int) -> Fraction:
    """Return what Japan loses on average on routes that cost nothing else."""
    return -zero_sum_value(routes_game([0] * len(losses), losses)).value


QUESTIONS = {
    "pure": number(
        lambda: Fraction(len(pure_equilibria(game()))),
        "Somebody wants to leave every cell: if Japan violates, the US punishes; if the US "
        "punishes, Japan obeys; if Japan obeys, the US looks away; if it looks away, Japan "
        "violates.",
        {
            1: "look at the cell that you have in mind once more, first along the column for "
            "Japan, then along the row for the US; somebody gains by leaving.",
            2: "no two cells are equilibria: go round the table and ask in each who would leave.",
            4: "somebody wants to leave every cell; start with Violate and Sanction, where Japan "
            "would rather have 0 than -3.",
        },
        "Test each cell: does Japan gain within the column, or the US within the row?",
    ),
    "indifferent": number(
        lambda: mixture(1),
        "3 - 6q = 0 at q = 1/2: then both of Japan's actions yield 0.",
        {
            3: "a probability lies between 0 and 1; solve 3 - 6q = 0 for q.",
            2: "a probability lies between 0 and 1; it is 3 over 6, not 6 over 3.",
            0: "with q = 0 Violate yields 3 and Obey 0: Japan is far from indifferent.",
            1: "with q = 1 Violate yields -3 and Obey 0: Japan is far from indifferent.",
            "1/4": "that will be Japan's own probability; the question here is what the US must "
            "do.",
        },
        "Set what Violate yields, 3 - 6q, equal to what Obey yields, 0.",
    ),
    "violate": number(
        lambda: mixture(0),
        "-1 - p = -5p at p = 1/4: then both actions of the US yield -5/4.",
        {
            "1/2": "1/2 makes Japan indifferent; now it is the turn of the US, whose payoffs are "
            "the second numbers.",
            "3/4": "that is the probability of Obey; p is that of Violate.",
            "1/6": "mind the signs: -2p - (1 - p) is -1 - p, and it equals -5p.",
            "-1/4": "a probability is not negative; collect the p on one side once more.",
        },
        "Set -2p - (1 - p) equal to -5p.",
    ),
    "whose": letter(
        lambda: {(True, False): "a", (False, True): "b"}.get(
            who_moves({"sigma": 6}, {"sigma": 12}), "c"
        ),
        "Only the US moves. Its mixture has to keep Japan indifferent, and half as much watching "
        "now does; Japan's has to keep the US indifferent, whose payoffs did not change.",
        {
            "a": "most people bet on this. But if Japan violated less, punishing would not pay any "
            "more, and the US would stop; Japan's mixture follows from the payoffs of the US.",
            "c": "one of them moves; ask for each whose indifference it must keep, and whether "
            "that player's payoffs changed.",
        },
        {
            "a": "Japan's: it violates less often.",
            "b": "That of the US: it punishes less often.",
            "c": "Both.",
        },
    ),
    "reward": number(
        lambda: mixture(0, b=8),
        "c/b = 1/8, half as often. The payoffs of the US changed, so Japan's mixture moved.",
        {
            "1/4": "that was with b = 4; put b = 8 into c/b.",
            "1/2": "1/2 is how often the US punishes, and that does not move: Japan's payoffs are "
            "as before.",
            8: "a probability lies between 0 and 1; it is c/b, not b/c.",
            "7/8": "that is the probability of Obey.",
        },
        "Put c = 1 and b = 8 into the first formula.",
    ),
    "edge": letter(
        lambda: "c" if len({e.strategies[0] for e in equilibria(game(sigma=3))}) > 1 else "",
        "G - sigma = 0 is as good as Obey. The US goes on punishing as long as Japan violates at "
        "least a quarter of the time: a continuum, as at the threshold of lesson 1.",
        {
            "a": "it may, but it need not: Violate yields 3 - 3 = 0 as well. And if it obeyed for "
            "sure, the US would look away.",
            "b": "it may, but it need not: Obey yields the same 0.",
        },
        {
            "a": "Japan obeys.",
            "b": "Japan violates for sure.",
            "c": "Japan is indifferent: many mixtures are equilibria.",
        },
    ),
    "guard": number(
        lambda: zero_sum_value(routes_game([0, 0], [3, 6])).strategies[0][0],
        "3 x 2/3 = 6 x 1/3: wherever the adversary strikes, Japan loses 2 on average.",
        {
            "1/3": "that is for the second route; Japan should use the route where more is at "
            "stake less often.",
            "1/2": "then the adversary would strike the second route for sure, and Japan would "
            "lose 6 x 1/2 = 3 on average.",
            1: "whoever is predictable loses: the adversary would strike the first route, and "
            "Japan would lose 3 every time.",
            0: "whoever is predictable loses: the adversary would strike the second route, and "
            "Japan would lose 6 every time.",
        },
        "Choose p so that 3 times p equals 6 times (1 - p).",
    ),
    "new-route": number(
        lambda: loss(3, 6, 6),
        "1/v = 1/3 + 1/6 + 1/6 = 2/3, so v = 3/2 rather than 2.",
        {
            "2/3": "2/3 is 1/v; turn it over.",
            2: "2 was the loss with two routes; add 1/6 to 1/v.",
            5: "5 is the average of 3, 6 and 6; but nobody strikes all routes at once.",
            15: "losses do not add up: only one route can be struck.",
            8: "a new route cannot make Japan lose more, since it need not use it.",
        },
        "Add 1/3, 1/6 and 1/6, then turn the sum over.",
    ),
    "claim": letter(
        lambda: "b",
        "A third route makes Japan harder to guess in both; its share falls from a third to a "
        "sixth where more can go wrong there. The claim is half right.",
        {
            "a": "then the adversary would know where to strike; read the shares, which are a "
            "third and a sixth.",
            "c": "compare the losses with and without S: they fall in both years.",
        },
        {
            "a": "It is right: Japan should take all its fuel from Sakhalin.",
            "b": "It is half right: an extra route lowers the loss, but how much of the fuel "
            "should go that way depends on who may cut it.",
            "c": "It is wrong: Sakhalin never helps.",
        },
    ),
    "recall-cheaper": letter(
        lambda: {(True, False): "b", (False, True): "a"}.get(
            who_moves({"c": 1}, {"c": "1/2"}), "c"
        ),
        "c is a payoff of the US, so it is in Japan's mixture c/b: Japan violates less.",
        {
            "a": "so it seems; but the US mixes so as to keep Japan indifferent, and Japan's "
            "payoffs are as before.",
            "c": "c is in one of the two formulas.",
        },
        {
            "a": "only that of the US",
            "b": "only Japan's",
            "c": "nobody's",
        },
    ),
    "recall-mix": number(
        lambda: mixture(1, sigma=10, G=2),
        "G/sigma: the tougher the sanction, the less often it is needed.",
        {
            "4/5": "that is the probability of Refrain.",
            5: "a probability lies between 0 and 1; turn the fraction over.",
            "1/4": "that was how often Japan violated, in the lesson's first game.",
        },
        "Which q makes what Violate yields, 2 - 10q, equal to 0?",
    ),
    "recall-value": number(
        lambda: loss(2, 3, 6),
        "1/2 + 1/3 + 1/6 = 1, and turned over it is still 1.",
        {
            11: "losses do not add up: only one route can be struck.",
            "11/3": "that is the average of the three; Japan uses the dangerous ones less often.",
            2: "2 is what Japan loses at most if it always takes the first route; mixing does "
            "better.",
        },
        "Add 1/2, 1/3 and 1/6, then turn the sum over.",
    ),
}
