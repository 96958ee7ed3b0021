"""Tables of reports that nobody knows: a proposal which column is what, and reading by a recipe.

Only the first rows are looked at for a proposal, and only the header to find a recipe again: such a file is large.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch, toml_text
from wijkdata.errors import InputError
from wijkdata.sources.reading import csv_rows, files, tables
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.blocks import Block
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.recipes import places, shape
from wijkdata.sources.recipes.guess_area import AreaFinder
from wijkdata.sources.recipes.recipe import VERSION, Area, RecipeError, ReportsRecipe, Shape, checked
from wijkdata.sources.reports import looking, placing, reading, table
from wijkdata.sources.reports.columns import ReportColumns, plain

_HEAD = "Een voorstel voor een tabel met meldingen. Kijk het na, en lees in met: python -m wijkdata import BESTAND --recipe DIT_BESTAND"
_ROWS = "reports: elke rij is een melding; counts: elke rij is een aantal (kolom count). Van een losse melding wordt niets bewaard."
_SHOWN = 8
# A column of categories has at most so many different words, and comes back this often.
_CATEGORIES = 60
_CATEGORY_NAMES = (
    "hoofdcategorie",
    "categorie",
    "soortmelding",
    "soort",
    "onderwerp",
    "type",
    "rubriek",
    "thema",
    "category",
)
_COUNT_NAMES = ("aantal", "aantalmeldingen", "meldingen", "count", "waarde")
_NUMBER_NAMES = ("identificatie", "zaaknummer", "meldingnummer", "meldingsnummer", "nummer", "nr", "id")
_CHANNEL_NAMES = ("kanaal", "meldkanaal", "ingekomenvia", "bron")


@dataclass(frozen=True)
class ReportsGuess:
    """What a table of reports seems to hold. rows: its first ones. labels: header -> as in the table. recipe: the fields of a
    recipe that are headers. reasons: part -> why. open: what a person must still say."""

    shape: Shape
    labels: dict[str, str]
    rows: pd.DataFrame
    recipe: dict[str, str]
    area: Area | None
    reasons: dict[str, str]
    open: tuple[str, ...]


def guess(path: Path, context: Context, gemeente: str = "") -> ReportsGuess | None:
    """Propose how a table of reports is read; None when it does not seem to be one: no day or month, or no place."""
    sample = _sample(path)
    if sample is None:
        return None
    heads = shape.headers(sample)
    day, whole_months = looking.day_column(sample)
    if not day:
        return None
    numeric = looking.numeric(sample)
    x, y = looking.coordinates(sample, numeric)
    finder = AreaFinder(path, context, Block("", sample, ()), heads, gemeente, numeric)
    area = finder.area() if not (x and y) else None
    count = _called(sample, _COUNT_NAMES, numeric)
    category = _category(sample, {day, x, y, area.column if area else ""})
    about = "melding" in plain(f"{path.stem} {' '.join(map(str, sample.columns))}")
    if not ((x and y) or (area and category and about)) or (whole_months and not (count and category)):
        return None
    columns = {
        "date": day, "category": category, "x": x, "y": y, "count": count,
        "number": "" if count else _called(sample, _NUMBER_NAMES, set(sample)), "channel": _called(sample, _CHANNEL_NAMES, set(sample)),
    }  # fmt: skip
    reasons = {"date": f"Kolom ‘{day}’ bevat {'maanden' if whole_months else 'dagen'}."}
    reasons["area"] = f"Kolommen ‘{x}’ en ‘{y}’ zijn coördinaten." if x and y else finder.reasons.get("area", "")
    if category:
        words = dutch.count(sample[category].nunique(), "verschillend woord", "verschillende woorden")
        reasons["category"] = f"Kolom ‘{category}’ heeft in de eerste rijen {words}."
    return ReportsGuess(
        shape=Shape(headers=tuple(sorted(set(heads.plain.values())))),
        labels={header: name for name, header in reversed(heads.plain.items())},
        rows=sample.head(_SHOWN),
        recipe={"rows": "counts" if count else "reports"}
        | {key: heads.plain[name] for key, name in columns.items() if name},
        area=area,
        reasons=reasons,
        open=tuple(finder.open) if not (x and y) else (),
    )


def make(guess: ReportsGuess, name: str, fields: Mapping[str, str], area: Area | None) -> ReportsRecipe:
    """Make the recipe of a proposal and what a person decided. Raises RecipeError: what is missing."""
    if len(name.strip()) < 2:
        raise RecipeError("Het recept heeft nog geen naam; schrijf hoe deze tabel heet.")
    if area is None and not (fields.get("x") and fields.get("y")):
        raise RecipeError("Er is nog niet gezegd waar een melding is; kies coördinaten, of de kolom met het gebied.")
    table = {"version": VERSION, "name": name.strip(), "rows": "counts" if fields.get("count") else "reports"}
    parts = {key: header for key, header in fields.items() if header and key != "rows"}
    return checked(table | parts | {"shape": guess.shape, "area": area}, name.strip(), ReportsRecipe)


def draft(guess: ReportsGuess, path: Path) -> str:
    """Write the proposal as a recipe with comments, for who edits it in a text editor."""
    area = {} if guess.area is None else {"area": guess.area.model_dump(mode="json", exclude_defaults=True)}
    if guess.open:
        area = {"area": {"column": "", "by": "name", "level": "wijk", "gemeente": ""}}
    tables = {"version": VERSION, "name": path.stem[:60], **guess.recipe, "shape": guess.shape.model_dump(mode="json")}
    return toml_text.write(tables | area, {"version": _HEAD, **guess.reasons, "rows": _ROWS})


def reader(recipe: ReportsRecipe) -> Reader:
    """Make the reader of a recipe: it recognises its table by the header."""
    return Reader(
        f"recept ‘{recipe.name}’",
        lambda path: _matches(path, recipe),
        lambda path, context: apply(recipe, path, context),
        by_borders=True,
    )


def apply(recipe: ReportsRecipe, path: Path, context: Context) -> Reading:
    """Count a table by a recipe. Raises InputError: another table, no report with a day, none with an area."""
    if not _matches(path, recipe):
        missing = next((one for one in recipe.shape.headers if one not in _plain_headers(path)), "")
        extra = f"de kolom ‘{missing}’ ontbreekt" if missing else "er staan andere kolommen in"
        problem = f"het recept ‘{recipe.name}’ is voor een andere tabel: {extra}"
        raise refuse(path, problem, "kies een ander recept, of maak er een voor deze tabel")
    names = {header: name for name, header in reversed(_plain_headers(path, by_name=True).items())}
    called = {part: names.get(getattr(recipe, part), "") for part in ("date", "category", "x", "y", "channel", "count")}
    area = names.get(recipe.area.column, "") if recipe.area else ""
    columns = ReportColumns(**called, area=area, id=names.get(recipe.number, ""))

    def resolve(texts: list[str]) -> list[str | None]:
        return _codes(texts, recipe.area, context)

    return reading.read(path, context, columns, reading.Kind(f"recept-{recipe.id}", recipe.name, resolve))


def _codes(texts: list[str], area: Area | None, context: Context) -> list[str | None]:
    """Write each text as the code of an area, as any recipe does."""
    if area is None:
        return placing.by_code(texts)
    frame = pd.DataFrame({"area": pd.Series(texts, dtype=object)})
    placed = places.place(area, frame, {area.column: "area"}, places.within(context.known_areas, area.gemeente))
    return [code if isinstance(code, str) else None for code in placed.codes]


# --- looking at the file -----------------------------------------------------------------------------------------------


def _sample(path: Path) -> pd.DataFrame | None:
    """Read the first rows as text; None when it is no table."""
    try:
        kind = files.kind(path)
        if kind is FileKind.TEXT:
            head = files.head(path, csv_rows.PEEK_CHARACTERS)
            rows = csv_rows.rows(head[: head.rfind("\n") + 1] or head, path)
            cells = [[str(cell).strip() for cell in row] for _, row in rows]
            names = [str(cell) for cell in rows[0][1]] if rows else []
            body = [row for row in cells[1:] if len(row) == len(names)]
            frame = pd.DataFrame(body, columns=names, dtype=object)
        elif kind.is_workbook:
            frame = tables.read_workbook(path).frame.head(500).apply(tables.as_text)
        else:
            return None
    except (InputError, ValueError):
        return None
    good = len(frame) and len(frame.columns) > 1 and all(map(str, frame.columns)) and frame.columns.is_unique
    return frame if good else None


def _plain_headers(path: Path, *, by_name: bool = False) -> dict[str, str]:
    """Write the headers as a recipe does: header -> header, or name in the file -> header."""
    names = table.headers(path)
    frame = pd.DataFrame(columns=list(dict.fromkeys(names)))
    headers = shape.headers(frame).plain
    return headers if by_name else {header: header for header in headers.values()}


def _matches(path: Path, recipe: ReportsRecipe) -> bool:
    try:
        return set(_plain_headers(path)) == set(recipe.shape.headers)
    except InputError:
        return False


def _called(sample: pd.DataFrame, names: tuple[str, ...], among: Iterable[str]) -> str:
    known = {plain(str(name)): str(name) for name in sample if str(name) in set(among)}
    return next((known[name] for name in names if name in known), "")


def _category(sample: pd.DataFrame, taken: set[str]) -> str:
    """Find the column of categories: by its name, else few words that come back."""
    if (column := _called(sample, _CATEGORY_NAMES, set(map(str, sample)))) and column not in taken:
        return column
    for name in map(str, sample):
        texts = sample[name][sample[name] != ""]
        words = texts.nunique()
        is_text = looking.numbers(texts).isna().mean() > looking.SHARE and not texts.map(areas.normalise).notna().any()
        if name not in taken and is_text and 1 < words <= min(_CATEGORIES, len(texts) // 4):
            return name
    return ""
