"""What persons decide about links, and links to a division that is not the one of the places."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from wijkdata.analysis.harmonise.classes import OTHER, RECODED, SAME
from wijkdata.analysis.harmonise.evidence import Evidence, link_to
from wijkdata.areas import Level, level_of
from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError, StoreError, WijkdataError
from wijkdata.loading.figures.links import divisions, settle
from wijkdata.loading.figures.upgrading import upgrade_connection
from wijkdata.store.monitor import divisions as store
from wijkdata.store.monitor import upgrading
from wijkdata.store.monitor.versions import Connection, Monitor, earlier, publish, publish_copy, require

_SHORTEST_REASON = 5


@dataclass(frozen=True)
class Decision:
    """A person's decision about a link: these two areas are the same (A or B), or the first is another area (X)."""

    code_from: str
    year_from: int
    code_to: str
    year_to: int
    same: bool
    reason: str

    @property
    def klass(self) -> str:
        """The class that the decision gives the link."""
        return OTHER if not self.same else SAME if self.code_from == self.code_to else RECODED


def decide(directory: Path, catalogue: Catalogue, decision: Decision) -> Monitor:
    """Store a decision and publish the links again. Raises WijkdataError when it is not possible: no reason, an area that is
    not known in that division, or two levels."""
    problems = list(_objections(require(directory), decision))
    if problems:
        raise WijkdataError(" ".join(problems))
    moment = datetime.now(UTC).replace(tzinfo=None)
    row = (decision.code_from, decision.year_from, decision.code_to, decision.year_to)

    def change(connection: Connection) -> None:
        store.add_decision(connection, (*row, decision.klass, decision.reason.strip(), moment))
        settle(connection, catalogue)

    return publish(directory, change)


def go_back(directory: Path, catalogue: Catalogue, stamp: str | None = None) -> Monitor:
    """Go back to an earlier state, but keep every decision that was made since."""
    decisions, path = _decisions(require(directory)), earlier(directory, stamp)
    of_older_version = upgrading.is_older(path)
    if not of_older_version:
        Monitor(path).cursor()  # raises for a damaged file, which must not become the current one

    def change(connection: Connection) -> None:
        if of_older_version:
            upgrade_connection(connection, catalogue)
        old = set(store.decisions(connection)["decided_at"])
        newer = [row for row in decisions.itertuples(index=False) if row.decided_at not in old]
        for row in newer:
            store.add_decision(connection, (*row[:-1], row.decided_at.to_pydatetime()))
        if newer:
            settle(connection, catalogue)

    return publish_copy(directory, path, change)


def _decisions(monitor: Monitor) -> pd.DataFrame:
    try:
        return store.decisions(monitor.cursor())
    except StoreError:  # going back must also be possible because the newest file is damaged
        return pd.DataFrame(columns=["decided_at"])


def between(monitor: Monitor, level: Level, year_from: int, year_to: int) -> pd.DataFrame:
    """Make the links from one division to another that need not be the one of the places: LINK_COLUMNS of
    loading.figures.links, with name_from and name_to."""
    known = divisions(monitor.cursor(), level)
    ends = [[division for division in known if division.year == year] for year in (year_from, year_to)]
    if not all(ends):
        years = ", ".join(str(year) for year in sorted({division.year for division in known})) or "geen"
        raise NotFoundError(f"Van een van deze jaren zijn geen {level.plural} ingelezen; kies uit {years}.")
    evidence = Evidence(level, known, store.known_links(monitor.cursor()))
    after = max(ends[1], key=lambda division: division.whole)
    frames = [
        link_to(before, after, after.areas.index, evidence).assign(
            name_from=lambda rows, before=before: rows["code_from"].map(before.areas["name"]),
            name_to=lambda rows: rows["code_to"].map(after.areas["name"]),
        )
        for before in ends[0]
    ]
    return pd.concat(frames, ignore_index=True).drop_duplicates(["code_from", "code_to"])


def _objections(monitor: Monitor, decision: Decision) -> Iterator[str]:
    if len(decision.reason.strip()) < _SHORTEST_REASON:
        yield f"Schrijf op waarom, in ten minste {_SHORTEST_REASON} tekens."
    levels = {level_of(code) for code in (decision.code_from, decision.code_to)}
    if len(levels) > 1 or not levels <= {Level.WIJK, Level.BUURT}:
        yield "Een koppeling gaat van wijk naar wijk of van buurt naar buurt."
        return
    known = store.areas(monitor.cursor(), levels.pop())
    for code, year in ((decision.code_from, decision.year_from), (decision.code_to, decision.year_to)):
        if not ((known["code"] == code) & (known["division"] == year)).any():
            yield f"Het gebied {code} is niet bekend in de indeling van {year}."
    taken = _decided_before(store.decisions(monitor.cursor()), decision) if decision.same else None
    if taken is not None:
        yield (
            f"Er is al vastgelegd dat {taken} ({decision.year_from}) hetzelfde gebied is als {decision.code_to}; leg eerst vast "
            "dat dat een ander gebied is."
        )


def _decided_before(decided: pd.DataFrame, decision: Decision) -> str | None:
    """Find another area of that year that was decided to be this one."""
    newest = decided.drop_duplicates(["code_from", "year_from"], keep="last")
    same = newest[newest["klass"].isin([SAME, RECODED]) & (newest["code_from"] != decision.code_from)]
    taken = same[(same["code_to"] == decision.code_to) & (same["year_from"] == decision.year_from)]
    return str(taken["code_from"].iloc[0]) if len(taken) else None
