"""What a student loses by being late, and the sentences that say why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from balancegame.grading.gradebook.deadlines import Rule


@dataclass(frozen=True)
class Lateness:
    """What is taken off, and what the student reads of the rules; ``is_late`` after all grace."""

    deduction: Fraction = Fraction(0)
    sentences: tuple[str, ...] = ()
    is_late: bool = False


def lateness(rule: Rule, at: datetime | None, marked_late: bool, worth: int) -> Lateness:
    """Return what one hand-in loses under a rule; nothing if nobody knows when it came."""
    if rule.due is None:
        return _closed(rule, at, worth) or Lateness()
    extended = "with your extension it was due" if rule.is_extended else "it was due"
    due = f"{extended} on {_shown(rule.due, rule.due)}"
    if at is None:
        if marked_late:
            return Lateness(
                sentences=(
                    "It is marked as late, and nobody knows by how much, so nothing is taken off.",
                )
            )
        return Lateness(sentences=("Nobody knows when it was handed in, so it is not late.",))
    came = f"Handed in on {_shown(at, rule.due)}"
    if at <= rule.due:
        return Lateness(sentences=(f"{came}, in time: {due}.",))
    if closed := _closed(rule, at, worth):
        return closed
    late = _late(at, rule.due)
    after = f"{came}, {_span(late)} late: {due}."
    if late <= rule.grace:
        return Lateness(sentences=(f"{after} That is within the grace of {_span(rule.grace)}.",))
    if rule.penalty is None:
        return Lateness(sentences=(f"{after} Nothing is taken off for that.",), is_late=True)
    lost = rule.penalty.of(late, worth)
    said = f"{after} The rule takes off {rule.penalty}; here that is {_points(lost)} of {worth}."
    return Lateness(lost, (said,), is_late=True)


def _closed(rule: Rule, at: datetime | None, worth: int) -> Lateness | None:
    if rule.closes is None or at is None or at <= rule.closes:
        return None
    said = (
        f"Handed in on {_shown(at, rule.closes)}, and nothing counts that comes after "
        f"{_shown(rule.closes, rule.closes)}."
    )
    return Lateness(Fraction(worth), (said,), is_late=True)


def _late(at: datetime, due: datetime) -> timedelta:
    """Return by how much something is late: by time, or by the clock if that says less.

    Where clocks go back, the next day at the same hour is 25 hours away, and one day all the same.
    """
    by_the_clock = at.astimezone(due.tzinfo).replace(tzinfo=None) - due.replace(tzinfo=None)
    by_time = at - due
    return min(by_time, by_the_clock) if by_the_clock > timedelta() else by_time


def _shown(at: datetime, like: datetime) -> str:
    """Return a time as a person writes it, in the zone of the due time."""
    local = at.astimezone(like.tzinfo)
    zone = local.strftime("%z")
    named = "UTC" if zone == "+0000" else f"UTC{zone[:3]}:{zone[3:]}"
    return f"{local.day} {local:%B %Y}, {local:%H:%M} ({named})"


def _span(span: timedelta) -> str:
    """Return a span in the largest unit that says it: seconds count as a minute begun.

    Examples
    --------
    >>> _span(timedelta(hours=26)), _span(timedelta(seconds=61)), _span(timedelta(days=2))
    ('26 hours', '2 minutes', '2 days')
    """
    minutes = -(-span // timedelta(minutes=1))
    days, hours = Fraction(minutes, 1440), Fraction(minutes, 60)
    for count, unit in ((days, "day"), (hours, "hour")):
        if count.denominator == 1:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    if minutes > 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _points(points: Fraction) -> str:
    return f"{float(points):g} point{'' if points == 1 else 's'}"
