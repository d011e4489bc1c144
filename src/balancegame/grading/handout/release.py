"""The bundle for students: exercises with their visible tests, and nothing that gives answers.

Only what is known to be harmless is handed out: notebooks without outputs, variants, what the
tests read beside them if it is no test, and test files from which every hidden test is cut.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from balancegame.errors import GameError

_EXERCISE = re.compile(r"\d\d_\w+")
_SECRET = re.compile(r"solution|solved|answer_?key|_hidden\b|secret", re.IGNORECASE)
_HIDDEN_SUFFIX = "_hidden"
SOLUTIONS = "solutions"
_LONG_ENOUGH = 24
_DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Release:
    """The names of the files that were handed out, and of files and tests that were kept back."""

    written: tuple[str, ...]
    kept_back: tuple[str, ...]


def release(exercises: Path, out: Path) -> Release:
    """Write what students may have of a folder of exercises into a new or empty folder."""
    files, kept_back = files_for_students(exercises)
    if not any(name.endswith(".ipynb") for name in files):
        raise GameError(
            f"the folder {exercises} holds no exercise; one is a notebook such as "
            "01_my_exercise.ipynb with test_01_my_exercise.py beside it."
        )
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise GameError(
            f"the folder {out} is not empty; hand out into a new folder, named with --out."
        )
    try:
        write_texts(files, out)
    except OSError as error:
        raise GameError(
            f"the folder {out} cannot be written ({error.strerror}); choose another."
        ) from None
    return Release(tuple(sorted(files)), tuple(sorted(kept_back)))


def write_texts(files: Mapping[str, str], folder: Path) -> None:
    """Write files by their names into a folder, made when it does not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def files_for_students(exercises: Path, *names: str) -> tuple[dict[str, str], list[str]]:
    """Return the files that students may have, by their names, and the names of what is kept back.

    The exercises are named as in "01_security_or_energy"; all of them are meant if none is named.
    A GameError says what cannot be read, and what hidden thing would leak.
    """
    files: dict[str, str] = {}
    kept_back: list[str] = []
    for path in _entries(exercises):
        stem = path.stem
        exercise = stem.removeprefix("test_").removeprefix("variant_")
        if names and exercise not in (*names, "conftest"):
            continue
        plain = not path.is_symlink() and path.is_file()
        if not plain or _SECRET.search(path.name):
            kept_back.append(path.name)
        elif path.suffix == ".ipynb" and _EXERCISE.fullmatch(stem):
            files[path.name] = _clean_notebook(path)
        elif path.suffix == ".py" and stem.startswith("test_") and _EXERCISE.fullmatch(exercise):
            files[path.name], hidden = visible_source(_read(path), path.name)
            kept_back.extend(f"{path.name}: {name}" for name in hidden)
        elif path.name == "conftest.py" or (path.suffix == ".py" and stem.startswith("variant_")):
            files[path.name] = _read(path)
        else:
            kept_back.append(path.name)
    _refuse_leaks(files, exercises / SOLUTIONS)
    return files, kept_back


