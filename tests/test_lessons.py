"""Lessons keep their measure, and answer every answer."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median

import nbformat
import pytest

import balancegame as bg
from balancegame import course
from balancegame.grading.practice.questions import formerly, questions
from balancegame.grading.practice.questions.lesson_06_the_shadow_of_the_future import PATROLS
from balancegame.widgets.quick_check import Asked, QuickCheck, quick_check
from tests import lesson_text
from tests.cells_that_ran import QUICK_CHECK
from tests.lesson_text import prints

REPOSITORY = Path(__file__).parents[1]
START, *LESSONS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
EXERCISES = sorted((REPOSITORY / "exercises").glob("*.ipynb"))
NOTEBOOKS = [START, *LESSONS, *EXERCISES]

every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


# The questions of a lesson are one test: a hundred and more take longer to count than to ask.
questions_of_every_lesson = pytest.mark.parametrize(
    "names",
    [[*names] for _, names in groupby(sorted(questions), key=lambda name: name[:2])],
    ids=lambda names: names[0][:2],
)

every_notebook = pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}"
)


@cache
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


@every_lesson
def test_a_lesson_asks_all_its_questions_and_no_others(path):
    asked = [name for source in cells(path, "code") for name in QUICK_CHECK.findall(source)]
    assert sorted(asked) == sorted(name for name in questions if name[:2] == path.stem[:2])


# Each table of payoffs that a lesson prints, and the game that it solves there.
TABLES = [
    ("01", "first-table", bg.models["core-dilemma"].game(s=4)),
    ("03", "first-table", bg.models["inspection"].game()),
    ("04", "first-table", bg.models["joint-sanctions"].game()),
    ("04", "smaller-benefit", bg.models["joint-sanctions"].game(B=4)),
    ("04", "three-signs", bg.models["joint-sanctions"].game(s=4)),
    ("06", "table", bg.models["alliance"].stage.game()),
    ("06", "ask-echo", PATROLS),
    ("07", "first-table", bg.models["balancing"].game(g=1, kappa=2)),
    ("07", "larger-gain", bg.models["balancing"].game(g=3, kappa=2)),
    ("07", "ask-at-once", bg.models["balancing-at-once"].game()),
    ("11", "table", bg.models["investment"].stage.game()),
]


@pytest.mark.parametrize(("number", "cell", "game"), TABLES)
def test_a_table_is_that_of_the_game_that_is_solved(number, cell, game):
    assert prints(lesson_text.cells(number)[cell], game)


def test_every_table_of_payoffs_is_among_these():
    found = [(n, cell) for n in BY_HAND for cell in lesson_text.cells(n) if tabulates(n, cell)]
    assert found == [(number, cell) for number, cell, _ in TABLES]


def tabulates(number, cell):
    return lesson_text.ROW.search(lesson_text.cells(number)[cell])


@pytest.mark.parametrize(
    ("number", "order"),
    [("06", "play .*discounting .*one-shot "), ("07", "ask-at-once check-at-once .*eliminate ")],
)
def test_playing_comes_before_theory_and_a_question_before_its_answer(number, order):
    assert re.search(order, " ".join(lesson_text.cells(number)))


@pytest.mark.parametrize(
    ("number", "cell", "model", "values"),
    [("01", "symbols", "core-dilemma", {"s": 4}), ("04", "threshold", "joint-sanctions", {})],
)
def test_a_letter_means_what_the_model_says(number, cell, model, values):
    row = r"^\| \*(\S+)\*(?: \((\w+)\))? \| (.+) \| ([\d/]+).* \|$"
    rows = re.findall(row, lesson_text.cells(number)[cell], re.M)
    told = {spelled or letter: (meaning, value) for letter, spelled, meaning, value in rows}
    for name, value in bg.models[model].values(**values).items():
        letter = name.partition("_")[0]
        meaning, shown = told[letter]
        assert Fraction(shown) == value
        assert letter != name or meaning == bg.models[model].parameters[name].meaning


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


@questions_of_every_lesson
def test_a_question_accepts_its_right_answer(names):
    for name in names:
        feedback = quick_check(name, questions[name].answer())
        assert feedback.verdict == "right", name
        assert questions[name].praise in str(feedback), name


@questions_of_every_lesson
def test_a_question_knows_each_misconception(names):
    for name in names:
        for answer, words in questions[name].misconceptions.items():
            feedback = quick_check(name, answer)
            assert feedback.verdict == "wrong", (name, answer)
            assert words[1:] in str(feedback), (name, answer)


@questions_of_every_lesson
def test_a_question_survives_any_answer(names):
    any_answer = (None, "", "?", (), {}, {"a": 1}, 10**9, object(), float("nan"), [["Comply"]])
    for name in names:
        assert quick_check(name).verdict == quick_check(name, ...).verdict == "unattempted", name
        for answer in any_answer:
            assert quick_check(name, answer).verdict in {"wrong", "unreadable"}, (name, answer)
        known = questions[name].misconceptions
        assert len({*known.values()}) == len(known), name


def test_letters_come_in_order_and_each_star_begins_or_ends_what_is_in_italics():
    lettered = {
        name: question.input
        for name, question in questions.items()
        if getattr(question.input, "texts", ())
    }
    assert len(lettered) > 40
    for name, given in lettered.items():
        assert given.options == tuple("abcd"[: len(given.options)]), name
        assert all(text and not text.count("*") % 2 for text in given.texts), name


@questions_of_every_lesson
def test_the_example_in_a_question_is_not_its_answer(names):
    for name in names:
        for example in re.findall(r"such as (\d+/\d+)", questions[name].input.prompt):
            assert quick_check(name, example).verdict == "wrong", name


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
        ("01-mixture", "62.5", "wrong", "Did you mean 62.5%? A percentage needs its sign"),
        ("01-mixture", "62.5%", "right", "5/8"),
        ("01-mixture", 70, "wrong", "15 - 8p"),
        ("01-threshold", "8.01", "wrong", "8.01 is very near, but not it; the answer is one exact"),
        ("01-mixture", "8/5", "wrong", "cannot exceed 1"),
        ("01-recall-mixture", 50, "wrong", "write 50%"),
        ("07-mixed", "66.7", "wrong", "Did you mean 66.7%?"),
        ("01-claim", ["2013"], "wrong", "but not the only one. A year may"),
        ("01-claim", ["2016"], "wrong", "but not the only one. In each"),
        ("07-mixed", "0.67", "wrong", "rounded; the answer is one exact number"),
        ("07-mixed", 0.66, "wrong", "write it as a fraction, such as 2/7"),
        ("07-mixed", "0.65", "wrong", "Japan must be indifferent"),
        ("07-mixed", "2/3", "right", "on average"),
        ("01-claim", ["2013", 2016], "right", "credible"),
        ("01-claim", {"2014"}, "unreadable", "curly brackets"),
        ("01-recall-equilibrium", " C) ", "right", "held fixed"),
        ("01-recall-equilibrium", "d", "unreadable", "one letter"),
        ("02-reply", "acquiesce", "right", "7 is more than 5"),
        ("02-reply", "Punish", "unreadable", "'Punish' is not one of the answers"),
        ("02-cost", 5, "wrong", "its own payoffs only"),
        ("02-follow", "Engage", "wrong", "It would gain 4 and lose 8"),
        ("02-first", -2, "wrong", "Mind the sign"),
        ("02-leader", "-3", "right", "-d = -3"),
        ("02-offer", 6, "wrong", "worth 5 already"),
        ("02-public", 5, "wrong", "not free any more"),
        ("03-pure", 0, "right", "Somebody wants to leave every cell"),
        ("03-indifferent", 0.5, "right", "1/2"),
        ("03-indifferent", "half", "unreadable", "'half'"),
        ("03-violate", "1/2", "wrong", "now it is the turn of the US"),
        ("03-whose", "A", "wrong", "Most people bet"),
        ("03-guard", "1/3", "wrong", "second route"),
        ("03-new-route", 1.5, "right", "3/2"),
        ("03-recall-value", 1, "right", "still 1"),
        ("04-reply", "trade", "right", "4"),
        ("04-reply", "Comply", "unreadable", "is not an action here"),
        ("04-dilemma", ["sanction", "sanction"], "right", "dilemma"),
        ("04-dilemma", "Sanction", "unreadable", "a pair of actions"),
        ("04-threshold", "25/4", "wrong", "one step"),
        ("04-region", "chicken ", "right", "Chicken"),
        ("04-region", "stag hunt", "wrong", "was so at beta"),
        ("04-region", "cooperation", "unreadable", "the name of a situation"),
        ("04-recall-signs", "Stag  Hunt", "right", "No greed, but fear"),
        ("04-recall-signs", "Prisoner\u2019s dilemma", "wrong", "each trades"),
        ("04-buck", "none", "unreadable", "'none'"),
        ("06-once", ["withhold", "withhold"], "right", "dominates"),
        ("06-average", 1.5, "right", "1/4"),
        ("06-average", 6, "wrong", "weighs today"),
        ("06-japan", 0.4, "right", "2/5"),
        ("06-echo", "B", "right", "echo"),
        ("06-echo", "d", "unreadable", "one letter"),
        ("07-reply", "pass", "right", "China holds back anyway"),
        ("07-count", 2, "right", "either way round"),
        ("07-mixed", "2/3", "right", "on average by passing"),
        ("07-mixed", "3/4", "wrong", "how often Japan balances"),
        ("07-whose", "A", "wrong", "leaves the US indifferent"),
        ("07-at-once", "Assert", "wrong", "China's action is given"),
        ("07-at-once", "Engage", "unreadable", "is not an action here"),
        ("07-recall-mixed", 0.8, "right", "1 - 1/5"),
        ("11-once", ("Stay out", "Seize"), "right", "Japan foresees it"),
        ("11-once", ("Seize", "Stay out"), "unreadable", "Japan's action first"),
        ("11-hazard", "0.44", "wrong", "rounded"),
        ("11-hazard", "0.3", "wrong", "Solve"),
        ("11-burden", "A", "wrong", "they need 4/9"),
        ("11-investment", 2.4, "right", "the work of a sanction"),
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


@questions_of_every_lesson
def test_feedback_writes_formulas_as_the_lessons_do(names):
    plain = re.compile(r"\b(?:[Dd]elta|beta|theta|sigma|eps)\b|<=|>=| - |(?<!\w)-\d")
    for name in names:
        for answer in (questions[name].right, *questions[name].misconceptions):
            shown = quick_check(name, answer)._repr_markdown_()
            assert not plain.search(re.sub(r"^.*?\*\* ", "", shown)), name


@pytest.mark.parametrize(
    ("name", "answer", "typed", "words"),
    [
        ("11-claim", "a", "a", "h lowers"),
        ("11-investment", "12/5", "12/5", "δ (1 − h) y − I = 32/5 − 4. With less to fear"),
        ("11-hazard", "1/2", "1/2", "δ is 9/10, not 1"),
        ("02-leader", "-3", "-3", "compares g with −d = −3"),
        ("02-leader", "-2", "-2", "−2 is the g of 2016"),
    ],
)
def test_feedback_prints_signs_and_leaves_what_was_typed(name, answer, typed, words):
    shown = quick_check(name, answer)._repr_markdown_()
    assert f"Your answer: {typed}." in shown
    assert words in shown
    page = QuickCheck(Asked(name, questions[name]))
    page.answer({"answer": answer})
    assert (page.shown["chosen"], words in page.shown["words"]) == (typed, True)


def test_feedback_is_shown_as_it_stands():
    shown = quick_check("01-best-response", "Enforce_")._repr_markdown_()
    assert shown.startswith("> Your answer: Enforce\\_. **Almost:** my\\_answer: 'Enforce\\_'")
    assert "\n" not in shown
