"""Tables that say which area became which: pairs with shares."""

import pytest

from tests.links_examples import BOTH, CATALOGUE, FAR, LEFT, RIGHT, File, found, shown, store_of
from wijkdata import sources
from wijkdata.errors import InputError
from wijkdata.loading.figures import importer
from wijkdata.questions.gegevens import links as gegevens_links
from wijkdata.sources.reading.base import Context
from wijkdata.store.monitor import versions

HEADER = "code_from,year_from,code_to,year_to,share_from,share_to"
ONE, TWO, THREE, FOUR, FIVE = (f"WK0518{number:02d}" for number in range(1, 6))


def pairs(*rows, header=HEADER):
    return "\n".join([header, *rows, ""])


def read(folder, text, name="wijzigingen.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return sources.read(
        path, Context(CATALOGUE, other_files=tuple(sorted(one for one in folder.iterdir() if one != path)))
    )


# --- pairs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(pairs(f"{ONE},2016,{TWO},2024,1,1"), [(ONE, 2016, TWO, 2024, 1, 1)], id="one to one"),
        pytest.param(
            pairs(f"{ONE},2016,{TWO},2024,0.4,1", f"{ONE},2016,{THREE},2024,0.6,0.9"),
            [(ONE, 2016, TWO, 2024, 0.4, 1), (ONE, 2016, THREE, 2024, 0.6, 0.9)],
            id="split",
        ),
        pytest.param(
            pairs(f"{ONE};2016;{TWO};2024;0,25;1", header=HEADER.replace(",", ";")), [(ONE, 2016, TWO, 2024, 0.25, 1)],
            id="semicolons and decimal commas",
        ),
        pytest.param(pairs("WK0363AA,2022,WK0363AB,2024,1,1"), [("WK0363AA", 2022, "WK0363AB", 2024, 1, 1)], id="letters"),
        pytest.param(pairs("wk051801 ,2016, wk051802,2024,1,1"), [(ONE, 2016, TWO, 2024, 1, 1)], id="small letters and blanks"),
        pytest.param(pairs(f"2016{ONE},2016,2024{TWO},2024,1,1"), [(ONE, 2016, TWO, 2024, 1, 1)], id="a year before the code"),
        pytest.param(pairs("BU00030000,2016,BU00030001,2024,1,1"), [("BU00030000", 2016, "BU00030001", 2024, 1, 1)], id="zeros"),
        pytest.param(
            pairs(f"{ONE},2016,{TWO},2024,0.3334,1", f"{ONE},2016,{THREE},2024,0.3334,1", f"{ONE},2016,{FOUR},2024,0.3334,1"),
            [(ONE, 2016, code, 2024, 0.3334, 1) for code in (TWO, THREE, FOUR)],
            id="rounded parts of a little more than 1",
        ),
        pytest.param(
            pairs(f"{ONE},2016,{TWO},2020,1,1", f"{ONE},2016,{THREE},2024,1,1"),
            [(ONE, 2016, TWO, 2020, 1, 1), (ONE, 2016, THREE, 2024, 1, 1)],
            id="to two years",
        ),
        pytest.param(
            pairs(f"{ONE},2016,{TWO},2024,1,1,toelichting", header=HEADER + ",opmerking"), [(ONE, 2016, TWO, 2024, 1, 1)], id="more"
        ),
        pytest.param(pairs(f"{ONE},2016,{TWO},2024,1,1", header=HEADER.upper()), [(ONE, 2016, TWO, 2024, 1, 1)], id="capitals"),
    ],
)  # fmt: skip
def test_the_pairs_are_read_as_they_stand(tmp_path, text, expected):
    reading = read(tmp_path, text)
    assert [tuple(row) for row in reading.changes.itertuples(index=False)] == expected
    assert (reading.rows_read, reading.rows_kept) == (len(expected), len(expected))
    assert reading.observations.empty and reading.areas.empty


def test_a_row_without_shares_says_nothing_and_is_counted(tmp_path):
    reading = read(tmp_path, pairs(f"{ONE},2016,{TWO},2024,1,1", f"{THREE},2016,,2024,,", f"{FOUR},2016,{FOUR},2024,,"))
    assert reading.changes["code_from"].tolist() == [ONE]
    assert "2 rijen zonder delen overgeslagen." in reading.notes


