"""A zip is a folder: its parts are files of the call, with what holds no figures left aside and named."""

import tempfile
import zipfile
from pathlib import Path

import pytest
from bad_files import LBM3, OWN, encrypted_zip, zip_of

from wijkdata import catalogue
from wijkdata.errors import InputError
from wijkdata.loading.figures import importer, unpacking
from wijkdata.loading.figures.accounts import FileAccount, FileState, ImportRefusedError
from wijkdata.store.monitor import queries, versions

CATALOGUE = catalogue.load()
RASTER = "rasterid;jaar;lbm;afw\nE1;2020;4,2;0,1\n"


def import_bytes(folder: Path, **options: bool) -> dict[str, FileAccount]:
    """Import every file of a folder; the accounts by name."""
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    accounts = importer.import_files(paths, folder / "data", CATALOGUE, **options)
    return {account.file: account for account in accounts}


def put(folder: Path, files: dict[str, bytes | str]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_a_zip_with_tables_is_read_and_what_is_no_data_is_named(tmp_path):
    given = zip_of(
        {
            "cijfers/scores.csv": LBM3,
            "cijfers/2024/eigen.csv": OWN,
            "leesmij.txt": "Dit zijn de cijfers.",
            "uitleg.txt": "Zo leest u dit.",
            "toelichting.pdf": b"%PDF-1.7",
            "metadata.xml": "<metadata/>",
            "raster.csv": RASTER,
            "__MACOSX/._scores.csv": b"\x00\x05",
        }
    )
    accounts = import_bytes(put(tmp_path, {"open data.zip": given}))

    assert {name: account.state for name, account in accounts.items()} == {
        "open data.zip: cijfers/scores.csv": FileState.READ,
        "open data.zip: cijfers/2024/eigen.csv": FileState.READ,
        "open data.zip: leesmij.txt": FileState.ASIDE,
        "open data.zip: uitleg.txt": FileState.ASIDE,
        "open data.zip: toelichting.pdf": FileState.ASIDE,
        "open data.zip: metadata.xml": FileState.ASIDE,
        "open data.zip: raster.csv": FileState.ASIDE,
        "open data.zip: __MACOSX/_scores.csv": FileState.ASIDE,
    }
    assert accounts["open data.zip: raster.csv"].message.endswith("(per postcode of per raster).")
    assert set(queries.editions(versions.require(tmp_path / "data"))["file"]) == {
        "open data.zip: cijfers/scores.csv",
        "open data.zip: cijfers/2024/eigen.csv",
    }


def test_the_unpacked_file_is_known_and_the_other_way_round(tmp_path):
    import_bytes(put(tmp_path, {"a.zip": zip_of({"eigen.csv": OWN})}))
    (tmp_path / "a.zip").unlink()

    (account,) = import_bytes(put(tmp_path, {"eigen.csv": OWN})).values()
    again = import_bytes(put(tmp_path, {"b.zip": zip_of({"x/eigen.csv": OWN})}))

    assert (account.state, account.message) == (
        FileState.KNOWN,
        "Dit bestand was al ingelezen; er is niets veranderd.",
    )
    assert {name: one.state for name, one in again.items()} == {
        "b.zip: x/eigen.csv": FileState.KNOWN,
        "eigen.csv": FileState.TWIN,
    }


def test_a_zip_in_a_zip_is_read_one_level_deep(tmp_path):
    inner = zip_of({"eigen.csv": OWN})

    accounts = import_bytes(put(tmp_path, {"buiten.zip": zip_of({"map/binnen.zip": inner})}))

    assert [(name, account.observations) for name, account in accounts.items()] == [
        ("buiten.zip: map/binnen.zip: eigen.csv", 2)
    ]
    with pytest.raises(InputError, match=r"diep\.zip: buiten\.zip: binnen\.zip: dit is een zip in een zip in een zip"):
        importer.import_files(
            [put(tmp_path, {"diep.zip": zip_of({"buiten.zip": zip_of({"binnen.zip": inner})})}) / "diep.zip"],
            tmp_path / "data",
            CATALOGUE,
        )


def test_two_parts_with_one_safe_name_are_two_files(tmp_path):
    given = zip_of({"a/eigen?.csv": OWN, "a/eigen*.csv": LBM3})

    accounts = import_bytes(put(tmp_path, {"a.zip": given}))

    assert list(accounts) == ["a.zip: a/eigen-.csv", "a.zip: a/eigen- (2).csv"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (zip_of({"nul.csv": bytes(60_000_000)}), "x.zip: dit zip- of Excel-bestand wordt uitgepakt te groot (60 MB"),
        (zip_of({"../../weg.csv": OWN}), "x.zip: dit zip-bestand wil buiten zijn eigen map schrijven"),
        (encrypted_zip(), "x.zip: dit zip-bestand is beveiligd met een wachtwoord"),
        (zip_of({"a.pdf": b"%PDF-1.7"}), "x.zip: in dit zip-bestand zit geen tabel en geen kaart: alleen a.pdf"),
        (zip_of({}), "x.zip: in dit zip-bestand zit geen tabel en geen kaart: het is leeg"),
        (zip_of({"fout.csv": OWN.replace("61,5", "veel")}), "x.zip: fout.csv, rij 2, kolom waarde: dit is geen getal"),
        (zip_of({"b.zip": zip_of({"nul.csv": bytes(60_000_000)})}), "x.zip: b.zip: dit zip- of Excel-bestand wordt"),
        (zip_of({"pagina.csv": "<html><body>404</body></html>"}), "x.zip: pagina.csv: dit is een webpagina (HTML)"),
    ],
    ids=["bomb", "path outside", "password", "only a report", "empty", "wrong value", "bomb in a zip", "page as csv"],
)
def test_a_wrong_zip_is_a_sentence_with_its_name_and_writes_nothing(content, sentence, tmp_path, monkeypatch):
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))

    with pytest.raises(ImportRefusedError) as refused:
        import_bytes(put(tmp_path, {"goed.csv": LBM3, "x.zip": content}))

    assert [problem.sentence().startswith(sentence) for problem in refused.value.problems] == [True]
    assert {account.file.split(":")[0]: account.state for account in refused.value.accounts} == {
        "goed.csv": FileState.READY,
        "x.zip": FileState.REFUSED,
    }
    assert versions.current(tmp_path / "data") is None
    assert list((tmp_path / "temp").iterdir()) == [], "what was unpacked is gone"


