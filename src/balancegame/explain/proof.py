"""Why a proposition holds for all values of its domain, or where it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import Any

from balancegame.explain.dispatch import explain, explains
from balancegame.explain.explanation import Reason, detail
from balancegame.explain.solution import MOST_SHOWN
from balancegame.solvers.proofs.boxes import BoxCertificate
from balancegame.solvers.proofs.certificates import AnyCertificate, Certificate
from balancegame.solvers.proofs.conditions import MORE, Condition
from balancegame.solvers.proofs.cutting import LemmaCertificate, SubstitutedCertificate
from balancegame.solvers.proofs.decision import Step
from balancegame.solvers.proofs.line import LineCertificate
from balancegame.solvers.proofs.plane import PlaneCertificate, plane_variables
from balancegame.solvers.proofs.prove import Counterexample, Proof
from balancegame.wording import and_list, capital, told

# Longer identities are counted, not written out; a step holds them in full.
_LONGEST = 90
_SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}


@explains
def _(proof: Proof) -> Iterator[Reason]:
    """Give the verdict on a proposition, then step by step what it rests on."""
    yield Reason(f"{capital(signs(proof.proposition))}.")
    if proof.counterexample is not None:
        yield from _refuted(proof.counterexample)
        return
    if not proof.holds:
        yield Reason("This is not decided: neither a proof nor a game that refutes it was found.")
        for words in proof.undecided:
            yield detail(f"Still open: {signs(words)}.")
        return
    yield Reason("This is proved, for all these values and not for some of them only.")
    yield from _steps(proof.steps)


@explains
def _(found: Counterexample) -> Iterator[Reason]:
    yield from _refuted(found)


def _refuted(found: Counterexample) -> Iterator[Reason]:
    given = and_list(f"{name} = {told(value)}" for name, value in found.values.items())
    yield Reason(f"This is refuted by a single game: the one at {given}.")
    yield detail(f"There this is false: {signs(found.fails)}.")
    for words, held, verdict in found.verdicts:
        if held is None:
            yield detail(f"The solver's value of {words} is {told(verdict)}.")
            continue
        told_ = "holds" if held else "fails"
        yield detail(f"What the solver says of that game: “{signs(words)}” {told_}.")
        if verdict is not None:
            yield from (detail(reason.words) for reason in _reasons(verdict))


def _reasons(verdict: Any) -> tuple[Reason, ...]:
    if type(verdict) is tuple:
        # All profiles of actions that are equilibria; the statement says by itself that none is.
        profiles = and_list(f"({', '.join(profile)})" for profile in verdict)
        are = "is the only equilibrium" if len(verdict) == 1 else "are the equilibria"
        return (Reason(f"{profiles} {are} in pure strategies."),) if verdict else ()
    return explain(verdict).reasons[:MOST_SHOWN]


def _steps(steps: tuple[Step, ...]) -> Iterator[Reason]:
    for given, under in groupby(steps, key=lambda step: step.given):
        if given:
            yield Reason(f"If {signs(' and '.join(given))}:")
        for words, group in groupby(under, key=lambda step: step.words):
            yield detail(_one_step(words, list(group)))


def _one_step(words: str, alike: list[Step]) -> str:
    certificates = [each for step in alike for each in step.certificates]
    shown = alike[0].shown
    if not certificates:
        return f"{_opening(words)}: no case is left in which it could fail."
    if len(alike) > 1 or not isinstance(shown, Condition):
        how = _in_cases(certificates).removeprefix("which is ")
        return f"{_opening(words)}: {how}."
    if len(certificates) > 1:
        return f"{_opening(words)}: {signs(str(shown))}, {_in_cases(certificates)}."
    if _is_comparison(words):
        return f"{signs(words)}, {_because(certificates[0])}."
    if shown.constant:
        return f"{_opening(words)}: {_because(certificates[0])}."
    return f"{_opening(words)}: {signs(str(shown))}, {_because(certificates[0])}."


def _opening(words: str) -> str:
    """Return words that begin a sentence; a symbol keeps its case."""
    return signs(words) if _is_comparison(words) else capital(signs(words))


def _is_comparison(words: str) -> bool:
    return any(sign in words for sign in "<>=")


def _in_cases(certificates: list[AnyCertificate]) -> str:
    if len(certificates) > 1:
        return f"shown in {len(certificates)} cases, each by an equation that always holds"
    return _because(certificates[0])


def _because(certificate: AnyCertificate) -> str:
    if isinstance(certificate, LineCertificate):
        listed = and_list(signs(str(h)) for h in certificate.conditions)
        return f"for at no value of {certificate.variable} is it true that {listed}"
    if isinstance(certificate, PlaneCertificate):
        listed = and_list(signs(str(h)) for h in certificate.conditions)
        both = and_list(plane_variables(certificate.conditions))
        return (
            f"for the curves on which two sides are equal cut the plane of {both} into parts, and "
            f"in none of them is it true that {listed}"
        )
    if isinstance(certificate, SubstitutedCertificate):
        return f"{_because(certificate.then)}, once {signs(str(certificate.equation))} is put in"
    if isinstance(certificate, LemmaCertificate):
        lemma = signs(str(certificate.lemma))
        return f"{_because(certificate.then)}, since {lemma}, {_because(certificate.because)}"
    if isinstance(certificate, BoxCertificate):
        names, count = and_list(certificate.variables), len(certificate.boxes)
        where = f"on each of the {count} boxes into which" if count > 1 else "on all of"
        said = f"{where} the box of {names}"
        cut = f"{said} is cut, " if count > 1 else f"{said}, "
        return f"for {cut}the largest of the coefficients that bound it rules the opposite out"
    assert isinstance(certificate, Certificate)
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
    total = told(certificate).removesuffix(" = 0")
    if len(total) > _LONGEST:
        total = f"a sum of {len(certificate.terms)} products of these"
    return f"for otherwise {signed}, so that {total} would be more than 0, but it is 0"


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
    return re.sub(r" *\* *", " ", re.sub(r" *\*\* *", "^", text))
