"""From a layer of areas to a Reading: codes, names, figures, missing marks, the year, and the account of every row."""

import json

import pandas as pd
import pytest

from tests.geo_examples import GRONINGEN, collection, feature, layered, shape_parts, square, zipped
from wijkdata import catalogue, sources
from wijkdata.errors import InputError
from wijkdata.sources.publishers import pdok, shapefiles, wijken2016
from wijkdata.sources.reading import files
from wijkdata.sources.reading.base import Context

BUURTEN = pd.DataFrame(
    {
        "code": ["GM0193", "BU01930000", "BU01930001", "GM0014", "BU00140000"],
        "name": ["Zwolle", "Aalanden-Noord", "Berkum", "Groningen", "Berkum"],
    }
)


def context(other_files=(), known=BUURTEN) -> Context:
    return Context(catalogue.load(), tuple(other_files), known)


def read(tmp_path, text, name="kaart.geojson", module=pdok):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return module.read(path, context())


def figures(reading, indicator):
    """code -> value, or the reason where there is none."""
    rows = reading.observations[reading.observations["indicator"] == indicator]
    return {row.code: row.value if row.reason is None else row.reason for row in rows.itertuples()}


def account(reading):
    return [tuple(row) for row in reading.rejected.itertuples(index=False)]


# --- columns and figures --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["aantal_inwoners", "aantalInwoners", "AANTAL_INWONERS", "AantalInwoners"])
def test_a_column_is_known_without_case_and_underscores(tmp_path, column):
    reading = read(tmp_path, collection(feature(**{column: 1825})))
    assert figures(reading, "inwoners") == {"WK030800": 1825}
    assert set(reading.observations["period"]) == {2024}


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        (0, 0),
        (24920, 24920),
        (-99995, "not_published"),
        (-99997, "suppressed"),
        (-99999999, "suppressed"),
        (-99995.0, "not_published"),
        (None, "not_covered"),
    ],
)
def test_a_missing_mark_is_a_reason_and_never_a_figure(tmp_path, cell, stored):
    reading = read(
        tmp_path, collection(feature(aantal_inwoners=cell), feature("WK030801", square(5.3), aantal_inwoners=7))
    )
    assert figures(reading, "inwoners") == {"WK030800": stored, "WK030801": 7}


def test_an_absent_percentage_with_few_residents_says_so(tmp_path):
    few = feature(aantal_inwoners=45)
    many = feature("WK030801", square(5.3), aantal_inwoners=1_000)
    full = feature("WK030802", square(5.32), aantal_inwoners=1_000, **{"65plus": 20})
    reading = read(tmp_path, collection(few, many, full))
    assert figures(reading, "65_plus") == {"WK030800": "few_residents", "WK030801": "not_covered", "WK030802": 20}


def test_boundaries_without_figures_are_a_reading_without_observations(tmp_path):
    reading = read(tmp_path, collection(feature()))
    assert reading.observations.empty
    assert reading.boundaries["code"].tolist() == ["WK030800"]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("veel", "dit is geen getal"),
        (True, "dit is geen getal"),
        ({"a": 1}, "dit is geen getal"),
        (10**400, "dit is geen getal"),
        (float("inf"), "dit is geen getal"),
        (-5, "Inwoners hoort tussen 0 en 25.000.000 te liggen"),
    ],
)
def test_a_wrong_figure_rejects_its_row_and_keeps_the_rest(tmp_path, cell, problem):
    text = collection(feature(aantal_inwoners=7), feature("WK030801", square(5.3), aantal_inwoners=cell))
    reading = read(tmp_path, text)
    assert [(row, column, why) for row, column, _, why in account(reading)] == [(2, "aantalinwoners", problem)]
    assert (reading.rows_read, reading.rows_kept) == (2, 1)
    assert reading.boundaries["code"].tolist() == ["WK030800"]


# --- areas ----------------------------------------------------------------------------------------------------------


def test_areas_hold_names_changes_water_and_the_gemeente(tmp_path):
    text = collection(
        feature(wijknaam="  't Goy ", gemeentecode="GM0308", gemeentenaam="Baarn", water="NEE",
                indelingswijziging_wijken_en_buurten=3),
        feature("WK030899", square(5.3), wijknaam=" ", gemeentecode="GM0308", gemeentenaam="Baarn", water="JA",
                indelingswijziging_wijken_en_buurten=9),
    )  # fmt: skip
    rows = read(tmp_path, text).areas.astype(object)
    assert rows.where(rows.notna(), None).to_numpy().tolist() == [
        ["WK030800", "'t Goy", 3, False],
        ["WK030899", None, None, True],
        ["GM0308", "Baarn", None, False],
    ]


