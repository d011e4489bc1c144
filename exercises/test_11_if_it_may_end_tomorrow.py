"""Tests of exercise 11. You may read them: they hold no stored solution but ask the solver."""

import random
from fractions import Fraction
from functools import cache, lru_cache, partial

import pytest

import balancegame as bg
from balancegame.exact import exact, plain
from balancegame.grading import exercise as ex
from balancegame.models.favour import exchange
from balancegame.models.hostility import dearest_support, most_frequent_shocks

GRIM = bg.grim_trigger(("Support", "Support"), ("Withhold", "Withhold"))
FAVOUR, INVESTMENT, LINKAGE, HOSTILITY = (
    bg.models[name] for name in ("favour", "investment", "linkage", "hostility")
)
ISSUES = {"hard_alone": "sanctions alone", "easy_alone": "islands alone", "linked": "both linked"}


@pytest.mark.task(1)
@pytest.mark.points(2)
@pytest.mark.hint(
    "How much must tomorrow count for grim trigger to hold, if nothing is in doubt?",
    "With a hazard, tomorrow counts delta (1 - h); set that equal to what is needed.",
    "If d is needed, 1 - h = d/delta, so h = 1 - d/delta.",
)
@ex.asks("largest_hazard", read=ex.read_probability)
def test_largest_hazard(own):
    stage, delta = own["alliance"], own["delta"]
    needed = ex.least_patience(stage, GRIM)
    right = 1 - needed / delta
    return right, {
        ("chance-to-last", 1 - right): "that is 1 - h, the chance to last; h is the rest.",
        ("subtracted", delta - needed): "you subtracted; tomorrow counts delta times 1 - h, so "
        "divide.",
        ("delta-forgotten", 1 - needed): "that would be right at delta = 1; here some patience "
        "is missing already.",
        ("too-large", lambda h: h > right): lambda h: (
            f"at h = {plain(h)}, tomorrow counts {plain(delta * (1 - h))}, and grim trigger "
            f"needs {plain(needed)}."
        ),
        "too-small": lambda h: (
            f"at h = {plain(h)}, tomorrow counts {plain(delta * (1 - h))}, more than the "
            f"{plain(needed)} that grim trigger needs, so it survives more doubt than that."
        ),
    }


@pytest.mark.task(1)
@pytest.mark.points(2)
@pytest.mark.hint(
    "What is the largest share of the output that leaves Russia no wish to seize it all?",
    "Russia shares if Japan's share is at most delta (1 - h). Out of it Japan pays I and s.",
    "So s is at most delta (1 - h) y - I.",
)
@ex.asks("largest_sanction")
def test_largest_sanction(own):
    project = own["project"]
    paid, y, delta, h = map(Fraction, project.values())
    # At the largest share that keeps Russia from seizing, Japan is left with nothing; as long as
    # both keep to the norm, every period is the same.
    game = INVESTMENT.stage.game(**project, s=0, theta=delta * (1 - h))
    right = game.payoff(("Invest", "Share"))[0]
    return right, {
        ("no-hazard", delta * y - paid): "that would be right without the hazard; with it "
        "tomorrow counts only delta (1 - h).",
        ("hazard-subtracted", (delta - h) * y - paid): "tomorrow counts delta times 1 - h, not "
        "delta minus h.",
        ("investment-forgotten", right + paid): "{given} is what Russia can leave to Japan, "
        "which has to pay what it invests out of it too.",
        ("sign", -right): "the other way round: the sanction is what is left when the "
        "investment is paid.",
        ("russias-share", y - right - paid): "{given} is what Russia must be left; the "
        "question is what Japan can bear.",
        ("too-large", lambda s: s > right): lambda s: (
            f"with s = {plain(s)} Japan needs {plain((paid + s) / y)} of the output, and "
            f"Russia seizes all of it if Japan gets more than {plain(delta * (1 - h))}."
        ),
        "too-small": lambda s: (
            f"with s = {plain(s)} Japan needs {plain((paid + s) / y)} of the output, and "
            f"Russia leaves it up to {plain(delta * (1 - h))}; a larger s is survived too."
        ),
    }


