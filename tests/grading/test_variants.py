"""Variants: the same everywhere, different for each student, and always worth solving."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from runpy import run_path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.grading.exercise import variants
from balancegame.grading.exercise.variants import (
    Draw,
    exercises_with_variants,
    phrases,
    table_text,
    variant,
)
from balancegame.grading.handout.personal_notebook import write_own_notebook
from balancegame.grading.submission.submitted_file import read_submission
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
    first = variant(student, SECURITY)
    variants._drawn.cache_clear()
    assert first == variant(student, "1") == variant(f" {student}\n", "01")


def test_two_spellings_of_one_name_are_one_student():
    assert variant("Zo\u00eb", "01") == variant("Zoe\u0308", "01")


def test_the_payoffs_do_not_depend_on_the_process_that_draws_them():
    script = (
        "from balancegame.grading.exercise.variants import variant; print(variant('ann', '01'))"
    )
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


def test_no_version_draws_other_payoffs():
    # What students handed in is judged by the payoffs that they were given, whenever that was.
    names = ["ann", "Zoë Ō", "50 % of it", *(f"student {number}" for number in range(9))]
    drawn = {}
    for exercise in DRAWN:
        text = "\n".join(str(variant(name, exercise)) for name in names)
        drawn[exercise] = sha256(text.encode()).hexdigest()[:16]
    assert drawn == DRAWN
    assert {*DRAWN} <= {*exercises_with_variants(EXERCISES)}


# Those that have been handed out: a new exercise joins them with its first class.
DRAWN = {
    "01_security_or_energy": "4275415cd4db2e69",
    "02_who_moves_first": "eddfdd223e90536c",
    "03_mixing_and_guarding": "25febacc7686bb0e",
    "04_sanctioning_together": "c58f21c44a90ffba",
    "05_hedging_and_independence": "d49321fc891a73f6",
    "06_the_shadow_of_the_future": "a2384fb03e1710bd",
    "07_balancing_china": "863560841b443004",
    "08_pivots_concerts_and_councils": "01152d4e862bb4cf",
    "11_if_it_may_end_tomorrow": "f572d80df68c8002",
}


def test_each_kind_of_vote_in_exercise_8_has_the_power_that_is_written_beside_it():
    kinds = run_path(str(EXERCISES / "variant_08_pivots_concerts_and_councils.py"))["KINDS"]
    assert len(kinds) == 5
    for kind, (power, normalised) in kinds.items():
        for number in range(200):
            *weights, quota = kind(Draw(f"vote {number}")).values()
            game = bg.CoalitionalGame.weighted(weights, quota)
            found = bg.shapley(game)[0], bg.banzhaf(game).normalised[0]
            if weights == [3, 3, 6]:
                assert Fraction(1, 4) not in {*found, power, normalised}
            else:
                assert found == (power, normalised)


def test_the_first_things_of_a_shuffle_are_drawn_without_the_rest():
    few, all_of_them = Draw("cards"), Draw("cards")
    assert few.shuffled(range(9), 4) == all_of_them.shuffled(range(9))[:4]
    assert [few(1, 100) for _ in range(3)] == [all_of_them(1, 100) for _ in range(3)]


def test_a_draw_that_is_given_up_is_followed_by_the_next(tmp_path):
    source = (
        "PUBLISHED = {{'delta': Fraction(2, 3)}}\n"
        "def draw(draw):\n"
        "    number = draw(1, 9)\n"
        "    {line}\n"
        "    return {{'delta': Fraction(number, 10)}}\n"
        "REQUIREMENTS = (('it is more than a half', lambda games: games['delta'] > Fraction(1, 2)),"
        " ) if {required} else ()\n"
    )
    found = []
    for line, required in (("pass", True), ("draw.assume(number > 5)", False)):
        folder = tmp_path / str(required)
        folder.mkdir()
        text = "from fractions import Fraction\n" + source.format(line=line, required=required)
        (folder / "variant_01_own.py").write_text(text, encoding="utf-8")
        found.append([variant(f"student {n}", "01", folder)["delta"] for n in range(20)])
    assert found[0] == found[1]
    assert min(found[0]) > Fraction(1, 2)


def test_right_answers_are_fractions_that_one_can_write_down(tmp_path):
    (tmp_path / "variant_01_own.py").write_text(
        "from fractions import Fraction\n"
        "PUBLISHED = {'delta': Fraction(2, 3)}\n"
        "def draw(draw): return {'delta': Fraction(1, draw(2, 9))}\n"
        "LARGEST_DENOMINATOR = 4\n",
        encoding="utf-8",
    )
    (tmp_path / "test_01_own.py").write_text(
        "import pytest\n"
        "from balancegame.grading.exercise import asks\n"
        "@pytest.mark.task(1)\n"
        "@asks('delta')\n"
        "def test_delta(own): return own['delta'], {}\n",
        encoding="utf-8",
    )
    found = {variant(f"student {n}", "01", tmp_path)["delta"] for n in range(200)}
    assert found == {Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)}


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


def test_an_exercise_without_variants_says_which_have_them():
    with pytest.raises(GameError, match=r"exercise 99 in .* has no variants; those with"):
        variant("ann", "99")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("PUBLISHED = {}", "defines no draw"),
        ("def draw(draw): return {}", "defines no PUBLISHED"),
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


# A mistake that the tests declare: whoever forgets the minus sign.
ASKING = """
from balancegame.grading.exercise import asks