def test_a_report_alone_is_refused_and_beside_a_table_left_aside(tmp_path):
    with pytest.raises(InputError, match=r"rapport\.pdf: dit is een PDF"):
        import_bytes(put(tmp_path, {"rapport.pdf": b"%PDF-1.7"}))

    accounts = import_bytes(put(tmp_path, {"eigen.csv": OWN}))

    assert accounts["rapport.pdf"].message == "Opzij gelaten: dit is een document, zonder cijfers om in te lezen."
    assert accounts["eigen.csv"].state is FileState.READ


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Toelichting.PDF", "een document"),
        ("wijken.shp.xml", "een beschrijving"),
        ("_BRON.txt", "een toelichting"),
        ("map/README", "een toelichting"),
        ("~$cijfers.xlsx", "een bestand van het besturingssysteem"),
        ("cijfers.csv", ""),
        ("cijfers.txt", ""),
        ("wijken.gpkg", ""),
    ],
)
def test_what_is_left_aside_by_its_name(name, kind):
    assert unpacking.is_aside(name) == kind


def test_shapefiles_beside_tables_in_one_zip_are_read_layer_by_layer(tmp_path, shared):
    parts: dict[str, bytes | str] = {"cijfers.csv": OWN}
    for name in ("buurt2017", "wijk2017"):
        parts |= unzipped(shared / "cbs-wijkbuurt2017-groningen-zwaz" / f"{name}.zip")
    folder = put(tmp_path, {"kaart.zip": zip_of({f"2017/{name}": data for name, data in parts.items()})})

    accounts = import_bytes(folder)

    assert {account.state for account in accounts.values()} == {FileState.READ, FileState.COMPANION}
    runs = queries.editions(versions.require(tmp_path / "data"))
    assert dict(zip(runs["file"], runs["boundaries"], strict=True)) == {
        "kaart.zip: 2017/cijfers.csv": 0,
        "kaart.zip: 2017/buurt2017.shp": 108,
        "kaart.zip: 2017/wijk2017.shp": 15,
    }


def test_a_zip_that_a_reader_takes_whole_stays_one_file(tmp_path, shared):
    name = "wijk2017.zip"
    given = (shared / "cbs-wijkbuurt2017-groningen-zwaz" / name).read_bytes()

    assert list(import_bytes(put(tmp_path, {name: given}))) == [name]


def unzipped(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {Path(name).name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def test_a_zipped_real_table_gives_the_figures_of_the_table(tmp_path, shared):
    """WK001400 Groningen Binnenstad, 2022, as published, through a zip with its licence."""
    source = shared / "lbm3-wijken-2002-2022"
    given = zip_of({path.name: path.read_bytes() for path in sorted(source.iterdir())})

    accounts = import_bytes(put(tmp_path, {"open-data-leefbaarometer.zip": given}))

    assert [(name.split(": ")[1], account.rows_read) for name, account in accounts.items() if account.run_id] == [
        ("Leefbaarometer-scores wijken 2002-2022.csv", 26_366)
    ]
