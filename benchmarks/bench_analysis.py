"""Scores of the whole country, and rank intervals of one gemeente, on the real set.

python benchmarks/bench_analysis.py --data-dir DIR
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import Row, median_ms, report
from wijkdata import catalogue
from wijkdata.analysis.pillars import pillar_scores
from wijkdata.analysis.uncertainty import rank_uncertainty
from wijkdata.analysis.zscores import Reference
from wijkdata.areas import Level
from wijkdata.questions.shared import places, population
from wijkdata.questions.shared import scores as shared_scores
from wijkdata.reference import moments
from wijkdata.store.monitor import queries, versions


def main() -> None:
    """Measure both against fetching the rows they are made of."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    store = versions.require(parser.parse_args().data_dir)
    scored = [item for item in catalogue.load().indicators.values() if item.role == "score"]
    ids = [item.id for item in scored]
    rows, people = queries.observations(store, ids, Level.WIJK), population.population(store, Level.WIJK)
    codes = places.reference_codes(store, Level.WIJK, fictional=False)
    years = shared_scores.score_years(store, Level.WIJK, False)
    arguments = (rows, scored, Reference(moments.reference_moments(), Level.WIJK, people), years, codes)
    scores = pillar_scores(*arguments)
    own = [code for code in codes if code.startswith("WK0363")]
    entries = catalogue.load().indicators
    fetch = median_ms(lambda: queries.observations(store, ids, Level.WIJK), runs=5)
    pillars = median_ms(lambda: pillar_scores(*arguments), runs=5)
    ranks = median_ms(lambda: rank_uncertainty(scores, entries, "fysiek", 2020, own), runs=5)
    size = f"{len(codes)} wijken x 4 pillars x {len(years)} years"
    report(
        "Analysis, real set",
        [
            Row(f"pillar scores, {size}", pillars, "ms", 1000, "fetching the rows", fetch),
            Row(f"rank intervals of {len(own)} wijken, 1000 draws", ranks, "ms", 300, "fetching the rows", fetch),
        ],
    )


if __name__ == "__main__":
    main()
