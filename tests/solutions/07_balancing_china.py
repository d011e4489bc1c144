# Task 3
def pareto_optimal(outcomes):
    def dominated(outcome):
        return any(
            other != outcome and all(y >= x for x, y in zip(outcome, other, strict=True))
            for other in outcomes
        )

    return [outcome for outcome in outcomes if not dominated(outcome)]


# Task 4
g = 3
kappa = 2
us_cost = 3
japan_cost = 4
us_loss = 4
japan_loss = 6
