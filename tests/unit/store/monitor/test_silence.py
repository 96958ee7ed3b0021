"""Exports of reports that overlap: what a newer one is silent about, against the rule written out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkdata import catalogue
from wijkdata.loading.figures import links
from wijkdata.store.monitor import versions, writing

CATALOGUE = catalogue.load()
AREAS = ("WK970101", "WK970102", "WK970103")
TOPICS = ("meldingen_afval", "meldingen_groen")
MONTHS = (202401, 202402, 202403, 202404)
Cell = tuple[str, str, int]


@dataclass(frozen=True)
class Export:
    """One file: its counts, and its months that are not whole."""

    counts: dict[Cell, float]
    partial: tuple[int, ...] = ()
    source: str = "mor"
    months: list[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "months", sorted({month for _, _, month in self.counts}))


def shown(exports: Sequence[Export]) -> dict[Cell, float]:
    """Read the exports in this order; return what stands."""
    with duckdb.connect() as connection:
        connection.execute(versions.SCHEMA.read_text(encoding="utf-8"))
        for number, one in enumerate(exports):
            rows = [(*cell, count, None) for cell, count in one.counts.items()]
            observations = pd.DataFrame(rows, columns=["code", "indicator", "period", "value", "reason"])
            areas = pd.DataFrame({"code": AREAS, "name": AREAS, "change": None, "water": False})
            run = writing.Run(
                *(datetime(2026, 1, 1), "x.csv", str(number), "c", one.source, f"t-{number}", "", None),
                *(2024, False, True, 1, 1, ()),
                provisional=one.partial,
            )
            nothing = pd.DataFrame(columns=["code", "wkb", "wkb_map", "wkb_country"])
            rejected = pd.DataFrame(columns=["row", "column", "value", "problem"])
            observations = observations.astype({"reason": object})
            rows = writing.Rows(observations, areas.astype({"change": "Int64"}), nothing, rejected)
            writing.write_reading(connection, run, rows)
        links.settle(connection, CATALOGUE)
        found = connection.execute(
            """SELECT a.code, i.code, o.period, o.value FROM observation AS o JOIN area AS a ON a.area_id = o.shown_id
               JOIN indicator AS i USING (indicator_id) WHERE o.current AND o.value IS NOT NULL"""
        ).fetchall()
    return {(area, topic, month): value for area, topic, month, value in found}


def by_the_rule(exports: Sequence[Export]) -> dict[Cell, float]:
    """The count that was read last, unless a file read after it, reaching as far, covers the month whole and counts both the area
    and the topic, and not this cell."""
    stands = {}
    for number, old in enumerate(exports):
        for (area, topic, month), count in old.counts.items():
            later = [new for new in exports[number + 1 :] if new.months and new.months[-1] >= old.months[-1]]
            silent = any(
                new.months[0] <= month <= new.months[-1]
                and month not in new.partial
                and area in {one for one, _, _ in new.counts}
                and topic in {one for _, one, _ in new.counts}
                and (area, topic, month) not in new.counts
                for new in later
            )
            if not silent:
                stands[area, topic, month] = count
    return stands


CELLS = st.tuples(st.sampled_from(AREAS), st.sampled_from(TOPICS), st.sampled_from(MONTHS))
EXPORTS = st.dictionaries(CELLS, st.integers(1, 9).map(float), min_size=1, max_size=12).flatmap(
    lambda counts: st.builds(Export, st.just(counts), st.sampled_from([(), (max(month for _, _, month in counts),)]))
)


@settings(max_examples=25, deadline=None)
@given(st.lists(EXPORTS, min_size=1, max_size=3))
def test_what_stands_of_exports_that_overlap_is_by_the_rule(exports):
    assert shown(exports) == by_the_rule(exports)


HERE, THERE, NEW = AREAS
WASTE, GREEN = TOPICS
OLD = Export({(HERE, WASTE, 202401): 4.0, (HERE, WASTE, 202402): 5.0, (THERE, GREEN, 202402): 6.0})


@pytest.mark.parametrize(
    ("newer", "gone"),
    [
        # It counts the area and the topic, and not in this month: there is nothing any more.
        (Export({(HERE, WASTE, 202402): 5.0, (HERE, WASTE, 202401): 4.0, (THERE, WASTE, 202403): 1.0}), set()),
        (Export({(HERE, WASTE, 202401): 4.0, (HERE, WASTE, 202403): 1.0}), {(HERE, WASTE, 202402)}),
        # It begins later, it counts the topic nowhere, it knows the area nowhere, its month is not whole.
        (Export({(HERE, WASTE, 202402): 5.0, (HERE, WASTE, 202403): 1.0}), set()),
        (Export({(HERE, GREEN, 202401): 4.0, (HERE, GREEN, 202403): 1.0}), set()),
        (Export({(NEW, WASTE, 202401): 4.0, (NEW, WASTE, 202403): 1.0}), set()),
        (Export({(HERE, WASTE, 202401): 4.0, (HERE, GREEN, 202402): 1.0}, partial=(202402,)), set()),
        # Read later, and it ends earlier: an old export says nothing about what came after it.
        (Export({(HERE, GREEN, 202401): 4.0, (NEW, WASTE, 202401): 1.0}), set()),
        # Another kind of file, which has no such rule.
        (Export({(HERE, WASTE, 202401): 4.0, (HERE, WASTE, 202403): 1.0}, source="eigen"), set()),
    ],
)  # fmt: skip
def test_a_cell_that_a_newer_export_is_silent_about(newer, gone):
    assert set(OLD.counts) - set(shown([OLD, newer])) == gone
