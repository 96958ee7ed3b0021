"""Fetch the figures and boundaries of a gemeente and read them in: what a service does wrong costs only what it has."""

import shutil
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError, WijkdataError, cause
from wijkdata.loading.figures import inbox
from wijkdata.loading.figures.accounts import FileAccount, FileState, ImportRefusedError
from wijkdata.loading.figures.progress import Say, Step
from wijkdata.reference import gemeenten, services
from wijkdata.reference.services import Service
from wijkdata.sources.fetch import run, wanted
from wijkdata.sources.fetch.cache import Cache
from wijkdata.sources.fetch.run import Outcome, Progress, State
from wijkdata.sources.fetch.wanted import FIRST_YEAR, Wanted

COUNTRY = "Nederland"


@dataclass(frozen=True)
class Order:
    """What somebody wants to have. gemeente: its code, None for the whole country. chosen: ids of services, () for all.

    listed: another list of services than the one that comes with wijkdata (a mirror).
    """

    gemeente: str | None
    years: tuple[int, ...]
    chosen: tuple[str, ...] = ()
    listed: Path | None = None

    @property
    def services(self) -> dict[str, Service]:
        """The services by id."""
        return services.every(self.listed)

    def things(self, catalogue: Catalogue) -> list[Wanted]:
        """List what is to be fetched. Raises NotFoundError for a service that is not in the list, WijkdataError for nothing."""
        known = self.services
        for id in self.chosen:
            if id not in known:
                raise NotFoundError(f"De dienst ‘{id}’ bestaat niet; u kunt kiezen uit {', '.join(known)}.")
        things = wanted.plan(known, catalogue, self.gemeente, self.years, self.chosen)
        if not things:
            raise WijkdataError(
                f"Voor {dutch.years(list(self.years))} is er niets op te halen; kies jaren vanaf {FIRST_YEAR}."
            )
        return things


@dataclass(frozen=True)
class Fetched:
    """What came of a fetch. outcomes: per thing. accounts: per file that was read in. refusal: why nothing was read in, or ()."""

    outcomes: tuple[Outcome, ...]
    accounts: tuple[FileAccount, ...] = ()
    refusal: tuple[str, ...] = field(default_factory=tuple)

    @property
    def every_account(self) -> tuple[FileAccount, ...]:
        """An account per file that was read in, per thing that a service did not give, and per thing with nothing new."""
        by_problem: dict[tuple[str, str], list[Wanted]] = {}
        for one in self.outcomes:
            if one.problem or not self.accounts:
                by_problem.setdefault((one.wanted.service, one.problem), []).append(one.wanted)
        fetched = (
            FileAccount(
                _named(things), FileState.NOT_FETCHED if problem else FileState.KNOWN, problem or "Er is niets nieuws."
            )
            for (_, problem), things in by_problem.items()
        )
        return (*fetched, *self.accounts)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """What a service did not give."""
        return tuple(one for one in self.outcomes if one.state is State.FAILED)


def _named(things: list[Wanted]) -> str:
    """Name things of one service of which the same is to be said: of several years with the years."""
    years = [one.year for one in things if one.year is not None]
    if len(things) == 1 or len(years) != len(things):
        return dutch.listing([one.title for one in things])
    return f"{things[0].title.removesuffix(str(years[0])).strip()}, {dutch.years(years)}"


def all_years(today: date) -> tuple[int, ...]:
    """The years that there may be something of."""
    return tuple(range(FIRST_YEAR, today.year + 1))


def gemeente_of(text: str) -> str | None:
    """Find the code of a gemeente by its name or code; None for the whole country.

    Raises NotFoundError when there is none, or when a name is of several.
    """
    if text.strip().casefold() in (COUNTRY.casefold(), "nl"):
        return None
    called_so = gemeenten.find(text)
    current = [one for one in called_so if one.until is None]
    if len(current) == 1 or len(called_so) == 1:
        one = (current or called_so)[0]
        heirs = gemeenten.heirs_of_now(one.code)
        if len(heirs) > 1:
            raise NotFoundError(f"{gemeenten.merger_text(one)} Kies een van die gemeenten.")
        return heirs[0]
    code = areas.normalise(text, Level.GEMEENTE)
    if code is not None and not called_so:
        return code
    if called_so:
        named = ", ".join(f"{one.name} ({one.code})" for one in called_so)
        raise NotFoundError(f"Er zijn meer gemeenten die ‘{text}’ heten: {named}; kies er een met de code.")
    raise NotFoundError(
        f"De gemeente ‘{text}’ is niet gevonden; schrijf de naam zoals de gemeente die gebruikt, of de code (GM0363)."
    )


def known_before(directory: Path, things: Collection[Wanted]) -> set[Wanted]:
    """Tell which of the things came in before; nobody is asked."""
    answered = Cache(directory).keys()
    return {one for one in things if one.key in answered}


def hosts(order: Order, catalogue: Catalogue) -> list[str]:
    """Name the computers that may be asked for this order."""
    asked = {one.service for one in order.things(catalogue)}
    return sorted(services.hosts({id: service for id, service in order.services.items() if id in asked}))


def fetch(order: Order, directory: Path, catalogue: Catalogue, say: Say, waits: float | None = None) -> list[Outcome]:
    """Fetch into the folder `downloads` of the data directory. What `say` raises stops it; it goes on there next time."""

    def tell(progress: Progress) -> None:
        titles = progress.titles[:]
        sentence = f"{titles[0]} ophalen." if titles else "Ophalen."
        say(Step(sentence, min(progress.done + 1, progress.of), progress.of, progress.bytes))

    return run.fetch(order.things(catalogue), order.services, Cache(directory), tell, waits)


def fetch_and_read(
    order: Order, directory: Path, catalogue: Catalogue, say: Say, waits: float | None = None
) -> Fetched:
    """Fetch, and read in everything that came in whole. Of what a service did not give, what came in before stays."""
    outcomes = tuple(fetch(order, directory, catalogue, say, waits))
    files = _to_read(outcomes, directory, catalogue)
    if not files:
        return Fetched(outcomes)
    from wijkdata.loading.figures import (
        importer,  # a second of libraries, for which a day without anything new need not wait
    )

    try:
        accounts = importer.import_files(files, directory, catalogue, say, keep_going=True)
    except ImportRefusedError as error:
        return Fetched(outcomes, tuple(error.accounts), tuple(problem.sentence() for problem in error.problems))
    return Fetched(outcomes, tuple(accounts))


def _to_read(outcomes: Collection[Outcome], directory: Path, catalogue: Catalogue) -> list[Path]:
    """List the files of every service of which anything is not in the store: tables of addresses need each other."""
    known = inbox.known(directory, catalogue)
    new = {one.wanted.service for one in outcomes if one.files and not any(map(known, one.files))}
    return [path for one in outcomes if one.wanted.service in new for path in one.files]


def copy_to(folder: Path, outcomes: Collection[Outcome]) -> int:
    """Copy what came in to a folder for a computer without internet, which reads it in as it is; return how many files.

    What belongs together stays in a folder of its own. Raises WijkdataError when it cannot be written.
    """
    n = 0
    try:
        for one in outcomes:
            place = folder / _folder_name(one.wanted)
            for path in one.files:
                place.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place / path.name)
                n += 1
    except OSError as error:
        raise WijkdataError(f"{folder} kan niet worden geschreven ({cause(error)}); kies een andere plaats.") from error
    return n


def _folder_name(thing: Wanted) -> str:
    parts = [thing.service, thing.table or "", str(thing.year or "")]
    return "-".join(part for part in parts if part)