@pytest.mark.parametrize(("name", "water"), [("Groot water", True), ("groot water", True), ("Waterland", False)])
def test_without_a_flag_the_fixed_name_says_water(tmp_path, name, water):
    assert read(tmp_path, collection(feature(wijknaam=name))).areas["water"].tolist() == [water]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("BU0363AA01", "BU0363AA01"),
        ("bu03080000  ", "BU03080000"),
        ("2024BU03080000", "BU03080000"),
        (3080000, "BU03080000"),
    ],
)
def test_codes_have_letters_padding_years_or_lost_zeros(tmp_path, raw, code):
    buurt = {"type": "Feature", "properties": {"buurtcode": raw, "wijkcode": "WK030800"}, "geometry": square()}
    assert read(tmp_path, collection(buurt)).areas["code"].tolist() == [code]


def test_an_area_without_residents_stays_an_area(tmp_path):
    reading = read(tmp_path, collection(feature(aantal_inwoners=0)))
    assert reading.areas["code"].tolist() == ["WK030800"]
    assert figures(reading, "inwoners") == {"WK030800": 0}


def test_every_row_is_kept_or_rejected_with_a_reason(tmp_path):
    text = collection(
        feature("WK099899", wijknaam="Buitenland"), feature(), feature("geen code", square(5.3)), "geen gebied"
    )
    reading = read(tmp_path, text)
    assert (reading.rows_read, reading.rows_kept) == (4, 1)
    assert reading.rejected["row"].tolist() == [1, 3, 4]
    assert set(reading.rejected["column"]) == {"code"}
    assert reading.rejected["value"].fillna("").tolist() == ["WK099899", "geen code", ""]


def test_an_area_without_a_shape_keeps_its_name_and_figures(tmp_path):
    text = collection(feature(aantal_inwoners=7), feature("WK030801", False, aantal_inwoners=8))
    reading = read(tmp_path, text)
    assert figures(reading, "inwoners") == {"WK030800": 7, "WK030801": 8}
    assert reading.boundaries["code"].tolist() == ["WK030800"]
    assert (reading.rows_read, reading.rows_kept) == (2, 2)
    assert reading.notes == ("1 gebied heeft geen grens, want de vorm ontbreekt of is niet te lezen: WK030801.",)


def test_parts_of_one_area_count_once_and_parts_that_differ_stop_the_file(tmp_path):
    parts = [feature(aantal_inwoners=5), feature(shape=square(5.4), aantal_inwoners=5)]
    reading = read(tmp_path, collection(*parts))
    assert (reading.rows_read, reading.rows_kept, len(reading.areas), len(reading.boundaries)) == (2, 2, 1, 1)
    assert figures(reading, "inwoners") == {"WK030800": 5}
    with pytest.raises(InputError, match="rij 2, kolom code: dit gebied staat twee keer"):
        read(tmp_path, collection(parts[0], feature(shape=square(5.4), aantal_inwoners=6)))


# --- the year and the table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "year"),
    [
        (collection(feature(), year=2021), "wijken_2019.geojson", 2021),
        (collection(feature(jaar=2020), year=None), "wijken_2019.geojson", 2020),
        (collection(feature(jrstatcode="2023WK030800"), year=None), "wijken_2019.geojson", 2023),
        (collection(feature(), year=None), "wijken_2019.geojson", 2019),
        (collection(feature(), year=None), "wijk-2016-6.json", 2016),
    ],
)
def test_the_year_comes_from_inside_before_it_comes_from_the_name(tmp_path, text, name, year):
    reading = read(tmp_path, text, name)
    assert (reading.edition.division, reading.edition.label) == (year, f"indeling {year}")


@pytest.mark.parametrize(("gemeenten", "year"), [(390, 2016), (388, 2017), (352, 2021)])
def test_a_whole_country_tells_its_year_by_the_number_of_gemeenten(tmp_path, gemeenten, year):
    wijken = [feature(f"WK{number:04d}00", gemeentecode=f"GM{number:04d}") for number in range(1, gemeenten + 1)]
    reading = read(tmp_path, collection(*wijken, year=None))
    assert reading.edition.division == year
    assert reading.edition.table == f"pdok-wijken-{year}"


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (["WK030800"], "pdok-wijken-2024-GM0308"),
        (["WK030800", "WK030801"], "pdok-wijken-2024-GM0308"),
        (["WK030800", "WK001400", "WK019300"], "pdok-wijken-2024-GM0014+2"),
    ],
)
def test_part_of_the_country_is_a_table_of_its_own(tmp_path, codes, table):
    reading = read(tmp_path, collection(*(feature(code, square(5 + n / 10)) for n, code in enumerate(codes))))
    assert reading.edition.table == table


