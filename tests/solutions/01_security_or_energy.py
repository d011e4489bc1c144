# Task 3
def is_equilibrium(japan, us, row, column):
    japan_cannot_gain = japan[row][column] == max(line[column] for line in japan)
    us_cannot_gain = us[row][column] == max(us[row])
    return japan_cannot_gain and us_cannot_gain


# Task 4
japan = [[0, 3], [1, 4]]
us = [[0, 3], [1, 0]]
