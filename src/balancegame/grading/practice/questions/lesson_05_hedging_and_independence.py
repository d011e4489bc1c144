"""Questions of lesson 5, hedging and independence."""

from __future__ import annotations

from fractions import Fraction

from balancegame.grading.practice.questions.question import letter, number
from balancegame.models.abandonment import ABANDONMENT
from balancegame.models.costly_signal import COSTLY_SIGNAL
from balancegame.models.hedging import HEDGING
from balancegame.models.suitors import SUITORS
from balancegame.solvers.normal_form.nash import pure_equilibria
from balancegame.solvers.regimes import regimes
from balancegame.solvers.signalling.perfect_bayesian import perfect_bayesian


def thresholds(model: object, parameter: str, **values: object) -> list[Fraction]:
    """Return where a model's solution changes."""
    return [regime.low for regime in regimes(model, parameter, **values) if regime.is_point]


def offer(**values: object) -> Fraction:
    """Return what the US offers the state."""
    ((us,),) = pure_equilibria(SUITORS.opening_game(**values))
    return Fraction(us)


def hedges(**values: object) -> bool:
    """Return whether hedging is best for some danger."""
    return any(
        equilibrium.strategies[0][1]
        for regime in regimes(HEDGING, "q", **values)
        if not regime.is_point
        for equilibrium in regime.solution
    )


def least_share(a: str) -> Fraction:
    """Return the least share of the energy from which on hedging can be best."""
    return next(
        Fraction(k, 20) for k in range(21) if hedges(a=a, eps=Fraction(k, 20) + Fraction(1, 100))
    )


def separates(**values: object) -> bool:
    """Return whether in some equilibrium Independent engages and Dependent does not."""
    return any(
        found.kind == "separating" and "Engage" in found.sender["Independent"]
        for found in perfect_bayesian(COSTLY_SIGNAL.game(**values))
    )


