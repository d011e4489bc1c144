"""Models in which some move later: every diagram and threshold against point by point."""

import pickle
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.explain.phase_map import entry_at, phase_map
from balancegame.explain.regime_words import regime_in_words, supports_in_words
from balancegame.solvers.parametric.regime_names import solution_name
from balancegame.solvers.phase_diagram.outlines import area
from balancegame.solvers.phase_diagram.regime_geometry import regime_at, regime_geometry
from tests.bounded_fractions import bounded_fractions
from tests.one_sentence import one_sentence

BALANCING = bg.models["balancing"]
CORE = bg.models["core-dilemma"]
IN_TURN = bg.SequentialModel(
    name="sanction-in-turn",
    title="Japan moves first",
    at_once=CORE,
    order=("Japan", "US"),
    when_indifferent={"US": "Enforce"},
    names={"obedience": [("Comply", "Enforce")]},
)


@st.composite
def models(draw, players=3):
    """Models whose payoffs are small formulas in x and y; they tie and turn often."""
    names = ("A", "B", "C")[:players]
    shape = (2,) * players
    term = st.sampled_from(["0", "1", "x", "y", "x - y", "2*x - 1", "x*y", "1 - y"])

    def array(depth):
        return [array(depth - 1) for _ in range(2)] if depth else draw(term)

    at_once = bg.Model(
        name="drawn",
        title="Drawn",
        players=names,
        actions=tuple(("up", "down") for _ in shape),
        payoffs=[array(players) for _ in names],
        parameters=[bg.Parameter(name, name, 1, -1, 2) for name in "xy"],
    )
    order = draw(st.sampled_from([(("A", "B"), "C"), ("A", "B", "C"), (("C", "A"), "B")]))
    if players == 2:
        order = ("B", "A")
    later = [name for name in names if name not in order[0]]
    return bg.SequentialModel(
        "drawn-in-turn", "Drawn", at_once, order, dict.fromkeys(later, "down")
    )


def solved(model, **values):
    """Return the supports of the equilibria as masks, and the reply to each cell they play."""
    tree = model.tree(**values)
    movers = {name for _, node in tree.decisions() for name in node.players}
    indifferent = {name: "down" for name, _ in model.later if name in movers}
    game = bg.truncated(tree, indifferent)
    assert game == model.opening_game(**values)
    found = set()
    for component in bg.equilibria(game).components:
        for subset in component:
            played = product(
                *(sorted({a for v in side for a, p in enumerate(v) if p}) for side in subset)
            )
            cells = [tuple(game.actions[i][a] for i, a in enumerate(cell)) for cell in played]
            # Where the tree ends early, since nothing makes a difference, all are indifferent.
            replied = [(*replies(tree, cell), "down", "down")[: len(model.later)] for cell in cells]
            sides = [
                tuple(sorted(sum(1 << a for a, p in enumerate(v) if p) for v in side))
                for side in subset
            ]
            sides += [(1,)] * (2 - len(sides))
            done = [
                tuple(1 << ("up", "down").index(a) for a in actions)
                for actions in zip(*replied, strict=True)
            ]
            found.add((*sides, *done))
    return frozenset(found)


def replies(tree, cell):
    """Return what those who move later do, by maximising at every node on its own."""

    def best(node):
        if isinstance(node, tuple):
            return node, ()
        i = tree.players.index(node.players[0])
        below = {action: best(child) for (action,), child in node.branches.items()}
        top = max(payoffs[i] for payoffs, _ in below.values())
        tied = [action for action, (payoffs, _) in below.items() if payoffs[i] == top]
        chosen = "down" if "down" in tied else tied[0]
        payoffs, path = below[chosen]
        return payoffs, (chosen, *path)

    return best(tree.root.branches[cell])[1]


@settings(deadline=None, max_examples=25)
@given(models())
def test_a_diagram_is_what_each_of_its_cells_is(model):
    diagram = bg.sweep(model, "x", "y", resolution=4)
    found = {}
    for j, y in enumerate(diagram.y):
        for i, x in enumerate(diagram.x):
            found.setdefault(int(diagram.labels[j, i]), set()).add(solved(model, x=x, y=y))
    assert all(len(regimes) == 1 for regimes in found.values())
    assert len(set.union(*found.values())) == len(found) == len(diagram.legend)
    assert len(set(diagram.legend)) == len(diagram.legend)


@settings(deadline=None, max_examples=20)
@given(models(), *[bounded_fractions(-1, 2, 7)] * 2)
def test_the_regime_at_any_point_is_read_from_signs(model, x, y):
    diagram = bg.sweep(model, "x", "y", resolution=4)
    found = regime_geometry(diagram)
    for a, b in [(x, y), (x, x), (x, 1 - x), (Fraction(1, 2), y), (x, Fraction(1))]:
        if not -1 <= b <= 2:
            continue
        _, regime = regime_at(found, a, b)
        here = solved(model, x=a, y=b)
        assert len(regime) == len(here)
        assert set(regime) == here


