"""The results of a tournament as tables for a spreadsheet: exact numbers, and decimals beside."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence, Set
from fractions import Fraction

from balancegame.exact import plain
from balancegame.explain.tournament import ranks
from balancegame.grading.gradebook.spreadsheet import safe_cell
from balancegame.solvers.repeated.shares import Evolution
from balancegame.solvers.repeated.tournament import Tournament


def ranked(tournament: Tournament) -> list[tuple[int, str, Fraction]]:
    """Return the rank, the name and the score of everybody, the best first."""
    scores = list(tournament.scores.items())
    places = ranks([score for _, score in scores])
    return [(rank, name, score) for rank, (name, score) in zip(places, scores, strict=True)]


def standing_rows(
    tournament: Tournament, evolution: Evolution, played_out: Set[str] = frozenset()
) -> Iterator[Sequence[str]]:
    """Yield a row for each strategy, the best first.

    What holds of automata alone is left empty for functions that were ``played_out``.
    """
    yield (
        *("rank", "strategy", "score", "score, exact", "others beaten", "states"),
        *("subgame-perfect against itself", "most that anyone could get against it"),
        *("best replies of those who take part", "share at the end"),
    )
    shares = evolution.end
    for rank, name, score in ranked(tournament):
        yield (
            *(str(rank), name, f"{float(score):.6f}", plain(score), str(tournament.wins[name])),
            *(("", "", "") if name in played_out else _of_an_automaton(tournament, name)),
            "; ".join(tournament.best_replies(name)),
            f"{float(shares[name]):.6g}",
        )


def _of_an_automaton(tournament: Tournament, name: str) -> tuple[str, str, str]:
    credible = "no" if tournament.temptation(name) else "yes"
    return str(tournament.states[name]), credible, f"{float(tournament.most_against(name)):.6f}"


def payoff_rows(tournament: Tournament) -> Iterator[Sequence[str]]:
    """Yield what each gets on average against each, exactly."""
    yield ("gets against", *tournament.names)
    for name, row in zip(tournament.names, tournament.payoffs, strict=True):
        yield (name, *(plain(payoff) for payoff in row))


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a file that a spreadsheet opens, in which no cell is a formula."""
    text = io.StringIO(newline="")
    # Excel takes UTF-8 for what it is only when the file starts with this mark.
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cell(text: str) -> str:
    # A number below zero is no formula.
    is_number = text[:1] == "-" and text[1:].replace("/", "").replace(".", "").isdigit()
    return text if is_number else safe_cell(text)
