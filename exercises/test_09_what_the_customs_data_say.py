"""Tests of exercise 9. You may read them: they hold no stored solution but ask the solver."""

import random
from fractions import Fraction
from functools import lru_cache, reduce
from operator import and_

import pytest

import balancegame as bg
from balancegame.exact import plain
from balancegame.grading import exercise as ex
from balancegame.models.one_fuel import ONE_FUEL

DONE = {"crude": "Comply", "coal": "Comply", "gas": "Engage"}

# Nobody asks for larger savings, so the range of the model is no bound of its own.
MOST = 200


@lru_cache(maxsize=256)
def explaining(done, saving):
    """Return the sanctions that explain what was done with one fuel."""
    return bg.rationalizing(ONE_FUEL, {"Japan": done}, "s", E=saving)


def alone(fuel, saving):
    """Return the sanctions that explain what was done with a fuel of this name."""
    return explaining(DONE[fuel], saving)


def explained(savings):
    """Return the sanctions that explain all three fuels."""
    return explaining_all(*savings.items())


# Two tests ask about the same two years.
@lru_cache(maxsize=8)
def explaining_all(*savings):
    return reduce(and_, (alone(fuel, saving) for fuel, saving in savings))


@pytest.mark.task(1)
@pytest.mark.hint(
    "What would the country have done with a fuel, had the sanction been smaller?",
    "Crude oil and coal each say that s is at least what they save; gas says that s is less.",
    "at_least is the larger saving of the two fuels that were given up; below is that of gas.",
)
@ex.asks("crude_alone")
def test_one_fuel(own):
    crude, coal, gas = own["first_year"].values()
    return alone("crude", crude).spans[0].low, {
        ("coal", coal): "that is coal; the question is about crude oil alone.",
        ("gas", gas): "that is gas, which was kept.",
        ("zero", 0): "with no sanction it would have gone on buying crude oil, which saves it "
        "something.",
        "first": "from which sanction on is it better to give up what crude oil saves?",
    }


@pytest.mark.task(1)
@ex.asks("at_least", "below")
def test_all_fuels(own, name):
    crude, coal, gas = own["first_year"].values()
    (span,) = explained(own["first_year"]).spans
    if name == "at_least":
        return span.low, {
            ("smaller", min(crude, coal)): "that explains one of the fuels that were given up, "
            "but not the other.",
            ("added", crude + coal): "bounds are not added: s must be at least as large as "
            "each of them.",
            ("gas", gas): "that is the gas, which was kept: it bounds s from above.",
            "lower": "s must be at least as large as the saving of each fuel that was given up.",
        }
    return span.high, {
        ("given-up", crude, coal): "that is a fuel that was given up: it bounds s from below.",
        ("difference", gas - max(crude, coal)): "that is how far the bounds are apart.",
        "upper": "only the fuel that was kept says that s is less than something.",
    }


@pytest.mark.task(1)
@ex.asks("second_year", read=("yes", "no"))
def test_second_year(own):
    right = "yes" if explained(own["second_year"]) else "no"
    other = "no" if right == "yes" else "yes"
    found = {
        "yes": "no sanction is at least what coal and crude oil save and less than what gas saves.",
        "no": "some sanctions are at least what coal and crude oil save and less than what gas "
        "saves.",
    }
    return right, {("other", other): found[other]}


@pytest.mark.task(2)
@pytest.mark.hint(
    "What is compared with what?",
    "The country stays if -b is at most E - s. A value is a price times a volume.",
    "(average - Russia) x volume; b = s - E; s = E + b; (after/before) / (after/before).",
)
@ex.asks("advantage")
def test_advantage(own):
    average, russia, volume = own["prices"].values()
    right = (average - russia) * volume
    return right, {
        ("a-ton", average - russia): "that is what one ton saves; multiply by the volume.",
        ("sign", -right): "it is positive if Russian fuel is the cheaper one.",
        ("paid", russia * volume): "that is what was paid to Russia.",
        ("elsewhere", average * volume): "that is what it would have cost at the average "
        "price; take away what was paid.",
        "advantage": "take the difference of the two prices, times the volume.",
    }


@pytest.mark.task(2)
@ex.asks("least_contract", "largest_sanction")
def test_contract(own, name):
    E, s, b = own["contract"].values()
    if name == "least_contract":
        return s - E, {
            ("sign-of-E", s + E): "E is negative: a gas that loses makes leaving more "
            "tempting, not less.",
            ("loss-only", -E): "that is what the gas loses; the sanction comes on top.",
            ("sanction-only", s): "that is the sanction; the gas loses money besides.",
            ("negative", E - s): "b is a cost, written without a minus.",
            "contract": "leaving costs b, staying costs the loss on the gas and the sanction.",
        }
    return E + b, {
        ("sign-of-E", b - E): "the loss on the gas uses up a part of b, so that less is left "
        "for the sanction.",
        ("contract-only", b): "that would be so if the gas lost nothing.",
        ("loss-only", -E): "that is what the gas loses.",
        "sanction": "it stays while the loss on the gas and the sanction cost no more than b.",
    }


@pytest.mark.task(2)
@ex.asks("price_times")
def test_price(own):
    before, after, much, little = own["trade"].values()
    value, volume = Fraction(after, before), Fraction(little, much)
    return value / volume, {
        ("value", value): "that is by how much the value was multiplied; the volume changed too.",
        ("volume", volume): "that is by how much the volume was multiplied.",
        ("multiplied", value * volume): "a value is a price times a volume: so divide.",
        ("upside-down", volume / value): "it is upside down: the value fell more than the volume.",
        "price": "value is price times volume: divide the one ratio by the other.",
    }


