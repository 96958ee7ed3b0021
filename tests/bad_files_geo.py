"""Files with boundaries, names or series that must be refused: (id, name of the file, content, words of the sentence).

Every one is read through `sources.read`, as an import does it, with no areas known beforehand.
"""

import json
import zipfile
from io import BytesIO

import shapefile
import shapely

from tests.geo_examples import (
    GRONINGEN,
    KAART,
    WIJKEN,
    ZWOLLE_HEADERS,
    baarn,
    box,
    collection,
    feature,
    gp,
    gpkg,
    gpkg_layer,
    layered,
    shape_parts,
    square,
    workbook,
    zipped,
    zwolle,
)

LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:d1529c\nsize 9664\n"
KAART_2024 = gpkg(KAART)
NO_CODES = shape_parts([("Stationsbuurt",)], ("NAAM",))


def without(suffix: str) -> dict[str, bytes]:
    return {name: part for name, part in GRONINGEN.items() if name != suffix}


def climbing_zip() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for suffix, part in GRONINGEN.items():
            archive.writestr(f"../buurt2017{suffix}", part)
    return buffer.getvalue()


def bomb() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("buurt2017.shp", b"\x00" * 50_000_000)
    return buffer.getvalue()


def points() -> bytes:
    shp, shx, dbf = BytesIO(), BytesIO(), BytesIO()
    writer = shapefile.Writer(shp=shp, shx=shx, dbf=dbf, shapeType=shapefile.POINT)
    writer.field("BU_CODE", "C")
    writer.point(147_000, 470_000)
    writer.record("BU03080000")
    writer.close()
    return shp.getvalue()


WHOLE = collection(feature(aantal_inwoners=5))

