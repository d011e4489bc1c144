"""Plain values as JSON: what may pass between a student's code and the tests.

Only data crosses: numbers, text, truth values, Fractions and containers of these. Anything else
arrives as an :class:`Other` that names its type, so no object of a student's own class ever meets
a test. The same road is taken inside a live notebook, so all ways of checking see equal values.
"""

from __future__ import annotations

import json
import marshal
import pickle
import re
import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import isfinite
from numbers import Integral, Rational, Real
from typing import Any

MAX_LINE = 1_000_000
MAX_DEPTH = 12
MAX_ITEMS = 10_000
# Sets and mappings whose hashes all collide take the square of their size to build.
MAX_KEYS = 1_000
MAX_DIGITS = 1_000
_TOO_LARGE = 10**MAX_DIGITS
_TOO_SMALL = -_TOO_LARGE
_TRUTH_TYPES = {"bool", "bool_", "BooleanTrue", "BooleanFalse"}
# A decimal with more places may stand for a fraction, as a float may: it travels as one.
_FEW_PLACES = 6

# What lists its items as often as it is asked, and the same ones each time.
_EMPTY: dict[Any, Any] = {}
_LISTING = (range, type(_EMPTY.keys()), type(_EMPTY.values()), type(_EMPTY.items()))

# What is packed begins with one of these where no value needs more than Python's own types, and
# where it is compressed; no pickle does.
_PLAIN, _SMALLER = b"m", b"z"
_SHORT = 3_000

_FRACTION = re.compile(rf"-?[0-9]{{1,{MAX_DIGITS}}}/[0-9]{{1,{MAX_DIGITS}}}")


class Unreadable(ValueError):  # noqa: N818 - what somebody sent, not an error of ours
    """Data that :func:`encode` does not make: what sent it is broken or forged."""


class Other:
    """A value that does not travel, known by the name of its type."""

    # A worker of the process tier starts sooner without the module of dataclasses.
    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Other) and self.kind == other.kind

    def __hash__(self) -> int:
        return hash(self.kind)

    def __repr__(self) -> str:
        # Messages to students quote answers as they are represented.
        return self.kind


def encode(value: Any, depth: int = 0) -> Any:
    """Return a value as JSON data.

    Examples
    --------
    >>> encode(("Comply", Fraction(5, 6)))
    {'tuple': ['Comply', {'fraction': '5/6'}]}
    >>> encode(object())
    {'other': 'object'}
    """
    if depth > MAX_DEPTH:
        return {"other": "deeply nested value"}
    # What is of Python's own types cannot lie about itself, and is what most values are made of.
    kind = type(value)
    if kind is int:
        return value if _TOO_SMALL < value < _TOO_LARGE else _too_long()
    if kind is Fraction:
        return _written_ratio(int(value.numerator), int(value.denominator))
    if value is None or kind is bool:
        return value
    if (kind is list or kind is tuple) and len(value) <= MAX_ITEMS:
        return {kind.__name__: [encode(item, depth + 1) for item in value]}
    if isinstance(value, str):
        return str.__str__(value) if _is_text(value) else {"other": "text with a lone surrogate"}
    if value is ...:
        return {"dots": True}
    if callable(value):
        return {"other": "function"}
    number = _number(value)
    return _container(value, depth) if number is None else number


def parse(line: bytes) -> dict[str, Any]:
    r"""Return one line of JSON, as strictly as can be: whoever wrote it may mean harm.

    It is Unreadable if it is no single JSON object, or holds a key twice, a number that is not
    finite or has too many digits, or text that no Unicode encoding can write.

    Examples
    --------
    >>> parse(b'{"value": 1}')
    {'value': 1}
    >>> parse(b'{"value": 1, "value": 2}')
    Traceback (most recent call last):
        ...
    balancegame.grading.worker.wire.Unreadable: a key occurs twice
    """
    try:
        data = _read(line)
    except Unreadable:
        raise
    except (ValueError, RecursionError) as error:
        raise Unreadable("it is no JSON") from error
    if not isinstance(data, dict):
        raise Unreadable("it is no JSON object")
    return data


