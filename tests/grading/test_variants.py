"""Variants: the same everywhere, different for each student, and always worth solving."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.grading.engine import open_engine
from balancegame.grading.own_notebook import write_own_notebook
from balancegame.grading.submission import read_submission
from balancegame.grading.variants import (
    Draw,
    exercises_with_variants,
    phrases,
    table_text,
    variant,
)
from balancegame.models.joint_sanctions import dominance_threshold
from tests.exercise_notebooks import REPOSITORY

EXERCISES = REPOSITORY / "exercises"
SECURITY = "01_security_or_energy"


def key(game, *questions):
    """Return the answers that a student would give."""
    return tuple(frozenset(bg.best_responses(game, *question)) for question in questions)


def investment_key(game):
    return key(
        game,
        ("Japan", (None, "Tax")),
        ("Japan", (None, "Seize")),
        ("Russia", ("Invest", None)),
        ("Russia", ("Wait", None)),
    )


def can_be_a_folder(name):
    return name.strip() not in {"", ".", ".."} and "/" not in name


@settings(max_examples=30)
@given(st.text(max_size=40).filter(can_be_a_folder))
def test_any_student_gets_the_same_payoffs_again(student):
    assert variant(student, SECURITY) == variant(student, "1") == variant(f" {student}\n", "01")


def test_two_spellings_of_one_name_are_one_student():
    assert variant("Zo\u00eb", "01") == variant("Zoe\u0308", "01")


def test_the_payoffs_do_not_depend_on_the_process_that_draws_them():
    script = "from balancegame.grading.variants import variant; print(variant('ann', '01'))"
    for seed in ("0", "1"):
        printed = subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert printed.strip() == str(variant("ann", "01"))


def test_these_payoffs_are_fixed_for_ever():
    ann = variant("ann", SECURITY)
    assert table_text(ann["investment"]) == ANN
    assert [plain(payoff) for payoff in ann["empty_threat"].payoff(("Engage", "Enforce"))] == [
        "8",
        "5",
    ]


ANN = """\
|  | Protect | Tax | Seize |
|---|---|---|---|
| **Invest** | 7, -2 | -2, 2 | 7, 3 |
| **Wait** | -2, 7 | 7, 7 | 7, -2 |"""


def test_what_must_hold_of_every_variant_holds_of_six_hundred():
    boundaries, keys = Counter(), Counter()
    for number in range(600):
        games = variant(f"student {number}", SECURITY).games
        answers = investment_key(games["investment"])
        tied = [len(answer) > 1 for answer in answers]
        assert sum(tied[:2]) == sum(tied[2:]) == 1
        threat = games["empty_threat"]
        comply, punished = (
            threat.payoff(("Comply", "Enforce")),
            threat.payoff(("Engage", "Enforce")),
        )
        unpunished = threat.payoff(("Engage", "Acquiesce"))
        assert punished[0] < comply[0] < unpunished[0]
        assert punished[1] < unpunished[1] < comply[1]
        # Japan's boundary by hand: p punished + (1 - p) unpunished = comply
        boundary = (unpunished[0] - comply[0]) / (unpunished[0] - punished[0])
        assert 0 < boundary < 1
        assert boundary != Fraction(1, 2)
        ends = {end.strategies[1][0] for end in bg.equilibria(threat) if end.strategies[0][0] == 1}
        assert ends == {boundary, 1}
        boundaries[boundary] += 1
        keys[answers] += 1
    # Nobody should get far with a neighbour's answers.
    assert len(keys) >= 30
    assert keys.most_common(1)[0][1] < 60
    assert len(boundaries) >= 20
    assert boundaries.most_common(1)[0][1] < 120


@given(st.text(), st.integers(-(10**6), 10**6), st.integers(0, 10**6))
def test_a_draw_stays_within_its_bounds(seed, low, span):
    draw = Draw(seed)
    assert all(low <= draw(low, low + span) <= low + span for _ in range(5))


def test_each_number_is_as_likely():
    draw = Draw("dice")
    counts = Counter(draw(1, 6) for _ in range(6000))
    assert sorted(counts) == [1, 2, 3, 4, 5, 6]
    assert all(900 < count < 1100 for count in counts.values())


@given(st.lists(st.integers()), st.text())
def test_shuffling_keeps_everything(things, seed):
    assert sorted(Draw(seed).shuffled(things)) == sorted(things)


@pytest.mark.parametrize("name", exercises_with_variants(EXERCISES))
def test_nobody_in_particular_gets_the_published_payoffs(name):
    published = variant("", name)
    assert published == variant("  ", name)
    assert str(published).startswith(f"{name}: the published payoffs")
    assert published.games.keys() == variant("ann", name).games.keys()


@pytest.mark.parametrize("name", exercises_with_variants(EXERCISES))
def test_the_published_payoffs_are_those_of_the_notebook(name):
    notebook = (EXERCISES / f"{name}.ipynb").read_text(encoding="utf-8").replace("\u2212", "-")
    for game in variant("", name).games.values():
        for line in table_text(game).splitlines()[2:]:
            assert line in notebook


def test_exercises_with_variants_are_found():
    assert SECURITY in exercises_with_variants(EXERCISES)


@pytest.mark.parametrize("name", exercises_with_variants(EXERCISES))
def test_every_exercise_with_variants_gives_them(name):
    listed = [variant(f"student {number}", name, EXERCISES) for number in range(100)]
    assert len({str(one).split("\n", 1)[1] for one in listed}) > 90


def test_an_exercise_without_variants_says_which_have_them():
    with pytest.raises(GameError, match=r"exercise 99 in .* has no variants; those that have"):
        variant("ann", "99")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("PUBLISHED = {}\ndef draw(draw): return {}", "defines no REQUIREMENTS"),
        ("REQUIREMENTS = ()\nPUBLISHED = {}", "defines no draw"),
        ("REQUIREMENTS = ()\ndef draw(draw): return {}", "defines no PUBLISHED"),
        ("1 / 0", r"cannot run \(ZeroDivisionError"),
        ("def draw(", r"cannot run \(SyntaxError"),
        (
            "REQUIREMENTS = [('never', len)]\nPUBLISHED = {1: 1}\ndef draw(draw): return {}",
            "found no payoffs for ann",
        ),
        (
            "REQUIREMENTS = [('never', len)]\nPUBLISHED = {}\ndef draw(draw): return {}",
            "PUBLISHED games of variant_05_mine.py break a requirement: never",
        ),
    ],
)
def test_a_variant_file_that_does_not_work_is_named(tmp_path, source, says):
    (tmp_path / "variant_05_mine.py").write_text(source, encoding="utf-8")
    with pytest.raises(GameError, match=says) as error:
        variant("ann", "5", tmp_path)
    assert "\n" not in str(error.value)


def test_exercise_3_asks_about_the_payoffs_of_each_student():
    """What is right for one student's table is wrong for another's, and told as own payoffs."""
    answers = {name: variant(name, "03")["watched"] for name in ("ann", "ben", "cem")}
    mixed = {name: bg.equilibria(game)[0].strategies for name, game in answers.items()}
    assert len(set(mixed.values())) == 3
    for number in range(300):
        game = variant(f"student {number}", "03")["watched"]
        # By hand: each makes the other indifferent.
        (a, b), (c, d) = game.payoffs[1]
        (e, f), (g, h) = game.payoffs[0]
        (only,) = bg.equilibria(game)
        assert only.strategies[0][0] == (d - c) / (a - b - c + d)
        assert only.strategies[1][0] == (h - f) / (e - f - g + h)


def sender_kind(own):
    """Name the situation of one sender by its four payoffs, worked out without the solver."""
    (joint, alone), (tempted, apart) = own
    keeps, dares = joint > tempted, alone > apart
    if keeps or dares:
        return {(1, 1): "harmony", (1, 0): "assurance", (0, 1): "Chicken"}[keeps, dares]
    return "prisoners' dilemma" if joint > apart else "deadlock"


def test_what_must_hold_of_every_variant_of_exercise_4_holds_of_three_hundred():
    situations, thresholds = Counter(), Counter()
    for number in range(300):
        games = variant(f"student {number}", "04").games
        named = []
        for name in ("table_a", "table_b", "table_c", "table_d"):
            us, japan = games[name].payoffs
            kinds = {sender_kind(us), sender_kind(tuple(zip(*japan, strict=True)))}
            named.append(kinds.pop() if len(kinds) == 1 else "suasion")
            assert bg.situation(games[name]) == named[-1]
        assert len(set(named)) == 4
        assert "suasion" in named
        assert {"prisoners' dilemma", "deadlock"} & {*named}
        situations[tuple(named)] += 1
        exact_thresholds = [threshold_by_the_solver(games[name]) for name in THRESHOLDS]
        assert all(0 < value < 10 and value.denominator > 1 for value in exact_thresholds)
        assert exact_thresholds[2].denominator % 3 == 0
        thresholds[tuple(exact_thresholds)] += 1
    assert len(situations) >= 50
    assert situations.most_common(1)[0][1] < 20
    assert len(thresholds) >= 250


THRESHOLDS = ("first_threshold", "second_threshold", "third_threshold")
JOINT = bg.models["joint-sanctions"]


def threshold_by_the_solver(values):
    """Return where Sanction begins to dominate: it does just above, and just below it does not."""
    threshold = dominance_threshold(**values)
    just_above = JOINT.game(**values, s=threshold + Fraction(1, 1000))
    just_below = JOINT.game(**values, s=threshold - Fraction(1, 1000))
    assert bg.situation(just_above) == "harmony"
    assert bg.situation(just_below) != "harmony"
    return threshold


def test_exercise_4_asks_about_the_payoffs_of_each_student(tmp_path):
    """Ann's own answers are worth every point of tasks 1 and 2 to her, and few to Ben."""
    games = variant("ann", "04").games
    answers = {name: repr(bg.situation(game)) for name, game in islice(games.items(), 4)}
    answers |= {name: f'"{threshold_by_the_solver(games[name])}"' for name in THRESHOLDS}
    cells = [list(answers.items())[:4], list(answers.items())[4:]]
    text = "\n# %%\n".join(
        "\n".join([f"# Task {task}", *(f"{name} = {value}" for name, value in cell)])
        for task, cell in enumerate(cells, 1)
    )
    path = tmp_path / "04_sanctioning_together.py"
    path.write_text(text, encoding="utf-8")
    with open_engine(EXERCISES, tier="process", variants=True) as engine:
        points = {
            student: engine.grade(student, "04_sanctioning_together", path).points
            for student in ("ann", "ben")
        }
    assert points["ann"] == 8
    assert points["ben"] <= 3


