"""The word and the shape of each verdict, so that no colour is needed to tell them apart."""

from __future__ import annotations

from dataclasses import dataclass

from balancegame.grading.gradebook.records import GradedCriterion


@dataclass(frozen=True)
class VerdictLook:
    """How a verdict looks.

    Attributes
    ----------
    word : str
    name : str
        The name of its style.
    shape : str
        What stands inside a drawing of 20 by 20.
    """

    word: str
    name: str
    shape: str


_LOOKS = {
    "passed": VerdictLook(
        "Right",
        "right",
        '<circle cx="10" cy="10" r="9"/><path class="mark" d="M5.5 10.5l3 3 6-7"/>',
    ),
    "wrong": VerdictLook(
        "Not yet",
        "wrong",
        '<path d="M10 0.5L19.5 10 10 19.5 0.5 10z"/><path class="mark" d="M7 7l6 6M13 7l-6 6"/>',
    ),
    "unattempted": VerdictLook(
        "Not attempted",
        "open",
        '<circle class="outline" cx="10" cy="10" r="8"/>',
    ),
    "skipped": VerdictLook(
        "Not checked",
        "open",
        '<rect class="outline" x="2" y="2" width="16" height="16" rx="2"/>'
        '<path class="dash" d="M6 10h8"/>',
    ),
    "fault": VerdictLook(
        "The check broke",
        "fault",
        '<path d="M10 1L19.5 18.5H0.5z"/><path class="mark" d="M10 7.5v5M10 15v1"/>',
    ),
}

_SENTENCES = {
    "passed": "Right.",
    "unattempted": "There is no answer yet.",
    "skipped": "This could not be checked, so it gives no points.",
    "fault": "The check itself broke, which is not your fault; your instructor will look at it.",
}


def look_of(verdict: str) -> VerdictLook:
    """Return the look of a verdict."""
    return _LOOKS.get(verdict, _LOOKS["fault"])


def sentence_of(criterion: GradedCriterion) -> str:
    """Return what to tell the student about one criterion."""
    if criterion.message:
        return criterion.message
    if criterion.verdict == "wrong" and criterion.hidden:
        return "Not right on inputs that are not shown; try cases of your own."
    return _SENTENCES.get(criterion.verdict, "Not right yet.")
