"""A class's strategies meet each other: what is handed in, learnt, played, shown and refused."""

from __future__ import annotations

import csv
import re

import pytest
from click.testing import CliRunner

import balancegame as bg
from balancegame.cli import main
from balancegame.grading.gradebook.folder_lock import alone_in
from balancegame.grading.isolation.tiers import available_tiers
from balancegame.grading.submission.patience import Patience
from balancegame.grading.tournament import learning, results_page, tournament_run
from balancegame.grading.tournament.both_roles import in_both_roles
from balancegame.grading.tournament.entries import MOST_STATES, read_entries
from balancegame.grading.tournament.tournament_run import hold_tournament
from balancegame.solvers.repeated.compact_automata import compact, smallest
from tests.grading.guide import notebook
from tests.one_sentence import check_sentence, one_sentence
from tests.repeated_games import dilemma

pytestmark = pytest.mark.usefixtures("games_loaded")

ALLIANCE = bg.models["alliance"].game()
BOTH = '("Support", "Support"), ("Withhold", "Withhold")'
GRIM = f"import balancegame as bg\nstrategy = bg.grim_trigger({BOTH})"
ECHO = """
def strategy(role, mine, theirs):
    return theirs[-1] if theirs else "Support"
"""
BY_ROLE = """
def strategy(role, mine, theirs):
    return "Support" if role == "Japan" or len(mine) < 2 else "Withhold"
"""
NEVER = 'import balancegame as bg\nstrategy = bg.always("Withhold")'
QUICK = Patience(cell=5, call=1, whole=20, at_once=0.2)


def write(folder, **sources):
    for name, source in sources.items():
        path = folder / name / "strategy.py"
        path.parent.mkdir(parents=True)
        path.write_text(source, encoding="utf-8")
    return folder


def entered(folder, tier=None, patience=QUICK, stage=ALLIANCE.stage):
    tier = tier or available_tiers()[-1]
    return {entry.student: entry for entry in read_entries(folder, stage, tier, patience)}


def same(automaton, other):
    stage = ALLIANCE.stage
    return all(compact(stage, automaton, i) == compact(stage, other, i) for i in range(2))


def test_automata_and_functions_are_what_they_do(tmp_path, tier):
    found = entered(write(tmp_path, ann=GRIM, bob=ECHO, cem=BY_ROLE), tier)
    agreed, punishment = ("Support", "Support"), ("Withhold", "Withhold")
    assert same(found["ann"].automaton, bg.grim_trigger(agreed, punishment))
    assert same(found["bob"].automaton, bg.tit_for_tat(agreed, punishment))
    by_role = [compact(ALLIANCE.stage, found["cem"].automaton, i) for i in range(2)]
    assert [len(each.actions) for each in by_role] == [1, 3]
    assert by_role[0].actions == (0,)
    assert by_role[1].actions == (0, 0, 1)
    assert [entry.learnt for entry in found.values()] == [False, True, True]
    assert found["bob"].certain_up_to >= 5


def test_a_notebook_in_a_zip_file_will_do(tmp_path):
    import zipfile

    (tmp_path / "ann").mkdir()
    with zipfile.ZipFile(tmp_path / "ann" / "work.zip", "w") as archive:
        archive.writestr("work/strategy.ipynb", notebook(f"# %%\n{GRIM}\n"))
    (entry,) = entered(tmp_path).values()
    assert entry.automaton is not None


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("strategy = ...", "There is no strategy yet"),
        ("tactics = 1", "There is no strategy yet"),
        ("strategy = 5", "strategy is of the kind int; make it a bg.Automaton or a function."),
        ("strategy = 1 / 0", "stopped: ZeroDivisionError in line 1"),
        ("def strategy(mine, theirs):\n    return 1", "strategy(role, mine, theirs)"),
        (
            "def strategy(role, mine, theirs):\n    return theirs[5]",
            "strategy stopped: IndexError in line 2: list index out of range.",
        ),
        (
            'import balancegame as bg\nstrategy = bg.always("Attack")',
            "strategy does not fit the game of this tournament: state 'Attack' of automaton ",
        ),
        (
            (
                "import random\ndef strategy(role, mine, theirs):\n"
                '    return random.choice(["Support", "Withhold"])'
            ),
            "gave two answers; let it depend on the history alone",
        ),
        (
            (
                "asked = []\ndef strategy(role, mine, theirs):\n    asked.append(1)\n"
                '    return "Support" if len(asked) < 3000 else "Withhold"'
            ),
            "gave two answers; let it depend on the history alone",
        ),
        (
            (
                "def strategy(role, mine, theirs):\n"
                '    bad = theirs.count("Withhold")\n'
                '    return "Withhold" if 2 * bad > len(theirs) else "Support"'
            ),
            "no automaton of at most 60 states, and where players make mistakes only an automaton",
        ),
        (
            (
                "import balancegame as bg\nstates = [str(k) for k in range(201)]\n"
                'strategy = bg.Automaton("long", dict.fromkeys(states, "Support"), '
                "{k: states[int(k) - 1] for k in states})"
            ),
            f"more than {MOST_STATES} states",
        ),
    ],
    ids=[
        *(
            "dots",
            "other name",
            "number",
            "error",
            "two arguments",
            "error inside",
            "no such action",
        ),
        *("chance", "memory between calls", "counts without end", "too many states"),
    ],
)
def test_what_does_not_take_part_is_told_why(tmp_path, source, says, monkeypatch):
    # What counts without end is no automaton of ten states: nobody need look for one of sixty.
    monkeypatch.setattr(learning, "MOST_STATES", 10)
    found = entered(write(tmp_path, ann=source, bob=NEVER))
    assert found["ann"].automaton is None
    assert says in found["ann"].why_not
    check_sentence(found["ann"].why_not)
    assert found["bob"].automaton is not None


