"""The course folder: what is handed out, and that a student's work is never lost."""

import json
import os
import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner

from balancegame import course
from balancegame.cli import main
from balancegame.errors import GameError

START = "notebooks/00_start.ipynb"
LESSON = "notebooks/01_security_or_energy.ipynb"
EXERCISE = "exercises/01_security_or_energy.ipynb"
CHECKS = "exercises/test_01_security_or_energy.py"
EVERYTHING = sorted([START, LESSON, EXERCISE, CHECKS])
REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """A package's own course of four files, in place of the real one."""
    folder = tmp_path / "package"
    for name in (START, LESSON, EXERCISE, CHECKS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"first version of {name}")
    monkeypatch.setattr(course, "course_sources", lambda: folder)
    return folder


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "balancegame-course"


def visible_files(folder):
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in files if not path.as_posix().startswith("."))


def test_everything_is_handed_out_at_first(sources, folder):
    handout = course.hand_out(folder)
    assert sorted(handout.written) == visible_files(folder) == EVERYTHING
    assert (folder / LESSON).read_text() == f"first version of {LESSON}"


def test_hidden_files_and_caches_stay_behind(sources, folder):
    for name in (".ipynb_checkpoints/01-checkpoint.ipynb", "__pycache__/test_01.pyc"):
        (sources / "exercises" / name).parent.mkdir()
        (sources / "exercises" / name).write_text("not for students")
    course.hand_out(folder)
    assert visible_files(folder) == EVERYTHING


def test_hidden_tests_are_not_handed_out(sources, folder):
    (sources / CHECKS.replace(".py", "_hidden.py")).write_text("not for students")
    course.hand_out(folder)
    assert visible_files(folder) == EVERYTHING


def test_the_facts_and_the_glossary_go_with_the_lessons(sources, folder):
    for name in (*course.PAGES, "docs/instructor-guide.md"):
        (sources / name).parent.mkdir(exist_ok=True)
        (sources / name).write_text("a page")
    course.hand_out(folder)
    assert visible_files(folder) == sorted([*EVERYTHING, *course.PAGES])


def test_jupyter_lists_what_a_student_opens_and_nothing_else():
    files = {Path(name) for name in course._course_files(REPOSITORY)}
    names = {path.name for path in files} | {f"new_version_2_of_{path.name}" for path in files}
    listed = {n for n in names if not any(fnmatch(n, pattern) for pattern in course.UNLISTED)}
    assert {Path(name).suffix for name in listed} == {".ipynb", ".md"}
    assert {Path(name).suffix for name in names - listed} == {".py", ".ini"}
    assert not any(fnmatch("my_notes.py", pattern) for pattern in course.UNLISTED)


def test_a_second_run_writes_nothing(sources, folder):
    course.hand_out(folder)
    assert course.hand_out(folder) == course.Handout((), {})


def test_an_untouched_file_follows_the_package(sources, folder):
    course.hand_out(folder)
    (sources / LESSON).write_text("second version")
    assert course.hand_out(folder) == course.Handout((LESSON,), {})
    assert (folder / LESSON).read_text() == "second version"


def test_a_changed_file_stays_and_nothing_is_said_when_the_package_did_not_move(sources, folder):
    course.hand_out(folder)
    (folder / EXERCISE).write_text("my answer")
    assert course.hand_out(folder) == course.Handout((), {})
    assert (folder / EXERCISE).read_text() == "my answer"


def test_a_new_version_of_a_changed_file_is_laid_beside_it_once(sources, folder):
    course.hand_out(folder)
    (folder / EXERCISE).write_text("my answer")
    (sources / EXERCISE).write_text("second version")
    beside = "exercises/new_version_of_01_security_or_energy.ipynb"
    assert course.hand_out(folder) == course.Handout((), {EXERCISE: beside})
    assert (folder / EXERCISE).read_text() == "my answer"
    assert (folder / beside).read_text() == "second version"
    assert course.hand_out(folder) == course.Handout((), {})


def test_work_in_a_file_laid_beside_is_kept_too(sources, folder):
    course.hand_out(folder)
    (folder / EXERCISE).write_text("my answer")
    (sources / EXERCISE).write_text("second version")
    beside = course.hand_out(folder).beside[EXERCISE]
    (folder / beside).write_text("my second answer")
    (sources / EXERCISE).write_text("third version")
    again = course.hand_out(folder).beside[EXERCISE]
    assert again == "exercises/new_version_2_of_01_security_or_energy.ipynb"
    texts = [(folder / name).read_text() for name in (EXERCISE, beside, again)]
    assert texts == ["my answer", "my second answer", "third version"]


