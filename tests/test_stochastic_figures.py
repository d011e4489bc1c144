"""Worlds as graphs, norms as tracks, and both in words."""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

import balancegame as bg
from tests.one_sentence import one_sentence
from tests.repeated_games import SUPPORT, WITHHOLD, alliance

HOSTILITY, INVESTMENT = bg.models["hostility"], bg.models["investment-in-hostility"]


def weather():
    return bg.StochasticGame(
        ("calm", "hostile"),
        (alliance(), alliance(E=4)),
        {
            "calm": {
                SUPPORT: "calm",
                ("Withhold", None): {"hostile": 1},
                "otherwise": {"calm": "1/3", "hostile": "2/3"},
            },
            "hostile": {"calm": "1/4", "hostile": "3/4"},
        },
        "1/2",
    )


def texts(figure):
    root = ElementTree.fromstring(figure.svg)
    return ["".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")]


def circles(figure):
    root = ElementTree.fromstring(figure.svg)
    return {n.get("data-state"): n for n in root.iter() if n.get("data-state")}


def test_a_world_is_drawn_with_its_chances():
    drawn = bg.draw(weather())
    assert set(circles(drawn)) == {"calm", "hostile"}
    words = texts(drawn)
    assert "chance 1/4" in words
    assert "chance 3/4" in words
    assert "chance 1/3 after (Support, Withhold)" in words
    assert drawn.caption == "How the world changes, at delta = 1/2."
    assert (
        "From hostile the world goes to calm with probability 1/4 and stays with 3/4" in drawn.alt
    )
    assert "after (Support, Support) it stays for certain" in drawn.alt


def test_the_world_that_play_is_in_is_lit():
    drawn = bg.draw(weather(), state="calm", then="hostile")
    lit = {name: node.get("stroke-width") for name, node in circles(drawn).items()}
    assert lit == {"calm": "4", "hostile": "1.6"}
    assert drawn.svg.count("bg-taken") == 1
    assert drawn.alt.endswith("The world is in calm, and hostile follows.")
    with one_sentence("'war'", "calm and hostile"):
        bg.draw(weather(), state="war")
    with one_sentence("cannot be given q"):
        bg.draw(weather(), q=1)


def test_an_equilibrium_says_what_is_played_where():
    drawn = bg.draw(bg.markov_perfect(weather())[0])
    assert texts(drawn).count("Withhold") == 4
    assert "In calm: Withhold, Withhold." in drawn.alt


def test_an_automaton_is_drawn_in_one_world():
    fair = bg.grim_trigger({"calm": SUPPORT, "hostile": WITHHOLD}, WITHHOLD)
    for world, action in (("calm", "Support"), ("hostile", "Withhold")):
        drawn = bg.draw(fair, stage=weather(), world=world)
        assert f"In agreed it plays {action}" in drawn.alt
        assert drawn.caption.endswith(f"as Japan plays it in {world}.")
    with one_sentence("only one", "StochasticGame"):
        bg.draw(fair, stage=alliance())


def tracks(figure, norm):
    """Return where the track of a norm is filled, as shares of the whole width."""
    root = ElementTree.fromstring(figure.svg)
    spans = []
    for node in root.iter():
        if node.get("data-norm") == norm and node.get("x"):
            left = (float(node.get("x")) - 24) / 512
            spans.append((left, left + float(node.get("width")) / 512))
    return spans


def test_norms_are_drawn_where_they_hold():
    drawn = bg.draw(bg.regimes(INVESTMENT, "theta"))
    [(low, high)] = tracks(drawn, "investment in any weather")
    assert low == pytest.approx(85 / 172, abs=1e-4)
    assert high == pytest.approx(72 / 91, abs=1e-4)
    # A track goes on where another norm ends.
    assert len(tracks(drawn, "fair-weather investment")) == 1
    for threshold in ("2/5", "85/172", "56/75", "72/91"):
        assert threshold in texts(drawn)
    assert "For 2/5 <= theta < 85/172: fair-weather investment." in drawn.alt
    drawn = bg.draw(bg.regimes(bg.models["alliance"], "h", E=2))
    assert "mutual support and forgiving reciprocity" in drawn.alt


def test_a_model_is_drawn_with_its_world_and_where_it_stands():
    drawn = bg.draw(HOSTILITY, f="1/2")
    assert "Support in any weather: does not hold here" in texts(drawn)
    assert "Fair-weather support: holds here" in texts(drawn)
    assert drawn.svg.count("bg-here") == 2
    assert drawn.alt.endswith("It stands at f = 1/2.")
    with one_sentence("no parameter z"):
        bg.draw(HOSTILITY, z=1)


def test_a_single_value_is_a_diamond():
    stage = bg.Model(
        "echo",
        "Echo",
        ("A", "B"),
        (("C", "D"),) * 2,
        ([[4, 0], [6, 2]], [[4, 6], [0, 2]]),
        (bg.Parameter("delta", "what next period counts", "1/2", 0, "9/10"),),
    )
    model = bg.RepeatedModel(
        stage, {"tit for tat": bg.Norm(bg.tit_for_tat(("C", "C"), ("D", "D")))}
    )
    drawn = bg.draw(bg.regimes(model, "delta"))
    polygons = re.findall(r'<polygon class="bg-held[^>]*data-norm="tit for tat"', drawn.svg)
    assert len(polygons) == 1
    assert "1/2" in texts(drawn)


def test_words_of_a_world():
    words = str(bg.explain(weather()))
    assert words.startswith("The world has two states, calm and hostile;")
    assert "counts 1/2 times as much" in words
    assert "after anything else it goes to hostile for certain." in words
    one = bg.StochasticGame(("calm",), (alliance(),), {"calm": "calm"}, "1/2")
    assert "one state, calm" in str(bg.explain(one))
    with one_sentence("a stochastic game takes automata"):
        bg.explain(weather(), 1, 2)


def test_words_of_a_model_name_its_norms():
    words = str(bg.explain(HOSTILITY))
    assert "Support in any weather:" in words
    assert "In hostility, state agreed" not in words
    words = str(bg.explain(bg.regimes(HOSTILITY, "k", s=Fraction(1, 2))))
    assert "fair-weather support is subgame-perfect" in words
