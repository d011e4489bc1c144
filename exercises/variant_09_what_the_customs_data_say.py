"""Numbers for each student of exercise 9: what is drawn; test_09 says which mistakes must show."""

PUBLISHED = {
    "first_year": {"crude": 12, "coal": 15, "gas": 40},
    "second_year": {"crude": 3, "coal": 9, "gas": 8},
    "prices": {"average": 80, "russia": 65, "volume": 6},
    "contract": {"E": -7, "s": 4, "b": 30},
    "trade": {"before": 200, "after": 60, "much": 10, "little": 8},
}


def draw(draw):
    """Return savings of two years, prices, a contract, and trade that shrinks."""
    crude, coal = draw.shuffled((draw(6, 14), draw(16, 24)))[:2]
    small, large = draw(2, 6), draw(9, 18)
    gas = draw.shuffled((draw(large + 1, large + 9), draw(small + 1, large)))[0]
    lost = draw(5, 12)
    russia = draw(40, 70)
    s = draw(2, 4)
    much = draw(8, 14)
    return {
        "first_year": {"crude": crude, "coal": coal, "gas": draw(45, 70)},
        "second_year": {"crude": small, "coal": large, "gas": gas},
        "prices": {"average": russia + draw(5, 25), "russia": russia, "volume": draw(3, 9)},
        "contract": {"E": -lost, "s": s, "b": draw(2 * lost + 3, 40)},
        "trade": {
            "before": 10 * draw(18, 30),
            "after": 10 * draw(5, 9),
            "much": much,
            "little": draw(much - 3, much - 1),
        },
    }


def explained(year):
    """Whether one sanction explains a year."""
    return max(year["crude"], year["coal"]) < year["gas"]


REQUIREMENTS = (
    ("one sanction explains the first year", lambda games: explained(games["first_year"])),
    (
        "the value falls more than the volume",
        lambda games: (
            games["trade"]["after"] * games["trade"]["much"]
            < games["trade"]["before"] * games["trade"]["little"]
        ),
    ),
)
