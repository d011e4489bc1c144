"""Pictures and words of repeated games: what they show is what was found."""

import re
from fractions import Fraction
from itertools import combinations
from xml.etree import ElementTree

import pytest

import balancegame as bg
from balancegame.figures.svg import text_width
from tests.drawn import shapes
from tests.one_sentence import one_sentence
from tests.repeated_games import APART, SUPPORT, WITHHOLD, alliance, dilemma

GRIM = bg.grim_trigger(SUPPORT, WITHHOLD)


@pytest.mark.parametrize("delta", ["1/3", "12/25", "9/10"])
def test_the_vertices_are_those_of_the_set(delta):
    found = bg.payoff_set(bg.RepeatedGame(alliance(), delta))
    drawn = shapes(bg.draw(found), "bg-vertex")
    assert [(n.get("data-x"), n.get("data-y")) for n in drawn] == [
        (str(x), str(y)) for x, y in found.vertices
    ]
    assert len(shapes(bg.draw(found), "bg-payoffs")) == (found.dimension > 0)


def test_a_segment_and_an_empty_set_are_drawn_too():
    segment = bg.draw(bg.RepeatedGame(dilemma(9, 1, 10, 3), "1/5"))
    assert "the line between (3, 3) and (9, 9)" in segment.alt
    pennies = bg.NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    assert (
        "equilibria in pure strategies reach nothing"
        in bg.draw(bg.RepeatedGame(pennies, "1/5")).alt
    )


@pytest.mark.parametrize(("point", "inside"), [((2, 2), True), ((3, 3), False), ((9, 9), False)])
def test_a_students_point_is_in_or_out(point, inside):
    figure = bg.draw(bg.RepeatedGame(alliance(), "12/25"), point=point)
    mark, _legend = shapes(figure, "bg-student")
    assert mark.get("data-inside") == str(inside).lower()
    assert ("inside" if inside else "outside") in figure.alt


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ((2, 2), "an equilibrium yields it"),
        ((3, 3), "at delta = 12/25, any plan for it without mixing has a promise or a threat"),
        ((4, 4), "no mixture of outcomes"),
        ((-1, 1), "if nobody mixes, a best response gives Japan at least 0"),
    ],
)
def test_the_reason_why_a_point_is_in_or_out(point, words):
    found = bg.payoff_set(bg.RepeatedGame(alliance(), "12/25"))
    assert words in str(bg.explain(found, point))


def test_what_only_mixing_yields_is_out_of_the_pure_set_and_said_so():
    """(2/3, 2/3) is the mixed equilibrium of the stage, and A's security level; 1 is pure."""
    battle = bg.NormalFormGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]], players=("A", "B"))
    found = bg.payoff_set(bg.RepeatedGame(battle, "1/2"))
    assert bg.security_levels(battle)[0].maxmin == Fraction(2, 3)
    words = str(bg.explain(found, ("2/3", "2/3")))
    assert words == (
        "(2/3, 2/3) is out: if nobody mixes, a best response gives A at least 1, and this gives "
        "only 2/3."
    )
    assert "a best response gives A at least 1 and B at least 1" in bg.draw(found).alt
    assert "payoffs in pure strategies, with a coin that both see, are" in str(bg.explain(found))


def test_a_game_without_pure_equilibrium_has_a_sentence_of_its_own():
    pennies = bg.NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    found = bg.payoff_set(bg.RepeatedGame(pennies, "9/10"))
    words = (
        "At delta = 9/10 there is no equilibrium in pure strategies; equilibria in which players "
        "mix are not searched for here."
    )
    assert str(bg.explain(found)) == words
    assert str(bg.explain(found, (0, 0))) == f"(0, 0) is out. {words}"


def test_the_graph_of_grim_trigger():
    figure = bg.draw(GRIM, stage=alliance(), player="US", state="punishment")
    states = shapes(figure, "bg-state")
    assert [node.get("data-state") for node in states] == ["agreed", "punishment"]
    assert [float(node.get("stroke-width")) for node in states] == [1.6, 4]
    assert len(shapes(figure, "bg-way")) == 3
    assert "after anything else it goes to punishment" in figure.alt
    assert "Play is in punishment" in figure.alt


def lines_of_words(figure):
    """Return the lines beside arrows, each with its box on the picture."""
    found = []
    for node in shapes(figure, "bg-way-words"):
        width, x, y = text_width(node.text, 11), float(node.get("x")), float(node.get("y"))
        found.append((node.text, (x - width / 2, x + width / 2, y - 9, y + 2)))
    return found


def test_what_moves_win_stay_lose_shift_is_read_a_profile_a_line():
    figure = bg.draw(bg.win_stay_lose_shift(SUPPORT, WITHHOLD), stage=alliance())
    words = [line for line, _ in lines_of_words(figure)]
    for line in ("(Support, Withhold) or", "(Withhold, Support)", "anything else"):
        assert words.count(line) == 2
    assert len(words) == 6


