"""Which explorer a coalitional game has: bars of power for votes, or the triangle for three."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from balancegame.errors import GameError
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.widgets import split_panel, votes_panel
from balancegame.widgets.explorer import explore, names_of


@explore.register(CoalitionalGame)
@explore.register(CoalitionalModel)
def _(
    subject: CoalitionalGame | CoalitionalModel,
    /,
    *members: str,
    sliders: Iterable[str] = (),
    **values: Any,
) -> votes_panel.VotesExplorer | split_panel.SplitExplorer:
    chosen = names_of(sliders)
    if isinstance(subject, CoalitionalModel):
        votes = subject.worth is None
    else:
        votes = subject.votes is not None
    if votes:
        if chosen:
            raise GameError(
                "votes have a slider for each member's weight and no others; leave out sliders."
            )
        return votes_panel.VotesExplorer(votes_panel.opening(subject, members, **values))
    if members:
        raise GameError(f"the triangle of splits has no axes; leave out {', '.join(members)}.")
    return split_panel.SplitExplorer(split_panel.opening(subject, chosen, **values))
