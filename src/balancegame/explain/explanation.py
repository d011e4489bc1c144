"""An explanation: sentences in plain words, with formulas where they help."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from balancegame.explain.numbers import GREEK, on_a_page


@dataclass(frozen=True)
class Reason:
    """One step of an explanation in plain words, which are complete without the formula."""

    words: str
    # The same as LaTeX, without dollar signs.
    formula: str = ""
    # Whether the step supports the one before it; details are indented.
    detail: bool = False


def detail(words: str, formula: str = "") -> Reason:
    """Return a step that supports the one before it."""
    return Reason(words, formula, detail=True)


@dataclass(frozen=True, repr=False)
class Explanation:
    """Reasons in the order in which a teacher would give them.

    ``str()`` gives plain text, ``.markdown`` adds formulas, ``.html`` is for a page or widget.

    Examples
    --------
    >>> print(Explanation((Reason("Japan complies."), detail("Engaging costs 1."))))
    Japan complies.
      - Engaging costs 1.
    """

    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        return "\n".join(
            f"  - {reason.words}" if reason.detail else reason.words for reason in self.reasons
        )

    __repr__ = __str__

    @property
    def markdown(self) -> str:
        """The explanation as Markdown, formulas between dollar signs."""
        lines: list[str] = []
        for reason in self.reasons:
            # On a line of its own a formula does not stick out beyond the words before it.
            formula = f"<br>${reason.formula}$" if reason.formula else ""
            text = re.sub(r"[\\`*_$<>[\]]", r"\\\g<0>", on_a_page(reason.words)) + formula
            lines.extend([f"- {text}"] if reason.detail else ["", text, ""])
        return "\n".join(lines).strip()

    @property
    def html(self) -> str:
        """The explanation as HTML paragraphs and lists, every name escaped."""
        parts: list[str] = []
        for reason in self.reasons:
            words = escape(on_a_page(reason.words))
            if not reason.detail:
                parts.append(f"<p>{words}</p>")
            elif parts and parts[-1].endswith("</ul>"):
                parts[-1] = f"{parts[-1][:-5]}<li>{words}</li></ul>"
            else:
                parts.append(f"<ul><li>{words}</li></ul>")
        return "".join(parts)

    def _repr_markdown_(self) -> str:
        return self.markdown


def latex(text: str) -> str:
    r"""Return a number, formula or symbol as LaTeX.

    Examples
    --------
    >>> print(latex("2*s**2 - sqrt(5)/c_JP"))
    2 s^{2} - \sqrt{5}/\mathit{c\_JP}
    >>> print(latex("1 - delta"))
    1 - \delta
    """
    text = re.sub(r"sqrt\((\d+)\)", r"\\sqrt{\1}", text)
    text = re.sub(rf"\b({'|'.join(GREEK)})\b", r"\\\1", text).replace(r"\eps", r"\varepsilon")
    text = re.sub(r"(?<!\\)\b[^\W\d]\w+\b", r"\\mathit{\g<0>}", text).replace("_", r"\_")
    text = re.sub(r"\*\*(\d+)", r"^{\1}", text)
    return text.replace("*", " ")