BAD_GEO_FILES: list[tuple[str, str, str | bytes, str]] = [
    # GeoJSON
    ("cut in a feature", "wijken_2024.geojson", WHOLE[:-40], "afgekapt"),
    ("cut after the first brace", "wijken_2024.geojson", '{"type": "FeatureCollection", ', "afgekapt"),
    ("no JSON", "wijken_2024.geojson", '{"type": "FeatureCollection", features: []}', "geen geldige JSON"),
    ("two documents", "wijken_2024.geojson", WHOLE + WHOLE, "geen geldige JSON"),
    ("nested too deep", "wijken_2024.geojson", '{"type": "FeatureCollection", "features": ' + "[" * 200_000, "zo diep genest"),
    ("no features", "wijken_2024.geojson", collection(), "bevat geen gebieden"),
    ("features no list", "wijken_2024.geojson", '{"type": "FeatureCollection", "features": 7}', "bevat geen gebieden"),
    ("one shape", "wijken_2024.geojson", json.dumps(square()), "vormen zonder kolommen"),
    ("collection of shapes", "wijken_2024.geojson", json.dumps({"type": "GeometryCollection", "geometries": [square()]}),
     "vormen zonder kolommen"),
    ("TopoJSON", "wijken_2024.geojson", '{"type": "Topology", "objects": {}, "arcs": []}', "een kaart als TopoJSON"),
    ("ESRI JSON", "wijken_2024.json", '{"geometryType": "esriGeometryPolygon", "features": []}', "een kaart als ArcGIS-JSON"),
    ("ESRI JSON by its rings", "wijken_2024.json",
     '{"features": [{"attributes": {"BU_CODE": "BU03080000"}, "geometry": {"rings": [[[5, 52], [5, 53], [6, 53]]]}}]}', "ArcGIS-JSON"),
    ("KML", "wijken.kml", '<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>', "een kaart als KML"),
    ("GML", "wijken.gml", '<?xml version="1.0"?><wfs:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2"/>', "een kaart als GML"),
    ("DXF", "wijken.dxf", "  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "een tekening (DXF of DWG)"),
    ("DXF of bytes", "wijken.dxf", b"AutoCAD Binary DXF\r\n\x1a\x00", "een tekening (DXF of DWG)"),
    ("FlatGeobuf", "wijken.fgb", b"fgb\x03fgb\x01" + bytes(40), "FlatGeobuf"),
    ("MapInfo", "wijken.mif", "Version 300\nCharset \"WindowsLatin1\"\n", "MapInfo"),
    ("web page", "wijken_2024.geojson", "<!DOCTYPE html><html><body>Service Unavailable</body></html>", "webpagina"),
    ("service error", "wijken_2024.geojson", '<?xml version="1.0"?><ServiceExceptionReport/>', "XML"),
    ("nothing", "wijken_2024.geojson", "", "leeg"),
    ("spaces", "wijken_2024.geojson", "  \n\n ", "leeg"),
    ("pointer", "wijken_2024.geojson", LFS, "Git LFS"),
    ("features are words", "wijken_2024.geojson", collection("a", 1, None), "geen kolom met gebiedscodes"),
    ("no column with codes", "wijken_2024.geojson",
     collection({"type": "Feature", "properties": {"naam": "Dorp"}, "geometry": square()}), "geen kolom met gebiedscodes"),
    ("codes are names", "wijken_2024.geojson", collection(feature("Centrum")), "geen gebiedscode"),
    ("only abroad", "wijken_2024.geojson", collection(feature("WK099899")), "geen plek in Nederland"),
    ("column twice", "wijken_2024.geojson", collection(feature(wijk_code="WK030800")), "twee kolommen"),
    ("no shapes", "wijken_2024.geojson", collection(feature(shape=False)), "de vorm ontbreekt"),
    ("points", "wijken_2024.geojson", collection(feature(shape={"type": "Point", "coordinates": [5, 52]})), "geen vlak"),
    ("empty polygon", "wijken_2024.geojson", collection(feature(shape={"type": "Polygon", "coordinates": []})), "de vorm is leeg"),
    ("polygon of one point", "wijken_2024.geojson",
     collection(feature(shape={"type": "Polygon", "coordinates": [[[5, 52]] * 4]})), "geen oppervlakte"),
    ("letters as coordinates", "wijken_2024.geojson",
     collection(feature(shape={"type": "Polygon", "coordinates": [[["a", 52], [5, 52], [5, 53], ["a", 52]]]})), "niet te lezen"),
    ("no coordinates", "wijken_2024.geojson", collection(feature(shape={"type": "Polygon"})), "niet te lezen"),
    ("not a number", "wijken_2024.geojson", collection(feature(shape=square(float("nan")))), "niet te lezen"),
    ("longitude and latitude swapped", "wijken_2024.geojson", collection(feature(shape=square(52.2, 5.3))), "verwisseld"),
    ("another country", "wijken_2024.geojson", collection(feature(shape=square(2.3, 48.8))), "niet in Nederland"),
    ("UTM", "wijken_2024.geojson", collection(feature(shape=square(650_000, 5_780_000, 500))), "horen niet bij"),
    ("far beyond the earth", "wijken_2024.geojson", collection(feature(shape=square(1e300, 1e300, 1e299))), "horen niet bij"),
    ("Rijksdriehoek swapped", "wijken_2024.geojson", collection(feature(shape=square(463_000, 155_000, 500))), "horen niet bij"),
    ("figures without a year", "wijken.geojson", collection(feature(aantal_inwoners=5), year=None), "niet van welk jaar"),
    ("two years", "wijken.geojson",
     collection(feature(jaar=2023), feature("WK030801", square(5.3), jaar=2024), year=None), "verschillende jaren"),
    ("one area, two figures", "wijken_2024.geojson",
     collection(feature(aantal_inwoners=5), feature(shape=square(5.4), aantal_inwoners=6)), "staat twee keer"),
    ("figures are words", "wijken_2024.geojson", collection(feature(aantal_inwoners="veel")), "geen getal"),
    ("fewer than none", "wijken_2024.geojson", collection(feature(aantal_inwoners=-3)), "hoort tussen"),
    ("a number of 400 digits", "wijken_2024.geojson", collection(feature(aantal_inwoners=10**400)), "geen getal"),
    # shapefiles
    ("zip without dbf", "buurt2017.zip", zipped(without(".dbf")), "buurt2017.dbf ontbreekt, en de 2 vormen zijn zonder namen"),
    ("zip with a dbf of Git LFS", "buurt2017.zip", zipped({**GRONINGEN, ".dbf": LFS}), "verwijzing van Git LFS"),
    ("shp alone", "buurt2017.shp", GRONINGEN[".shp"], "buurt2017.dbf ontbreekt"),
    ("index instead of shapes", "buurt2017.shp", GRONINGEN[".shx"], "index (.shx)"),
    ("cut shp", "buurt2017.zip", zipped({**GRONINGEN, ".shp": GRONINGEN[".shp"][:-50]}), "het einde ontbreekt"),
    ("shp of a header", "buurt2017.zip", zipped({**GRONINGEN, ".shp": GRONINGEN[".shp"][:60]}), "afgekapt"),
    ("shp of zeros", "buurt2017.zip", zipped({**GRONINGEN, ".shp": b"\x00" * 400}), "de lengte klopt niet"),
    ("points in a shp", "buurt2017.zip", zipped({**GRONINGEN, ".shp": points()}), "geen vlakken"),
    ("noise in a shp", "buurt2017.zip",
     zipped({**GRONINGEN, ".shp": GRONINGEN[".shp"][:100] + b"\x07" * (len(GRONINGEN[".shp"]) - 100)}), ".shp-bestand is beschadigd"),
    ("cut dbf", "buurt2017.zip", zipped({**GRONINGEN, ".dbf": GRONINGEN[".dbf"][:150]}), "dbf is beschadigd"),
    ("dbf of another layer", "buurt2017.zip", zipped({**GRONINGEN, ".dbf": NO_CODES[".dbf"]}), "hoort niet bij deze vormen"),
    ("dbf is text", "buurt2017.zip", zipped({**GRONINGEN, ".dbf": b"BU_CODE;BU_NAAM\nBU00140000;Zuid\n"}), "beschadigd"),
    ("layers without codes", "kaart2017.zip", layered({"wijk2017": NO_CODES, "buurt2017": NO_CODES}), "geen van de kaartlagen"),
    ("layers of points", "kaart2017.zip", layered({"a": {**GRONINGEN, ".shp": points()}, "b": {**GRONINGEN, ".shp": points()}}),
     "geen vlakken"),
    ("layers without tables", "kaart2017.zip", layered({"wijk2017": without(".dbf"), "buurt2017": without(".dbf")}), ".dbf ontbreekt"),
    ("path out of the zip", "buurt2017.zip", climbing_zip(), "buiten zijn eigen map"),
    ("zip bomb", "buurt2017.zip", bomb(), "uitgepakt te groot"),
    ("cut zip", "buurt2017.zip", zipped(GRONINGEN)[:-30], "beschadigd of afgekapt"),
    ("names nobody knows", "buurt2017.zip", zipped(NO_CODES), "op naam is niets te herkennen"),
    ("no year in any name", "kaart.zip", zipped(GRONINGEN, "buurten"), "niet van welk jaar"),
    # GeoPackage
    ("gpkg of a header", "kaart_2024.gpkg", KAART_2024[:60], "afgekapt"),
    ("gpkg cut in half", "kaart_2024.gpkg", KAART_2024[: len(KAART_2024) // 2], "het einde ontbreekt"),
    ("gpkg cut by a page", "kaart_2024.gpkg", KAART_2024[:-4096], "het einde ontbreekt"),
    ("gpkg of noise", "kaart_2024.gpkg", KAART_2024[:100] + b"\x07" * (len(KAART_2024) - 100), "beschadigd of afgekapt"),
    ("gpkg with noise in the middle", "kaart_2024.gpkg",
     KAART_2024[:4096] + b"\xff" * 4096 * 4 + KAART_2024[4096 * 5 :], "beschadigd of afgekapt"),
    ("gpkg of zeros after its mark", "kaart_2024.gpkg", KAART_2024[:16] + bytes(len(KAART_2024) - 16), "beschadigd of afgekapt"),
    ("gpkg with another mark", "kaart_2024.gpkg", b"SQLite format 2\x00" + KAART_2024[16:], "geen leesbare tekst"),
    ("database of something else", "kaart_2024.gpkg", gpkg({}, script="DROP TABLE gpkg_contents; CREATE TABLE a (b)"),
     "SQLite-database en geen GeoPackage"),
    ("database whose tables are in the -wal", "kaart_2024.gpkg", gpkg({}, script="DROP TABLE gpkg_contents", wal=True), "(-wal)"),
    ("contents are a view", "kaart_2024.gpkg",
     gpkg(KAART, script="ALTER TABLE gpkg_contents RENAME TO c; CREATE VIEW gpkg_contents AS SELECT * FROM c"), "geen GeoPackage"),
    ("contents without a column", "kaart_2024.gpkg", gpkg(KAART, script="ALTER TABLE gpkg_contents DROP COLUMN data_type"), "beschadigd"),
    ("gpkg without layers", "kaart_2024.gpkg", gpkg({}), "geen kaartlagen"),
    ("layer that is not there", "kaart_2024.gpkg", gpkg({"wijken": WIJKEN}, script="DROP TABLE wijken"), "geen kaartlagen"),
    ("layer that is a view", "kaart_2024.gpkg",
     gpkg({"wijken": WIJKEN}, script="ALTER TABLE wijken RENAME TO w; CREATE VIEW wijken AS SELECT * FROM w"), "geen kaartlagen"),
    ("layer without its shapes", "kaart_2024.gpkg", gpkg({"wijken": WIJKEN}, script="ALTER TABLE wijken DROP COLUMN geom"), "geen kaartlagen"),
    ("layer without rows", "kaart_2024.gpkg", gpkg({"wijken": gpkg_layer(["wijkcode TEXT"], [])}), "bevat geen gebieden"),
    ("gpkg of points", "kaart_2024.gpkg", gpkg({"wijken": {**WIJKEN, "kind": "POINT"}}), "alleen punten of lijnen"),
    ("gpkg of provinces", "kaart_2024.gpkg", gpkg({name: gpkg_layer(["statcode TEXT"], [["PV20"]]) for name in ("a", "b")}),
     "geen van de kaartlagen"),
    ("one layer without codes", "kaart_2024.gpkg", gpkg({"a": gpkg_layer(["straat TEXT"], [["Dorpsstraat"]])}), "geen kolom met gebiedscodes"),
    ("gpkg with a column twice", "kaart_2024.gpkg", gpkg({"a": gpkg_layer(["wijkcode TEXT", "wijk_code TEXT"], [["WK030800", "x"]])}),
     "twee kolommen"),
    ("gpkg figures without a year", "kaart.gpkg", gpkg({"wijken": WIJKEN}), "niet van welk jaar"),
    ("shape without its header", "kaart_2024.gpkg", gpkg({"wijken": {**WIJKEN, "shapes": [box().wkb]}}), "niet te lezen"),
    ("shape with a wrong header", "kaart_2024.gpkg", gpkg({"wijken": {**WIJKEN, "shapes": [b"GP\x00\x0f" + gp(box())[4:]]}}), "niet te lezen"),
    ("shape of a kind of its own", "kaart_2024.gpkg", gpkg({"wijken": {**WIJKEN, "shapes": [b"GP\x00\x21" + gp(box())[4:]]}}), "niet te lezen"),
    ("shape that is cut", "kaart_2024.gpkg", gpkg({"wijken": {**WIJKEN, "shapes": [gp(box())[:-9]]}}), "niet te lezen"),
    ("shape that is a text", "kaart_2024.gpkg", gpkg({"wijken": {**WIJKEN, "shapes": ["POLYGON ((0 0, 1 0, 1 1, 0 0))"]}}), "niet te lezen"),
    ("shape of billions of points", "kaart_2024.gpkg",
     gpkg({"wijken": {**WIJKEN, "shapes": [gp(None) or b"GP\x00\x01" + bytes(4) + b"\x01\x03\x00\x00\x00\x01\x00\x00\x00\xff\xff\xff\xff"]}}),
     "niet te lezen"),
    ("collections in collections without end", "kaart_2024.gpkg",
     gpkg({"wijken": {**WIJKEN, "shapes": [b"GP\x00\x01" + bytes(4) + b"\x01\x07\x00\x00\x00\x01\x00\x00\x00" * 200_000]}}), "niet te lezen"),
    ("a cell of 60 MB", "kaart_2024.gpkg", gpkg({"wijken": {**WIJKEN, "shapes": [bytes(60_000_000)]}}), "cel van meer dan 50 MB"),
    ("shape of nothing", "kaart_2024.gpkg", gpkg({"wijken": {**WIJKEN, "shapes": [gp(shapely.MultiPolygon())]}}), "de vorm is leeg"),
    ("point in a layer of surfaces", "kaart_2024.gpkg", gpkg({"wijken": {**WIJKEN, "shapes": [gp(shapely.Point(1, 1))]}}), "geen vlak"),
    ("gpkg in Paris", "kaart_2024.gpkg", gpkg({"wijken": {**WIJKEN, "srs": 4326, "shapes": [gp(shapely.box(2.3, 48.8, 2.4, 48.9))]}}),
     "niet in Nederland"),
    ("gpkg in Belgian Lambert", "kaart_2024.gpkg",
     gpkg({"wijken": {**WIJKEN, "srs": 31370, "shapes": [gp(shapely.box(650_000, 100_000, 650_100, 100_100))]}}), "bij EPSG:31370 liggen ze niet"),
    # local codes
    ("local codes of nobody", "buurten_2024.geojson",
     collection({"type": "Feature", "properties": {"BUURTCODE": "0601", "BUURT": "X"}, "geometry": square()}), "geen gebiedscode"),
    ("local codes of an unknown gemeente", "buurten_2024.geojson",
     collection({"type": "Feature", "properties": {"BUURTCODE": "0601", "GEMEENTE": "Nergenshuizen"}, "geometry": square()}), "geen gebiedscode"),
    # municipal export without codes
    ("names not read in yet", "Thema's - 2015 - Buurten.xlsx", zwolle(["Centrum", 1, 2, 3]), "lees eerst een bestand met codes"),
    ("export without rows", "Thema's - 2015 - Buurten.xlsx", zwolle(), "geen buurten"),
    ("export with a column twice", "Thema's - 2015 - Buurten.xlsx",
     workbook([["Thema's - 2015 - Buurten"], [*ZWOLLE_HEADERS, ZWOLLE_HEADERS[1]], ["Centrum", 1, 2, 3, 4]]), "twee keer"),
    ("cut export", "Thema's - 2015 - Buurten.xlsx", zwolle(["Centrum", 1, 2, 3])[:-200], "afgekapt"),
    # series as JSON
    ("series without gemeente", "sociaal.json", baarn(gemeente=None), "het deel ‘gemeente’ ontbreekt"),
    ("series without metadata", "sociaal.json", baarn(metadata=[]), "het deel ‘metadata’ ontbreekt"),
    ("buurten as a list", "sociaal.json", baarn(buurten=[1]), "het deel ‘buurten’ ontbreekt"),
    ("buurt without series", "sociaal.json", baarn({"naam": "Centrum"}), "geen tijdreeksen"),
    ("letters in a year", "sociaal.json", baarn({"tijdreeksen": {"aantal_inwoners": {"2O23": 5}}}), "dit is geen jaar"),
    ("series as a list", "sociaal.json", baarn({"tijdreeksen": {"aantal_inwoners": [5]}}), "geen lijst van jaren"),
    ("cut series", "sociaal.json", baarn()[:-30], "afgekapt"),
]  # fmt: skip
