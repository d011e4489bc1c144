"""Payoffs for each student, the same on every machine and every Python.

An exercise that has variants carries a file ``variant_<exercise>.py`` beside its notebook: a
function ``draw(draw)`` that makes games from drawn numbers, and ``PUBLISHED``, the games that the
notebook shows to everybody. Numbers are drawn again until every mistake that the tests of the
exercise declare leads to an answer of its own, until no right answer has a denominator above
``LARGEST_DENOMINATOR`` and until the ``REQUIREMENTS`` are fulfilled, pairs
of a sentence and a predicate that say what else must hold. Where the notebook shows the values of
a model's parameters, in a row of a table, these stand in place of the game; a discount factor or
another number that the text alone mentions stands for itself. A function ``phrases(games)`` lists
what the notebook's text says of the numbers besides its tables.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, singledispatch
from hashlib import sha256
from math import inf
from pathlib import Path
from struct import Struct
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.normal_form import NormalFormGame
from balancegame.grading.exercise.mistakes import Asked, Declared, declared_in
from balancegame.wording import and_list

Payoffs = NormalFormGame | Mapping[str, int | Fraction] | Fraction
Games = Mapping[str, Payoffs]
Requirement = tuple[str, Callable[[Games], bool]]
Option = TypeVar("Option")

_ATTEMPTS = 10_000
_NUMBERS = 2**64
_ALMOST_ALL = _NUMBERS - 1
_first_number = Struct(">Q").unpack_from


class _GivenUp(Exception):  # noqa: N818 - not an error: the next draw follows
    """A draw that would be refused."""


class Draw:
    """Draws numbers from a seed.

    Python's own generators may change what they draw from one version to the next; a hash does
    not, so a student who regrades years later meets the same payoffs.

    Examples
    --------
    >>> draw = Draw("seed")
    >>> [draw(1, 6) for _ in range(5)]
    [2, 2, 3, 4, 6]
    """

    def __init__(self, seed: str) -> None:
        self._seed = sha256(seed.encode("utf-8", "surrogatepass") + b"/")
        self._count = 0

    def __call__(self, low: int, high: int) -> int:
        """Return a whole number between two, both included, each as likely."""
        span = high - low + 1
        while True:
            count = self._count = self._count + 1
            # The seed is hashed once: many numbers are drawn from it.
            hashed = self._seed.copy()
            hashed.update(b"%d" % count)
            number: int = _first_number(hashed.digest())[0]
            # Of the few numbers at the very end some would make the first ones likelier.
            if number < _ALMOST_ALL - span or number < _NUMBERS - _NUMBERS % span:
                return low + number % span

    def aside(self, count: int) -> Draw:
        """Set the next ``count`` numbers aside and return what draws them later.

        This draw goes on after them. Most draws are given up: what no condition asks about need
        not be drawn until all conditions hold, and is the same as if drawn in its turn.

        Examples
        --------
        >>> draw, again = Draw("seed"), Draw("seed")
        >>> later = draw.aside(2)
        >>> last = draw(1, 6)
        >>> [later(1, 6), later(1, 6), last] == [again(1, 6) for _ in range(3)]
        True
        """
        others = object.__new__(Draw)
        others._seed, others._count = self._seed, self._count
        self._count += count
        return others

    def pick(self, options: Sequence[Option]) -> Option:
        """Return one of several things."""
        return options[self(0, len(options) - 1)]

    def shuffled(self, things: Sequence[Option], count: int | None = None) -> list[Option]:
        """Return things in another order, or the first few of them in that order."""
        left = list(things)
        size = len(left)
        wanted = size if count is None else count
        found = [left.pop(self(0, last)) for last in range(size - 1, size - 1 - wanted, -1)]
        # The numbers for the rest are passed over, so that what follows does not depend on it.
        self._count += size - wanted
        return found

    def assume(self, condition: bool) -> None:
        """Give this draw up unless a condition holds: what would be refused need not be built.

        What it gives up changes the payoffs of everybody who had them. A condition on finished
        games, which those that are published fulfil too, is a requirement.
        """
        if not condition:
            raise _GivenUp


@dataclass(frozen=True)
class Variant:
    """The games of one student in one exercise.

    Attributes
    ----------
    exercise : str
    student : str
    games : mapping of str to NormalFormGame
        Or to the values of a model's parameters, or to a number.
    asked : mapping
        What the tests ask with these games, by the place and the name of each answer.
    """

    exercise: str
    student: str
    games: Games
    asked: Mapping[tuple[tuple[str, int], str], Asked] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __getitem__(self, name: str) -> Any:
        return self.games[name]

    def known(self, declared: Declared, name: str) -> Asked | None:
        """Return what a test asks under a name if that is known already."""
        return self.asked.get((declared.place, name))

    def __str__(self) -> str:
        tables = (f"{name}\n{table_text(game)}" for name, game in self.games.items())
        whose = f"the payoffs of {self.student}" if self.student else "the published payoffs"
        return "\n\n".join([f"{self.exercise}: {whose}", *tables])


def variant(student: str, exercise: str, folder: Path | None = None) -> Variant:
    """Return a student's own games in an exercise.

    Parameters
    ----------
    student : str
        The name of the student's folder among the submissions; "" for the published payoffs.
    exercise : str
        The name of the exercise, such as "01_security_or_energy", or its number.
    folder : Path, optional
        The folder of the exercise; that of the course if not given.

    Returns
    -------
    Variant

    Raises
    ------
    GameError
        If the exercise has no variants, no folder can have such a name, or the requirements cannot
        be fulfilled.

    Examples
    --------
    >>> variant("ann", "01")["empty_threat"].players
    ('Japan', 'US')
    """
    recipe = _recipe(exercise, folder)
    # Two systems may spell one accented name in two ways; it is one student all the same.
    student = unicodedata.normalize("NFC", student.strip())
    if "/" in student or student in {".", ".."}:
        raise GameError(
            f"{student!r} is not the name of a student's folder, from which payoffs are drawn; "
            "name the folder itself."
        )
    return _drawn(recipe, student)


def exercises_with_variants(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of the exercises of a folder that have variants."""
    found = sorted(exercises_folder(folder).glob("variant_*.py"))
    return tuple(path.stem.removeprefix("variant_") for path in found)


