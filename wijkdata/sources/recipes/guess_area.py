"""Which column of a table that nobody has seen is the area: codes, local codes within a gemeente, or names within one."""

import re
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.reference import gemeenten
from wijkdata.sources.reading import names as naming
from wijkdata.sources.reading.base import Context
from wijkdata.sources.reading.blocks import Block
from wijkdata.sources.reading.tables import as_text
from wijkdata.sources.recipes import places, shape
from wijkdata.sources.recipes.recipe import Area, By

_AREAS = re.compile(
    r"buurt|wijk|gebied|gemeente|regio|stadsdeel|\bbuurten\b|neighbou?rhood|district|region|\bgm|\bwk|\bbu|zone", re.I
)
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


class AreaFinder:
    """Finds the area of one table. numeric: the columns with figures; gemeente: what a person says that the areas lie in.

    reasons["area"] says why; open takes what a person must still say.
    """

    def __init__(
        self, path: Path, context: Context, block: Block, heads: shape.Headers, gemeente: str, numeric: set[str]
    ) -> None:
        self.path, self.context, self.block, self.heads = path, context, block, heads
        self.frame, self.gemeente, self.numeric = block.frame, gemeente, numeric
        self.columns = {header: name for name, header in reversed(heads.plain.items())}
        self.reasons: dict[str, str] = {}
        self.open: list[str] = []

    def area(self) -> Area | None:
        """Find the column of areas, by codes first; what is missing stands in `open`."""
        area = self._codes() or self._local() or self._by_name()
        if area is None:
            self.open.append("welke kolom het gebied is, en in welke gemeente")
        return area

    def _codes(self) -> Area | None:
        best: tuple[float, str, Level | None] = (0.0, "", None)
        for name in self.frame.columns:
            texts = texts_of(self.frame, str(name)).drop_duplicates()
            if texts.empty:
                continue
            for level in (None, Level.BUURT, Level.WIJK, Level.GEMEENTE):
                share = _share_of_codes(texts, level, str(name))
                if share >= 0.7 and share > best[0]:
                    best = (share, str(name), level)
        share, name, level = best
        if not name:
            return None
        n = texts_of(self.frame, name).nunique()
        what = "CBS-codes" if level is None else f"codes van {level.plural} zonder letters ervoor"
        self.reasons["area"] = f"Kolom ‘{name}’: {round(share * n)} van {n} verschillende waarden zijn {what}."
        return Area(column=self.heads.plain[name], by=By.CODE, level=level)

    def _local(self) -> Area | None:
        """Local codes: a column called after buurt or wijk with short codes, and one gemeente."""
        for name in self.frame.columns:
            level = _level_in(str(name))
            texts = texts_of(self.frame, str(name))
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
                names = {
                    one for text in texts_of(self.frame, str(name)).unique()[:5] for one in [_gemeente(text)] if one
                }
                if len(names) == 1:
                    return names.pop()
        return None

    def _gemeente_in_words(self) -> str | None:
        """The gemeente in the file's name, the sheet or the title."""
        hints = [self.path.stem, self.block.sheet, *self.block.title]
        words = [word for hint in hints for word in re.split(r"[^\w'’-]+|[_-]+", hint) if len(word) > 2]
        codes = [one for word in words for one in [_gemeente(word)] if one]
        return codes[0] if codes and len(set(codes)) == 1 else None

    def _by_name(self) -> Area | None:
        best: tuple[float, str, Level, str] = (0.0, "", Level.BUURT, "")
        named = self.gemeente or self._gemeente_column() or self._gemeente_in_words() or ""
        for name in self.frame.columns:
            if str(name) in self.numeric:
                continue
            texts = texts_of(self.frame, str(name)).drop_duplicates()
            for level in (Level.BUURT, Level.WIJK, Level.GEMEENTE):
                owner = named if named and level is not Level.GEMEENTE else self._owner(texts, level)
                owner = owner or self._gemeente_in_rows(texts, level)
                if not owner or texts.empty:
                    continue
                share = len(set(texts.map(naming.loose)) & self._known_names(level, owner)) / len(texts)
                if share > best[0]:
                    best = (share, str(name), level, owner)
        share, name, level, owner = best
        if not name:
            return self._unknown_names(named)
        n = texts_of(self.frame, name).nunique()
        of = f"{_called(owner)} zelf" if level is Level.GEMEENTE else f"{level.plural} van {_called(owner)}"
        self.reasons["area"] = f"Kolom ‘{name}’: {round(share * n)} van {n} namen zijn bekend als {of}."
        return self._with_levels(Area(column=self.heads.plain[name], by=By.NAME, level=level, gemeente=owner))

    def _owner(self, texts: pd.Series, level: Level) -> str | None:
        if level is Level.GEMEENTE:
            owners = {_gemeente(text) for text in texts}
            return owners.pop() if len(owners) == 1 else None
        return naming.municipality(texts, self.context.known_areas, level, [self.path.stem, *self.block.title])

    def _gemeente_in_rows(self, texts: pd.Series, level: Level) -> str | None:
        """The gemeente of which a row is about the whole, where a good part of the other names lies in it."""
        codes = {one for text in texts if len(text) > 3 for one in [_gemeente(text)] if one}
        known, called = self.context.known_areas, set(texts.map(naming.loose))
        whole = known[known["code"].astype(str).str.startswith("GM") & known["name"].notna()]
        codes |= {
            str(code) for code, name in zip(whole["code"], whole["name"], strict=True) if naming.loose(name) in called
        }
        share = {
            one: len(set(texts.map(naming.loose)) & self._known_names(level, one)) / len(texts)
            for one in sorted(codes)[:20]
        }
        best = max(share, key=lambda one: share[one], default=None)
        return best if best is not None and share[best] >= 0.2 else None

    def _known_names(self, level: Level, gemeente: str) -> set[str]:
        local = places.local_areas(places.within(self.context.known_areas, gemeente), level, gemeente).values()
        own = gemeenten.every().get(gemeente)
        itself = [own.name, *own.popular] if own and level is Level.GEMEENTE else []
        return {naming.loose(name) for name in (*local, *itself)}

    def _unknown_names(self, named: str) -> Area | None:
        """A column called after an area whose names nobody knows yet: proposed, with what is missing."""
        for name in self.frame.columns:
            if str(name) not in self.numeric and _AREAS.search(str(name)):
                level = _level_in(str(name)) or Level.BUURT
                self.reasons["area"] = f"Kolom ‘{name}’ heet naar een gebied."
                where = f" van {_called(named)}" if named else ""
                self.open.append(f"de namen van de {level.plural}{where}: lees eerst een bestand met codes en namen in")
                return (
                    Area(column=self.heads.plain[str(name)], by=By.NAME, level=level, gemeente=named) if named else None
                )
        return None

    def _with_levels(self, area: Area) -> Area:
        """Add the column that says of each row which level it is, when there is one."""
        for name in self.frame.columns:
            words = {text for text in texts_of(self.frame, str(name)).unique()[:7]}
            levels = {text: _LEVEL_WORDS[text.casefold()] for text in words if text.casefold() in _LEVEL_WORDS}
            if len(words) <= 5 and len(levels) == len(words) > 1:
                self.reasons["area"] += (
                    f" Kolom ‘{name}’ zegt of het een {dutch.listing(sorted(set(levels.values())))} is."
                )
                return area.model_copy(update={"level_column": self.heads.plain[str(name)], "levels": levels})
        return area

    def names(self, area: Area | None) -> tuple[dict[str, tuple[tuple[str, str], ...]], tuple[str, ...]]:
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


def texts_of(frame: pd.DataFrame, name: str) -> pd.Series:
    """The filled cells of a column as text on one line."""
    texts = as_text(frame[name]).map(lambda text: " ".join(text.split()))
    return texts[texts != ""]


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
    called_so = gemeenten.find(text)
    return called_so[0].code if called_so else None


def _called(gemeente: str) -> str:
    one = gemeenten.every().get(gemeente)
    return f"{one.name} ({gemeente})" if one else gemeente
