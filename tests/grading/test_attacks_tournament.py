"""Strategies that mean harm to a tournament keep only themselves out of it."""

from __future__ import annotations

import pytest

import balancegame as bg
from balancegame.grading.isolation.tiers import available_tiers
from balancegame.grading.submission.answers import cell_source
from balancegame.grading.submission.patience import Patience
from balancegame.grading.tournament import entries, learning
from balancegame.grading.tournament.entries import read_entries
from balancegame.grading.tournament.tournament_run import hold_tournament
from tests.grading.test_tournament_of_a_class import ECHO, GRIM, NEVER, entered, same, write

pytestmark = pytest.mark.usefixtures("games_loaded")

# The first call imports the games, and the machine may be busy.
ENOUGH = Patience(cell=60, call=60, whole=240)
FOR_WHAT_NEVER_ENDS = Patience(cell=60, call=1, whole=240, at_once=0.2)


def read_others(folder):
    return (
        "def strategy(role, mine, theirs):\n"
        f"    text = open({str(folder / 'zoe' / 'strategy.py')!r}).read()\n"
        '    return "Support" if "always" in text else "Withhold"'
    )


@pytest.fixture
def hurried(monkeypatch):
    """Give what never ends little time, and the strategies beside it as much as they need."""

    def source(submission, start, student, patience):
        given = FOR_WHAT_NEVER_ENDS if student == "mal" else patience
        return cell_source(submission, start, student, given)

    monkeypatch.setattr(entries, "cell_source", source)


def survives(tmp_path, tier, attack):
    """Enter an attack between two others; see that these are as without it, and return it."""
    found = entered(write(tmp_path / "attacked", ann=GRIM, mal=attack, zoe=NEVER), tier, ENOUGH)
    agreed, punishment = ("Support", "Support"), ("Withhold", "Withhold")
    assert same(found["ann"].automaton, bg.grim_trigger(agreed, punishment))
    assert same(found["zoe"].automaton, bg.always("Withhold"))
    for text in (GRIM, NEVER):
        assert text in {p.read_text() for p in (tmp_path / "attacked").rglob("strategy.py")}
    return found["mal"]


@pytest.mark.usefixtures("hurried")
def test_a_strategy_that_never_ends(tmp_path, tier):
    loop = "def strategy(role, mine, theirs):\n    while True:\n        pass"
    assert "look for an endless loop" in survives(tmp_path, tier, loop).why_not


@pytest.mark.usefixtures("hurried")
def test_a_strategy_that_never_ends_in_one_role_after_a_while(tmp_path, tier):
    late = (
        "import time\ndef strategy(role, mine, theirs):\n"
        '    while role == "US" and len(mine) == 3:\n        time.sleep(0.01)\n    return "Support"'
    )
    assert "look for an endless loop" in survives(tmp_path, tier, late).why_not


def test_a_strategy_that_reads_others(tmp_path):
    tier = available_tiers()[-1]
    if tier != "hardened":
        pytest.skip("the process tier makes no claim about files")
    found = survives(tmp_path, tier, read_others(tmp_path / "attacked"))
    assert found.automaton is None
    assert "strategy stopped: FileNotFoundError" in found.why_not


def test_a_strategy_that_forks(tmp_path, tier):
    forks = 'import os\ndef strategy(role, mine, theirs):\n    os.fork()\n    return "Support"'
    found = survives(tmp_path, tier, forks)
    if tier == "hardened":
        assert "strategy stopped: PermissionError" in found.why_not
    else:
        assert found.automaton is None


def test_a_strategy_that_answers_no_action(tmp_path, tier):
    found = survives(tmp_path, tier, 'def strategy(role, mine, theirs):\n    return "Suport"')
    assert found.why_not == (
        "After no period at all, strategy answers 'Suport', which is no action of Japan; its "
        "actions are Support and Withhold."
    )


ENDS_ITSELF = {
    "exits": "import os\nos._exit(0)",
    "exits when asked": "import os\ndef strategy(role, mine, theirs):\n    os._exit(0)",
    "recursion": "def strategy(role, mine, theirs):\n    return strategy(role, mine, theirs)",
    "memory": "def strategy(role, mine, theirs):\n    return [0] * 10**12",
    "system exit": "def strategy(role, mine, theirs):\n    raise SystemExit",
}
LIES = """
from balancegame.games.automata import Automaton, Machine
class Lying(Automaton):
    def on(self, stage, player):
        return Machine(("a",), {}, {})
strategy = Lying("lying", {{"a": "Support"}}, {{"a": "a"}})
"""
FORGED_AUTOMATA = {
    "an action that there is not": ("(7,)", "({k: 0 for k in range(4)},)"),
    "a truth value for an action": ("(True,)", "({k: 0 for k in range(4)},)"),
    "a state that there is not": ("(0,)", "({k: 5 for k in range(4)},)"),
    "a state below the first": ("(0,)", "({k: -1 for k in range(4)},)"),
    "too few moves": ("(0,)", "({0: 0},)"),
    "no state": ("()", "()"),
    "text for an action": ('("0",)', "({k: 0 for k in range(4)},)"),
}
FORGED_ANSWERS = {"too long": "xyz", "too high": "z", "too low": "!"}
CANNOT_BE_READ = {
    **{name: LIES.format(*forged) for name, forged in FORGED_AUTOMATA.items()},
    **{
        name: f"{ECHO}\nimport builtins\nbuiltins.chr = lambda number: {answer!r}"
        for name, answer in FORGED_ANSWERS.items()
    },
}
SIDE_BY_SIDE = {**ENDS_ITSELF, **CANNOT_BE_READ}


