"""Models of games in normal form: payoffs are formulas in named parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from balancegame.errors import GameError
from balancegame.games.expression import evaluated, parse
from balancegame.games.names import listed
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import NormalFormModel, Played, Positive, is_positive
from balancegame.games.parameter import Preset


@dataclass(frozen=True, eq=False, repr=False)
class Model(NormalFormModel):
    """A game in normal form whose payoffs are formulas in named parameters.

    Parameters
    ----------
    name : str
        How the catalogue calls it, such as "core-dilemma".
    title : str
    players : sequence of str
    actions : sequence of sequence of str
    payoffs : nested sequence
        One array for each player, as for :class:`NormalFormGame`; each entry is text such as
        ``"S + E - s"``, a number or a SymPy expression. Text is parsed with the model's own
        symbols only and never evaluated as code.
    parameters : iterable of Parameter
        In the order in which an explorer offers them; the first three get sliders.
    presets : mapping of str to Preset, optional
    claims : tuple of int, optional
        Numbers of the article's claims that the model formalises.
    omits : str, optional
        What the model leaves out.
    names : mapping of str to sequence of profiles, optional
        What a solution is called that has exactly these equilibria in pure strategies, and at
        most mixed ones besides: each profile a tuple of actions. Several actions in a tuple of
        their own stand for any mixture of them.

    Raises
    ------
    GameError
        If the model has no name or title, a payoff is not a formula in the parameters, or the
        payoffs do not fit the actions.

    Notes
    -----
    Terms of the glossary:

    model
        a game with letters in place of numbers, so that its assumptions can be seen and changed

    Examples
    --------
    >>> from balancegame.games.parameter import Parameter
    >>> model = Model(
    ...     name="hawk-dove",
    ...     title="Hawk and dove",
    ...     players=("Japan", "Russia"),
    ...     actions=(("Hawk", "Dove"), ("Hawk", "Dove")),
    ...     payoffs=([["(v - c)/2", "v"], [0, "v/2"]], [["(v - c)/2", 0], ["v", "v/2"]]),
    ...     parameters=(
    ...         Parameter("v", "value of the islands", default=2, low=0, high=10),
    ...         Parameter("c", "cost of a fight", default=4, low=0, high=10),
    ...     ),
    ... )
    >>> model.game(c=1).payoffs[0]
    ((Fraction(1, 2), Fraction(2, 1)), (Fraction(0, 1), Fraction(1, 1)))
    """

    name: Any = None
    title: Any = None
    players: Any = None
    actions: Any = None
    payoffs: Any = None
    parameters: Any = ()
    presets: Mapping[str, Preset] = field(default_factory=dict)
    claims: tuple[int, ...] = ()
    omits: str = ""
    names: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._read_name()
        self._read_parameters()
        of = f"of model {self.name}"
        players = tuple(listed(self.players, f"the players {of}"))
        actions = tuple(
            tuple(names) if isinstance(names, list) else names
            for names in listed(self.actions, f"the actions {of}")
        )
        strangers = [name for names in actions for name in names if not isinstance(name, str)]
        if strangers:
            raise GameError(
                f"{strangers[0]!r} among the actions {of} is not a name; put it in quotes."
            )
        self._set(players=players, actions=actions)
        arrays = self.payoffs
        if not hasattr(arrays, "__len__") or isinstance(arrays, str):
            raise GameError(f"the payoffs {of} must be one array for each player, not {arrays!r}.")
        if len(arrays) != len(players):
            raise GameError(
                f"model {self.name} has {len(players)} players but {len(arrays)} arrays of "
                "payoffs; give one for each player."
            )
        symbols = frozenset(self.parameters)
        self._set(
            payoffs=tuple(
                self._parsed(array, symbols, player)
                for array, player in zip(arrays, players, strict=True)
            )
        )
        self._read_presets()
        self._read_names()

    def _parsed(
        self, array: Any, symbols: frozenset[str], player: str, cell: tuple[int, ...] = ()
    ) -> Any:
        nested = hasattr(array, "__len__") and not isinstance(array, str)
        if nested and len(cell) < len(self.players):
            return tuple(
                self._parsed(entry, symbols, player, (*cell, k)) for k, entry in enumerate(array)
            )
        named = ", ".join(
            names[a] if a < len(names) else f"action {a + 1}"
            for names, a in zip(self.actions, cell, strict=False)
        )
        place = f"{player} at ({named}) in model {self.name}"
        if nested:
            raise GameError(f"the payoff of {place} is a list; give one payoff for each cell.")
        return parse(array, symbols, place)

    def game(self, /, **given: object) -> NormalFormGame:
        """Return the game at the given parameter values, defaults elsewhere.

        Examples
        --------
        >>> from balancegame.models import models
        >>> models["core-dilemma"].game(s=3).payoff(("Engage", "Enforce"))
        (Fraction(12, 1), Fraction(9, 1))
        """
        return self.opening_game(**given)

    def played_at(self, values: Mapping[str, Any], positive: Positive = is_positive) -> Played:
        """Return the payoffs, each symbol replaced by an element of any ring; nobody replies."""
        return Played(evaluated(self.payoffs, values))
