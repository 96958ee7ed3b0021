"""The store: versioned files, one transaction, several editions of a table, and a sentence for each way to fail."""

import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.errors import NotFoundError, StoreError
from wijkdata.loading.figures import links
from wijkdata.store.monitor import coverage, divisions, queries, versions, writing

CATALOGUE = catalogue.load()
NONE = pd.DataFrame(columns=["code", "name", "change", "water"])
NO_BOUNDARIES = pd.DataFrame(columns=["code", "wkb", "wkb_map", "wkb_country"])
NO_REJECTED = pd.DataFrame(columns=["row", "column", "value", "problem"])


def observations(*rows):
    """code, indicator, period, value (None = hidden)."""
    frame = pd.DataFrame(rows, columns=["code", "indicator", "period", "value"])
    frame["value"] = frame["value"].astype(float)
    frame["reason"] = ["suppressed" if np.isnan(value) else None for value in frame["value"]]
    return frame


def run(table="t", published=None, sha="a", source="kwb", label="eerste", division=2024):
    """A file of a publisher who lists every area of a gemeente, on a division that the file names."""
    return writing.Run(
        *(datetime(2026, 1, 1), f"{label}.csv", sha, "c", source, table, label, published, division),
        *(True, True, 1, 1, ()),
    )


def publish(folder, *readings):
    def change(connection):
        for one, frame in readings:
            writing.write_reading(connection, one, writing.Rows(frame, NONE, NO_BOUNDARIES, NO_REJECTED))
        links.settle(connection, CATALOGUE)

    return versions.publish(folder, change)


def values(store, indicator="x", period=2020, edition=None):
    rows = queries.observations(store, [indicator], Level.WIJK, edition, period)
    assert rows["code"].is_unique
    return rows.set_index("code")["value"].to_dict()


def test_a_missing_value_is_a_row_without_value_and_with_a_reason(tmp_path):
    store = publish(tmp_path, (run(), observations(("WK000101", "x", 2020, None), ("WK000102", "x", 2020, 0))))
    rows = queries.observations(store, ["x"], Level.WIJK).set_index("code")
    assert np.isnan(rows.loc["WK000101", "value"])
    assert rows.loc["WK000101", "reason"] == "suppressed"
    assert rows.loc["WK000102", "value"] == 0


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        pytest.param(("t", "2021-01-01"), ("t", "2022-01-01"), 2.0, id="newer edition of one table"),
        pytest.param(("t", "2022-01-01"), ("t", "2021-01-01"), 1.0, id="older edition read in later stays superseded"),
        pytest.param(("t", None), ("t", None), 2.0, id="no date: the one read last"),
        pytest.param(("t", None), ("u", None), 2.0, id="two tables, one key: the one read last"),
    ],
)
def test_which_edition_is_shown(tmp_path, first, second, shown):
    publish(tmp_path, (run(first[0], first[1], "a", label="een"), observations(("WK000101", "x", 2020, 1))))
    store = publish(tmp_path, (run(second[0], second[1], "b", label="twee"), observations(("WK000101", "x", 2020, 2))))
    assert values(store) == {"WK000101": shown}
    runs = queries.editions(store).set_index("label")["run_id"]
    for label, value in (("een", 1.0), ("twee", 2.0)):
        shown_then = values(store, edition=int(runs[label]))
        assert shown_then == {"WK000101": value}, "both editions stay readable"


@pytest.mark.parametrize(
    ("newer", "shown"),
    [
        pytest.param(
            [("WK000101", 9), ("WK000201", 9)],
            {"WK000101": 9, "WK000201": 9},
            id="half of the areas: the whole edition",
        ),
        pytest.param(
            [("WK000102", 9)],
            {"WK000102": 9, "WK000201": 1, "WK000202": 1, "WK000301": 1},
            id="one gemeente: its own areas only, and there as a whole",
        ),
    ],
)
def test_a_part_of_the_country_does_not_hide_the_rest(tmp_path, newer, shown):
    whole = [(code, "x", 2020, 1) for code in ("WK000101", "WK000201", "WK000202", "WK000301")]
    publish(tmp_path, (run(sha="a"), observations(*whole)))
    store = publish(tmp_path, (run(sha="b"), observations(*[(code, "x", 2020, value) for code, value in newer])))
    assert values(store) == shown


def test_an_edition_with_fewer_topics_leaves_the_others_as_they_were(tmp_path):
    """An export of StatLine with one topic, after the whole table of that year."""
    table = [("WK000101", "x", 2020, 1), ("WK000102", "x", 2020, 2), ("WK000101", "y", 2020, 3)]
    publish(tmp_path, (run(sha="a", label="alles"), observations(*table)))
    fewer = publish(
        tmp_path, (run(sha="b", label="x"), observations(("WK000101", "x", 2020, 8), ("WK000102", "x", 2020, 9)))
    )
    assert (values(fewer), values(fewer, "y")) == ({"WK000101": 8, "WK000102": 9}, {"WK000101": 3})
    assert not queries.editions(fewer)["superseded"].any(), "a figure of the whole table is still shown"
    both = publish(tmp_path, (run(sha="c", label="nieuw"), observations(*table)))
    used = queries.editions(both).set_index("label")["superseded"].to_dict()
    assert (values(both), used) == (
        {"WK000101": 1, "WK000102": 2},
        {"nieuw": False, "x": True, "alles": True},
    )


