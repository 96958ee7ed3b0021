"""A proposal for a table that nobody has seen: which column is what, with the reason for each choice.

Nothing here is used without a person: what is not sure stands in `open`, and a name that is only alike is a suggestion.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from wijkdata import dutch
from wijkdata.sources.reading.base import Context
from wijkdata.sources.reading.blocks import Block
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.periods import period, year_in
from wijkdata.sources.reading.tables import as_text
from wijkdata.sources.recipes import applying, shape
from wijkdata.sources.recipes.guess_area import AreaFinder, texts_of
from wijkdata.sources.recipes.guess_figures import decimals_of, of_catalogue, unit_in
from wijkdata.sources.recipes.recipe import Area, Long, Period, Shape, When

MOST_COLUMNS = 400
_SHARE = 0.8
_PERIODS = re.compile(
    r"\b(?:perioden?|jaar|jaren|year|years|jaartal|peildatum|peiljaar|maand|datum|kwartaal|period)\b", re.I
)
_LABELS = re.compile(
    r"indicator|onderwerp|variabele|kenmerk|thema|topic|measure|categor|catetgory|soort|place|within|label", re.I
)
_VALUES = re.compile(r"^(?:waarde|value|values|aantal|cijfer|score|percentage|perc)$", re.I)
_NO_FIGURE = re.compile(
    r"^(?:|id|nr|nummer|index|rij|fid|objectid|ogc_fid|kolom \d+|unnamed.*|postcode\w*|zip.?code|pc4|pc6|lat|lon|latitude|"
    r"longitude|x|y|shape.?(?:area|length)|.*code|gemnr)$",
    re.I,
)
_MARKS = {
    "?": "not_covered",
    "onbekend": "not_covered",
    "geheim": "suppressed",
    "*": "suppressed",
    "n.b.": "not_covered",
}


@dataclass(frozen=True)
class Figures:
    """One column of figures, or one indicator of a long table. label: as it stands in the table, for people.

    indicator: the one of the catalogue that it is called after exactly; suggestions: those that it may be, a person decides.
    unit, decimals: as the header and the figures show them. factor: from the figures to the unit of the indicator.
    """

    header: str
    label: str
    indicator: str | None = None
    why: str = ""
    factor: float = 1.0
    suggestions: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Guess:
    """What the table seems to hold. reasons: part -> why, a Dutch sentence; open: what a person must still say."""

    block: Block
    shape: Shape
    area: Area | None
    period: Period | None
    long: Long | None
    figures: tuple[Figures, ...]
    missing: dict[str, str]
    reasons: dict[str, str]
    open: tuple[str, ...] = ()
    suggestions: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    translated: tuple[str, ...] = ()
    tables: tuple[Block, ...] = ()


def guess(path: Path, context: Context, *, table: int | None = None, gemeente: str = "") -> Guess:
    """Make a proposal for one table of a file: the one with number `table`, else the one with most figures.

    gemeente: what a person says that the areas lie in. Raises InputError when the file holds no table with figures.
    """
    blocks = shape.blocks(path)
    if not blocks:
        raise refuse(path, "in dit bestand staat geen tabel", "kies een CSV- of Excel-bestand met een rij per gebied")
    block = blocks[table] if table is not None and 0 <= table < len(blocks) else max(blocks, key=_weight)
    heads = shape.headers(block.frame)
    several = sum(shape.shape_of(one).headers == shape.shape_of(block).headers for one in blocks) > 1
    proposal = _Maker(path, context, block, heads, gemeente).guess(shape.shape_of(block, several))
    if not proposal.figures:
        if _described(block):
            raise refuse(path, "dit zijn omschrijvingen zonder cijfers", "kies het bestand met de cijfers zelf")
        raise refuse(
            path, "in deze tabel staat geen kolom met cijfers", "kies een tabel met een rij per gebied en cijfers"
        )
    return replace(proposal, tables=tuple(blocks))


def _weight(block: Block) -> int:
    return len(block.frame) * sum(is_numeric(block.frame[name]) for name in list(block.frame.columns)[:60])


def _described(block: Block) -> bool:
    texts = block.frame.map(lambda cell: len(str(cell)) > 12)
    return bool(texts.to_numpy().mean() > 0.3)


def is_numeric(cells: pd.Series) -> bool:
    """Whether nearly all filled cells are numbers or marks for a missing one, and some are numbers."""
    texts = as_text(cells).str.strip()
    filled = texts[(texts != "") & ~texts.str.casefold().isin(list(_MARKS))]
    if filled.empty:
        return False
    bare = filled.str.replace(r"^€\s*|\s*%$", "", regex=True)
    parsed = numbers(bare)
    good = int((~parsed.unreadable).sum())
    return bool(parsed.values.notna().any()) and good >= _SHARE * len(filled)


class _Maker:
    """Makes the guess of one table, part by part; each part leaves its reason."""

    def __init__(self, path: Path, context: Context, block: Block, heads: shape.Headers, gemeente: str) -> None:
        self.path, self.context, self.block, self.heads = path, context, block, heads
        self.frame = block.frame
        self.columns = {header: name for name, header in reversed(heads.plain.items())}
        self.numeric = {name for name in list(self.frame.columns)[:MOST_COLUMNS] if is_numeric(self.frame[name])}
        self.finder = AreaFinder(path, context, block, heads, gemeente, self.numeric)
        self.reasons, self.open = self.finder.reasons, self.finder.open

    def guess(self, wanted: Shape) -> Guess:
        """Put the parts together."""
        area = self.finder.area()
        when = self._period(area)
        long = self._long(area, when)
        figures = self._long_figures(long) if long else self._wide_figures(area, when)
        suggestions, translated = self.finder.names(area)
        return Guess(
            block=self.block,
            shape=wanted,
            area=area,
            period=when,
            long=long,
            figures=figures,
            missing=self._missing(long, figures),
            reasons=self.reasons,
            open=tuple(self.open),
            suggestions=suggestions,
            translated=translated,
        )

    # --- the period -------------------------------------------------------------------------------------------------

    def _period(self, area: Area | None) -> Period | None:
        taken = area.column if area else None
        for name in self.frame.columns:
            texts = texts_of(self.frame, str(name))
            if self.heads.plain[str(name)] == taken or texts.empty or not (_PERIODS.search(str(name))):
                continue
            if texts.map({text: period(text) is not None for text in texts.unique()}).mean() >= _SHARE:
                self.reasons["period"] = f"Kolom ‘{name}’ bevat jaren of maanden."
                return Period(where=When.COLUMN, column=self.heads.plain[str(name)])
        dated = [name for name in self.heads.periods if name in self.numeric]
        if dated:
            shown = dutch.listing([f"‘{name}’" for name in dated[:3]])
            self.reasons["period"] = f"Het jaar staat in de kop van {len(dated)} kolommen, zoals {shown}."
            return Period(where=When.HEADERS)
        texts = {
            "titel": " ".join(self.block.title),
            "naam van het werkblad": self.block.sheet,
            "bestandsnaam": self.path.stem,
        }
        for what, text in texts.items():
            if (year := year_in(text)) is not None:
                self.reasons["period"] = f"In de {what} staat {year}."
                return Period(where=When.FILE)
        self.reasons["period"] = "Nergens in de tabel, de titel of de bestandsnaam staat één jaar."
        self.open.append("van welk jaar de cijfers zijn")
        return None

    # --- long or wide -----------------------------------------------------------------------------------------------

    def _long(self, area: Area | None, when: Period | None) -> Long | None:
        """A long table: one column of values, and an area that comes back within a period for one text after another."""
        taken = {area.column, area.level_column} if area else set()
        taken |= {when.column} if when else set()
        values = [name for name in self.numeric if self.heads.plain[name] not in taken and not _NO_FIGURE.match(name)]
        named = [name for name in values if _VALUES.match(name.strip())]
        if area is None or (len(values) != 1 and not named):
            return None
        value = named[0] if named else values[0]
        key = [self.columns[header] for header in (area.column, when.column if when else "") if header]
        if not named and not self.frame.duplicated(key).any():
            return None
        labels = [
            str(name)
            for name in self.frame.columns
            if str(name) not in self.numeric and self.heads.plain[str(name)] not in taken and _LABELS.search(str(name))
        ]
        labels = [name for name in labels if 0 < texts_of(self.frame, name).nunique() <= max(60, len(self.frame) // 3)]
        exact = [name for name in labels if re.fullmatch(r"indicator|onderwerp|variabele|variable", name.strip(), re.I)]
        labels = exact[:1] or labels
        if not labels and not named:
            return None
        self.reasons["long"] = f"Een lange tabel: de waarde staat in ‘{value}’" + (
            f", en {dutch.listing([f'‘{name}’' for name in labels])} zegt waarover zij gaat." if labels else "."
        )
        return Long(indicator=tuple(self.heads.plain[name] for name in labels), value=self.heads.plain[value])

    def _long_figures(self, long: Long) -> tuple[Figures, ...]:
        labels = applying.long_labels(long.indicator, self.frame, self.columns)
        cells = self.frame[self.columns[long.value]]
        unit_column = next(
            (str(name) for name in self.frame.columns if re.fullmatch(r"eenheid|unit", str(name), re.I)), None
        )
        figures = []
        for label in list(dict.fromkeys(labels))[:MOST_COLUMNS]:
            rows = labels == label
            unit = str(as_text(self.frame[unit_column])[rows].iloc[0]) if unit_column else unit_in(label)
            figures.append(self._figures(label, label or self.columns[long.value], cells[rows], unit))
        return tuple(figures)

    def _wide_figures(self, area: Area | None, when: Period | None) -> tuple[Figures, ...]:
        taken = {area.column, area.level_column} if area else set()
        taken |= {when.column} if when else set()
        headers = dict.fromkeys(self.heads.plain[name] for name in self.frame.columns if name in self.numeric)
        dated = when is not None and when.where is When.HEADERS
        self.reasons.setdefault("long", "Een brede tabel: elk cijfer heeft een eigen kolom.")
        figures = []
        for header in headers:
            names = self.heads.names(header)
            if header in taken or _NO_FIGURE.match(names[0].strip()) or self._repeats_area(names[0]):
                continue
            if dated and not any(name in self.heads.periods for name in names):
                continue
            label = self._label(header, names[0])
            cells = pd.concat([self.frame[name] for name in names])
            figures.append(self._figures(header, label, cells, unit_in(names[0])))
        return tuple(figures)

    def _repeats_area(self, name: str) -> bool:
        """Whether a column numbers the rows: 1, 2, 3 and so on."""
        texts = list(as_text(self.frame[name]))
        return len(texts) > 3 and texts in (
            [str(n) for n in range(len(texts))],
            [str(n + 1) for n in range(len(texts))],
        )

    def _label(self, header: str, name: str) -> str:
        """What a column is called for people; a column that is called after a year is called after title or file."""
        if header != shape.WHEN:
            return (
                " ".join(name.split())
                if name not in self.heads.periods
                else header.replace(shape.WHEN, "").strip(" -,:_()")
            )
        title = next((line for line in self.block.title if re.search(r"[^\W\d]{3}", line)), self.path.stem)
        return shape.split(title)[0].replace(shape.WHEN, "").strip(" -,:_()") or "cijfer"

    def _figures(self, header: str, label: str, cells: pd.Series, unit: str) -> Figures:
        shown = as_text(cells)
        if not unit and shown.str.endswith("%").any():
            unit = "%"
        indicator, factor, why, like = of_catalogue(label, unit, self.context.catalogue)
        return Figures(header, label, indicator, why, factor, like, unit, decimals_of(shown))

    def _missing(self, long: Long | None, figures: tuple[Figures, ...]) -> dict[str, str]:
        headers = [long.value] if long else [one.header for one in figures]
        used = [name for header in headers for name in self.heads.names(header)][:MOST_COLUMNS]
        texts = {text.casefold() for name in used for text in as_text(self.frame[name]).unique()}
        return {mark: reason for mark, reason in _MARKS.items() if mark in texts}


def first_rows(block: Block, most: int = 6) -> pd.DataFrame:
    """The first rows of a table as text, for people."""
    frame = block.frame.head(most)
    return pd.DataFrame({name: as_text(frame[name]) for name in list(frame.columns)[:40]}, index=frame.index)
