"""Models of coalitional games: values, or weights, quotas and vetoes, as formulas in parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.games.base_model import BaseModel
from balancegame.games.coalitional import CoalitionalGame, Table
from balancegame.games.expression import Expression, parse
from balancegame.games.names import listed
from balancegame.games.parameter import Preset
from balancegame.games.votes import member_names, more_than_half


@dataclass(frozen=True, eq=False, repr=False)
class CoalitionalModel(BaseModel):
    """A coalitional game whose values, or weights, quotas and vetoes, are formulas in parameters.

    Parameters
    ----------
    name, title : str
    players : sequence of str
    parameters : iterable of Parameter
    worth : mapping, optional
        For every coalition (a name or a tuple of names) a formula, or several in a tuple: the
        largest is the coalition's value, as where it sells to the best of several buyers.
    weights : sequence of formulas, or several such sequences, optional
        Instead of worth: the weight of each player under each rule.
    quota : formula or sequence of formulas, optional
        The quota of each rule; "majority" for more than half of all weights under a single rule.
    vetoes : mapping of str to formula, optional
        Players who have a veto where the formula is more than 0.
    unit : str, optional
        What weights are counted in: votes, or something else that members have.
    presets, claims, omits : optional

    Raises
    ------
    GameError
        If an entry is not a formula in the parameters, a coalition is missing, or there is no game
        at the defaults or at a preset.

    Examples
    --------
    >>> from balancegame.games.parameter import Parameter
    >>> model = CoalitionalModel(
    ...     name="sale",
    ...     title="A sale",
    ...     players=("seller", "buyer"),
    ...     worth={"seller": 0, "buyer": 0, ("seller", "buyer"): ("b - c", 0)},
    ...     parameters=(
    ...         Parameter("b", "what it is worth to the buyer", 5, 0, 10),
    ...         Parameter("c", "what it costs the seller", 2, 0, 10),
    ...     ),
    ... )
    >>> model.game(b=9).value(("seller", "buyer"))
    Fraction(7, 1)
    """

    name: Any = None
    title: Any = None
    players: Any = None
    parameters: Any = ()
    worth: Any = None
    weights: Any = None
    quota: Any = None
    vetoes: Any = field(default_factory=dict)
    unit: str = "votes"
    presets: Mapping[str, Preset] = field(default_factory=dict)
    claims: tuple[int, ...] = ()
    omits: str = ""

    def __post_init__(self) -> None:
        self._read_name()
        self._read_parameters()
        names = listed(self.players, f"the players of model {self.name}")
        self._set(players=member_names(names, len(names)))
        if (self.worth is None) == (self.weights is None):
            raise GameError(
                f"model {self.name} needs either the worth of every coalition or weights and a "
                "quota; give one of the two."
            )
        if self.worth is not None:
            self._set(worth=self._read_worth(self.worth))
        else:
            self._read_rules()
        self._read_presets()

    def _read_worth(self, given: Any) -> tuple[tuple[Expression, ...], ...]:
        """Return the formulas of every coalition, in the order of their bits."""
        if not isinstance(given, Mapping):
            raise GameError(f"the worth in model {self.name} must be a mapping, not {given!r}.")
        shape = CoalitionalGame(dict.fromkeys(given, 0), self.players)
        formulas: dict[int, tuple[Expression, ...]] = {0: (self._parsed(0, "nobody"),)}
        for coalition, entry in given.items():
            several = entry if isinstance(entry, list | tuple) else (entry,)
            where = " + ".join((coalition,) if isinstance(coalition, str) else coalition)
            formulas[shape.coalition(coalition)] = tuple(self._parsed(f, where) for f in several)
        return tuple(formulas[mask] for mask in range(shape.everybody + 1))

    def _read_rules(self) -> None:
        what = f"the weights of model {self.name}"
        several = any(isinstance(entry, list | tuple) for entry in listed(self.weights, what))
        rules = [listed(rule, what) for rule in (self.weights if several else (self.weights,))]
        bounds = self.quota if several else (self.quota,)
        quotas = listed(bounds, f"the quotas of model {self.name}")
        if not isinstance(self.vetoes, Mapping):
            raise GameError(
                f"the vetoes of model {self.name} must be a mapping of players to formulas, not "
                f"{self.vetoes!r}."
            )
        if len(rules) != len(quotas):
            raise GameError(
                f"model {self.name} has {len(rules)} lists of weights but {len(quotas)} quotas; "
                "give a quota for each list."
            )
        for rule in rules:
            if len(rule) != len(self.players):
                raise GameError(
                    f"model {self.name} has {len(self.players)} players but {len(rule)} weights; "
                    "give each player one."
                )
        weights = tuple(
            tuple(
                self._parsed(w, f"the weight of {n}") for w, n in zip(r, self.players, strict=True)
            )
            for r in rules
        )
        quota = tuple(
            None if bound == "majority" else self._parsed(bound, "the quota") for bound in quotas
        )
        strangers = [name for name in self.vetoes if name not in self.players]
        if strangers:
            raise GameError(f"{strangers[0]!r} has a veto in model {self.name} but is no player.")
        vetoes = {name: self._parsed(f, f"the veto of {name}") for name, f in self.vetoes.items()}
        self._set(weights=weights, quota=quota, vetoes=vetoes)

    def _parsed(self, formula: Any, where: str) -> Expression:
        return parse(formula, frozenset(self.parameters), f"{where} in model {self.name}")

    def worth_at(self, values: Mapping[str, Any]) -> list[list[Any]]:
        """Return what every coalition may be worth, of which the largest counts, in any ring."""
        return [[formula.evaluate(values) for formula in several] for several in self.worth]

    def rules_at(self, values: Mapping[str, Any]) -> list[tuple[list[Any], Any]]:
        """Return the weights and the quota of each rule in any ring; None for more than half."""
        return [
            ([w.evaluate(values) for w in weights], quota.evaluate(values) if quota else None)
            for weights, quota in zip(self.weights, self.quota, strict=True)
        ]

    def vetoes_at(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return for each player who may have a veto the formula that says so, in any ring."""
        return {name: formula.evaluate(values) for name, formula in self.vetoes.items()}

    def game_at(self, values: Mapping[str, Any]) -> CoalitionalGame:
        """Return the game at values from an ordered field, such as formulas in a parameter."""
        if self.worth is not None:
            table = Table(tuple(max(several) for several in self.worth_at(values)))
            return CoalitionalGame.of(self.players, ((Fraction(1), table),))
        weights, quotas = zip(*self.rules_at(values), strict=True)
        vetoes = [name for name, held in self.vetoes_at(values).items() if held > 0]
        if quotas == (None,):
            return CoalitionalGame.majority(weights[0], self.players, vetoes)
        if None in quotas:
            quotas = tuple(map(_more_than_half, weights, quotas))
        return CoalitionalGame.weighted(weights, quotas, self.players, vetoes)

    def game(self, /, **given: object) -> CoalitionalGame:
        """Return the game at the given parameter values, defaults elsewhere.

        Examples
        --------
        >>> from balancegame.models import models
        >>> models["council"].game().value(("US", "Japan"))
        Fraction(0, 1)
        """
        return self.game_at(self.values(**given))

    def _form(self) -> str:
        return f"{len(self.players)} players"


def _more_than_half(weights: Sequence[Fraction], quota: Any) -> Any:
    return more_than_half(weights)[1] if quota is None else quota
