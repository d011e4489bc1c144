"""Lessons keep their measure, run from top to bottom, and answer every answer."""

from __future__ import annotations

import re
import shutil
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median

import nbformat
import pytest
from nbclient import NotebookClient

import balancegame as bg
from balancegame import course
from balancegame.exact import exact
from balancegame.grading.practice.questions import formerly, questions
from balancegame.widgets.quick_check import quick_check

REPOSITORY = Path(__file__).parents[1]
START, *LESSONS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
NOTEBOOKS = [START, *LESSONS, *sorted((REPOSITORY / "exercises").glob("*.ipynb"))]
QUICK_CHECK = re.compile(r'^bg\.quick_check\("([\w-]+)"\)$', re.MULTILINE)

every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
every_notebook = pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}"
)


def read(path):
    return nbformat.read(path, as_version=4)


def cells(path, kind):
    return [cell.source for cell in read(path).cells if cell.cell_type == kind]


def text_of(path):
    return "\n\n".join(cells(path, "markdown"))


@every_lesson
def test_a_lesson_keeps_its_measure(path):
    words = sum(len(source.split()) for source in cells(path, "markdown"))
    lines = [len(source.splitlines()) for source in cells(path, "code")]
    assert 25 <= len(read(path).cells) <= 40
    assert 900 <= words <= 1900
    assert max(lines) <= 15
    assert median(lines) <= 4


@every_lesson
def test_the_student_acts_early_and_often(path):
    turns = [i for i, cell in enumerate(read(path).cells) if QUICK_CHECK.search(cell.source)]
    assert turns[0] < 5
    assert all(later - earlier <= 8 for earlier, later in pairwise(turns))
    assert turns[-3:] == [turns[-1] - 2, turns[-1] - 1, turns[-1]]


@every_lesson
def test_choices_can_be_read_without_running_the_cell_that_asks(path):
    for source in cells(path, "code"):
        asked = re.search(r'^bg\.quick_check\("([^"]+)"\)$', source, re.M)
        if asked:
            comments = re.sub(r"\n#    ", " ", "\n".join(re.findall(r"^# ?.*$", source, re.M)))
            choices = questions[asked[1]].input.choices
            assert comments.splitlines() == [f"# {line}" for line in choices], asked[1]


@every_lesson
def test_a_lesson_is_an_episode_and_leads_on(path):
    *_, markdown, code = read(path).cells
    number = path.stem[:2]
    links = re.findall(r"\]\(([^)]+)\)", markdown.source)
    assert links == [f"../exercises/{path.name}", "00_start.ipynb"]
    assert all((path.parent / link).is_file() for link in links)
    assert code.source == f'bg.progress("{number}")'
    (opening, *_) = cells(path, "markdown")
    assert re.search(r"^\*.+ (19|20)\d\d\. About \d\d minutes\.\*$", opening, re.M)
    assert "*Japan needs its own agenda to better trade ties with Russia*, 2016" in text_of(path)


@every_lesson
def test_every_link_of_a_lesson_leads_to_a_file_of_the_course(path):
    handed_out = {*course._course_files(REPOSITORY)}
    for link in re.findall(r"\]\(([^)#]+)\)", text_of(path)):
        target = (path.parent / link).resolve().relative_to(REPOSITORY).as_posix()
        assert target in handed_out, link


@every_notebook
def test_a_notebook_is_handed_out_clean(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.kernelspec.display_name == "Python 3 (ipykernel)"
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in ids)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


