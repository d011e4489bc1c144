"""The game that refutes a proposition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from balancegame.errors import GameError
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure
from balancegame.solvers.proofs.prove import Counterexample, Proof
from balancegame.wording import and_list, told


@draw.register
def _(found: Counterexample, /, **values: Any) -> Figure:
    refuse(values, "a counterexample")
    picture = draw(found.game)
    at = and_list(f"{name} = {told(value)}" for name, value in found.values.items())
    return replace(picture, caption=f"A counterexample at {at}. {picture.caption}")


@draw.register
def _(proof: Proof, /, **values: Any) -> Figure:
    if proof.counterexample is None:
        raise GameError(
            "there is no picture of a proof without a counterexample; bg.explain gives its steps."
        )
    return draw(proof.counterexample, **values)
