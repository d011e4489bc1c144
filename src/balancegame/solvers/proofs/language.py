"""The language of propositions: "for all E > 0, s > E: (Comply, Enforce) is an equilibrium".

A proposition names a domain and a statement about a model. Both are made of comparisons of
formulas in the parameters (also in chains, such as 0 < E <= s), of the phrases of the form of game,
and of "and", "or" and "not". The statement may join two by "if and only if" or by "implies".

A domain is one or more lists, with "with" or "such that" between them; commas divide a list into
conditions and bare names, and every condition must hold. Bare names share a comparison in one form
only: "name, name, ..., name op bound", as in "E, s > 0", which says that both are positive. There
a single comparison begins with the last name, which is none of those before it, and the bound is a
formula in the parameters that contains none of these names; more conditions may follow after an
"and". Whatever else begins with a name that could be the last of them is refused, since it can be
read in two ways: "E, s > k > 0" and "E, s > 0 or k > 0". A bare name anywhere else stands for all
real values: in "E, 0 < s < 1", in "E, s > E" and in "E, s with s > 0" nothing is said of E alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import product
from math import comb
from operator import add, mul, sub, truediv
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.solvers.proofs.conditions import (
    AT_LEAST,
    EQUAL,
    MORE,
    UNEQUAL,
    All,
    Formula,
    Implies,
    Some,
    named,
    negation,
)
from balancegame.solvers.proofs.vocabulary import (
    Phrase,
    Pieces,
    Reading,
    Said,
    Vocabulary,
    Worth,
    existence,
    vocabulary,
)
from balancegame.wording import and_list

MAX_LENGTH = 2000
MAX_POWER = 12
MOST_TERMS = 20_000
_SIGNS = {
    "\u2212": "-",
    "\u2265": ">=",
    "\u2264": "<=",
    "\u2260": "!=",
    "\u21d4": " if and only if ",
    "\u2200": "for all ",
}
_DECIMAL = re.compile(r"(?<![\w.])(\d+\.\d*|\.\d+)([eE][+-]?\d+)?|(?<![\w.])\d+[eE][+-]?\d+")
_EQUAL = re.compile(r"(?<![<>=!])=(?!=)")
# What Python would take for a comment, or for a number such as 1_0 and 0x10.
_PYTHON_ONLY = re.compile(r"#|(?<![\w.])\d+[^\W\d]")
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: add,
    ast.Sub: sub,
    ast.Mult: mul,
    ast.Div: truediv,
}
_COMPARISONS: dict[type[ast.cmpop], tuple[str, bool]] = {
    ast.Gt: (MORE, False),
    ast.GtE: (AT_LEAST, False),
    ast.Lt: (MORE, True),
    ast.LtE: (AT_LEAST, True),
    ast.Eq: (EQUAL, False),
    ast.NotEq: (UNEQUAL, False),
}


@dataclass
class Proposition:
    """A proposition read in full: the domain, the statement, and what the solver can be asked."""

    text: str
    domain: list[Formula]
    statement: Formula
    said: list[tuple[str, Said]] = field(default_factory=list)
    worths: list[tuple[str, Worth]] = field(default_factory=list)


def read(text: object, reading: Reading) -> Proposition:
    """Read a proposition about a model; the reading takes up the domain and what it shows."""
    plain = _plain(text, reading)
    domain, statement = _split(plain)
    parser = _Parser(reading, vocabulary(reading.model))
    if domain:
        for formula in parser.domain(domain):
            reading.know(formula)
    for formula in existence(reading.model, reading):
        reading.know(formula)
    found = parser.statement(statement)
    return Proposition(plain, reading.hypotheses, found, parser.said, parser.worths)


def _plain(text: object, reading: Reading) -> str:
    if not isinstance(text, str) or not text.strip():
        raise GameError(
            "a proposition is text, such as "
            f'"for all {next(iter(reading.names))} > 0: ...", not {text!r}.'
        )
    for sign, stands_for in _SIGNS.items():
        text = text.replace(sign, stands_for)
    plain = " ".join(text.split()).rstrip(".")
    if len(plain) > MAX_LENGTH:
        raise GameError(f"the proposition is longer than {MAX_LENGTH} characters; shorten it.")
    return plain


def _split(text: str) -> tuple[str, str]:
    """Return the domain, "" for all real values, and the statement."""
    match = re.match(r"for all\b\s*", text, re.IGNORECASE)
    if match is None:
        return "", text
    body = text[match.end() :]
    domain, colon, statement = body.partition(":")
    if not colon or not statement.strip():
        raise GameError(
            'a proposition that begins "for all" has a colon between its domain and what is said: '
            '"for all E > 0, s > E: ...".'
        )
    return domain.strip(), statement.strip()


def at_top(text: str, word: str) -> list[str]:
    """Split a text where a word or sign stands outside all parentheses."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(rf"[()]|{re.escape(word)}", text):
        depth += (match.group() == "(") - (match.group() == ")")
        if depth == 0 and match.group() == word:
            parts.append(text[start : match.start()])
            start = match.end()
    return [part.strip() for part in (*parts, text[start:])]


