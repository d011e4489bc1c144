"""The pages of the public names, sorted by the folder that each comes from."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import balancegame as bg

# From where names come to what their page is called.
TITLES = {
    "games": "Games and models",
    "models": "The models of the article",
    "solvers": "Verbs for every kind of game",
    "solvers.normal_form": "Games in normal form",
    "solvers.parametric": "Regimes and situations",
    "solvers.repeated": "Repeated games",
    "solvers.payoff_sets": "Payoff sets",
    "solvers.sequential": "Game trees",
    "solvers.signalling": "Signalling",
    "solvers.coalitional": "Coalitions and bargaining",
    "claims": "Claims and proofs",
    "explain": "Explanations",
    "figures": "Pictures",
    "widgets": "Explorers and questions",
    "grading": "Practice",
    "errors": "Errors",
}


def write_reference(repository: Path, folder: Path) -> None:
    """Write a page for each kind of public name, and one that lists them all."""
    folder.mkdir()
    pages = sorted_by_page(repository / "src" / "balancegame" / "__init__.pyi")
    listed = ["# Public names", "", "Each with its page; `import balancegame as bg` brings them."]
    listed += ["", "```{toctree}", ":maxdepth: 1", ""]
    for place, names in pages.items():
        page = place.replace(".", "-")
        listed.append(page)
        title = TITLES.get(place, place.rpartition(".")[2].replace("_", " ").capitalize())
        lines = [title, "=" * len(title), ""]
        for name in names:
            lines += [f".. {_directive(getattr(bg, name))}:: balancegame.{name}", ""]
        (folder / f"{page}.rst").write_text("\n".join(lines), encoding="utf-8")
    listed += ["```", "", *_index(pages)]
    (folder / "index.md").write_text("\n".join(listed), encoding="utf-8")


def sorted_by_page(stub: Path) -> dict[str, list[str]]:
    """Return the public names of the stub file by where each comes from."""
    found: dict[str, list[str]] = {}
    for node in ast.parse(stub.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            parts = (node.module or "").split(".")
            inner = parts[0] == "solvers" and len(parts) > 2
            place = ".".join(parts[: 2 if inner else 1])
            names = [alias.asname or alias.name for alias in node.names]
            found.setdefault(place, []).extend(names)
    order = [*TITLES]
    ranked = sorted(found, key=lambda place: (order.index(place) if place in order else 99, place))
    return {place: sorted(found[place], key=str.lower) for place in ranked}


def _directive(value: object) -> str:
    if inspect.isclass(value):
        return "autoclass"
    return "autofunction" if callable(value) else "autodata"


def _index(pages: dict[str, list[str]]) -> list[str]:
    return [
        f"- **{TITLES.get(place, place)}**: "
        + ", ".join(f"{{py:obj}}`{name} <balancegame.{name}>`" for name in names)
        for place, names in pages.items()
    ]