QUESTIONS = {
    "hedge": number(
        lambda: HEDGING.game().payoff(("Hedge",))[0],
        "Half of the energy is worth 2, and a crisis costs 16 x 1/4 = 4 one time in four.",
        {
            2: "that is the energy alone; with a probability of 1/4 there is a crisis, and Japan "
            "lacks a quarter of the protection.",
            -1: "you took the share of the protection that Japan keeps, 3/4; a crisis costs 16 "
            "times the share that it lacks.",
            -2: "a crisis costs 16 x 1/4 = 4, but only with a probability of 1/4.",
            0: "that is what the two extremes bring.",
        },
        "Half of 4, less 1/4 of what a crisis costs with a quarter of the protection missing.",
    ),
    "band": number(
        lambda: 20 * thresholds(HEDGING, "q", E=5, a="4/5", eps="3/5", L=20)[0],
        "2/5 of 5 is the energy that hedging gives up, and it keeps 4/5 of the protection.",
        {
            15: "that is the other end of the band, at which Japan goes over to aligning.",
            "15/4": "you put in the energy that hedging gets, 3/5; what counts is the 2/5 that it "
            "gives up.",
            10: "you divided by the protection that hedging gives up, 1/5; what counts is the 4/5 "
            "that it keeps.",
            2: "that is the energy given up; divide it by the share of the protection kept.",
            "8/5": "divide by a; you multiplied.",
        },
        "Put the numbers into the left end of the band, (1 - eps) E/a.",
    ),
    "half": letter(
        lambda: "a" if hedges(a="1/2", eps="1/3") else "b",
        "1/2 + 1/3 is less than 1: one extreme or the other is always better.",
        {
            "a": "add the two parts: 1/2 + 1/3 is less than one whole.",
            "c": "if there is no danger at all, engaging brings the whole of the energy.",
        },
        {
            "a": "Hedging is best for some danger in between.",
            "b": "Hedging is never best.",
            "c": "Hedging is best for every danger.",
        },
    ),
    "price": number(
        lambda: offer(w_R=4, b=1),
        "Russia could beat any lower offer: the state would gain by leaving in spite of the cost.",
        {
            4: "that would be the price of a state without a tie; this one loses 1 by leaving.",
            5: "the tie works for the US: subtract it.",
            1: "that is what the tie saves the US.",
            0: "with 4 Russia could win the state: 4 - 1 is more than 0.",
        },
        "Put the numbers into max(0, w - b).",
    ),
    "captive": letter(
        lambda: "c" if not offer(w_R=4, b=5) else "",
        "Russia's 4 does not make up for the 5 that leaving costs, so the US need not pay.",
        {
            "a": "Russia would have to pay 5 for it, and it is worth 4 to Russia.",
            "b": "pay for what? Nobody else can win the state any more.",
        },
        {
            "a": "The state leaves for Russia.",
            "b": "The state stays, and the US pays it more.",
            "c": "The state stays, and the US pays it nothing.",
        },
    ),
    "fall": number(
        lambda: thresholds(ABANDONMENT, "Delta", E=3, S=12)[0],
        "1/4 x 12 = 3: what Japan may lose is then as much as it gains.",
        {
            4: "a probability cannot change by more than 1; you have it upside down.",
            "3/4": "that is 1 - 1/4: what may be left of the help, not what is lost of it.",
            9: "that is 12 - 3; Delta times 12 must be as much as 3.",
        },
        "Set Delta x 12 equal to 3.",
    ),
    "cost": number(
        lambda: next(Fraction(k) for k in range(11) if separates(B=5, s_H=k, s_L=2)),
        "At 5 Dependent gains nothing by pretending, so it need not.",
        {
            2: "that is what it costs Independent; then both would go.",
            6: "6 is enough, but less will do.",
            4: "then Dependent would pay 4 for a reward of 5: it would go too.",
        },
        "Dependent must not gain by going: the cost is at least the reward.",
    ),
    "free": letter(
        lambda: "" if separates(s_L=0, s_H=0) else "b",
        "If a visit brought the reward, Dependent would go as well; so it was the sanction that "
        "made it tell something.",
        {
            "a": "what keeps a Dependent Japan from going too, now that it costs nothing?",
            "c": "both want the reward, and nothing keeps either of them away.",
        },
        {
            "a": "That Japan is Independent.",
            "b": "Nothing that Russia would act on.",
            "c": "Still which kind it is: only an Independent Japan wants to go.",
        },
    ),
    "claim": letter(
        lambda: "b" if separates() and not separates(s_L=0, s_H=0) else "",
        "A tie makes a captive, so there the article has a point. But a visit that costs nothing "
        "would prove nothing.",
        {
            "a": "look again at a visit that is free: what does it tell Russia?",
            "c": "the price of loyalty falls with a sanction, and so does the danger from which on "
            "Japan aligns.",
        },
        {
            "a": "The same: without sanctions Japan could show that it is independent.",
            "b": "Only half of it: sanctions make loyalty cheap, but they are also what makes a "
            "visit tell something.",
            "c": "The opposite: sanctions never matter to what Japan does.",
        },
    ),
    "recall-band": number(
        lambda: least_share("1/2"),
        "The parts must add up to one whole at least.",
        {
            1: "all of the energy would be the best of both worlds; less will do.",
            "1/4": "1/2 + 1/4 is less than one whole.",
            0: "without any energy hedging is only a worse way to align.",
        },
        "eps + a must be at least 1.",
    ),
    "recall-price": number(
        lambda: Fraction(max(0, 5 - 3)),
        "5 - 3: the tie saves the US what it costs the state to leave.",
        {
            5: "that would be the price of a state without a tie.",
            8: "the tie works for the US: subtract it.",
            3: "that is what the tie saves the US.",
            0: "this state is not captive: Russia's 5 is more than the 3 that leaving costs.",
        },
        "max(0, w - b).",
    ),
    "recall-signal": letter(
        lambda: "a",
        "Then one does it and the other does not, and whoever sees it knows which it is.",
        {
            "b": "if it costs both the same, either both do it or neither does.",
            "c": "seeing it is not enough: what matters is who would have done it.",
        },
        {
            "a": "If it is worth its cost to one kind and not to the other.",
            "b": "If it is costly for both kinds, and equally so.",
            "c": "If everybody can see it.",
        },
    ),
}
