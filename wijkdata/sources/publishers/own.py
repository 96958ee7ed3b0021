"""The municipality's own figures in a plain format: `gebied_code, indicator, periode, waarde` as CSV or xlsx.

The owner can correct the file, so one wrong row refuses all of it, and every wrong row gets its own sentence. Optional
columns: `reden` (why a value is missing), `gebied_naam`, `indelingsjaar` (division of the codes; else the division that fits
the codes and names, nearest to the last year).
"""

import difflib
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.catalogue import Catalogue
from wijkdata.errors import Problem
from wijkdata.sources.reading import tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.periods import period, scope, short_hash, span, whole_years, why_no_period
from wijkdata.sources.reading.tables import Table, as_text
from wijkdata.sources.reading.tidy import Tidied, limit, reading, rejected_frame

SOURCE = "eigen"
REQUIRED = ("gebied_code", "indicator", "periode", "waarde")
OPTIONAL = ("reden", "gebied_naam", "indelingsjaar")
# Real gemeente numbers are below 2000; the invented gemeenten of the example have 9700 to 9799.
_LAST_MUNICIPALITY = 1999
_MAX_ID = 60
# What is wrong with a cell and how to correct it, or None.
_CellProblem = tuple[str, str] | None


def recognises(path: Path) -> bool:
    """Whether this is a CSV or xlsx with the column of area codes, or with three of the four columns."""
    peek = tables.peek(path)
    names = {name.lower() for name in peek.columns}
    present = len(names & set(REQUIRED))
    return (peek.kind is FileKind.TEXT or peek.kind.is_workbook) and ("gebied_code" in names or present >= 3)


def read(path: Path, context: Context) -> Reading:
    """Read an own file. Raises InputError with one problem per wrong row."""
    table = _table(path)
    frame = table.frame
    if frame.empty:
        raise refuse(path, "dit bestand heeft een kop en geen rijen", "vul onder de kop ten minste één rij in")
    checked = _Checked(frame, context.catalogue, path)
    if checked.problems:
        raise tables.too_many(sorted(checked.problems, key=lambda problem: problem.row or 0), path)
    observations = checked.observations()
    division = _division(frame, observations, path)
    named = pd.DataFrame(
        {"code": observations["code"], "name": frame["gebied_naam"].to_numpy() if "gebied_naam" in frame else None}
    )
    years = sorted({int(str(value)[:4]) for value in observations["period"].unique()})
    edition = Edition(
        SOURCE, _table_id(observations), f"eigen bestand {dutch.years(years)}", None, division, "indelingsjaar" in frame
    )
    tidied = Tidied(observations, observations, rejected_frame([]))
    notes = (*table.notes, *checked.notes, *_ignored(frame))
    return reading(path, edition, len(frame), tidied, named=named, notes=notes)


READERS = (Reader("eigen bestand (gebied_code, indicator, periode, waarde)", recognises, read),)


def _table(path: Path) -> Table:
    workbook = tables.peek(path).kind.is_workbook
    table = tables.read_workbook(path, needed=REQUIRED) if workbook else tables.read_csv(path)
    frame = table.frame.rename(columns=str.lower)
    missing = [name for name in REQUIRED if name not in frame]
    if missing:
        raise refuse(
            path,
            f"de kolom {dutch.listing(missing)} ontbreekt",
            f"de eerste rij hoort {', '.join(REQUIRED)} te zijn",
            row=1,
        )
    twice = [name for name in frame.columns[frame.columns.duplicated()]]
    if twice:
        raise refuse(path, "deze kolom staat twee keer in de kop", "laat er één staan", row=1, column=twice[0])
    return Table(frame, table.notes)


