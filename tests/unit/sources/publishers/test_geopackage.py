"""GeoPackage as PDOK, CBS and QGIS write it: layers, figures, coordinate systems, and what a stranger may put in one."""

import pandas as pd
import pyproj
import pytest
import shapely

from tests.geo_examples import BUURTEN, GEMEENTEN, KAART, WIJKEN, box, gp, gpkg, gpkg_layer
from wijkdata import catalogue, sources
from wijkdata.errors import InputError
from wijkdata.loading.figures import importer
from wijkdata.sources.publishers import geopackage
from wijkdata.sources.reading.base import Context
from wijkdata.store.monitor import versions

STAT = ["statcode TEXT", "statnaam TEXT", "jrstatcode TEXT", "rubriek TEXT"]


def read(tmp_path, content, name="wijkenbuurten_2024_v1.gpkg", known=None):
    path = tmp_path / name
    path.write_bytes(content)
    known = pd.DataFrame(columns=["code", "name"]) if known is None else known
    return sources.read(path, Context(catalogue.load(), (), known))


def figures(reading, indicator="inwoners"):
    rows = reading.observations[reading.observations["indicator"] == indicator]
    return {row.code: row.value if row.reason is None else row.reason for row in rows.itertuples()}


def stat(*codes, year=2024):
    rows = [[code, f"naam {code}", f"{year}{code}", "x"] for code in codes]
    return gpkg_layer(STAT, rows)


# --- layers and figures ---------------------------------------------------------------------------------------------


def test_it_is_recognised_by_its_content(tmp_path):
    path = tmp_path / "kaart.bin"
    path.write_bytes(gpkg(KAART))
    assert sources.recognise(path) is geopackage.READERS[0]


def test_all_layers_are_read_in_one_go(tmp_path):
    reading = read(tmp_path, gpkg(KAART))
    assert figures(reading) == {"BU03080000": 1825, "BU03080001": "suppressed", "WK030800": 24_890, "GM0308": 24_890}
    assert sorted(reading.boundaries["code"]) == ["BU03080000", "BU03080001", "GM0308", "WK030800"]
    assert reading.areas.set_index("code")["name"].to_dict() == {
        "BU03080000": "Centrum", "BU03080001": "Zandvoort", "WK030800": "Wijk 00", "GM0308": "Baarn",
    }  # fmt: skip
    assert (reading.rows_read, reading.rows_kept, len(reading.rejected)) == (5, 5, 0)
    edition = reading.edition
    assert (edition.source, edition.table, edition.division, edition.published, edition.division_given) == (
        "pdok", "pdok-buurten-wijken-gemeenten-2024-GM0308", 2024, "2024-10-01", True,
    )  # fmt: skip


def test_the_water_of_a_gemeente_is_no_second_gemeente(tmp_path):
    reading = read(tmp_path, gpkg({"gemeenten": GEMEENTEN}))
    assert figures(reading) == {"GM0308": 24_890}
    assert reading.areas[["code", "water"]].to_numpy().tolist() == [["GM0308", False]]
    # Only the first square, the land, is the border: 1 km2.
    assert shapely.area(reading.boundaries["geometry"].iloc[0]) * 111.2 * 68.4 == pytest.approx(1, abs=0.02)
    assert reading.notes == ("Van 1 gebied is het water apart getekend; de grens is die van het land.",)


def test_rows_count_on_through_the_layers_and_name_the_layer_in_notes(tmp_path):
    rows = [["WK030800", "Wijk 00", "GM0308", "Baarn", "NEE", -3], ["WK030801", "W", "GM0308", "Baarn", "NEE", 5]]
    wijken = {**WIJKEN, "rows": rows, "shapes": [gp(box(0)), gp(box(1))]}
    reading = read(tmp_path, gpkg({"buurten": BUURTEN, "wijken": wijken}))
    assert reading.rejected[["row", "column", "value"]].to_numpy().tolist() == [[3, "aantalinwoners", "-3.0"]]
    assert reading.rows_kept + reading.rejected["row"].nunique() == reading.rows_read == 4


def test_an_unusable_shape_is_named_with_its_layer(tmp_path):
    buurten = {**BUURTEN, "shapes": [gp(box(0)), b"GP no shape"]}
    reading = read(tmp_path, gpkg({"buurten": buurten, "wijken": WIJKEN}))
    assert figures(reading)["BU03080001"] == "suppressed"
    assert "BU03080001" not in set(reading.boundaries["code"])
    assert reading.notes == (
        "buurten: 1 gebied heeft geen grens, want de vorm ontbreekt of is niet te lezen: BU03080001.",
    )


