"""Questions of lesson 10, your own model."""

from __future__ import annotations

from fractions import Fraction

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter
from balancegame.grading.practice.questions.question import cell, letter, number
from balancegame.solvers.normal_form.nash import pure_equilibria
from balancegame.solvers.proofs.prove import prove
from balancegame.solvers.regimes import regimes

PROJECTS = Model(
    name="joint-projects",
    title="Joint projects on the islands",
    players=("Japan", "Russia"),
    actions=(("Join", "Stay away"), ("Special rules", "Own law")),
    payoffs=([["y", "y - v"], ["0", "0"]], [["g - c", "g"], ["-c", "0"]]),
    parameters=(
        Parameter("y", "what the projects yield Japan", 3, 0, 10),
        Parameter("v", "what it costs Japan to accept Russian law", 5, 0, 10),
        Parameter("g", "what the projects yield Russia", 4, 0, 10),
        Parameter("c", "what special rules cost Russia's leaders", 2, 0, 10),
    ),
)
JOINING = "for all y, v, g, c > 0: (Join, Own law) is an equilibrium"


def threshold(**values: object) -> Fraction:
    """Return the one threshold of v."""
    (point,) = (regime.low for regime in regimes(PROJECTS, "v", **values) if regime.is_point)
    return Fraction(point)


def trap() -> str:
    """Return b if Russia alone would leave joint projects under special rules."""
    game = PROJECTS.game()
    (japan, russia), (alone, _), (_, tempted) = (
        game.payoff(profile)
        for profile in (
            ("Join", "Special rules"),
            ("Stay away", "Special rules"),
            ("Join", "Own law"),
        )
    )
    return "b" if japan > alone and tempted > russia else ""


def least_refuting() -> int:
    """Return the smallest whole v that makes joining no equilibrium, at y = 3."""
    joins = ("Join", "Own law")
    return next(v for v in range(1, 10) if joins not in pure_equilibria(PROJECTS.game(y=3, v=v)))


def supports_if() -> str:
    """Return a if the dispute stops the projects exactly where v exceeds y."""
    stays = prove("for all y, c > 0, v > y: (Stay away, Own law) is the only equilibrium", PROJECTS)
    return "a" if stays.holds and prove(JOINING, PROJECTS).holds is False else ""


