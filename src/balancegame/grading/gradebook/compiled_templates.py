"""Templates of pages, kept as compiled as Python keeps its modules, and in the same place.

To compile those of the reports takes as long as to write the pages of a hundred students.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache


class CompiledTemplates(FileSystemBytecodeCache):
    """What was compiled from templates by an environment that a module sets up.

    It is compiled anew when a template, that module or Jinja has changed. Where Python may not keep
    what it has compiled, nothing is kept here either.
    """

    def __init__(self, module: Path) -> None:
        name = f"%s.{sys.implementation.cache_tag}.template"
        super().__init__(str(module.parent / "__pycache__"), name)
        self._setting = version("jinja2"), module.read_text(encoding="utf-8")

    def get_source_checksum(self, source: str) -> str:
        """Return a hash of all that decides what becomes of a template."""
        return sha256(repr((*self._setting, source)).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was kept of a template, if it is of just this one."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled from a template."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