def least_delta(name, values):
    """Ask the solver for the least discount factor at which support holds, alone or linked."""
    return least_delta_of(name, *(values[symbol] for symbol in NAMES.values()))


# Most answers and most mistakes about two issues come back to the same three numbers.
@lru_cache(maxsize=16)
def least_delta_of(name, *values):
    issues = dict(zip(NAMES.values(), values, strict=True))
    return ex.least_patience(LINKAGE.stage.game(**issues), LINKAGE.norms[ISSUES[name]].automata)


@pytest.mark.task(2)
@pytest.mark.hint(
    "What does withholding gain once, and what does it lose in every later period?",
    "On one issue the gain is E, once, and the loss Y - E, in every later period.",
    "That makes E/Y. Linked, whoever withholds gains both costs and loses both worths.",
)
@ex.asks("hard_alone", "easy_alone")
def test_alone(own, name):
    values, number = own["issues"], 1 if name == "hard_alone" else 2
    E, Y = values[f"E_{number}"], values[f"Y_{number}"]
    (other,) = {"hard_alone", "easy_alone"} - {name}
    return least_delta(name, values), {
        ("other-issue", least_delta(other, values)): "{given} belongs to the other issue.",
        ("upside-down", Fraction(Y, E)): "a discount factor is less than 1; you have it upside "
        "down.",
        ("net-worth", Fraction(E, Y - E)): "that compares the cost with Y - E; but the cost is "
        "saved once, and Y - E is lost in every later period.",
        ("gain-only", Fraction(Y - E, Y)): "the other way round: {given} is 1 - E/Y.",
        "not-this-issue": f"on this issue withholding saves {E} once and loses {Y - E} in "
        "every later period; find the delta at which the two are equal.",
    }


@pytest.mark.task(2)
@pytest.mark.points(2)
@ex.asks("linked")
def test_linked(own):
    values = own["issues"]
    hard, easy = (least_delta(name, values) for name in ("hard_alone", "easy_alone"))
    costs, worths = (values[f"{letter}_1"] + values[f"{letter}_2"] for letter in "EY")
    rule = "add the costs, add the worths, then divide."
    return least_delta("linked", values), {
        ("hard-decides", hard): "{given} is what the hard issue needs alone; linked, whoever "
        "withholds there loses support on the easy one too.",
        ("easy-decides", easy): "{given} is what the easy issue needs alone; it has to carry "
        "the hard one.",
        ("fractions-added", hard + easy): f"do not add fractions: {rule}",
        ("average", (hard + easy) / 2): f"it is not the average of the two: {rule}",
        ("multiplied", hard * easy): f"do not multiply: {rule}",
        "not-linked": f"withholding on both saves {costs} once and loses {worths - costs} in "
        "every later period; find the delta at which the two are equal.",
    }


@cache
def most(B, periods, delta, h):
    """Ask the solver: what is the way from a favour to its return worth, if the favour is free?"""
    game = bg.RepeatedGame(FAVOUR.stage.game(B=B, c=0), delta, h)
    return bg.discounted_payoffs(game, exchange(periods))[0] / (1 - game.patience)


def many_favours(waits=(1, 6), likeliest=10, seed=11):
    """Return favours: B, the periods until it comes, delta, and a hazard up to some twentieths.

    What each may cost has a denominator of at most 1,000, so that a float is known as it.
    """
    draw = random.Random(seed).randint
    found = []
    while len(found) < 40:
        quarters, wait, twentieths, twelfths = draw(4, 40), draw(*waits), draw(1, 19), draw(1, 11)
        # Whole numbers tell soonest whether the hazard is too large, as it mostly is.
        spare = 12 * twentieths - 20 * twelfths
        if not 0 <= 20 * spare <= likeliest * 12 * twentieths:
            continue
        worth, delta, tomorrow = (
            Fraction(quarters, 4),
            Fraction(twentieths, 20),
            Fraction(twelfths, 12),
        )
        if (worth * tomorrow**wait).denominator <= ex.LARGEST_DENOMINATOR:
            found.append((worth, wait, delta, 1 - tomorrow / delta))
    return found


