"""Published figures from the real files to what a page or an export shows: each file is read here on its own, as text."""

import csv
import io

import openpyxl
import pyarrow.parquet as pq
import pytest

from wijkdata import __main__ as command_line
from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.loading import importer
from wijkdata.questions import data as data_questions
from wijkdata.questions import profile, profile_area
from wijkdata.store import monitor

CATALOGUE = catalogue.load()
LBM3 = "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv"
KWB = "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet"
SES = "ses-woa-amsterdam-2019/SES_WOA_scores_per_wijk_en_buurt_25042023_160857.csv"
RIVM = "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv"


@pytest.fixture(scope="module")
def folder(shared, tmp_path_factory):
    """A data directory with the four files."""
    data = tmp_path_factory.mktemp("echt")
    importer.import_files([shared / name for name in (LBM3, KWB, SES, RIVM)], data, CATALOGUE)
    return data


@pytest.fixture(scope="module")
def store(folder):
    return monitor.current(folder)


def lines_of(path, delimiter=","):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


@pytest.mark.parametrize(("indicator", "column"), [("lbm3_score", "lbm"), ("lbm3_afw", "afw")])
def test_all_scores_of_the_leefbaarometer_are_exported_as_published(indicator, column, folder, shared, capsysbinary):
    """Every row, and the very same double. The text may be shorter: `7.2e-4` is written 0.00072, and of 17 published
    digits the last is left out where 16 read back to the same double."""
    assert command_line.main(["--data-dir", str(folder), "export", indicator, "--level", "wijk"]) == 0
    exported = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode("utf-8"))))

    shown = {(row["gebied_code"], row["periode"]): row["waarde"] for row in exported}
    published = {(row["wk_code"], row["jaar"]): row[column] for row in lines_of(shared / LBM3)}

    assert len(published) == len(exported) == 26_366
    assert shown.keys() == published.keys()
    assert [key for key, text in published.items() if float(shown[key]) != float(text)] == []
    same_text = sum(shown[key] == text for key, text in published.items())
    assert same_text / len(published) > 0.99


def test_the_workbook_holds_the_same_figures(folder, store, tmp_path):
    target = tmp_path / "ses.xlsx"
    arguments = ["--data-dir", str(folder), "export", "ses_woa", "--format", "xlsx", "-o", str(target)]
    assert command_line.main(arguments) == 0
    rows = list(openpyxl.load_workbook(target).active.iter_rows(min_row=2, values_only=True))
    frame = data_questions.export(store, CATALOGUE, "ses_woa")
    assert [row[3] for row in rows] == [None if value != value else value for value in frame["waarde"]]
    assert all((row[3] is None) == (row[4] is not None) for row in rows), (
        "a reason where there is no figure, and only there"
    )


def test_ses_woa_as_published_and_a_point_is_missing_with_a_reason(store, shared):
    column = "SES-WOA/Totaalscore/Gemiddelde score (Getal)"
    published = {
        row["Regiocode (gemeente, wijk, buurt) (code)"].strip(): row[column].strip()
        for row in lines_of(shared / SES, ";")
    }
    frame = data_questions.export(store, CATALOGUE, "ses_woa").set_index("gebied_code")
    assert published["GM0363"] == "-0.100" and frame.loc["GM0363", "waarde"] == -0.1
    points = {code for code, text in published.items() if text == "."}
    assert points
    assert set(frame.index[frame["waarde"].isna()]) == points & set(frame.index)
    assert frame.loc[sorted(points & set(frame.index)), "reden_ontbreekt"].notna().all()
    figures = {code: float(text) for code, text in published.items() if text != "."}
    assert frame["waarde"].dropna().to_dict() == figures


def test_the_inhabitants_of_every_wijk_and_buurt_as_the_cbs_counts_them(store, shared):
    table = pq.read_table(shared / KWB).to_pydict()
    counts = next(values for name, values in table.items() if name.startswith("AantalInwoners_"))
    published = dict(zip((code.strip() for code in table["WijkenEnBuurten"]), counts, strict=True))
    for level, prefix in ((Level.WIJK, "WK"), (Level.BUURT, "BU")):
        frame = data_questions.export(store, CATALOGUE, "inwoners", level)
        frame = frame[frame["periode"] == 2020].set_index("gebied_code")["waarde"]
        expected = {code: n for code, n in published.items() if code.startswith(prefix)}
        assert frame.dropna().to_dict() == {code: float(n) for code, n in expected.items() if n is not None}
        assert set(frame.index[frame.isna()]) == {code for code, n in expected.items() if n is None}


# What stands in the file, read by eye: file, area, indicator, year, the cells, how the page's figure follows from them.
@pytest.mark.parametrize(
    ("code", "indicator", "year", "source", "cells", "figure"),
    [
        ("WK059908", "lbm3_soc", 2022, LBM3, {"soc"}, lambda soc: soc),
        ("WK036300", "lbm3_vrz", 2022, LBM3, {"vrz"}, lambda vrz: vrz),
        ("WK059908", "ernstig_eenzaam", 2016, RIVM, {"% ernstig eenzaam*"}, lambda cell: cell),
        ("WK036300", "gezondheid", 2016, RIVM, {"% met goede ervaren gezondheid*"}, lambda cell: cell),
        ("WK036300", "ses_woa", 2019, SES, {"SES-WOA/Totaalscore/Gemiddelde score (Getal)"}, lambda cell: cell),
        ("WK036300", "opleiding_laag", 2019, SES, {"Opleidingsniveau/Laag/Waarde (%)"}, lambda cell: cell),
        ("WK059908", "bijstand_1000", 2020, KWB, {"PersonenPerSoortUitkeringBijstand", "AantalInwoners"}, None),
        ("WK059908", "afstand_supermarkt", 2020, KWB, {"AfstandTotGroteSupermarkt"}, lambda cell: cell),
    ],
)
def test_a_figure_of_the_profile_is_the_figure_of_the_file(code, indicator, year, source, cells, figure, store, shared):
    found = cells_of(shared / source, code, year, cells)
    published = (
        found["PersonenPerSoortUitkeringBijstand"] / found["AantalInwoners"] * 1000
        if figure is None
        else figure(*found.values())
    )
    rows = profile.spine(store, CATALOGUE, code, profile_area.EVERYBODY).rows
    (row,) = [row for row in rows if row.indicator == indicator]
    assert (row.value, row.period) == (published, year)


def cells_of(path, code, year, names):
    """The cells of one area as numbers, without any reader of ours."""
    if path.suffix == ".parquet":
        table = pq.read_table(path).to_pydict()
        at = [cell.strip() for cell in table["WijkenEnBuurten"]].index(code)
        return {
            name.rpartition("_")[0]: values[at] for name, values in table.items() if name.rpartition("_")[0] in names
        }
    for line in lines_of(path, ";" if "SES" in path.name else ","):
        values = [value.strip() for value in line.values()]
        if code in values and (str(year) in values or "2016" in path.name):
            return {name: float(line[name]) for name in names}
    raise AssertionError(f"{code} is not in {path.name}")
