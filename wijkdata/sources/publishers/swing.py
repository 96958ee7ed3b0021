"""Exports of a gemeente's own site of figures made with Swing ("in cijfers"): a row per indicator, period and area, by name.

`Mosaic;Tegel;Indicator;Eenheid;Periode;gebied / dimensie;Waarde;Bron;Omschrijving`. Such a site has hundreds of indicators of
its own. An indicator is known here when the catalogue has it with a column of source `swing`, called `Indicator (Eenheid)`;
`topics` lists what a file holds, for whoever wants to add one.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.errors import Problem
from wijkdata.reference import gemeenten
from wijkdata.sources.reading import names, tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import RECIPE, refuse
from wijkdata.sources.reading.periods import is_provisional, period, scope, short_hash, span, why_no_period
from wijkdata.sources.reading.tables import as_text
from wijkdata.sources.reading.tidy import Layout, Tidied, reading, rejected_frame, tidy

SOURCE = "swing"
_AREA, _COLUMNS = "gebied", ("indicator", "eenheid", "periode", "waarde")
_COUNTRY = "nederland"
_EXAMPLES = 4


@dataclass(frozen=True)
class Topic:
    """An indicator as the file calls it. column: its name in the catalogue. source, description: "" when not given."""

    title: str
    unit: str
    source: str
    description: str

    @property
    def column(self) -> str:
        """Return what the catalogue calls it: title and unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


def recognises(path: Path) -> bool:
    """Whether this is a table with an indicator, its unit, a period, a value and an area or dimension in each row."""
    peek = tables.peek(path)
    header = {_plain(name) for name in peek.columns}
    return set(_COLUMNS) <= header and "gebied_code" not in header and any(name.startswith(_AREA) for name in header)


def topics(path: Path) -> list[Topic]:
    """List the indicators of a file, in its order."""
    return list(_topics(_frame(path)[0]).values())


def read(path: Path, context: Context) -> Reading:
    """Read what the catalogue knows of it. Raises InputError: no known indicator, no area that is known, no period."""
    frame, notes = _frame(path)
    if frame.empty:
        raise refuse(path, "dit bestand heeft een kop en geen rijen", "kies op de site ook perioden en gebieden")
    known = {column.column for _, column in context.catalogue.of_source(SOURCE)}
    held = _topics(frame)
    left = [topic for column, topic in held.items() if column not in known]
    if len(left) == len(held):
        raise refuse(path, *_unknown(left), command=RECIPE)
    periods = _periods(frame, path)
    codes, problems = _places(frame["gebied"], context, path)
    usable = codes.notna() & frame["topic"].isin(known)
    layout = Layout(SOURCE, code_column="gebied / dimensie")
    placed = frame[usable].assign(code=codes, period=periods)
    tidied = _joined([
        tidy(rows.assign(**{str(topic): rows["waarde"]}), context.catalogue, layout, path)
        for topic, rows in placed.groupby("topic", sort=False)
    ])  # fmt: skip
    nowhere = [(int(row), "gebied / dimensie", frame["gebied"][row], why) for row, why in problems.dropna().items()]
    all_rejected = pd.concat([rejected_frame(nowhere), tidied.rejected]).sort_values("row", ignore_index=True)
    years = sorted({int(str(value)[:4]) for value in periods[usable]})
    kept = tidied.kept["code"]
    called = "-".join(sorted({_plain(topic) for topic in frame.loc[usable, "topic"]}))
    table_id = f"swing-{short_hash([called])}-{span(periods[usable].astype(int).tolist())}-{scope(kept)}"
    edition = Edition(SOURCE, table_id, dutch.years(years), None, years[-1], division_given=False)
    named = pd.DataFrame({"code": codes[usable].to_numpy(), "name": frame.loc[usable, "gebied"].to_numpy()})
    read_topics = [topic for column, topic in held.items() if column in known]
    all_notes = (*notes, *_said(read_topics, left))
    provisional = sorted({int(periods[row]) for row in frame.index[usable] if is_provisional(frame["periode"][row])})
    result = reading(path, edition, len(frame), replace(tidied, rejected=all_rejected), named=named, notes=all_notes)
    return replace(result, provisional=tuple(provisional))


