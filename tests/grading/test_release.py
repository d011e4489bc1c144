"""What students are handed: the visible tests work, and nothing hidden is in any file."""

from __future__ import annotations

import ast
import json

import pytest

from balancegame.errors import GameError
from balancegame.grading.handout.release import release, visible_source
from tests.exercise_notebooks import EXERCISES, REPOSITORY
from tests.grading.guide import handed_in, solution_cells, write_exercises

SOURCE = '''\
"""Tests."""

import pytest

TABLE = [1, 2]
SECRET = [47, 11]
ALSO_SECRET = {"of": SECRET}


def shared(student):
    return TABLE


def only_hidden(student):
    return ALSO_SECRET


@pytest.mark.task(1)
def test_seen(student):
    assert shared(student)


# The trick is 4711.
@pytest.mark.task(1)
@pytest.mark.hidden
def test_unseen(student):
    assert only_hidden(student) and shared(student)
    # and the answer is 1147


@pytest.mark.task(2)
def test_seen_too(student):
    pass
'''


def test_hidden_tests_go_with_all_that_they_alone_use():
    text, names = visible_source(SOURCE)
    assert names == ("test_unseen",)
    for secret in ("47", "SECRET", "only_hidden", "unseen", "1147", "trick"):
        assert secret not in text
    defined = {n.name for n in ast.parse(text).body if isinstance(n, ast.FunctionDef)}
    assert defined == {"shared", "test_seen", "test_seen_too"}
    assert "TABLE = [1, 2]" in text


def test_the_students_bundle_of_the_course_has_no_hidden_test(tmp_path):
    found = release(REPOSITORY / "exercises", tmp_path / "out")
    hidden = [name for name in found.kept_back if name.endswith("_hidden.py")]
    exercises = [path.stem for path in EXERCISES]
    assert hidden == [f"test_{name}_hidden.py" for name in exercises]
    # Exercise 10 asks for a model of one's own, so it has no payoffs to draw.
    drawn = [name for name in exercises if name != "10_your_own_model"]
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        *(f"{name}.ipynb" for name in exercises),
        *(f"test_{name}.py" for name in exercises),
        *(f"variant_{name}.py" for name in drawn),
        "conftest.py",
    }
    for path in (tmp_path / "out").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "unseen" not in text
        assert "hypothesis" not in text
        assert "mark.hidden" not in text


def test_a_file_without_hidden_tests_stays_as_it_is():
    for path in sorted((REPOSITORY / "exercises").glob("test_*.py")):
        if path.stem.endswith("_hidden"):
            continue
        source = path.read_text(encoding="utf-8")
        assert visible_source(source, path.name) == (source, ())


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import pytest\npytestmark = pytest.mark.hidden\n", "hides all its tests"),
        (
            "import pytest\nclass TestA:\n    @pytest.mark.hidden\n    def test_b(self): pass\n",
            "hides something inside TestA",
        ),
        ("import pytest\nsecret = pytest.mark.hidden\n", "hides something inside a statement"),
        (
            "import pytest\n@pytest.mark.hidden\ndef test_a(): pass\n\nX = 'see test_a'\n",
            "names a hidden test",
        ),
        (
            "import pytest\nA = 1; B = 2\n@pytest.mark.hidden\ndef test_a(): A\ndef test_b(): B\n",
            "cannot be cut out alone",
        ),
        ("def broken(", "is not Python"),
    ],
)
def test_what_cannot_be_cut_out_surely_is_not_handed_out(source, says):
    with pytest.raises(GameError, match=says) as error:
        visible_source(source, "test_01_a.py")
    assert "\n" not in str(error.value)


def test_a_parametrised_hidden_case_takes_the_whole_test_along():
    source = (
        "import pytest\n"
        "@pytest.mark.parametrize('n', [1, pytest.param(2, marks=pytest.mark.hidden)])\n"
        "def test_a(student, n): pass\n"
    )
    assert visible_source(source)[1] == ("test_a",)


def test_outputs_and_solution_cells_stay_behind(tmp_path):
    folder = write_exercises(tmp_path)
    path = folder / "05_deterrence.ipynb"
    notebook = json.loads(handed_in())
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "7!"}]
    notebook["cells"].append(
        {"cell_type": "markdown", "metadata": {"tags": ["solution"]}, "source": "It is seven."}
    )
    path.write_text(json.dumps(notebook), encoding="utf-8")
    release(folder, tmp_path / "out")
    text = (tmp_path / "out" / path.name).read_text(encoding="utf-8")
    assert "7!" not in text
    assert "seven" not in text


def test_a_solved_notebook_is_not_handed_out(tmp_path):
    folder = write_exercises(tmp_path)
    (folder / "05_deterrence.ipynb").write_text(handed_in(solution_cells()), encoding="utf-8")
    with pytest.raises(GameError, match="holds a line of the solution"):
        release(folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_only_known_files_are_handed_out_and_no_link(tmp_path):
    folder = write_exercises(tmp_path)
    for name in ("answers.csv", "notes.md", "05_deterrence_solution.ipynb", "answer_key.py"):
        (folder / name).write_text("secret", encoding="utf-8")
    (folder / "06_link.ipynb").symlink_to(folder / "notes.md")
    found = release(folder, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == list(found.written)
    assert "secret" not in "".join(p.read_text() for p in (tmp_path / "out").iterdir())
    assert {"answers.csv", "06_link.ipynb", "test_05_deterrence_hidden.py"} <= {*found.kept_back}


def test_a_folder_that_is_in_use_is_refused(tmp_path):
    folder = write_exercises(tmp_path)
    with pytest.raises(GameError, match="is not empty"):
        release(folder, folder)
    (tmp_path / "none").mkdir()
    with pytest.raises(GameError, match="holds no exercise"):
        release(tmp_path / "none", tmp_path / "out")
