"""The standard Meldingen openbare ruimte as VNG published it: its fields are recognised, its main categories are indicators."""

import openpyxl
import pandas as pd

from wijkdata import catalogue
from wijkdata.sources.reading.base import Context
from wijkdata.sources.reports import categories, columns, reading

CATALOGUE = catalogue.load()


def rows(path):
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return [row for row in sheet.iter_rows(values_only=True) if any(row)]


def fields(shared):
    """The fields of the standard as they are spelled there, spaces included."""
    listed = rows(shared / "mor-ods-standaard" / "MOR ODS 1.0 v6.xlsx")
    return [row[0] for row in listed[2:] if row[0] and len(str(row[0])) < 30]


def main_categories(shared):
    listed = rows(shared / "mor-ods-standaard" / "BOR_MELD_referentie_tabel.xlsx")
    return {row[1] for row in listed[1:] if row[1] and not str(row[1]).startswith("=")}


def test_the_fields_of_the_standard_are_found(shared):
    found = columns.find(fields(shared))
    assert found is not None and "".join(fields(shared)).count("latidude") == 1
    assert (found.date, found.category, found.x, found.y) == (
        "datum  melding",
        "hoofdcategorie",
        "longitude",
        "latidude",
    )
    assert (found.id, found.channel) == ("identificatie", "kanaal")


def test_every_main_category_of_the_reference_table_is_an_indicator(shared):
    named = categories.name(dict.fromkeys(main_categories(shared), 1), CATALOGUE)
    assert len(main_categories(shared)) == 8 and not named.new and not named.unnamed
    assert len(set(named.indicators.values())) == 8 and categories.REST not in named.indicators.values()


def test_a_file_with_those_fields_is_counted(shared, tmp_path):
    header, path = fields(shared), tmp_path / "mor.csv"
    cells = {"datum  melding": "2024-03-15T10:22:33:123", "hoofdcategorie": "Riolering en water "}
    place = {"longitude": "5.11", "latidude": "52.09"}
    path.write_text(
        "\n".join(
            [
                ";".join(header),
                *[
                    ";".join((cells | place).get(name, "x" if name != "identificatie" else str(n)) for name in header)
                    for n in range(9)
                ],
                "",
            ]
        ),
        encoding="utf-8",
    )
    import shapely

    borders = pd.DataFrame({"code": ["WK034401"], "division": [2024], "geometry": [shapely.box(5, 52, 5.2, 52.2)]})
    one = reading.read(path, Context(CATALOGUE, borders=borders), columns.find(header))
    assert one.observations[["code", "indicator", "period", "value"]].values.tolist() == [
        ["GM0344", "meldingen_water", 202403, 9.0],
        ["WK034401", "meldingen_water", 202403, 9.0],
    ]
