"""Weather that changes: closed forms against the solver, and what instability does to support."""

from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

import balancegame as bg
from balancegame.models.hostility import support_in_weather
from balancegame.models.investment_in_hostility import shares_in_weather
from tests.one_sentence import one_sentence

HOSTILITY, INVESTMENT = bg.models["hostility"], bg.models["investment-in-hostility"]
ANY, CALM = "support in any weather", "fair-weather support"
TINY = Fraction(1, 10**9)


def drawn(model, rng, *names):
    """Return values of some parameters, inside their ranges."""
    chosen = {}
    for name in names:
        parameter = model.parameters[name]
        steps = int((parameter.high - parameter.low) / parameter.step)
        chosen[name] = parameter.low + parameter.step * rng.randint(0, steps)
    return chosen


def support_values(rng):
    """Return values at which withholding is what an ally would do without a promise."""
    while True:
        v = drawn(HOSTILITY, rng, "f", "r", "k", "q", "delta", "E", "Y", "D", "y")
        if v["E"] + v["k"] - v["q"] > 0:
            return v


def holds(model, norm, **values):
    return bg.verify(model.game(**values), model.norms[norm].automata).holds


def test_the_least_sanction_in_closed_form():
    rng = Random(230)
    found = set()
    for _ in range(150):
        v = support_values(rng)
        closed = support_in_weather(**v)
        # Beyond this sanction Japan supports in any case, and withholding is no punishment.
        most = min(v["E"], v["E"] + v["k"] - v["q"])
        for norm, least, us in (
            (ANY, closed.any_weather, closed.any_weather_us),
            (CALM, closed.calm_only, closed.calm_only_us),
        ):
            willing = v["y"] <= us * v["D"]
            for s in (least - TINY, least, least + TINY):
                if 0 <= s <= min(most, 5):
                    kept = willing and s >= least
                    assert holds(HOSTILITY, norm, **v, s=s) == kept
                    found.add((norm, kept))
    assert len(found) == 4


@pytest.mark.parametrize("parameter", ["f", "r", "k", "q", "s", "delta"])
def test_regimes_agree_with_verdicts_beside_and_at_their_ends(parameter):
    rng = Random(f"231 {parameter}")
    for model in (HOSTILITY, INVESTMENT):
        if parameter not in model.parameters:
            continue
        for _ in range(6):
            others = [name for name in model.parameters if name != parameter]
            fixed = drawn(model, rng, *rng.sample(others, 4))
            for regime in bg.regimes(model, parameter, **fixed):
                ends = [e for e in (regime.low, regime.high) if isinstance(e, Fraction)]
                near = [e + step for e in ends for step in (-TINY, TINY)]
                for value in (*ends, *near):
                    if value in regime:
                        held = [
                            n for n in model.norms if holds(model, n, **fixed, **{parameter: value})
                        ]
                        assert tuple(held) == regime.solution, (fixed, value)


def least_sanction(**values):
    """Return the least sanction for support in any weather, found by the solver alone."""
    held = [r for r in bg.regimes(HOSTILITY, "s", **values) if ANY in r.solution]
    return held[0].low if held else None


def test_what_more_unstable_does_to_support():
    """Frequent, long and large shocks: harder if support is dearer in hostility, easier if not."""
    rng = Random(232)
    seen = set()
    for _ in range(200):
        v = support_values(rng)
        if not 0 < v["f"] < 1 or not 0 < v["r"] < 1 or not v["delta"]:
            continue
        v["y"], v["D"] = Fraction(1, 4), Fraction(10)
        dearer = v["k"] - v["q"]
        base = support_in_weather(**v)
        step = Fraction(1, 100)
        more = {
            "frequent": v | {"f": v["f"] + step * (1 - v["f"])},
            "longer": v | {"r": v["r"] * (1 - step)},
            "wider": v | {"k": v["k"] + step},
            "riskier": v | {"q": v["q"] + step},
            # The same share of hostile periods in weather that changes more slowly.
            "slower": v | {"f": v["f"] * (1 - step), "r": v["r"] * (1 - step)},
        }
        if v["k"] + step > 15 or v["q"] + step > 10 or not base.any_weather:
            continue
        for name, values in more.items():
            change = support_in_weather(**values).any_weather - base.any_weather
            sign = (change > 0) - (change < 0)
            expected = {
                "frequent": (dearer > 0) - (dearer < 0),
                "longer": (dearer > 0) - (dearer < 0),
                "wider": 1,
                "riskier": -1,
                # Slow weather makes support harder either way.
                "slower": int(bool(dearer)),
            }[name]
            if support_in_weather(**values).any_weather or expected > 0:
                assert sign == expected, (name, v)
            change = support_in_weather(**values).calm_only - base.calm_only
            # Where support lapses in hostility, slow weather makes it easier.
            if base.calm_only and name in {"frequent", "longer", "slower"}:
                assert change < 0 if name == "slower" else change > 0
            if name in {"wider", "riskier"}:
                assert not change
        seen.add((dearer > 0) - (dearer < 0))
    assert seen >= {1, -1}