def test_an_empty_cell_in_another_table_does_not_hide_a_figure(tmp_path):
    publish(tmp_path, (run("t", sha="a"), observations(("WK000101", "x", 2020, 1))))
    store = publish(tmp_path, (run("u", sha="b"), observations(("WK000101", "x", 2020, None))))
    assert values(store) == {"WK000101": 1.0}


def test_the_figures_of_one_map_are_of_one_level_and_year_and_keep_missing_missing(tmp_path):
    rows = [
        ("WK000101", "x", 2020, None),
        ("WK000102", "x", 2020, 0),
        ("WK000103", "x", 2020, 5),
        ("WK000104", "x", 2020, 5),
    ]
    others = [("BU00010101", "x", 2020, 9), ("WK000101", "x", 2019, 9), ("WK000101", "y", 2020, 9)]
    store = publish(tmp_path, (run(), observations(*rows, *others)))
    map_values = queries.observations(store, ["x"], Level.WIJK, period=2020).set_index("code")
    assert map_values["reason"].dropna().to_dict() == {"WK000101": "suppressed"}
    assert np.isnan(map_values.loc["WK000101", "value"])
    assert map_values["value"].dropna().to_dict() == {"WK000102": 0.0, "WK000103": 5.0, "WK000104": 5.0}


def test_notes_come_back_as_they_were_written(tmp_path):
    notes = ('‘Aa-landen’, met "aanhaling" en \\ streep', "")
    store = publish(tmp_path, (replace(run(), notes=notes), observations(("WK000101", "x", 2020, 1))))
    assert tuple(queries.editions(store)["notes"].iloc[0]) == notes


def test_an_error_halfway_leaves_everything_as_it_was(tmp_path):
    store = publish(tmp_path, (run(), observations(("WK000101", "x", 2020, 1))))
    before = {path.name: path.read_bytes() for path in tmp_path.glob("monitor-*")}

    def broken(connection):
        rows = writing.Rows(observations(("WK000101", "x", 2021, 5)), NONE, NO_BOUNDARIES, NO_REJECTED)
        writing.write_reading(connection, run("u", sha="b"), rows)
        raise StoreError("halverwege gestopt")

    with pytest.raises(StoreError, match="halverwege"):
        versions.publish(tmp_path, broken)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("monitor-*")} == before
    assert versions.current(tmp_path) == store
    assert not list(tmp_path.glob(".nieuw-*"))


def test_the_last_three_stay_and_going_back_is_a_new_stamp(tmp_path):
    stores = [publish(tmp_path, (run(str(n), sha=str(n)), observations(("WK000101", "x", 2020, n)))) for n in range(5)]
    assert [path.name for path in versions.files(tmp_path)] == [store.path.name for store in stores[-3:]]
    back = versions.rollback(tmp_path)
    assert back.stamp > stores[-1].stamp
    assert values(versions.current(tmp_path)) == {"WK000101": 3.0}
    with pytest.raises(NotFoundError, match="geen eerdere stand ‘20200101-000000-000000’"):
        versions.rollback(tmp_path, "20200101-000000-000000")


def test_a_clock_set_back_still_gives_a_later_stamp(tmp_path):
    first = publish(tmp_path, (run(), observations(("WK000101", "x", 2020, 1))))
    future = first.path.with_name("monitor-29991231-235959-999999.duckdb")  # one microsecond before the year 3000
    first.path.rename(future)
    second = publish(tmp_path, (run("u", sha="b"), observations(("WK000101", "x", 2021, 1))))
    assert versions.current(tmp_path) == second
    assert second.stamp == "30000101-000000-000000"


def damaged(path: Path) -> None:
    path.write_bytes(b"geen database" * 1000)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def newer(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")


def older(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema_version'")


def another_program(path: Path) -> None:
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE iets (a INTEGER)")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        pytest.param(damaged, "is beschadigd", id="damaged"),
        pytest.param(cut, "is beschadigd", id="cut"),
        pytest.param(newer, "nieuwere versie van wijkdata", id="from a newer version"),
        pytest.param(older, "oudere versie van wijkdata", id="from an older version"),
        pytest.param(another_program, "is beschadigd", id="a DuckDB file of another program"),
        pytest.param(Path.unlink, "is verdwenen", id="missing"),
    ],
)
def test_each_way_to_fail_has_its_own_sentence(tmp_path, harm, words):
    store = publish(tmp_path, (run(), observations(("WK000101", "x", 2020, 1))))
    harm(store.path)
    with pytest.raises(StoreError, match=words):
        store.cursor()


