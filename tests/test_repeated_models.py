"""The models of repeated games: what the engine finds is what the closed forms say."""

from fractions import Fraction
from random import Random

import pytest
import sympy

import balancegame as bg
from balancegame.models.alliance import support_in_closed_form
from balancegame.models.favour import PERIODS, largest_favour
from balancegame.models.investment import sanction_in_closed_form
from tests.one_sentence import one_sentence

ALLIANCE, LINKAGE = bg.models["alliance"], bg.models["linkage"]
REPEATED = ("alliance", "reputation", "investment", "linkage", "favour")


def where_held(model, parameter, norm, **fixed):
    """Return the ends of the one regime, or run of regimes, in which a norm holds."""
    held = [r for r in bg.regimes(model, parameter, **fixed) if norm in r.solution]
    return (held[0].low, held[-1].high) if held else None


def linkage_in_closed_form(**given):
    """Return the least delta of both issues linked, of the first alone and of the second alone."""
    v = LINKAGE.values(**given)
    pooled = (v["E_1"] + v["E_2"]) / (v["Y_1"] + v["Y_2"])
    return pooled, v["E_1"] / v["Y_1"], v["E_2"] / v["Y_2"]


def credible_from(**given):
    """Return the least delta at which the US punishes a test."""
    v = bg.models["reputation"].values(**given)
    return v["k"] / (v["d"] + v["k"])


def shares_in_closed_form(**given):
    """Return the least and the largest share of Japan that sustain investment, if any does."""
    v = bg.models["investment"].values(**given)
    least, most = (v["I"] + v["s"]) / v["y"], v["delta"] * (1 - v["h"])
    return (least, most) if least <= most else None


def draw(model, rng, *names):
    chosen = {}
    for name in names:
        parameter = model.parameters[name]
        steps = int((parameter.high - parameter.low) / parameter.step)
        chosen[name] = parameter.low + parameter.step * rng.randint(0, steps)
    return chosen


def test_mutual_support_along_delta():
    regimes = bg.regimes(ALLIANCE, "delta", h=0)
    first = next(regime for regime in regimes if "mutual support" in regime.solution)
    assert (first.low, first.closed[0]) == (Fraction(1, 2), True)
    assert regimes[0].solution == ()
    assert (regimes[0].low, regimes[-1].high) == (0, Fraction(99, 100))
    assert Fraction(1, 2) in first
    assert Fraction(1, 2) not in regimes[0]


def test_regimes_agree_with_sustaining_deltas_and_verdicts():
    rng = Random(68)
    for name in REPEATED:
        model = bg.models[name]
        names = [n for n in model.parameters if n != "delta"]
        for _ in range(4):
            values = draw(model, rng, *rng.sample(names, 2))
            stage = model.stage.game(**values)
            hazard = model.game(**values).hazard
            for title, norm in model.norms.items():
                if norm.players:
                    continue
                deltas = bg.sustaining_deltas(stage, norm.automata)
                for regime in bg.regimes(model, "delta", **values):
                    middle = (regime.low + regime.high) / 2
                    counts = middle * (1 - hazard)
                    if isinstance(counts, Fraction):
                        inside = sympy.Rational(counts.numerator, counts.denominator) in deltas
                        assert (title in regime.solution) == inside
                        verdict = bg.verify(model.game(**values, delta=middle), norm.automata)
                        assert verdict.holds == inside


@pytest.mark.parametrize("delta", ["1/10", "1/4", "2/5", "1/2", "3/5"])
def test_the_shadow_of_the_future_replaces_sanctions_one_for_one(delta):
    least = support_in_closed_form(delta=delta).sanction
    assert least == max(2 - 5 * Fraction(delta), 0)
    held = where_held(ALLIANCE, "s", "mutual support", delta=delta, y=0.25, D=10)
    assert held == (least, 2)


def test_support_and_the_hazard():
    rng = Random(69)
    for _ in range(60):
        values = draw(ALLIANCE, rng, "E", "Y", "D", "y", "s") | {"delta": Fraction(9, 10)}
        if not values["s"] <= values["E"] < values["Y"] or values["D"] <= values["y"]:
            continue
        closed = support_in_closed_form(**values)
        held = where_held(ALLIANCE, "h", "mutual support", **values)
        assert held == (None if closed.hazard is None else (0, closed.hazard))


def test_the_stationary_threshold_is_not_the_frontier():
    closed = support_in_closed_form()
    assert (closed.delta, closed.frontier) == (Fraction(1, 2), Fraction(7, 15))
    between = ALLIANCE.game(delta="12/25")
    assert not bg.verify(between, ALLIANCE.norms["mutual support"].automata)
    assert bg.payoff_set(between).dimension == 2


def test_punishing_a_test_is_credible_from_k_over_d_plus_k():
    model = bg.models["reputation"]
    rng = Random(70)
    for _ in range(10):
        values = draw(model, rng, "k", "d")
        edge = credible_from(**values)
        held = where_held(model, "delta", "punishing a test", **values)
        assert held == ((edge, Fraction(99, 100)) if edge <= Fraction(99, 100) else None)
    test = model.norms["punishing a test"].automata
    for delta, action in (("39/100", "Acquiesce"), ("41/100", "Enforce")):
        reply = bg.best_reply(model.game(delta=delta), "US", test)
        assert reply.choices[0] == (("test",), action)


def test_investment():
    model = bg.models["investment"]
    rng = Random(71)
    for _ in range(20):
        values = draw(model, rng, "delta", "s", "h", "I", "y")
        held = where_held(model, "theta", "investment", **values)
        assert held == shares_in_closed_form(**values)
        assert (held is not None) == (values["s"] <= sanction_in_closed_form(**values))


def test_linked_issues_need_the_mediant():
    rng = Random(72)
    for _ in range(10):
        values = draw(LINKAGE, rng, "E_1", "E_2", "Y_1", "Y_2")
        pooled, first, second = linkage_in_closed_form(**values)
        if max(first, second) >= Fraction(99, 100):
            continue
        low = {t: where_held(LINKAGE, "delta", t, **values)[0] for t in LINKAGE.norms}
        assert low == {
            "both linked": pooled, "sanctions alone": first, "islands alone": second,
        }  # fmt: skip
        assert first == second or min(first, second) < pooled < max(first, second)


def test_a_favour_is_granted_up_to_its_discounted_return():
    model = bg.models["favour"]
    for delta, h in (("1/2", 0), ("4/5", "1/4"), ("9/10", "1/10")):
        edge = largest_favour(delta=delta, h=h)
        assert edge == (Fraction(delta) * (1 - Fraction(h))) ** PERIODS * 5
        assert where_held(model, "c", "a favour for a favour", delta=delta, h=h) == (0, edge)


@pytest.mark.parametrize("name", REPEATED)
def test_models_are_documented(name):
    model = bg.models[name]
    assert model.claims
    assert model.omits
    assert model.parameters["delta"].meaning
    assert set(model.norms) <= set(
        repr(model).replace(" and ", ", ").split("norms ")[1][:-1].split(", ")
    )


def test_errors():
    with one_sentence("no parameter q"):
        ALLIANCE.game(q=1)
    with one_sentence("delta = 1", "range"):
        ALLIANCE.game(delta=1)
    with one_sentence("no parameter q"):
        bg.regimes(ALLIANCE, "q")
