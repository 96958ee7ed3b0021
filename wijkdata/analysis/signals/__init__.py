"""Early signals in counts per month (or week): what was expected, and when what came is more than that.

Every detector takes counts with a row per series and a column per period, and gives per series and period what was expected, the
limit, its statistic and whether it calls an alarm; it uses only what was known before that period.
"""
