"""One solution of exercise 8; each part replaces the cell of the task that its comment names."""

# Task 1
first = "2/3"
second = "1/3"
third = "1/6"
fourth = "1/2"

# Task 2
russia_at_least = 5
china_shapley = "17/6"
japan_shapley = "5/6"
payment = "23/2"


# Task 3
def swings(weights, quota):
    counts = [0] * len(weights)
    for chosen in range(2 ** len(weights)):
        members = [i for i in range(len(weights)) if chosen >> i & 1]
        total = sum(weights[i] for i in members)
        for i in members:
            if total >= quota > total - weights[i]:
                counts[i] += 1
    return counts


# Task 4
us = 2
china = 1
russia = 1
japan = 1