MISTAKEN_FAVOURS = {
    ("no-hazard", lambda B, n, d, h: B * d**n): "forgets the hazard: the return comes only if "
    "nothing breaks off before",
    ("hazard-once", lambda B, n, d, h: B * d**n * (1 - h)): "counts the hazard once; "
    "the relationship must last through every period of the wait",
    ("hazard-subtracted", lambda B, n, d, h: B * (d - h) ** n): "subtracts the hazard; "
    "tomorrow counts delta times 1 - h",
    ("hazard-in-place", lambda B, n, d, h: B * (d * h) ** n): "multiplies by the "
    "chance of a break; take the chance to last, 1 - h",
    ("one-period", lambda B, n, d, h: B * d * (1 - h)): "waits for one period only; "
    "the return comes after several",
    (
        "times-periods",
        lambda B, n, d, h: B * d * (1 - h) * n,
        lambda B, n, d, h: B * d * (1 - h) / n,
    ): "multiplies or divides by the number of periods; each period multiplies by delta (1 - "
    "h) once more",
    ("one-too-many", lambda B, n, d, h: B * (d * (1 - h)) ** (n + 1)): "waits for one period "
    "too many; the favour is done today",
    ("one-too-few", lambda B, n, d, h: B * (d * (1 - h)) ** (n - 1)): "waits for one period "
    "too few",
    ("averaged", lambda B, n, d, h: B * (1 - d * (1 - h)) * (d * (1 - h)) ** n): "weighs with "
    "1 - delta (1 - h) as an average does; cost and return come once each, so leave that "
    "weight out on both sides",
}


@pytest.mark.task(3)
@pytest.mark.hint(
    "What is one unit worth today that comes after one period, and what after two?",
    "Each period of waiting multiplies by delta (1 - h).",
    "So it is B * (delta * (1 - h)) ** periods.",
)
@ex.asks_function(
    most,
    {"in the lesson's game": (1, [(5, 3, Fraction(1, 2), 0)]), "in many cases": (2, many_favours)},
    MISTAKEN_FAVOURS,
    ex.read_returned_number,
)
def test_largest_favour(says, right, *favour):
    shown = ", ".join(plain(exact(each)) for each in favour)
    return (
        f"largest_favour({shown}) says {plain(says)}, which is "
        f"{'more' if says > right else 'less'} than the return is worth today. Multiply by "
        "delta (1 - h) once for each period of the wait."
    )


NAMES = {"hard_cost": "E_1", "hard_worth": "Y_1", "easy_cost": "E_2", "easy_worth": "Y_2"}


def designed(**given):
    """Return the values of the issues that a student invented."""
    values = {NAMES[name]: value for name, value in given.items()}
    for n, kind in ((1, "hard"), (2, "easy")):
        cost, worth = values[f"E_{n}"], values[f"Y_{n}"]
        if cost >= worth:
            ex.wrong(
                f"{kind}-not-worth-it",
                f"On the {kind} issue support costs {plain(cost)} and is worth {plain(worth)}; it "
                "must be worth more than it costs, or nobody would want it.",
            )
    return values


def needs(name, values):
    """Return the least discount factor at which support on invented issues holds, in words."""
    return plain(least_delta(name, values))


def holds(name, values, delta):
    # Support costs something, so nobody leaves the punishment.
    return least_delta(name, values) <= delta


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "Between which two numbers must the mediant lie?",
    "Above delta (1 - h) and at most delta. The hard issue lies above delta, the easy one at "
    "most at delta (1 - h).",
    "Give both issues the same worth, and let one cost lie as far above its product with delta as "
    "the other lies below.",
)
@ex.asks_design(*NAMES, read=ex.read_number)
def test_linking_saves_the_hard_issue(own, **given):
    values, delta = designed(**given), own["design_delta"]
    alone, fails = holds("hard_alone", values, delta), not holds("linked", values, delta)
    return {
        ("hard-holds-alone", alone, "hard_cost = 3  # 3/5 and delta is 2/3"): lambda: (
            f"The hard issue needs {needs('hard_alone', values)} and delta is {plain(delta)}, so "
            "it holds alone and nothing has to save it. Make it dearer."
        ),
        ("linked-too-hard", fails, "easy_cost = 3  # need 7/9"): lambda: (
            f"Linked, the issues need {needs('linked', values)}, more than delta = {plain(delta)}, "
            "so linking does not save the hard one. Let the easy one, which needs "
            f"{needs('easy_alone', values)}, carry more."
        ),
    }