def test_an_action_is_known_however_it_is_spelled(tmp_path):
    spelled = {"ann": "support", "bob": " SUPPORT\\n", "cem": "Sup port"}
    sources = {
        name: f'def strategy(role, mine, theirs):\n    return "{word}"'
        for name, word in spelled.items()
    }
    for entry in entered(write(tmp_path, **sources)).values():
        assert same(entry.automaton, bg.always("Support"))


def test_an_automaton_for_another_game_is_told_so_without_a_line_of_ours(tmp_path):
    stage = bg.models["core-dilemma"].game()
    (entry,) = entered(write(tmp_path, ann=GRIM), stage=stage).values()
    assert entry.why_not.startswith(
        "strategy does not fit the game of this tournament: state 'agreed' of automaton "
    )
    assert "'Support'" in entry.why_not
    assert "line" not in entry.why_not
    check_sentence(entry.why_not)
    assert not entry.is_fault


def test_each_role_has_its_own_automaton():
    stage = dilemma()
    first = smallest([0, 1], [[0, 1, 0, 1], [1, 1, 1, 1]])
    second = smallest([1], [[0, 0, 0, 0]])
    both = in_both_roles("both", stage, [first, second])
    assert [compact(stage, both, i) for i in range(2)] == [first, second]


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A tournament of three who can take part and two who cannot."""
    folder = tmp_path_factory.mktemp("tournament")
    write(folder / "submissions", ann=GRIM, bob=ECHO, cem=NEVER, dan="strategy = ...")
    (folder / "submissions" / "ann" / "tactics.py").write_text("x = 1")
    (folder / "submissions" / "eve <i>").mkdir()
    line = ["tournament", str(folder / "submissions"), "--stage", "alliance"]
    result = CliRunner().invoke(main, [*line, "--delta", "4/5", "--out", str(folder / "out")])
    hidden = CliRunner().invoke(
        main, [*line, "--delta", "4/5", "--hide-names", "--out", str(folder / "hidden")]
    )
    return folder, result, hidden


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_command_says_and_writes_what_round_robin_says(held):
    folder, result, _ = held
    assert result.exit_code == 0, result.output
    agreed, punishment = ("Support", "Support"), ("Withhold", "Withhold")
    game = bg.RepeatedGame(ALLIANCE.stage, "4/5")
    automata = {
        "ann": bg.grim_trigger(agreed, punishment),
        "bob": bg.tit_for_tat(agreed, punishment),
        "cem": bg.always("Withhold"),
    }
    expected = bg.round_robin(game, automata)
    found = rows(folder / "out" / "payoffs.csv")
    assert found[0] == ["gets against", *automata]
    for name, row, payoffs in zip(automata, found[1:], expected.payoffs, strict=True):
        assert row == [name, *map(str, payoffs)]
    standings = rows(folder / "out" / "standings.csv")
    assert [row[1] for row in standings[1:]] == list(expected.scores)
    assert [row[3] for row in standings[1:]] == [str(s) for s in expected.scores.values()]
    assert "3 strategies took part." in result.output
    assert "ann handed in tactics.py, which is the name of no exercise" in result.output
    assert "dan did not take part: There is no strategy yet" in result.output
    assert "eve <i> did not take part: Nothing was handed in." in result.output


def test_the_page_shows_who_beats_whom(held):
    folder, _, _ = held
    page = (folder / "out" / "tournament.html").read_text(encoding="utf-8")
    for words in (
        "Support in return for support",
        "3 strategies meet each other and themselves, in both roles, at delta = 4/5.",
        "Best replies to the field",
        "Who would be left",
        "Who beats whom",
        "eve &lt;i&gt;",
        "One strategy was handed in as a function",
        "no: in some state Japan gains 10/9 by Support",
    ):
        assert words in page, words
    assert "<script" not in page
    assert page.count("<polyline") == 3
    assert page.count("▲") + page.count("▼") + page.count("=</span>") >= 9


def test_names_are_hidden_where_that_is_asked(held):
    folder, _, hidden = held
    assert hidden.exit_code == 0
    assert not re.search(r"\b(ann|bob|cem|dan|eve)\b", hidden.output)
    assert "2 strategies could not take part; who.csv says why." in hidden.output
    for name in ("tournament.html", "standings.csv", "payoffs.csv"):
        text = (folder / "hidden" / name).read_text(encoding="utf-8")
        assert not re.search(r"\b(ann|bob|cem|dan|eve)\b", text), name
        assert "strategy 1" in text
    who = rows(folder / "hidden" / "who.csv")
    assert [row[0] for row in who[1:]] == ["ann", "bob", "cem", "dan", "eve <i>"]
    assert {row[1] for row in who[1:]} == {"strategy 1", "strategy 2", "strategy 3", ""}


def test_a_large_class_has_a_page_that_can_be_opened(tmp_path, monkeypatch):
    assert results_page.MOST_IN_THE_TABLE == 40
    monkeypatch.setattr(results_page, "MOST_IN_THE_TABLE", 4)
    write(tmp_path / "submissions", **{f"student {k}": NEVER for k in range(6)})
    hold_tournament(
        tmp_path / "submissions", ALLIANCE, tmp_path / "out", tier=available_tiers()[-1]
    )
    page = (tmp_path / "out" / "tournament.html").read_text(encoding="utf-8")
    assert "These are the best 4 of 6; payoffs.csv holds all of them." in page
    assert len(rows(tmp_path / "out" / "payoffs.csv")) == 7


def test_a_game_of_many_actions(tmp_path):
    size = range(5)
    stage = bg.NormalFormGame(
        [[[i - j for j in size] for i in size], [[j - i for j in size] for i in size]],
        actions=[[f"act {k}" for k in size]] * 2,
    )
    up = """
