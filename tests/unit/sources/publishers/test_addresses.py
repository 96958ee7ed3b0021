"""The addresses of two years laid beside each other: which area became which, and what is kept for a year still to come."""

import pytest

from tests.links_examples import CATALOGUE, File, found, shown, store_of
from wijkdata import sources
from wijkdata.errors import InputError
from wijkdata.loading.figures import importer
from wijkdata.sources.publishers import addresses as reader
from wijkdata.sources.reading.base import Context
from wijkdata.store.monitor import versions

ONE, TWO, THREE, FOUR = (f"WK0518{number:02d}" for number in range(1, 5))


def read(folder, text, name, kept=None, beside=True):
    """Read a table; beside: with the other files of its folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    others = tuple(sorted(one for one in folder.iterdir() if one != path and one.is_file())) if beside else ()
    return sources.read(path, Context(CATALOGUE, other_files=others, kept=kept))


def addresses(year, *rows, header="PC6,Huisnummer,Buurt{0},Wijk{0},Gemeente{0}"):
    """The table of CBS: postcode, house number, and the numbers of buurt, wijk and gemeente without letters or zeros."""
    return "\n".join([header.format(year), *(",".join(map(str, row)) for row in rows), ""])


def street(postcode, buurt, tens, start=0):
    """So many tens of houses, from house number 10 * start + 1 on."""
    numbers = range(10 * start + 1, 10 * (start + tens) + 1)
    return [(postcode, number, buurt, int(str(buurt)[:-2]), int(str(buurt)[:-4])) for number in numbers]


OLD = addresses(2022, *street("2511AB", 5180100, 6), *street("2511AC", 5180200, 4))
NEW = addresses(
    2023, *street("2511AB", 5180300, 6), *street("2511AC", 5180300, 3), *street("2511AC", 5180401, 1, start=3)
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


# --- years that come in one by one ----------------------------------------------------------------------------------


def year_table(year):
    """Every address of 2511AB moves to the next wijk each year: from WK051801 in 2021 on."""
    return addresses(year, *street("2511AB", 5180000 + 100 * (year - 2020), 6))


def years(reading):
    return set(zip(reading.changes["year_from"], reading.changes["year_to"], strict=True))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param([2021, 2022, 2023], [set(), {(2021, 2022)}, {(2022, 2023)}], id="as the years go by"),
        pytest.param([2023, 2022, 2021], [set(), {(2022, 2023)}, {(2021, 2022)}], id="back in time"),
        pytest.param([2021, 2023, 2022], [set(), {(2021, 2023)}, {(2021, 2022), (2022, 2023)}], id="one in between"),
    ],
)
def test_a_year_that_comes_in_alone_finds_what_was_kept_of_the_others(tmp_path, order, expected):
    kept = tmp_path / "bewaard"
    found = [years(read(tmp_path, year_table(year), f"{year}.csv", kept, beside=False)) for year in order]
    assert found == expected


def test_of_the_first_year_it_is_said_that_another_is_needed(tmp_path):
    reading = read(tmp_path, year_table(2022), "2022.csv", tmp_path / "bewaard")
    assert reading.changes.empty
    assert "2021 of 2023" in reading.notes[0]


@pytest.mark.parametrize("harm", ["cut", "garbage", "gone"])
def test_what_was_kept_and_is_damaged_counts_as_not_kept(tmp_path, harm):
    kept = tmp_path / "bewaard"
    read(tmp_path, year_table(2021), "2021.csv", kept, beside=False)
    file = kept / "2021.parquet"
    whole = file.read_bytes()
    {"cut": lambda: file.write_bytes(whole[: len(whole) // 2]), "garbage": lambda: file.write_bytes(b"PAR1" + b"x" * 200),
     "gone": file.unlink}[harm]()  # fmt: skip
    reading = read(tmp_path, year_table(2022), "2022.csv", kept, beside=False)
    assert reading.changes.empty and "bewaard" in reading.notes[0]


def test_a_table_that_was_mended_takes_the_place_of_what_was_kept(tmp_path):
    kept = tmp_path / "bewaard"
    read(tmp_path, addresses(2021, *street("2511AB", 5189900, 6)), "2021.csv", kept, beside=False)
    read(tmp_path, year_table(2021), "2021.csv", kept, beside=False)
    assert set(shares(read(tmp_path, year_table(2022), "2022.csv", kept, beside=False))) == {
        (ONE, TWO),
        ("BU05180100", "BU05180200"),
    }


def test_tables_read_in_one_by_one_make_the_links_of_tables_read_in_together(tmp_path):
    then = File(2021, [(ONE, "Noord", None)], [(ONE, "lbm3_score", 2021, 4.0)])
    now = File(2023, [(THREE, "Noord", None)], table="nu")
    found_ = []
    # "map": the others stand in its folder and were read before.
    for where, calls in (
        ("samen", [[2021, 2022, 2023]]),
        ("los", [[2021], [2022], [2023]]),
        ("gat", [[2023], [2021], [2022]]),
        ("map", [[2021, 2023], [2022]]),
    ):
        store_of(tmp_path / where, then, now)
        for call in calls:
            paths = []
            for year in call:
                folder = tmp_path / (f"{where}-bestanden" if where == "map" else f"{where}-{call}")
                folder.mkdir(exist_ok=True)
                paths.append(folder / f"{year}.csv")
                paths[-1].write_text(year_table(year), encoding="utf-8")
            importer.import_files(paths, tmp_path / where, CATALOGUE)
        found_.append(found(versions.require(tmp_path / where)))
    assert found_ == [{(ONE, 2021, THREE, "B")}] * 4


@pytest.mark.parametrize(("houses", "told"), [(reader.FEW - 1, False), (reader.FEW, True)])
def test_an_area_of_a_few_addresses_is_left_to_other_evidence(tmp_path, houses, told):
    few = [("2511AD", number, 5180500, 51805, 518) for number in range(1, houses + 1)]
    moved = [(postcode, number, 5180600, 51806, 518) for postcode, number, *_ in few]
    reading = both(
        tmp_path, OLD + addresses(2022, *few).partition("\n")[2], NEW + addresses(2023, *moved).partition("\n")[2]
    )
    assert (("BU05180500", "BU05180600") in shares(reading)) is told
    assert WIJKEN.items() <= shares(reading).items()
