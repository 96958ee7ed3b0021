"""Recipe and table to a Reading: every row is kept or rejected with a reason, every figure can be traced to its cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from wijkdata import dutch, periods
from wijkdata.catalogue import Catalogue, Indicator
from wijkdata.errors import InputError
from wijkdata.sources.reading import files, tables, tidy
from wijkdata.sources.reading.base import OBSERVATION_COLUMNS, Context, Edition, Reader, Reading
from wijkdata.sources.reading.blocks import Block
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.numbers import Numbers, counts, numbers
from wijkdata.sources.reading.periods import ask_year, is_provisional, period, scope, span, year_in
from wijkdata.sources.reading.tables import as_text
from wijkdata.sources.recipes import places, shape
from wijkdata.sources.recipes.places import Placed
from wijkdata.sources.recipes.recipe import Decimal, Recipe, When

TOTAL = "dit is een totaal van andere rijen en geen gebied"
NO_PERIOD = "dit is geen periode"
NO_NUMBER = "dit is geen getal"
MIXED = "in deze kolom staat achter sommige getallen een procentteken en achter andere niet"
_TRACED = 3
# With more names than this that look translated the table itself is: half of it would be missing.
_TRANSLATED = 0.2
# A row that is not used: its number, column, the value in it, and why.
_RowProblem = tuple[int, str | None, str | None, str]
_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_POINT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,2})?")


@dataclass(frozen=True)
class Trace:
    """One figure from its cell to the store."""

    row: int
    column: str
    written: str
    code: str
    area: str
    indicator: str
    period: int
    value: float


@dataclass(frozen=True)
class Applied:
    """A table as a recipe reads it. traces: the first, the middle and the last figure."""

    reading: Reading
    placed: Placed
    block: Block
    traces: tuple[Trace, ...]


@dataclass(frozen=True)
class _Part:
    """One indicator in one column of the frame. when: the period in the header; rows: which rows it is about."""

    indicator: Indicator
    factor: float
    name: str
    when: int | None
    rows: pd.Series

    @property
    def column(self) -> tuple[str, bool]:
        """Name the column as it is read for this indicator: only in whole numbers can a point stand for thousands."""
        return self.name, self.indicator.whole


def reader(recipe: Recipe) -> Reader:
    """Make the reader of a recipe: it recognises the shape of its table."""
    return Reader(
        f"recept ‘{recipe.name}’",
        lambda path: bool(shape.matching(path, recipe.shape)),
        lambda path, context: apply(recipe, path, context).reading,
    )


def apply(recipe: Recipe, path: Path, context: Context, *, year: int | None = None) -> Applied:
    """Read the table of a file by a recipe. year: what a person says that the figures are of, where the table does not.

    Raises InputError: another table, an indicator or source that is not known here, no row with an area; QuestionError when
    nothing says of which year it is.
    """
    block = _block(recipe, path)
    _check_known(recipe, context.catalogue, path)
    heads = shape.headers(block.frame)
    columns = {header: name for name, header in reversed(heads.plain.items())}
    placed = places.place(recipe.area, block.frame, columns, context.known_areas)
    if len(placed.translated) > _TRANSLATED * placed.names.nunique():
        raise _translated(path, placed)
    whole = _year(recipe, block, path, year or context.year)
    dated = _periods(recipe, block.frame, columns, whole)
    parts = list(_parts(recipe, block.frame, heads, columns, context.catalogue))
    values = _values(recipe, block.frame, parts)
    problems = _row_problems(recipe, block, placed, dated, parts, values, columns)
    kept = ~block.frame.index.isin([row for row, *_ in problems])
    observations = _observations(block.frame, placed, dated, parts, values, kept)
    observations, twice = _without_doubles(observations, recipe.area.column)
    rejected = tidy.rejected_frame(sorted([*problems, *twice], key=lambda one: one[0]))
    if observations.empty:
        raise _nothing(recipe, path, placed, rejected)
    points = tidy.point_notes([(_said(column, parts, recipe), parsed) for column, parsed in values.items()])
    reading = _reading(recipe, path, block, placed, observations, rejected, points)
    reading = replace(reading, provisional=_provisional(recipe, block, columns))
    return Applied(reading, placed, block, _traces(observations, placed))


def _block(recipe: Recipe, path: Path) -> Block:
    blocks = shape.matching(path, recipe.shape)
    if len(blocks) == 1:
        return blocks[0]
    if blocks:
        sheets = dutch.listing([f"‘{block.sheet}’" for block in blocks])
        problem = f"dit bestand heeft {len(blocks)} tabellen met de vorm van het recept ‘{recipe.name}’ ({sheets})"
        raise refuse(path, problem, "bewaar de tabel die telt in een eigen bestand")
    here = {header for block in shape.blocks(path) for header in shape.headers(block.frame).plain.values()}
    missing = [header for header in recipe.shape.headers if header not in here]
    extra = f"de kolom ‘{missing[0]}’ ontbreekt" if missing else "er staan andere kolommen in"
    problem = f"het recept ‘{recipe.name}’ is voor een andere tabel: {extra}"
    raise refuse(path, problem, "kies een ander recept, of maak er een voor deze tabel")


def _check_known(recipe: Recipe, catalogue: Catalogue, path: Path) -> None:
    unknown = [one.indicator for one in recipe.columns if one.indicator not in catalogue.indicators]
    if recipe.source not in catalogue.sources:
        unknown = [recipe.source, *unknown]
    if unknown:
        problem = f"het recept ‘{recipe.name}’ noemt ‘{unknown[0]}’, en dat staat niet in de catalogus"
        raise refuse(path, problem, "neem het recept over op de pagina Gegevens, of kies een ander cijfer")


def _year(recipe: Recipe, block: Block, path: Path, given_year: int | None) -> int | None:
    """The one year of a table without periods: what its title, sheet or file name says, else what a person says.

    A recipe with a fixed year is of one file: of the next one of its shape the year is asked.
    """
    if recipe.period.where in (When.COLUMN, When.HEADERS):
        return None
    texts = (" ".join(block.title), block.sheet, path.stem) if recipe.period.where is When.FILE else ()
    year = next((named for text in texts if (named := year_in(text)) is not None), given_year)
    if year is None:
        raise ask_year(path, f"deze tabel (recept ‘{recipe.name}’)")
    return year


def _periods(recipe: Recipe, frame: pd.DataFrame, columns: dict[str, str], whole: int | None) -> pd.Series:
    """The period of every row; None where the cell is none. All None when the periods stand in the headers."""
    if recipe.period.where is When.COLUMN:
        texts = as_text(frame[columns[recipe.period.column]])
        period_of = {text: period(text) for text in texts.unique()}
        return pd.Series([period_of[text] for text in texts], index=frame.index, dtype=object)
    return pd.Series([whole] * len(frame), index=frame.index, dtype=object)


def _provisional(recipe: Recipe, block: Block, columns: dict[str, str]) -> tuple[int, ...]:
    """The periods that are marked as provisional (`2024*`), in their column or in the headers."""
    texts: list[str] = []
    if recipe.period.where is When.COLUMN:
        texts = list(as_text(block.frame[columns[recipe.period.column]]).unique())
    elif recipe.period.where is When.HEADERS:
        texts = [str(name) for name in block.frame.columns]
    provisional = {period(text) for text in texts if is_provisional(text)}
    return tuple(sorted(one for one in provisional if one is not None))


def _parts(
    recipe: Recipe, frame: pd.DataFrame, heads: shape.Headers, columns: dict[str, str], catalogue: Catalogue
) -> Iterator[_Part]:
    everything = pd.Series(True, index=frame.index)
    labels = long_labels(recipe.long.indicator, frame, columns) if recipe.long else None
    for one in recipe.columns:
        item = catalogue.indicators[one.indicator]
        if labels is not None and recipe.long is not None:
            yield _Part(item, one.factor, columns[recipe.long.value], None, labels == one.header)
            continue
        for name in heads.names(one.header):
            when = heads.periods.get(name) if recipe.period.where is When.HEADERS else None
            if recipe.period.where is not When.HEADERS or when is not None:
                yield _Part(item, one.factor, name, when, everything)


def long_labels(headers: tuple[str, ...], frame: pd.DataFrame, columns: dict[str, str]) -> pd.Series:
    """Write of each row of a long table which indicator it is of: the texts of these columns, joined."""
    texts = [as_text(frame[columns[header]]) for header in headers]
    rows = zip(*texts, strict=True)
    return pd.Series([" / ".join(filter(None, map(_one_line, row))) for row in rows], index=frame.index, dtype=object)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _values(recipe: Recipe, frame: pd.DataFrame, parts: list[_Part]) -> dict[tuple[str, bool], Numbers]:
    """Read the columns, each for the indicators that are read from it in the same way."""
    read_for: dict[tuple[str, bool], list[_Part]] = {}
    for part in parts:
        read_for.setdefault(part.column, []).append(part)
    return {
        (name, whole): _numbers(recipe, frame[name], whole, [part.rows for part in those])
        for (name, whole), those in read_for.items()
    }


def _said(column: tuple[str, bool], parts: list[_Part], recipe: Recipe) -> str:
    """Name a column for people; that of a long table with the figures that are read from it so."""
    shorts = dict.fromkeys(part.indicator.short for part in parts if part.column == column)
    return f"{column[0]} ({dutch.listing(list(shorts))})" if recipe.long else column[0]


def _numbers(recipe: Recipe, raw: pd.Series, whole: bool, rows: list[pd.Series]) -> Numbers:
    """Read a column as numbers: the marks of the recipe, percent signs, and its decimal sign.

    whole: it is read for whole numbers. rows: those of each indicator that it is read for.
    """
    marks = {mark.strip().casefold(): reason for mark, reason in recipe.missing.items()}
    texts = as_text(raw).str.casefold()
    marked = texts.isin(list(marks))
    cells = pd.Series(
        ["" if mark else _cell(cell, recipe.decimal) for cell, mark in zip(raw, marked, strict=True)],
        index=raw.index,
        dtype=object,
    )
    if recipe.decimal is Decimal.AUTO:
        parsed = _undecided(cells, whole, pd.concat(rows, axis=1).any(axis=1))
    else:
        parsed = replace(numbers(cells), ambiguous=False)
    reasons = parsed.reasons.where(~marked, texts.map(marks)).astype(object)
    parsed = replace(parsed, reasons=reasons.where(reasons.notna(), None))
    return _without_mixed(parsed, texts.str.endswith("%"), rows)


def _undecided(cells: pd.Series, whole: bool, mine: pd.Series) -> Numbers:
    """Read a column of which nobody said what a point is. mine: the rows that it is read for."""
    read = counts if whole else numbers
    if mine.all():
        return read(cells)
    # In a long table the figures of others stand in the column too, and their points say nothing about these.
    own, everything = read(cells.where(mine, "")), numbers(cells)
    return own if own.thousands else replace(everything, ambiguous=everything.ambiguous and own.ambiguous)


def _without_mixed(parsed: Numbers, percent: pd.Series, rows: list[pd.Series]) -> Numbers:
    """Of `61%` beside `0,58` of one indicator neither is sure: the first is no number then. A 0 is 0 without the sign too."""
    bare = ~percent & parsed.values.notna() & (parsed.values != 0)
    mixed = pd.Series(False, index=percent.index)
    for those in rows:
        if bare[those].any():
            mixed |= percent & those
    return replace(parsed, values=parsed.values.mask(mixed), unreadable=parsed.unreadable | mixed)


def _cell(cell: object, decimal: Decimal) -> object:
    """Take off what people put around a number, and write it with a decimal point when the recipe says which sign it has."""
    if not isinstance(cell, str):
        return cell
    text = (
        re.sub(r"^(?:€|eur)\s*|\s*%$", "", cell.strip(), flags=re.IGNORECASE)
        .replace("\u00a0", "")
        .replace("\u202f", "")
    )
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)
    if decimal is Decimal.COMMA and _COMMA.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if decimal is Decimal.POINT and _POINT.fullmatch(text):
        return text.replace(",", "")
    if decimal is not Decimal.AUTO and re.fullmatch(r"[-+]?[\d.,]*\d[\d.,]*", text):
        return f"geen getal: {text}"  # such as 1,5 where the point is said to begin the decimals
    return text


def _row_problems(
    recipe: Recipe,
    block: Block,
    placed: Placed,
    dated: pd.Series,
    parts: list[_Part],
    values: Mapping[tuple[str, bool], Numbers],
    columns: dict[str, str],
) -> list[_RowProblem]:
    """The first problem of every row that is not used: (row, column, value, why)."""
    problems: dict[int, _RowProblem] = {}
    area_column = columns[recipe.area.column]
    for row, problem in placed.problems.dropna().items():
        why = TOTAL if row in block.totals else problem
        problems[int(row)] = (int(row), area_column, str(placed.names[row]), why)
    if recipe.period.where is When.COLUMN:
        name = columns[recipe.period.column]
        for row in dated.index[dated.isna()]:
            problems.setdefault(int(row), (int(row), name, str(block.frame[name][row]), NO_PERIOD))
    for part in parts:
        cells, parsed = block.frame[part.name], values[part.column]
        for row in parsed.unreadable.index[parsed.unreadable & part.rows]:
            mixed = re.search(r"\d\s*%\s*$", str(cells[row]))
            problems.setdefault(int(row), (int(row), part.name, str(cells[row]), MIXED if mixed else NO_NUMBER))
        if part.indicator.range is not None:
            low, high = part.indicator.range
            value = parsed.values * part.factor
            outside = ((value < low) | (value > high)) & part.rows
            why = f"{part.indicator.short} hoort tussen {tidy.limit(low)} en {tidy.limit(high)} te liggen"
            for row in outside.index[outside]:
                problems.setdefault(int(row), (int(row), part.name, str(cells[row]), why))
    used = pd.concat([part.rows for part in parts], axis=1).any(axis=1)
    for row in used.index[~used]:
        problems.setdefault(int(row), (int(row), None, None, "dit cijfer is in het recept overgeslagen"))
    return list(problems.values())


def _observations(
    frame: pd.DataFrame,
    placed: Placed,
    dated: pd.Series,
    parts: list[_Part],
    values: Mapping[tuple[str, bool], Numbers],
    kept: np.ndarray,
) -> pd.DataFrame:
    """The figures with the cell that each comes from (row, column, written)."""
    pieces = []
    for part in parts:
        rows = part.rows.to_numpy() & kept
        parsed = values[part.column]
        when = [part.when] * int(rows.sum()) if part.when is not None else dated[rows].to_list()
        pieces.append(
            pd.DataFrame(
                {
                    "code": placed.codes[rows].to_numpy(dtype=object),
                    "indicator": part.indicator.id,
                    "period": when,
                    "value": _scaled(parsed.values[rows].to_numpy(), part.factor),
                    "reason": parsed.reasons[rows].to_numpy(dtype=object),
                    "row": frame.index[rows],
                    "column": part.name,
                    "written": as_text(frame[part.name][rows]).to_numpy(dtype=object),
                }
            )
        )
    joined = pd.concat(pieces, ignore_index=True)
    return joined.astype({"indicator": object, "period": "int64"})


def _scaled(values: np.ndarray, factor: float) -> np.ndarray:
    """Multiply; a figure that is scaled must not become a long fraction (0.1 * 3 is 0.3), any other stays to its last digit."""
    return values if factor == 1.0 else np.round(values * factor, 9)


def _without_doubles(observations: pd.DataFrame, column: str) -> tuple[pd.DataFrame, list[_RowProblem]]:
    """Reject the rows of an area that stands there twice: the second of equal ones, all of different ones."""
    key = ["code", "indicator", "period"]
    again = observations.duplicated(key, keep=False)
    if not again.any():
        return observations, []
    doubles = observations[again]
    spread = doubles.groupby(key)["value"].agg(lambda values: values.nunique(dropna=False))
    conflict = {
        row
        for row, n in zip(doubles["row"], spread.reindex(pd.MultiIndex.from_frame(doubles[key])), strict=True)
        if n > 1
    }
    second = set(doubles.loc[doubles.duplicated(key), "row"]) - conflict
    out: list[_RowProblem] = [(int(row), column, None, tidy.OTHER_ROW) for row in sorted(conflict)]
    out += [(int(row), column, None, tidy.SAME_ROW) for row in sorted(second)]
    return observations[~observations["row"].isin(conflict | second)], out


def _reading(
    recipe: Recipe,
    path: Path,
    block: Block,
    placed: Placed,
    observations: pd.DataFrame,
    rejected: pd.DataFrame,
    points: tuple[str, ...],
) -> Reading:
    written = sorted({int(code) for code in observations["period"].unique()})
    years = sorted({periods.Period.of(code).year for code in written})
    edition_text = f", uitgave {recipe.published}" if recipe.published else ""
    edition = Edition(
        recipe.source,
        f"recept-{recipe.id}-{span(written)}-{scope(observations['code'])}",
        f"{recipe.name}, {periods.when_text(written)}{edition_text}",
        None,
        years[-1],
        division_given=False,
    )
    plain = observations[OBSERVATION_COLUMNS].reset_index(drop=True)
    kept = pd.DataFrame({"code": plain["code"].unique()})
    notes = (*placed.notes(), *points, *_empty(observations), *_around(block), *_whole(path, block))
    tidied = tidy.Tidied(plain, kept, rejected, ())
    return tidy.reading(path, edition, len(block.frame), tidied, named=kept, notes=notes)


def _empty(observations: pd.DataFrame) -> tuple[str, ...]:
    """Say of which figures whole columns or years are empty."""
    filled = observations.groupby(["indicator", "period"])["value"].count()
    notes = []
    for name, figures in filled.groupby(level="indicator"):
        empty = [int(when) for (_, when), n in figures.items() if n == 0]
        if empty:
            what = "helemaal" if len(empty) == len(figures) else f"voor {periods.when_text(empty)}"
            notes.append(f"{name} is {what} leeg in dit bestand.")
    return tuple(notes[:10])


def _around(block: Block) -> tuple[str, ...]:
    lines = [f"‘{line[:120]}’" for line in block.footer[:3]]
    return (f"Onder de tabel staat: {dutch.listing(lines)}.",) if lines else ()


def _whole(path: Path, block: Block) -> tuple[str, ...]:
    """Say that a file of text may be cut; below a table with a line of its source nothing is missing."""
    text = files.kind(path) is files.FileKind.TEXT and not block.footer
    return tables.unended(files.text(path).text) if text else ()


def _traces(observations: pd.DataFrame, placed: Placed) -> tuple[Trace, ...]:
    filled = observations[observations["value"].notna()]
    filled = filled if len(filled) else observations
    spots = sorted({0, len(filled) // 2, len(filled) - 1})[:_TRACED]
    return tuple(
        Trace(
            int(one.row),
            one.column,
            one.written,
            one.code,
            str(placed.names[one.row]),
            one.indicator,
            int(one.period),
            float(one.value),
        )
        for one in (filled.iloc[spot] for spot in spots)
    )


def _translated(path: Path, placed: Placed) -> InputError:
    problem, _, remedy = places.translated_sentence(placed.translated).removesuffix(".").partition("; ")
    return refuse(path, problem[0].lower() + problem[1:], remedy)


def _nothing(recipe: Recipe, path: Path, placed: Placed, rejected: pd.DataFrame) -> InputError:
    """Say why not one row gives a figure."""
    if placed.translated:
        return _translated(path, placed)
    if placed.codes.notna().any() or rejected.empty:
        why = rejected["problem"].mode().iloc[0] if len(rejected) else "er staat geen cijfer in"
        return refuse(path, f"geen enkele rij is te gebruiken: {why}", "pas het recept of het bestand aan")
    first = str(placed.names.iloc[0])
    if recipe.area.gemeente:
        gemeente = recipe.area.gemeente
        problem = f"geen enkel gebied in deze tabel is bekend in {gemeente}"
        remedy = "lees eerst een bestand met codes en namen van die gemeente in, of kies een andere gemeente"
        return refuse(path, problem, remedy, value=first)
    return refuse(path, "geen enkele rij heeft een gebiedscode", "kies een andere kolom voor het gebied", value=first)