@settings(deadline=None, max_examples=15)
@given(models())
def test_the_areas_of_a_map_cover_it(model):
    shown = phase_map(bg.sweep(model, "x", "y", resolution=9))
    outlines = [outline for entry in shown.areas for outline in shown.outlines.areas[entry.regime]]
    assert abs(sum(map(area, outlines)) - 1) < 1e-6


@settings(deadline=None, max_examples=25)
@given(models(), st.sampled_from(["0", "1", "1/2"]))
def test_thresholds_are_where_the_solution_changes(model, y):
    found = bg.regimes(model, "x", y=y)
    assert found[0].low == -1
    assert found[-1].high == 2
    probes = [Fraction(n, 5) - 1 for n in range(16)]
    for regime in found:
        inside = [x for x in probes if x in regime]
        if isinstance(regime.low, Fraction) and regime.is_point:
            inside.append(regime.low)
        elif regime.sample is not None:
            inside.append(regime.sample)
        kinds = {solved(model, x=x, y=y) for x in inside}
        assert len(kinds) <= 1
        for x in inside:
            exact = bg.equilibria(model.opening_game(x=x, y=y))
            assert len(exact) == len(regime.solution)
            for one, formula in zip(exact, regime.solution, strict=True):
                told = [p.at(x) if hasattr(p, "at") else p for p in formula.payoffs]
                assert list(one.payoffs) == told


def pennies():
    """Matching pennies, told to C, who gets x by going up where they match or down elsewhere."""
    heads = [[[1, 1], [-1, -1]], [[-1, -1], [1, 1]]]
    tails = [[[-a for a in cell] for cell in row] for row in heads]
    spy = [[["x", 0], [0, "x"]], [[0, "x"], ["x", 0]]]
    at_once = bg.Model(
        name="pennies",
        title="Pennies",
        players=("A", "B", "C"),
        actions=(("up", "down"),) * 3,
        payoffs=[heads, tails, spy],
        parameters=[bg.Parameter(name, name, 1, -1, 1) for name in "xy"],
    )
    return bg.SequentialModel("told", "Told", at_once, (("A", "B"), "C"), {"C": "down"})


def told(x):
    """Return in words what C does, from its two payoffs after each cell; at a tie down."""
    gains = {"(up, up)": x, "(up, down)": -x, "(down, up)": -x, "(down, down)": x}
    done = {cell: "up" if gain > 0 else "down" for cell, gain in gains.items()}
    first = done["(up, up)"]
    if len(set(done.values())) == 1:
        return first
    assert done["(up, up)"] == done["(down, down)"] != done["(up, down)"]
    return f"{first} after (up, up) and (down, down), else {done['(up, down)']}"


def test_regimes_differ_where_only_the_reply_to_each_cell_does():
    model = pennies()
    diagram = bg.sweep(model, "x", "y", resolution=5)
    for i, x in enumerate(diagram.x):
        words = {diagram.legend[k] for k in diagram.labels[:, i]}
        assert words == {f"(up + down, up + down, then {told(x)})"}
    assert len(diagram.legend) == 3

    found = bg.regimes(model, "x")
    assert [(r.low, r.high) for r in found] == [(-1, 0), (0, 0), (0, 1)]

    shown = phase_map(diagram)
    at = {x: entry_at(shown, Fraction(x), Fraction(1, 3)) for x in (-1, 0, 1)}
    for x, entry in at.items():
        assert entry.words == (f"A: mixes up and down; B: mixes up and down; then C: {told(x)}",)
    assert sorted(at[x].mark for x in (-1, 1)) == ["A", "B"]
    assert at[0].mark == "a"


@pytest.mark.parametrize(
    ("subset", "later", "words"),
    [
        (((3,), (1,), (1, 1)), ("C",), "then C: r"),
        (((3,), (1,), (1, 2)), ("C",), "then C: r after (x, x), else s"),
        (((3,), (3,), (1, 1, 1, 4)), ("C",), "then C: t after (y, y), else r"),
        (((3,), (3,), (1, 2, 4, 2)), ("C",), "then C: r after (x, x), t after (y, x), else s"),
        (((3,), (3,), (4, 1, 2, 2)), ("C",), "then C: t after (x, x), r after (x, y), else s"),
        (((2, 3), (3,), (1, 1, 2, 2)), ("C",), "then C: r after (x, x) and (x, y), else s"),
        (((1,), (3,), (2, 1), (4, 4)), ("C", "D"), "then C: s after (x, x), else r; then D: t"),
    ],
)
def test_replies_are_said_by_what_they_follow(subset, later, words):
    actions = (("x", "y"),) * 2
    told = regime_in_words((subset,), ("A", "B"), actions, tuple((n, tuple("rst")) for n in later))
    assert told[0].endswith(f"; {words}")


