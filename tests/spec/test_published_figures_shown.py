"""Published figures from the real files to what a page or an export shows: each file is read here on its own, as text."""

import csv
import io
import json

import openpyxl
import pyarrow.parquet as pq
import pytest
import shapely
from pyproj import Transformer

from wijkdata import __main__ as command_line
from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.loading.figures import importer
from wijkdata.questions.gegevens import export as gegevens_export
from wijkdata.questions.shared.answer import Against
from wijkdata.questions.wijkprofiel import spine as wijkprofiel_spine
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import linked, queries, versions

CATALOGUE = catalogue.load()
LBM3 = "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv"
KWB = "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet"
SES = "ses-woa-amsterdam-2019/SES_WOA_scores_per_wijk_en_buurt_25042023_160857.csv"
RIVM = "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv"
WIJKEN_2016 = "wijken-2016/wijk_2016_6.geojson"
WIJKEN_2024 = "pdok-wijken-2024/wijken_2024.geojson"
# The wijken of now are those of the newest list: without borders that of KWB 2020, with them (`real_data`) that of 2024.
WITHOUT_BORDERS = (LBM3, KWB, SES, RIVM)


@pytest.fixture(scope="module")
def folder(shared, tmp_path_factory):
    """A data directory with the four files of figures."""
    data = tmp_path_factory.mktemp("echt")
    importer.import_files([shared / name for name in WITHOUT_BORDERS], data, CATALOGUE)
    return data


@pytest.fixture(scope="module")
def folder_with_borders(real_data):
    """The same with the borders of 2016 and 2024 beside them."""
    return real_data


@pytest.fixture(params=["without borders", "with borders"])
def either(request, folder, folder_with_borders):
    return folder if request.param == "without borders" else folder_with_borders


@pytest.fixture(scope="module")
def store(folder):
    return versions.current(folder)


@pytest.fixture(scope="module")
def store_of_now(folder_with_borders):
    return versions.current(folder_with_borders)


def one_to_one(store, level, division, codes):
    """What the link table says of these areas of a division: code -> the one area that it is now (class A or B)."""
    places = queries.areas(store, level).set_index("code")["division"]
    own = {code: code for code in codes if places.get(code) == division}
    links = linked.links(store, level)
    links = links[(links["year_from"] == division) & links["code_from"].isin(codes) & links["klass"].isin(["A", "B"])]
    found = own | dict(zip(links["code_from"], links["code_to"], strict=True))
    assert len(set(found.values())) == len(found), "no area of now has the figures of two areas"
    return found


def lines_of(path, delimiter=","):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


@pytest.mark.parametrize(("indicator", "column"), [("lbm3_score", "lbm"), ("lbm3_afw", "afw")])
def test_all_scores_of_the_leefbaarometer_are_exported_as_published(indicator, column, either, shared, capsysbinary):
    """Every row of an area that is one of now, under its code of now, and the very same double; of the others none. The text
    may be shorter: `7.2e-4` is written 0.00072, and of 17 published digits the last is left out where 16 read back to the
    same double."""
    assert command_line.main(["--data-dir", str(either), "export", indicator, "--level", "wijk"]) == 0
    exported = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode("utf-8"))))

    shown = {(row["gebied_code"], row["periode"]): row["waarde"] for row in exported if row["waarde"]}
    published = {(row["wk_code"], row["jaar"]): row[column] for row in lines_of(shared / LBM3)}
    now = one_to_one(versions.current(either), Level.WIJK, 2022, {code for code, _ in published})
    expected = {(now[code], year): text for (code, year), text in published.items() if code in now}

    assert len(published) == 26_366
    assert len(exported) == len({(row["gebied_code"], row["periode"]) for row in exported})
    assert shown.keys() == expected.keys()
    assert [key for key, text in expected.items() if float(shown[key]) != float(text)] == []
    assert all((row["waarde"] == "") == (row["reden_ontbreekt"] != "") for row in exported)
    assert sum(shown[key] == text for key, text in expected.items()) / len(expected) > 0.99
    assert len(expected) / len(published) > 0.8, "most wijken of 2022 are wijken of now"


def test_what_is_called_the_same_area_by_its_border_has_that_border_in_the_files(store_of_now, shared):
    """Measured here in metres of the Rijksdriehoek, from the two maps as published; the monitor measures on a plane."""
    then, now = borders_of(shared / WIJKEN_2016), borders_of(shared / WIJKEN_2024)
    links = linked.links(store_of_now, Level.WIJK)
    links = links[(links["year_from"] == 2016) & (links["evidence"] == "grens")].drop_duplicates()
    same = links[links["klass"].isin(["A", "B"])]

    one, two = ([shapes[code] for code in same[name]] for shapes, name in ((then, "code_from"), (now, "code_to")))
    common = shapely.area(shapely.intersection(one, two))
    alike = common / (shapely.area(one) + shapely.area(two) - common)

    assert len(same) > 2_000
    assert alike.min() > 0.9 - 0.001
    assert common / shapely.area(one) == pytest.approx(same["share_from"].to_numpy(), abs=0.001)
    assert common / shapely.area(two) == pytest.approx(same["share_to"].to_numpy(), abs=0.001)
    assert ((same["klass"] == "A") == (same["code_from"] == same["code_to"])).all()


