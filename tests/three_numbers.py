"""A model of three numbers and no game to speak of, for propositions about numbers alone."""

import balancegame as bg

NAMES = ("x", "y", "z")
MODEL = bg.Model(
    name="three-numbers",
    title="Three numbers",
    players=("A",),
    actions=(("Stay",),),
    payoffs=[["0"]],
    parameters=tuple(bg.Parameter(name, name, 0, -9, 9) for name in NAMES),
)
