"""The workbook to fill in: an explanation, a sheet per table with lists, checks and help, and two marked example rows."""

import io
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from wijkdata import limits
from wijkdata.loading.activities import columns
from wijkdata.loading.activities import examples as activities_examples
from wijkdata.loading.activities.columns import Column
from wijkdata.record.fields import ACTIVITY, EVENT, FieldSpec, options
from wijkdata.record.values import parse

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet as Page
    from openpyxl.worksheet.datavalidation import DataValidation

# As far down as lists and checks reach.
LAST_ROW = 6_000
DATE, MONEY, TEXT = "dd-mm-yyyy", "#,##0.00", "@"
_FORMATS = {"date": DATE, "money": MONEY, "activity": TEXT, "area": TEXT}
_WIDE = {"long": 60, "text": 42, "link": 36, "codes": 34, "indicator": 36, "pillar": 30, "code": 28}
_PROMPT, _PROMPT_TITLE = 255, 32  # what a spreadsheet shows at most
_HELP = {
    "codes": "Meer dan één woord mag, met een puntkomma ertussen. Kies uit: {words}.",
    "date": "Een datum, bijvoorbeeld 31-12-2025.",
    "answer": "ja of nee. Leeg is onbekend.",
}
_EXPLANATION = (
    ("Activiteiten vastleggen in Excel", True),
    ("Eén rij op het blad Activiteiten is één activiteit. Geef elke activiteit een eigen nummer, bijvoorbeeld A-001.", False),
    ("Op de andere bladen zegt de kolom Nummer bij welke activiteit een rij hoort. Omstandigheden hebben een eigen nummer.", False),
    ("Een ster (*) achter een kolomnaam betekent: verplicht. Leeg is onbekend; dat is iets anders dan 0 of nee.", False),
    (f"Rijen waarvan het nummer met {columns.EXAMPLE} begint zijn voorbeelden. Ze worden nooit ingelezen.", False),
    ("Een blad dat in het bestand staat is het geheel voor de activiteiten in dat bestand. Haal een blad dat u niet gebruikt weg: "
     "dan blijft wat er in het register staat zoals het is.", False),
    ("Nogmaals inlezen van hetzelfde bestand verandert niets. Een veranderde rij wordt een wijziging; wat er stond blijft bewaard.", False),
    ("Leg nooit personen vast: geen namen, telefoonnummers, e-mailadressen of burgerservicenummers.", False),
    ("Een groep van minder dan 5 mensen wordt niet bewaard: schrijf <5.", False),
    ("De bladen", True),
)  # fmt: skip


def template() -> bytes:
    """Make the template as an xlsx."""
    writer = book()
    for table in columns.SHEETS:
        fields = [one.field for one in columns.columns(table) if one.field and not one.field.automatic]
        fields = [field for field in fields if field is not columns.WITHDRAWN]
        rows = [
            [columns.cell(field, parse(field, row.get(field.name))) for field in fields]
            for row in activities_examples.ROWS[table]
        ]
        writer.sheet(table, [Column(field.label, field) for field in fields], rows, stars=True)
    return writer.finish()


def book() -> "Writer":
    """Make a workbook with its explanation, to put the sheets in."""
    writer = Writer()
    page = writer.page(columns.EXPLANATION)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 30, 110
    for text, bold in _EXPLANATION:
        page.append([writer.styled(page, text, "head")] if bold else ["", writer.styled(page, text, "wrap")])
    for table in columns.SHEETS:
        spec = columns.spec_of(table)
        page.append([writer.styled(page, spec.label, "bold"), writer.styled(page, spec.explanation, "wrap")])
    return writer