def strategy(role, mine, theirs):
    return "act 4" if theirs and theirs[-1] == "act 4" else "act 0"
"""
    (entry,) = entered(write(tmp_path, ann=up), stage=stage).values()
    assert [len(compact(stage, entry.automaton, i).actions) for i in range(2)] == [2, 2]
    assert entry.certain_up_to >= 2


def test_a_game_from_a_file(tmp_path):
    write(
        tmp_path / "submissions",
        ann='import balancegame as bg\nstrategy = bg.always("D")',
        bob='def strategy(role, mine, theirs):\n    return "C"',
    )
    bg.write_nfg(dilemma(), tmp_path / "game.nfg")
    line = ["tournament", str(tmp_path / "submissions"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(
        main,
        [*line, "--stage", str(tmp_path / "game.nfg"), "--mistakes", "1/2", "--hazard", "1/10"],
    )
    assert result.exit_code == 0, result.output
    page = (tmp_path / "out" / "tournament.html").read_text(encoding="utf-8")
    assert "at delta = 9/10 and a hazard of 1/10 in each period; each makes a mistake" in page
    assert {cell for row in rows(tmp_path / "out" / "payoffs.csv")[1:] for cell in row[1:]} == {
        "9/4"
    }


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--stage", "alliances"], "there is no model 'alliances'; perhaps alliance is meant."),
        (["--stage", "balancing"], "no game in which both choose at once"),
        (["--stage", "alliance", "--mistakes", "2"], "2 is not the probability of a mistake"),
        (["--stage", "alliance", "--delta", "1"], "delta = 1 is not a discount factor"),
        (["--stage", "alliance", "--generations", "0"], "0 is not a number of generations"),
        (["--stage", "alliance", "--set", "s"], "--set s has no value"),
        (["--stage", "alliance", "--set", "z=1"], "z"),
        (["--stage", "nothing.nfg"], "nothing.nfg"),
        (["--stage", "alliance"], "no strategy can take part (ann: There is no strategy yet"),
    ],
)
def test_what_is_wrong_with_a_command_is_one_sentence(tmp_path, options, says):
    write(tmp_path / "submissions", ann="strategy = ...")
    line = ["tournament", str(tmp_path / "submissions"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(main, [*line, *options])
    assert result.exit_code == 1
    assert says.lower() in result.output.lower(), result.output
    assert not (tmp_path / "out").exists()


def test_where_the_results_cannot_go(tmp_path):
    write(tmp_path / "submissions", ann=NEVER)
    (tmp_path / "file").write_text("")
    with one_sentence("cannot be written"):
        hold_tournament(
            tmp_path / "submissions", ALLIANCE, tmp_path / "file" / "out", tier="process"
        )
    (tmp_path / "out").mkdir()
    with alone_in(tmp_path / "out"), one_sentence("is in use by"):
        hold_tournament(tmp_path / "submissions", ALLIANCE, tmp_path / "out", tier="process")
    assert not (tmp_path / "out" / tournament_run.PAGE).exists()
