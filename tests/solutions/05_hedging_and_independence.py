# Task 3
def belief(prior, independent, dependent):
    engaged = prior * independent + (1 - prior) * dependent
    return prior * independent / engaged if engaged else None


# Task 4
reward = 4
low_sanction = 2
high_sanction = 6
chance = "2/3"
