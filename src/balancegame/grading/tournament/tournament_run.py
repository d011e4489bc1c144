"""One tournament of a class: every strategy is read, all meet, and the results are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from tqdm import tqdm

from balancegame.errors import GameError
from balancegame.games.repeated import RepeatedGame
from balancegame.grading.gradebook.folder_lock import alone_in
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.whole_files import write_whole
from balancegame.grading.isolation.tiers import choose, probe
from balancegame.grading.submission.patience import PATIENCE, Patience
from balancegame.grading.tournament.entries import (
    MOST_STATES,
    MOST_WITH_MISTAKES,
    Entry,
    read_entries,
)
from balancegame.grading.tournament.result_tables import payoff_rows, ranked, standing_rows, table
from balancegame.grading.tournament.results_page import results_page
from balancegame.solvers.repeated.matches import Rules
from balancegame.solvers.repeated.shares import Evolution
from balancegame.solvers.repeated.tournament import MOST_GENERATIONS, Tournament, round_robin
from balancegame.wording import counted

_HARDLY, _MOST_PERIODS = Fraction(1, 1000), 200
PAGE, STANDINGS, PAYOFFS, WHO = "tournament.html", "standings.csv", "payoffs.csv", "who.csv"


@dataclass(frozen=True)
class TournamentRun:
    """A tournament that was held: who met, what came of it, and who did not take part."""

    title: str
    tier: str
    entries: tuple[Entry, ...]
    tournament: Tournament
    evolution: Evolution
    hides_names: bool = False
    notes: tuple[str, ...] = ()  # what lay where it was not expected

    @property
    def absent(self) -> tuple[Entry, ...]:
        """The students whose strategies did not take part."""
        return tuple(entry for entry in self.entries if entry.automaton is None)

    @property
    def complete(self) -> bool:
        """Whether everybody's strategy could be read, whatever it was."""
        return not any(entry.is_fault for entry in self.entries)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{counted(len(self.tournament.names), 'strategy', 'strategies')} took part."
        for rank, name, score in ranked(self.tournament)[:10]:
            yield f"{rank:>4}  {float(score):10.4f}  {clean(name)}"
        if self.hides_names and self.absent:
            count = counted(len(self.absent), "strategy", "strategies")
            yield f"{count} could not take part; {WHO} says why."
            return
        yield from self.notes
        for entry in self.absent:
            yield clean(f"{entry.student} did not take part: {entry.why_not}")


def hold_tournament(
    submissions: Path,
    game: RepeatedGame,
    out: Path,
    *,
    title: str = "",
    mistakes: Any = 0,
    generations: int = 100,
    tier: str | None = None,
    hide_names: bool = False,
    patience: Patience = PATIENCE,
) -> TournamentRun:
    """Let the strategies of a class meet each other, and write what came of it to a folder.

    Parameters
    ----------
    submissions : Path
        A folder for each student, which holds ``strategy.ipynb`` or ``strategy.py``.
    game : RepeatedGame
        Of two players.
    out : Path
        Made if need be.
    mistakes : number, optional
        The probability with which a player does something else than was meant.
    generations : int, optional
        Over how many generations the shares evolve.
    tier : str, optional
        The isolation that is required; by default the strongest that there is.
    hide_names : bool, optional
        Whether the results say "strategy 1" and so on, by rank, in place of names.
    """
    # Whatever is wrong with the rules is said before anybody's code runs.
    rules = Rules(game, mistakes)
    if len(game.players) != 2:
        raise GameError(f"a tournament is for two players; this game has {len(game.players)}.")
    if not 1 <= generations <= MOST_GENERATIONS:
        raise GameError(
            f"{generations} is not a number of generations; give one from 1 to {MOST_GENERATIONS}."
        )
    chosen = choose(tier)
    # After a mistake any history may follow, and a function that is played out knows only some.
    periods = 0 if rules.mistakes else _periods(game)
    notes: list[str] = []
    most = MOST_WITH_MISTAKES if rules.mistakes else MOST_STATES
    reading = read_entries(submissions, game.stage, chosen, patience, periods, notes.append, most)
    entries = tuple(sorted(tqdm(reading, unit="strategy", disable=None), key=lambda e: e.student))
    automata = {e.student: e.automaton for e in entries if e.automaton is not None}
    if not automata:
        told = "; ".join(f"{e.student}: {e.why_not.rstrip('.')}" for e in entries[:3])
        raise GameError(f"no strategy can take part ({told}); see what they need and try again.")
    met = round_robin(game, automata, mistakes=mistakes)
    codes = {name: name for name in met.names}
    if hide_names:
        codes = {name: f"strategy {k}" for k, (_, name, _) in enumerate(ranked(met), start=1)}
        met = replace(met, names=tuple(codes[name] for name in met.names))
    evolution = met.evolution(generations)
    run = TournamentRun(title, chosen, entries, met, evolution, hide_names, tuple(notes))
    _write(run, out, codes)
    return run


def _periods(game: RepeatedGame) -> int:
    """Return after how many periods what comes later hardly counts, if that is not too many."""
    periods, counts = 1, game.patience
    while counts > _HARDLY and periods < _MOST_PERIODS:
        periods, counts = periods + 1, counts * game.patience
    return periods


def _write(run: TournamentRun, out: Path, codes: dict[str, str]) -> None:
    played = {codes[e.student] for e in run.entries if e.periods and e.student in codes}
    (tier,) = (tier for tier in probe() if tier.name == run.tier)
    page = results_page(
        run.title,
        run.tournament,
        run.evolution,
        run.entries,
        codes,
        tier,
        hide_names=run.hides_names,
    )
    try:
        out.mkdir(parents=True, exist_ok=True)
        with alone_in(out):
            write_whole(out / PAGE, page)
            write_whole(
                out / STANDINGS, table(standing_rows(run.tournament, run.evolution, played))
            )
            write_whole(out / PAYOFFS, table(payoff_rows(run.tournament)))
            who = [("student", "shown as", "why it did not take part")]
            who += [(e.student, codes.get(e.student, ""), e.why_not) for e in run.entries]
            write_whole(out / WHO, table(who))
    except OSError as error:
        raise GameError(
            f"the results cannot be written to {error.filename or out} ({error.strerror}); choose "
            "another folder with --out."
        ) from None
