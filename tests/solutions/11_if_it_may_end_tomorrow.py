# Task 1
largest_hazard = "5/9"
largest_sanction = 3


# Task 2
hard_alone = "4/7"
easy_alone = "1/3"
linked = "1/2"


# Task 3
def largest_favour(B, periods, delta, h):
    return B * (delta * (1 - h)) ** periods


# Task 4
hard_cost, hard_worth = 4, 5
easy_cost, easy_worth = 2, 4


# Task 5
largest_chance = "11/20"
more_frequent = "easier"