def _read(line: bytes) -> Any:
    # Whole numbers are most of what travels. To count the digits of each takes long.
    short = _TOO_MANY_DIGITS not in line.translate(_DIGITS_ALIKE)
    return (_QUICK if short else _STRICT).decode(line.decode("utf-8"))


def exactly(data: Any) -> bytes:
    """Return JSON data as bytes that no other data has, quicker than it is written as JSON.

    Examples
    --------
    >>> exactly([1, "a"]) == exactly([1, "a"]), exactly([1]) == exactly([True])
    (True, False)
    """
    # Later versions write down, too, where one object stands in several places.
    return marshal.dumps(data, 2)


def decode(data: Any, depth: int = 0) -> Any:
    """Return the value that :func:`encode` made into JSON data.

    Examples
    --------
    >>> decode(encode({"Enforce": Fraction(5, 6), "Acquiesce": 1}))
    {'Enforce': Fraction(5, 6), 'Acquiesce': 1}
    """
    if isinstance(data, str) and not _is_text(data):
        raise Unreadable("it holds a lone surrogate")
    if data is None or isinstance(data, (bool, int, float, str)):
        return data
    if not isinstance(data, dict) or len(data) != 1 or depth > MAX_DEPTH + 1:
        raise Unreadable("it holds what no value is")
    ((tag, content),) = data.items()
    if tag not in _READERS:
        raise Unreadable("it holds a value of an unknown kind")
    try:
        return _READERS[tag](content, depth + 1)
    except (TypeError, ValueError, ZeroDivisionError) as error:
        raise Unreadable("it holds a malformed value") from error


class Questions(tuple[tuple[Any, ...], ...]):
    """The arguments of many calls, packed once for all whom they are asked."""

    @cached_property
    def packed(self) -> str:
        """The questions as :func:`pack` writes them."""
        return pack(self)


def pack(questions: Iterable[tuple[object, ...]]) -> str:
    """Return the arguments of many calls as text, which a worker reads far sooner than JSON.

    Only what the tests ask goes this way: nothing that a student's code wrote may be unpacked.

    Examples
    --------
    >>> unpack(pack([(1, [2, 3]), (Fraction(1, 2), {"Tax": 4})]))
    [(1, [2, 3]), (Fraction(1, 2), {'Tax': 4})]
    """
    # Each call gets lists of its own, for a function may change what it is given.
    plain = [decode(encode(tuple(question))) for question in questions]
    try:
        # What knows nothing but Python's own types is read in half the time.
        written = _PLAIN + marshal.dumps(plain)
    except ValueError:
        written = pickle.dumps(plain)
    if len(written) > _SHORT:
        # Questions are much alike: a tenth of the bytes is left, and goes to every worker.
        written = _SMALLER + zlib.compress(written, zlib.Z_BEST_COMPRESSION)
    return b2a_base64(written, newline=False).decode("ascii")


def unpack(packed: str) -> list[tuple[Any, ...]]:
    """Return what :func:`pack` made into text."""
    written = a2b_base64(packed)
    if written.startswith(_SMALLER):
        written = zlib.decompress(written[1:])
    plain = written.startswith(_PLAIN)
    found: list[tuple[Any, ...]] = marshal.loads(written[1:]) if plain else pickle.loads(written)
    return found


def _number(value: Any) -> Any:
    # What roots of polynomials come as, though they are real.
    if isinstance(value, complex) and value.imag == 0:
        value = value.real
    if isinstance(value, Integral):
        whole = int(value)
        return whole if _TOO_SMALL < whole < _TOO_LARGE else _too_long()
    ratio = None
    if isinstance(value, Rational):
        ratio = int(value.numerator), int(value.denominator)
    elif getattr(value, "is_Rational", False) is True:
        ratio = int(value.p), int(value.q)
    elif isinstance(value, Decimal) and value.is_finite() and _has_few_places(value):
        ratio = value.as_integer_ratio()
    if ratio is not None:
        return _written_ratio(*ratio)
    if isinstance(value, Real | Decimal):
        # A short float of NumPy's means its own decimals, not those that a longer one adds.
        is_short = type(value).__module__ == "numpy" and type(value).__name__ == "float32"
        # A number of a class of one's own must not decide how it is written.
        number = float.__float__(float(f"{value:.7g}" if is_short else value))
        return number if isfinite(number) else {"other": f"{number} (not a finite number)"}
    # What NumPy and SymPy call true is neither a bool nor a number to Python.
    return bool(value) if type(value).__name__ in _TRUTH_TYPES else None


