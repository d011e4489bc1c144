"""Pieces of English that errors and explanations share."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["and_list", "or_list"]


def and_list(names: Iterable[str]) -> str:
    """Join names as a person would: "A", "A and B", "A, B and C"."""
    return _joined(names, "and")


def or_list(names: Iterable[str]) -> str:
    """Join names as a person would: "A", "A or B", "A, B or C"."""
    return _joined(names, "or")


def _joined(names: Iterable[str], word: str) -> str:
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last
