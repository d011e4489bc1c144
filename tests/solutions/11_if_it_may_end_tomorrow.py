# Task 3
def largest_favour(B, periods, delta, h):
    return B * (delta * (1 - h)) ** periods


# Task 4
hard_cost, hard_worth = 4, 5
easy_cost, easy_worth = 2, 4
