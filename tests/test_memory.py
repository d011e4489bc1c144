"""What a student answered is there again: kept in the course folder, never lost, never sent."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.grading.practice.check import check
from balancegame.grading.practice.kept_work import (
    KeptAnswer,
    KeptBet,
    KeptCheck,
    KeptWork,
    kept_work,
)
from balancegame.grading.practice.memory import (
    ANSWERS,
    BETS,
    EXERCISES,
    all_kept,
    course_around,
    keep,
    kept,
)
from tests.one_sentence import one_sentence


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder in whose notebooks we are."""
    (tmp_path / ".balancegame").mkdir()
    (tmp_path / ".balancegame" / "handed-out.json").write_text("{}", encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    return tmp_path


def files(course, kind=ANSWERS):
    return sorted(path.name for path in (course / ".balancegame" / "kept" / kind).iterdir())


@pytest.mark.parametrize(
    ("opened", "request_", "kind"),
    [
        (lambda: bg.quick_check("01-threshold"), {"kind": "answer", "answer": "8"}, ANSWERS),
        (
            lambda: bg.explore(bg.models["core-dilemma"]),
            {"kind": "bet", "choice": "0,0"},
            BETS,
        ),
    ],
)
def test_what_the_page_shows_is_kept_already(course, monkeypatch, opened, request_, kind):
    seen = []
    widget = opened()
    send = type(widget).send_state

    def told(self, key=None):
        names = {key} if isinstance(key, str) else set(key or ())
        if "shown" in names:
            folder = course / ".balancegame" / "kept" / kind
            seen.append(folder.is_dir() and bool(list(folder.iterdir())))
        send(self, key)

    monkeypatch.setattr(type(widget), "send_state", told)
    widget.answer({**request_, "token": "t"})
    assert seen == [True]


def test_a_letter_that_was_kept_before_texts_stood_on_the_buttons_is_there_again(course):
    record = {"given": "b", "answered": "b", "verdict": "right", "mistakes": 0}
    keep(ANSWERS, "01-credible", record)
    asked = bg.quick_check("01-credible")
    assert (asked.verdict, asked.shown["chosen"]) == ("right", "b")
    assert str(asked).startswith(
        "Your answer: b, It is an equilibrium, but if Japan did engage, the US would rather "
        "acquiesce. Right."
    )


def test_an_answer_is_there_again(course):
    asked = bg.quick_check("01-equilibrium")
    assert asked.verdict == "unattempted"
    asked.answer({"kind": "answer", "answer": ["Comply", "Enforce"], "token": "t"})
    assert asked.verdict == "wrong"
    again = bg.quick_check("01-equilibrium")
    assert (again.verdict, again.shown["chosen"]) == ("wrong", ["Comply", "Enforce"])
    assert "Japan would gain 1 by engaging" in again.shown["words"]
    assert str(again).startswith("Your answer: (Comply, Enforce). Not yet.")
    again.answer({"kind": "answer", "answer": ["Engage", "Enforce"]})
    assert bg.quick_check("01-equilibrium").verdict == "right"
    assert files(course) == ["01-equilibrium.json"]


@pytest.mark.parametrize(
    ("name", "given", "chosen"),
    [
        ("06-hazard", 4 / 9, "0.4444444444444444"),
        ("06-hazard", Fraction(4, 9), "4/9"),
        ("01-best-response", {"enforce", "Acquiesce"}, ["Acquiesce", "Enforce"]),
        ("01-equilibrium", ("Engage", "Enforce"), ["Engage", "Enforce"]),
        ("01-credible", "b", "b"),
        ("01-claim", "2013 and 2016", ["2013", "2016"]),
        ("04-region", "chicken", "Chicken"),
    ],
)
def test_an_answer_of_a_cell_is_kept_too(course, name, given, chosen):
    assert bg.quick_check(name, given).verdict == "right"
    asked = bg.quick_check(name, ...)
    assert (asked.verdict, asked.shown["chosen"]) == ("right", chosen)


def test_what_cannot_be_read_replaces_nothing(course):
    bg.quick_check("01-threshold", 8)
    asked = bg.quick_check("01-threshold")
    asked.answer({"kind": "answer", "answer": "8;5"})
    assert asked.verdict == "unreadable"
    assert "the character ;" in asked.shown["words"].lower()
    assert bg.quick_check("01-threshold").verdict == "right"


def test_nothing_chosen_is_no_answer(course):
    asked = bg.quick_check("01-best-response")
    asked.answer({"kind": "answer", "answer": []})
    assert (asked.verdict, asked.shown["message"]) == ("unattempted", "Choose an answer first.")
    assert not (course / ".balancegame" / "kept").exists()


def test_outside_of_a_course_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert course_around() is None
    assert bg.quick_check("01-threshold", 8).verdict == "right"
    assert bg.quick_check("01-threshold").verdict == "unattempted"
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_broken_file_is_set_aside_and_said(course, content):
    for name in ("01-threshold", "01-mixture"):
        bg.quick_check(name, "5/8")
    path = course / ".balancegame" / "kept" / ANSWERS / "01-mixture.json"
    path.write_bytes(content)
    asked = bg.quick_check("01-mixture")
    assert asked.verdict == "unattempted"
    assert "cannot be read; it was set aside as 01-mixture.unreadable-1" in asked.shown["message"]
    assert (path.parent / "01-mixture.unreadable-1").read_bytes() == content
    assert bg.quick_check("01-mixture").shown["message"] == ""
    assert bg.quick_check("01-threshold").verdict == "wrong"
    path.write_bytes(content)
    (complaint,) = kept_work().complaints
    assert "01-mixture.unreadable-2" in complaint


@pytest.mark.parametrize("record", [{}, {"given": 3}, {"given": None}, {"given": ["x"]}])
def test_a_record_that_says_nothing_is_no_answer(course, record):
    keep(ANSWERS, "01-equilibrium", record)
    assert bg.quick_check("01-equilibrium").verdict == "unattempted"


def test_two_notebooks_write_at_once(course):
    """Neither what the two answer to different questions is lost, nor is a file ever half."""
    code = (
        "import sys; from balancegame.grading.practice.memory import keep\n"
        "for k in range(150):\n"
        "    keep('answers', f'{sys.argv[1]}-{k % 3}', {'given': sys.argv[1] * 999})\n"
        "    keep('answers', 'both', {'given': sys.argv[1] * 999})\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, name]) for name in ("a", "b")]
    while any(writer.poll() is None for writer in writers):
        record = kept(ANSWERS, "both")
        assert record is None or record["given"] in ("a" * 999, "b" * 999)
    assert [writer.returncode for writer in writers] == [0, 0]
    found, complaints = all_kept(ANSWERS)
    assert sorted(found) == ["a-0", "a-1", "a-2", "b-0", "b-1", "b-2", "both"]
    assert complaints == []
    assert [name for name in files(course) if not name.endswith(".json")] == []


def test_threads_of_one_kernel_write_at_once(course):
    with ThreadPoolExecutor(8) as pool:
        [*pool.map(lambda k: keep(ANSWERS, "same", {"given": str(k)}), range(200))]
    assert kept(ANSWERS, "same")["given"].isdecimal()


def test_what_cannot_be_kept_is_judged_and_said(course):
    (course / ".balancegame" / "kept").write_text("in the way", encoding="utf-8")
    feedback = bg.quick_check("01-threshold", 8)
    assert feedback.verdict == "right"
    assert "could not be kept" in feedback.words
    asked = bg.quick_check("01-threshold")
    asked.answer({"kind": "answer", "answer": "8"})
    assert asked.verdict == "right"
    assert "could not be kept" in asked.shown["message"]


def test_a_name_leads_nowhere_else(course):
    for name in ("../x", "a/b", "", ".x", "a\\b"):
        with one_sentence("cannot be the name"):
            keep(ANSWERS, name, {})


def test_the_work_so_far_tells_what_was_answered_and_what_went_wrong(course):
    for answer in (5, 10, 10, 8, 9):
        bg.quick_check("01-threshold", answer)
    bg.quick_check("01-read-table", 11)
    keep(BETS, "core-dilemma-1", {"words": "x", "outcome": "partly", "notebook": "01_a.ipynb"})
    keep(BETS, "core-dilemma-2", {"words": "y", "outcome": "right", "notebook": "mine.ipynb"})
    check("01", namespace={"japan_if_tax": {"Wait"}})
    assert kept_work() == KeptWork(
        {
            "01-read-table": KeptAnswer("11", True, 0),
            "01-threshold": KeptAnswer("9", False, 3),
        },
        (KeptBet("01", "x", "partly"), KeptBet("", "y", "right")),
        {"01_security_or_energy": KeptCheck(0, 15)},
    )
    bg.quick_check("01-threshold", 8)
    assert kept_work(course).answers["01-threshold"] == KeptAnswer("8", True, 3)


def test_what_is_kept_stays_in_the_folder_and_is_plain(course):
    bg.quick_check("01-threshold", 8)
    check("01", namespace={})
    record = json.loads(next((course / ".balancegame" / "kept" / ANSWERS).iterdir()).read_text())
    assert {key: record[key] for key in ("given", "answered", "verdict", "mistakes")} == {
        "given": "8",
        "answered": "8",
        "verdict": "right",
        "mistakes": 0,
    }
    assert files(course, EXERCISES) == ["01_security_or_energy.json"]


def explorers():
    """Return explorers that ask, each with the choice that is bet on."""
    return {
        "a model": (lambda: bg.explore(bg.models["core-dilemma"]), "0,0"),
        "a game": (lambda: bg.explore(bg.models["core-dilemma"].game(s=4)), "1,0"),
        "a tree": (lambda: bg.explore(bg.models["core-dilemma-in-sequence"], k=4, r=2), "0,0"),
        "a map": (
            lambda: bg.explore(bg.situations(bg.models["joint-sanctions"], "s", "beta")),
            "1",
        ),
        "a signal": (lambda: bg.explore(bg.models["costly-signal"]), "never"),
        "a split": (lambda: bg.explore(bg.models["pipeline"]), None),
        "votes": (lambda: bg.explore(bg.models["council"], "Japan"), None),
        "a deal": (lambda: bg.explore(bg.models["kurils"]), None),
    }


@pytest.mark.parametrize(("explorer", "choice"), explorers().values(), ids=explorers())
def test_a_bet_is_there_again(course, monkeypatch, explorer, choice):
    monkeypatch.setenv("JPY_SESSION_NAME", "notebooks/04_sanctioning_together.ipynb")
    first = explorer()
    assert first.shown["locked"]
    choice = choice or (first.shown.get("bets") or first.plan)["choices"][0]["value"]
    first.answer({"kind": "bet", "choice": choice, "token": "t"})
    assert first.shown["token"] == "t"
    again = explorer()
    assert not again.shown["locked"]
    assert again.shown["bet"] == first.shown["bet"]
    assert again.shown["message"] == ""
    (bet,) = kept_work().bets
    assert (bet.lesson, bet.words) == ("04", first.shown["bet"]["words"])
    again.answer({"kind": "again"})
    assert again.shown["locked"]
    assert not explorer().shown["locked"]


def test_a_bet_on_another_game_is_not_taken_for_it(course):
    explorer = bg.explore(bg.models["core-dilemma"])
    explorer.answer({"kind": "bet", "choice": "0,0"})
    explorer.answer({"kind": "slide", "name": "s", "value": "4"})
    explorer.answer({"kind": "again"})
    explorer.answer({"kind": "bet", "choice": "1,0"})
    assert len(files(course, BETS)) == 1
    assert bg.explore(bg.models["core-dilemma"]).shown["bet"]["choice"] == "0,0"
    assert bg.explore(bg.models["core-dilemma"], s=4).shown["locked"]


def test_a_broken_bet_is_set_aside_and_said(course):
    bg.explore(bg.models["core-dilemma"]).answer({"kind": "bet", "choice": "0,0"})
    (name,) = files(course, BETS)
    (course / ".balancegame" / "kept" / BETS / name).write_bytes(b"{")
    explorer = bg.explore(bg.models["core-dilemma"])
    assert explorer.shown["locked"]
    assert "cannot be read; it was set aside" in explorer.shown["message"]
    keep(BETS, name.removesuffix(".json"), {"choice": "no such choice"})
    assert bg.explore(bg.models["core-dilemma"]).shown["locked"]


def test_the_page_of_an_open_notebook_covers_what_is_bet_on(course):
    explorer = bg.explore(bg.models["core-dilemma"])
    before = explorer._page()["text/html"]
    assert '<div class="balancegame-covered"><' in before
    assert "to place your bet" in before
    explorer.answer({"kind": "bet", "choice": "0,0"})
    after = explorer._page()
    assert 'class="balancegame-covered"' not in after["text/html"]
    assert "<p>Your bet: Comply, Enforce. <strong>Partly right" in after["text/html"]
    assert after["text/plain"].startswith("Your bet: Comply, Enforce. Partly right")
