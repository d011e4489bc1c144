# Task 1
players = ("Japan", "Russia")
actions = (("Renew", "Leave"), ("Deliver", "Cut off"))
payoffs = (
    [["E - s", "-s - w"], ["0", "0"]],
    [["g", "p"], ["0", "0"]],
)
parameters = {
    "E": ("saving on coal, bn yen", "18.7", 0, 50, "Trade Statistics of Japan, 2022"),
    "s": ("sanction for buying, bn yen", 10, 0, 50, "assumed"),
    "w": ("damage of a cold winter", 5, 0, 20, "assumed"),
    "g": ("revenue from deliveries", 10, 0, 20, "assumed"),
    "p": ("prestige of cutting off", 4, 0, 20, "assumed"),
}

# Task 2
confirmed = "for all E >= s, g >= p: (Renew, Deliver) is an equilibrium"
refuted = "for all E, s, w, g, p > 0: (Renew, Deliver) is an equilibrium"

# Task 3
moved = "s"
other = "E"


def threshold(value):
    return value


# Task 4
page = {
    "question": (
        "In 2022 Japan said that it would phase out coal from Russia (Trade Statistics of Japan). "
        "When does it pay to renew a contract all the same?"
    ),
    "model": (
        "Japan renews or leaves, Russia delivers or cuts off. A renewed contract saves E and costs "
        "a sanction s; if Russia cuts off, a cold winter costs w besides."
    ),
    "finding": (
        "As long as the saving is at least the sanction, and deliveries are worth more to Russia "
        "than prestige, renewing is an equilibrium; above that sanction Japan leaves."
    ),
    "against": (
        "Contracts run for years, so that a cut today would cost Russia future sales; a repeated "
        "game could change the answer. Data on contract terms would change my mind."
    ),
}