@pytest.mark.parametrize(
    ("row", "word", "column"),
    [
        pytest.param("WIJK 1,2016,WK051802,2024,1,1", "geen gebiedscode", "code_from", id="no code"),
        pytest.param("51801,2016,WK051802,2024,1,1", "geen gebiedscode", "code_from", id="lost zeros and letters"),
        pytest.param("WK051801,2016,,2024,1,1", "geen gebiedscode", "code_to", id="no code to"),
        pytest.param("WK051801,2016,WK051802,2024,1.01,1", "tussen 0 en 1", "share_from", id="share over 1"),
        pytest.param("WK051801,2016,WK051802,2024,35,1", "tussen 0 en 1", "share_from", id="a percentage"),
        pytest.param("WK051801,2016,WK051802,2024,1,-0.1", "tussen 0 en 1", "share_to", id="share under 0"),
        pytest.param("WK051801,2016,WK051802,2024,half,1", "tussen 0 en 1", "share_from", id="a word"),
        pytest.param("WK051801,2016,WK051802,2024,1,", "tussen 0 en 1", "share_to", id="one share only"),
        pytest.param("WK051801,oud,WK051802,2024,1,1", "geen jaar", "year_from", id="no year"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_with_its_column(tmp_path, row, word, column):
    with pytest.raises(InputError) as refused:
        read(tmp_path, pairs(f"{THREE},2016,{FOUR},2024,1,1", row))
    (problem,) = refused.value.problems
    assert word in str(refused.value)
    assert (problem.row, problem.column) == (3, column)


def test_one_area_whose_parts_are_more_than_itself_is_named_once(tmp_path):
    with pytest.raises(InputError, match=f"de delen van {ONE} zijn samen meer dan 1") as refused:
        read(
            tmp_path,
            pairs(f"{ONE},2016,{TWO},2024,0.7,1", f"{ONE},2016,{THREE},2024,0.7,1", f"{FOUR},2016,{FIVE},2024,1,1"),
        )
    assert len(refused.value.problems) == 1


# --- what they do ---------------------------------------------------------------------------------------------------

THEN = File(
    2016, [(ONE, "Noord", None), (TWO, "Zuid", None)], [(ONE, "lbm3_score", 2016, 4.0), (TWO, "lbm3_score", 2016, 5.0)]
)
NOW = File(2024, [(THREE, "Boven", None), (FOUR, "Onder", None)], table="nu")


def imported(folder, text, name="wijzigingen.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    importer.import_files([path], folder, CATALOGUE)
    return versions.require(folder)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([(ONE, THREE, 1, 1), (TWO, FOUR, 1, 1)], {(ONE, THREE, "B"), (TWO, FOUR, "B")}, id="recoded"),
        pytest.param([(ONE, THREE, 0.99, 0.995)], {(ONE, THREE, "B")}, id="all but a few addresses"),
        pytest.param([(ONE, THREE, 0.5, 1), (ONE, FOUR, 0.5, 1)], {(ONE, THREE, "D"), (ONE, FOUR, "D")}, id="split"),
        pytest.param([(ONE, THREE, 1, 0.6), (TWO, THREE, 1, 0.4)], {(ONE, THREE, "C"), (TWO, THREE, "C")}, id="two wholes"),
        pytest.param([(ONE, THREE, 1, 0.6), (TWO, THREE, 0.5, 0.4)], {(ONE, THREE, "D"), (TWO, THREE, "D")}, id="a whole and a part"),
    ],
)  # fmt: skip
def test_a_table_makes_the_links(tmp_path, rows, expected):
    store_of(tmp_path, THEN, NOW)
    store = imported(tmp_path, pairs(*(f"{a},2016,{b},2024,{c},{d}" for a, b, c, d in rows)))
    named = {code for code, *_ in expected}
    assert {(code, to, klass) for code, _, to, klass in found(store) if code in named} == expected
    values = shown(store, "lbm3_score", 2016)
    assert {to: values[to] for _, to, klass in expected if klass == "B"} == {
        to: {ONE: 4.0, TWO: 5.0}[code] for code, to, klass in expected if klass == "B"
    }


def test_a_table_that_is_read_in_again_takes_the_place_of_the_first(tmp_path):
    """It was wrong: Noord is Onder and not Boven."""
    store_of(tmp_path, THEN, NOW)
    imported(tmp_path, pairs(f"{ONE},2016,{THREE},2024,1,1"))
    store = imported(tmp_path, pairs(f"{ONE},2016,{FOUR},2024,1,1"), "beter.csv")
    assert {(code, to, klass) for code, _, to, klass in found(store) if code == ONE} == {(ONE, FOUR, "B")}
    assert {code: value for code, value in shown(store, "lbm3_score", 2016).items() if value == 4.0} == {FOUR: 4.0}


def test_a_table_with_a_row_more_does_not_count_its_pairs_twice(tmp_path):
    store_of(tmp_path, THEN, NOW)
    imported(tmp_path, pairs(f"{ONE},2016,{THREE},2024,0.5,1", f"{ONE},2016,{FOUR},2024,0.5,0.5"))
    store = imported(
        tmp_path,
        pairs(f"{ONE},2016,{THREE},2024,0.5,1", f"{ONE},2016,{FOUR},2024,0.5,0.5", f"{TWO},2016,{FOUR},2024,1,0.5"),
        "meer.csv",
    )
    cursor = store.cursor()
    assert cursor.execute(
        "SELECT count(*) FROM (SELECT area_id, division, to_id FROM link GROUP BY ALL HAVING count(*) > 1)"
    ).fetchall() == [(0,)]


CHAIN_2016 = File(2022, [(ONE, "Noord", None)], [(ONE, "lbm3_score", 2022, 4.0)])
CHAIN_NOW = File(2024, [(THREE, "Boven", None), (FOUR, "Onder", None)], table="nu")
YEARLY = [
    File(2023, changes=[(ONE, 2022, TWO, 2023, 1.0, 1.0)], table="w1"),
    File(2024, changes=[(TWO, 2023, FOUR, 2024, 1.0, 1.0)], table="w2"),
]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param([File(2023, [(TWO, "Midden", None)], table="tussen")], id="the year between was read in"),
        pytest.param([], id="of the year between there are only the tables"),
    ],
)
@pytest.mark.parametrize("order", [1, -1], ids=["the older table first", "the younger first"])
def test_two_yearly_tables_lead_on_to_the_areas_of_now(tmp_path, between, order):
    store = store_of(tmp_path, CHAIN_2016, CHAIN_NOW, *between, *YEARLY[::order])
    assert (ONE, 2022, FOUR, "B") in found(store)
    assert shown(store, "lbm3_score", 2022)[FOUR] == 4.0


