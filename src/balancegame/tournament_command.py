"""The command that lets the strategies of a class meet each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from balancegame.errors import GameError

_PATH = click.Path(path_type=Path)
_USUAL_DELTA = "9/10"


@click.command()
@click.argument("submissions", type=_PATH)
@click.option("--stage", required=True, metavar="MODEL", help="A model's name, or a FILE.nfg.")
@click.option("--out", type=_PATH, required=True, help="Where the results go.")
@click.option(
    "--delta", metavar="D", help="The discount factor.  [default: the model's, else 9/10]"
)
@click.option(
    "--hazard", metavar="H", help="How likely a period is the last.  [default: the model's, else 0]"
)
@click.option("--mistakes", metavar="E", default="0", help="How likely a player makes a mistake.")
@click.option(
    *("--set", "given"),
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the model, such as s=3; may be repeated.",
)
@click.option("--generations", type=int, default=100, help="How long the shares evolve.")
@click.option("--hide-names", is_flag=True, help="Say strategy 1 and so on, in place of names.")
@click.option("--require-isolation", "tier", metavar="TIER", help="Insist on this isolation tier.")
def tournament(
    submissions: Path,
    stage: str,
    out: Path,
    delta: str | None,
    hazard: str | None,
    given: tuple[str, ...],
    **options: Any,
) -> None:
    """Let the strategies of a class meet each other, with exact payoffs.

    SUBMISSIONS holds one folder for each student, and in it strategy.ipynb or strategy.py. There,
    strategy is an automaton (bg.Automaton) or a function: strategy(role, mine, theirs) returns an
    action, given whose role it is in and the lists of what was done so far.
    """
    from balancegame.grading.isolation.tiers import begin_probe, why_weaker

    begin_probe()
    from balancegame.grading.tournament.tournament_run import PAGE, hold_tournament

    game, title = _game(stage, delta, hazard, given)
    if options["tier"] is None and (weaker := why_weaker()) is not None:
        click.echo(weaker, err=True)
    run = hold_tournament(submissions, game, out, title=title, **options)
    click.echo(str(run))
    click.echo(f"See {out / PAGE}.")
    raise SystemExit(0 if run.complete else 1)


def _game(stage: str, delta: str | None, hazard: str | None, given: tuple[str, ...]) -> Any:
    """Return the repeated game, and what it is called."""
    from balancegame.games.model import Model
    from balancegame.games.nfg import read_nfg
    from balancegame.games.repeated import RepeatedGame
    from balancegame.games.repeated_model import RepeatedModel
    from balancegame.models import models

    values = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise GameError(f"--set {each} has no value; write --set NAME=VALUE, such as s=3.")
        values[name.strip()] = value.strip()
    if stage.endswith(".nfg"):
        if values:
            raise GameError("a game from a file has no parameters; leave --set out.")
        usual, title = RepeatedGame(read_nfg(stage), _USUAL_DELTA), Path(stage).stem
    else:
        model = models[stage]
        title = model.title
        if isinstance(model, RepeatedModel):
            usual = model.game(**values)
        elif isinstance(model, Model):
            usual = RepeatedGame(model.game(**values), _USUAL_DELTA)
        else:
            raise GameError(
                f"the model {stage} has no game in which both choose at once; choose another, such "
                "as alliance."
            )
    delta = usual.delta if delta is None else delta
    return RepeatedGame(usual.stage, delta, usual.hazard if hazard is None else hazard), title
