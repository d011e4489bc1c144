# Task 3
def least_sanction(E, Y, delta):
    return max(E - delta * Y, 0)


# Task 4
actions = {
    "Japan's turn": ("Support", "Withhold"),
    "US turn": ("Withhold", "Support"),
    "over": ("Withhold", "Withhold"),
}
transitions = {
    "Japan's turn": {("Support", "Withhold"): "US turn", "otherwise": "over"},
    "US turn": {("Withhold", "Support"): "Japan's turn", "otherwise": "over"},
    "over": "over",
}