def test_exercise_1_asks_about_the_payoffs_of_each_student(tmp_path):
    own = variant("ann", SECURITY)
    replies = investment_key(own["investment"])
    names = ("japan_if_tax", "japan_if_seize", "russia_if_invest", "russia_if_wait")
    lines = [f"{name} = {set(reply)!r}" for name, reply in zip(names, replies, strict=True)]
    path = tmp_path / f"{SECURITY}.py"
    path.write_text("\n".join(["# Task 1", *lines]), encoding="utf-8")
    with open_engine(EXERCISES, tier="process", variants=True) as engine:
        assert engine.grade("ann", SECURITY, path).points == 4
        assert engine.grade("", SECURITY, path).points < 4


@pytest.mark.parametrize("name", exercises_with_variants(EXERCISES))
def test_a_notebook_of_ones_own_shows_ones_own_numbers_and_no_others(name, tmp_path):
    own, published = variant("ann", name), variant("", name)
    text = notebook_text(write_own_notebook(own, tmp_path))
    shown = [*rows(own), *phrases(own)]
    assert all(words in text for words in shown)
    others = {*rows(published), *phrases(published)} - {*shown}
    before = notebook_text(EXERCISES / f"{name}.ipynb").splitlines()
    gone = [line for line in before if any(words in line for words in others)]
    assert not {*gone} & {*text.splitlines()}


