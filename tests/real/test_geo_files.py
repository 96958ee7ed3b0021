"""The real files with boundaries, names and series: counts, published figures, and how the codes join (docs/formats.md)."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet
import pyproj
import pytest
import shapely

from tests.geo_examples import gp, gpkg, gpkg_layer
from wijkdata import areas, catalogue, sources
from wijkdata.areas import Level
from wijkdata.errors import InputError
from wijkdata.sources.reading import geo, geojson, names
from wijkdata.sources.reading.base import Context, Reading

PDOK = "pdok-wijken-2024/wijken_2024.geojson"
WIJKEN_2016 = "wijken-2016/wijk_2016_6.geojson"
BAARN = "baarn/baarn_buurten.geojson"
BAARN_SERIES = "baarn/baarn_social_data.json"
BUURTEN_2017 = "cbs-wijkbuurt2017-groningen-zwaz/buurt2017.zip"
WIJKEN_2017 = "cbs-wijkbuurt2017-groningen-zwaz/wijk2017.zip"
ZWOLLE_SHAPE = "zwolle-buurten/Buurtgrenzen_Zwolle.shp"
BREDA = "breda-buurten-lokale-codes/Buurten.geojson"
LBM2 = "lbm2-2016-klassen/wijk.json"
LBM3 = "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv"
RIVM = "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv"
KWB = "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet"
ZWOLLE_YEARS = (2015, 2016, 2017, 2018, 2019)


def zwolle_file(year: int) -> str:
    return f"zwolle-buurten/Thema's - {year} - Buurten.xlsx"


@pytest.fixture(scope="module")
def known_2020(shared) -> pd.DataFrame:
    """Codes and names of the Kerncijfers 2020, as an earlier import leaves them in the store."""
    path = shared / "kwb2020-84799NED-v3" / "cbs.v3.84799NED_WijkenEnBuurten.parquet"
    table = pyarrow.parquet.read_table(path, columns=["Key", "Title"]).to_pandas()
    return pd.DataFrame({"code": table["Key"].str.strip(), "name": table["Title"].str.strip()})


@pytest.fixture(scope="module")
def known_2017(shared) -> pd.DataFrame:
    path = shared / "kwb2017-83765NED-v4-codes" / "cbs.v4.83765NED_WijkenEnBuurtenCodes.parquet"
    table = pyarrow.parquet.read_table(path, columns=["Identifier", "Title"]).to_pandas()
    return pd.DataFrame({"code": table["Identifier"].str.strip(), "name": table["Title"].str.strip()})


@pytest.fixture(scope="module")
def read(shared, known_2020):
    """Read a real file once, as an import does: by its content, with what lies beside it."""
    done: dict[str, Reading] = {}

    def once(name: str) -> Reading:
        if name not in done:
            path: Path = shared / name
            beside = tuple(sorted(other for other in path.parent.iterdir() if other != path))
            done[name] = sources.read(path, Context(catalogue.load(), beside, known_2020))
        return done[name]

    return once


def codes(reading: Reading, level: Level) -> set[str]:
    return {code for code in reading.areas["code"] if areas.level_of(code) is level}


def value(reading: Reading, code: str, indicator: str, period: int) -> float | str:
    """The figure, or the reason where there is none."""
    found = reading.observations.query("code == @code and indicator == @indicator and period == @period")
    assert len(found) == 1
    row = found.iloc[0]
    return row["value"] if pd.isna(row["reason"]) else row["reason"]


# --- counts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "table", "rows", "kept", "level", "known", "bounded"),
    [
        (PDOK, "pdok-wijken-2024", 3475, 3474, Level.WIJK, 3474, 3474),
        (WIJKEN_2016, "cbs-shape-wijken-2016", 2982, 2982, Level.WIJK, 2981, 2979),
        (BAARN, "pdok-buurten-2024-GM0308", 21, 21, Level.BUURT, 21, 21),
        (BUURTEN_2017, "cbs-shape-buurten-2017-GM0014", 108, 108, Level.BUURT, 108, 108),
        (WIJKEN_2017, "cbs-shape-wijken-2017-GM0014", 15, 15, Level.WIJK, 15, 15),
        (BREDA, "grenzen-buurten-GM0758", 56, 56, Level.BUURT, 56, 56),
        # 22 areas in 10 years; 21 of them buurten.
        (BAARN_SERIES, "sociale-kerncijfers-GM0308", 220, 220, Level.BUURT, 21, 0),
    ],
)
def test_every_row_is_accounted_for(read, name, table, rows, kept, level, known, bounded):
    reading = read(name)
    assert reading.edition.table == table
    assert (reading.rows_read, reading.rows_kept) == (rows, kept)
    assert reading.rows_kept + reading.rejected["row"].nunique() == reading.rows_read
    assert len(codes(reading, level)) == known
    assert len(reading.boundaries) == bounded


@pytest.mark.parametrize(
    ("name", "division", "published"),
    [
        (PDOK, 2024, "2026-02-16"),
        (WIJKEN_2016, 2016, None),
        (BAARN, 2024, None),
        (BUURTEN_2017, 2017, "2017-10-08"),
        (BAARN_SERIES, 2025, "2026-04-01"),
    ],
)
def test_the_edition_comes_from_the_file(read, name, division, published):
    edition = read(name).edition
    assert (edition.division, edition.published) == (division, published)


def test_wijken_2016_tell_their_year_under_any_name(shared, tmp_path):
    copy = tmp_path / "upload.json"
    copy.write_bytes((shared / WIJKEN_2016).read_bytes())
    # 390 gemeenten on 1 January 2016 (CBS).
    assert sources.read(copy, Context(catalogue.load())).edition.division == 2016


def test_abroad_is_the_only_row_rejected_of_the_national_map(read):
    assert read(PDOK).rejected[["row", "column", "value"]].to_numpy().tolist() == [[1, "code", "WK099899"]]


def test_the_faults_in_the_shapes_are_counted(read):
    # docs/formats.md: 0.4 to 0.5 % invalid; WK191104 in parts; two wijken lost their shape to simplification.
    assert read(PDOK).notes == ("17 vormen waren ongeldig en zijn hersteld.",)
    assert read(WIJKEN_2016).notes == (
        "12 vormen waren ongeldig en zijn hersteld.",
        "1 gebied bestaat uit meer delen; die zijn samengevoegd: WK191104.",
        "2 gebieden hebben geen grens, want de vorm is leeg: WK024316 en WK099590.",
    )


@pytest.mark.parametrize("name", [PDOK, WIJKEN_2016, BAARN, BREDA, BUURTEN_2017, WIJKEN_2017])
def test_every_boundary_is_a_valid_polygon_in_the_netherlands(read, name):
    shapes = read(name).boundaries["geometry"].to_numpy()
    assert shapely.is_valid(shapes).all()
    assert set(shapely.get_type_id(shapes)) <= {shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON}
    west, south, east, north = shapely.total_bounds(shapes)
    assert west > 2.5 and south > 50.7 and east < 7.3 and north < 55.8


def test_the_same_wijk_lies_at_the_same_place_in_three_systems(read):
    # WK001400 Groningen Centrum: WGS84 in 2024, EPSG:28992 in 2016, EPSG:3857 in 2017. 0.01 degree is about 1 km.
    centres = [
        read(name).boundaries.set_index("code").loc["WK001400", "geometry"].centroid
        for name in (PDOK, WIJKEN_2016, WIJKEN_2017)
    ]
    for centre in centres:
        assert (centre.x, centre.y) == pytest.approx((6.566, 53.219), abs=0.01)


# --- areas in km2, as published or measured on the map of the CBS ---------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code", "square_kilometres"),
    [
        # The gemeente writes its own surface beside the border: OPPERVLAKTE 867,397 m2 of Kievitsloop.
        (BREDA, "BU07580601", 0.867397),
        (PDOK, "WK001400", 2.407),
        (WIJKEN_2016, "WK001400", 2.407),
        (WIJKEN_2017, "WK001400", 2.407),
    ],
)
def test_an_area_is_as_large_as_it_is(read, name, code, square_kilometres):
    shape = read(name).boundaries.set_index("code").loc[code, "geometry"]
    surface, _ = pyproj.Geod(ellps="WGS84").geometry_area_perimeter(shapely.orient_polygons(shape))
    assert abs(surface) / 1e6 == pytest.approx(square_kilometres, rel=0.01)


# --- figures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code", "indicator", "period", "published"),
    [
        (PDOK, "WK001400", "inwoners", 2024, 24920),
        (PDOK, "WK001400", "dichtheid", 2024, 10907),
        (PDOK, "WK001400", "65_plus", 2024, 9),
        (PDOK, "WK003499", "inwoners", 2024, "not_covered"),
        (BAARN, "BU03080000", "inwoners", 2024, 1825),
        (BAARN, "BU03080000", "stedelijkheid", 2024, 2),
        (BAARN, "BU03080000", "eenpersoons", 2024, 58),
        (BAARN, "BU03080000", "auto_hh", 2024, 0.9),
        (BUURTEN_2017, "BU00140000", "inwoners", 2017, 4440),
        (BUURTEN_2017, "BU00140000", "dichtheid", 2017, 11974),
        (BUURTEN_2017, "BU00140007", "inwoners", 2017, 0),
        (BUURTEN_2017, "BU00140007", "65_plus", 2017, "suppressed"),
        (WIJKEN_2017, "WK001400", "eenpersoons", 2017, 82),
        (BAARN_SERIES, "GM0308", "laag_inkomen", 2023, 2.6),
        (BAARN_SERIES, "BU03080000", "laag_inkomen", 2016, 7.8),
        (BAARN_SERIES, "BU03080000", "inkomen_hh", 2023, 43.0),
        (BAARN_SERIES, "BU03080000", "inkomen_hh", 2025, "not_published"),
    ],
)
def test_a_published_figure_stands_in_the_reading(read, name, code, indicator, period, published):
    assert value(read(name), code, indicator, period) == published


@pytest.mark.parametrize("name", [PDOK, BAARN, BUURTEN_2017, WIJKEN_2017, BAARN_SERIES, zwolle_file(2015)])
def test_no_missing_mark_became_a_figure(read, name):
    observations = read(name).observations
    assert (observations["value"].dropna() >= 0).all()
    # A figure or a reason, never both and never neither.
    assert (observations["value"].isna() == observations["reason"].notna()).all()
    assert not observations.duplicated(["code", "indicator", "period"]).any()


def test_water_is_water(read):
    water = read(PDOK).areas.query("water")
    assert len(water) == 81
    assert set(water["name"]) == {"Groot water"}


def test_border_changes_of_2017_come_along(read):
    changes = read(WIJKEN_2017).areas.set_index("code")["change"]
    assert changes["WK001414"] == 3
    assert changes["WK001400"] == 1


def test_numbers_that_call_themselves_percentages_are_named(read):
    assert any("opleiding_laag, opleiding_middelbaar en opleiding_hoog" in note for note in read(BAARN_SERIES).notes)


# --- joins ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "level", "share"),
    [
        (LBM2, WIJKEN_2016, Level.WIJK, 100.0),
        (RIVM, WIJKEN_2016, Level.WIJK, 100.0),
        (LBM3, WIJKEN_2016, Level.WIJK, 75.7),
        (LBM3, PDOK, Level.WIJK, 96.0),
        (KWB, PDOK, Level.WIJK, 91.7),
        (BUURTEN_2017, KWB, Level.BUURT, 100.0),
        (BAARN, KWB, Level.BUURT, 100.0),
        (BREDA, KWB, Level.BUURT, 100.0),
        # Haren and Ten Boer joined Groningen in 2019: 28 % of the new city has no shape.
        (KWB, BUURTEN_2017, "Groningen", 72.0),
    ],
)
def test_codes_join_as_measured(read, left, right, level, share):
    found = codes(read(left), Level.BUURT if level == "Groningen" else level)
    if level == "Groningen":
        found = {code for code in found if areas.municipality_of(code) == "GM0014"}
    there = set(read(right).areas["code"])
    assert 100 * len(found & there) / len(found) == pytest.approx(share, abs=0.05)


def test_leefbaarometer_3_joins_2024_but_for_amsterdam(read):
    scored = {code for code in codes(read(LBM3), Level.WIJK) if areas.municipality_of(code) != "GM0363"}
    assert 100 * len(scored & codes(read(PDOK), Level.WIJK)) / len(scored) == pytest.approx(98.97, abs=0.005)
    amsterdam = codes(read(LBM3), Level.WIJK) - scored
    assert len(amsterdam) == 99
    assert not amsterdam & codes(read(PDOK), Level.WIJK)


# --- Zwolle ---------------------------------------------------------------------------------------------------------


def test_the_shapes_of_zwolle_cannot_be_placed_without_their_table(shared):
    with pytest.raises(InputError) as refusal:
        sources.read(shared / ZWOLLE_SHAPE, Context(catalogue.load()))
    assert str(refusal.value) == (
        "Buurtgrenzen_Zwolle.shp: Buurtgrenzen_Zwolle.dbf is een verwijzing van Git LFS en niet het bestand zelf, "
        "en de 78 vormen zijn zonder namen of codes niet te plaatsen; "
        "haal het echte bestand op met ‘git lfs pull’ of bij de uitgever."
    )


@pytest.mark.parametrize("year", ZWOLLE_YEARS)
def test_zwolle_is_placed_on_the_names_of_2020(read, year):
    reading = read(zwolle_file(year))
    assert (reading.rows_read, reading.rows_kept, reading.edition.division) == (79, 77, year)
    assert reading.rejected[["row", "value"]].to_numpy().tolist() == [[39, "De Tippe"], [81, "Onbekend"]]
    assert {areas.municipality_of(code) for code in reading.areas["code"]} == {"GM0193"}
    assert set(reading.observations["period"]) == {year}


def test_names_of_2017_differ_in_hyphens_and_case(read, known_2017):
    listed = pd.concat([read(zwolle_file(2015)).areas["name"], pd.Series(["De Tippe"])], ignore_index=True)
    matched = names.match(listed, known_2017, Level.BUURT, "GM0193")
    assert (matched.exact, len(matched.loose)) == (68, 8)
    assert ("Aa-landen-Noord", "Aalanden-Noord") in matched.loose
    assert listed[matched.codes.isna()].tolist() == ["Harculo en Hoog-Zuthem", "De Tippe"]


@pytest.mark.parametrize(
    ("year", "name", "indicator", "published"),
    [
        (2015, "Binnenstad-Zuid", "inwoners", 2046),
        (2015, "Binnenstad-Zuid", "inkomen_zwolle", 29200),
        (2015, "Binnenstad-Zuid", "minima_105", 12),
        (2019, "Binnenstad-Zuid", "inkomen_zwolle", 36300),
        (2015, "Spoolde", "minima_105", 0),
        (2015, "Vreugderijk", "minima_105", "suppressed"),
        (2015, "Vreugderijk", "inkomen_zwolle", "not_applicable"),
        (2015, "Bedrijventerrein Voorst-B", "inwoners", 0),
        (2015, "Bedrijventerrein Voorst-B", "65_plus", "few_residents"),
    ],
)
def test_a_published_figure_of_zwolle_stands_in_the_reading(read, year, name, indicator, published):
    reading = read(zwolle_file(year))
    code = reading.areas.set_index("name").loc[name, "code"]
    assert value(reading, code, indicator, year) == published


# --- light borders --------------------------------------------------------------------------------------------------


def test_the_national_map_gets_lighter_and_loses_no_wijk(read):
    given = read(PDOK).boundaries
    light = geo.simplify(given, 200)
    before, after = (shapely.get_num_coordinates(frame["geometry"].to_numpy()).sum() for frame in (given, light))
    assert light["code"].tolist() == given["code"].tolist()
    assert not shapely.is_empty(light["geometry"].to_numpy()).any()
    assert after < 0.75 * before


def test_neighbours_in_baarn_keep_one_border(read):
    light = geo.simplify(read(BAARN).boundaries, 100)
    assert shapely.coverage_is_valid(light["geometry"].to_numpy())


# --- the same map as GeoPackage -------------------------------------------------------------------------------------


def test_the_national_map_is_the_same_as_geopackage(shared, tmp_path, read):
    # The publisher's own shapes and figures in Rijksdriehoek, as the file that PDOK hands out has them.
    collection = geojson.read(shared / PDOK)
    to = pyproj.Transformer.from_crs(4326, 28992, always_xy=True)
    cells = [gp(shapely.transform(shape, to.transform, interleaved=False)) for shape in collection.shapes]
    names = ["wijkcode", "wijknaam", "gemeentecode", "gemeentenaam", "aantalinwoners"]
    rows = [[row.get(name) for name in names] for row in collection.properties]
    layer = gpkg_layer(
        ["wijkcode TEXT", "wijknaam TEXT", "gemeentecode TEXT", "gemeentenaam TEXT", "aantal_inwoners REAL"],
        rows,
        cells,
    )
    path = tmp_path / "wijkenbuurten_2024_v1.gpkg"
    path.write_bytes(gpkg({"wijken": layer}))
    found, given = sources.read(path, Context(catalogue.load())), read(PDOK)
    assert (found.edition.table, found.rows_kept) == ("pdok-wijken-2024", 3474)
    assert found.boundaries["code"].tolist() == given.boundaries["code"].tolist()
    assert value(found, "WK001400", "inwoners", 2024) == 24920
    # In metres and in degrees not quite the same shapes touch themselves.
    assert [re.fullmatch(r"1\d vormen waren ongeldig en zijn hersteld\.", note) for note in found.notes] != [None]
    # To and from Rijksdriehoek: the same place to a metre or so.
    apart = shapely.hausdorff_distance(found.boundaries["geometry"].to_numpy(), given.boundaries["geometry"].to_numpy())
    assert np.quantile(apart, 0.99) * 111_000 < 1


@pytest.mark.parametrize("metres", [10.0, 250.0])
def test_the_wijken_of_the_country_in_blocks_are_what_they_are_at_once(read, metres):
    to = pyproj.Transformer.from_crs(4326, 28992, always_xy=True)
    given = read(PDOK).boundaries["geometry"].to_numpy(dtype=object)
    shapes = shapely.transform(given, to.transform, interleaved=False)
    at_once = shapely.coverage_simplify(shapes, metres)
    in_blocks = geo.simplify_coverage(shapes, metres, points_at_once=10_000)
    assert len(shapes) == 3_474
    assert [one.normalize().wkb for one in in_blocks] == [one.normalize().wkb for one in at_once]