@pytest.mark.parametrize(
    "automaton",
    [
        bg.win_stay_lose_shift(SUPPORT, WITHHOLD),
        bg.tit_for_tat(SUPPORT, WITHHOLD),
        GRIM,
        bg.limited_punishment(SUPPORT, WITHHOLD, 2),
        bg.limited_punishment(SUPPORT, WITHHOLD, 3),
        bg.alternation([("Support", "Withhold"), ("Withhold", "Support")], WITHHOLD),
    ],
    ids=lambda automaton: automaton.name,
)
@pytest.mark.parametrize("player", ["Japan", "US"])
def test_words_beside_arrows_are_whole_and_apart(automaton, player):
    figure = bg.draw(automaton, stage=alliance(), player=player)
    inner = ElementTree.fromstring(figure.svg).find("{http://www.w3.org/2000/svg}svg")
    width, height = float(inner.get("width")), float(inner.get("height"))
    lines = lines_of_words(figure)
    assert len(lines) >= len(shapes(figure, "bg-way"))
    for words, (left, right, top, bottom) in lines:
        assert "\N{HORIZONTAL ELLIPSIS}" not in words
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
    circles = [
        (float(c.get("cx")) - 46, float(c.get("cx")) + 46, float(c.get("cy")) - 46,
         float(c.get("cy")) + 46)
        for c in shapes(figure, "bg-state")
    ]  # fmt: skip
    boxes = [box for _, box in lines] + circles
    for (l0, r0, t0, b0), (l1, r1, t1, b1) in combinations(boxes, 2):
        assert r0 <= l1 or r1 <= l0 or b0 <= t1 or b1 <= t0


@pytest.mark.parametrize("player", ["Japan", "US"])
@pytest.mark.parametrize(
    "automaton",
    [
        bg.limited_punishment(SUPPORT, WITHHOLD, 2),
        bg.forgiving_reciprocity(SUPPORT, WITHHOLD),
        bg.win_stay_lose_shift(SUPPORT, WITHHOLD),
    ],
    ids=lambda automaton: automaton.name,
)
def test_words_lie_on_no_arrow(automaton, player):
    svg = bg.draw(automaton, stage=alliance(), player=player).svg
    boxes = re.findall(
        r'x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"[^>]*opac', svg
    )
    arrows = re.findall(r'd="M([\d.]+) ([\d.]+)Q([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)"', svg)
    assert len(boxes) > len(arrows) > 1
    for x0, y0, x1, y1, x2, y2 in ([*map(float, arrow)] for arrow in arrows):
        for t in (k / 100 for k in range(101)):
            x = (1 - t) ** 2 * x0 + 2 * t * (1 - t) * x1 + t * t * x2
            y = (1 - t) ** 2 * y0 + 2 * t * (1 - t) * y1 + t * t * y2
            for left, top, width, height in ([*map(float, box)] for box in boxes):
                assert not (left < x < left + width and top < y < top + height)


def test_a_wide_profile_is_broken_after_a_comma():
    game = bg.NormalFormGame(
        [[[2, 0], [3, 1]], [[2, 3], [0, 1]]],
        actions=(("Enforce every sanction together", "Acquiesce"), ("Engage", "Negotiate")),
    )
    agreed = ("Enforce every sanction together", "Engage")
    figure = bg.draw(bg.grim_trigger(agreed, ("Acquiesce", "Negotiate")), stage=game)
    words = [line for line, _ in lines_of_words(figure)]
    assert words[:2] == ["(Enforce every sanction together,", "Engage)"]


def test_verdicts_in_words():
    game = bg.RepeatedGame(alliance(), "9/20")
    words = str(bg.explain(game, GRIM))
    assert "In state agreed, the US gains 3/10 by playing Withhold once" in words
    assert "not subgame-perfect" in words
    assert "this is subgame-perfect" in str(bg.explain(bg.RepeatedGame(alliance(), "1/2"), GRIM))


def test_sets_regimes_and_replies_in_words():
    words = str(bg.explain(bg.RepeatedGame(alliance(), "1/2")))
    assert "a polygon with four corners" in words
    follows = "(Support, Support) in the first period, and what follows yields (3, 3) on average"
    assert f"(3, 3): {follows}" in words
    words = str(bg.explain(bg.regimes(bg.models["alliance"], "delta")))
    assert "For 1/2 <= delta <= 99/100: mutual support" in words
    assert "mutual support" not in words.splitlines()[1]
    echo = bg.tit_for_tat(("C", "C"), APART)
    words = str(bg.explain(bg.best_reply(bg.RepeatedGame(dilemma(), "1/10"), 0, echo)))
    assert "can get at most 23/5" in words
    assert "When the other is in state agreed: D." in words
    for name in ("alliance", "reputation", "investment", "linkage", "favour"):
        assert "on average" in str(bg.explain(bg.models[name]))
        figure = bg.draw(bg.models[name])
        assert str(Fraction(bg.models[name].parameters["delta"].default)) in figure.caption


def test_errors():
    with one_sentence("stage=..."):
        bg.draw(GRIM)
    with one_sentence("a payoff set cannot be given s"):
        bg.draw(bg.RepeatedGame(alliance(), "1/2"), s=1)
