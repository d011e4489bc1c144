"""One solution of exercise 1; each part replaces the cell of the task that its comment names."""

# Task 1
japan_if_tax = {"Invest", "Wait"}
japan_if_seize = {"Wait"}
russia_if_invest = {"Tax", "Seize"}
russia_if_wait = {"Protect"}

# Task 2
all_equilibria = [
    ("Comply", "Enforce"),
    ("Comply", {"Enforce": "2/3", "Acquiesce": "1/3"}),
    ("Engage", "Acquiesce"),
]


# Task 3
def is_equilibrium(japan, us, row, column):
    japan_cannot_gain = japan[row][column] == max(line[column] for line in japan)
    us_cannot_gain = us[row][column] == max(us[row])
    return japan_cannot_gain and us_cannot_gain


# Task 4
japan = [[0, 3], [1, 4]]
us = [[0, 3], [1, 0]]