def test_nothing_read_in_yet_says_what_to_do(tmp_path):
    assert versions.current(tmp_path / "leeg") is None
    with pytest.raises(StoreError, match="nog geen gegevens; lees een bestand in"):
        versions.require(tmp_path / "leeg")


def test_a_reading_connection_can_reach_no_other_file(tmp_path):
    secret = tmp_path / "geheim.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    store = publish(tmp_path, (run(), observations(("WK000101", "x", 2020, 1))))
    with pytest.raises(duckdb.Error, match="disabled"):
        store.cursor().execute("SELECT * FROM read_csv(?)", [str(secret)]).fetchall()
    with pytest.raises(duckdb.Error):
        store.cursor().execute("DELETE FROM observation").fetchall()


WRITER = textwrap.dedent(
    """
    import sys
    sys.path.insert(0, {root!r})
    from pathlib import Path
    from tests.unit.store.monitor.test_versions import observations, publish, run
    rows = [(f"WK{{n // 100:04d}}{{n % 100:02d}}", "x", 2020, {value}) for n in range(3000)]
    print("start", flush=True)
    publish(Path({folder!r}), (run("t", sha={value!r}), observations(*rows)))
    print("klaar", flush=True)
    """
)


def test_twenty_kills_leave_the_old_or_the_new_edition_and_never_a_mix(tmp_path):
    """Killed at twenty different moments of a publication; what is there after is whole."""
    root = str(Path(__file__).resolve().parents[4])
    publish(
        tmp_path,
        (run("t", sha="0"), observations(*[(f"WK{n // 100:04d}{n % 100:02d}", "x", 2020, 0) for n in range(3000)])),
    )
    acknowledged, landed = 0, 0
    for attempt in range(1, 21):
        script = WRITER.format(root=root, folder=str(tmp_path), value=str(attempt))
        writer = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        writer.stdout.readline()
        try:
            output, _ = writer.communicate(timeout=attempt * 0.015)
        except subprocess.TimeoutExpired:
            writer.kill()
            output, _ = writer.communicate()
        acknowledged = attempt if "klaar" in output else acknowledged
        figures = set(values(versions.current(tmp_path)).values())
        assert len(figures) == 1, "one edition, not a mix"
        assert int(figures.pop()) in {landed, attempt}
        landed = int(next(iter(values(versions.current(tmp_path)).values())))
        assert landed >= acknowledged, "what was acknowledged is there"
    after = publish(tmp_path, (run("t", sha="laatste"), observations(("WK000101", "x", 2020, 99))))
    assert values(after)["WK000101"] == 99.0, "the next importer just works"
    assert not list(tmp_path.glob(".nieuw-*")), "the next importer clears what a killed one left"


def test_the_figure_of_a_part_is_never_the_figure_of_the_whole(tmp_path):
    """Weesp went to Amsterdam in 2022: their inhabitants of 2020 together are those of the Amsterdam of now."""
    then = observations(("GM0363", "inwoners", 2020, 870_000), ("GM0457", "inwoners", 2020, 20_000))
    now = observations(("GM0363", "inwoners", 2024, 930_000))
    publish(tmp_path, (run("t", sha="a", division=2020), then))
    store = publish(tmp_path, (run("u", sha="b", division=2024), now))
    rows = queries.observations(store, ["inwoners"], Level.GEMEENTE).set_index("period")
    assert rows["code"].to_list() == ["GM0363", "GM0363"]
    assert rows["value"].to_dict() == {2020: 890_000.0, 2024: 930_000.0}


def test_a_sum_of_which_one_part_is_missing_is_missing(tmp_path):
    then = observations(("GM0856", "inwoners", 2020, 40_000), ("GM1685", "inwoners", 2020, None))
    publish(tmp_path, (run("t", sha="a", division=2020), then))
    store = publish(tmp_path, (run("u", sha="b", division=2024), observations(("GM1991", "inwoners", 2024, 58_000))))
    rows = queries.observations(store, ["inwoners"], Level.GEMEENTE).set_index("period")
    assert rows["code"].to_list() == ["GM1991", "GM1991"]
    assert np.isnan(rows.loc[2020, "value"])
    assert isinstance(rows.loc[2020, "reason"], str)


@pytest.mark.parametrize(("periods", "year"), [((2024, 202312), 2024), ((20222, 20223), 2022), ((202301,), 2023)])
def test_quarters_and_months_are_of_their_year(periods, year, tmp_path):
    rows = observations(*(("WK036301", "x", period, 1) for period in periods))
    store = publish(tmp_path, (replace(run(), division_given=False, division=2020), rows))

    assert sorted(coverage.years_of(store, "GM0363")["year"]) == sorted({int(str(one)[:4]) for one in periods})
    assert divisions.runs_without_division(store.cursor()) == [(1, year)]
