"""A monitor file of version 1 made into one of this version: nothing is lost, the old file stays, what is damaged is left alone."""

import shutil

import duckdb
import pytest

from tests.links_examples import AFTER, BEFORE, CATALOGUE, File, found, scores, shown, store_of, wijk
from wijkdata.errors import StoreError
from wijkdata.loading.figures.link_decisions import go_back
from wijkdata.loading.figures.upgrading import upgrade
from wijkdata.questions.gegevens import links as gegevens_links
from wijkdata.store.monitor import queries, versions

# wijkdata/store/monitor.sql of version 0.3.1, its comments aside.
VERSION_1 = """
CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE import_run (
    run_id INTEGER PRIMARY KEY, imported_at TIMESTAMP NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    catalogue_hash VARCHAR NOT NULL, source VARCHAR NOT NULL, table_id VARCHAR NOT NULL, label VARCHAR NOT NULL,
    published VARCHAR, division INTEGER NOT NULL, last_period INTEGER, rows_read INTEGER NOT NULL, rows_kept INTEGER NOT NULL,
    observations INTEGER NOT NULL, rejected INTEGER NOT NULL, areas INTEGER NOT NULL, boundaries INTEGER NOT NULL,
    notes VARCHAR[] NOT NULL, superseded BOOLEAN NOT NULL
);
CREATE TABLE rejected_row (
    run_id INTEGER NOT NULL, row_number INTEGER, column_name VARCHAR, value VARCHAR, problem VARCHAR NOT NULL
);
CREATE TABLE area (area_id INTEGER PRIMARY KEY, code VARCHAR UNIQUE NOT NULL, level VARCHAR NOT NULL, municipality VARCHAR);
CREATE TABLE area_division (
    area_id INTEGER NOT NULL, division INTEGER NOT NULL, name VARCHAR, change INTEGER, water BOOLEAN NOT NULL, run_id INTEGER NOT NULL
);
CREATE TABLE boundary (
    area_id INTEGER NOT NULL, division INTEGER NOT NULL, run_id INTEGER NOT NULL,
    wkb BLOB NOT NULL, wkb_map BLOB NOT NULL, wkb_country BLOB NOT NULL
);
CREATE TABLE indicator (indicator_id INTEGER PRIMARY KEY, code VARCHAR UNIQUE NOT NULL);
CREATE TABLE observation (
    indicator_id INTEGER NOT NULL, period INTEGER NOT NULL, area_id INTEGER NOT NULL, value DOUBLE, reason VARCHAR,
    run_id INTEGER NOT NULL, superseded BOOLEAN NOT NULL
);
INSERT INTO meta VALUES ('schema_version', '1');
"""
ALIKE = ("rejected_row", "area", "area_division", "boundary", "indicator")
RUN = """run_id, imported_at, file, sha256, catalogue_hash, source, table_id, label, published, division, last_period, rows_read,
    rows_kept, observations, rejected, areas, boundaries, notes, superseded"""
OLD_NAME = "monitor-20250101-120000-000000.duckdb"
LBM3 = File(2022, [(code, name, None) for code, name, _ in AFTER], scores(AFTER, 2022), "leefbaarometer", whole=False)
FILES = [
    File(2016, BEFORE, [*scores(BEFORE, 2016), (wijk(3), "bijstand_1000", 2016, None)], "toen"),
    File(2024, AFTER, [(code, "inwoners", 2024, 4_000) for code, *_ in AFTER], "nu"),
    # An edition of one table that gave way, and another table about one of the same codes.
    File(2024, AFTER, [(code, "inwoners", 2024, 4_100) for code, *_ in AFTER], "nu"),
    LBM3,
    File(
        2016, [(wijk(2), "Wijk 02 Oost", None)], [(wijk(2), "lbm3_score", 2016, 9.0)], "eigen", whole=False, said=False
    ),
]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """The same rows read in by this version."""
    folder = tmp_path_factory.mktemp("nieuw")
    return [store_of(folder, one) for one in FILES][-1]