def visible_source(source: str, name: str = "the tests") -> tuple[str, tuple[str, ...]]:
    r"""Return a test file without its hidden tests, and their names.

    What only hidden tests use goes with them: functions, classes and constants of the file that
    nothing visible mentions. A GameError says if tests are hidden in a way that cannot be cut out.

    Examples
    --------
    >>> source = "import pytest\n@pytest.mark.hidden\ndef test_a(student): pass\n"
    >>> visible_source(source)[1]
    ('test_a',)
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise GameError(
            f"{name} is not Python ({error}); correct it before you hand it out."
        ) from None
    hidden = [node for node in tree.body if any(map(_mentions_hidden, _decorators(node)))]
    for node in tree.body:
        if node in hidden or not _mentions_hidden(node):
            continue
        if isinstance(node, ast.Assign) and "pytestmark" in _stored(node):
            raise GameError(
                f"{name} hides all its tests with pytestmark; move them to a file whose name "
                f"ends in {_HIDDEN_SUFFIX}.py."
            )
        raise GameError(
            f"{name} hides something inside {getattr(node, 'name', 'a statement')} (line "
            f"{node.lineno}); hide whole test functions only, each on its own."
        )
    cut = [*hidden, *_used_only_by(tree, hidden)]
    text = _without(source, cut)
    left = [ast.dump(node) for node in tree.body if node not in cut]
    if [ast.dump(node) for node in ast.parse(text).body] != left:
        raise GameError(
            f"the hidden tests of {name} cannot be cut out alone; give each its own lines, or move "
            f"them to a file whose name ends in {_HIDDEN_SUFFIX}.py."
        )
    names = tuple(node.name for node in hidden if isinstance(node, _DEFINITIONS))
    if any(re.search(rf"\b{re.escape(kept)}\b", text) for kept in names):
        raise GameError(f"{name} names a hidden test elsewhere; take that out.")
    return text, names


def _without(source: str, cut: list[ast.stmt]) -> str:
    lines = source.splitlines(keepends=True)
    for node in sorted(cut, key=lambda node: -node.lineno):
        first = min([node.lineno, *(each.lineno for each in _decorators(node))]) - 1
        last = node.end_lineno or node.lineno
        # Comments that lead up to a hidden test, or end it, may tell what it holds.
        while first > 0 and lines[first - 1].startswith("#"):
            first -= 1
        after = last
        while after < len(lines) and re.match(r"[ \t]+#|\s*$", lines[after]):
            after += 1
            last = after if lines[after - 1].strip() else last
        del lines[first:last]
    text = re.sub(r"\n{4,}", "\n\n\n", "".join(lines)).rstrip()
    return f"{text}\n" if text else ""


def _refuse_leaks(files: dict[str, str], solutions: Path) -> None:
    """Refuse to hand out a long line of a solution, wherever it has got to."""
    for path in sorted(solutions.glob("*")) if solutions.is_dir() else ():
        for line in _answer_lines(path):
            # Inside a notebook a line stands in quotes, as JSON writes it.
            spellings = (line, json.dumps(line, ensure_ascii=False)[1:-1])
            for name, text in files.items():
                if any(spelling in text for spelling in spellings):
                    raise GameError(
                        f"{name} holds a line of the solution in {path.name}, {line!r}; take it "
                        "out before you hand the exercise out."
                    )


def _answer_lines(path: Path) -> Iterator[str]:
    text = _read(path) if path.suffix in {".py", ".ipynb"} else ""
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    for line in map(str.strip, text.splitlines()):
        code = not line.startswith(("#", "import ", "from ", "def ", '"""'))
        if code and len(line) >= _LONG_ENOUGH:
            yield line


def _entries(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise GameError(
            f"the folder {folder} cannot be read ({error.strerror}); name a folder."
        ) from None
    return (path for path in entries if not path.name.startswith((".", "__")))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise GameError(f"{path.name} cannot be read ({error}); correct or move it.") from None


def _clean_notebook(path: Path) -> str:
    try:
        notebook = json.loads(_read(path))
        secret = {"solution", "hidden"}.intersection
        cells = [c for c in notebook["cells"] if not secret(c.get("metadata", {}).get("tags", ()))]
        for cell in cells:
            if cell["cell_type"] == "code":
                # A run of the solution may still stand in the outputs.
                cell["outputs"], cell["execution_count"] = [], None
        notebook["cells"] = cells
        notebook.get("metadata", {}).pop("widgets", None)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise GameError(f"{path.name} is not a notebook; open it in Jupyter and save it.") from None
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _decorators(node: ast.stmt) -> list[ast.expr]:
    return node.decorator_list if isinstance(node, _DEFINITIONS) else []


def _mentions_hidden(node: ast.AST) -> bool:
    return any(
        isinstance(inner, ast.Attribute) and inner.attr == "hidden" for inner in ast.walk(node)
    )


def _used_only_by(tree: ast.Module, hidden: list[ast.stmt]) -> list[ast.stmt]:
    """Return what the file defines that hidden tests alone need, found by what is left over."""
    cut: list[ast.stmt] = []
    while True:
        wanted = set().union(*map(_mentioned, (*hidden, *cut)))
        left = [node for node in tree.body if node not in (*hidden, *cut)]
        more = [
            node
            for node in left
            if (defined := _defined(node))
            and defined <= wanted
            and not any(defined & _mentioned(other) for other in left if other is not node)
        ]
        if not more:
            return cut
        cut += more


def _defined(node: ast.stmt) -> set[str]:
    if isinstance(node, _DEFINITIONS):
        return set() if node.name.startswith(("test", "Test", "pytest_")) else {node.name}
    return _stored(node) if isinstance(node, ast.Assign | ast.AnnAssign) else set()


def _stored(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    inner = (each for target in targets for each in ast.walk(target))
    return {each.id for each in inner if isinstance(each, ast.Name)}


def _mentioned(node: ast.AST) -> set[str]:
    """Return the names that code uses; a fixture is an argument's name, a parameter a string."""
    inner = list(ast.walk(node))
    strings = {each.value for each in inner if isinstance(each, ast.Constant)}
    return {
        *(each.id for each in inner if isinstance(each, ast.Name)),
        *(each.arg for each in inner if isinstance(each, ast.arg)),
        *(value for value in strings if isinstance(value, str)),
    }
