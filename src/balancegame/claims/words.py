"""What became of a claim, in words."""

from __future__ import annotations

from collections.abc import Iterator

from balancegame.claims.claim import Claim, Claims
from balancegame.explain.dispatch import explain, explains
from balancegame.explain.explanation import Reason, detail
from balancegame.wording import capital


@explains
def _(claim: Claim) -> Iterator[Reason]:
    """Give the claim, the verdict, what was proved of its model and what that leaves out."""
    yield Reason(f"Claim {claim.number}: {claim.text}")
    yield Reason(f"{capital(claim.verdict)}.")
    yield Reason(claim.meaning)
    yield Reason(f"What is proved of the model {claim.model.name}, from its payoffs:")
    first, *rest = explain(claim.prove()).reasons
    yield detail(first.words)
    yield from (detail(reason.words) for reason in rest)
    yield Reason(f"What the model leaves out: {claim.model.omits}")
    yield Reason(f"Lesson {claim.lesson} judges this claim.")


@explains
def _(claims: Claims) -> Iterator[Reason]:
    """List the claims with their verdicts."""
    yield Reason(
        f"The {len(claims)} claims of the article, and what became of them in their models:"
    )
    for claim in claims:
        told = f"Claim {claim.number}: {claim.text} {capital(claim.verdict)}."
        yield detail(f"{told} (Lesson {claim.lesson})")