def right_bounds(seen):
    """Return the bounds, from the solver's sets."""
    found = reduce(
        and_, (explaining("Engage" if kept else "Comply", saving) for saving, kept in seen)
    )
    if not found:
        return "none"
    (span,) = found.spans
    return int(span.low), None if span.high == MOST else int(span.high)


def pairs(given, function, seen):
    """Return what the student's function gave back as a pair of numbers, or the word."""
    given = ex.read_returned(given, function)
    if isinstance(given, str) and ex.spelled(given) == "none":
        return "none"
    if not isinstance(given, (list, tuple)) or len(given) != 2:
        ex.wrong("not-a-pair", f'{function} gives back {given!r}, not a pair of numbers or "none".')
    low, high = given
    return (
        ex.number_meant(low, function),
        None if high is None else ex.number_meant(high, function),
    )


FEW_FUELS = [[(9, True)], [(9, False)], [(-4, False)], [(-4, True)], [(5, False), (5, True)]]


def many_fuels(counts=(2, 2, 3, 3, 4, 5), among=(-5, 30), kept=0.4, seed="exercise 9"):
    """Return what fuels save, and whether they were kept; a single one and a tie among them."""
    draw = random.Random(seed)
    return [(case,) for case in FEW_FUELS] + [
        ([(draw.randint(*among), draw.random() < kept) for _ in range(count)],)
        for count in counts * 6
    ]


EXAMPLES = [([(12, False), (15, False), (40, True)],), ([(12, False)],), ([(9, False), (8, True)],)]


def by(pick_low, pick_high, empty=lambda low, high: low >= high, floor=0):
    """Return a function that picks its bounds in some way."""

    def function(seen):
        left = [saving for saving, kept in seen if not kept]
        kept = [saving for saving, kept in seen if kept]
        low = pick_low([*left, *([floor] if floor is not None else [])] or [0])
        high = pick_high(kept) if kept else None
        return "none" if high is not None and empty(low, high) else (low, high)

    return function


@pytest.mark.task(3)
@pytest.mark.hint(
    "What does a fuel that was given up say of s, and what one that was kept?",
    "Collect the savings of both kinds in two lists. A sanction is never negative.",
    "low = max of 0 and the savings given up; high = min of those kept; then compare the two.",
)
@ex.asks_function(
    right_bounds,
    {"in the examples": (1, EXAMPLES), "in many other cases": (2, many_fuels)},
    {
        ("smallest-left", by(lambda a: sorted(a)[min(1, len(a) - 1)], min)): "takes too small a "
        "saving of those that were given up; s must be at least as large as each of them",
        ("largest-kept", by(max, max)): "takes the largest saving of those that were kept; s must "
        "be less than each of them",
        ("no-floor", by(max, min, floor=None)): "lets s be negative; a sanction is 0 at least",
        ("tie", by(max, min, empty=lambda low, high: low > high)): "finds a sanction where the two "
        "bounds are equal; s must be less than what was kept saves",
        ("never-none", by(max, min, empty=lambda low, high: False)): "gives bounds even where no "
        'sanction lies between them; return "none" there',
    },
    pairs,
)
def test_bounds(says, right, seen):
    return f"bounds({seen}) returns {shown(says)}; it should be {shown(right)}."


def shown(answer):
    if answer == "none":
        return '"none"'
    return f"({', '.join('None' if x is None else plain(x) for x in answer)})"


def read_year(given, name):
    """Return the sanctions that explain a year."""
    if not isinstance(given, (list, tuple)) or len(given) != 3:
        ex.wrong("not-three", f"{name} is a list of three numbers: crude oil, coal and gas.")
    numbers = [ex.number_meant(x, name) for x in given]
    if not all(-50 <= x <= MOST for x in numbers):
        ex.wrong("too-far", f"{name}: give numbers from -50 to {MOST}.")
    return explained(dict(zip(DONE, numbers, strict=True)))


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "When does one sanction explain a year?",
    "In each year gas must save more than crude oil and more than coal.",
    "[12, 15, 40] is such a year: any s from 15 on and below 40 explains it.",
)
@ex.asks_design("year_1", "year_2", read=read_year)
def test_one_sanction_explains_each_year(**years):
    empty = [name for name, found in years.items() if not found]
    return {
        ("year-not-explained", bool(empty), "year_1 = [2, 5, 4]  # year_1"): "No sanction explains "
        f"{' or '.join(empty)}: gas must save more than either fuel that is given up, and more "
        "than 0.",
    }


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "How can two intervals have nothing in common?",
    "In one of the years even gas must save little, in the other coal or crude oil much.",
    "Let gas save less in the one year than coal does in the other.",
)
@ex.asks_design("year_1", "year_2", read=read_year)
def test_no_sanction_explains_both(year_1, year_2):
    both = year_1 & year_2
    least = plain(both.spans[0].low) if both else ""
    return {
        ("first-each-year", not (year_1 and year_2), "year_1 = [2, 5, 3]"): "First see to it that "
        "one sanction explains each year by itself.",
        ("both-explained", bool(both), "year_2 = [3, 7, 20]  # 7 explains"): f"A sanction of "
        f"{least} explains both years; let gas save less in the one year than coal or crude oil in "
        "the other.",
    }
