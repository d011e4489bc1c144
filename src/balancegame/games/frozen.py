"""Values that cannot be changed, their mappings included, and that travel between processes."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any


class Frozen:
    """A base of frozen dataclasses that read in what they are given and keep it read-only."""

    def _set(self, **attributes: Any) -> None:
        """Set attributes while the value is being made; a dict becomes a read-only mapping."""
        for name, value in attributes.items():
            kept = MappingProxyType(value) if isinstance(value, dict) else value
            object.__setattr__(self, name, kept)

    # Read-only mappings cannot be pickled or copied, so they travel as dicts.
    def __getstate__(self) -> dict[str, Any]:
        return {
            name: dict(value) if isinstance(value, MappingProxyType) else value
            for name, value in vars(self).items()
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._set(**state)