def test_the_solver_sees_both_directions():
    """Where energy is at risk, support holds only if hostility is frequent enough."""
    risky = HOSTILITY.presets["energy at risk"]
    given = {name: value for name, value in risky.items() if name != "f"}
    low, high = bg.regimes(HOSTILITY, "f", **given)
    assert ANY not in low.solution
    assert ANY in high.solution
    assert (high.low, high.closed[0]) == (Fraction(3, 8), True)
    # With wider sanctions it is the other way round.
    low, *_, high = bg.regimes(HOSTILITY, "f")
    assert ANY in low.solution
    assert ANY not in high.solution
    assert (low.high, low.closed[1]) == (Fraction(1, 4), True)
    assert least_sanction() == support_in_weather().any_weather == 0
    assert least_sanction(f="1/2") == support_in_weather(f="1/2").any_weather > 0


def test_faster_weather_makes_support_easier():
    """The share of hostile periods stays 1/3; only how fast the weather turns differs."""
    sanctions = [least_sanction(f=f, r=2 * f, k=6) for f in map(Fraction, ("1/10", "1/4", "1/2"))]
    assert sanctions == sorted(sanctions, reverse=True)
    assert len(set(sanctions)) == 3


def test_shares_in_closed_form():
    rng = Random(233)
    seen = set()
    for _ in range(80):
        v = drawn(INVESTMENT, rng, "f", "r", "z", "s", "delta", "I", "y")
        if v["z"] >= v["y"] or not v["delta"]:
            continue
        least, most = shares_in_weather(**v)
        held = [
            r
            for r in bg.regimes(INVESTMENT, "theta", **v)
            if "investment in any weather" in r.solution
        ]
        if least > most:
            assert not held
        else:
            assert (held[0].low, held[-1].high) == (least, most)
        seen.add((least <= most, v["z"] > 0))
    assert len(seen) == 4


def test_what_more_unstable_does_to_investment():
    """Claim 8: whether tension makes Russia harder to trust depends on what it does to output."""
    rng = Random(234)
    seen = set()
    for _ in range(200):
        v = drawn(INVESTMENT, rng, "f", "r", "z", "s", "delta", "I", "y")
        if not 0 < v["f"] < 1 or not 0 < v["r"] < 1 or not v["delta"] or v["z"] >= v["y"]:
            continue
        if not -10 < v["z"] < 10 or not v["z"]:
            continue
        step = Fraction(1, 100)
        most = shares_in_weather(**v)[1]
        worse = v["z"] > 0
        size = step if worse else -step
        frequent = shares_in_weather(**v | {"f": v["f"] + step * (1 - v["f"])})[1]
        longer = shares_in_weather(**v | {"r": v["r"] * (1 - step)})[1]
        larger = shares_in_weather(**v | {"z": v["z"] + size})[1] if v["z"] + size < v["y"] else 0
        assert (frequent < most) is worse
        assert (longer < most) is worse
        assert frequent != most != longer
        assert larger < most
        seen.add(worse)
    assert seen == {True, False}


def test_presets_follow_from_the_facts():
    facts = (Path(__file__).parents[1] / "docs" / "facts.md").read_text(encoding="utf-8")
    gas = HOSTILITY.presets["gas in 2021 and 2022"]
    assert (gas["E"], gas["E"] + gas["k"]) == (Fraction("6.4") / 10, Fraction("129.0") / 10)
    assert "| 6.4 bn yen | 129.0 bn yen | E = 0.64, k = 12.9 - 0.64 = 12.26 |" in facts
    gas = INVESTMENT.presets["gas in 2021 and 2022"]
    ratio = Fraction("678.3") / Fraction("371.6")
    assert gas["y"] - gas["z"] == Fraction(round(4 * gas["y"] * ratio), 4)
    assert "| 371.6 bn yen | 678.3 bn yen | y = 10, z = 10 - 18.25 = -8.25 |" in facts


def test_presets_show_both():
    gas = INVESTMENT.presets["gas in 2021 and 2022"]
    assert gas["z"] == -Fraction("8.25")
    assert holds(INVESTMENT, "investment in any weather", **gas)
    for model in (HOSTILITY, INVESTMENT):
        for preset in model.presets.values():
            assert all(preset.sources.values())
    assert not holds(HOSTILITY, ANY, **HOSTILITY.presets["tension that stays"])
    assert holds(HOSTILITY, ANY, **HOSTILITY.presets["tension that passes"])


# Models of one's own.


