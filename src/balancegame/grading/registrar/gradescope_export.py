"""submission_metadata.yml of Gradescope's export: whose each submission is, and when it came.

The file is written by Ruby: its keys begin with a colon. For each folder it holds ``:submitters``,
each with ``:name``, ``:sid`` and ``:email``, and ``:created_at``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import yaml

from balancegame.errors import GameError
from balancegame.grading.gradebook.handed_in import is_of_our_time
from balancegame.grading.registrar.download_files import DownloadedFile

Person = tuple[tuple[str, ...], str]
"""The IDs of a student, and the name."""


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Reads plain values alone; a tag of Ruby's is left out, and what it marks is read."""


def _untagged(loader: _Loader, _: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.MappingNode)
    return loader.construct_mapping(node, deep=True)


_Loader.add_multi_constructor("!ruby", _untagged)


def submitters(metadata: DownloadedFile) -> Iterator[tuple[str, datetime | None, list[Person]]]:
    """Yield each folder, when it was handed in, and the students whose it is."""
    try:
        found = yaml.load(metadata.read(), Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise GameError(
            f"{metadata.place} is not what Gradescope writes; export the submissions again."
        )
    for folder, about in found.items():
        about = about if isinstance(about, dict) else {}
        listed = about.get(":submitters")
        people = [
            (_texts(each, ":sid", ":email"), "".join(_texts(each, ":name")))
            for each in (listed if isinstance(listed, list) else [])
            if isinstance(each, dict)
        ]
        yield str(folder), _time(about.get(":created_at")), people


def _texts(person: dict[str, Any], *keys: str) -> tuple[str, ...]:
    return tuple(str(person[key]).strip() for key in keys if person.get(key) not in (None, ""))


def _time(at: object) -> datetime | None:
    if isinstance(at, str):
        try:
            at = datetime.fromisoformat(at.strip().replace(" UTC", "+00:00").replace(" Z", "Z"))
        except ValueError:
            return None
    if not isinstance(at, datetime) or not is_of_our_time(at):
        return None
    # YAML's times without a zone are in UTC, and Gradescope's are too.
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