@singledispatch
def table_text(payoffs: object) -> str:
    """Return the payoffs of a two-player game, or values of parameters, as a table in Markdown.

    Parameters
    ----------
    payoffs : NormalFormGame, mapping of str to number, or Fraction
        A number alone is written without a table.

    Raises
    ------
    GameError
        If it is none of these.

    Examples
    --------
    >>> print(table_text(NormalFormGame([[[1, 0]], [["1/2", 3]]])))
    |  | action 1 | action 2 |
    |---|---|---|
    | **action 1** | 1, 1/2 | 0, 3 |
    >>> print(table_text({"B": 6, "beta": Fraction(1, 8)}))
    | B | beta |
    |---|---|
    | 6 | 1/8 |
    """
    raise GameError(
        f"a variant holds games, values of parameters or fractions, not {type(payoffs).__name__}; "
        "see the guide."
    )


@table_text.register
def _(game: NormalFormGame) -> str:
    rows, columns = game.actions
    lines = [f"|  | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for i, row in enumerate(rows):
        cells = (", ".join(plain(game.at(k, (i, j))) for k in (0, 1)) for j in range(len(columns)))
        lines.append(f"| **{row}** | {' | '.join(cells)} |")
    return "\n".join(lines)


@table_text.register
def _(values: Mapping) -> str:  # type: ignore[type-arg]
    lines = [values, ["---"] * len(values), [plain(Fraction(value)) for value in values.values()]]
    head, rule, row = (" | ".join(map(str, line)) for line in lines)
    return f"| {head} |\n|{rule.replace(' ', '')}|\n| {row} |"


@table_text.register
def _(number: Fraction) -> str:
    return plain(number)


def phrases(own: Variant, folder: Path | None = None) -> tuple[str, ...]:
    """Return what the text of the notebook says of a variant's numbers besides its tables."""
    return tuple(_recipe(own.exercise, folder).phrases(own.games))


def exercises_folder(folder: Path | None) -> Path:
    """Return a folder of exercises: the one given, or that of the course."""
    if folder is not None:
        return folder
    # An installed package carries the exercises; a source checkout has them at its top.
    package = Path(__file__).parents[2]
    installed = package / "course" / "exercises"
    return installed if installed.is_dir() else package.parents[1] / "exercises"


@dataclass(frozen=True, eq=False)
class _Recipe:
    file: str
    draw: Callable[[Draw], dict[str, Payoffs]]
    published: dict[str, Payoffs]
    requirements: tuple[Requirement, ...]
    largest_denominator: float
    declared: tuple[Declared, ...]
    phrases: Callable[[Games], Sequence[str]]

    def tried(self, student: str, games: Games) -> tuple[Variant, str]:
        """Return games as a variant, and the first thing that is wrong with them, if any is."""
        found: dict[tuple[tuple[str, int], str], Asked] = {}
        own = Variant(
            Path(self.file).stem.removeprefix("variant_"), student, MappingProxyType(games), found
        )
        # What an author requires is asked first, for it costs less.
        for sentence, holds in self.requirements:
            if not holds(games):
                return own, sentence
        for declared in self.declared:
            for name in declared.names:
                asked = found[declared.place, name] = declared.asked(name, lambda: own)
                if clash := asked.clash():
                    return own, f"{name}: {clash}"
                right = asked.right
                if isinstance(right, Fraction) and right.denominator > self.largest_denominator:
                    return own, f"{name}: {plain(right)} is no fraction that one writes down"
        return own, ""


def _recipe(exercise: str, folder: Path | None) -> _Recipe:
    place = exercises_folder(folder)
    path, _ = _files(place, exercise)
    # What has a slash in it is no name of a file.
    if exercise in path.name and path.is_file():
        return _read_in(place, exercise)
    known = exercises_with_variants(place)
    number = exercise.zfill(2) if exercise.isdecimal() else None
    matching = [name for name in known if name == exercise or name.split("_")[0] == number]
    if len(matching) != 1:
        others = (
            f"those with variants are {and_list(known)}"
            if known
            else "no exercise there has any; give everybody what balancegame release writes"
        )
        raise GameError(f"exercise {exercise} in {place} has no variants; {others}.")
    return _read_in(place, matching[0])


# Each student's payoffs are drawn from these; a path is looked up the sooner if it is the same one.
@lru_cache(maxsize=64)
def _files(place: Path, exercise: str) -> tuple[Path, Path]:
    return place / f"variant_{exercise}.py", place / f"test_{exercise}.py"


def _read_in(place: Path, exercise: str) -> _Recipe:
    path, tests = _files(place, exercise)
    return _read(path, path.read_bytes(), tests, tests.read_bytes() if tests.is_file() else b"")


@lru_cache(maxsize=256)
def _drawn(recipe: _Recipe, student: str) -> Variant:
    """Return a student's games; every criterion of an exercise asks for them."""
    if not student:
        return recipe.tried("", recipe.published)[0]
    name = Path(recipe.file).stem.removeprefix("variant_")
    seed = json.dumps([name, student]).removesuffix("]")
    for attempt in range(_ATTEMPTS):
        try:
            games = recipe.draw(Draw(f"{seed}, {attempt}]"))
        except _GivenUp:
            continue
        own, problem = recipe.tried(student, games)
        if not problem:
            return own
    raise GameError(
        f"{recipe.file} found no payoffs for {student} that fulfil its requirements in {_ATTEMPTS} "
        "draws; loosen a requirement or draw from a wider range."
    )


@lru_cache(maxsize=64)
def _read(path: Path, source: bytes, tests: Path, tests_source: bytes) -> _Recipe:
    recipe, asking = defined_in(path, source), defined_in(tests, tests_source)
    try:
        found = _Recipe(
            path.name,
            recipe["draw"],
            recipe["PUBLISHED"],
            tuple(recipe.get("REQUIREMENTS", ())),
            recipe.get("LARGEST_DENOMINATOR", inf),
            tuple(declared_in(asking)),
            recipe.get("phrases", lambda games: ()),
        )
    except KeyError as error:
        raise GameError(f"{path.name} defines no {error.args[0]}; see the guide.") from None
    _, problem = found.tried("", found.published)
    if problem:
        raise GameError(f"the PUBLISHED games of {path.name} break a requirement: {problem}.")
    return found


@lru_cache(maxsize=64)
def defined_in(path: Path, source: bytes) -> dict[str, Any]:
    """Return what a file defines, read as pytest reads it: a module with its folder beside it."""
    module = ModuleType(path.stem)
    module.__file__ = str(path)
    before = sys.modules.get(path.stem)
    sys.modules[path.stem] = module
    sys.path.insert(0, str(path.parent))
    try:
        exec(compile(source, str(path), "exec", dont_inherit=True), vars(module))
    except Exception as error:
        raise GameError(f"{path.name} cannot run ({type(error).__name__}: {error}).") from error
    finally:
        sys.path.remove(str(path.parent))
        if before is None:
            del sys.modules[path.stem]
        else:
            sys.modules[path.stem] = before
    return vars(module)
