"""Numbers as a reader meets them: decimals beside fractions."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

# Denominators up to this one are read at a glance, if the fraction is less than 1.
FAMILIAR = 40
# Of finer fractions that come from a decimal, only the decimal is written.
HUNDREDTHS = 100
LONGEST = 24

# A number by itself, not a term of a formula.
_FRACTION = re.compile(
    r"(?<![\w/.*^])(?<![+*/-] )((?<!\))-)?(\d+)/(\d+)(?![\w/*^]|\.\d|\)[/*^]| [*+-] ?\w)"
)
_LONG = re.compile(rf"(?<![\w/.^])\d{{{LONGEST},}}(?:/\d+)?(?![\w/.^])")


# Parameters whose names are Greek letters are written as such wherever a page is printed.
GREEK = {
    "beta": "β",
    "delta": "δ",
    "Delta": "Δ",
    "eps": "ε",
    "kappa": "κ",
    "rho": "ρ",
    "sigma": "σ",
    "theta": "θ",
}
# Beside a sign or a number, or after words that we say of parameters only, it is a parameter;
# elsewhere it may be anybody's name.
_LETTER = "|".join(GREEK)
_SIGN = "[-+*/<>=≤≥()]"
_SAID = ("along ", "Along ", "value of ", "threshold of ", "thresholds of ", "every ", "for no ")
_BEFORE = "|".join(f"(?<={words})" for words in (_SIGN, f"{_SIGN} ", r"\d ", r"\d\*", *_SAID))
_IN_FORMULA = re.compile(
    rf"(?:{_BEFORE})({_LETTER})(?!\w)|(?<![\w.])({_LETTER})(?= ?{_SIGN}| (?:rises|falls) from )"
)
_GREEK_WORD = re.compile(rf"\b(?:{_LETTER})\b")
# Between two terms or before one, and not within a word.
_MINUS = re.compile(r"(?<= )-(?= )|(?<![\w)\-])-(?=[\w(])")
_TIMES = re.compile(r"(?<=[\w)]) x (?=[\d(])")


# A slider that moves shows most of its words again.
@lru_cache(maxsize=4096)
def on_a_page(words: str) -> str:
    """Return words as a notebook and an explorer show them, with the signs of a printed page.

    Examples
    --------
    >>> on_a_page("for 0 <= s < 29/2")
    'for 0 ≤ s < 29/2 (14.5)'
    >>> on_a_page("on s = 3 - 4 beta + delta, team beta wins")
    'on s = 3 - 4 β + δ, team beta wins'
    >>> on_a_page("Now sigma falls from 4 to 3; for every value of sigma beta gains")
    'Now σ falls from 4 to 3; for every value of σ beta gains'
    """
    printed = with_decimals(words).replace(" <= ", " ≤ ").replace(" >= ", " ≥ ")
    return _IN_FORMULA.sub(lambda found: GREEK[found[1] or found[2]], printed)


def symbol_on_a_page(name: str) -> str:
    """Return how a page writes a parameter: a Greek letter for its name.

    Examples
    --------
    >>> symbol_on_a_page("delta"), symbol_on_a_page("b_JP")
    ('δ', 'b_JP')
    """
    return GREEK.get(name, name)


def formulas_on_a_page(words: str) -> str:
    """Return sentences that we wrote ourselves, with their formulas as a lesson prints them.

    No player is called like a Greek letter there, so each name of one is a parameter.

    Examples
    --------
    >>> formulas_on_a_page("delta <= 1/2: 4 - 8 = -4, so win-stay gets 1/4 x 16")
    'δ ≤ 1/2: 4 − 8 = −4, so win-stay gets 1/4 × 16'
    """
    printed = words.replace(" <= ", " ≤ ").replace(" >= ", " ≥ ")
    printed = _GREEK_WORD.sub(lambda found: GREEK[found[0]], printed)
    return _TIMES.sub(" × ", _MINUS.sub("−", printed))


def with_decimals(words: str) -> str:
    """Return words with decimals beside fractions that nobody reads at a glance.

    Fractions less than 1 with a small denominator stay as they are, and those that come from a
    decimal are written as one. A number of very many digits is shortened.

    Examples
    --------
    >>> with_decimals("Japan gets 29/2 with probability 5/6")
    'Japan gets 29/2 (14.5) with probability 5/6'
    >>> with_decimals("the US loses -11/8")
    'the US loses -11/8 (-1.375)'
    >>> with_decimals("8333/10000 is not 5/6, and 17/3 - s is a formula")
    '0.8333 is not 5/6, and 17/3 - s is a formula'
    >>> with_decimals("delta = 47/100")
    'delta = 47/100 (0.47)'
    >>> with_decimals("1" + "0" * 400)
    'about 1e+400'
    """
    if len(words) >= LONGEST:
        words = _LONG.sub(lambda found: shortened(found[0]), words)
    return _FRACTION.sub(_beside, words) if "/" in words else words


def shortened(number: str) -> str:
    """Return a number of very many figures in three of them.

    Examples
    --------
    >>> shortened("1" + "0" * 400), shortened("-10000000000000/3")
    ('about 1e+400', 'about -3.33e+12')
    """
    above, _, below = number.partition("/")
    about = Context(prec=3).divide(Decimal(above), Decimal(below or 1))
    return f"about {about.normalize():.3g}"


def _beside(found: re.Match[str]) -> str:
    above, below = int(found[2]), int(found[3])
    if not below or (above < below <= FAMILIAR):
        return found[0]
    value = Fraction(above, below)
    sign = found[1] or ""
    # A decimal ends if nothing but twos and fives is below the line.
    if 10**6 % value.denominator:
        return f"{found[0]} (about {sign}{float(value):.3g})"
    decimal = f"{sign}{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return decimal if below > HUNDREDTHS else f"{found[0]} ({decimal})"
