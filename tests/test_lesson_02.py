"""What lesson 2 says, held against the solver and the facts."""

import re
from fractions import Fraction

import pytest

import balancegame as bg
from tests.lesson_text import FACTS, cells

CELLS = cells("02")
DILEMMA = bg.models["core-dilemma-in-sequence"]
NIXON = bg.models["after-nixon"]
CONCESSION = bg.models["concession"]
FACE = bg.models["face"]


def paths(tree):
    """Return every way in which subgame-perfect equilibria let play end."""
    return {end.history for found in bg.subgame_perfect(tree) for end in found.outcomes}


def ends(tree):
    return {history: node for history, node in tree.nodes() if isinstance(node, tuple)}


def numbers(row):
    return tuple(int(n.replace("−", "-")) for n in re.findall(r"[−\d]+", row))


def test_the_first_table_is_the_tree_that_is_bet_on():
    rows = [line for line in CELLS["first-table"].splitlines() if line.startswith("| Japan")]
    assert list(map(numbers, rows)) == list(ends(DILEMMA.tree(s=6, k=4, r=2)).values())
    assert "s=6, k=4, r=2" in CELLS["explore-threat"]


def test_the_table_of_nixon_is_the_tree_that_is_bet_on():
    rows = [line for line in CELLS["sochi"].splitlines() if re.match(r"\| (lifts|sanctions)", line)]
    tree = NIXON.tree(**NIXON.presets["China in 1972"])
    assert list(map(numbers, rows)) == list(ends(tree).values())
    assert '**nixon.presets["China in 1972"]' in CELLS["explore-nixon"]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"s": 6, "k": 4, "r": 2}, {("Engage", "Acquiesce")}),
        ({"s": 20, "k": 4, "r": 2}, {("Engage", "Acquiesce")}),
        ({"s": 6, "k": 2, "r": 4}, {("Comply",)}),
        ({"s": 4, "k": 2, "r": 4}, {("Engage", "Enforce")}),
        ({"s": 5, "k": 2, "r": 4}, {("Comply",), ("Engage", "Enforce")}),
        ({"s": 6, "k": 3, "r": 3}, {("Comply",), ("Engage", "Acquiesce")}),
        ({"s": 4, "k": 3, "r": 3}, {("Engage", "Enforce"), ("Engage", "Acquiesce")}),
    ],
)
def test_japan_complies_where_the_sanction_and_the_will_are_large_enough(values, path):
    assert "*s* ≥ *E* **and** *r* ≥ *k*" in CELLS["subgame-perfect"]
    assert paths(DILEMMA.tree(**values)) == path


def test_the_equilibrium_of_lesson_1_rests_on_an_empty_threat():
    told = str(bg.explain(DILEMMA.game(s=6, k=4, r=2), {(): "Comply", ("Engage",): "Enforce"}))
    assert "It is a Nash equilibrium all the same" in told
    assert "the plan is not subgame-perfect" in told


def test_at_once_there_are_two_equilibria_and_in_turn_one():
    values = NIXON.presets["China in 1972"]
    assert len(bg.pure_equilibria(NIXON.at_once.game(**values))) == 2
    assert paths(NIXON.tree(**values)) == {("Lift", "Engage")}


@pytest.mark.parametrize(
    ("energy", "gain", "path"),
    [
        ("1/2", -2, {("Sanction", "Stay out")}),
        ("1/2", 0, {("Sanction", "Stay out"), ("Lift", "Engage")}),
        ("1/2", 1, {("Lift", "Engage")}),
        (7, "-7/2", {("Sanction", "Engage")}),
        (7, -3, {("Lift", "Engage"), ("Sanction", "Engage")}),
        (7, -2, {("Lift", "Engage")}),
    ],
)
def test_the_weaker_the_hold_on_the_ally_the_sooner_the_leader_moves(energy, gain, path):
    values = {**NIXON.presets["Russia in 2016"], "E": energy, "g": gain}
    assert paths(NIXON.tree(**values)) == path


def test_the_preset_of_2016_follows_from_the_facts():
    facts = FACTS
    assert "| 2016 | -20.1 + 16.5 + 7.1 = 3.5 | 0.35 | 1/2 |" in facts
    assert NIXON.presets["Russia in 2016"]["E"] == Fraction(1, 2)
    assert "(3.5 billion yen" in CELLS["order"]
    assert "29 September 1972" in facts
    assert "in September 1972, the US only in 1979" in CELLS["offer"]
    assert "15 and 16 December 2016" in facts


@pytest.mark.parametrize(
    ("sanction", "offers"),
    [(4, {False}), (5, {False, True}), (6, {True}), (8, {False, True}), (9, {False})],
)
def test_russia_concedes_only_where_that_turns_japan(sanction, offers):
    """At 5 Japan is indifferent without an offer, and at 8 with one."""
    first = {path[0] == "Concede" for path in paths(CONCESSION.tree(s=sanction))}
    assert first == offers
    assert "*E* < *s* ≤ *E* + *z*" in CELLS["at-once"]
    assert {path[0] for path in paths(CONCESSION.tree(s=sanction, k=4, r=2))} == {"Hold"}
    at_once = CONCESSION.at_once.game(s=sanction)
    assert {profile[0] for profile in bg.pure_equilibria(at_once)} == {"Hold"}


@pytest.mark.parametrize(("sanction", "public"), [(4, False), (6, True), (9, False)])
def test_russia_speaks_in_public_only_where_that_changes_what_japan_does(sanction, public):
    assert {path[0] == "Public" for path in paths(FACE.tree(s=sanction))} == {public}