def test_an_untouched_file_laid_beside_is_replaced_by_the_next_version(sources, folder):
    course.hand_out(folder)
    (folder / EXERCISE).write_text("my answer")
    for version in ("second version", "third version"):
        (sources / EXERCISE).write_text(version)
        beside = course.hand_out(folder).beside[EXERCISE]
        assert beside == "exercises/new_version_of_01_security_or_energy.ipynb"
        assert (folder / beside).read_text() == version


def test_a_deleted_file_comes_back(sources, folder):
    course.hand_out(folder)
    (folder / LESSON).unlink()
    assert course.hand_out(folder) == course.Handout((LESSON,), {})


@pytest.mark.parametrize("record", [None, "", "not json", "[]", '{"files": 3}'])
def test_without_a_readable_record_every_file_counts_as_the_students(sources, folder, record):
    course.hand_out(folder)
    (folder / LESSON).write_text("my notes")
    place = folder / ".balancegame" / "handed-out.json"
    place.unlink() if record is None else place.write_text(record)
    course.hand_out(folder)
    assert (folder / LESSON).read_text() == "my notes"
    assert set(json.loads(place.read_text())["files"]) >= {LESSON, EXERCISE, CHECKS}


def test_an_interruption_leaves_no_half_written_file(sources, folder, monkeypatch):
    course.hand_out(folder)
    (sources / LESSON).write_text("second version")
    replace = Path.replace

    def interrupted(self, target):
        if Path(target).name == Path(LESSON).name:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        course.hand_out(folder)
    assert (folder / LESSON).read_text() == f"first version of {LESSON}"
    monkeypatch.undo()
    monkeypatch.setattr(course, "course_sources", lambda: sources)
    assert course.hand_out(folder).written == (LESSON,)
    assert visible_files(folder) == EVERYTHING


def a_file(folder):
    folder.write_text("")


def a_link_to_nowhere(folder):
    folder.symlink_to(folder.parent / "nowhere")


def a_linked_part(folder):
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    folder.mkdir()
    (folder / "notebooks").symlink_to(elsewhere)


def a_linked_lesson(folder):
    (folder / "notebooks").mkdir(parents=True)
    (folder / LESSON).symlink_to(folder.parent / "elsewhere.ipynb")


def a_linked_record(folder):
    folder.mkdir()
    (folder / ".balancegame").symlink_to(folder.parent)


def a_folder_named_like_a_lesson(folder):
    (folder / LESSON).mkdir(parents=True)


def a_file_named_like_a_part(folder):
    folder.mkdir()
    (folder / "exercises").write_text("")


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (a_file, "is a file, not a folder"),
        (a_link_to_nowhere, "is a link that leads nowhere"),
        (a_linked_part, "notebooks is a link"),
        (a_linked_lesson, "01_security_or_energy.ipynb is a link"),
        (a_linked_record, ".balancegame is a link"),
        (a_folder_named_like_a_lesson, "is a folder where the course has a file"),
        (a_file_named_like_a_part, "is a file where the course has a folder"),
    ],
)
def test_a_strange_destination_is_refused_in_one_sentence(sources, folder, prepare, says):
    prepare(folder)
    before = sorted(folder.parent.rglob("*"))
    with pytest.raises(GameError, match=says) as error:
        course.hand_out(folder)
    assert "\n" not in str(error.value)
    assert "--course" in str(error.value)
    assert sorted(folder.parent.rglob("*")) == before


def test_the_originals_are_no_course_folder(sources):
    with pytest.raises(GameError, match="holds the originals"):
        course.hand_out(sources)


def test_a_link_to_a_folder_may_be_the_course_folder(sources, folder, tmp_path):
    (tmp_path / "synchronised").mkdir()
    folder.symlink_to(tmp_path / "synchronised")
    assert len(course.hand_out(folder).written) == 4