def notebook_text(path):
    """Return the text of a notebook, cell by cell, with plain minus signs."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells).replace("\u2212", "-")


def rows(own):
    """Return the rows of the tables of a variant."""
    return [row for game in own.games.values() for row in table_text(game).splitlines()[2:]]


@pytest.mark.parametrize("name", exercises_with_variants(EXERCISES))
def test_each_number_that_stands_alone_is_in_the_text(name):
    own = variant("ann", name)
    alone = [plain(game) for game in own.games.values() if isinstance(game, Fraction)]
    assert all(any(number in words for words in phrases(own)) for number in alone)


@pytest.mark.parametrize("student", ["ann", 'zoe "quoted" \u00e9', "back\\slash"])
def test_the_checks_in_a_notebook_of_ones_own_ask_about_ones_own_payoffs(student, tmp_path):
    path = write_own_notebook(variant(student, "07"), tmp_path)
    cells = [cell for cell in read_submission(path).cells if "bg.check(" in cell.source]
    asked = [call for cell in cells for call in ast.walk(ast.parse(cell.source)) if is_call(call)]
    given = [{word.arg: word.value.value for word in call.keywords} for call in asked]
    assert given == [{"task": n, "student": student} for n in (1, 2, 3, 4)] + [{"student": student}]
    assert {call.args[0].value for call in asked} == {"07"}


def is_call(node):
    return isinstance(node, ast.Call)


@pytest.mark.parametrize("student", ["../x", "a/b", "..", " . "])
def test_what_is_no_name_of_a_folder_has_no_variant(student):
    with pytest.raises(GameError, match="is no name of a student's folder"):
        variant(student, "01")


@pytest.mark.parametrize("student", ["=1+1", "\u7530\u4e2d \u82b1\u5b50", "..x"])
def test_a_strange_name_of_a_folder_has_one(student):
    assert variant(student, "01").student == student
