"""Answers typed without quotation marks, which Python takes for names that it does not know.

Older notebooks asked for ``my_answer = "b"``. Whoever types ``my_answer = b`` meets an answer in
place of a traceback.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import TracebackType
from typing import Any

from IPython import get_ipython
from IPython.display import display

_ASKED = re.compile(r"quick_check\(\s*[\"']([\w-]+)[\"']")
_GIVEN = re.compile(r"^\s*my_answer\s*=\s*(.+?)\s*(?:#.*)?$", re.MULTILINE)


def watch_for_bare_words(ask: Callable[[str, str], Any]) -> None:
    """Let the notebook hand such an answer to ``ask``, which takes the question and the text.

    What it returns is shown; if that is None, Python's own message is.
    """
    shell = get_ipython()
    # Nobody's own handler is replaced, and ours is set once.
    if shell is None or shell.custom_exceptions:
        return

    def met(
        shell: Any,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType,
        tb_offset: int | None = None,
    ) -> None:
        source = shell.history_manager.input_hist_raw[-1]
        asked, given = _ASKED.search(source), _GIVEN.search(source)
        name = str(getattr(error, "name", ""))
        answered = None
        if asked and given and name in re.findall(r"\w+", given[1]):
            answered = ask(asked[1], given[1])
        if answered is None:
            shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
        else:
            display(answered)  # type: ignore[no-untyped-call]

    shell.set_custom_exc((NameError,), met)