@pytest.fixture
def old(tmp_path, fresh):
    """A folder with a file of version 1: one key per code, so what two tables say of one code had given way."""
    folder = tmp_path / "oud"
    folder.mkdir()
    connection = duckdb.connect(str(folder / OLD_NAME))
    connection.execute(VERSION_1)
    connection.execute(f"ATTACH '{fresh.path}' AS new (READ_ONLY)")
    for table in ALIKE:
        connection.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")
    connection.execute(f"INSERT INTO import_run SELECT {RUN} FROM new.import_run")
    connection.execute(
        """INSERT INTO observation SELECT indicator_id, period, area_id, value, reason, run_id,
             superseded OR EXISTS (SELECT 1 FROM new.observation AS n WHERE n.indicator_id = o.indicator_id
               AND n.period = o.period AND n.area_id = o.area_id AND n.run_id > o.run_id AND NOT n.derived)
           FROM new.observation AS o WHERE NOT derived"""
    )
    # Version 1 put the release of 2022 in the division of 2023.
    for table in ("import_run", "area_division"):
        connection.execute(f"UPDATE {table} SET division = 2023 WHERE division = 2022")
    connection.close()
    return folder


def rows(path, statement):
    connection = duckdb.connect(str(path), read_only=True)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


PUBLISHED = """SELECT i.code, period, a.code, value, reason, run_id FROM observation JOIN indicator AS i USING (indicator_id)
    JOIN area AS a USING (area_id) {} ORDER BY ALL"""


def test_the_file_of_version_1_is_one_and_is_refused_as_it_stands(old):
    assert rows(old / OLD_NAME, "SELECT count(*) FROM observation WHERE superseded") > [(0,)]
    with pytest.raises(StoreError, match="python -m wijkdata upgrade"):
        versions.require(old).cursor()


def test_nothing_that_was_read_in_is_lost(old):
    before = rows(old / OLD_NAME, PUBLISHED.format(""))
    kept = {table: rows(old / OLD_NAME, f"SELECT count(*) FROM {table}") for table in (*ALIKE, "import_run")}
    assert upgrade(old, CATALOGUE) is True
    new = versions.files(old)[-1]
    assert rows(new, PUBLISHED.format("WHERE NOT derived")) == before
    assert {table: rows(new, f"SELECT count(*) FROM {table}") for table in kept} == kept
    assert rows(new, "SELECT value FROM meta") == [("3",)]


def test_a_file_of_version_2_becomes_one_of_this_version(tmp_path, fresh):
    """There StatLine was a source of its own, and which periods are provisional was not kept."""
    path = tmp_path / OLD_NAME
    shutil.copy(fresh.path, path)
    connection = duckdb.connect(str(path))
    connection.execute("ALTER TABLE import_run DROP COLUMN provisional")
    connection.execute("UPDATE import_run SET source = 'kwb_statline' WHERE source = 'kwb' AND label = 'nu'")
    connection.execute("UPDATE meta SET value = '2' WHERE key = 'schema_version'")
    connection.close()
    assert upgrade(tmp_path, CATALOGUE) is True
    store = versions.require(tmp_path)
    assert found(store) == found(fresh) != set()
    assert queries.editions(store).equals(queries.editions(fresh))


def test_it_shows_what_a_fresh_import_of_the_same_rows_shows(old, fresh):
    upgrade(old, CATALOGUE)
    store = versions.require(old)
    assert gegevens_links.table(store).equals(gegevens_links.table(fresh))
    assert found(store) == found(fresh) != set()
    assert queries.areas(store).equals(queries.areas(fresh))
    for indicator, period in (
        ("inwoners", 2016),
        ("inwoners", 2024),
        ("lbm3_score", 2016),
        ("lbm3_score", 2022),
        ("bijstand_1000", 2016),
    ):
        assert shown(store, indicator, period) == shown(fresh, indicator, period) != {}
    for code in queries.areas(fresh)["code"]:
        assert queries.of_area(store, code).equals(queries.of_area(fresh, code))
    assert queries.editions(store).equals(queries.editions(fresh)), "columns stand where an import writes them"


def test_an_import_after_it_is_like_any_other(old, fresh, tmp_path):
    upgrade(old, CATALOGUE)
    more = File(2024, AFTER, [(code, "bijstand_1000", 2024, 30) for code, *_ in AFTER], "meer")
    one, other = store_of(old, more), store_of(shutil.copytree(fresh.path.parent, tmp_path / "nieuw"), more)
    assert shown(one, "bijstand_1000", 2024) == shown(other, "bijstand_1000", 2024) == {code: 30 for code, *_ in AFTER}
    assert found(one) == found(other)


