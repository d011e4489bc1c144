"""Text that somebody else wrote, made safe to print: no control, no colour, no hidden order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # titles and links of a terminal
    r"|[\x1b\x9b]\[?[0-?]*[ -/]*[@-~]"  # colours and cursor moves
)
# Marks that turn the order of the text around them can make it say what nobody wrote.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


# The same words stand in the reports of all students.
@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    r"""Return text in one line without anything that a terminal or page would obey.

    Examples
    --------
    >>> clean("\x1b[31mred\x1b[0m\n\x00text")
    'red text'
    """
    # Most text is plain, and reports hold very much of it. Controls, marks that change the order,
    # halves of surrogate pairs and noncharacters do not count as printable.
    if text.isprintable():
        return " ".join(text.split())
    kept = (_kept(character) for character in _ESCAPES.sub("", text))
    return " ".join("".join(kept).split())


def _kept(character: str) -> str:
    if character.isspace():
        return " "
    if character in _REORDERING:
        return ""
    category = unicodedata.category(character)
    if category == "Cc":
        return ""
    # Neither half a surrogate pair nor a noncharacter can stand in XML or UTF-8.
    if category == "Cs" or (category == "Cn" and ord(character) & 0xFFFE == 0xFFFE):
        return "\ufffd"
    return character