READERS = (Reader("export van een site met cijfers van een gemeente (Swing, ‘in cijfers’)", recognises, read),)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _frame(path: Path) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the columns by their plain names, `gebied` and `topic` (title and unit) among them, and notes."""
    workbook = tables.peek(path).kind.is_workbook
    table = tables.read_workbook(path, needed=_COLUMNS) if workbook else tables.read_csv(path)
    frame = table.frame.rename(columns=_plain)
    area = next(name for name in frame.columns if name.startswith(_AREA))
    kept = {name: as_text(frame[name]) for name in frame.columns if name not in (area, "waarde")}
    plain = pd.DataFrame({**kept, "gebied": as_text(frame[area]), "waarde": frame["waarde"]}, index=frame.index)
    units = plain["eenheid"].map(lambda unit: f" ({unit})" if unit else "")
    return plain.assign(topic=plain["indicator"] + units), table.notes


def _topics(frame: pd.DataFrame) -> dict[str, Topic]:
    first = frame.drop_duplicates("topic")
    return {
        row["topic"]: Topic(row["indicator"], row["eenheid"], row.get("bron", ""), row.get("omschrijving", ""))
        for _, row in first.iterrows()
    }


def _joined(parts: list[Tidied]) -> Tidied:
    frames = ([part.observations for part in parts], [part.kept for part in parts], [part.rejected for part in parts])
    observations, kept, rejected = (pd.concat(some) for some in frames)
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    return Tidied(observations.reset_index(drop=True), kept, rejected, notes)


def _unknown(left: list[Topic]) -> tuple[str, str]:
    shown = [f"‘{topic.column}’" + (f" (bron: {topic.source})" if topic.source else "") for topic in left[:_EXAMPLES]]
    more = [f"nog {len(left) - _EXAMPLES}"] if len(left) > _EXAMPLES else []
    problem = f"wijkdata kent geen indicator uit dit bestand: {dutch.listing([*shown, *more])}"
    return problem, "zeg op de pagina Gegevens één keer wat het zijn"


def _said(known: list[Topic], left: list[Topic]) -> tuple[str, ...]:
    sources = {topic.source: topic.title for topic in known if topic.source}
    notes = [f"Bron volgens het bestand: {dutch.listing(list(sources))}."] if sources else []
    if left:
        notes.append(f"Niet in de catalogus en niet gelezen: {dutch.listing([topic.column for topic in left])}.")
    return tuple(notes)


def _periods(frame: pd.DataFrame, path: Path) -> pd.Series:
    known = {text: period(text) for text in frame["periode"].unique()}
    values = frame["periode"].map(known)
    wrong = frame["periode"][values.isna()]
    if len(wrong):
        remedy = "verwacht wordt een jaar, kwartaal of maand, zoals 2021 of november 2021"
        raise tables.too_many(
            [
                Problem(path.name, why_no_period(wrong[row]), remedy, int(row), "Periode", wrong[row])
                for row in wrong.index
            ],
            path,
        )
    return values.astype("int64")


# --- which area a name is -------------------------------------------------------------------------------------------


def _places(cells: pd.Series, context: Context, path: Path) -> tuple[pd.Series, pd.Series]:
    """Find the code of each row, or why there is none. Raises InputError when no row has one."""
    distinct = pd.Series(cells.unique(), dtype=object)
    code_of = {name: code for name in distinct if (code := _code(name)) is not None}
    others = distinct[~distinct.isin(list(code_of))]
    owners = sorted({code for code in code_of.values() if areas.level_of(code) is Level.GEMEENTE})
    why: dict[str, str] = {}
    for name in others:
        candidates = _inside(name, owners, context.known_areas)
        if len(candidates) == 1:
            code_of[name] = candidates.pop()
        else:
            why[name] = (
                f"deze naam past bij {len(candidates)} gebieden" if candidates
                else "deze naam is geen bekend gebied van de gemeente (of het is een groep mensen)"
            )  # fmt: skip
    if not code_of:
        raise refuse(
            path,
            "geen enkel gebied in dit bestand is bekend",
            "neem de gemeente zelf op in de export, en lees eerst een bestand met codes en namen van haar wijken en buurten in",
            value=str(distinct.iloc[0]),
        )
    codes = cells.map(code_of).astype(object)
    return codes.where(codes.notna(), None), cells.map(why)


def _code(name: str) -> str | None:
    """Find the code of the country, of a gemeente that exists, or a code that is written out."""
    if _plain(name) == _COUNTRY:
        return "NL00"
    existing = [one.code for one in gemeenten.find(name) if one.until is None]
    return areas.normalise(name) or (existing[0] if len(existing) == 1 else None)


def _inside(name: str, owners: list[str], known: pd.DataFrame) -> set[str]:
    """Find the wijken and buurten of these gemeenten with this name: of each gemeente at most one per level."""
    if known.empty:
        return set()
    one = pd.Series([name], dtype=object)
    matches = (names.match(one, known, level, owner).codes for owner in owners for level in (Level.WIJK, Level.BUURT))
    return {code for codes in matches for code in codes.dropna()}