@pytest.mark.task(4)
@pytest.mark.points(2)
@ex.asks_design(*NAMES, read=ex.read_number)
def test_in_doubt_linking_drags_the_easy_issue_down(own, **given):
    values, counts = designed(**given), own["design_delta"] * (1 - own["design_hazard"])
    fails, linked = not holds("easy_alone", values, counts), holds("linked", values, counts)
    doubt = f"With the hazard, tomorrow counts {plain(counts)}, and"
    return {
        ("easy-fails-too", fails, "easy_cost = 3  # alone needs 3/4"): lambda: (
            f"{doubt} the easy issue alone needs {needs('easy_alone', values)}: it fails in any "
            "case, linked or not. Make it easier."
        ),
        ("linked-still-holds", linked, "easy_cost = '1/4'  # need 17/36"): lambda: (
            f"{doubt} linked the issues need {needs('linked', values)}: they still hold, and "
            "nobody regrets the link. Bring what they need together nearer to delta."
        ),
    }


@pytest.mark.task(5)
@pytest.mark.points(2)
@pytest.mark.hint(
    "In which of the two states is Japan tempted most, and what can it look forward to there?",
    "In hostility, calm counts with weight w = delta r/(1 - delta + delta (f + r)), so the cost is "
    "E + k - k w.",
    "Solve delta Y = E + k - k w for w, and then w for f. Or ask bg.regimes along f.",
)
@ex.asks("largest_chance", read=ex.read_probability)
def test_largest_chance(own):
    values = own["weather"]
    E, k, Y, delta, r = values.values()
    worth, spare = delta * Y, delta * Y - E
    right, dearest = most_frequent_shocks(**values, q=0), partial(dearest_support, **values, q=0)
    return right, {
        ("chance-to-stay", 1 - right): "that is 1 - f, the chance that calm lasts.",
        ("ends-everything", 1 - E / worth): "that treats hostility as the end of everything; "
        "here support goes on in it, is dearer there, and hostility passes again.",
        ("long-run", spare * r / (k - spare)): "that weighs calm and hostility by the time "
        "that they take in the long run; but Japan decides in hostility, and what is near "
        "counts more.",
        ("too-large", lambda f: f > right): lambda f: (
            f"at f = {plain(f)} support costs {plain(dearest(f=f))} on balance in hostility, "
            f"and the future is worth {plain(worth)}, delta times Y."
        ),
        "too-small": lambda f: (
            f"at f = {plain(f)} support costs {plain(dearest(f=f))} on balance in hostility, "
            f"less than the {plain(worth)} that the future is worth, so it holds at a larger f "
            "too."
        ),
    }


@pytest.mark.task(5)
@pytest.mark.points(2)
@pytest.mark.hint(
    "In which of the two states does support cost most?",
    "There it must pay. More frequent hostility means that more, or less, of the future is better "
    "than that.",
    "If calm is the dear state, hostility is what Japan looks forward to.",
)
@ex.asks("more_frequent", read=("harder", "easier", "no difference"))
def test_more_frequent(own):
    calm, hostility = own["costs"].values()
    costs = {"E": calm, "k": max(hostility - calm, 0), "q": max(calm - hostility, 0)}
    rarely, often = (dearest_support(**costs, f=Fraction(n, 4)) for n in (1, 3))
    dear = "hostility" if hostility > calm else "calm"
    right, other = ("harder", "easier") if often > rarely else ("easier", "harder")
    return right, {
        ("other-way", other): f"support costs most in {dear}, so that is where it is in "
        "danger; ask what more frequent hostility then adds to what lies ahead.",
        ("no-difference", "no difference"): f"support costs {calm} in calm and "
        f"{hostility} in hostility, so it matters which of them lies ahead.",
    }
