"""Which edition of a table counts, against the rule written out: in any order of reading."""

from datetime import datetime

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkdata.store.monitor import versions, writing

MUNICIPALITIES = ("GM9701", "GM9702", "GM9703", "GM9704")
NOTHING = {
    "boundaries": pd.DataFrame(columns=["code", "wkb", "wkb_map", "wkb_country"]),
    "rejected": pd.DataFrame(columns=["row", "column", "value", "problem"]),
}


def places(municipalities):
    return [code for gm in municipalities for code in (gm, f"WK{gm[2:]}01", f"WK{gm[2:]}02")]


def edition(municipalities, indicators):
    """What one edition holds: its gemeenten and its indicators."""
    return tuple(municipalities), tuple(indicators)


EDITIONS = st.builds(
    edition,
    st.lists(st.sampled_from(MUNICIPALITIES), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(["a", "b"]), min_size=1, max_size=2, unique=True),
)
HISTORIES = st.lists(EDITIONS, min_size=2, max_size=4).flatmap(
    lambda held: st.tuples(st.just(held), st.permutations(range(len(held))))
)


def read_in(held, order):
    """Read the editions in this order; edition n is published in 2020 + n. Returns what stands: (edition, indicator, code)."""
    with duckdb.connect() as connection:
        connection.execute(versions.SCHEMA.read_text(encoding="utf-8"))
        for number in order:
            municipalities, indicators = held[number]
            rows = [(code, name, 2020, 1.0, None) for code in places(municipalities) for name in indicators]
            observations = pd.DataFrame(rows, columns=["code", "indicator", "period", "value", "reason"])
            codes = observations["code"].unique()
            areas = pd.DataFrame({"code": codes, "name": None, "change": None, "water": False})
            run = writing.Run(
                *(
                    datetime(2026, 1, 1),
                    f"{number}.csv",
                    str(number),
                    "x",
                    "kwb",
                    "table",
                    "",
                    f"{2020 + number}-01-01",
                ),
                *(2020, True, True, len(rows), len(rows), ()),
            )
            writing.write_reading(
                connection,
                run,
                writing.Rows(observations.astype({"reason": object}), areas.astype({"change": "Int64"}), **NOTHING),
            )
        rows = connection.execute(
            """SELECT CAST(r.sha256 AS INTEGER), i.code, a.code FROM observation AS o JOIN import_run AS r USING (run_id)
               JOIN area AS a USING (area_id) JOIN indicator AS i USING (indicator_id) WHERE NOT o.superseded"""
        ).fetchall()
    return set(rows)


def by_the_rule(held):
    """What stands: no later edition with the same indicator has half of the areas, or is about the same gemeente."""
    stands = set()
    for number, (municipalities, indicators) in enumerate(held):
        for name in indicators:
            later = [of for of, topics in held[number + 1 :] if name in topics]
            if any(len(set(municipalities) & set(of)) * 2 >= len(municipalities) for of in later):
                continue
            taken = {gm for of in later for gm in of}
            stands |= {(number, name, code) for code in places(set(municipalities) - taken)}
    return stands


@settings(max_examples=40, deadline=None)
@given(HISTORIES)
def test_what_stands_does_not_depend_on_the_order_of_reading(history):
    held, order = history

    assert read_in(held, order) == by_the_rule(held)


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 2, 0), (0, 1, 2)])
def test_an_old_edition_that_is_read_last_does_not_come_back(order):
    """The second has all of the first and is replaced by the third; the first says nothing new about GM9704."""
    held = [edition(["GM9704"], "a"), edition(MUNICIPALITIES, "a"), edition(MUNICIPALITIES[:3], "a")]

    assert read_in(held, order) == by_the_rule(held) == {(2, "a", code) for code in places(MUNICIPALITIES[:3])}