class _Parser:
    """Reads the words of one proposition."""

    def __init__(self, reading: Reading, words: Vocabulary) -> None:
        self.reading, self.words = reading, words
        self.formulas: dict[str, Formula] = {}
        self.values: dict[str, Pieces] = {}
        self.said: list[tuple[str, Said]] = []
        self.worths: list[tuple[str, Worth]] = []
        self.shown: dict[str, str] = {}

    def domain(self, text: str) -> Iterator[Formula]:
        """Yield the conditions of a domain, those with what they divide by after those before."""
        for listing in re.split(r"\b(?:such that|with)\b", self._phrases(text)):
            entries = at_top(listing, ",")
            bare: list[str] = []
            for entry in entries[:-1] if not entries[-1] else entries:
                node = self._tree(entry, text)
                if isinstance(node, ast.Name) and node.id not in self.formulas:
                    self._number(node, {})
                    bare.append(node.id)
                    continue
                for comparison in self._shared(bare, node, entry):
                    yield self._formula(comparison, entry)
                yield self._formula(node, entry)
                bare = []

    def _shared(self, bare: Sequence[str], node: ast.expr, entry: str) -> Iterator[ast.Compare]:
        """Yield for each bare name the comparison right after them, if it is meant of all."""
        first = node.values[0] if isinstance(node, ast.BoolOp) else node
        match first:
            case ast.Compare(left=ast.Name(id=last), ops=[op, *more], comparators=[bound, *_]) if (
                bare and last in self.reading.symbols and last not in bare
            ):
                either = isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or)
                if _names(bound if not (more or either) else node).isdisjoint(bare):
                    if more or either or not _names(bound) <= self.reading.symbols.keys():
                        raise self._two_ways(bare, entry)
                    if last not in _names(bound):
                        for name in bare:
                            yield ast.Compare(ast.Name(name, ast.Load()), [op], [bound])

    def _two_ways(self, bare: Sequence[str], entry: str) -> GameError:
        """Return the refusal of what could be said of all bare names before it, or of none."""
        told = " ".join(self._told(entry).split())
        positive = " and ".join(f"{name} > 0" for name in bare)
        return GameError(
            f'"{", ".join(bare)}, {told}" can be read in two ways; say what holds of '
            f'{and_list(bare)}, as in "{positive}, {told}", or leave {and_list(bare)} out if '
            "nothing does."
        )

    def statement(self, text: str) -> Formula:
        """Return what a statement comes to."""
        text = text.replace(" if and only if ", " iff ")
        for word in (" iff ", " implies "):
            sides = at_top(text, word)
            if len(sides) > 2:
                raise GameError(f'a statement may have one "{word.strip()}", not {len(sides) - 1}.')
            if len(sides) == 2:
                first, second = map(self._sentence, sides)
                if word == " iff ":
                    return All((Implies(second, first), Implies(first, second)))
                return Implies(first, second)
        return self._sentence(text)

    def _sentence(self, text: str) -> Formula:
        replaced = self._phrases(text)
        formula = self._formula(self._tree(replaced, text), replaced)
        return formula if formula.words else named(formula, self._told(replaced))

    def _told(self, text: str) -> str:
        for placeholder, words in self.shown.items():
            text = text.replace(placeholder, words)
        return " ".join(text.split())

    def _phrases(self, text: str) -> str:
        """Put a name in place of each phrase, and keep what it stands for."""
        for phrase in self.words.values:
            text = self._replaced(text, phrase, self._value)
        for phrase in self.words.statements:
            text = self._replaced(text, phrase, self._fact)
        return text

    def _replaced(
        self, text: str, phrase: Phrase, keep: Callable[[Phrase, re.Match[str]], str]
    ) -> str:
        return phrase.pattern.sub(lambda match: f" {keep(phrase, match)} ", text).strip()

    def _value(self, phrase: Phrase, match: re.Match[str]) -> str:
        name = f"_value{len(self.values)}_"
        found: Worth = phrase.read(match, self.reading)
        self.values[name] = found.pieces
        self.worths.append((match.group(), found))
        self.shown[name] = match.group()
        return name

    def _fact(self, phrase: Phrase, match: re.Match[str]) -> str:
        name = f"_said{len(self.formulas)}_"
        found: Said = phrase.read(match, self.reading)
        words = self._told(match.group())
        self.formulas[name] = found.formula if found.formula.words else named(found.formula, words)
        self.said.append((words, found))
        self.shown[name] = words
        return name

    def _tree(self, text: str, whole: str) -> ast.expr:
        """Return the syntax tree of a text in which names stand for phrases."""
        equal = _EQUAL.sub("==", text)
        equal = _DECIMAL.sub(lambda match: f"({exact(match.group())})", equal)
        if "^" in equal:
            shown = self._told(text).strip()
            raise GameError(f'for a power, write ** in place of ^ in "{shown}", such as s**2.')
        if _PYTHON_ONLY.search(equal):
            raise self._outside(text)
        try:
            return _parsed(equal.strip())
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise self._outside(text) from None

    def _outside(self, text: str) -> GameError:
        phrases = [each.example for each in (*self.words.statements, *self.words.values)]
        told = "; ".join(['a comparison such as "x >= 2*y"', *(f'"{e}"' for e in phrases)])
        shown = self._told(text).strip()
        late = " if " in shown.replace(" if and only if ", " ")
        where = ' (write the condition before the colon, without "if")' if late else ""
        return GameError(
            f'"{shown}" is outside the language of propositions{where}; of model '
            f"{self.reading.model.name} one can say: {told}; these are joined by and, or, not, "
            "implies, or if and only if."
        )

    def _formula(self, node: ast.expr, text: str) -> Formula:
        match node:
            case ast.BoolOp(op=op, values=parts):
                listed = tuple(self._formula(part, text) for part in parts)
                return All(listed) if isinstance(op, ast.And) else Some(listed)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return negation(self._formula(operand, text))
            case ast.Name(id=name) if name in self.formulas:
                return self.formulas[name]
            case ast.Compare(left=left, ops=ops, comparators=rights):
                sides = [left, *rights]
                pairs = list(zip(sides, ops, sides[1:], strict=False))
                if all(type(op) in _COMPARISONS for op in ops):
                    parts_ = tuple(self._comparison(*pair) for pair in pairs)
                    return parts_[0] if len(parts_) == 1 else All(parts_)
        raise self._outside(ast.unparse(node))

    def _comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Formula:
        relation, turned = _COMPARISONS[type(op)]
        if turned:
            left, right = right, left
        words = self._told(f"{_written(left)} {relation} {_written(right)}")
        asked = [] if not self.values else sorted((_names(left) | _names(right)) & {*self.values})
        cases: list[Formula] = []
        for chosen in product(*(self.values[name] for name in asked)):
            numbers = {name: value for name, (_, value) in zip(asked, chosen, strict=True)}
            first, second = (self._number(side, numbers) for side in (left, right))
            case: Formula = self.reading.compared(first, relation, second, words)
            where = tuple(formula for formula, _ in chosen if formula is not None)
            cases.append(Implies(All(where), case, words) if where else case)
        return cases[0] if len(cases) == 1 else All(tuple(cases), words)

    def _number(self, node: ast.expr, numbers: dict[str, Any]) -> Any:
        match node:
            case ast.Name(id=name) if name in numbers:
                return numbers[name]
            case ast.Name(id=name) if name in self.reading.symbols:
                return self.reading.symbols[name]
            case ast.Name(id=name) if name not in self.formulas:
                raise self._unknown(name)
            case ast.Constant(value=int() as value) if not isinstance(value, bool):
                return value + self.reading.zero
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as op, operand=operand):
                inner = self._number(operand, numbers)
                return -inner if isinstance(op, ast.USub) else inner
            case ast.BinOp(op=ast.Pow(), left=base, right=ast.Constant(value=int(power))) if (
                0 <= power <= MAX_POWER and not isinstance(power, bool)
            ):
                factor = self._number(base, numbers)
                self._require_small([factor] * power, node)
                return reduce(mul, [factor] * power, self.reading.zero + 1)
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _ARITHMETIC:
                pair = self._number(left, numbers), self._number(right, numbers)
                if isinstance(op, ast.Div) and not pair[1].top.terms:
                    raise GameError(f'"{ast.unparse(node)}" divides by zero; rewrite it.')
                if isinstance(op, ast.Mult | ast.Div):
                    self._require_small(pair, node)
                return _ARITHMETIC[type(op)](*pair)
        raise self._outside(ast.unparse(node))

    def _require_small(self, factors: Iterable[Any], node: ast.expr) -> None:
        """Refuse a product that could have too many terms before it is multiplied out."""
        self.reading.deadline.check()
        degree = sum(f.top.degree + len(f.bottom) for f in factors)
        used = {name for f in factors for name in f.top.variables}
        if comb(degree + len(used), len(used)) > MOST_TERMS:
            raise GameError(
                f'"{ast.unparse(node)}" has too many terms when it is multiplied out; use lower '
                "powers or fewer symbols."
            )

    def _unknown(self, name: str) -> GameError:
        model = self.reading.model
        known = and_list(model.parameters) or "none at all"
        return GameError(
            f"the proposition uses {name}, which is not a parameter of model {model.name}; its "
            f"parameters are {known}."
        )


# The same conditions are written of many models.
@lru_cache(maxsize=1024)
def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _names(node: ast.expr) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _written(node: ast.expr) -> str:
    """Return a formula as a person writes it, with spaces only where something is added."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Constant(value=int(number)):
            return str(number)
    return re.sub(r" (\*\*|\*|/) ", r"\1", ast.unparse(node))


def expression(text: str, reading: Reading) -> Any:
    """Return the value of a formula in the parameters that stands inside a phrase."""
    parser = _Parser(reading, Vocabulary())
    return parser._number(parser._tree(text, text), {})


def one_of(names: Any, given: str, whose: str) -> int:
    """Return the position of a name among those of a model, or say which there are."""
    listed = list(names)
    if given.strip() not in listed:
        raise GameError(f"{given.strip()!r} is {whose}; choose from {and_list(map(str, listed))}.")
    return listed.index(given.strip())


def player_named(model: Any, given: str) -> int:
    """Return the position of a player of a model."""
    name = given.strip().removeprefix("the ")
    return one_of(model.players, name, f"no player of model {model.name}")
