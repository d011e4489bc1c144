"""Why a proposition holds for all values of its domain, or where it fails."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import Any

from balancegame.explain.dispatch import explain, explains
from balancegame.explain.explanation import Reason, detail
from balancegame.explain.solution import MOST_SHOWN
from balancegame.solvers.proofs.certificates import Certificate
from balancegame.solvers.proofs.conditions import MORE, Condition
from balancegame.solvers.proofs.decision import Step
from balancegame.solvers.proofs.prove import Counterexample, Proof
from balancegame.wording import and_list, capital, counted, told

_SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}


@explains
def _(proof: Proof) -> Iterator[Reason]:
    """Give the verdict on a proposition, then step by step what it rests on."""
    yield Reason(f"{capital(signs(proof.proposition))}.")
    if proof.counterexample is not None:
        yield from _refuted(proof.counterexample)
        return
    if not proof.holds:
        open_ = "; ".join(signs(words) for words in proof.undecided if words) or "the whole of it"
        yield Reason(
            f"This is not decided: within the time neither {open_} nor its opposite shown."
        )
        return
    yield Reason("This is proved, for all these values and not for some of them only.")
    yield from _steps(proof.steps)


@explains
def _(found: Counterexample) -> Iterator[Reason]:
    yield from _refuted(found)


def _refuted(found: Counterexample) -> Iterator[Reason]:
    given = and_list(f"{name} = {told(value)}" for name, value in found.values.items())
    yield Reason(f"This is refuted by a single game: the one at {given}.")
    yield detail(f"There it is not true that {signs(found.fails)}.")
    for words, held, verdict in found.verdicts:
        if held is None:
            yield detail(f"The solver's value of {words} is {told(verdict)}.")
            continue
        told_ = "holds" if held else "fails"
        yield detail(f"What the solver says of that game: “{signs(words)}” {told_}.")
        if verdict is not None:
            yield from (detail(reason.words) for reason in _reasons(verdict))


def _reasons(verdict: Any) -> tuple[Reason, ...]:
    return explain(verdict).reasons[:MOST_SHOWN]


def _steps(steps: tuple[Step, ...]) -> Iterator[Reason]:
    for (given, words), group in groupby(steps, key=lambda step: (step.given, step.words)):
        alike = list(group)
        start = f"If {signs(' and '.join(given))}: " if given else ""
        condition = alike[0].shown
        if len(alike) > 1 or not isinstance(condition, Condition):
            cases = sum(len(step.certificates) for step in alike)
            how = f"shown in {counted(cases, 'case', 'cases')}, each by an identity"
            yield detail(f"{start}{capital(signs(words))}: {how}.")
            continue
        shown = signs(str(condition))
        what = "" if signs(words) == shown else f"{capital(signs(words))}: "
        shown = "" if what and condition.constant else f"{shown}, "
        yield detail(f"{start}{what}{shown}{_because(alike[0])}.")


def _because(step: Step) -> str:
    if len(step.certificates) > 1:
        return f"shown in {len(step.certificates)} cases, each by an identity"
    (certificate,) = step.certificates
    if not any(h.polynomial.terms for h in certificate.conditions):
        return "the two are the same"
    if all(not h.polynomial.degree for h in certificate.conditions):
        return "it is a matter of numbers"
    if _is_assumed(certificate):
        return "which is assumed or follows at once"
    signed = and_list(
        f"{told(h.polynomial)} {'> 0' if h.relation == MORE else '≥ 0'}"
        for h in certificate.conditions
    )
    return f"for otherwise {signed}, but {told(certificate)}"


def _is_assumed(certificate: Certificate) -> bool:
    """Whether a certificate only says that a condition contradicts its own negation."""
    return len(certificate.terms) == 2 and all(
        term.factor == Fraction(1) and len(term.conditions) == 1 and term.root is None
        for term in certificate.terms
    )


def signs(text: str) -> str:
    """Return a proposition as a page writes it: "≥" and "2 x" rather than ">=" and "2*x"."""
    for written, sign in _SIGNS.items():
        text = text.replace(written, sign)
    return text.replace("**", "^").replace("*", " ")
