"""Model M1: its continua, its presets, and where their numbers come from."""

import re
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given

import balancegame as bg
from tests.bounded_fractions import fractions_between

MODEL = bg.models["core-dilemma"]
COMPLY, ENGAGE = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))
ENFORCE, ACQUIESCE = COMPLY, ENGAGE


def enforcing(probability):
    return (Fraction(probability), 1 - Fraction(probability))


def subsets(solution):
    return {
        frozenset(tuple(frozenset(side) for side in subset) for subset in component)
        for component in solution.components
    }


def component(*members):
    return frozenset(tuple(frozenset(side) for side in subset) for subset in members)


def by_hand(s, E, k, r):
    """Derive the components from the inequalities of the model."""
    enough = enforcing(Fraction(E) / s) if s >= E else None
    comply = ([COMPLY], {ENFORCE, enough})
    if r > k:
        if s < E:
            return {component(([ENGAGE], [ENFORCE]))}
        if s == E:
            return {component(([COMPLY, ENGAGE], [ENFORCE]))}
        return {component(comply)}
    if k > r:
        found = {component(([ENGAGE], [ACQUIESCE]))}
        return found | {component(comply)} if s >= E else found
    if s < E:
        return {component(([ENGAGE], [ENFORCE, ACQUIESCE]))}
    crossing = ([COMPLY, ENGAGE], [enough])
    engage = ([ENGAGE], [enough, ACQUIESCE])
    return {component(comply, crossing, engage) if s > E else component(crossing, engage)}


@pytest.mark.parametrize(
    ("s", "expected"),
    [
        (4, component(([ENGAGE], [ENFORCE]))),
        (5, component(([COMPLY, ENGAGE], [ENFORCE]))),
        (6, component(([COMPLY], [ENFORCE, enforcing("5/6")]))),
    ],
)
def test_the_first_lesson(s, expected):
    solution = bg.equilibria(MODEL.game(s=s, E=5, S=10, V=10, d=3, k=2, r=4))
    assert subsets(solution) == {expected}
    assert solution.degenerate


@pytest.mark.parametrize(
    ("s", "E", "k", "r"), list(product((0, 1, 5, "13/2", 20), (1, 5, "13/2", 20), (0, 3), (0, 3)))
)
def test_every_case_of_the_propositions(s, E, k, r):
    solution = bg.equilibria(MODEL.game(s=s, E=E, k=k, r=r))
    assert subsets(solution) == by_hand(Fraction(s), Fraction(E), k, r)
    assert solution.degenerate


@given(
    s=fractions_between(0, 20),
    E=fractions_between(Fraction(1, 2), 20),
    k=fractions_between(0, 10),
    r=fractions_between(0, 10),
    S=fractions_between(0, 20),
    V=fractions_between(0, 20),
    d=fractions_between(0, 10),
)
def test_only_s_against_E_and_k_against_r_matter(s, E, k, r, S, V, d):
    game = MODEL.game(s=s, E=E, k=k, r=r, S=S, V=V, d=d)
    assert subsets(bg.equilibria(game)) == by_hand(s, E, k, r)
    pure = set(bg.pure_equilibria(game))
    assert (("Comply", "Enforce") in pure) is (s >= E)
    assert (("Engage", "Acquiesce") in pure) is (k >= r)
    assert (("Engage", "Enforce") in pure) is (r >= k and s <= E)
    assert ("Comply", "Acquiesce") not in pure


def test_the_payoffs_are_those_of_the_model():
    values = {"S": 11, "E": 7, "s": 3, "V": 13, "d": 2, "k": 5, "r": 1}
    assert MODEL.game(**values).payoffs == (((11, 11), (15, 18)), ((13, 13), (7, 11)))


def test_names_parameters_and_their_defaults():
    assert MODEL.players == ("Japan", "US")
    assert MODEL.actions == (("Comply", "Engage"), ("Enforce", "Acquiesce"))
    assert {name: p.default for name, p in MODEL.parameters.items()} == {
        "s": 6,
        "E": 5,
        "k": 2,
        "r": 4,
        "S": 10,
        "V": 10,
        "d": 3,
    }
    assert MODEL.claims == (3, 17)
    assert MODEL.omits
    for name, parameter in MODEL.parameters.items():
        assert parameter.symbol == name
        assert len(parameter.meaning.split()) >= 3
        assert parameter.low < parameter.high
        assert (parameter.high - parameter.low) % parameter.step == 0
        assert (parameter.default - parameter.low) % parameter.step == 0


# Billion yen saved on Russian crude, LNG and coal: facts.md, Trade Statistics of Japan.
ADVANTAGE = {
    "2013": ("-17.7", "78.3", "10.1"),
    "2016": ("-20.1", "16.5", "7.1"),
    "2022": ("19.2", "129", "18.7"),
}

PRESETS = {
    "2013": component(([ENGAGE], [ACQUIESCE])),
    "2016": component(([ENGAGE], [ACQUIESCE])),
    "2022": component(([ENGAGE], [ENFORCE])),
}


@pytest.mark.parametrize("year", PRESETS)
def test_presets_tell_their_year(year):
    preset = MODEL.presets[year]
    found = subsets(bg.equilibria(MODEL.game(**preset)))
    assert PRESETS[year] in found
    if year == "2016":
        threat = component(([COMPLY], [ENFORCE, enforcing("1/12")]))
        assert found == {threat, PRESETS[year]}
    else:
        assert len(found) == 1
    assert preset.story.endswith(".")


def test_there_are_the_three_presets_and_no_other():
    assert list(MODEL.presets) == ["2013", "2016", "2022"]


@pytest.mark.parametrize("year", PRESETS)
def test_every_value_of_a_preset_has_a_source_or_says_assumed(year):
    preset = MODEL.presets[year]
    assert set(preset.sources) == set(preset)
    for name, source in preset.sources.items():
        assert source.startswith(("assumed", "Trade Statistics of Japan")), name
    assert preset.sources["E"].startswith(f"Trade Statistics of Japan, {year}:")


@pytest.mark.parametrize("year", PRESETS)
def test_the_conversion_in_a_source_gives_the_value(year):
    """Ten billion yen are one unit of payoff; the source says that it rounds to halves."""
    preset = MODEL.presets[year]
    source = preset.sources["E"]
    crude, lng, coal, total = map(
        Fraction,
        re.search(
            r"crude oil ([-\d.]+), liquefied gas ([-\d.]+) and coal ([-\d.]+), "
            r"together ([-\d.]+) billion yen",
            source,
        ).groups(),
    )
    assert (crude, lng, coal) == tuple(map(Fraction, ADVANTAGE[year]))
    assert crude + lng + coal == total
    assert "divided by 10 billion and rounded to the nearest half" in source
    assert preset["E"] == Fraction(round(total / 10 * 2), 2)


def test_the_sanction_of_2022_lies_where_its_source_says():
    crude, lng, coal = map(Fraction, ADVANTAGE["2022"])
    assert coal / 10 < MODEL.presets["2022"]["s"] < (crude + lng + coal) / 10


def test_the_catalogue_is_a_mapping_that_nobody_can_change():
    assert MODEL.name == "core-dilemma"
    assert dict(bg.models)["core-dilemma"] is MODEL
    with pytest.raises(TypeError):
        bg.models["mine"] = MODEL
    with pytest.raises(TypeError):
        MODEL.presets["2030"] = MODEL.presets["2022"]
    with pytest.raises(TypeError):
        MODEL.parameters["s"] = MODEL.parameters["E"]
    with pytest.raises(AttributeError):
        MODEL.title = "another"