# --- gebiedsindelingen ----------------------------------------------------------------------------------------------


def test_statcode_is_of_the_level_of_its_codes_and_provinces_are_left_out(tmp_path):
    content = gpkg({
        "provincie_gegeneraliseerd": stat("PV20", "PV21"),
        "gemeente_gegeneraliseerd": stat("GM0308"),
        "wijk_gegeneraliseerd": stat("WK030800"),
        "buurt_gegeneraliseerd": stat("BU03080000", "BU03080001"),
        "gemeente_labelpoint": {**stat("GM0308"), "kind": "POINT"},
    })  # fmt: skip
    reading = read(tmp_path, content, "cbsgebiedsindelingen.gpkg")
    assert sorted(reading.areas["code"]) == ["BU03080000", "BU03080001", "GM0308", "WK030800"]
    assert reading.areas.set_index("code")["name"]["BU03080001"] == "naam BU03080001"
    assert reading.edition.division == 2024
    assert reading.notes == ("Niet gelezen: provincie_gegeneraliseerd en gemeente_labelpoint.",)


def test_of_several_years_the_newest_and_of_two_degrees_of_detail_the_exact_one(tmp_path):
    exact = stat("GM0308", year=2022)
    content = gpkg({
        "gemeente_gegeneraliseerd_2021": stat("GM0308", "GM0355", year=2021),
        "gemeente_gegeneraliseerd_2022": {**exact, "shapes": [gp(box(0, side=9_000))]},
        "gemeente_niet_gegeneraliseerd_2022": exact,
    })  # fmt: skip
    reading = read(tmp_path, content, "cbsgebiedsindelingen2016-2022.gpkg")
    assert reading.edition.division == 2022
    assert reading.areas["code"].tolist() == ["GM0308"]
    assert shapely.area(reading.boundaries["geometry"].iloc[0]) * 111.2 * 68.4 == pytest.approx(1, abs=0.02)
    assert any("gemeente_gegeneraliseerd_2022" in note for note in reading.notes)
    assert any("gemeente_gegeneraliseerd_2021" in note for note in reading.notes)


# --- coordinate systems ---------------------------------------------------------------------------------------------


def in_system(epsg):
    to = pyproj.Transformer.from_crs(28992, epsg, always_xy=True)
    return shapely.transform(box(0), to.transform, interleaved=False)


@pytest.mark.parametrize("epsg", [28992, 7415, 4326, 4258, 3857, 25831, 25832, 32631, 3035])
def test_any_system_lands_on_the_same_place(tmp_path, epsg):
    shape = box(0) if epsg == 7415 else in_system(epsg)
    layer = {**WIJKEN, "shapes": [gp(shape, epsg)], "srs": epsg}
    reading = read(tmp_path, gpkg({"wijken": layer}))
    centre = reading.boundaries["geometry"].iloc[0].centroid
    assert (centre.x, centre.y) == pytest.approx((5.27744, 52.22253), abs=0.00001)
    assert reading.notes == ()


@pytest.mark.parametrize(
    ("srs", "definitions"),
    [
        (-1, {-1: "undefined"}),
        (0, {0: "undefined"}),
        (300001, {300001: 'PROJCS["RD_New",GEOGCS["GCS_Amersfoort",DATUM["D_Amersfoort"]],UNIT["Meter",1.0]]'}),
    ],
)
def test_a_system_without_a_number_is_found_by_the_coordinates(tmp_path, srs, definitions):
    reading = read(tmp_path, gpkg({"wijken": {**WIJKEN, "srs": srs}}, epsg=definitions))
    assert reading.boundaries["geometry"].iloc[0].centroid.x == pytest.approx(5.27744, abs=0.00001)


def test_a_file_that_contradicts_itself_says_so(tmp_path):
    reading = read(tmp_path, gpkg({"wijken": {**WIJKEN, "srs": 25831}}))
    assert reading.notes == (
        "Het bestand noemt EPSG:25831, maar de coördinaten zijn Rijksdriehoek (EPSG:28992); die zijn gebruikt.",
    )