@every_notebook
def test_all_cells_run_on_a_fresh_kernel_before_the_student_has_done_anything(
    path, tmp_path, monkeypatch
):
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    folder = tmp_path / path.parent.name
    shutil.copytree(path.parent, folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    notebook = read(path)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        assert not [out for out in cell.outputs if out.output_type == "error"]
        assert not [out for out in cell.outputs if out.get("name") == "stderr"], cell.outputs
        text = "".join(out.get("data", {}).get("text/plain", "") for out in cell.outputs)
        printed = text + "".join(out.get("text", "") for out in cell.outputs)
        assert not re.search(r"<Equilibrium|Interval|EmptySet|Fraction\(|\(\('", printed), printed
        if QUICK_CHECK.search(cell.source):
            assert "Your turn." in text
        if cell.source.startswith('bg.check("'):
            assert "not attempted yet" in text


@every_lesson
def test_a_lesson_asks_all_its_questions_and_no_others(path):
    asked = [name for source in cells(path, "code") for name in QUICK_CHECK.findall(source)]
    assert sorted(asked) == sorted(name for name in questions if name[:2] == path.stem[:2])


# Worked out by hand; the questions ask the solver.
BY_HAND = {
    "01": "read-table=11 best-response=Acquiesce,Enforce equilibrium=Engage,Enforce threshold=8 "
    "mixture=5/8 credible=b claim=2013,2016 recall-equilibrium=c recall-mixture=1/2 recall-tie=a",
    "02": "reply=Acquiesce cost=4 stronger=b follow=Stay out first=2 leader=-3 claim=b offer=1 "
    "at-once=c public=8 recall-threat=b recall-offer=5 recall-leader=a",
    "03": "pure=0 indifferent=1/2 violate=1/4 whose=b reward=1/8 edge=c guard=2/3 new-route=3/2 "
    "claim=b recall-cheaper=b recall-mix=1/5 recall-value=1",
    "04": "reply=Trade dilemma=Sanction,Sanction deadlock=b assurance=2 threshold=6 region=Chicken "
    "suasion=Sanction,Trade buck=0 claim=b recall-dominance=c recall-signs=assurance "
    "recall-burden=5",
    "05": "hedge=1 band=5/2 half=b price=3 captive=c fall=1/4 cost=5 free=b claim=b "
    "recall-band=1/2 recall-price=2 recall-signal=a",
    "06": "once=Withhold,Withhold average=3/2 japan=2/5 both=1/2 echo=b sanction=3/4 path=1/4 "
    "frontier=b recall-one-shot=b recall-path=c recall-sanction=1",
    "07": "reply=Pass count=2 mixed=2/3 whose=b region=b risk=a at-once=Pass why=b claim=b "
    "recall-region=b recall-mixed=4/5 recall-dominated=b",
    "08": "worth=1 core=3/2 vietnam=2 shapley=1/6 sanction=b thirds=1/3 india=b veto=2/3 prefer=b "
    "claim=b price=7 recall-core=5 recall-power=1/3 recall-index=c",
    "09": "share=c advantage=30 crude=b gas=129 next-year=97/10 empty=c refuted=b contract=78/5 "
    "mended=a claim=b recall-bound=8 recall-empty=b recall-advantage=c",
    "10": "players=b actions=c payoff=-2 source=b equilibrium=Stay away,Own law trap=b threshold=6 "
    "proposition=b refute=4 omits=b claim=a recall-threshold=4 recall-games=1 recall-assumed=b",
    "11": "once=Stay out,Seize russia=3/5 hazard=4/9 linkage=4/9 investment=12/5 favour=5/8 "
    "stays=4 frequent=1/4 unstable=b burden=b claim=b recall-hazard=3/5 recall-investment=2 "
    "recall-linkage=1/3",
}


def test_right_answers_are_those_worked_out_by_hand():
    found = {number: [] for number in BY_HAND}
    for name, question in questions.items():
        right = question.answer()
        right = sorted(right) if isinstance(right, frozenset) else right
        shown = ",".join(right) if isinstance(right, (list, tuple)) else str(right)
        found[name[:2]].append(f"{name[3:]}={shown}")
    assert {number: " ".join(answers) for number, answers in found.items()} == BY_HAND


@pytest.mark.parametrize("name", questions)
def test_a_question_accepts_its_right_answer(name):
    feedback = quick_check(name, questions[name].answer())
    assert feedback.verdict == "right"
    assert questions[name].praise in str(feedback)


@pytest.mark.parametrize(
    ("name", "answer"),
    [(name, answer) for name, question in questions.items() for answer in question.misconceptions],
)
def test_a_question_knows_each_misconception(name, answer):
    feedback = quick_check(name, answer)
    assert feedback.verdict == "wrong"
    assert questions[name].misconceptions[answer][1:] in str(feedback)


@pytest.mark.parametrize("name", questions)
def test_a_question_survives_any_answer(name):
    assert quick_check(name).verdict == quick_check(name, ...).verdict == "unattempted"
    for answer in (None, "", "?", (), {}, {"a": 1}, 10**9, object(), float("nan"), [["Comply"]]):
        assert quick_check(name, answer).verdict in {"wrong", "unreadable"}
    assert len({*questions[name].misconceptions.values()}) == len(questions[name].misconceptions)


def test_choices_stand_on_the_buttons_alone():
    """Not in the notebook too; and each star in them begins or ends what is in italics."""
    lettered = {
        name: question.input
        for name, question in questions.items()
        if getattr(question.input, "texts", ())
    }
    assert len(lettered) > 40
    for name, given in lettered.items():
        assert given.options == tuple("abcd"[: len(given.options)]), name
        assert all(text and not text.count("*") % 2 for text in given.texts), name
    for path in LESSONS:
        assert not re.search(r"^- \*\*a\*\* ", text_of(path), re.MULTILINE), path.name


@pytest.mark.parametrize("name", questions)
def test_the_example_in_a_question_is_not_its_answer(name):
    for example in re.findall(r"such as (\d+/\d+)", questions[name].input.prompt):
        assert quick_check(name, example).verdict == "wrong"


@pytest.mark.parametrize(
    ("name", "answer", "verdict", "words"),
    [
        ("01-read-table", "11", "right", "first number"),
        ("01-read-table", "eleven", "unreadable", "'eleven' is not a number"),
        ("01-best-response", ["acquiesce", "enforce"], "right", "tie"),
        ("01-best-response", "Punish", "unreadable", "'Punish' is not an action here"),
        ("01-equilibrium", ("Enforce", "Engage"), "unreadable", "Japan's action first"),
        ("01-equilibrium", "Engage", "unreadable", "a pair of actions"),
        ("01-equilibrium", ("Comply", "Engage"), "unreadable", "one action of each player"),
        ("01-mixture", 0.625, "right", "5/8"),
        ("01-mixture", 0.62, "wrong", "rounded"),
        ("06-path", 0.251, "wrong", "rounded"),
        ("01-mixture", Fraction(7, 10), "wrong", "15 - 8p"),
        ("07-mixed", "0.67", "wrong", "rounded; the answer is one exact number"),
        ("07-mixed", 0.66, "wrong", "write it as a fraction, such as 2/7"),
        ("07-mixed", "0.65", "wrong", "Japan must be indifferent"),
        ("07-mixed", "2/3", "right", "on average"),
        ("01-claim", ["2013", 2016], "right", "credible"),
        ("01-claim", {"2014"}, "unreadable", "curly brackets"),
        ("01-recall-equilibrium", " C) ", "right", "held fixed"),
        ("01-recall-equilibrium", "d", "unreadable", "one letter"),
    ],
)
def test_quick_checks_read_what_people_type(name, answer, verdict, words):
    feedback = quick_check(name, answer)
    assert (feedback.verdict, words in str(feedback)) == (verdict, True), str(feedback)


@pytest.mark.parametrize("name", formerly)
def test_a_question_that_moved_still_answers_an_older_notebook(name):
    assert name not in questions
    right = questions[formerly[name]].answer()
    assert quick_check(name, right) == quick_check(formerly[name], right)
    assert quick_check(name, right).verdict == "right"


def test_an_unknown_question_is_named():
    with pytest.raises(bg.GameError, match="there is no question '01-nothing'"):
        quick_check("01-nothing", 1)


def test_feedback_is_shown_as_it_stands():
    shown = quick_check("01-best-response", "Enforce_")._repr_markdown_()
    assert shown.startswith("> Your answer: Enforce\\_. **Almost:** my\\_answer: 'Enforce\\_'")
    assert "\n" not in shown


# What lesson 1 says, held against the solver

LESSON_1 = text_of(LESSONS[0])
DILEMMA = bg.models["core-dilemma"]


def test_lesson_1_prints_the_table_that_it_solves():
    rows = re.findall(r"\*\*(\w+)\*\* \| (\d+), (\d+) \| (\d+), (\d+) \|", LESSON_1)
    game = DILEMMA.game(s=4)
    assert [name for name, *_ in rows] == list(game.actions[0])
    for name, *numbers in rows:
        expected = [game.payoff((name, column)) for column in game.actions[1]]
        assert [int(number) for number in numbers] == [x for pair in expected for x in pair]


def test_lesson_1_says_what_its_letters_mean():
    values = DILEMMA.values(s=4)
    for symbol, parameter in DILEMMA.parameters.items():
        assert f"| *{symbol}* | {parameter.meaning} | {values[symbol]} |" in LESSON_1


def test_the_first_bet_can_be_won_by_a_beginner():
    (source,) = (source for source in cells(LESSONS[0], "code") if "bg.explore(" in source)
    explorer = eval(source, {"bg": bg, "model": DILEMMA})
    choices = {choice["words"]: choice["value"] for choice in explorer.plan["choices"]}
    assert set(choices) == {
        *("Comply, Enforce", "Comply, Acquiesce", "Engage, Enforce", "Engage, Acquiesce"),
        *("in no cell", "in infinitely many places"),
    }
    explorer.answer({"kind": "bet", "choice": choices["Engage, Enforce"]})
    assert explorer.shown["bet"]["verdict"] == "Right: this is the only equilibrium."


def test_lesson_1_says_where_the_boundary_lies():
    assert "*p* ≥ 5/6" in LESSON_1
    for p, holds in (("5/6", True), ("0.8333", False), (1, True)):
        mixture = {"Enforce": p, "Acquiesce": 1 - exact(p)}
        assert bg.verify(DILEMMA.game(s=6), ("Comply", mixture)).holds == holds


def test_nashpy_gives_one_point_of_the_segment_without_a_warning(recwarn):
    found = list(DILEMMA.game(s=6).to_nashpy().support_enumeration())
    assert [(list(x), list(y)) for x, y in found] == [([1, 0], [1, 0])]
    assert not recwarn.list


def test_presets_follow_from_the_customs_data():
    facts = (REPOSITORY / "docs" / "facts.md").read_text(encoding="utf-8")
    saved = {
        row[0]: sum(map(Fraction, row[-3:]))
        for line in facts.splitlines()
        if re.match(r"\| 20\d\d \| \d", line) and "=" not in line and "none" not in line
        for row in [line.strip("| ").split(" | ")]
    }
    for year, preset in DILEMMA.presets.items():
        assert preset["E"] == Fraction(round(saved[year] / 5), 2)
    assert saved["2021"] == Fraction("16.7")
    assert "16.7 billion yen, so *E* = 3/2" in LESSON_1
    assert Fraction(round(saved["2021"] / 5), 2) == Fraction(3, 2)


def test_the_rival_calibration_flips_the_answer():
    preset = DILEMMA.presets["2022"]
    assert bg.pure_equilibria(DILEMMA.game(**preset)) == (("Engage", "Enforce"),)
    rival = DILEMMA.game(**{**preset, "E": "3/2"})
    assert {equilibrium.strategies[0] for equilibrium in bg.equilibria(rival)} == {(1, 0)}