def borders_of(path):
    """Code -> shape in metres of the Rijksdriehoek, of a published map of wijken (that of 2016 is in them already)."""
    content = json.loads(path.read_text(encoding="utf-8"))
    to_metres = Transformer.from_crs(4326, 28992, always_xy=True).transform
    in_metres = "28992" in str(content.get("crs"))
    found = {}
    for feature in content["features"]:
        columns = feature["properties"]
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        shape = shapely.make_valid(shape if in_metres else shapely.transform(shape, to_metres, interleaved=False))
        code = columns.get("wijkcode") or columns["WKC"]
        found[code] = shapely.union(found[code], shape) if code in found else shape
    return found


def test_the_workbook_holds_the_same_figures(folder, store, tmp_path):
    target = tmp_path / "ses.xlsx"
    arguments = ["--data-dir", str(folder), "export", "ses_woa", "--format", "xlsx", "-o", str(target)]
    assert command_line.main(arguments) == 0
    rows = list(openpyxl.load_workbook(target).active.iter_rows(min_row=2, values_only=True))
    frame = gegevens_export.export(store, CATALOGUE, "ses_woa")
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
    frame = gegevens_export.export(store, CATALOGUE, "ses_woa").set_index("gebied_code")
    assert published["GM0363"] == "-0.100" and frame.loc["GM0363", "waarde"] == -0.1
    points = {code for code, text in published.items() if text == "."}
    assert points
    assert set(frame.index[frame["waarde"].isna()]) == points & set(frame.index)
    assert frame.loc[sorted(points & set(frame.index)), "reden_ontbreekt"].notna().all()
    figures = {code: float(text) for code, text in published.items() if text != "."}
    assert frame["waarde"].dropna().to_dict() == figures


@pytest.mark.parametrize(("level", "prefix", "part"), [(Level.WIJK, "WK", 0.85), (Level.BUURT, "BU", 0.95)])
def test_the_inhabitants_of_every_wijk_and_buurt_as_the_cbs_counts_them(level, prefix, part, either, shared):
    table = pq.read_table(shared / KWB).to_pydict()
    counts = next(values for name, values in table.items() if name.startswith("AantalInwoners_"))
    published = dict(zip((code.strip() for code in table["WijkenEnBuurten"]), counts, strict=True))
    published = {code: n for code, n in published.items() if code.startswith(prefix)}
    store = versions.current(either)
    now = one_to_one(store, level, 2020, published)
    expected = {now[code]: n for code, n in published.items() if code in now}

    frame = gegevens_export.export(store, CATALOGUE, "inwoners", level)
    frame = frame[frame["periode"] == 2020].set_index("gebied_code")

    assert frame.index.is_unique
    assert frame["waarde"].dropna().to_dict() == {code: float(n) for code, n in expected.items() if n is not None}
    unshown = frame.index[frame["waarde"].isna()]
    assert {code for code, n in expected.items() if n is None} == set(unshown) & set(expected)
    assert frame.loc[unshown, "reden_ontbreekt"].notna().all()
    assert len(expected) / len(published) > part


def test_a_buurt_that_is_not_shown_lies_in_a_gemeente_that_is_gone(store_of_now, shared):
    """Nothing newer than the list of 2020 is known of the buurten: each is one of now, unless its gemeente was dissolved."""
    table = pq.read_table(shared / KWB).to_pydict()
    published = {code for code in map(str.strip, table["WijkenEnBuurten"]) if code.startswith("BU")}
    gone = published - set(one_to_one(store_of_now, Level.BUURT, 2020, published))
    assert gone == {code for code in published if not gemeenten.exists("GM" + code[2:6], 2024)}


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
def test_a_figure_of_the_profile_is_the_figure_of_the_file(
    code, indicator, year, source, cells, figure, store_of_now, shared
):
    found = cells_of(shared / source, code, year, cells)
    published = (
        found["PersonenPerSoortUitkeringBijstand"] / found["AantalInwoners"] * 1000
        if figure is None
        else figure(*found.values())
    )
    now = {"WK036300": "WK0363AE"}.get(code, code)  # Burgwallen-Oude Zijde has other letters since 2022
    rows = wijkprofiel_spine.spine(store_of_now, CATALOGUE, now, Against.EVERYBODY).rows
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
