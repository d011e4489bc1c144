"""Pictures of game trees: what is strong, what is said, and what is too large."""

from xml.etree import ElementTree

import pytest

import balancegame as bg
from tests.drawn import shapes
from tests.one_sentence import one_sentence

REPLY = bg.Decision("US", {"Enforce": (9, 7), "Acquiesce": (15, 9)})
TREE = bg.GameTree(bg.Decision("Japan", {"Comply": (10, 10), "Engage": REPLY}), ("Japan", "US"))
BALANCING = bg.models["balancing"]


def words(figure):
    root = ElementTree.fromstring(figure.svg)
    return [node.text for node in root.iter() if node.tag.endswith("text")]


def test_the_only_subgame_perfect_plan_is_strong():
    figure = bg.draw(TREE)
    assert len(shapes(figure, "bg-chosen")) == 2
    assert len(shapes(figure, "bg-mover")) == 2
    assert "Drawn strong, a subgame-perfect equilibrium: at the start Engage and after Engage " in (
        figure.alt
    )
    assert "After Engage the US chooses Enforce or Acquiesce." in figure.alt
    assert "After Comply it ends: Japan gets 10 and the US gets 10." in figure.alt
    assert {"Comply", "Engage", "Enforce", "Acquiesce", "15", "7"} <= set(words(figure))


def test_of_several_plans_one_is_drawn_when_asked_for():
    tree = BALANCING.tree(g=1, kappa=2)
    assert shapes(bg.draw(tree), "bg-chosen") == []
    count = "Three subgame-perfect equilibria: two in pure strategies and one in mixed strategies."
    assert bg.draw(tree).caption.endswith(count)
    for found in bg.subgame_perfect(tree).pure:
        # One branch at each of five nodes, whether reached or not.
        assert len(shapes(bg.draw(found), "bg-chosen")) == 5
    assert "US + Japan" in words(bg.draw(tree))
    assert "the US chooses Balance or Pass and Japan chooses Balance or Pass, at once" in (
        bg.draw(tree).alt
    )


def test_an_information_set_is_joined_and_a_mixture_shows_its_probabilities():
    see = {1: (2, -2), -1: (-2, 2)}
    bid = {c: bg.Decision("II", {"see": see[c], "yield": (1, -1)}, "bid") for c in see}
    high, low = (bg.Decision("I", {"bid": bid[c], "drop": (-1, 1)}) for c in (1, -1))
    tree = bg.GameTree(bg.Chance({"high": ("1/2", high), "low": ("1/2", low)}), ("I", "II"))
    figure = bg.draw(tree)
    (joined,) = shapes(figure, "bg-information")
    ends = [tuple(map(float, place.split(","))) for place in joined.get("points").split()]
    movers = [(float(n.get("cx")), float(n.get("cy"))) for n in shapes(figure, "bg-mover")]
    assert set(ends) < set(movers)
    assert len(ends) == 2
    assert {"see 2/3", "yield 1/3", "bid 1/3", "drop 2/3", "bid", "drop"} <= set(words(figure))
    apart = "II cannot tell whether it moves after high, then bid or after low, then bid."
    assert apart in figure.alt
    assert "after low bid with probability 1/3 and drop with 2/3" in figure.alt
    # Both branches of a mixture are strong, and one branch of every other node.
    assert len(shapes(figure, "bg-chosen")) == 2 + 2 + 2 + 1


def test_chance_shows_its_probabilities():
    war = bg.Chance({"war": ("1/3", (-9, 0)), "peace": ("2/3", (3, 0))})
    figure = bg.draw(bg.GameTree(bg.Decision("A", {"risk": war, "wait": (0, 0)}), ("A", "B")))
    assert len(shapes(figure, "bg-chance")) == 1
    assert {"war 1/3", "peace 2/3", "chance"} <= set(words(figure))
    assert "After risk chance draws war with 1/3 or peace with 2/3." in figure.alt


def test_names_stand_beside_each_other_and_within_the_picture():
    long = "The Association of Very Long Names"
    reply = bg.Decision(long, {"x": (0, 1), "y": (1, 0)})
    figure = bg.draw(bg.GameTree(bg.Decision("B", {"go": reply, "stay": (0, 0)}), ("B", long)))
    root = ElementTree.fromstring(figure.svg)
    width = float(root.get("viewBox").split()[2])
    assert all(0 <= float(n.get("x")) <= width for n in root.iter() if n.tag.endswith("text"))


@pytest.mark.parametrize("size", [65, 200])
def test_a_tree_too_large_to_read_is_refused(size):
    ends = {f"move {k}": (k,) for k in range(size)}
    with one_sentence("64", "explain"):
        bg.draw(bg.GameTree(bg.Decision("A", ends), ("A",)))


FACE = bg.models["face"]


def test_a_model_in_turn_is_drawn_as_its_tree():
    """At s = 6 Japan engages after a public invitation only, and Russia goes public."""
    figure = bg.draw(FACE)
    assert len(shapes(figure, "bg-mover")) == 3
    assert len(shapes(figure, "bg-chosen")) == 3
    assert {"Public", "Private", "Comply", "Engage", "Russia", "Japan"} <= set(words(figure))
    plan = "at the start Public, after Public Engage and after Private Comply."
    assert f"Drawn strong, what is best: {plan}" in figure.alt
    assert figure.caption.startswith("An invitation in public at s = 6, a = 3, E = 5, I = 4")
    assert "between the thresholds E = 5 and 8. Strong lines: what is best" in figure.caption
    assert "Equilibria along s change at E = 5 and 8" in figure.alt


def test_a_tie_is_drawn_as_the_model_settles_it_and_an_open_one_is_said():
    at_threshold = bg.draw(FACE, s=5)
    plan = "at the start Private, after Public Engage and after Private Engage."
    assert f"Drawn strong, what is best: {plan}" in at_threshold.alt
    open_tie = bg.draw(FACE, e=4)
    assert open_tie.caption.endswith("To Russia, Public or Private is equally good.")
    assert len(shapes(open_tie, "bg-chosen")) == 2


def test_a_model_that_several_open_is_drawn_by_what_they_play():
    figure = bg.draw(BALANCING)
    assert not shapes(figure, "bg-chosen")
    assert "Strong lines" not in figure.caption
    assert figure.alt.startswith(bg.draw(BALANCING.game()).alt[:40])
