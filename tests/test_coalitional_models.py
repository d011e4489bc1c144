"""The models of groups: M17, M21 and M24, along one parameter and over two."""

import re
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

import balancegame as bg
from balancegame.models.pipeline import buyers_game
from tests.one_sentence import one_sentence

PIPELINE, COUNCIL, CONCERT = (bg.models[name] for name in ("pipeline", "council", "concert"))
FACTS = (Path(__file__).parents[1] / "docs" / "facts.md").read_text(encoding="utf-8")


def drawn(rng, model, *names):
    chosen = {}
    for name in names:
        p = model.parameters[name]
        chosen[name] = p.low + p.step * rng.randint(0, int((p.high - p.low) / p.step))
    return chosen


def test_the_pipeline_s_formulas():
    rng = Random(17)
    for _ in range(40):
        v = drawn(rng, PIPELINE, "c", "j", "s")
        c, j = v["c"], max(v["j"] - v["s"], 0)
        if c < j:
            continue
        game = PIPELINE.game(**v)
        assert bg.shapley(game) == (c / 2 + j / 6, c / 2 - j / 3, j / 6)
        corners = {(price, c - price, 0) for price in (j, c)}
        assert set(bg.core(game).vertices) == corners


def test_a_sanction_helps_china_and_lowers_russia_s_floor():
    free, hit = (PIPELINE.game(c=6, j=4, s=s) for s in (0, 3))
    moved = [b - a for a, b in zip(bg.shapley(free), bg.shapley(hit), strict=True)]
    assert moved == [Fraction(-3, 6), Fraction(3, 3), Fraction(-3, 6)]
    floors = [min(corner["Russia"] for corner in bg.core(game)) for game in (free, hit)]
    assert floors == [4, 1]


def test_fringe_buyers_set_the_floor():
    game = buyers_game({"China": 6, "Japan": 1, "Vietnam": 2, "Korea": "1/2"})
    corners = bg.core(game)
    assert {corner["Russia"] for corner in corners} == {2, 6}
    assert all(corner["China"] == 6 - corner["Russia"] for corner in corners)
    with_japan = buyers_game({"China": 6, "Japan": 4})
    assert bg.shapley(with_japan) == bg.shapley(PIPELINE.game(c=6, j=4))
    with one_sentence("-1 to Japan"):
        buyers_game({"Japan": -1})
    with one_sentence("nobody to sell to"):
        buyers_game({})


def test_regimes_of_the_pipeline_are_formulas():
    regimes = bg.regimes(PIPELINE, "s", c=6, j=4)
    assert [(r.low, r.high) for r in regimes] == [(0, 4), (4, 4), (4, 10)]
    first = regimes[0]
    assert list(map(str, first.solution.shapley)) == ["(22 - s)/6", "(s + 5)/3", "(4 - s)/6"]
    for s in (0, Fraction(7, 3), 3):
        at = bg.shapley(PIPELINE.game(c=6, j=4, s=s))
        shown = (part.at(Fraction(s)) for part in first.solution.shapley)
        assert tuple(shown) == at
        corners = sorted(
            tuple(x if isinstance(x, Fraction) else x.at(Fraction(s)) for x in corner)
            for corner in first.solution.core
        )
        assert corners == list(bg.core(PIPELINE.game(c=6, j=4, s=s)))
    names = [r.name for r in bg.regimes(PIPELINE, "j", c=6, s=1)]
    assert names[-1] == "everybody is worth j - 1; the core has 2 corners"
    assert names[-2] == "everybody is worth 6; the core is one split"


@pytest.mark.parametrize(
    ("preset", "members", "elected", "japan"),
    [
        ("today", "421/2145", "4/2145", 0),
        ("Japan, an independent pole", "283/1716", "3/2860", "283/1716"),
        ("Japan, a clone of the US", "421/2145", "4/2145", 0),
        ("a clone, and the quota stays", "142/715", "1/1430", 0),
    ],
)
def test_the_council(preset, members, elected, japan):
    game = COUNCIL.game(**COUNCIL.presets[preset])
    power = bg.shapley(game)
    assert [power[name] for name in COUNCIL.players[:5]] == [Fraction(members)] * 5
    assert [power[name] for name in COUNCIL.players[6:]] == [Fraction(elected)] * 10
    assert power["Japan"] == Fraction(japan)
    # The same by voting as a bloc.
    if COUNCIL.presets[preset]["c"]:
        apart = COUNCIL.game(q=COUNCIL.presets[preset]["q"], J=1, c=0)
        bloc = bg.shapley(apart.bloc(("US", "Japan"), "bloc"))
        assert (bloc["bloc"], bloc["China"]) == (Fraction(members), Fraction(members))