# --- the export reads back in ---------------------------------------------------------------------------------------

DRAWN = [
    File(2016, [(ONE, "West", LEFT), (TWO, "Oost", RIGHT), (FOUR, "Ver", FAR), (FIVE, "Wijk 05", None)], [(FOUR, "lbm3_score", 2016, 4.0)]),
    # Drawn in less detail eight years later: .95 of both together.
    File(2024, [(THREE, "Samen", BOTH), (FOUR, "Ver", (6, 0, 8, 2.1)), (FIVE, "Anders", None)], table="nu"),
]  # fmt: skip


def test_of_an_export_of_links_only_what_a_table_said_is_taken_over_and_the_rest_is_counted(tmp_path):
    table = gegevens_links.table(store_of(tmp_path / "eerst", *DRAWN))
    assert set(table["evidence"]) & {"grens"} and len(table) >= 3
    given = table.assign(evidence=["tabel", *table["evidence"].iloc[1:]], share_from=0.6, share_to=0.4)
    reading = read(tmp_path, given.to_csv(index=False))
    assert reading.changes["code_from"].tolist() == given["code_from"].tolist()[:1]
    assert reading.changes["share_to"].tolist() == [0.4]
    assert reading.rows_read == len(table)
    assert reading.notes == (f"{len(table) - 1} rijen overgeslagen: die koppelingen maakt wijkdata zelf.",)


def test_reading_the_export_back_in_loses_no_link_and_no_figure(tmp_path):
    store = store_of(tmp_path, *DRAWN)
    before, figures = found(store), shown(store, "lbm3_score", 2016)
    assert (FOUR, 2016, FOUR, "A") in before and figures[FOUR] == 4.0
    store = imported(tmp_path, gegevens_links.table(store).to_csv(index=False))
    assert shown(store, "lbm3_score", 2016) == figures
    assert found(store) == before