def test_a_folder_that_cannot_be_written_is_named(sources, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(GameError, match=r"cannot be copied to .*file.*choose another folder"):
        course.hand_out(tmp_path / "file" / "course")


def test_the_course_folder_is_found_from_inside_it(sources, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert course.course_folder() == folder
    course.hand_out(folder)
    monkeypatch.chdir(folder / "exercises")
    assert course.course_folder() == folder


def test_a_lesson_is_found_by_its_number(sources, folder):
    course.hand_out(folder)
    assert course.lesson_path(folder, 1) == LESSON
    assert course.lesson_path(folder) == START
    with pytest.raises(GameError, match=r"There is no lesson 7 in .*; its lessons: 1\."):
        course.lesson_path(folder, 7)


def test_lab_hands_out_and_opens_the_lesson(sources, folder, monkeypatch):
    opened = []
    monkeypatch.setattr(course, "open_lab", lambda *args, **kwargs: opened.append((args, kwargs)))
    line = ["lab", "--course", str(folder), "--no-browser", "--port=8123"]
    assert CliRunner().invoke(main, line).exit_code == 0
    assert opened == [((folder, START), {"browser": False, "arguments": ("--port=8123",)})]
    (folder / EXERCISE).write_text("my answer")
    (sources / EXERCISE).write_text("second version")
    output = CliRunner().invoke(main, line).output
    assert f"You changed {EXERCISE}, so it stays as it is; its new version is" in output


def test_lab_without_jupyterlab_says_how_to_install_it(sources, folder, monkeypatch):
    monkeypatch.setattr(course, "find_spec", lambda name: None)
    result = CliRunner().invoke(main, ["lab", "--course", str(folder)])
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == (
        "Error: JupyterLab is not installed; install it with: "
        "pip install jupyterlab ipykernel matplotlib"
    )


@pytest.fixture
def words_for_jupyter(folder, monkeypatch):
    """Start the course's JupyterLab, and return the arguments that it is given."""
    from jupyterlab import labapp  # takes seconds, which every process would spend on collecting

    monkeypatch.setattr(course.os, "environ", {**os.environ})
    folder.mkdir()
    given = []
    monkeypatch.setattr(labapp, "main", given.extend)

    def start(*arguments):
        given.clear()
        course.open_lab(folder, LESSON, browser=False, arguments=arguments)
        return tuple(given)

    return start


def test_jupyterlab_understands_what_it_is_given(words_for_jupyter, folder):
    from jupyter_server.serverapp import ServerApp
    from jupyterlab.labapp import LabApp

    from balancegame.lab_connection import PromptConnection

    app = LabApp()
    app.parse_command_line(list(words_for_jupyter("--port=8123")))
    server = ServerApp(config=app.config)
    assert (server.root_dir, server.port, server.open_browser) == (str(folder), 8123, False)
    assert server.kernel_websocket_connection_class is PromptConnection
    assert app.config.LabApp.default_url == f"/lab/tree/{LESSON}"
    assert app.config.LabApp.workspaces_dir == str(folder / ".balancegame" / "workspaces")
    assert course.os.environ["JUPYTER_PREFER_ENV_PATH"] == "1"
    settings = Path(course.os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0])
    assert (settings / "labconfig" / "default_setting_overrides.json").is_file()


def test_kernels_behind_a_gateway_keep_its_connection(words_for_jupyter, monkeypatch):
    def named(*arguments):
        return [word for word in words_for_jupyter(*arguments) if "websocket" in word]

    assert len(named()) == 1
    assert named("--gateway-url=http://other") == named("--GatewayClient.url=http://other") == []
    monkeypatch.setitem(course.os.environ, "JUPYTER_GATEWAY_URL", "http://other")
    assert named() == []


def test_a_connection_waits_for_nothing_before_it_connects(monkeypatch):
    from jupyter_server.services.kernels.connection import channels
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    from balancegame.lab_connection import PromptConnection

    done = []
    connection = channels.ZMQChannelsWebsocketConnection
    monkeypatch.setattr(connection, "connect", lambda self: done.append("connect"))
    handler = Mock(spec=KernelWebsocketHandler)
    handler.set_nodelay.side_effect = done.append
    PromptConnection(websocket_handler=handler).connect()
    assert done == [True, "connect"]


def test_the_command_line_starts_without_the_heavy_libraries():
    loaded = subprocess.run(
        [sys.executable, "-c", "import balancegame.cli, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {"numpy", "sympy", "scipy", "nashpy", "pytest", "jupyterlab"} & set(loaded)


def test_the_wheel_built_from_the_sdist_carries_course_and_no_solutions(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "--directory", str(tmp_path)]
    subprocess.run([*build, "--target", "sdist"], cwd=REPOSITORY, check=True, capture_output=True)
    (sdist,) = tmp_path.glob("*.tar.gz")
    subprocess.run(["tar", "-xzf", sdist.name], cwd=tmp_path, check=True)
    unpacked = tmp_path / sdist.name.removesuffix(".tar.gz")
    subprocess.run([*build, "--target", "wheel"], cwd=unpacked, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for part in (*course.PARTS, "docs"):
        ours = {path for path in course._course_files(REPOSITORY) if path.startswith(part)}
        assert ours == {
            name.removeprefix("balancegame/course/")
            for name in names
            if name.startswith(f"balancegame/course/{part}/")
        }
    assert "balancegame/py.typed" in names
    ours = subprocess.run(
        ["git", "ls-files", "src/balancegame"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {name.removeprefix("src/") for name in ours} <= names
    assert {name.split("/")[0] for name in names} == {"balancegame", "balancegame-0.1.0.dist-info"}