@pytest.fixture(scope="module")
def side_by_side(tmp_path_factory):
    """Enter many attacks at once, each between two strategies of honest students."""
    honest = [(GRIM, NEVER)[number % 2] for number in range(len(SIDE_BY_SIDE) + 1)]
    sources = {f"{2 * number:02}": source for number, source in enumerate(honest)}
    attacks = enumerate(SIDE_BY_SIDE.values())
    sources |= {f"{2 * number + 1:02}": source for number, source in attacks}
    folder = write(tmp_path_factory.mktemp("side by side"), **sources)
    found = entered(folder, patience=ENOUGH)
    assert list(found) == sorted(sources)
    assert {s: (folder / s / "strategy.py").read_text() for s in sources} == sources
    return [*found.values()]


def survives_beside_others(side_by_side, attack):
    """See that an attack's two neighbours are as without it, and return it."""
    place = 2 * [*SIDE_BY_SIDE].index(attack) + 1
    before, found, after = side_by_side[place - 1 : place + 2]
    honest = (
        bg.grim_trigger(("Support", "Support"), ("Withhold", "Withhold")),
        bg.always("Withhold"),
    )
    for entry in (before, after):
        assert same(entry.automaton, honest[int(entry.student) // 2 % 2])
    return found


@pytest.mark.parametrize("attack", ENDS_ITSELF)
def test_a_strategy_that_ends_itself(side_by_side, attack):
    assert survives_beside_others(side_by_side, attack).automaton is None


@pytest.mark.parametrize("forged", FORGED_AUTOMATA)
def test_forged_automata_are_not_believed(side_by_side, forged):
    found = survives_beside_others(side_by_side, forged)
    assert "What strategy hands over cannot be read" in found.why_not


@pytest.mark.parametrize("forged", FORGED_ANSWERS)
def test_forged_answers_are_not_believed(side_by_side, forged):
    found = survives_beside_others(side_by_side, forged)
    assert "What strategy hands over cannot be read" in found.why_not


# Counts without end, so it is played out in its matches; only there, where every history follows
# from its own answers, does it use what it knows.
KNOWING = """
import sys, time
answers, roles, seen = {}, set(), {"off the path": False, "a threat": False}
def strategy(role, mine, theirs):
    before = role, tuple(mine[:-1]), tuple(theirs[:-1])
    if mine and answers.get(before) != mine[-1]:
        seen["off the path"] = True
    roles.add(role)
    seen["a threat"] |= "Withhold" in theirs
    answer = "Withhold" if 2 * theirs.count("Withhold") > len(theirs) else "Support"
    if len(mine) > 1 and not seen["off the path"] and KNOWS:
        answer = "Withhold"
    answers[role, tuple(mine), tuple(theirs)] = answer
    return answer
"""
WAYS_TO_KNOW = {
    "from other matches": 'seen["a threat"]',
    "from the other role": "len(roles) > 1",
    "from all questions at once": 'len(sys._getframe(1).f_locals["words"].split(" ")) > 1',
    "from the clock": "int(time.perf_counter() * 1e6) % 2",
}


def test_a_strategy_that_knows_whom_it_meets(tmp_path, monkeypatch):
    # What counts without end is no automaton of ten states: nobody need look for one of sixty.
    monkeypatch.setattr(learning, "MOST_STATES", 10)
    honest = KNOWING.replace("KNOWS", "False")
    attacks = {way: KNOWING.replace("KNOWS", knows) for way, knows in WAYS_TO_KNOW.items()}
    write(tmp_path / "in", ann=GRIM, hon=honest, zoe=NEVER, **attacks)
    stage = bg.models["alliance"].game().stage
    found = {
        e.student: e for e in read_entries(tmp_path / "in", stage, available_tiers()[-1], periods=8)
    }
    for way in attacks:
        assert "gave two answers; let it depend on the history alone" in found[way].why_not, way
    assert found["hon"].automaton is not None
    assert found["hon"].periods == 8


# Each role goes round a ring of its own, so with mistakes every pair of states comes up.
RINGS = """
import balancegame as bg
states = [str(number) for number in range({states})]
turns = {{}}
for number, state in enumerate(states):
    turns[state] = {{("Withhold", "Withhold"): "0"}}
    turns[state]["otherwise"] = states[(number * 7 + 3) % {states}]
does = ("Support" if number % 3 else "Withhold" for number in range({states}))
acts = {{state: (action, action) for state, action in zip(states, does)}}
strategy = bg.Automaton("rings", acts, turns)
"""


def test_a_strategy_of_so_many_states_that_no_match_ends(tmp_path):
    write(tmp_path / "in", ann=GRIM, mal=RINGS.format(states=199), zoe=RINGS.format(states=17))
    game = bg.models["alliance"].game()
    run = hold_tournament(
        tmp_path / "in", game, tmp_path / "out", mistakes="1/10", tier=available_tiers()[-1]
    )
    (mal,) = run.absent
    assert mal.student == "mal"
    assert "where players make mistakes it may have 20; let it remember less." in mal.why_not
    without = hold_tournament(tmp_path / "in", game, tmp_path / "again", tier=available_tiers()[-1])
    assert not without.absent