# --- as other programs write it -------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [
    gp(box(0), envelope=0), gp(box(0), envelope=4), gp(box(0), big=True), gp(shapely.MultiPolygon([box(0)])),
    gp(shapely.force_3d(box(0))), gp(shapely.force_3d(box(0)), flavor="extended"), gp(shapely.GeometryCollection([box(0)])),
    gp(shapely.GeometryCollection([shapely.MultiPolygon([box(0)]), shapely.Point(147_000, 470_000)])),
], ids=["bare", "four dimensions", "big endian", "multi", "height", "height of EWKB", "collection", "collection of more"])  # fmt: skip
def test_a_shape_is_read_however_it_is_written(tmp_path, shape):
    reading = read(tmp_path, gpkg({"wijken": {**WIJKEN, "shapes": [shape]}}))
    assert reading.boundaries["geometry"].iloc[0].geom_type in ("Polygon", "MultiPolygon")


@pytest.mark.parametrize("column", ["BU_CODE", "buurt_code", "CBSCODE", "gwb_code_10", "Identificatie"])
def test_codes_are_found_under_any_name(tmp_path, column):
    layer = gpkg_layer([f"{column} TEXT", "naam TEXT"], [["BU03080000", "Centrum"]])
    assert read(tmp_path, gpkg({"laag": layer})).areas[["code", "name"]].to_numpy().tolist() == [
        ["BU03080000", "Centrum"]
    ]


def test_a_gemeente_of_names_alone_is_matched_on_name(tmp_path):
    known = pd.DataFrame({"code": ["GM0308", "BU03080000"], "name": ["Baarn", "Centrum"]})
    layer = gpkg_layer(["buurt TEXT"], [["CENTRUM"]])
    reading = read(tmp_path, gpkg({"laag": layer}), known=known)
    assert reading.areas["code"].tolist() == ["BU03080000"]
    assert reading.edition.source == "eigen"


def test_a_database_that_was_closed_well_may_say_that_it_writes_ahead(tmp_path):
    assert len(read(tmp_path, gpkg(KAART, wal=True)).boundaries) == 4


def test_what_is_still_in_the_file_beside_it_is_missed_and_said(tmp_path):
    (tmp_path / "kaart_2024.gpkg-wal").write_bytes(b"x" * 100)
    with pytest.raises(InputError, match="staan nog in een bestand ernaast"):
        read(tmp_path, gpkg(KAART, wal=True), "kaart_2024.gpkg")


def test_reading_leaves_the_file_and_its_folder_as_they_were(tmp_path):
    content = gpkg(KAART)
    read(tmp_path, content)
    assert [path.name for path in tmp_path.iterdir()] == ["wijkenbuurten_2024_v1.gpkg"]
    assert (tmp_path / "wijkenbuurten_2024_v1.gpkg").read_bytes() == content


def test_nothing_that_the_file_defines_is_carried_out(tmp_path):
    script = """
        CREATE TABLE teller (n INTEGER); CREATE VIEW wijken2 AS SELECT * FROM wijken;
        CREATE TRIGGER op AFTER INSERT ON wijken BEGIN INSERT INTO teller VALUES (1); END;
        ALTER TABLE wijken ADD COLUMN wijkcode2 TEXT AS (wijkcode || zeroblob(900000000));
        INSERT INTO gpkg_contents SELECT 'wijken2', data_type, '', '', last_change, 0, 0, 0, 0, srs_id FROM gpkg_contents;
        INSERT INTO gpkg_geometry_columns VALUES ('wijken2', 'geom', 'POLYGON', 28992, 0, 0);
    """
    reading = read(tmp_path, gpkg({"wijken": WIJKEN}, script=script))
    assert reading.areas["code"].tolist() == ["WK030800", "GM0308"]


# --- into the store -------------------------------------------------------------------------------------------------


def test_figures_and_borders_of_all_levels_stand_in_the_store(tmp_path):
    path = tmp_path / "wijkenbuurten_2024_v1.gpkg"
    path.write_bytes(gpkg(KAART))
    (account,) = importer.import_files([path], tmp_path / "data", catalogue.load())
    assert (account.source, account.areas, account.rows_kept) == ("pdok", 4, 5)
    cursor = versions.current(tmp_path / "data").cursor()
    rows = cursor.execute(
        """SELECT a.code, o.value, o.reason FROM observation AS o JOIN area AS a USING (area_id)
           JOIN indicator AS i USING (indicator_id) WHERE i.code = 'inwoners' AND NOT o.derived ORDER BY 1"""
    ).fetchall()
    assert rows == [
        ("BU03080000", 1825, None),
        ("BU03080001", None, "suppressed"),
        ("GM0308", 24_890, None),
        ("WK030800", 24_890, None),
    ]
    assert cursor.execute("SELECT count(*) FROM boundary").fetchall() == [(4,)]
