"""Where a yearly or quarterly line that is shown probably bends: an explanation of what is seen, never an alarm."""

import numpy as np

LEAST_BETWEEN = 3


def change_points(values: np.ndarray, least_between: int = LEAST_BETWEEN) -> tuple[int, ...]:
    """Return the positions at which a new level begins, ascending; none where there are too few measurements.

    Optimal partitioning with squared error (Jackson and others 2005, what PELT of Killick and others 2012 prunes): minimise
    `sum of squares round the mean of each stretch + 3 var(y) ln n per break`, stretches of at least `least_between`.

    Args: values: in time, without NaN (leave unmeasured years out).
    """
    y = np.asarray(values, dtype=float)
    n = len(y)
    if n < 2 * least_between or np.ptp(y) == 0:
        return ()
    penalty = 3 * y.var() * np.log(n)
    sums, squares = (np.concatenate([[0.0], np.cumsum(part)]) for part in (y - y.mean(), (y - y.mean()) ** 2))
    cost, came_from = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=int)
    cost[0] = -penalty
    for end in range(least_between, n + 1):
        begin = np.arange(0, end - least_between + 1)
        within = squares[end] - squares[begin] - (sums[end] - sums[begin]) ** 2 / (end - begin)
        total = cost[begin] + within + penalty
        came_from[end] = int(total.argmin())
        cost[end] = total.min()
    breaks, end = [], int(came_from[n])
    while end > 0:
        breaks.append(end)
        end = int(came_from[end])
    return tuple(reversed(breaks))
