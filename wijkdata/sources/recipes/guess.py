"""A proposal for a table that nobody has seen: which column is what, with the reason for each choice.

Nothing here is used without a person: what is not sure stands in `open`, and a name that is only alike is a suggestion.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Indicator, UnitKind
from wijkdata.reference import gemeenten
from wijkdata.sources.reading import names as naming
from wijkdata.sources.reading.base import Context
from wijkdata.sources.reading.blocks import Block
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.periods import period, year_in
from wijkdata.sources.reading.tables import as_text
from wijkdata.sources.recipes import applying, places, shape
from wijkdata.sources.recipes.recipe import Area, By, Long, Period, Shape, When

MOST_COLUMNS = 400
_SHARE = 0.8
_LIKE, _SUGGESTIONS = 0.62, 3
_PERIODS = re.compile(
    r"\b(?:perioden?|jaar|jaren|year|years|jaartal|peildatum|peiljaar|maand|datum|kwartaal|period)\b", re.I
)
_AREAS = re.compile(
    r"buurt|wijk|gebied|gemeente|regio|stadsdeel|\bbuurten\b|neighbou?rhood|district|region|\bgm|\bwk|\bbu|zone", re.I
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
_UNITS = re.compile(r"\[([^\]]{1,30})\]|\(([^()]{1,30})\)\s*(?:\(\d+\))?\s*$")
_LEVEL_WORDS = {
    "gemeente": Level.GEMEENTE,
    "municipality": Level.GEMEENTE,
    "wijk": Level.WIJK,
    "wijken": Level.WIJK,
    "borough": Level.WIJK,
    "district": Level.WIJK,
    "stadsdeel": Level.WIJK,
    "buurt": Level.BUURT,
    "buurten": Level.BUURT,
    "neighbourhood": Level.BUURT,
    "neighborhood": Level.BUURT,
}
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
    found = shape.blocks(path)
    if not found:
        raise refuse(path, "in dit bestand staat geen tabel", "kies een CSV- of Excel-bestand met een rij per gebied")
    block = found[table] if table is not None and 0 <= table < len(found) else max(found, key=_weight)
    heads = shape.headers(block.frame)
    several = sum(shape.shape_of(one).headers == shape.shape_of(block).headers for one in found) > 1
    made = _Maker(path, context, block, heads, gemeente).guess(shape.shape_of(block, several))
    if not made.figures:
        if _described(block):
            raise refuse(path, "dit zijn omschrijvingen zonder cijfers", "kies het bestand met de cijfers zelf")
        raise refuse(
            path, "in deze tabel staat geen kolom met cijfers", "kies een tabel met een rij per gebied en cijfers"
        )
    return replace(made, tables=tuple(found))


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
        self.gemeente = gemeente
        self.reasons: dict[str, str] = {}
        self.open: list[str] = []
        self.columns = {header: name for name, header in reversed(heads.plain.items())}
        self.numeric = {name for name in list(self.frame.columns)[:MOST_COLUMNS] if is_numeric(self.frame[name])}

    def guess(self, wanted: Shape) -> Guess:
        """Put the parts together."""
        area = self._area()
        when = self._period(area)
        long = self._long(area, when)
        figures = self._long_figures(long) if long else self._wide_figures(area, when)
        suggestions, translated = self._names(area)
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

    # --- the area ---------------------------------------------------------------------------------------------------

    def _area(self) -> Area | None:
        area = self._codes() or self._local() or self._by_name()
        if area is None:
            self.open.append("welke kolom het gebied is, en in welke gemeente")
        return area

    def _texts(self, name: str) -> pd.Series:
        texts = as_text(self.frame[name]).map(lambda text: " ".join(text.split()))
        return texts[texts != ""]

    def _codes(self) -> Area | None:
        best: tuple[float, str, Level | None] = (0.0, "", None)
        for name in self.frame.columns:
            texts = self._texts(str(name)).drop_duplicates()
            if texts.empty:
                continue
            for level in (None, Level.BUURT, Level.WIJK, Level.GEMEENTE):
                share = _share_of_codes(texts, level, str(name))
                if share >= 0.7 and share > best[0]:
                    best = (share, str(name), level)
        share, name, level = best
        if not name:
            return None
        n = self._texts(name).nunique()
        what = "CBS-codes" if level is None else f"codes van {level.plural} zonder letters ervoor"
        self.reasons["area"] = f"Kolom ‘{name}’: {round(share * n)} van {n} verschillende waarden zijn {what}."
        return Area(column=self.heads.plain[name], by=By.CODE, level=level)

    def _local(self) -> Area | None:
        """Local codes: a column called after buurt or wijk with short codes, and one gemeente."""
        for name in self.frame.columns:
            level = _level_in(str(name))
            texts = self._texts(str(name))
            if (
                level not in (Level.WIJK, Level.BUURT)
                or not re.search(r"code|nr|nummer", str(name), re.I)
                or texts.empty
            ):
                continue
            digits = 4 if level is Level.BUURT else 2
            if (
                texts.map(lambda text, digits=digits: bool(re.fullmatch(rf"[0-9A-Z]{{1,{digits}}}", text, re.I))).mean()
                < 0.9
            ):
                continue
            gemeente = self.gemeente or self._gemeente_column() or self._gemeente_in_words()
            if gemeente:
                self.reasons["area"] = f"Kolom ‘{name}’: korte codes van {level.plural} binnen {_called(gemeente)}."
                return Area(column=self.heads.plain[str(name)], by=By.LOCAL, level=level, gemeente=gemeente)
        return None

    def _gemeente_column(self) -> str | None:
        for name in self.frame.columns:
            if "gemeente" in str(name).casefold() or "municipality" in str(name).casefold():
                found = {one for text in self._texts(str(name)).unique()[:5] for one in [_gemeente(text)] if one}
                if len(found) == 1:
                    return found.pop()
        return None

    def _gemeente_in_words(self) -> str | None:
        """The gemeente in the file's name, the sheet or the title."""
        hints = [self.path.stem, self.block.sheet, *self.block.title]
        words = [word for hint in hints for word in re.split(r"[^\w'’-]+|[_-]+", hint) if len(word) > 2]
        found = [one for word in words for one in [_gemeente(word)] if one]
        return found[0] if found and len(set(found)) == 1 else None

    def _by_name(self) -> Area | None:
        known = self.context.known_areas
        best: tuple[float, str, Level, str] = (0.0, "", Level.BUURT, "")
        said = self.gemeente or self._gemeente_column() or self._gemeente_in_words() or ""
        for name in self.frame.columns:
            if str(name) in self.numeric:
                continue
            texts = self._texts(str(name)).drop_duplicates()
            for level in (Level.BUURT, Level.WIJK, Level.GEMEENTE):
                owner = said if said and level is not Level.GEMEENTE else self._owner(texts, level)
                owner = owner or self._gemeente_in_rows(texts, level)
                if not owner or texts.empty:
                    continue
                share = len(set(texts.map(naming.loose)) & self._known_names(level, owner)) / len(texts)
                if share > best[0]:
                    best = (share, str(name), level, owner)
        share, name, level, owner = best
        if not name:
            return self._unknown_names(said)
        n = self._texts(name).nunique()
        of = f"{_called(owner)} zelf" if level is Level.GEMEENTE else f"{level.plural} van {_called(owner)}"
        self.reasons["area"] = f"Kolom ‘{name}’: {round(share * n)} van {n} namen zijn bekend als {of}."
        return self._with_levels(Area(column=self.heads.plain[name], by=By.NAME, level=level, gemeente=owner), known)

    def _owner(self, texts: pd.Series, level: Level) -> str | None:
        if level is Level.GEMEENTE:
            found = {_gemeente(text) for text in texts}
            return found.pop() if len(found) == 1 else None
        return naming.municipality(texts, self.context.known_areas, level, [self.path.stem, *self.block.title])

    def _gemeente_in_rows(self, texts: pd.Series, level: Level) -> str | None:
        """The gemeente of which a row is about the whole, where a good part of the other names lies in it."""
        found = {one for text in texts if len(text) > 3 for one in [_gemeente(text)] if one}
        known, called = self.context.known_areas, set(texts.map(naming.loose))
        whole = known[known["code"].astype(str).str.startswith("GM") & known["name"].notna()]
        found |= {
            str(code) for code, name in zip(whole["code"], whole["name"], strict=True) if naming.loose(name) in called
        }
        share = {
            one: len(set(texts.map(naming.loose)) & self._known_names(level, one)) / len(texts)
            for one in sorted(found)[:20]
        }
        best = max(share, key=lambda one: share[one], default=None)
        return best if best is not None and share[best] >= 0.2 else None

    def _known_names(self, level: Level, gemeente: str) -> set[str]:
        local = places.local_areas(places.within(self.context.known_areas, gemeente), level, gemeente).values()
        own = gemeenten.every().get(gemeente)
        itself = [own.name, *own.popular] if own and level is Level.GEMEENTE else []
        return {naming.loose(name) for name in (*local, *itself)}

    def _unknown_names(self, said: str) -> Area | None:
        """A column called after an area whose names nobody knows yet: proposed, with what is missing."""
        for name in self.frame.columns:
            if str(name) not in self.numeric and _AREAS.search(str(name)):
                level = _level_in(str(name)) or Level.BUURT
                self.reasons["area"] = f"Kolom ‘{name}’ heet naar een gebied."
                where = f" van {_called(said)}" if said else ""
                self.open.append(f"de namen van de {level.plural}{where}: lees eerst een bestand met codes en namen in")
                return (
                    Area(column=self.heads.plain[str(name)], by=By.NAME, level=level, gemeente=said) if said else None
                )
        return None

    def _with_levels(self, area: Area, known: pd.DataFrame) -> Area:
        """Add the column that says of each row which level it is, when there is one."""
        for name in self.frame.columns:
            words = {text for text in self._texts(str(name)).unique()[:7]}
            levels = {text: _LEVEL_WORDS[text.casefold()] for text in words if text.casefold() in _LEVEL_WORDS}
            if len(words) <= 5 and len(levels) == len(words) > 1:
                self.reasons["area"] += (
                    f" Kolom ‘{name}’ zegt of het een {dutch.listing(sorted(set(levels.values())))} is."
                )
                return area.model_copy(update={"level_column": self.heads.plain[str(name)], "levels": levels})
        return area

    def _names(self, area: Area | None) -> tuple[dict[str, tuple[tuple[str, str], ...]], tuple[str, ...]]:
        """What names without an area may be; nothing is suggested for names that look translated."""
        if area is None or area.by is not By.NAME:
            return {}, ()
        placed = places.place(area, self.frame, self.columns, self.context.known_areas)
        known, level = places.within(self.context.known_areas, area.gemeente), area.level or Level.BUURT
        like = {
            name: () if name in placed.translated else places.suggestions(name, level, area.gemeente, known)
            for name in open_names(self.block, placed)
        }
        if like:
            n = dutch.count(len(like), "naam heeft", "namen hebben")
            self.open.append(f"{n} nog geen gebied; wie niet wordt aangewezen, blijft over")
        return like, placed.translated

    # --- the period -------------------------------------------------------------------------------------------------

    def _period(self, area: Area | None) -> Period | None:
        taken = area.column if area else None
        for name in self.frame.columns:
            texts = self._texts(str(name))
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
        labels = [name for name in labels if 0 < self._texts(name).nunique() <= max(60, len(self.frame) // 3)]
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
        found = []
        for label in list(dict.fromkeys(labels))[:MOST_COLUMNS]:
            rows = labels == label
            unit = str(as_text(self.frame[unit_column])[rows].iloc[0]) if unit_column else _unit(label)
            found.append(self._figures(label, label or self.columns[long.value], cells[rows], unit))
        return tuple(found)

    def _wide_figures(self, area: Area | None, when: Period | None) -> tuple[Figures, ...]:
        taken = {area.column, area.level_column} if area else set()
        taken |= {when.column} if when else set()
        headers = dict.fromkeys(self.heads.plain[name] for name in self.frame.columns if name in self.numeric)
        dated = when is not None and when.where is When.HEADERS
        self.reasons.setdefault("long", "Een brede tabel: elk cijfer heeft een eigen kolom.")
        found = []
        for header in headers:
            names = self.heads.names(header)
            if header in taken or _NO_FIGURE.match(names[0].strip()) or self._repeats_area(names[0]):
                continue
            if dated and not any(name in self.heads.periods for name in names):
                continue
            label = self._label(header, names[0])
            cells = pd.concat([self.frame[name] for name in names])
            found.append(self._figures(header, label, cells, _unit(names[0])))
        return tuple(found)

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
        indicator, factor, why, like = _of_catalogue(label, unit, self.context.catalogue)
        return Figures(header, label, indicator, why, factor, like, unit, _decimals(shown))

    def _missing(self, long: Long | None, figures: tuple[Figures, ...]) -> dict[str, str]:
        headers = [long.value] if long else [one.header for one in figures]
        used = [name for header in headers for name in self.heads.names(header)][:MOST_COLUMNS]
        texts = {text.casefold() for name in used for text in as_text(self.frame[name]).unique()}
        return {mark: reason for mark, reason in _MARKS.items() if mark in texts}


def open_names(block: Block, placed: places.Placed) -> list[str]:
    """List the names without an area that a person may have an answer to: not those of totals."""
    totals = {placed.names[row] for row in block.totals if row in placed.names.index}
    return [name for name in placed.left if name not in totals]


def _share_of_codes(texts: pd.Series, level: Level | None, name: str) -> float:
    """Which part of the texts are codes; bare numbers count only of gemeenten that exist, under a header that says so."""
    if level is None:
        return float(texts.map(lambda text: areas.normalise(text) is not None).mean())
    digits = {Level.BUURT: 8, Level.WIJK: 6, Level.GEMEENTE: 4}[level]
    short = digits if level is Level.GEMEENTE else digits - 3
    fits = texts.str.fullmatch(rf"[0-9A-Za-z]{{{1 if level is Level.GEMEENTE else short},{digits}}}")
    if fits.mean() < 0.9 or not re.search(r"code|gemnr|nummer|\bnr|^bu|^wk|^gm|cbs|regio", name, re.I):
        return 0.0
    if level is Level.GEMEENTE and not re.search(r"gem|gm", name, re.I):
        return 0.0
    known = gemeenten.every()
    codes = [areas.normalise(text, level) for text in texts]
    real = [code for code in codes if code and (areas.is_fictional(code) or areas.municipality_of(code) in known)]
    return len(real) / len(texts)


def _level_in(name: str) -> Level | None:
    plain = name.casefold()
    if re.search(r"buurt|neighbou?rhood|^bu", plain):
        return Level.BUURT
    if re.search(r"wijk|district|borough|stadsdeel|^wk", plain):
        return Level.WIJK
    return Level.GEMEENTE if re.search(r"gemeente|municipality|^gm", plain) else None


def _gemeente(text: str) -> str | None:
    found = gemeenten.find(text)
    return found[0].code if found else None


def _called(gemeente: str) -> str:
    one = gemeenten.every().get(gemeente)
    return f"{one.name} ({gemeente})" if one else gemeente


def _unit(header: str) -> str:
    """The unit in a header: between brackets at the end, a percent sign, or the words for one."""
    found = _UNITS.search(header)
    if found:
        text = (found[1] or found[2]).strip()
        return "" if re.fullmatch(r"\d+", text) else text
    if re.search(r"%|\bperc|percentage", header, re.I):
        return "%"
    return "aantal" if re.search(r"\baantal\b|number of", header, re.I) else ""


def _decimals(shown: pd.Series) -> int:
    """How many decimals the figures are written with, two at most."""
    parts = shown.str.extract(r"(\d+)[.,](\d+)\s*%?$").dropna()
    lengths = [
        len(text.rstrip("0")) for whole, text in zip(parts[0], parts[1], strict=True) if len(text) != 3 or whole == "0"
    ]
    return min(max(lengths, default=0), 2)


def _of_catalogue(label: str, unit: str, catalogue: Catalogue) -> tuple[str | None, float, str, tuple[str, ...]]:
    """(indicator, factor, why, suggestions): exactly so called in the catalogue or by a publisher, else what it looks like.

    A count is never the share of that name (`Koopwoningen (aantal)`): with another unit it is only a suggestion.
    """
    plain = _plain(label)
    other_unit: list[str] = []
    for item, factor, why in _called_so(plain, catalogue):
        if _same_unit(unit, item):
            return item.id, factor, why, ()
        other_unit.append(item.id)
    titles: dict[str, str] = {}
    for item in catalogue.indicators.values():
        for text in (item.title, item.short, *item.search_words):
            titles.setdefault(_plain(text), item.id)
    near = difflib.get_close_matches(plain, titles, n=2 * _SUGGESTIONS, cutoff=_LIKE) if len(plain) < 200 else []
    return None, 1.0, "", tuple(dict.fromkeys([*other_unit, *(titles[text] for text in near)]))[:_SUGGESTIONS]


def _called_so(plain: str, catalogue: Catalogue) -> Iterator[tuple[Indicator, float, str]]:
    """Give what is called so in the catalogue, then by a publisher: the indicator, the factor to its unit, and why."""
    for item in catalogue.indicators.values():
        if plain in (_plain(item.title), _plain(item.short), item.id.casefold()):
            yield item, 1.0, f"heet in de catalogus ‘{item.title}’"
    for item in catalogue.indicators.values():
        for column in item.columns:
            if column.per is None and plain in {_plain(column.column), *map(_plain, column.editions.values())}:
                yield item, column.factor, f"heet zo bij {catalogue.sources[column.source].publisher}"


def _same_unit(unit: str, item: Indicator) -> bool:
    """Whether figures in this unit can be of the indicator; a header without a unit says nothing."""
    if not unit or unit.casefold() == item.unit.casefold():
        return True
    if item.unit_kind is UnitKind.EURO:  # in thousands
        return "000" in unit
    given = kind_of_unit(unit)
    return given is item.unit_kind or not {given, item.unit_kind} & {UnitKind.PERCENT, UnitKind.PER_THOUSAND}


def _plain(text: str) -> str:
    bare = re.sub(r"\[[^\]]*\]|\(\d+\)|\((?:%|aantal|x 1 ?000 euro)\)", " ", text.casefold())
    return " ".join(re.sub(r"[^\w%]+", " ", bare).split())


def kind_of_unit(unit: str) -> UnitKind:
    """What a figure is counted in, by its unit as a person wrote it."""
    text = unit.casefold().strip()
    if text in ("%", "procent", "percentage", "perc."):
        return UnitKind.PERCENT
    if text in ("score", "punten", "punt", "rapportcijfer"):
        return UnitKind.SCORE
    if text in ("inwoners", "personen", "mensen", "bewoners"):
        return UnitKind.PEOPLE
    if re.search(r"per 1[. ]?000", text):
        return UnitKind.PER_THOUSAND
    return UnitKind.PER if re.search(r"\bper \d", text) else UnitKind.OTHER


def first_rows(block: Block, most: int = 6) -> pd.DataFrame:
    """The first rows of a table as text, for people."""
    frame = block.frame.head(most)
    return pd.DataFrame({name: as_text(frame[name]) for name in list(frame.columns)[:40]}, index=frame.index)