class Writer:
    """Sheets in the look of the template. Styles are made once: making one per cell takes most of the time."""

    def __init__(self) -> None:
        from openpyxl import Workbook  # only here: the library takes a tenth of a second of every start

        self._book = Workbook(write_only=True)
        self._lists: dict[tuple[str, ...], str] = {}
        self._columns: list[list[str]] = []
        self._styles: dict[tuple[str, str], Any] = {}

    def page(self, title: str) -> "Page":
        """Make an empty sheet."""
        return self._book.create_sheet(title)

    def sheet(
        self, table: str, own: Sequence[Column], examples: Sequence[Sequence[Any]] = (), stars: bool = False
    ) -> tuple[list[str], list[int]]:
        """Make a sheet with its bold, frozen heading row, widths, lists, checks and help; example rows in italics.

        Returns of each column its letters and the number of its style, for rows that are put in later.
        """
        from openpyxl.utils import get_column_letter

        page = self.page(columns.label(table))
        page.freeze_panes = "B2"
        letters = [get_column_letter(place + 1) for place in range(len(own))]
        formats = [_FORMATS.get(one.field.kind, "General") if one.field else "General" for one in own]
        for letter, column, number_format in zip(letters, own, formats, strict=True):
            width = _WIDE.get(column.field.kind, 14) if column.field else 16
            page.column_dimensions[letter].width = max(width, min(len(column.heading) + 3, 26))
            page.column_dimensions[letter].number_format = number_format
            if column.field:
                self._check(page, table, column.field, f"{letter}2:{letter}{LAST_ROW}")
        headings = [columns.heading(one.field) if one.field and stars else one.heading for one in own]
        page.append([self.styled(page, name, "head") for name in headings])
        for row in examples:
            page.append(
                [
                    value if value is None else self.styled(page, value, "example", one)
                    for value, one in zip(row, formats, strict=True)
                ]
            )
        return letters, [self.styled(page, "x", "plain", one).style_id for one in formats]

    def finish(self) -> bytes:
        """Return the workbook as a file, with the hidden sheet of the words of its lists."""
        page = self.page(columns.LISTS)
        page.sheet_state = "hidden"
        for row in range(max(map(len, self._columns), default=0)):
            page.append([words[row] if row < len(words) else None for words in self._columns])
        buffer = io.BytesIO()
        self._book.save(buffer)
        return buffer.getvalue()

    def styled(self, page: "Page", value: object, style: str, number_format: str = "General") -> Any:  # noqa: ANN401
        """Make one cell in one of the styles."""
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(page, value=value)
        cell._style = copy(self._style(page, style, number_format))
        return cell

    def _style(self, page: "Page", style: str, number_format: str) -> Any:  # noqa: ANN401
        key = (style, number_format)
        if key not in self._styles:
            from openpyxl.cell import WriteOnlyCell
            from openpyxl.styles import Alignment, Font, PatternFill

            cell = WriteOnlyCell(page, value="x")
            cell.number_format = number_format
            if style == "head":
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="E8EDF2")
            elif style == "bold":
                cell.font = Font(bold=True)
            elif style == "example":
                cell.font = Font(italic=True, color="6B6B6B")
            elif style == "wrap":
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            self._styles[key] = cell._style
        return self._styles[key]

    def _check(self, page: "Page", table: str, field: FieldSpec, cells: str) -> None:
        validation = self._validation(table, field)
        words = ", ".join(columns.choices(field) or _many(field))
        help_ = " ".join(filter(None, [field.help, _HELP.get(field.kind, "").format(words=words)])) or field.label
        validation.promptTitle = field.label[:_PROMPT_TITLE]
        validation.prompt = help_ if len(help_) <= _PROMPT else help_[: _PROMPT - 1].rpartition(" ")[0] + "…"
        validation.showInputMessage = True
        validation.add(cells)
        page.data_validations.append(validation)

    def _validation(self, table: str, field: FieldSpec) -> "DataValidation":
        from openpyxl.worksheet.datavalidation import DataValidation

        words = columns.choices(field)
        if field.kind == "activity" and field.name != "id" and table not in (ACTIVITY, EVENT):
            numbers = f"{columns.label(ACTIVITY)}!$A$2:$A${LAST_ROW}"
            return _refusing(
                DataValidation("list", formula1=numbers), "Dit nummer staat niet op het blad Activiteiten.", "warning"
            )
        if words:
            return _refusing(DataValidation("list", formula1=self._list(words)), "Kies een woord uit de lijst.")
        if field.kind == "date":
            days = {"formula1": f"DATE({limits.FIRST_YEAR},1,1)", "formula2": f"DATE({limits.LAST_YEAR},12,31)"}
            return _refusing(DataValidation("date", operator="between", **days), "Typ een datum: dag-maand-jaar.")
        if field.kind in ("whole", "year", "percent", "decimal", "money"):
            least, most = _limits(field)
            kind = "decimal" if field.kind in ("decimal", "money") else "whole"
            between = DataValidation(kind, operator="between", formula1=str(least), formula2=str(most))
            return _refusing(
                between, f"Typ een {'getal' if kind == 'decimal' else 'heel getal'} van {least} tot en met {most}."
            )
        if field.most:
            length = DataValidation("textLength", operator="lessThanOrEqual", formula1=str(field.most))
            return _refusing(length, f"Hoogstens {field.most} tekens.")
        return DataValidation()

    def _list(self, words: list[str]) -> str:
        from openpyxl.utils import get_column_letter

        key = tuple(words)
        if key not in self._lists:
            self._columns.append(words)
            letter = get_column_letter(len(self._columns))
            self._lists[key] = f"{columns.LISTS}!${letter}$1:${letter}${len(words)}"
        return self._lists[key]


def _limits(field: FieldSpec) -> tuple[int, int]:
    if field.kind == "year":
        return limits.FIRST_YEAR, limits.LAST_YEAR
    return field.least or 0, 100 if field.kind == "percent" else field.most or limits.NUMBER - 1


def _many(field: FieldSpec) -> list[str]:
    return list(options(field).values()) if field.kind == "codes" else []


def _refusing(validation: "DataValidation", sentence: str, style: str = "stop") -> "DataValidation":
    validation.allow_blank, validation.showErrorMessage, validation.errorStyle = True, True, style
    validation.errorTitle, validation.error = "Dit kan hier niet", sentence
    return validation
