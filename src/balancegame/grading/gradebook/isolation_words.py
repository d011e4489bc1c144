"""What the tier of isolation promises, in the words that every report prints."""

from __future__ import annotations

from collections.abc import Mapping

from balancegame.grading.isolation.tiers import Tier


def isolation_facts(tier: Tier) -> dict[str, str]:
    """Return what a gradebook keeps about the isolation of a run."""
    return {
        "tier": tier.name,
        "holds": "; ".join(tier.holds),
        "does not hold": "; ".join(tier.does_not_hold),
    }


def isolation_words(facts: Mapping[str, str]) -> str:
    """Return in a few sentences how student code was kept apart."""
    return (
        f"Isolation tier: {facts.get('tier', 'unknown')}. It holds: "
        f"{facts.get('holds', 'unknown')}. It does not prevent: "
        f"{facts.get('does not hold', 'unknown')}. Graded by balancegame "
        f"{facts.get('version', 'of an unknown version')}."
    )
