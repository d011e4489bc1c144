"""Templates of pages, kept as compiled as Python keeps its modules, and in the same place.

To compile those of the reports takes as long as to write the pages of a hundred students.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from balancegame.grading.gradebook.whole_files import write_whole


class CompiledTemplates(BytecodeCache):
    """What was compiled from templates by an environment that a module sets up.

    It is compiled anew when a template, that module or Jinja has changed. Where Python may not keep
    what it has compiled, nothing is kept here either.
    """

    def __init__(self, module: Path) -> None:
        self._folder = module.parent / "__pycache__"
        self._setting = version("jinja2"), module.read_text(encoding="utf-8")

    def get_source_checksum(self, source: str) -> str:
        """Return a hash of all that decides what becomes of a template."""
        return sha256(repr((*self._setting, source)).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was kept of a template, if it is of just this one."""
        with suppress(OSError), self._file(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled from a template."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                write_whole(self._file(bucket), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{sys.implementation.cache_tag}.template"
