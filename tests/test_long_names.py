"""Long names in a drawn game: none is cut, and all stay within the picture."""

from xml.etree import ElementTree

import pytest

from balancegame.figures import draw
from balancegame.games.normal_form import NormalFormGame


@pytest.mark.parametrize("long", ["Enforce the price cap on Russian oil at sea", "Comply"])
def test_no_name_is_cut(long):
    players = ("The Organisation of Petroleum Exporting Countries", "United Arab Emirates")
    actions = ((long, "Engage"), ("Comply with all sanctions of the Group of Seven", "Wait"))
    game = NormalFormGame([[[1, 0], [0, 1]]] * 2, players, actions)
    figure = draw(game)
    assert "…" not in figure.svg
    rows = [node for node in ElementTree.fromstring(figure.svg).iter() if node.tag.endswith("text")]
    shown = " ".join(node.text for node in rows)
    for name in (*players, *actions[0], *actions[1]):
        assert name in shown
    height = float(ElementTree.fromstring(figure.svg).get("height"))
    assert all(float(node.get("y")) < height for node in rows)
