"""Compare what changed with what would have changed anyway: estimators, comparison areas, inference.

`panel.py` holds the one shape every estimator takes; the estimators give frozen dataclasses; `placebo.py` says how sure.
"""
