"""Which request of an explorer's page is likely to come next.

Whoever moves a slider by its steps mostly goes on the way that it went. What the next step leads to
can be worked out while the student looks at this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def onward(
    request: Mapping[str, Any], sliders: Sequence[Mapping[str, Any]], before: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return the request that moves a slider on by one step, None if there is none.

    Parameters
    ----------
    request : mapping
        What the page asked for last.
    sliders : sequence of mapping
        For each slider its ``name`` and the ``values`` at which it can stop.
    before : mapping
        The values of the parameters before the request was met.

    Examples
    --------
    >>> sliders = [{"name": "s", "values": ["0", "1/2", "1"]}]
    >>> onward({"kind": "slide", "name": "s", "value": "1/2"}, sliders, {"s": "0"})
    {'kind': 'slide', 'name': 's', 'value': '1'}
    """
    if request.get("kind") != "slide":
        return None
    stops = {slider["name"]: slider["values"] for slider in sliders}.get(request["name"], [])
    ends = (before.get(request["name"]), request["value"])
    if ends[0] == ends[1] or not set(ends) <= set(stops):
        return None
    start, end = map(stops.index, ends)
    step = end + (1 if end > start else -1)
    return {**request, "value": stops[step]} if 0 <= step < len(stops) else None
