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


COUNTRY = "NL00"


def places(municipalities):
    """The gemeenten with a wijk each; the country is no gemeente."""
    return [code for gm in municipalities for code in ((gm,) if gm == COUNTRY else (gm, f"WK{gm[2:]}01"))]


def edition(municipalities, topics):
    """What one edition holds: its gemeenten (and the country), and its indicators, each of a period."""
    return tuple(municipalities), tuple(topics)


EDITIONS = st.builds(
    edition,
    st.lists(st.sampled_from((*MUNICIPALITIES, COUNTRY)), min_size=1, max_size=5, unique=True),
    st.lists(st.sampled_from([("a", 2019), ("a", 2020), ("b", 2020)]), min_size=1, max_size=3, unique=True),
)
HISTORIES = st.lists(EDITIONS, min_size=2, max_size=4).flatmap(
    lambda held: st.tuples(st.just(held), st.permutations(range(len(held))))
)


def read_in(held, order):
    """Read the editions in this order; edition n is published in 2020 + n. Returns what stands: (edition, topic, code)."""
    with duckdb.connect() as connection:
        connection.execute(versions.SCHEMA.read_text(encoding="utf-8"))
        for number in order:
            municipalities, topics = held[number]
            rows = [(code, *topic, 1.0, None) for code in places(municipalities) for topic in topics]
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
            """SELECT CAST(r.sha256 AS INTEGER), i.code, o.period, a.code FROM observation AS o JOIN import_run AS r USING (run_id)
               JOIN area AS a USING (area_id) JOIN indicator AS i USING (indicator_id) WHERE NOT o.superseded"""
        ).fetchall()
    return {(number, (name, period), code) for number, name, period, code in rows}


def by_the_rule(held):
    """What stands: no later edition with the same topic has half of the areas, or is about the same gemeente."""
    stands = set()
    for number, (municipalities, topics) in enumerate(held):
        areas = set(places(municipalities)) - {COUNTRY}
        for topic in topics:
            later = [of for of, of_topics in held[number + 1 :] if topic in of_topics]
            if areas and any(len(areas & set(places(of))) * 2 >= len(areas) for of in later):
                continue
            taken = {gm for of in later for gm in of}
            stands |= {(number, topic, code) for code in places(set(municipalities) - taken)}
    return stands


@settings(max_examples=40, deadline=None)
@given(HISTORIES)
def test_what_stands_does_not_depend_on_the_order_of_reading(history):
    held, order = history

    assert read_in(held, order) == by_the_rule(held)


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 2, 0), (0, 1, 2)])
def test_an_old_edition_that_is_read_last_does_not_come_back(order):
    """The second has all of the first and is replaced by the third; the first says nothing new about GM9704."""
    topic = ("a", 2020)
    held = [edition(["GM9704"], [topic]), edition(MUNICIPALITIES, [topic]), edition(MUNICIPALITIES[:3], [topic])]

    assert read_in(held, order) == by_the_rule(held) == {(2, topic, code) for code in places(MUNICIPALITIES[:3])}


def test_an_export_with_some_months_takes_the_place_of_those_months_alone():
    """First and last are those of the whole year, and so is the table; the months between them must not disappear."""
    months = [("a", 202300 + month) for month in range(1, 13)]
    held = [edition(["GM9701"], months), edition(["GM9701"], [months[0], months[-1]])]

    assert {topic for number, topic, _ in read_in(held, (0, 1)) if number == 0} == set(months[1:-1])


def test_an_export_of_the_country_and_another_gemeente_does_not_take_this_one_away():
    topic = ("a", 2020)
    held = [edition([COUNTRY, "GM9701"], [topic]), edition([COUNTRY, "GM9702"], [topic])]

    stands = read_in(held, (0, 1))
    assert {code for number, _, code in stands if number == 0} == {"GM9701", "WK970101"}
    assert (1, topic, COUNTRY) in stands