def test_the_replies_to_one_mover_are_said_by_its_action():
    regime = (((3,), (1,), (1, 2)),)
    told = supports_in_words(regime, (("x", "y"),), (("C", ("r", "s")),))
    assert told == "(x + y, then r after x, else s)"


def test_replies_to_what_is_not_played_make_no_difference():
    """Where A goes down for sure, C's reply to up turns with x unseen."""
    at_once = bg.Model(
        name="unseen",
        title="Unseen",
        players=("A", "C"),
        actions=(("up", "down"),) * 2,
        payoffs=[[[0, 0], [1, 1]], [["x", 0], [0, 1]]],
        parameters=[bg.Parameter(name, name, 1, -1, 1) for name in "xy"],
    )
    model = bg.SequentialModel("late", "Late", at_once, ("A", "C"), {"C": "down"})
    assert bg.sweep(model, "x", "y", resolution=5).legend == ("(down, then down)",)
    assert len(bg.regimes(model, "x")) == 1


def test_one_who_moves_first_decides_knowing_the_replies():
    assert IN_TURN.opening_game(r=3, k=2, s=6, E=5).players == ("Japan",)
    told = {(r, s): solution_name(IN_TURN, r=r, k=2, s=s, E=5) for r in (1, 2, 3) for s in (4, 6)}
    # Comply is the outcome where the threat is credible, at the tie r = k by assumption, and s > E.
    assert [at for at, name in told.items() if name == "obedience"] == [(2, 6), (3, 6)]
    diagram = bg.sweep(IN_TURN, "s", "k", resolution=5, r=3)
    assert "obedience: (Comply, then Enforce)" in diagram.legend
    assert {diagram.legend[k] for k in diagram.labels[-1]} == {"(Engage, then Acquiesce)"}


def test_a_tree_ends_where_nothing_left_to_choose_makes_a_difference():
    tree = IN_TURN.game(s=6, E=5, k=2, r=4, S=10, V=10, d=3)
    assert tree == IN_TURN.tree(s=6, E=5, k=2, r=4, S=10, V=10, d=3)
    reply = bg.Decision("US", {"Enforce": (9, 9), "Acquiesce": (15, 7)})
    root = bg.Decision("Japan", {"Comply": (10, 10), "Engage": reply})
    assert tree == bg.GameTree(root, ("Japan", "US"))
    # Equal numbers alone are a tie to be seen: only equal formulas make no difference.
    assert len(IN_TURN.tree(k=2, r=2, s=0).layout.ends) == 3
    # Where several move first, the game is what they play.
    assert isinstance(BALANCING.game(), bg.NormalFormGame)
    assert len(BALANCING.tree().layout.ends) == 8


def test_the_catalogue_names_who_moves_when():
    assert BALANCING.players == ("US", "Japan")
    assert BALANCING.later == (("China", ("Assert", "Hold back")),)
    assert "first US and Japan, then China" in repr(BALANCING)
    assert pickle.loads(pickle.dumps(BALANCING)) == BALANCING
    regimes = pickle.loads(pickle.dumps(bg.regimes(BALANCING, "g")))
    assert [r.low for r in regimes] == [0, 0, 2, 2, 4, 4]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"order": ("Japan",)}, ("exactly once",)),
        ({"order": (("Japan", "US"),)}, ("at once", "at_once itself")),
        ({"when_indifferent": {}}, ("does not say what US does",)),
        ({"when_indifferent": {"US": "Sulk"}}, ("US", "'Sulk'")),
        ({"when_indifferent": {"us": "Enforce"}}, ("'us'", "who does not move later")),
        ({"when_indifferent": {"Japan": "Comply", "US": "Enforce"}}, ("'Japan'", "are US")),
        ({"when_indifferent": ["Enforce"]}, ("maps players to actions", "list")),
        ({"name": ""}, ("the name of a model",)),
        ({"names": {"odd": "Comply"}}, ("must map each name", "'Comply'")),
        ({"at_once": CORE.game()}, ("at_once", "is a Model")),
        ({"names": {"odd": [("Comply",)]}}, ("odd", "an action of each player")),
        ({"presets": {"far": bg.Preset({"s": 99}, {"s": "assumed"})}}, ("preset far", "s = 99")),
    ],
)
def test_a_model_that_is_not_one_is_refused(change, words):
    with one_sentence(*words):
        bg.SequentialModel(
            **{
                "name": "in-turn",
                "title": "In turn",
                "at_once": CORE,
                "order": ("Japan", "US"),
                "when_indifferent": {"US": "Enforce"},
                **change,
            }
        )


def test_two_who_choose_at_once_later_are_refused():
    with one_sentence("US and Japan choose at once after others"):
        bg.SequentialModel(
            "late", "Late", bg.models["balancing-at-once"], ("China", ("US", "Japan")), {}
        )
