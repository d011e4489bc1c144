"""The table of claims: as text, as data and as a page with pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from textwrap import fill, indent
from typing import Any

from balancegame.claims.claim import Claim
from balancegame.errors import GameError
from balancegame.figures import draw
from balancegame.solvers.proofs.conditions import Condition
from balancegame.solvers.proofs.prove import Proof
from balancegame.wording import capital

_WIDTH = 96
_INTRODUCTION = """\
# The claims of the article

<!-- Made by "balancegame claims --page docs"; change the claims, not this page. -->

The article makes 23 claims. Here each is told in our own words, together with the model that it
became, a **proposition** about that model which a machine proves for all parameter values of a
stated domain, and a verdict. A verdict is about the model: what a model leaves out is said with
each. `balancegame claims` proves all of them again, `bg.explain(bg.claims.numbered(4))` shows the
identities on which a proof rests, and `bg.prove` is there for propositions of your own.
"""


@dataclass(frozen=True)
class Judged:
    """A claim and the proof of its proposition."""

    claim: Claim
    proof: Proof

    @property
    def outcome(self) -> str:
        """What became of the proposition, in a word or two."""
        return {True: "proved", False: "REFUTED", None: "NOT DECIDED"}[self.proof.holds]


def judged(claims: Sequence[Claim]) -> Iterator[Judged]:
    """Yield each claim with its proof, as it is found."""
    for claim in claims:
        yield Judged(claim, claim.prove())


def as_text(entry: Judged) -> str:
    """Return one row of the table for a terminal."""
    claim = entry.claim
    heading = f"{claim.number:>2}  {entry.outcome}; {claim.verdict}"
    below = (claim.text, f"{claim.model.name}: {claim.proposition}")
    return "\n".join(
        (
            fill(heading, _WIDTH, subsequent_indent="    "),
            *(indent(fill(text, _WIDTH - 4), "    ") for text in below),
        )
    )


def as_data(entry: Judged) -> dict[str, Any]:
    """Return one row of the table as JSON data."""
    claim, proof = entry.claim, entry.proof
    return {
        "number": claim.number,
        "text": claim.text,
        "verdict": claim.verdict,
        "kind": claim.kind,
        "meaning": claim.meaning,
        "model": claim.model.name,
        "models": list(claim.models),
        "lesson": claim.lesson,
        "proposition": claim.proposition,
        "holds": proof.holds,
        "steps": [
            {
                "words": step.words,
                "given": list(step.given),
                "shown": str(step.shown),
                "certificates": [str(certificate) for certificate in step.certificates],
            }
            for step in proof.steps
        ],
    }


def write_page(claims: Sequence[Claim], folder: Path) -> Path:
    """Write the page of all claims and a picture of each; GameError if one is not proved."""
    pictures = folder / "claims"
    sections, rows = [], ["| | claim | verdict | lesson |", "|---|---|---|---|"]
    drawn = {}
    for entry in judged(claims):
        claim = entry.claim
        if not entry.proof:
            raise GameError(
                f"the proposition of claim {claim.number} is not proved, so no page was written; "
                f"run bg.explain(bg.claims.numbered({claim.number})) to see why."
            )
        figure = draw(claim)
        drawn[f"{claim.number:02}.svg"] = figure.svg
        link = f"[{claim.number}](#claim-{claim.number})"
        rows.append(f"| {link} | {claim.text} | {capital(claim.verdict)}. | {claim.lesson} |")
        sections.append(_section(entry, figure.alt))
    pictures.mkdir(parents=True, exist_ok=True)
    for name, svg in drawn.items():
        (pictures / name).write_text(svg, encoding="utf-8")
    page = folder / "claims.md"
    text = "\n\n".join([_INTRODUCTION.strip(), "\n".join(rows), *sections])
    page.write_text(f"{text}\n", encoding="utf-8")
    return page


def _section(entry: Judged, alt: str) -> str:
    claim = entry.claim
    words = " ".join(alt.split()).replace("[", "(").replace("]", ")")
    return "\n\n".join(
        (
            f"## Claim {claim.number}",
            claim.text,
            f"**{capital(claim.verdict)}.** {claim.meaning}",
            f"![{words}](claims/{claim.number:02}.svg)",
            f"Proved of the model `{claim.model.name}`:",
            f"> `{claim.proposition}`",
            "\n".join(_steps(entry.proof)),
            f"*What the model leaves out*: {claim.model.omits}",
            f"Lesson {claim.lesson} judges this claim.",
        )
    )


def _steps(proof: Proof) -> Iterator[str]:
    """Yield what is shown on the way, without the identities, of which there may be several."""
    for given, under in groupby(proof.steps, key=lambda step: step.given):
        indent_ = "  " if given else ""
        if given:
            yield f"- If `{' and '.join(given)}`:"
        for words, alike in groupby(under, key=lambda step: step.words):
            shown = {str(step.shown) for step in alike if isinstance(step.shown, Condition)}
            one = next(iter(shown)) if len(shown) == 1 else ""
            if any(sign in words for sign in "<>="):
                yield f"{indent_}- `{words}`"
            elif one and one != "0 >= 0":
                yield f"{indent_}- {capital(words)}: `{one}`"
            else:
                yield f"{indent_}- {capital(words)}"