class _Checked:
    """The columns of an own file, each checked; `problems` holds the first wrong cell of every wrong row."""

    def __init__(self, frame: pd.DataFrame, catalogue: Catalogue, path: Path) -> None:
        self.path, self.frame, self.catalogue = path, frame, catalogue
        self.notes: tuple[str, ...] = ()
        self._problem_of_row: dict[int, Problem] = {}
        self.code = self._mapped("gebied_code", areas.normalise, self._code_problem)
        self.indicator = self._mapped("indicator", str, self._indicator_problem)
        self.period = self._mapped("periode", period, self._period_problem)
        self.value, self.reason = self._values()
        self._check_ranges()
        self._check_keys()

    @property
    def problems(self) -> list[Problem]:
        """The problems, one per wrong row."""
        return list(self._problem_of_row.values())

    def observations(self) -> pd.DataFrame:
        """Make observations as in `Reading`, in the order of the file; call only when there are no problems."""
        columns = {"code": self.code, "indicator": self.indicator, "period": self.period.astype("int64")}
        return pd.DataFrame({**columns, "value": self.value, "reason": self.reason}).reset_index(drop=True)

    def _mapped(self, column: str, convert: Callable[[str], object], judge: Callable[[str], _CellProblem]) -> pd.Series:
        """Convert a column and note what is wrong in it; each distinct text is judged once."""
        texts = as_text(self.frame[column])
        problems = {text: judge(text) for text in texts.unique()}
        for row in texts.index[texts.map(problems).notna()]:
            if problem := problems[texts[row]]:
                self._add(int(row), column, texts[row], *problem)
        return texts.map({text: convert(text) for text in problems})

    def _add(self, row: int, column: str, value: object, problem: str, remedy: str) -> None:
        self._problem_of_row.setdefault(row, Problem(self.path.name, problem, remedy, row, column, str(value)))

    @staticmethod
    def _code_problem(text: str) -> _CellProblem:
        code = areas.normalise(text)
        if code is None:
            return "dit is geen gebiedscode", "schrijf NL00, GM0000, WK000000 of BU00000000 met de juiste cijfers"
        if areas.is_ghost(code):
            return "dit is een boekhoudregio en geen plek in Nederland", "laat deze rij weg"
        number = code[2:6]
        if code != "NL00" and not areas.is_fictional(code) and not 0 < int(number) <= _LAST_MUNICIPALITY:
            return f"gemeente {number} bestaat niet", "controleer de eerste vier cijfers van de code"
        return None

    def _indicator_problem(self, text: str) -> _CellProblem:
        if text in self.catalogue.indicators:
            return None
        similar = difflib.get_close_matches(text, self.catalogue.indicators, n=1)
        hint = f"bedoelt u {similar[0]}? " if similar else ""
        return "deze indicator staat niet in de catalogus", f"{hint}kies een id uit data/catalogue of voeg er een toe"

    @staticmethod
    def _period_problem(text: str) -> _CellProblem:
        return None if period(text) else (why_no_period(text), "schrijf een jaar (2014) of een maand (2014-03)")

    def _values(self) -> tuple[pd.Series, pd.Series]:
        parsed = numbers(self.frame["waarde"])
        for row in parsed.unreadable.index[parsed.unreadable]:
            self._add(
                int(row),
                "waarde",
                self.frame["waarde"][row],
                "dit is geen getal",
                "schrijf een getal, of laat de cel leeg",
            )
        if parsed.ambiguous:
            self.notes = ("In waarde is de punt gelezen als decimaalteken (1.320 is 1,320).",)
        if "reden" not in self.frame:
            return parsed.values, parsed.reasons
        return parsed.values, self._with_reasons(parsed.values, parsed.reasons)

    def _with_reasons(self, values: pd.Series, reasons: pd.Series) -> pd.Series:
        """Replace the reason that a mark implies by the one in the file (its id or its sentence)."""
        ids = {
            **{key: key for key in dutch.REASONS},
            **{sentence: key for key, sentence in dutch.REASONS.items()},
            "": None,
        }
        texts = as_text(self.frame["reden"])
        for row in texts.index[~texts.isin(list(ids))]:
            self._add(
                int(row), "reden", texts[row], "deze reden kent wijkdata niet", f"kies uit {', '.join(dutch.REASONS)}"
            )
        for row in texts.index[(texts != "") & values.notna()]:
            self._add(
                int(row),
                "reden",
                texts[row],
                "er staat een waarde én een reden dat de waarde ontbreekt",
                "laat één van beide leeg",
            )
        given = texts.map(ids)
        merged = given.where(given.notna() & values.isna(), reasons)
        return merged.where(merged.notna(), None).astype(object)

    def _check_ranges(self) -> None:
        ranges = {name: item.range for name, item in self.catalogue.indicators.items() if item.range is not None}
        for name in self.indicator.unique():
            if name not in ranges:
                continue
            limits = ranges[name]
            rows = self.indicator == name
            outside = rows & ((self.value < limits[0]) | (self.value > limits[1]))
            allowed = f"tussen {limit(limits[0])} en {limit(limits[1])}"
            for row in outside.index[outside]:
                self._add(
                    int(row),
                    "waarde",
                    self.frame["waarde"][row],
                    f"{name} hoort {allowed} te liggen",
                    "controleer de eenheid en de komma",
                )

    def _check_keys(self) -> None:
        keys = pd.DataFrame({"code": self.code, "indicator": self.indicator, "period": self.period})
        first: dict[tuple[object, ...], int] = {}
        for row, *key in keys[keys.duplicated(keep=False)].itertuples():
            if tuple(key) in first:
                problem = f"gebied, indicator en periode zijn gelijk aan die van rij {first[tuple(key)]}"
                self._add(int(row), "gebied_code", key[0], problem, "laat één van de twee rijen staan")
            first.setdefault(tuple(key), int(row))


def _division(frame: pd.DataFrame, observations: pd.DataFrame, path: Path) -> int:
    """Find the year of the division: the column `indelingsjaar` (one year per file), else the last year of the figures."""
    if "indelingsjaar" not in frame:
        return int(observations["period"].astype(str).str[:4].max()) if len(observations) else 0
    years = whole_years(as_text(frame["indelingsjaar"]).rename("indelingsjaar"), path).unique()
    if len(years) > 1:
        problem = f"er staan {len(years)} indelingsjaren in dit bestand"
        raise refuse(path, problem, "maak per indelingsjaar een eigen bestand", column="indelingsjaar")
    return int(years[0])


def _table_id(observations: pd.DataFrame) -> str:
    """Make `eigen-vertrouwen-2014-2022-GM0363`; a long list of indicators becomes a count with a short hash."""
    indicators = sorted(observations["indicator"].unique())
    words = "-".join(indicators)
    if len(words) > _MAX_ID:
        words = f"{len(indicators)}-indicatoren-{short_hash(indicators)}"
    return f"eigen-{words}-{span(observations['period'].tolist())}-{scope(observations['code'])}"


def _ignored(frame: pd.DataFrame) -> tuple[str, ...]:
    extra = [name for name in frame.columns if name not in REQUIRED + OPTIONAL]
    return (f"Niet gebruikt: {dutch.listing(extra)}.",) if extra else ()
