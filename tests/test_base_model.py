"""What every model shares, and what a new form of game gets from the base."""

import pickle

import pytest

import balancegame as bg
from balancegame.games.base_model import BaseModel
from tests.one_sentence import one_sentence

T = bg.Parameter("t", "a tariff", 1, 0, 10, "1/2")


@pytest.mark.parametrize(
    ("make", "given", "words"),
    [
        (bg.Model, {"name": "bare"}, ["title", "None"]),
        (bg.Model, {"title": "Bare"}, ["name", "None"]),
        (bg.Model, {"name": "bare", "title": "Bare"}, ["players", "bare", "None"]),
        (bg.SequentialModel, {"name": "bare"}, ["title", "None"]),
        (bg.SequentialModel, {"name": "bare", "title": "Bare"}, ["at_once", "None"]),
        (bg.RepeatedModel, {}, ["stage", "is a Model", "None"]),
        (bg.RepeatedModel, {"stage": "alliance"}, ["stage", "is a Model", "'alliance'"]),
    ],
)
def test_what_a_model_lacks_is_named(make, given, words):
    with one_sentence(*words):
        make(**given)


def test_every_model_shares_one_base_and_the_catalogue_finds_them_all():
    assert set(bg.models) == {
        *("alliance", "balancing-at-once", "balancing", "burden", "core-dilemma", "favour"),
        *("after-nixon", "core-dilemma-in-sequence", "leader-follower"),
        *("abandonment", "concession", "concession-at-once", "costly-signal", "face", "hedging"),
        *("concert", "council", "kurils", "pipeline", "suitors"),
        *("hostility", "inspection", "investment", "investment-in-hostility", "joint-sanctions"),
        *("linkage", "one-fuel", "reputation", "routes"),
    }
    for name, made in bg.models.items():
        assert isinstance(made, BaseModel)
        assert made.name == name
        assert f" {name}: {made.title}; parameters " in repr(made)
        assert set(made.values()) == set(made.parameters)
        with pytest.raises(TypeError):
            made.parameters["new"] = T
        with pytest.raises(TypeError):
            made.presets["new"] = bg.Preset({}, {})


class _Wager(BaseModel):
    """A form of game that no module of the package knows."""

    def __init__(self, **given):
        self._set(players=("Japan",), presets={}, claims=(), omits="", **given)
        self._read_name()
        self._read_parameters()
        self._read_presets()

    def game(self, **given):
        return f"a wager of {self.values(**given)['t']}"


def test_a_new_form_of_game_has_what_every_model_has():
    made = _Wager(name="wager", title="A wager", parameters=(T,))
    assert made.game(t=3) == "a wager of 3"
    assert repr(made) == "<_Wager wager: A wager; parameters t>"
    assert pickle.loads(pickle.dumps(made)) == made
    assert made != _Wager(name="wager", title="Another", parameters=(T,))
    for given, words in (({"parameters": 5}, "parameters"), ({"title": ""}, "title")):
        with one_sentence(words):
            _Wager(**{"name": "wager", "title": "A wager", "parameters": (T,), **given})
