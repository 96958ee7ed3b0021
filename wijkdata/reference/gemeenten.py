"""Every gemeente since 2012: its names, its province, when it existed, and which gemeente took over its territory.

The facts are in `data/reference/gemeenten.csv`, one row per code. A code that is not in it is never hidden: it counts
as existing, and as its own heir.
"""

import csv
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from wijkdata import areas, dutch, settings
from wijkdata.areas import Level
from wijkdata.errors import WijkdataError

FILE = "gemeenten.csv"


@dataclass(frozen=True)
class Gemeente:
    """A gemeente under one code. `since` None: it existed before 2012; `until` None: it still exists.

    until: the first day on which it no longer existed.
    successors: the codes that took over its territory on that day, () while it exists.
    """

    code: str
    name: str
    popular: tuple[str, ...]
    province: str
    since: date | None
    until: date | None
    successors: tuple[str, ...]
    note: str

    def existed_on(self, day: date) -> bool:
        """Tell whether it existed on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@lru_cache(maxsize=1)
def every() -> dict[str, Gemeente]:
    """Read the list, by code. Raises WijkdataError when the file is missing or damaged."""
    path = settings.REFERENCE_DIR / FILE
    if not path.exists():
        raise WijkdataError(f"{FILE} ontbreekt in data/reference; zet het bestand terug.")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        # Comment lines are above the heading only, so a cell may hold a #.
        heading = next((i for i, line in enumerate(lines) if not line.startswith("#")), 0)
        rows = [_gemeente(row) for row in csv.DictReader(lines[heading:])]
        by_code = {gemeente.code: gemeente for gemeente in rows}
        if not rows or len(by_code) < len(rows) or not all(s in by_code for g in rows for s in g.successors):
            raise ValueError("no rows, a code twice, or an unknown successor")
    except (ValueError, KeyError, AttributeError, TypeError, csv.Error) as error:
        raise WijkdataError(f"{FILE} in data/reference is beschadigd; zet het bestand terug.") from error
    return by_code


def find(text: str) -> tuple[Gemeente, ...]:
    """Find gemeenten by code or by an official or popular name; () when there is none.

    Case, diacritics, spaces and punctuation do not matter. Those that still exist come first, then the dissolved
    ones, the latest first.
    """
    code = areas.normalise(text, Level.GEMEENTE)
    if code in every():
        return (every()[code],)
    return _by_key().get(_key(text), ())


def exists(code: str, year: int) -> bool:
    """Tell whether the gemeente existed on 1 January of this year; True for a code that is not in the list."""
    known = every().get(code)
    return known is None or known.existed_on(_new_year(year))


def heirs(code: str, year: int) -> tuple[str, ...]:
    """Name the codes that hold its territory on 1 January of this year, each once, following one merger into the next.

    (code,) when it is not dissolved by then (also when it did not exist yet), or is not in the list.
    """
    known = every().get(code)
    if known is None or known.until is None or known.until > _new_year(year):
        return (code,)
    # A dict keeps the order and drops the second mention: two parts may come together again in a later merger.
    return tuple(dict.fromkeys(heir for successor in known.successors for heir in heirs(successor, year)))


def heirs_of_now(code: str) -> tuple[str, ...]:
    """Name the `heirs` after the last merger in the list."""
    return heirs(code, max(one.until.year for one in every().values() if one.until is not None) + 1)


def grew(code: str, after: int, until: int) -> tuple[Gemeente, ...]:
    """List the dissolved gemeenten that went (partly) to this code after 1 January `after`, up to 1 January `until`.

    Oldest first; () when there are none, or when the code is not in the list. Only the last step counts: what had
    merged before into one of these is not named. A gemeente that only took another name and code is among them.
    """
    first, last = _new_year(after), _new_year(until)
    merged = [(g.until, g.name, g) for g in every().values() if code in g.successors and g.until is not None]
    return tuple(g for day, _, g in sorted(merged, key=lambda one: one[:2]) if first < day <= last)


def forebears(code: str) -> tuple[str, ...]:
    """Name the codes whose territory lies (partly) in this gemeente now: its own first, then what merged into it."""
    known = every().values()
    codes, to_follow = [code], [code]
    while to_follow:
        heir = to_follow.pop()
        older = [one.code for one in known if heir in one.successors and one.code not in codes]
        codes += older
        to_follow += older
    return tuple(codes)


def merger_text(gemeente: Gemeente) -> str:
    """Say in one Dutch sentence where its territory went; "" when it still exists."""
    if gemeente.until is None:
        return ""
    turn_of_year = (gemeente.until.month, gemeente.until.day) == (1, 1)
    moment = str(gemeente.until.year) if turn_of_year else dutch.day(gemeente.until)
    name = dutch.capital(gemeente.name)  # "het Bildt" opens a sentence
    now = dutch.listing([every()[code].name for code in gemeente.successors])
    if len(gemeente.successors) > 1:
        return f"{name} is {'in' if turn_of_year else 'op'} {moment} verdeeld over {now}."
    if _only_renamed(gemeente):
        return f"{name} heet sinds {moment} {now}."
    return f"{name} hoort sinds {moment} bij {now}."


def where_now(code: str) -> str:
    """Say behind the name of a dissolved gemeente where it is: `nu Eemsdelta`, `verdeeld over Boxtel en Tilburg`."""
    names = [every()[heir].name for heir in heirs_of_now(code)]
    return f"nu {names[0]}" if len(names) == 1 else f"verdeeld over {dutch.listing(names)}"


def _only_renamed(gemeente: Gemeente) -> bool:
    """Tell whether its one successor began that day and has no other forerunner: another name and code, the same place."""
    (successor,) = gemeente.successors
    forerunners = [one for one in every().values() if successor in one.successors]
    return every()[successor].since == gemeente.until and len(forerunners) == 1


def _gemeente(row: dict[str, str]) -> Gemeente:
    gemeente = Gemeente(
        code=row["code"],
        name=row["name"],
        popular=_words(row["popular"]),
        province=row["province"],
        since=_day(row["since"]),
        until=_day(row["until"]),
        successors=_words(row["successors"]),
        note=row["note"],
    )
    complete = gemeente.name and gemeente.province and areas.normalise(gemeente.code) == gemeente.code
    if not complete or (gemeente.until is None) != (not gemeente.successors):
        raise ValueError(gemeente.code)
    return gemeente


@lru_cache(maxsize=1)
def _by_key() -> dict[str, tuple[Gemeente, ...]]:
    by_key: dict[str, list[Gemeente]] = {}
    for gemeente in sorted(every().values(), key=_existing_first):
        for key in {_key(name) for name in (gemeente.name, *gemeente.popular)}:
            by_key.setdefault(key, []).append(gemeente)
    return {key: tuple(gemeenten) for key, gemeenten in by_key.items()}


def _existing_first(gemeente: Gemeente) -> tuple[bool, int, str]:
    return gemeente.until is not None, -gemeente.until.toordinal() if gemeente.until else 0, gemeente.name


def _key(text: str) -> str:
    """Keep the bare letters and digits: `'s-Gravenhage` and `s gravenhage` are the same."""
    letters = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if char.isalnum())
    # StatLine writes "Groningen (gemeente)" next to "Groningen (PV)"; people write "gemeente Groningen".
    return letters.removeprefix("gemeente").removesuffix("gemeente")


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip())


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _new_year(year: int) -> date:
    return date(year, 1, 1)