@asks("loss")
def test_loss(own):
    return own["x"], {("sign", -own["x"]): "a loss is below zero."}
"""
DRAWING = """
from fractions import Fraction
from hashlib import sha256

def draw(draw):
    return {"x": Fraction(draw(-1, 1))}
"""


def test_numbers_are_drawn_until_each_declared_mistake_leads_elsewhere(tmp_path):
    (tmp_path / "test_05_mine.py").write_text(ASKING, encoding="utf-8")
    drawing = tmp_path / "variant_05_mine.py"
    drawing.write_text(f"{DRAWING}\nPUBLISHED = {{'x': Fraction(1)}}", encoding="utf-8")
    drawn = {variant(f"student {number}", "05", tmp_path)["x"] for number in range(200)}
    assert drawn == {-1, 1}
    drawing.write_text(f"{DRAWING}\nPUBLISHED = {{'x': Fraction(0)}}", encoding="utf-8")
    with pytest.raises(GameError, match='loss: the mistake "sign" leads to the right answer'):
        variant("ann", "05", tmp_path)


def test_tests_may_hold_what_pytest_lets_them_hold(tmp_path):
    (tmp_path / "variant_01_x.py").write_text(
        "from fractions import Fraction\nPUBLISHED = {'n': Fraction(1)}\n"
        "def draw(draw):\n    return {'n': Fraction(draw(2, 9))}\n"
    )
    (tmp_path / "beside_the_tests.py").write_text("LEAST = 2\n")
    (tmp_path / "test_01_x.py").write_text(
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "from beside_the_tests import LEAST\n\n"
        "@dataclass\nclass Bounds:\n    least: int = LEAST\n"
    )
    path = list(sys.path)
    try:
        assert variants.variant("ann", "01", tmp_path)["n"] >= 2
    finally:
        del sys.modules["beside_the_tests"]
    assert (sys.path, "test_01_x" in sys.modules) == (path, False)


def test_tests_that_cannot_run_are_named(tmp_path):
    (tmp_path / "variant_05_mine.py").write_text("", encoding="utf-8")
    (tmp_path / "test_05_mine.py").write_text("1 / 0", encoding="utf-8")
    with pytest.raises(GameError, match=r"test_05_mine.py cannot run \(ZeroDivisionError"):
        variant("ann", "05", tmp_path)


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
    with pytest.raises(GameError, match="is not the name of a student's folder"):
        variant(student, "01")


@pytest.mark.parametrize("student", ["=1+1", "\u7530\u4e2d \u82b1\u5b50", "..x"])
def test_a_strange_name_of_a_folder_has_one(student):
    assert variant(student, "01").student == student
