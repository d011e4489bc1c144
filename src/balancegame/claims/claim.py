"""A claim of the article: in our words, with what a machine proves about it and what follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, SupportsIndex, overload

from balancegame.errors import GameError
from balancegame.games.base_model import BaseModel
from balancegame.models import models
from balancegame.solvers.proofs.prove import Proof, prove
from balancegame.solvers.solutions import Explained, Solutions
from balancegame.wording import capital

SUPPORTED, CONTRADICTED = "supported", "contradicted"
# No proof takes ten seconds here, but a browser's Python may take several times as long.
SECONDS = 60.0


# The table, the page and every explanation ask for the same proofs.
@lru_cache(maxsize=64)
def _proof(proposition: str, model: BaseModel, seconds: float) -> Proof:
    return prove(proposition, model, seconds=seconds)


@dataclass(frozen=True, repr=False)
class Claim(Explained):
    """A claim of the article, a proposition about its model, and the verdict.

    Attributes
    ----------
    number : int
    text : str
        What the article claims, in our words.
    model : BaseModel
        What the proposition is about.
    proposition : str
        What is proved, for all parameter values of the domain that it names.
    verdict : str
        "supported", "supported if ..." with the condition in plain words, or "contradicted ...".
    meaning : str
        What the proposition says, and what it says of the claim.
    lesson : int
        The lesson that judges the claim.
    """

    number: int
    text: str
    model: BaseModel = field(repr=False)
    proposition: str
    verdict: str
    meaning: str
    lesson: int

    @property
    def models(self) -> tuple[str, ...]:
        """The names of all models of the catalogue that formalise the claim."""
        return tuple(name for name, model in models.items() if self.number in model.claims)

    @property
    def kind(self) -> str:
        """The verdict in short: "supported", "supported if" or "contradicted"."""
        if self.verdict == SUPPORTED:
            return SUPPORTED
        return CONTRADICTED if self.verdict.startswith(CONTRADICTED) else "supported if"

    def prove(self, *, seconds: float = SECONDS) -> Proof:
        """Prove the proposition from the model's payoffs."""
        proof = _proof(self.proposition, self.model, seconds)
        # What ran out of time is tried again.
        return (
            prove(self.proposition, self.model, seconds=seconds) if proof.holds is None else proof
        )

    def __repr__(self) -> str:
        return f"<Claim {self.number}: {self.text} {capital(self.verdict)}.>"


class Claims(Solutions[Claim]):
    """The claims of the article, in the order of their numbers: a tuple."""

    __slots__ = ()

    @overload
    def __getitem__(self, index: SupportsIndex) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> Claims: ...
    def __getitem__(self, index: Any) -> Any:
        return super().__getitem__(index)

    def numbered(self, number: int) -> Claim:
        """Return the claim with a number, as the lessons count them.

        Examples
        --------
        >>> from balancegame.claims import claims
        >>> claims.numbered(2).models
        ('kurils',)
        """
        for claim in self:
            if claim.number == number:
                return claim
        raise GameError(f"there is no claim {number!r}; the claims are numbered 1 to {len(self)}.")

    def __repr__(self) -> str:
        return f"<{len(self)} claims; claims.numbered(1) is the first, bg.explain tells of each>"