def weather(**changed):
    calm = bg.Model(
        name="weather",
        title="Support in any weather",
        players=("Japan", "US"),
        actions=(("Support", "Withhold"),) * 2,
        payoffs=([["Y - 1", -1], ["Y", 0]], [["Y - 1", "Y"], [-1, 0]]),
        parameters=(
            bg.Parameter("delta", "what next period counts", "1/2", 0, "9/10"),
            bg.Parameter("Y", "what support is worth", 3, 0, 9),
            bg.Parameter("f", "chance that a storm breaks", "1/10", 0, 1),
        ),
    )
    given = {
        "stages": {"calm": calm, "storm": calm},
        "transitions": {"calm": {"storm": "f", "calm": "1 - f"}, "storm": "calm"},
        "norms": {"support": bg.Norm(bg.grim_trigger(("Support",) * 2, ("Withhold",) * 2))},
    }
    return bg.StochasticModel(**{**given, **changed})


def test_chances_may_depend_on_what_is_played():
    model = weather(
        transitions={
            "calm": {("Support", "Support"): "calm", "otherwise": {"storm": "f", "calm": "1 - f"}},
            "storm": {"storm": "f", "calm": "1 - f"},
        }
    )
    game = model.game(f="1/3")
    assert game.chances("calm", (0, 0)) == {"calm": 1}
    assert game.chances("calm", (0, 1)) == {"storm": Fraction(1, 3), "calm": Fraction(2, 3)}


def test_regimes_along_a_chance_that_play_decides_agree_with_verdicts():
    """Whoever supports keeps the storm away: the same formulas, drawn at random."""
    rng = Random(236)
    seen = set()
    both, neither = ("Support",) * 2, ("Withhold",) * 2
    for _ in range(12):
        kept, lost, passes = (rng.choice(["f", "f/2", "1 - f", "f*f", "1/3"]) for _ in range(3))
        model = weather(
            transitions={
                "calm": {
                    both: {"storm": kept, "calm": f"1 - ({kept})"},
                    "otherwise": {"storm": lost, "calm": f"1 - ({lost})"},
                },
                "storm": {"calm": passes, "storm": f"1 - ({passes})"},
            },
            norms={
                "support": bg.Norm(bg.grim_trigger(both, neither)),
                "fair weather": bg.Norm(bg.grim_trigger({"calm": both, "storm": neither}, neither)),
                "echo": bg.Norm(bg.tit_for_tat(both, neither)),
            },
        )
        fixed = {"Y": rng.randint(2, 6), "delta": Fraction(rng.randint(2, 8), 10)}
        for regime in bg.regimes(model, "f", **fixed):
            ends = [e for e in (regime.low, regime.high) if isinstance(e, Fraction)]
            for value in (*ends, *(e + step for e in ends for step in (-TINY, TINY))):
                if value in regime:
                    held = tuple(n for n in model.norms if holds(model, n, **fixed, f=value))
                    assert held == regime.solution, (kept, lost, passes, fixed, value)
            seen.add(regime.solution)
    assert len(seen) > 3


def test_a_state_that_is_out_of_reach_at_one_value_does_not_count_there():
    """At f = 0 no storm breaks, so nobody is ever in a storm with the automaton turned sour."""
    sour = bg.Automaton(
        "sour",
        {
            "fine": "Withhold",
            "sour": {"calm": "Withhold", "storm": "Support"},
        },
        {"fine": {"calm": "sour", "storm": "fine"}, "sour": "sour"},
    )
    model = weather(norms={"sour": bg.Norm(sour)}, transitions={
        "calm": {"storm": "f", "calm": "1 - f"}, "storm": "storm"})  # fmt: skip
    regimes = bg.regimes(model, "f")
    assert [(r.low, r.high, r.solution) for r in regimes] == [(0, 0, ("sour",)), (0, 1, ())]
    for value in (0, Fraction(1, 2), 1):
        held = holds(model, "sour", f=value)
        assert held == any(value in r and "sour" in r.solution for r in regimes)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"stages": {}}, ["stages", "{state: Model}"]),
        ({"stages": {"calm": 3}}, ["stage in calm", "3"]),
        ({"transitions": {"calm": {"storm": "g", "calm": "1 - g"}, "storm": "calm"}},
         ["chance of storm from calm", "uses g"]),
        ({"transitions": {"calm": {"storm": "f"}, "storm": "calm"}},
         ["from calm", "add up to 1/10"]),
        ({"transitions": {"calm": 1, "storm": "calm"}}, ["from calm", "is 1"]),
        ({"transitions": {"calm": "storm"}}, ["what comes after storm"]),
        ({"norms": {"support": bg.Norm(bg.always("Support"), players=("Russia",))}}, ["Russia"]),
        ({"delta": "d"}, ["delta", "uses d"]),
    ],
)  # fmt: skip
def test_bad_models(changed, words):
    with one_sentence(*words):
        weather(**changed)


def test_chances_that_leave_their_bounds_along_a_range():
    model = weather(transitions={"calm": {"storm": "2*f", "calm": "1 - 2*f"}, "storm": "calm"})
    with one_sentence("chance from calm to calm", "negative", "f = 1/2"):
        bg.regimes(model, "f")
    model = weather(transitions={"calm": {"storm": "f", "calm": "9*f"}, "storm": "calm"})
    with one_sentence("from calm", "add up to 1 at every f"):
        bg.regimes(model, "f")