def test_a_figure_that_had_to_give_way_to_another_table_of_one_code_is_back(old):
    """Own figures of WK051802 hid those of the other table; now both stand there, and the one read last is shown."""
    hidden = rows(old / OLD_NAME, PUBLISHED.format("WHERE superseded"))
    assert (wijk(2), 1) in {(code, run_id) for _, period, code, _, _, run_id in hidden if period == 2016}
    upgrade(old, CATALOGUE)
    new = versions.files(old)[-1]
    assert {run_id for *_, run_id in rows(new, PUBLISHED.format("WHERE superseded"))} == {2}, (
        "only the edition that gave way"
    )
    assert shown(versions.require(old), "lbm3_score", 2016)[wijk(2)] == 9.0


def test_the_release_of_2022_is_put_in_its_own_division(old):
    upgrade(old, CATALOGUE)
    runs = queries.editions(versions.require(old)).set_index("label")
    assert runs.loc["leefbaarometer", ["division", "whole", "division_given"]].tolist() == [2022, False, True]
    assert runs.loc["eigen", ["division", "whole", "division_given"]].tolist() == [2016, False, False]
    assert runs.loc["toen", ["division", "whole", "division_given"]].tolist() == [2016, True, True]


def test_the_older_file_is_still_there_byte_for_byte(old):
    before = (old / OLD_NAME).read_bytes()
    upgrade(old, CATALOGUE)
    assert versions.files(old)[0].name == OLD_NAME
    assert len(versions.files(old)) == 2
    assert (old / OLD_NAME).read_bytes() == before
    assert list(old.glob(".nieuw-*")) == []


def test_a_second_time_it_does_nothing(old):
    upgrade(old, CATALOGUE)
    files = {path: path.read_bytes() for path in versions.files(old)}
    assert upgrade(old, CATALOGUE) is False
    assert {path: path.read_bytes() for path in versions.files(old)} == files


def test_who_goes_back_to_before_it_has_his_figures(old):
    upgrade(old, CATALOGUE)
    before = shown(versions.require(old), "lbm3_score", 2022)
    assert shown(go_back(old, CATALOGUE), "lbm3_score", 2022) == before


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:2_000]), id="cut"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(b"geen database" * 500), id="no database"),
        pytest.param(lambda path: changed(path, "DROP TABLE meta"), id="without a version"),
        pytest.param(lambda path: changed(path, "UPDATE meta SET value = '3'"), id="newer"),
        pytest.param(lambda path: changed(path, "UPDATE meta SET value = 'x'"), id="a version that is none"),
    ],
)
def test_a_file_that_is_damaged_or_newer_is_left_alone(old, damage):
    damage(old / OLD_NAME)
    before = (old / OLD_NAME).read_bytes()
    assert upgrade(old, CATALOGUE) is False
    assert [path.name for path in versions.files(old)] == [OLD_NAME]
    assert (old / OLD_NAME).read_bytes() == before


def changed(path, statement):
    connection = duckdb.connect(str(path))
    connection.execute(statement)
    connection.close()


def torn(path):
    """A piece turned over, as a bad disk does, where the version can still be read and the figures cannot."""
    whole = path.read_bytes()
    # The beginnings of DuckDB's blocks (256 kB, after three headers of 4 kB) first: that is where it is found soonest.
    starts = sorted(range(0, len(whole), 4_096), key=lambda start: ((start - 3 * 4_096) % 262_144 != 0, start))
    for start in starts:
        piece = bytes(255 - byte for byte in whole[start : start + 4_096])
        with path.open("r+b") as file:
            file.seek(start)
            file.write(piece)
        try:
            if rows(path, "SELECT value FROM meta") == [("1",)]:
                rows(path, "SELECT sum(value), sum(area_id) FROM observation")
        except duckdb.Error as error:
            if "meta" not in str(error) and can_be_opened(path):
                return
        path.write_bytes(whole)
    pytest.fail("no piece holds figures alone")


def can_be_opened(path):
    try:
        return rows(path, "SELECT value FROM meta") == [("1",)]
    except duckdb.Error:
        return False


@pytest.mark.parametrize(
    "damage", [torn, lambda path: changed(path, "DROP TABLE observation")], ids=["torn", "a table less"]
)
def test_a_file_of_version_1_whose_rows_are_broken_is_a_sentence_and_stays(old, damage):
    damage(old / OLD_NAME)
    before = (old / OLD_NAME).read_bytes()
    with pytest.raises(StoreError):
        upgrade(old, CATALOGUE)
    assert [path.name for path in versions.files(old)] == [OLD_NAME]
    assert (old / OLD_NAME).read_bytes() == before
    assert list(old.glob(".nieuw-*")) == []


def test_an_empty_folder_needs_nothing(tmp_path):
    assert upgrade(tmp_path, CATALOGUE) is False
    assert list(tmp_path.iterdir()) == []
