"""Tables as people really have them: through a spreadsheet, turned, with a title above and the publisher's line below."""

import pytest

from wijkdata.sources.reading import tables
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.periods import is_provisional, period


def test_a_statline_csv_that_a_spreadsheet_saved_again_is_read_as_the_original(shared):
    table = tables.read_csv(
        shared / "statline-door-excel-herschreven/Inkomen_van_huishoudens__regio_11122025_135329.csv"
    )
    frame = table.frame
    first, last = frame.iloc[0], frame.iloc[-1]
    mean = numbers(frame["Inkomen/Gemiddeld gestandaardiseerd inkomen (1 000 euro)"])

    assert frame.shape == (343, 9) and "verdubbeld" in table.notes[0]
    assert (first["Regio's"], last["Regio's"]) == ("Nederland", "Zwolle")
    assert (period(first["Perioden"]), is_provisional(first["Perioden"])) == (2024, True)
    assert mean.values.iloc[[0, 1, 2, -1]].tolist() == [41.9, 42.5, 52, 40.3] and not mean.unreadable.any()


def test_a_dissolved_gemeente_without_figures_is_missing_and_not_zero(shared):
    path = shared / "statline-door-excel-herschreven/Regionale_kerncijfers_Nederland_11122025_133649.csv"
    frame = tables.read_csv(path).frame.set_index("Regio's")
    people = numbers(frame["Bevolking/Bevolkingssamenstelling op 1 januari/Totale bevolking (aantal)"])

    assert (people.values["Zwolle"], people.values["Nederland"]) == (133_810, 18_044_027)
    assert people.values.isna()["Aalburg"] and people.reasons["Aalburg"] == "not_covered"
    assert not (people.values == 0).any()


BLOCKS = {
    "statline-andere-uitvoer/table__85231ENG.csv": ((1,), (), ("Source: CBS.",), (100, 2)),
    "statline-andere-uitvoer/Nabijheid_voorzieningen__afstand_locatie__wijk__en_buurtcijfers_2021_17012023_183355.csv": (
        (3, 4), ("Nabijheid voorzieningen; afstand locatie, wijk- en buurtcijfers 2021",), ("Bron: CBS",), (114, 10)),
    "statline-andere-uitvoer/Nabijheid_voorzieningen__buurt_2021_10022023_162519.csv": ((1,), (), (), (11, 2)),
    "breda-buurten-lokale-codes/Housing Prices 2015-2022.csv": ((1,), (), (), (57, 9)),
    "swing-mosaic-breda/Properties - Breda.csv": ((1,), (), (), (5, 9)),
}  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), BLOCKS.items(), ids=[name.rpartition("/")[2][:40] for name in BLOCKS])
def test_the_table_in_a_real_file(name, expected, shared):
    (block,) = tables.blocks(shared / name)

    assert (block.header_rows, block.title, block.footer, block.frame.shape) == expected
