"""Payoffs written as text: parsed with the writer's own symbols, never evaluated as code.

An expression is made of numbers, symbols, ``+``, ``-``, ``*``, ``/``, whole powers ``**`` and
parentheses. ``E``, ``S``, ``I``, ``N`` and ``Q`` are symbols like any others. Because only ring
operations occur, one expression can be evaluated at Fractions, at SymPy symbols or at elements
of any other ring.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.exact.number import MAX_DIGITS, whole_number
from balancegame.wording import and_list

MAX_LENGTH = 1000
MAX_POWER = 20
# Factors in the longest product, powers multiplied out: ((9**20)**20)**20 must not fill the memory.
MAX_SIZE = 100
# What a payoff comes to has at most as many digits as a number that is written out.
TOO_LARGE = 10**MAX_DIGITS

_OPERATIONS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}

Ratio = tuple[int, int]
"""A numerator and a denominator that is not 0; both may be divided by the same number."""


def _quotient(p: int, q: int, r: int, s: int) -> Ratio:
    if r == 0:
        raise ZeroDivisionError
    return p * s, q * r


# With p/q and r/s.
_RATIO_OPERATIONS: dict[type[ast.operator], Callable[[int, int, int, int], Ratio]] = {
    ast.Add: lambda p, q, r, s: (p * s + r * q, q * s),
    ast.Sub: lambda p, q, r, s: (p * s - r * q, q * s),
    ast.Mult: lambda p, q, r, s: (p * r, q * s),
    ast.Div: _quotient,
}


@dataclass(frozen=True)
class Expression:
    """An arithmetic expression as it was written, and the symbols that occur in it."""

    text: str
    symbols: frozenset[str]
    tree: ast.expr = field(repr=False, compare=False)
    where: str = field(default="", repr=False, compare=False)

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """Return the value of the expression where each symbol has the given value.

        Fractions, SymPy symbols, polynomials: anything with +, -, * (and / where the expression
        divides by a symbol).

        Examples
        --------
        >>> from fractions import Fraction
        >>> parse("S + E - s/2", {"S", "E", "s"}).evaluate({"S": 10, "E": 5, "s": Fraction(3)})
        Fraction(27, 2)
        """
        if all(type(values[name]) is Fraction for name in self.symbols):
            ratios = {name: values[name].as_integer_ratio() for name in self.symbols}
            return self.evaluate_ratios(ratios)
        try:
            return self._small_enough(_function(self.text)(values))
        except ZeroDivisionError:
            raise self._divides_by_zero() from None

    def evaluate_ratios(self, ratios: Mapping[str, Ratio]) -> Any:
        """Return the value of the expression at numerators and denominators."""
        try:
            p, q = _ratio(self.text)(ratios)
            return self._small_enough(whole_number(p) if q == 1 else Fraction(p, q))
        except ZeroDivisionError:
            raise self._divides_by_zero() from None

    def _divides_by_zero(self) -> GameError:
        return GameError(
            f"the payoff {_shown(self.text)}{_for(self.where)} divides by zero at these values; "
            "change a parameter."
        )

    def _small_enough(self, value: Any) -> Any:
        if isinstance(value, Fraction) and not (
            -TOO_LARGE < value.numerator < TOO_LARGE > value.denominator
        ):
            raise GameError(
                f"the payoff {_shown(self.text)}{_for(self.where)} has more than {MAX_DIGITS} "
                "digits; make it smaller."
            )
        return value

    def __str__(self) -> str:
        return self.text


def evaluated(array: Any, values: Mapping[str, Any]) -> Any:
    """Return nested expressions as nested tuples of their values.

    Examples
    --------
    >>> row = [parse("2*s", {"s"}), parse("s - 1", {"s"})]
    >>> evaluated([row], {"s": Fraction(3)})
    ((Fraction(6, 1), Fraction(2, 1)),)
    """
    if all(type(value) is Fraction for value in values.values()):
        # Each is asked for its numerator and its denominator once, for all expressions.
        ratios = {name: value.as_integer_ratio() for name, value in values.items()}
        return _mapped(array, lambda each: each.evaluate_ratios(ratios))
    return _mapped(array, lambda each: each.evaluate(values))


def _mapped(array: Any, value: Callable[[Expression], Any]) -> Any:
    if isinstance(array, Expression):
        return value(array)
    return tuple(_mapped(entry, value) for entry in array)


def parse(payoff: object, symbols: AbstractSet[str], where: str = "") -> Expression:
    """Read a payoff in the given symbols; errors name the place where it stands.

    It is text such as ``"S + E - s"``, or a number or SymPy expression that prints as such text.
    """
    if payoff is None or isinstance(payoff, bool):
        raise GameError(f"{payoff}{_for(where)} is not a payoff; write a formula or a number.")
    text = " ".join(str(payoff).split()).replace("\u2212", "-")
    return _expression(text, frozenset(symbols), where)


# A model is made again and again while somebody works on it.
@lru_cache(maxsize=4096)
def _expression(text: str, symbols: frozenset[str], where: str) -> Expression:
    place = _for(where)
    if len(text) > MAX_LENGTH:
        raise GameError(f"the payoff{place} is longer than {MAX_LENGTH} characters; shorten it.")
    what = f"the payoff {_shown(text)}{place}"
    try:
        tree = _tree(text)
        names, size = _read(tree, text, what)
    except GameError:
        raise
    except (RecursionError, MemoryError):
        raise GameError(f"{what} is nested too deeply; simplify it.") from None
    except (SyntaxError, ValueError):
        raise GameError(
            f"{what} is not a formula; write numbers, symbols, + - * / ** and "
            "parentheses, with * for every product."
        ) from None
    if size > MAX_SIZE:
        raise GameError(f"{what} multiplies more than {MAX_SIZE} factors; simplify it.")
    unknown = sorted(names - symbols)
    if unknown:
        which = "which is not a parameter" if len(unknown) == 1 else "which are not parameters"
        raise GameError(
            f"{what} uses {and_list(unknown)}, {which} of the model; declare "
            f"{'it' if len(unknown) == 1 else 'them'} or use "
            f"{', '.join(sorted(symbols)) or 'numbers only'}."
        )
    return Expression(text, names, tree, where)


def _for(where: str) -> str:
    return f" for {where}" if where else ""


def _shown(text: str) -> str:
    """Quote a text for a message: short, and with nothing in it that a terminal would obey."""
    printed = text if text.isprintable() else repr(text)[1:-1]
    return f'"{printed}"' if len(printed) <= 60 else f'"{printed[:57]}..."'


@lru_cache(maxsize=4096)
def _tree(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _read(node: ast.expr, text: str, what: str) -> tuple[frozenset[str], int]:
    """Return the symbols of a formula and how many factors its longest product has."""
    match node:
        case ast.Name(id=name):
            return frozenset({name}), 1
        case ast.Constant():
            exact(ast.get_source_segment(text, node) or "", what)
            return frozenset(), 1
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _read(operand, text, what)
        case ast.BinOp(op=ast.Pow(), left=left, right=ast.Constant(value=int(power))) if (
            0 <= power <= MAX_POWER and not isinstance(power, bool)
        ):
            names, size = _read(left, text, what)
            return names, size * power
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _OPERATIONS:
            ours, theirs = _read(left, text, what), _read(right, text, what)
            joined = max if isinstance(op, ast.Add | ast.Sub) else operator.add
            return ours[0] | theirs[0], joined(ours[1], theirs[1])
    part = ast.get_source_segment(text, node)
    raise GameError(
        f"{_shown(part or text)} in {what} is not arithmetic; write numbers, symbols, + - * /, "
        f"whole powers up to {MAX_POWER} with **, and parentheses."
    )


@lru_cache(maxsize=4096)
def _function(text: str) -> Callable[[Mapping[str, Any]], Any]:
    """Return a formula as a function of the values of its symbols."""
    return _composed(_tree(text), text)


def _composed(node: ast.expr, text: str) -> Callable[[Mapping[str, Any]], Any]:
    match node:
        case ast.Name(id=name):
            return operator.itemgetter(name)
        case ast.UnaryOp(op=op, operand=operand):
            inner = _composed(operand, text)
            return (lambda values: -inner(values)) if isinstance(op, ast.USub) else inner
        case ast.BinOp(op=ast.Pow(), left=left, right=ast.Constant(value=int(power))):
            base = _composed(left, text)
            return lambda values: base(values) ** power
        case ast.BinOp(op=op, left=left, right=right):
            combine = _OPERATIONS[type(op)]
            first, second = _composed(left, text), _composed(right, text)
            return lambda values: combine(first(values), second(values))
    number = _number(text, node.col_offset, node.end_col_offset)
    return lambda values: number


@lru_cache(maxsize=4096)
def _ratio(text: str) -> Callable[[Mapping[str, Ratio]], Ratio]:
    """Return a formula as a function of numerators and denominators, which are not reduced.

    A Fraction reduces itself after every operation, which takes longer than the operation.
    """
    return _of_ratios(_tree(text), text)


def _of_ratios(node: ast.expr, text: str) -> Callable[[Mapping[str, Ratio]], Ratio]:
    match node:
        case ast.Name(id=name):
            return operator.itemgetter(name)
        case ast.UnaryOp(op=op, operand=operand):
            inner = _of_ratios(operand, text)
            return (lambda values: _negated(inner(values))) if isinstance(op, ast.USub) else inner
        case ast.BinOp(op=ast.Pow(), left=left, right=ast.Constant(value=int(power))):
            base = _of_ratios(left, text)
            return lambda values: _raised(base(values), power)
        case ast.BinOp(op=op, left=left, right=right):
            combine = _RATIO_OPERATIONS[type(op)]
            first, second = _of_ratios(left, text), _of_ratios(right, text)
            return lambda values: combine(*first(values), *second(values))
    number = _number(text, node.col_offset, node.end_col_offset).as_integer_ratio()
    return lambda values: number


def _negated(ratio: Ratio) -> Ratio:
    return -ratio[0], ratio[1]


def _raised(ratio: Ratio, power: int) -> Ratio:
    return ratio[0] ** power, ratio[1] ** power


@lru_cache(maxsize=4096)
def _number(text: str, start: int, end: int) -> Any:
    """Return the number between two offsets, which count bytes as Python's parser does."""
    return exact(text.encode()[start:end].decode())