def test_wijken_2016_have_their_own_columns_and_system(tmp_path):
    ring = [[150_000, 470_000], [151_000, 470_000], [151_000, 471_000], [150_000, 471_000], [150_000, 470_000]]
    wijk = {
        "type": "Feature",
        "properties": {"WKC": "WK030800", "WKN": "Wijk 00", "GMC": "GM0308", "GMN": "Baarn"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    path = tmp_path / "wijk_2016_6.geojson"
    path.write_text(collection(wijk, year=None, crs=crs), encoding="utf-8")
    assert sources.recognise(path) is wijken2016.READERS[0]
    reading = sources.read(path, context())
    assert reading.areas["name"].tolist() == ["Wijk 00", "Baarn"]
    assert reading.edition.table == "cbs-shape-wijken-2016-GM0308"
    assert reading.boundaries["geometry"].iloc[0].centroid.x == pytest.approx(5.32, abs=0.01)


# --- shapefiles -----------------------------------------------------------------------------------------------------


def test_a_zipped_shapefile_reads_like_the_map_it_is(tmp_path):
    path = tmp_path / "upload.bin"
    path.write_bytes(zipped(GRONINGEN))
    assert sources.recognise(path) is shapefiles.READERS[0]
    reading = sources.read(path, context())
    assert figures(reading, "inwoners") == {"BU00140000": 4440, "BU00140001": "suppressed"}
    assert (reading.edition.table, reading.edition.division) == ("cbs-shape-buurten-2017-GM0014", 2017)
    assert reading.areas["name"].tolist() == ["Binnenstad", "Zuid", "Groningen"]


@pytest.mark.parametrize("where", ["same folder", "given with it"])
def test_a_bare_shp_finds_its_companions(tmp_path, where):
    companions = tmp_path if where == "same folder" else tmp_path / "elders"
    companions.mkdir(exist_ok=True)
    shp = tmp_path / "buurt2017.shp"
    shp.write_bytes(GRONINGEN[".shp"])
    others = [companions / f"buurt2017{suffix}" for suffix in (".dbf", ".prj")]
    for part in others:
        part.write_bytes(GRONINGEN[part.suffix])
    reading = shapefiles.read(shp, context(other_files=others if where == "given with it" else ()))
    assert len(reading.boundaries) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_names_keep_their_accents_with_and_without_a_cpg(tmp_path, encoding):
    parts = shape_parts([("BU00140000", "plek", "GM0014")], ("BU_CODE", "BU_NAAM", "GM_CODE"))
    parts[".dbf"] = parts[".dbf"].replace(b"plek   ", "Één".encode(encoding).ljust(7))
    for cpg in ({}, {".cpg": encoding.encode()}):
        path = tmp_path / "buurt2017.zip"
        path.write_bytes(zipped({**parts, **cpg}))
        assert shapefiles.read(path, context()).areas["name"].tolist() == ["Één"]


def test_a_municipal_layer_without_codes_is_matched_on_name_inside_the_gemeente(tmp_path):
    path = tmp_path / "grenzen.zip"
    path.write_bytes(
        zipped(shape_parts([("Aa-landen-Noord",), ("BERKUM",), ("Nergens",)], ("BUURT",)), "Buurtgrenzen_Zwolle_2019")
    )
    reading = shapefiles.read(path, context())
    assert reading.boundaries["code"].tolist() == ["BU01930000", "BU01930001"]
    assert account(reading) == [
        (3, "naam", "Nergens", "deze naam komt niet voor onder de bekende buurten van de gemeente")
    ]
    assert reading.edition.division == 2019


# --- recognising ----------------------------------------------------------------------------------------------------


def test_the_kind_is_told_by_the_content_and_not_by_the_name(tmp_path):
    path = tmp_path / "rapport.txt"
    path.write_text(collection(feature()), encoding="utf-8")
    assert sources.recognise(path) is pdok.READERS[0]
    assert files.kind(path) is files.FileKind.JSON


# --- more layers, and other ways to write a map ---------------------------------------------------------------------

WIJKEN_2017 = shape_parts([("WK001400", "Centrum", "GM0014", "Groningen", "24000")],
                          ("WK_CODE", "WK_NAAM", "GM_CODE", "GM_NAAM", "AANT_INW"))  # fmt: skip
GEMEENTEN_2017 = shape_parts([("GM0014", "Groningen", "NEE", "202000"), ("GM0014", "Groningen", "JA", "-99999999")],
                             ("GM_CODE", "GM_NAAM", "H2O", "AANT_INW"))  # fmt: skip


@pytest.mark.parametrize("folder", ["", "WijkBuurtkaart_2017_v3/", "uitvoer/shape/"])
def test_all_layers_of_a_zip_are_read(tmp_path, folder):
    path = tmp_path / "wijkbuurtkaart.zip"
    path.write_bytes(layered({
        f"{folder}gemeente_2017_v3": GEMEENTEN_2017, f"{folder}wijk_2017_v3": WIJKEN_2017, f"{folder}buurt_2017_v3": GRONINGEN,
        "__MACOSX/._buurt_2017_v3": {".shp": b"x"}, "leesmij": {".pdf": b"%PDF-1.7"},
    }))  # fmt: skip
    reading = sources.read(path, context())
    assert figures(reading, "inwoners") == {
        "GM0014": 202_000, "WK001400": 24_000, "BU00140000": 4440, "BU00140001": "suppressed",
    }  # fmt: skip
    assert len(reading.boundaries) == 4
    assert reading.edition.table == "cbs-shape-wijken-gemeenten-buurten-2017-GM0014"
    assert (reading.rows_read, reading.rows_kept) == (5, 5)


def test_of_layers_of_two_years_the_newest_is_read_and_the_other_named(tmp_path):
    path = tmp_path / "kaarten.zip"
    path.write_bytes(layered({"buurt_2016": GRONINGEN, "buurt_2017": GRONINGEN}))
    reading = sources.read(path, context())
    assert (reading.edition.division, reading.rows_read) == (2017, 2)
    assert reading.notes == ("Niet gelezen: 1 kaartlaag zonder andere gebieden van 2017: buurt_2016.",)


def test_a_border_without_a_year_waits_for_the_division_that_fits(tmp_path):
    edition = read(tmp_path, collection(feature(), year=None)).edition
    assert (edition.source, edition.table, edition.division_given) == ("eigen", "grenzen-wijken-GM0308", False)


def test_local_codes_make_borders_of_the_gemeente_itself(tmp_path):
    rows = [("0601", "Kievitsloop", 5.28), ("0602", "Gageldonk", 5.3)]
    features = [{"type": "Feature", "properties": {"BUURTCODE": code, "BUURT": name, "GEMEENTECODE": "0758", "GEMEENTE": "Breda"},
                 "geometry": square(x)} for code, name, x in rows]  # fmt: skip
    reading = read(tmp_path, collection(*features, year=None))
    assert reading.areas[["code", "name"]].to_numpy().tolist() == [
        ["BU07580601", "Kievitsloop"], ["BU07580602", "Gageldonk"], ["GM0758", "Breda"],
    ]  # fmt: skip
    assert reading.edition.source == "eigen"


@pytest.mark.parametrize("crs", [{}, {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}}])
def test_rijksdriehoek_is_seen_with_and_without_a_word_about_it(tmp_path, crs):
    reading = read(tmp_path, collection(feature(shape=square(147_000, 470_000, 1_000)), **crs))
    centre = reading.boundaries["geometry"].iloc[0].centroid
    assert (centre.x, centre.y) == pytest.approx((5.27744, 52.22253), abs=0.00001)


@pytest.mark.parametrize("shape", [
    {"type": "GeometryCollection", "geometries": [square(), {"type": "Point", "coordinates": [5.28, 52.21]}]},
    {"type": "Polygon", "coordinates": [[[*point, 3.5] for point in square()["coordinates"][0]]]},
    {"type": "MultiPolygon", "coordinates": [square()["coordinates"]]},
])  # fmt: skip
def test_a_surface_is_read_however_it_is_written(tmp_path, shape):
    (found,) = read(tmp_path, collection(feature(shape=shape))).boundaries["geometry"]
    assert (found.geom_type in ("Polygon", "MultiPolygon"), found.has_z) == (True, False)
    assert found.area == pytest.approx(0.0001)


def test_one_feature_is_one_area(tmp_path):
    path = tmp_path / "wijk_2024.geojson"
    path.write_text(json.dumps(feature()), encoding="utf-8")
    assert sources.read(path, context()).areas["code"].tolist() == ["WK030800"]


@pytest.mark.parametrize("member", ["numberMatched", "totalFeatures"])
def test_a_page_of_a_service_says_that_it_is_a_part(tmp_path, member):
    reading = read(tmp_path, collection(feature(), **{member: 3_475}))
    assert reading.notes == (
        "Dit is een deel van de kaart: 1 van 3.475 gebieden; de dienst geeft er een beperkt aantal per keer.",
    )
    assert read(tmp_path, collection(feature(), **{member: 1})).notes == ()


def test_invalid_shapes_are_mended_and_counted(tmp_path):
    bow = {"type": "Polygon", "coordinates": [[[5.2, 52.2], [5.3, 52.3], [5.3, 52.2], [5.2, 52.3], [5.2, 52.2]]]}
    reading = read(tmp_path, collection(feature(shape=bow), feature("WK030801", square(5.4))))
    assert reading.notes == ("1 vorm was ongeldig en is hersteld.",)
    assert reading.boundaries["geometry"].map(lambda shape: shape.is_valid).all()