QUESTIONS = {
    "players": letter(
        lambda: "b",
        "Each chooses, and each cares about what the other does.",
        {
            "a": "islanders and press care, but in this news they choose nothing.",
            "c": "islands choose nothing; they are what the players choose about.",
        },
        {
            "a": "Japan, Russia, the islanders and the press.",
            "b": "Japan and Russia.",
            "c": "The islands.",
        },
    ),
    "actions": letter(
        lambda: "c",
        "Nobody chooses that now; it is where the story begins.",
        {
            "a": "Japan can do so or leave it, so it is an action.",
            "b": "Russia can do so or leave it, so it is an action.",
        },
        {
            "a": "Japan joins the projects.",
            "b": "Russia applies its own law.",
            "c": "The Soviet Union took the islands in 1945.",
        },
    ),
    "payoff": number(
        lambda: PROJECTS.game(y=3, v=5).payoff(("Join", "Own law"))[0],
        "The projects yield 3, and accepting Russian law costs 5.",
        {
            3: "that is what the projects yield; take away what accepting the law costs.",
            2: "the cost is larger than the yield, so what is left is negative.",
            8: "a cost is taken away.",
            -5: "that is the cost alone; the projects yield something too.",
            0: "that is what Japan gets if it stays away.",
        },
        "Find Join and Own law in the table, and put the numbers in for y and v.",
    ),
    "source": letter(
        lambda: "b",
        "Data from elsewhere are a beginning, and the reader can see what they are.",
        {
            "a": "who would have counted that? It has to be assumed, or bounded by what was done.",
            "c": "nobody publishes that. Lesson 9 shows how behaviour could bound it.",
        },
        {
            "a": "v, what it costs Japan to accept Russian law.",
            "b": "y, what the projects yield: there are fish farms and hotels elsewhere.",
            "c": "c, what special rules cost Russia's leaders at home.",
        },
    ),
    "equilibrium": cell(
        PROJECTS.game(),
        lambda: pure_equilibria(PROJECTS.game())[0],
        "Russia's own law is better for it whatever Japan does, and then Japan stays away.",
        {
            ("Join", "Special rules"): "there Russia would gain by its own law: 4 instead of 2.",
            ("Join", "Own law"): "there Japan would gain by staying away: 0 instead of -2.",
            ("Stay away", "Special rules"): "there Japan would gain by joining, and Russia by its "
            "own law.",
        },
    ),
    "trap": letter(
        trap,
        "Both know it beforehand, so Japan does not even begin.",
        {
            "a": "it gets 3 there, and 0 by staying away.",
            "c": "ask what Russia gets there, and what its own law would yield it: 4.",
        },
        {
            "a": "Japan would rather stay away.",
            "b": "Once Japan has joined, Russia does better with its own law.",
            "c": "It is one; the program has missed it.",
        },
    ),
    "threshold": number(
        lambda: threshold(y=6),
        "The threshold of v is y, so it moves with y.",
        {
            3: "that was the threshold at y = 3.",
            5: "that is v itself, to start from.",
            10: "that is the end of the range.",
            0: "at v = 0 joining yields 6.",
        },
        "For which v is y - v exactly 0?",
    ),
    "proposition": letter(
        lambda: "b" if prove(JOINING, PROJECTS).holds is not None else "",
        "It says of which games it speaks, and of each game it is true or false.",
        {
            "a": "what should be is no statement about a game.",
            "c": "nothing says when, or in which game.",
        },
        {
            "a": '"Japan and Russia should work together."',
            "b": '"For all y, v, g, c > 0: (Join, Own law) is an equilibrium."',
            "c": '"Japan will join one day."',
        },
    ),
    "refute": number(
        least_refuting,
        "At v = 3 Japan is indifferent, and joining is still an equilibrium.",
        {
            3: "there joining and staying away yield the same, so joining is still an equilibrium.",
            2: "that refutes it at y = 1; at y = 3 joining yields 1.",
            0: "there joining yields 3.",
            5: "a smaller one will do.",
        },
        "From which v on would Japan rather stay away, if y = 3?",
    ),
    "omits": letter(
        lambda: "b",
        "It takes another model, a repeated game as in lesson 6.",
        {
            "a": "that is about a number: move the slider.",
            "c": "that is about a number: say that it is assumed, and try others.",
        },
        {
            "a": "y is nearer 5 than 3.",
            "b": "The two meet again next year, so that a broken promise can be paid back.",
            "c": "The value of c has no source.",
        },
    ),
    "claim": letter(
        supports_if,
        "The dispute works through v. If the projects yield more than that, it stops nothing.",
        {
            "b": "move v below y: then Japan joins, dispute or not.",
            "c": "move v above y: then Japan stays away.",
        },
        {
            "a": "It supports it if v > y: if Russian law costs Japan more than projects yield.",
            "b": "It supports it whatever the numbers are.",
            "c": "It contradicts it: joint projects are an equilibrium.",
        },
    ),
    "recall-threshold": number(
        lambda: threshold(y=4),
        "There joining and staying away yield the same.",
        {
            0: "with no cost joining pays 4.",
            2: "nothing here is halved.",
            -4: "v is a cost, and 4 - v is 0 at a positive v.",
        },
        "For which v is 4 - v exactly 0?",
    ),
    "recall-games": number(
        lambda: Fraction(1),
        "One counterexample is enough.",
        {
            0: "without a single game in which it fails, it may be true.",
            2: "one will do.",
        },
        "What is a counterexample?",
    ),
    "recall-assumed": letter(
        lambda: "b",
        "So the reader knows where to doubt.",
        {
            "a": "then the reader takes it for a fact.",
            "c": "a source says where this very number comes from.",
        },
        {
            "a": "Nothing.",
            "b": "That it is assumed.",
            "c": "The source of another number.",
        },
    ),
}
