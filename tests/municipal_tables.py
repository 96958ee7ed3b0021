"""Tables as a gemeente makes them for people, about the invented Vlierstede: to be read by a recipe."""

import io

import openpyxl

BUURTEN = (
    "Grachtenhoek",
    "Marktzijde",
    "Vestingrand",
    "Zonnegaarde Noord",
    "Zonnegaarde-zuid",
    "Wilgenmeent-Oost",
    "Sluishove",
)
CODES = {
    "Grachtenhoek": "BU97010000",
    "Marktzijde": "BU97010001",
    "Vestingrand": "BU97010002",
    "Zonnegaarde Noord": "BU97010100",
    "Zonnegaarde-zuid": "BU97010101",
    "Wilgenmeent-Oost": "BU97010200",
    "Sluishove": "BU97010300",
}


def value(buurt: str, year: int) -> float:
    """What the table says of a buurt in a year."""
    return 20.5 + BUURTEN.index(buurt) * 3 + (year - 2019) * 1.25


def workbook(years: tuple[int, ...] = (2019, 2021, 2023), extra: tuple[str, ...] = ("Drinkwall",)) -> bytes:
    """Title rows, the header in row 5, a buurt per row, a year per column, a total and a footer.

    extra: names that no buurt has exactly.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Groenpeiling"
    sheet.append(["Tevreden over het groen in de buurt"])
    sheet.append(["Gemeente Vlierstede, afdeling Onderzoek"])
    sheet.append([])
    sheet.append([])
    sheet.append(["Buurt", *years])
    for buurt in BUURTEN:
        sheet.append([buurt, *(value(buurt, year) for year in years)])
    for name in extra:
        sheet.append([name, *(40.0 for _ in years)])
    sheet.append(["Totaal", *(30.0 for _ in years)])
    sheet.append([])
    sheet.append(["Bron: Groenpeiling, Onderzoek Vlierstede"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
