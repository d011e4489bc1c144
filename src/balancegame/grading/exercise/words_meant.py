"""What words a student means: spelling that makes no difference, and several in one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

# Unicode orders the marks of a long text in the square of its length, and nothing can interrupt it.
LONGEST = 1_000
"""No word or number that somebody means has more characters."""

_BETWEEN = re.compile(r"\s*(?:[,;/|&+\u2013\u2014\u3001]|\band\b|\bor\b)\s*")
_AROUND = "()[]{}\"'\u201c\u201d\u2018\u2019. "


# A class answers in the same few words, and each is compared with all that there are.
@lru_cache(maxsize=256)
def spelled(text: str) -> str:
    """Return text without what makes no difference: case, spaces, brackets and quotation marks.

    Examples
    --------
    >>> spelled(" Stag  Hunt. "), spelled("Prisoners\u2019 dilemma")
    ('stag hunt', "prisoners' dilemma")
    """
    if len(text) > LONGEST:
        return text
    plainly = unicodedata.normalize("NFKC", seen(text)).replace("\u2019", "'").casefold()
    return " ".join(plainly.split()).strip(_AROUND)


def seen(text: str) -> str:
    r"""Return text without what nobody sees: what is copied from a page may hold such characters.

    Examples
    --------
    >>> seen("\ufeffStag\u200b Hunt\u00ad")
    'Stag Hunt'
    """
    if text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def alone(given: Any) -> Any:
    """Return what a list or set of one thing holds, and anything else as it is.

    Examples
    --------
    >>> alone(["US"]), alone({3}), alone(("US", "Japan"))
    ('US', 3, ('US', 'Japan'))
    """
    if isinstance(given, (list, tuple, set, frozenset)) and len(given) == 1:
        (only,) = given
        return given if isinstance(only, (list, tuple, set, frozenset)) else only
    return given


def named(given: str, known: Iterable[str]) -> list[str]:
    """Return the words that text lists, parted by commas, slashes or "and"; as they are spelled.

    Examples
    --------
    >>> named("Engage/Enforce", ["engage", "enforce"]), named("Hold and see", ["hold and see"])
    (['engage', 'enforce'], ['hold and see'])
    """
    if len(given) > LONGEST:
        return [given]
    whole = spelled(given)
    if whole in known:
        return [whole]
    parts = [part.strip(_AROUND) for part in _BETWEEN.split(whole)]
    return [part for part in parts if part] if {*parts} & {*known} else [given]
