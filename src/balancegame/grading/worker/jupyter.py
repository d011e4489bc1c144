"""What Jupyter adds to Python, as far as code may meet it outside: it does nothing here.

Notebooks that were saved as scripts call ``get_ipython()``, and so does code that asks where it is.
"""

from __future__ import annotations

from typing import Any

from balancegame.grading.worker.unknown import Unknown, only_in_jupyter

IDLE_MAGICS = frozenset(
    (
        *("matplotlib", "config", "load_ext", "reload_ext", "unload_ext", "autoreload"),
        *("pip", "conda", "mamba", "precision", "pprint", "xmode", "pwd", "ls", "cd"),
        *("who", "whos", "who_ls", "lsmagic", "pinfo", "pinfo2", "timeit", "prun", "memit"),
        *("env", "set_env", "history", "hist", "pdb", "tb", "gui", "pdoc", "psource", "system"),
    )
)
"""Commands of Jupyter, written behind ``%``, that give no name a value by themselves."""

RUNNING_MAGICS = frozenset(("time", "capture"))
"""Commands that run the code behind them as it stands."""

GIVEN = r"[^\W\d][\w \t.,*\[\]'\"]*=[ \t]*"
"""A pattern of what stands before a command whose value is given to names, as in ``x = !ls``."""

_CELL = "<your cell>"


class Jupyter:
    """What ``get_ipython()`` returns: it runs code, and nothing else that was asked of it."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace

    def system(self, *_: object) -> None:
        """Run no command."""

    def getoutput(self, command: object, *_: object) -> Unknown:
        """Return what a command prints that does not run: nobody knows."""
        return Unknown(only_in_jupyter(f"!{command}"))

    def magic(self, line: str) -> Any:
        """Do what stands behind one percent sign."""
        name, _, rest = line.partition(" ")
        return self.run_line_magic(name, rest)

    def run_line_magic(self, name: str, line: str = "", *_: object) -> Any:
        """Do what stands behind one percent sign."""
        return self._run(name, line)

    def run_cell_magic(self, name: str, _: str, cell: str) -> Any:
        """Do what stands behind two percent signs."""
        return self._run(name, cell)

    def _run(self, name: str, code: str) -> Any:
        if name in RUNNING_MAGICS:
            return self._value(code)
        if name in IDLE_MAGICS:
            return Unknown(only_in_jupyter(f"%{name}"))
        raise NotImplementedError(f"only Jupyter understands %{name}; delete that line")

    def _value(self, code: str) -> Any:
        """Run code, and return its value if it has one."""
        try:
            program = compile(code.strip(), _CELL, "eval", dont_inherit=True)
        except SyntaxError:
            program = compile(code, _CELL, "exec", dont_inherit=True)
        return eval(program, self._namespace)
