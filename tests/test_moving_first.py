"""M1 in sequence and M9: what is claimed at, below and above each threshold, by the solvers."""

from fractions import Fraction
from itertools import product

import pytest

import balancegame as bg

CORE, IN_SEQUENCE = bg.models["core-dilemma"], bg.models["core-dilemma-in-sequence"]
AT_ONCE, NIXON = bg.models["leader-follower"], bg.models["after-nixon"]

AROUND = (Fraction(-1, 7), 0, Fraction(1, 7))


def outcomes(tree):
    """Return the histories in which subgame-perfect play can end."""
    return {end.history for ends in bg.subgame_perfect(tree).outcomes for end in ends}


def test_the_games_are_trees():
    for model, players in ((IN_SEQUENCE, ("Japan", "US")), (NIXON, ("US", "Japan"))):
        assert isinstance(model.game(), bg.GameTree)
        assert set(model.game().players) == set(players)
        assert model.game().root.players == players[:1]
    assert len(IN_SEQUENCE.game().layout.ends) == 3
    assert len(NIXON.game().layout.ends) == 4
    assert isinstance(AT_ONCE.game(), bg.NormalFormGame)


@pytest.mark.parametrize(("more", "E", "k"), list(product(AROUND, (2, 5), (1, 4))))
def test_japan_complies_only_if_the_threat_is_believed_and_outweighs_the_trade(more, E, k):
    for beyond in AROUND:
        r, s = k + more, E + beyond
        found = outcomes(IN_SEQUENCE.game(E=E, k=k, r=r, s=s))
        comply, fight, ignore = ("Comply",), ("Engage", "Enforce"), ("Engage", "Acquiesce")
        assert (comply in found) == (r >= k and s >= E)
        assert (found == {comply}) == (r > k and s > E)
        assert (fight in found) == (r >= k and s <= E)
        assert (ignore in found) == (r <= k)
        # At once, the threat need not be carried out: it is enough that it would be.
        nash = bg.pure_equilibria(CORE.game(E=E, k=k, r=r, s=s))
        assert (("Comply", "Enforce") in nash) == (s >= E)
        if r < k and s >= E:
            tree = IN_SEQUENCE.game(E=E, k=k, r=r, s=s)
            verdict = bg.verify(tree, {(): "Comply", ("Engage",): "Enforce"})
            assert verdict.is_nash
            assert [d.gain for d in verdict.profitable] == [k - r]


def test_the_thresholds_of_the_sequence_are_those_of_its_trees():
    found = bg.regimes(IN_SEQUENCE, "s", E=5, k=2, r=4)
    assert [(one.low, one.high) for one in found] == [(0, 5), (5, 5), (5, 20)]
    names = ["a price worth paying", "a threat that works"]
    assert [one.name for one in found if not one.is_point] == names
    (only,) = bg.regimes(IN_SEQUENCE, "s", E=5, k=4, r=2)
    assert only.name == "an empty threat"
    for k, name in ((3, "a threat that works"), (4, "a threat that works"), (5, "an empty threat")):
        diagram = bg.sweep(IN_SEQUENCE, "s", "k", resolution=21, E=5, r=4)
        at = list(diagram.x).index(6), list(diagram.y).index(k)
        assert diagram.legend[diagram.labels[at[1], at[0]]].startswith(name)


@pytest.mark.parametrize(("d", "h", "E"), list(product((1, 3), (2,), (2, 5))))
def test_three_equilibria_are_possible_at_once(d, h, E):
    for s, g in product((E + x for x in AROUND), (-d + x for x in AROUND)):
        found = bg.pure_equilibria(AT_ONCE.game(d=d, h=h, E=E, s=s, g=g))
        assert (("Lift", "Engage") in found) == (g >= -d)
        assert (("Sanction", "Stay out") in found) == (s >= E)
        assert (("Sanction", "Engage") in found) == (s <= E and g <= -d)
        assert ("Lift", "Stay out") not in found


@pytest.mark.parametrize(("g", "d", "h", "E"), [(1, 3, 2, 5), (-2, 3, 1, 4), (0, 1, 5, 2)])
def test_risk_dominance_turns_at_its_threshold(g, d, h, E):
    threshold = E * (1 + Fraction(g + d, h))
    assert threshold > E
    for x in AROUND:
        game = AT_ONCE.game(g=g, d=d, h=h, E=E, s=threshold + x)
        found = bg.risk_dominance(game)
        expected = {-1: ("Lift", "Engage"), 0: None, 1: ("Sanction", "Stay out")}
        assert found.dominant == expected[(x > 0) - (x < 0)]


@pytest.mark.parametrize(("d", "h", "E"), list(product((1, 3), (2,), (2, 5))))
def test_a_weaker_sanction_makes_the_leader_lift_sooner(d, h, E):
    lift, hold, alone = ("Lift", "Engage"), ("Sanction", "Stay out"), ("Sanction", "Engage")
    for s, x in product((E + y for y in AROUND), AROUND):
        for threshold in (0, -d):
            g = threshold + x
            found = outcomes(NIXON.game(d=d, h=h, E=E, s=s, g=g))
            # Japan stays out of what the US sanctions if s > E, does not care at s = E.
            expected = set()
            if s >= E:
                expected |= ({lift} if g >= 0 else set()) | ({hold} if g <= 0 else set())
            if s <= E:
                expected |= ({lift} if g >= -d else set()) | ({alone} if g <= -d else set())
            assert found == expected


def test_both_replies_survive_where_japan_is_indifferent():
    tree = NIXON.game(s=5, E=5, g=-1, d=3)
    found = bg.subgame_perfect(tree)
    assert {one.plan["Sanction",] for one in found} == {"Engage", "Stay out"}
    assert outcomes(tree) == {("Lift", "Engage"), ("Sanction", "Stay out")}
    # The thresholds take Japan to engage there.
    regimes = bg.regimes(NIXON, "s", E=5, g=-1, d=3)
    assert [(one.name, one.high) for one in regimes if not one.is_point] == [
        ("both move", 5),
        ("both hold", 20),
    ]


@pytest.mark.parametrize("model", [IN_SEQUENCE, AT_ONCE, NIXON], ids=lambda model: model.name)
def test_every_value_of_a_preset_has_a_source_and_a_story(model):
    assert model.presets
    for preset in model.presets.values():
        assert set(preset) == set(preset.sources)
        assert all(preset.sources.values())
        assert preset.story
    tied = {
        name for name, preset in model.presets.items() if "Trade Statistics" in str(preset.sources)
    }
    assert tied


def test_the_stories_are_what_the_models_say():
    ends = {
        name: outcomes(IN_SEQUENCE.game(**preset)) for name, preset in IN_SEQUENCE.presets.items()
    }
    assert ends["2013"] == ends["2016"] == {("Engage", "Acquiesce")}
    assert ends["2022"] == {("Engage", "Enforce")}
    assert ends["rival for 2022: the savings of 2021"] == {("Comply",)}
    moves = {name: outcomes(NIXON.game(**preset)) for name, preset in NIXON.presets.items()}
    assert list(moves.values()) == [
        {("Sanction", "Stay out")},
        {("Lift", "Engage")},
        {("Sanction", "Stay out")},
        {("Lift", "Engage")},
    ]