def test_every_other_veto_prefers_a_clone():
    clone, pole = (
        bg.shapley(COUNCIL.game(**COUNCIL.presets[name]))
        for name in ("Japan, a clone of the US", "Japan, an independent pole")
    )
    today = bg.shapley(COUNCIL.game())
    for name in ("China", "Russia", "UK", "France"):
        assert clone[name] == today[name]
        assert pole[name] - clone[name] == Fraction(283, 1716) - Fraction(421, 2145)
        assert float(pole[name] - clone[name]) == pytest.approx(-0.0314, abs=5e-5)
    assert pole["Japan"] == Fraction(283, 1716)


def test_regimes_of_the_council():
    regimes = bg.regimes(COUNCIL, "q")
    assert [regime.high for regime in regimes] == list(range(6, 16))
    assert all(regime.closed[1] for regime in regimes)
    nine = next(regime for regime in regimes if 9 in regime)
    assert nine.solution.shapley["US"] == Fraction(421, 2145)
    assert len(nine.solution.core) == 5
    along_c = bg.regimes(COUNCIL, "c", q=10, J=1, V=1)
    assert [(r.low, r.high, r.closed) for r in along_c] == [
        (0, 1, (True, False)),
        (1, 1, (True, True)),
    ]


def test_the_concert():
    def power(preset):
        return bg.shapley(CONCERT.game(**CONCERT.presets[preset]))

    tenth = Fraction(1, 10)
    assert power("capability 2015") == (tenth, 6 * tenth, tenth, tenth, tenth)
    assert power("output 2015") == (6 * tenth, tenth, tenth, tenth, tenth)
    for year in (2014, 2016, 2020):
        assert bg.dictators(CONCERT.game(**CONCERT.presets[f"military spending {year}"])) == ("US",)
    without_india = CONCERT.game(**{**CONCERT.presets["capability 2015"], "IN": 0})
    assert bg.dictators(without_india) == ("China",)
    with_china = CONCERT.game(**CONCERT.presets["capability 2015"])
    assert not with_china.value(("US", "Japan", "Russia"))
    assert with_china.value(("US", "Japan", "Russia", "India"))
    weights = CONCERT.presets["capability 2015"]
    assert weights["US"] + weights["JP"] + weights["RU"] < weights["CN"]
    assert weights["US"] + weights["JP"] + weights["IN"] > weights["CN"]


@pytest.mark.parametrize(
    ("shares", "power"),
    [
        ((5, 3, 2), ("2/3", "1/6", "1/6")),
        ((4, 3, 3), ("1/3", "1/3", "1/3")),
        ((49, 49, 2), ("1/3", "1/3", "1/3")),
        ((51, 48, 1), (1, 0, 0)),
    ],
)
def test_three_powers(shares, power):
    weights = dict(zip(("US", "CN", "JP"), shares, strict=True)) | {"RU": 0, "IN": 0}
    found = bg.shapley(CONCERT.game(**weights))
    assert [found[name] for name in ("US", "China", "Japan")] == list(map(Fraction, power))


def test_nobody_is_a_dictator_unless_somebody_has_more_than_half():
    rng = Random(24)
    for _ in range(60):
        weights = {name: rng.randint(1, 12) for name in CONCERT.parameters}
        half = Fraction(sum(weights.values()), 2)
        large = [CONCERT.players[i] for i, w in enumerate(weights.values()) if w > half]
        assert list(bg.dictators(CONCERT.game(**weights))) == large


def test_regimes_of_the_concert_agree_with_its_games():
    rng = Random(25)
    for regime in bg.regimes(CONCERT, "US"):
        inside = [regime.low] if regime.is_point else []
        if not regime.is_point:
            span = regime.high - regime.low
            inside = [regime.low + span * Fraction(rng.randint(1, 99), 100) for _ in range(3)]
        for value in inside:
            assert bg.shapley(CONCERT.game(US=value)) == regime.solution.shapley


