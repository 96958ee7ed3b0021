"""Tables that say which area became which: pairs with shares, and the addresses of two years compared."""

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


# --- addresses ------------------------------------------------------------------------------------------------------


def addresses(year, *rows, header="PC6,Huisnummer,Buurt{0},Wijk{0},Gemeente{0}"):
    """The table of CBS: postcode, house number, and the numbers of buurt, wijk and gemeente without letters or zeros."""
    return "\n".join([header.format(year), *(",".join(map(str, row)) for row in rows), ""])


def street(postcode, buurt, n, start=1):
    return [(postcode, start + number, buurt, int(str(buurt)[:-2]), int(str(buurt)[:-4])) for number in range(n)]


OLD = addresses(2022, *street("2511AB", 5180100, 6), *street("2511AC", 5180200, 4))
NEW = addresses(
    2023, *street("2511AB", 5180300, 6), *street("2511AC", 5180300, 3), *street("2511AC", 5180401, 1, start=4)
)


IN_FULL = addresses(
    2022,
    *[
        (postcode, number, f"BU{buurt:08d}", f"WK{wijk:06d}", f"GM0{gemeente}")
        for postcode, number, buurt, wijk, gemeente in (*street("2511AB", 5180100, 6), *street("2511AC", 5180200, 4))
    ],
)


def both(folder, old=OLD, new=NEW, name="pc6hnr2023.csv"):
    (folder / "pc6hnr2022.csv").write_text(old, encoding="utf-8")
    (folder / "pc6hnr2023.csv").write_text(new, encoding="utf-8")
    path = folder / name
    return sources.read(
        path, Context(CATALOGUE, other_files=tuple(sorted(one for one in folder.iterdir() if one != path)))
    )


def shares(reading):
    return {
        (row.code_from, row.code_to): (pytest.approx(row.share_from), pytest.approx(row.share_to))
        for row in reading.changes.itertuples()
    }


WIJKEN = {(ONE, THREE): (1.0, 6 / 9), (TWO, THREE): (0.75, 3 / 9), (TWO, FOUR): (0.25, 1.0)}
BUURTEN = {
    ("BU05180100", "BU05180300"): (1.0, 6 / 9),
    ("BU05180200", "BU05180300"): (0.75, 3 / 9),
    ("BU05180200", "BU05180401"): (0.25, 1.0),
}


def test_two_years_of_addresses_are_counted_per_pair_with_the_lost_zeros_back(tmp_path):
    reading = both(tmp_path)
    assert shares(reading) == WIJKEN | BUURTEN
    assert set(reading.changes["year_from"]) == {2022} and set(reading.changes["year_to"]) == {2023}
    assert reading.edition.division == 2023


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(OLD.replace(",", ";"), NEW, id="semicolons"),
        pytest.param(OLD.replace("2511AB", "2511 ab"), NEW, id="postcodes written otherwise"),
        pytest.param(IN_FULL, NEW, id="codes in full"),
        pytest.param(OLD + "2511AB,1,5180100,51801,518\n", NEW, id="an address twice"),
        pytest.param(OLD + "2599ZZ,1,5180100,51801,518\n", NEW, id="an address that is gone"),
        pytest.param(OLD, NEW + "2599ZZ,1,5180300,51803,518\n", id="a new address"),
        pytest.param(
            OLD + "onbekend,1,5180200,51802,518\n", NEW + "geen,1,5180401,51804,518\n", id="what is no postcode is no address"
        ),
        pytest.param(OLD + ",1,5180200,51802,518\n", NEW + ",1,5180401,51804,518\n", id="without a postcode"),
        pytest.param(
            OLD + "2511AC,,5180200,51802,518\n", NEW + "2511AC,,5180401,51804,518\n", id="without a house number"
        ),
    ],
)  # fmt: skip
def test_what_makes_no_difference_to_the_count(tmp_path, old, new):
    assert shares(both(tmp_path, old, new)) == WIJKEN | BUURTEN


def test_letters_in_codes_stay(tmp_path):
    new = addresses(2023, *[(a, b, "0363AA01", "0363AA", 363) for a, b, *_ in street("2511AB", 5180100, 6)])
    assert shares(both(tmp_path, new=new)) == {(ONE, "WK0363AA"): (1.0, 1.0), ("BU05180100", "BU0363AA01"): (1.0, 1.0)}


def test_without_a_column_of_wijken_they_are_told_from_the_buurten(tmp_path):
    parts = [text.replace(f",Wijk{year}", "").splitlines() for text, year in ((OLD, 2022), (NEW, 2023))]
    old, new = (
        "\n".join([rows[0], *(",".join(row.split(",")[:3] + row.split(",")[4:]) for row in rows[1:]), ""])
        for rows in parts
    )
    assert shares(both(tmp_path, old, new)) == WIJKEN | BUURTEN


def test_one_year_alone_is_refused_and_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match=r"2022.*lees twee jaren samen in"):
        read(tmp_path, OLD, "pc6hnr2022.csv")


def test_the_older_of_two_is_used_with_the_younger(tmp_path):
    reading = both(tmp_path, name="pc6hnr2022.csv")
    assert reading.changes.empty
    assert any("2023" in note for note in reading.notes)


@pytest.mark.parametrize("order", [1, -1], ids=["the older first", "the younger first"])
def test_the_order_of_the_files_makes_no_difference(tmp_path, order):
    figures = [(ONE, "inwoners", 2022, 60), (TWO, "inwoners", 2022, 40)]
    new = addresses(2023, *street("2511AB", 5180300, 6), *street("2511AC", 5180300, 4))
    for name, text in (("pc6hnr2022.csv", OLD), ("pc6hnr2023.csv", new)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    data = tmp_path / "gegevens"
    store_of(
        data,
        File(2022, [(ONE, "Noord", None), (TWO, "Zuid", None)], figures),
        File(2023, [(THREE, "Samen", None)], table="nu"),
    )
    importer.import_files([tmp_path / name for name in ["pc6hnr2022.csv", "pc6hnr2023.csv"][::order]], data, CATALOGUE)
    store = versions.require(data)
    assert {(code, to, klass) for code, _, to, klass in found(store)} == {(ONE, THREE, "C"), (TWO, THREE, "C")}
    assert shown(store, "inwoners", 2022) == {THREE: 100.0}


def test_of_three_years_each_goes_with_the_one_before_it(tmp_path):
    (tmp_path / "pc6hnr2021.csv").write_text(addresses(2021, *street("2511AB", 5180900, 6)), encoding="utf-8")
    assert set(both(tmp_path).changes["year_from"]) == {2022}
    assert set(both(tmp_path, name="pc6hnr2022.csv").changes["year_from"]) == {2021}
