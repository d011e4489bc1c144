"""What Jupyter adds to Python, as far as code may meet it outside: it does nothing here.

Notebooks that were saved as scripts call ``get_ipython()``, and so does code that asks where it is.
"""

from __future__ import annotations

from typing import Any

IDLE_MAGICS = frozenset(
    (
        *("matplotlib", "config", "load_ext", "reload_ext", "unload_ext", "autoreload"),
        *("pip", "conda", "mamba", "precision", "pprint", "xmode", "pwd", "ls", "cd"),
        *("who", "whos", "lsmagic", "pinfo", "pinfo2", "timeit", "prun", "memit"),
    )
)
"""Commands of Jupyter, written behind ``%``, that give nothing a value."""

RUNNING_MAGICS = frozenset(("time", "capture"))
"""Commands that run the code behind them as it stands."""


class Jupyter:
    """What ``get_ipython()`` returns: it runs code, and nothing else that was asked of it."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace

    def system(self, *_: object) -> None:
        """Run no command."""

    def getoutput(self, *_: object) -> list[str]:
        """Return what a command prints that does not run."""
        return []

    def magic(self, line: str) -> None:
        """Do what stands behind one percent sign."""
        name, _, rest = line.partition(" ")
        self.run_line_magic(name, rest)

    def run_line_magic(self, name: str, line: str = "", *_: object) -> None:
        """Do what stands behind one percent sign."""
        self._run(name, line)

    def run_cell_magic(self, name: str, _: str, cell: str) -> None:
        """Do what stands behind two percent signs."""
        self._run(name, cell)

    def _run(self, name: str, code: str) -> None:
        if name in RUNNING_MAGICS:
            exec(compile(code, "<your cell>", "exec", dont_inherit=True), self._namespace)
        elif name not in IDLE_MAGICS:
            raise NotImplementedError(f"only Jupyter understands %{name}; delete that line")