def _has_few_places(value: Decimal) -> bool:
    return int(value.as_tuple().exponent) >= -_FEW_PLACES


def _written_ratio(numerator: int, denominator: int) -> Any:
    if _TOO_SMALL < numerator < _TOO_LARGE and denominator < _TOO_LARGE:
        return {"fraction": f"{numerator}/{denominator}"}
    return _too_long()


def _too_long() -> Any:
    return {"other": f"number of more than {MAX_DIGITS} digits"}


def _container(value: Any, depth: int) -> Any:
    if type(value).__module__ == "numpy" and hasattr(value, "tolist"):
        is_short = str(value.dtype) == "float32" and value.shape
        return encode(list(value) if is_short else value.tolist(), depth)
    if type(value) in _LISTING and len(value) <= MAX_ITEMS:
        value = list(value)
    # What SymPy's solveset finds.
    if getattr(value, "is_FiniteSet", False) is True and len(value) <= MAX_KEYS:
        value = set(value)
    for kind, tag in ((list, "list"), (tuple, "tuple")):
        if isinstance(value, kind) and len(value) <= MAX_ITEMS:
            return {tag: [encode(item, depth + 1) for item in value]}
    if isinstance(value, (set, frozenset)) and len(value) <= MAX_KEYS:
        return {"set": [encode(item, depth + 1) for item in value]}
    if isinstance(value, dict) and len(value) <= MAX_KEYS:
        return {"dict": [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]}
    return {"other": type(value).__name__}


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(found := dict(pairs)) != len(pairs):
        raise Unreadable("a key occurs twice")
    return found


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS + 1:
        raise Unreadable(f"a number has more than {MAX_DIGITS} digits")
    return int(digits)


def _finite(number: str) -> float:
    if not isfinite(float(number)):
        raise Unreadable("a number is not finite")
    return float(number)


def _items(content: Any, most: int) -> list[Any]:
    if not isinstance(content, list) or len(content) > most:
        raise Unreadable("a container is too large or none")
    return content


def _read_fraction(content: Any, depth: int) -> Fraction:
    if not _FRACTION.fullmatch(content):
        raise Unreadable("a fraction is malformed")
    return Fraction(content)


def _read_other(content: Any, depth: int) -> Other:
    return Other("".join(filter(str.isprintable, str.__str__(content)))[:60])


def _read_dict(content: Any, depth: int) -> dict[Any, Any]:
    pairs = [_items(pair, 2) for pair in _items(content, MAX_KEYS)]
    return {_hashable(decode(k, depth)): decode(v, depth) for k, v in pairs}


def _hashable(value: Any) -> Any:
    return value if value.__hash__ is not None else Other(type(value).__name__)


_TOO_MANY_DIGITS = b"0" * (MAX_DIGITS + 1)
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_QUICK = json.JSONDecoder(object_pairs_hook=_object, parse_float=_finite, parse_constant=_finite)
_STRICT = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole, parse_float=_finite, parse_constant=_finite
)

_READERS: Mapping[str, Callable[[Any, int], Any]] = {
    "dots": lambda _, depth: ...,
    "other": _read_other,
    "fraction": _read_fraction,
    "list": lambda items, depth: [decode(item, depth) for item in _items(items, MAX_ITEMS)],
    "tuple": lambda items, depth: tuple(decode(item, depth) for item in _items(items, MAX_ITEMS)),
    "set": lambda items, depth: {
        _hashable(decode(each, depth)) for each in _items(items, MAX_KEYS)
    },
    "dict": _read_dict,
}
