"""Files through the browser and odd sets of files: names made safe, companions found, twins counted once, the example out."""

import tempfile
import threading
from pathlib import Path

import pytest
from bad_files import LBM3, OWN

from wijkdata import catalogue
from wijkdata.areas import is_fictional
from wijkdata.errors import InputError, NotFoundError
from wijkdata.loading.figures import importer, own_template, uploads
from wijkdata.loading.figures.accounts import FileAccount
from wijkdata.store.monitor import coverage, queries, versions
from wijkdata.views.shared import tables

REAL_OWN = "gebied_code;indicator;periode;waarde\nWK036300;vertrouwen;2014;61,5\nWK036301;vertrouwen;2014;58\n"


def import_texts(directory: Path, **files: str) -> list[FileAccount]:
    """name (without .csv) -> text."""
    given = [(f"{name}.csv", text.encode()) for name, text in files.items()]
    return uploads.import_uploads(given, directory, catalogue.load())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("cijfers 2024.csv", "cijfers 2024.csv"),
        ("Thema's - 2015 - Buurten.xlsx", "Thema's - 2015 - Buurten.xlsx"),
        ("été (kopie).CSV", "été (kopie).CSV"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jan\\wijken.shp", "wijken.shp"),
        ("..", "bestand"),
        ("", "bestand"),
        (".htaccess", "htaccess"),
        ("CON.csv", "bestand-CON.csv"),
        ("nul", "bestand-nul"),
        ("a\nb\x00.csv", "a-b-.csv"),
        ('<b>"x"</b>.csv', "b-.csv"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_a_name_is_made_safe(given, kept):
    assert uploads.safe_name(given) == kept


def test_pairs_stay_pairs():
    assert uploads.safe_name("wijk*2017.shp").removesuffix(".shp") == uploads.safe_name("wijk*2017.dbf").removesuffix(
        ".dbf"
    )


def test_uploads_are_gone_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()

    (account,) = import_texts(tmp_path / "data", own=OWN)
    with pytest.raises(InputError):
        import_texts(tmp_path / "data", wrong="dit;is\nniets;bekends\n")

    assert (account.file, account.observations, account.rejected, account.unchanged) == ("own.csv", 2, 0, False)
    assert list((tmp_path / "temp").iterdir()) == []


def test_two_uploads_with_one_name_are_both_read(tmp_path):
    given = [("own.csv", OWN.encode()), ("OWN.csv", LBM3.encode())]

    accounts = uploads.import_uploads(given, tmp_path, catalogue.load())

    assert [(account.file, account.source) for account in accounts] == [("own.csv", "eigen"), ("OWN (2).csv", "lbm3")]


def test_the_same_content_twice_counts_once(tmp_path):
    first, second = import_texts(tmp_path, one=OWN, two=OWN)

    assert (first.unchanged, second.unchanged, first.run_id) == (False, True, second.run_id)
    assert second.message == "Dit bestand is gelijk aan one.csv; het telt één keer."
    assert len(queries.editions(versions.require(tmp_path))) == 1


def test_the_same_file_from_two_people_at_once_counts_once(tmp_path):
    import_texts(tmp_path, first=LBM3)
    barrier, accounts = threading.Barrier(2), []

    def read() -> None:
        accounts.extend(
            uploads.import_uploads(
                [("own.csv", OWN.encode())],
                tmp_path,
                catalogue.load(),
                lambda step: barrier.wait(20) if step.sentence.startswith("Opslaan") else None,
            )
        )

    people = [threading.Thread(target=read) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join(60)

    assert [account.observations for account in accounts] == [2, 2]
    assert sorted(queries.editions(versions.require(tmp_path))["file"]) == ["first.csv", "own.csv"]


def test_one_wrong_file_stops_all_and_every_problem_is_named(tmp_path):
    with pytest.raises(InputError) as refused:
        import_texts(tmp_path, good=OWN, wrong=OWN.replace("61,5", "veel").replace("2014;58", "toen;58"), odd="x")

    assert [problem.file for problem in refused.value.problems] == ["wrong.csv", "wrong.csv", "odd.csv"]
    assert versions.current(tmp_path) is None


def test_companions_come_along(tmp_path, shared):
    table = shared / "kwb2020-84799NED-v3"
    given = [(path.name, path.read_bytes()) for path in sorted(table.glob("cbs.v3.*"))]

    accounts = {account.file: account for account in uploads.import_uploads(given, tmp_path, catalogue.load())}

    assert accounts["cbs.v3.84799NED_TypedDataSet.parquet"].observations == 190_751
    assert accounts["cbs.v3.84799NED_Metadata.json"].message == "Hoort bij een ander bestand en is daarbij gebruikt."
    assert accounts["cbs.v3.84799NED_Metadata.json"].run_id is None


def test_a_companion_alone_says_what_is_missing(tmp_path, shared):
    path = shared / "kwb2020-84799NED-v3" / "cbs.v3.84799NED_Metadata.json"

    with pytest.raises(InputError, match="beschrijft een tabel van het CBS en bevat zelf geen cijfers"):
        uploads.import_uploads([(path.name, path.read_bytes())], tmp_path, catalogue.load())


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_template_is_read_as_it_is_and_is_fictional(tmp_path, suffix):
    frame = own_template.rows()
    content = tables.csv_bytes(frame, for_excel=True) if suffix == "csv" else tables.xlsx_bytes(frame, "sjabloon")

    (account,) = uploads.import_uploads([(f"sjabloon.{suffix}", content)], tmp_path, catalogue.load())

    assert (account.rows_read, account.rows_kept, account.observations, account.rejected) == (2, 2, 2, 0)
    assert all(is_fictional(code) for code in frame["gebied_code"])
    assert set(frame["gebied_naam"]) == {own_template.MARK} and "FICTIEF" in own_template.MARK


def test_taking_the_example_out_leaves_the_rest_as_it_was(tmp_path):
    import_texts(tmp_path, real=REAL_OWN)
    before = coverage.coverage_with_reasons(versions.require(tmp_path)).drop(columns="run_id")
    import_texts(tmp_path, invented=OWN, scores=LBM3)
    assert list(coverage.runs(versions.require(tmp_path))["fictional"]) == [True, True, False]

    after = importer.remove_example(tmp_path)

    assert list(queries.editions(after)["file"]) == ["real.csv"]
    assert list(queries.areas(after)["code"]) == ["WK036300", "WK036301"]
    assert coverage.coverage_with_reasons(after).drop(columns="run_id").equals(before)


def test_a_damaged_file_is_set_aside_and_the_one_before_is_current(tmp_path):
    import_texts(tmp_path, real=REAL_OWN)
    good = versions.require(tmp_path)
    import_texts(tmp_path, scores=LBM3)
    damaged = versions.require(tmp_path)

    aside = versions.set_aside(tmp_path, damaged.stamp)

    assert aside.name == f"opzij-{damaged.path.name}" and aside.exists()
    assert versions.require(tmp_path) == good
    with pytest.raises(NotFoundError):
        versions.set_aside(tmp_path, damaged.stamp)
