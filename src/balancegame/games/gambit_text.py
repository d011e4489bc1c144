"""What Gambit's files are written in: words, numbers, quoted names and braces.

A name stands in quotation marks and may run over several lines; a quotation mark or a backslash in
it follows a backslash. Commas count as spaces.

Gambit refuses names with line breaks, double spaces or spaces at an end, and returns others than it
was given where there are backslashes. So that every name comes back from it, these characters are
written by their numbers, as in HTML (``&#32;`` is a space), and so read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count
from os import PathLike
from pathlib import Path
from unicodedata import category

from balancegame.errors import GameError
from balancegame.exact import exact

_TOKEN = re.compile(
    r'[\s,]*+(?:"(?P<name>(?:[^"\\]|\\.)*)"'
    r"|(?P<brace>[{}])"
    r'|(?P<word>(?!/[/*])[^\s,{}"]+)'
    r"|(?P<end>\Z))",
    re.DOTALL,
)
# By themselves, so that a comment never reaches further than its end: before 3.11.5 Python forgets
# where it was when such a group may not try again and a part of it comes to nothing.
_COMMENTS = re.compile(r"(?:[\s,]++|//[^\n]*+|/\*.*?\*/)*", re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
# Those that Gambit does not keep, and what would be read as a number without being meant as one.
_NOT_KEPT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]|(?<=\s)\s|^\s|\s$|&(?=#[0-9]+;)")
_NUMBERED = re.compile(r"&#([0-9]{1,7});")

FORMS = {"NFG": "strategic", "EFG": "extensive"}


class Scanner:
    """The tokens of a file in turn, and errors that say where."""

    def __init__(self, text: str, source: str) -> None:
        self.source = source
        self._tokens = list(self._split(text))
        self._next = 0

    def _split(self, text: str) -> Iterator[tuple[str, str, int]]:
        """Yield kind, text and line of each token, at the end of the file nothing twice."""
        line, counted, at = 1, 0, 0
        while match := _TOKEN.match(text, at) or _TOKEN.match(text, _behind_comments(text, at)):
            kind = str(match.lastgroup)
            start = match.start(kind)
            line += text.count("\n", counted, start)
            counted, at = start, match.end()
            if kind == "end":
                yield "", "", line
                return
            shown = match[kind]
            yield kind, _name(shown) if kind == "name" else shown, line
        begun = _behind_comments(text, at)
        line += text.count("\n", counted, begun)
        if text.startswith("/*", begun):
            raise self.error("the comment is not closed; end it with */", line)
        raise self.error("the quotation mark is not closed; end the name with another", line)

    def error(self, reason: str, line: int | None = None) -> GameError:
        """Return an error with its line, by default that of the next token."""
        at = self.line if line is None else line
        return GameError(f"line {at} of {self.source}: {reason}.")

    @property
    def line(self) -> int:
        """The line of the next token, at the end of the file the last one."""
        return self._tokens[self._next][2]

    def more(self) -> bool:
        """Return whether there is another token."""
        return self._next < len(self._tokens) - 1

    def peek(self) -> tuple[str, str]:
        """Return the kind and the text of the next token, and leave it there."""
        return self._tokens[self._next][:2]

    def take(self, kind: str, what: str, text: str | None = None) -> str:
        """Return the text of the next token, which must be of a kind; a blank name is empty."""
        found, shown = self.peek()
        if found != kind or (text is not None and shown != text):
            raise self.error(f"there is {named(found, shown)} where {what} should be")
        self._next += 1
        return shown if shown.strip() else ""

    def header(self, form: str, version: str) -> None:
        """Go through the form and the version of a file, and its title."""
        found, text = self.peek()
        given = text.upper() if found == "word" else ""
        if given in FORMS and given != form:
            other = f"{FORMS[given]} form ({given}); read it with read_{given.lower()}"
            raise self.error(f"this is a game in {other}")
        if given != form:
            begins = f"a file of a game in {FORMS[form]} form begins with {form} {version} R"
            raise self.error(f"{begins}, not with {named(found, text)}")
        self.take("word", form)
        if self.peek() != ("word", version):
            shown = named(*self.peek())
            raise self.error(f"only version {version} of the format is known, not {shown}")
        self.take("word", "the version")
        if self.peek()[1].upper() not in ("R", "D"):
            raise self.error(f"there is {named(*self.peek())} where R or D should be")
        self.take("word", "R or D")
        self.take("name", "the title in quotes")

    def number(self, what: str) -> Fraction:
        """Return the next token as a number."""
        at, text = self.line, self.take("word", what)
        try:
            return exact(text)
        except GameError as error:
            raise self.error(f"as {what}, {str(error).rstrip('.')}", at) from None

    def listed(self, what: str) -> Iterator[None]:
        """Go through an opening brace, yield before each entry, and through the closing one."""
        self.take("brace", f"the {{ that opens {what}", "{")
        while self.peek() != ("brace", "}"):
            if not self.more():
                raise self.error(f"the file ends inside {what}; close it with }}")
            yield
        self._next += 1


def text_of(path: str | PathLike[str]) -> tuple[str, str]:
    """Return the text of a file in UTF-8 and its name."""
    source = Path(path)
    try:
        # Line breaks stay as they are: a name may hold some.
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise GameError(
            f"line {line} of {source.name}: it is not text in UTF-8; save it so."
        ) from None
    except OSError as error:
        raise GameError(
            f"{source} cannot be read ({error.strerror or error}); check its name and place."
        ) from None
    return text, source.name


def write_text(path: str | PathLike[str], text: str) -> None:
    """Write a file in UTF-8, over one that exists."""
    try:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise GameError(
            f"{path} cannot be written ({error.strerror or error}); check its name and place."
        ) from None


def quoted(name: str) -> str:
    r"""Return a name in quotation marks, as a file holds it.

    Examples
    --------
    >>> print(quoted('the "US"'), quoted("two  spaces"), quoted("a\\b"))
    "the \"US\"" "two &#32;spaces" "a&#92;b"
    """
    kept = _NOT_KEPT.sub(lambda match: f"&#{ord(match.group())};", name)
    escaped = kept.replace('"', '\\"')
    return f'"{escaped}"'


def _name(text: str) -> str:
    """Return the name that stands between quotation marks."""
    return _NUMBERED.sub(_character, _ESCAPED.sub(r"\1", text))


def _character(match: re.Match[str]) -> str:
    """Return a character by its number, if it is one that is written so; else leave it alone."""
    number = int(match[1])
    character = chr(number) if number < 0x110000 else ""
    numbered = character.isspace() or character in ("&", "\\") or category(character or "a") == "Cc"
    return character if numbered else match.group()


def told_apart(names: Sequence[str], stand_in: str) -> list[str]:
    """Return names that are all different, as Gambit makes them so.

    Of a name that is given more than once each is numbered; an empty one is called by its place.

    Examples
    --------
    >>> told_apart(["x", "x_1", "x"], "action")
    ['x_2', 'x_1', 'x_3']
    >>> told_apart(["", "action 1"], "action")
    ['action 1_1', 'action 1']
    """
    counts, taken, found = Counter(name for name in names if name), set(names), []
    for position, name in enumerate(names, start=1):
        told = name or f"{stand_in} {position}"
        if counts[name] > 1 or (not name and told in taken):
            numbered = (f"{told}_{k}" for k in count(1))
            told = next(each for each in numbered if each not in taken)
        taken.add(told)
        found.append(told)
    return found


def _behind_comments(text: str, at: int) -> int:
    """Return where blanks and comments end."""
    found = _COMMENTS.match(text, at)
    return found.end() if found else at


def named(kind: str, text: str) -> str:
    """Return how an error names a token."""
    if not kind:
        return "nothing"
    shown = text if len(text) <= 30 else f"{text[:27]}..."
    return f"the name {shown!r}" if kind == "name" else shown
