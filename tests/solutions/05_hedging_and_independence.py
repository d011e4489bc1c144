# Task 1
first = "Engage"
second = "Hedge"
third = "Align"
fourth = "Hedge"

# Task 2
hedge_from = 3
align_from = 18
price_of_loyalty = 1
fall_of_help = "5/18"


# Task 3
def belief(prior, independent, dependent):
    engaged = prior * independent + (1 - prior) * dependent
    return prior * independent / engaged if engaged else None


# Task 4
reward = 4
low_sanction = 2
high_sanction = 6
chance = "2/3"
