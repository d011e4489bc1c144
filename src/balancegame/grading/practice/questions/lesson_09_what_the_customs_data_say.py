"""Questions of lesson 9, what the customs data say."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import and_

from balancegame.customs import FUELS, figure
from balancegame.games.model import Model
from balancegame.games.parameter import Parameter
from balancegame.grading.practice.questions.question import letter, number
from balancegame.models.one_fuel import ONE_FUEL
from balancegame.solvers.parametric.rationalizing import Rationalizing
from balancegame.solvers.rationalizing import rationalizing

SEEN = {"crude": "Comply", "coal": "Comply", "LNG": "Engage"}
"""What Japan was seen to do with each fuel between 2021 and 2024."""

CONTRACT = Model(
    name="fuel-under-contract",
    title="A fuel under a sanction and a contract",
    players=("Japan",),
    actions=(("Comply", "Engage"),),
    payoffs=(["-b", "E - s"],),
    parameters=(
        Parameter("s", "sanction on this fuel, bn yen a year", 5, 0, 200),
        Parameter("b", "what it costs to break the contract, bn yen a year", 0, 0, 200),
        Parameter("E", "what buying from Russia saves, bn yen a year", 129, -50, 200),
    ),
)


def bound(action: str, saving: object) -> Rationalizing:
    """Return the sanctions that explain what was done with a fuel that saves so much."""
    return rationalizing(ONE_FUEL, {"Japan": action}, "s", E=saving)  # type: ignore[return-value]


def explained(year: int) -> Rationalizing:
    """Return the sanctions that explain all three fuels at the advantages of a year."""
    sets = (bound(action, figure(year, f"{fuel}_advantage")) for fuel, action in SEEN.items())
    return reduce(and_, sets)


def steady() -> str:
    """Return the letter of the fuel whose share moved least from 2021 to 2024."""

    def moved(fuel: str) -> Fraction:
        before, after = (figure(year, f"{fuel}_share") for year in (2021, 2024))
        return abs(after - before) / before

    return {"crude": "a", "coal": "b", "LNG": "c"}[min(FUELS, key=moved)]


def contract(saving: object, s: object) -> Fraction:
    """Return the least cost of breaking a contract at which Japan goes on buying."""
    held = rationalizing(CONTRACT, "Engage", "b", E=saving, s=s)
    least: Fraction = held.spans[0].low  # type: ignore[union-attr]
    return least


def trade_claim() -> str:
    """Return b if trade halved in value while the shares of volume fell far less."""
    before, after = (
        figure(year, "imports_from_russia") + figure(year, "exports_to_russia")
        for year in (2014, 2016)
    )
    shares = [figure(2016, f"{fuel}_share") / figure(2014, f"{fuel}_share") for fuel in FUELS]
    return "b" if after < before * Fraction(1, 2) and min(shares) > Fraction(7, 10) else ""


QUESTIONS = {
    "share": letter(
        steady,
        "From 8.8 to 8.6 %, while crude oil fell to nothing and coal almost to nothing.",
        {
            "a": "crude oil fell from 3.6 % to nothing.",
            "b": "coal fell from 10.8 % to 0.7 %.",
        },
        {
            "a": "Crude oil.",
            "b": "Coal.",
            "c": "LNG.",
        },
    ),
    "advantage": number(
        lambda: (Fraction(100) - 90) * 3,
        "Ten a ton, three million times.",
        {
            10: "that is what a ton saves; multiply by the tons that Russia sold.",
            270: "that is what was paid to Russia; take the difference of the two prices first.",
            300: "that is what it would have cost elsewhere; the advantage is the difference.",
            -30: "Russian fuel was the cheaper one, so the advantage is positive.",
            3: "that is the volume; multiply it by the difference of the prices.",
        },
        "Take the difference of the two prices, times the volume.",
    ),
    "crude": letter(
        lambda: (
            "b" if "19.2" in bound("Comply", "19.2") and 19 not in bound("Comply", 19.2) else ""
        ),
        "With less than that to fear, Japan would have gone on buying.",
        {
            "a": "with a small sanction it pays to go on buying, and Japan did not.",
            "c": "nobody saw s, but not every s fits what Japan did.",
        },
        {
            "a": "Those of 19.2 or less.",
            "b": "Those of 19.2 or more.",
            "c": "Any, as nobody knows s.",
        },
    ),
    "gas": number(
        lambda: bound("Engage", 129).spans[0].high,
        "From 129 on, Japan would have given up the gas too.",
        {
            "19.2": "that was crude oil; gas saved more.",
            "18.7": "that was coal; gas saved more.",
            0: "with a small sanction Japan goes on buying, so small values fit as well.",
            "109.8": "do not take crude oil away; look at gas by itself.",
        },
        "What did gas save in 2022, and what must the sanction be, for Japan to keep buying?",
    ),
    "next-year": number(
        lambda: explained(2023).spans[0].low,
        "Coal asks for more than crude oil that year: 9.7 against 2.2.",
        {
            "2.2": "that explains crude oil, but not coal, which saved more.",
            "21.6": "that is the upper end, from the gas.",
            "19.2": "that was 2022; take the advantages of 2023.",
            "11.9": "the bounds are not added: s must be at least as large as each of them.",
        },
        "Both crude oil and coal were given up, so s must be at least as large as either saving.",
    ),
    "empty": letter(
        lambda: "c" if not explained(2021) else "",
        "Coal asks for at least 16.4, and gas for less than 6.4.",
        {
            "a": "16.4 is more than 6.4: nothing lies above the one and below the other.",
            "b": "that was 2022.",
        },
        {
            "a": "Those from 6.4 to 16.4.",
            "b": "Those from 19.2 to 129.",
            "c": "None.",
        },
    ),
    "refuted": letter(
        lambda: "b",
        "Data never meet an assumption alone. Which one to give up is a choice, and it must be "
        "argued for.",
        {
            "a": "a Japan that does what is best fits as well, if sanctions differ between fuels.",
            "c": "the sanction may be large for one fuel and small for another.",
        },
        {
            "a": "That Japan does what is best for it.",
            "b": "All these assumptions together: at least one of them is wrong.",
            "c": "That sanctions make a difference.",
        },
    ),
    "contract": number(
        lambda: contract("-10.6", 5),
        "Leaving costs 15.6, and so does staying: 10.6 lost and 5 in sanctions.",
        {
            "10.6": "that is how much dearer the gas is; the sanction comes on top.",
            5: "that is the sanction alone; the gas loses 10.6 as well.",
            "5.6": "both count against the gas: add them.",
            "-15.6": "a cost is written without a minus here.",
        },
        "Japan stays if -b is at most E - s. Put in E = -10.6 and s = 5.",
    ),
    "mended": letter(
        lambda: "a",
        "It now fits whatever Japan does, so what Japan does is no evidence for it.",
        {
            "b": "fitting is not enough, if it would have fitted anything else as well.",
            "c": "its numbers are allowed; they are only not measured.",
        },
        {
            "a": "That it fits is no evidence yet: measure b from the contracts, and look again.",
            "b": "It fits, so it is right.",
            "c": "It is worthless, as b is not known.",
        },
    ),
    "claim": letter(
        trade_claim,
        "Half of the money is gone, and far less than half of the fuel.",
        {
            "a": "look at the shares of each fuel: Russia's share of crude oil fell by a quarter, "
            "not by half, and that of coal rose.",
            "c": "something did fall: trade in yen halved, and so did part of the volumes.",
        },
        {
            "a": "They support it: trade fell by half.",
            "b": "They support it in part: the value halved, but mostly the price of fuel fell.",
            "c": "They refute it: nothing changed.",
        },
    ),
    "recall-bound": number(
        lambda: bound("Engage", 8).spans[0].high,
        "It goes on buying only while the sanction is less than what it saves.",
        {
            0: "small sanctions fit as well; ask for the largest ones.",
            4: "nothing here is halved.",
        },
        "When does Japan give up what saves it 8?",
    ),
    "recall-empty": letter(
        lambda: "b" if not bound("Comply", 9) & bound("Engage", 6) else "",
        "At least 9 and less than 6 at once cannot be.",
        {
            "a": "from 6 to 9 the first fuel would have been kept as well.",
            "c": "each fuel by itself rules out many values.",
        },
        {
            "a": "One from 6 to 9.",
            "b": "None.",
            "c": "Any.",
        },
    ),
    "recall-advantage": letter(
        lambda: "c",
        "Other sellers would raise their prices, and contracts hide the price of the day.",
        {
            "a": "that is what it measures.",
            "b": "the price paid to others is part of it: the average of the year.",
        },
        {
            "a": "What was saved at the prices that were paid.",
            "b": "What was paid to others.",
            "c": "What it would cost to do without Russia.",
        },
    ),
}
