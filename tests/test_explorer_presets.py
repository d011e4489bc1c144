"""A preset in an explorer: its values, its sources, and its name wherever its values stand."""

import pytest

from balancegame.models import models
from balancegame.widgets.explorer import explore
from balancegame.widgets.setting import positions

M1 = models["core-dilemma"]


@pytest.mark.parametrize("title", list(M1.presets))
def test_a_preset_sets_its_values_and_cites_its_sources(title):
    explorer = explore(M1)
    explorer.answer({"kind": "bet", "choice": "0,0"})
    explorer.answer({"kind": "preset", "title": title})
    preset, shown = M1.presets[title], explorer.shown
    assert shown["preset"]["title"] == title
    assert shown["preset"]["story"] == preset.story
    assert {entry["name"]: entry["source"] for entry in shown["preset"]["sources"]} == dict(
        preset.sources
    )
    assert explorer.setting.values == M1.values(**preset)
    assert explorer.setting.game == M1.game(**preset)
    for name in explorer.setting.sliders:
        assert explorer.setting.values[name] in positions(explorer.setting, name)
    explorer.answer({"kind": "slide", "name": "s", "value": "3"})
    assert explorer.shown["preset"]["title"] == ""


def test_a_preset_is_named_wherever_its_values_stand():
    explorer = explore(M1, sliders=["s", "E"], **M1.presets["2022"])
    assert explorer.shown["preset"]["title"] == "2022"
    explorer.answer({"kind": "bet", "choice": "mixed"})
    E = M1.presets["2022"]["E"]
    explorer.answer({"kind": "slide", "name": "E", "value": "1"})
    assert explorer.shown["preset"]["title"] == ""
    explorer.answer({"kind": "slide", "name": "E", "value": str(E)})
    assert explorer.shown["preset"]["title"] == "2022"
    assert explorer.shown["preset"]["story"] == M1.presets["2022"].story
    explorer.answer({"kind": "preset", "title": "2016"})
    explorer.answer({"kind": "reset"})
    assert explorer.shown["preset"]["title"] == "2022"
