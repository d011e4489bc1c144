r"""A concert of powers: claims 13 and 19, whether independent poles balance each other.

Five powers have resources; a coalition prevails with more than half of all. Nobody is a dictator if
and only if nobody has more than half. Of three powers with less than half each, all are equally
powerful, whatever they have: 1/3 each by the Shapley-Shubik index; with just half the largest has
2/3 and the others 1/6, with more it has everything. The figures do not agree about who that would
be: by national capability China is the largest, by output or military spending the US.
"""

from __future__ import annotations

from fractions import Fraction

from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.games.parameter import Parameter, Preset

_POWERS = {"US": "US", "CN": "China", "RU": "Russia", "JP": "Japan", "IN": "India"}

_CAPABILITY = {
    2010: ("0.1479", "0.2092", "0.0391", "0.0370", "0.0796"),
    2015: ("0.1334", "0.2314", "0.0368", "0.0326", "0.0857"),
    2020: ("0.1244", "0.2380", "0.0341", "0.0254", "0.0961"),
    2022: ("0.1236", "0.2341", "0.0382", "0.0247", "0.0994"),
}
_OUTPUT = {
    2010: ("15.05", "6.09", "1.52", "5.76", "1.68"),
    2015: ("18.30", "11.06", "1.36", "4.44", "2.10"),
    2020: ("21.32", "14.69", "1.49", "5.06", "2.67"),
}
_SPENDING = {
    2014: ("699.6", "178.8", "69.3", "46.8", "56.8"),
    2016: ("681.6", "203.9", "80.0", "47.3", "62.6"),
    2020: ("766.6", "244.9", "66.8", "48.2", "73.0"),
}


def _preset(figures: tuple[str, ...], times: Fraction, source: str, story: str) -> Preset:
    given = {symbol: Fraction(x) * times for symbol, x in zip(_POWERS, figures, strict=True)}
    return Preset(given, source, story)


_PRESETS = {
    f"capability {year}": _preset(
        figures,
        Fraction(100),
        f"Correlates of War, National Material Capabilities, {year}: the Composite Index in per "
        "cent of the world",
        "Population, steel and soldiers count, and China is the largest.",
    )
    for year, figures in _CAPABILITY.items()
}
_PRESETS |= {
    f"output {year}": _preset(
        figures,
        Fraction(1),
        f"World Bank, gross domestic product {year} in trillion current US dollars",
        "What is produced counts, and the US is the largest.",
    )
    for year, figures in _OUTPUT.items()
}
_PRESETS |= {
    f"military spending {year}": _preset(
        figures,
        Fraction(1, 10),
        f"SIPRI, by way of Our World in Data: military expenditure {year} in billion constant 2019 "
        "US dollars, divided by 10",
        "What is spent on arms counts, and the US alone spends more than half.",
    )
    for year, figures in _SPENDING.items()
}


CONCERT = CoalitionalModel(
    name="concert",
    title="A concert of powers",
    players=tuple(_POWERS.values()),
    weights=tuple(_POWERS),
    quota="majority",
    unit="units of resources",
    parameters=tuple(
        Parameter(
            symbol,
            f"resources of {'the US' if name == 'US' else name}",
            _PRESETS["capability 2015"][symbol],
            0,
            100,
            "1/100",
            "Correlates of War, National Material Capabilities, 2015, in per cent of the world",
        )
        for symbol, name in _POWERS.items()
    ),
    presets=_PRESETS,
    claims=(13, 19),
    omits=(
        "Resources add up, all coalitions can form, and more than half is enough: no distance, no "
        "alliance that holds, no nuclear weapon and no ideology."
    ),
)