def test_sweeps_agree_with_single_games():
    rng = Random(26)
    for model, x, y in ((CONCERT, "US", "CN"), (PIPELINE, "s", "j"), (COUNCIL, "q", "J")):
        diagram = bg.sweep(model, x, y, resolution=21)
        met = {}
        for _ in range(60):
            i, k = rng.randrange(21), rng.randrange(21)
            game = model.game(**{x: diagram.x[i], y: diagram.y[k]})
            label = diagram.labels[k, i]
            seen = bg.shapley(game) if model is not PIPELINE else len(bg.core(game))
            assert met.setdefault(label, seen) == seen
        assert len(set(diagram.legend)) == len(diagram.legend)
    assert "the core is one split" in " ".join(bg.sweep(PIPELINE, "s", "j", c=4).legend)


def test_a_map_of_votes_is_drawn_and_any_other_is_refused():
    figure = bg.draw(bg.sweep(CONCERT, "US", "CN", resolution=11))
    assert "China 1; the US, Russia, Japan and India 0" in figure.alt
    assert "US = CN + 1551/100" in figure.alt
    with one_sentence("of model pipeline", "regimes along one parameter"):
        bg.draw(bg.sweep(PIPELINE, "s", "j", resolution=5))


@pytest.mark.parametrize("name", ["pipeline", "council", "concert"])
def test_models_are_documented(name):
    model = bg.models[name]
    assert model.claims
    assert model.omits
    assert model.presets
    assert "players" in repr(model)


def test_every_figure_of_the_concert_stands_in_the_facts():
    for title, preset in CONCERT.presets.items():
        times = {"capability": 100, "output": 1, "military": Fraction(1, 10)}[title.split()[0]]
        for value in preset.values():
            figure = value / times
            shown = {f"{float(figure):.{digits}f}" for digits in (1, 2, 4)}
            assert any(re.search(rf"\| {re.escape(x)} \|", FACTS) for x in shown), (title, figure)


def test_a_model_of_values_with_an_empty_core():
    model = bg.CoalitionalModel(
        name="three",
        title="Three who share",
        players=("A", "B", "C"),
        worth={
            **dict.fromkeys("ABC", 0),
            **dict.fromkeys((("A", "B"), ("A", "C"), ("B", "C")), "a"),
            ("A", "B", "C"): "t*t",
        },
        parameters=(bg.Parameter("a", "a pair", 2, 0, 6), bg.Parameter("t", "side", 2, 0, 3)),
    )
    regimes = bg.regimes(model, "t")
    # The core is empty until t**2 = 3, then one split, then a triangle; from a on cut no more.
    edge = next(r for r in regimes if r.name.endswith("the core is one split"))
    assert edge.is_point
    assert edge.low**2 == 3
    assert regimes[0].name == "everybody is worth t**2; the core is empty"
    assert edge.solution.core.vertices == ((1, 1, 1),)
    assert next(len(r.solution.core) for r in regimes if r.low > edge.low) == 3
    assert bg.regimes(model, "a", t=3)[-1].solution.core.empty is False


def test_what_a_coalitional_model_refuses():
    def model(**changed):
        given = {
            "name": "m",
            "title": "M",
            "players": ("A", "B"),
            "parameters": (bg.Parameter("x", "", 1, 0, 2),),
            **changed,
        }
        return bg.CoalitionalModel(**given)

    with one_sentence("either the worth", "or weights"):
        model()
    with one_sentence("the coalition of B has no value"):
        model(worth={"A": 0, ("A", "B"): "x"})
    with one_sentence("uses y"):
        model(worth={"A": 0, "B": 0, ("A", "B"): "y"})
    with one_sentence("2 players but 3 weights"):
        model(weights=("x", 1, 1), quota=1)
    with one_sentence("a quota for each list"):
        model(weights=(("x", 1), (1, 1)), quota=(1,))
    with one_sentence("no player"):
        model(weights=("x", 1), quota=1, vetoes={"C": 1})
    with one_sentence("everybody together has only"):
        model(weights=("x", 1), quota=3)
    with one_sentence("name the parameter that varies"):
        bg.regimes(PIPELINE)
    with one_sentence("both axes are s"):
        bg.sweep(PIPELINE, "s", "s")
    with one_sentence("degree 5"):
        bg.regimes(model(worth={"A": 0, "B": 0, ("A", "B"): "x**5"}), "x")
