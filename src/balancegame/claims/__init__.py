"""The article's claims, each with a proposition that a machine proves about its model."""

from __future__ import annotations

from balancegame.claims import pictures, words  # noqa: F401  each registers its verb
from balancegame.claims.alliance import ALLIANCE
from balancegame.claims.asia import ASIA
from balancegame.claims.claim import Claim, Claims
from balancegame.claims.russia_and_japan import RUSSIA_AND_JAPAN
from balancegame.claims.world_order import WORLD_ORDER

claims = Claims(
    sorted((*RUSSIA_AND_JAPAN, *ALLIANCE, *ASIA, *WORLD_ORDER), key=lambda claim: claim.number)
)

__all__ = ["Claim", "Claims", "claims"]
