"""The command that fetches: figures and boundaries of a gemeente, from the services of the publishers."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import dutch
from wijkdata.commands.base import CommandRefusedError, DutchCommand, as_json, print_json
from wijkdata.errors import WijkdataError

if TYPE_CHECKING:
    from wijkdata.loading.figures.fetching import Fetched, Order, Outcome


@click.command(cls=DutchCommand, name="fetch")
@click.option("--gemeente", required=True, metavar="NAAM", help="Naam of code van de gemeente, of Nederland.")
@click.option("--years", metavar="A-B", help="Jaren, zoals 2018-2024 (anders alle jaren).")
@click.option("--source", "sources", multiple=True, metavar="DIENST", help="Alleen deze dienst; mag vaker.")
@click.option("--dry-run", is_flag=True, help="Zeg alleen wat er zou worden opgehaald; er gaat geen verzoek uit.")
@click.option(
    "--offline-folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="MAP",
    help="Zet alles in deze map, voor een computer zonder internet; hier wordt niets ingelezen.",
)
@click.option("--services", type=click.Path(path_type=Path, dir_okay=False), metavar="BESTAND", help="Een andere lijst met adressen, zoals van een spiegel in uw organisatie.")  # fmt: skip
@as_json
@click.pass_obj
def fetch_command(
    directory: Path,
    gemeente: str,
    years: str | None,
    sources: tuple[str, ...],
    dry_run: bool,
    offline_folder: Path | None,
    services: Path | None,
    as_json: bool,
) -> None:
    """Haal cijfers en grenzen van een gemeente op en lees ze in; wat is gestopt, gaat de volgende keer verder."""
    from wijkdata import catalogue
    from wijkdata.commands.files import make_ready, step_text
    from wijkdata.loading.figures import fetching
    from wijkdata.loading.figures.progress import each_once, silent

    order = fetching.Order(
        fetching.gemeente_of(gemeente), _years(years) or fetching.all_years(date.today()), sources, services
    )
    if dry_run:
        _tell_plan(order, directory, as_json)
        return
    say = silent if as_json else each_once(lambda step: click.echo(step_text(step), err=True))
    if offline_folder is not None:
        outcomes = tuple(fetching.fetch(order, directory, catalogue.of(directory), say))
        n = fetching.copy_to(offline_folder, outcomes)
        _tell(fetching.Fetched(outcomes), as_json, directory)
        click.echo(f"{dutch.count(n, 'bestand', 'bestanden')} in {offline_folder}; lees die map op de andere computer in met ‘import’.")  # fmt: skip
        return
    fetched = fetching.fetch_and_read(order, directory, catalogue.of(directory), say)
    if fetched.accounts:
        make_ready(directory)
    _tell(fetched, as_json, directory)


def _years(text: str | None) -> tuple[int, ...]:
    """Read `2018-2024` or `2024`. Raises WijkdataError for anything else."""
    if text is None:
        return ()
    first, _, last = text.replace(" ", "").partition("-")
    last = last or first
    if not (first.isdigit() and last.isdigit() and 1990 <= int(first) <= int(last) <= 2100):
        raise WijkdataError(f"‘{text}’ zijn geen jaren; schrijf bijvoorbeeld 2018-2024.")
    return tuple(range(int(first), int(last) + 1))


def _tell_plan(order: "Order", directory: Path, as_json: bool) -> None:
    from wijkdata import catalogue
    from wijkdata.loading.figures import fetching

    shipped = catalogue.of(directory)
    things = order.things(shipped)
    known = fetching.known_before(directory, things)
    if as_json:
        rows = [{**asdict(one), "known": one in known} for one in things]
        print_json({"ok": True, "hosts": fetching.hosts(order, shipped), "things": rows})
        return
    for one in things:
        click.echo(f"{one.title}{' (is er al; alleen nagaan of er iets nieuws is)' if one in known else ''}")
    click.echo(
        f"{dutch.count(len(things), 'onderdeel', 'onderdelen')}, van {dutch.listing(fetching.hosts(order, shipped))}."
    )


def _tell(fetched: "Fetched", as_json: bool, directory: Path) -> None:
    """Print what came of it. Raises CommandRefusedError when a service failed or a file is refused, after the rest."""
    from wijkdata.commands.files import account_json

    accounts = [account_json(directory, account) for account in fetched.accounts]
    problems = [one.problem for one in fetched.failed]
    problems += fetched.refusal or [one.sentence() for account in fetched.accounts for one in account.problems]
    answer = {"ok": not problems, "things": [_outcome_json(one) for one in fetched.outcomes], "files": accounts}
    if as_json:
        if not problems:
            print_json(answer)
    else:
        for one in fetched.outcomes:
            if not one.problem:
                click.echo(f"{one.wanted.title}: {_state_text(one)}")
                for note in one.notes:
                    click.echo(f"  {note}")
    if problems:
        raise CommandRefusedError("\n".join(problems), answer)


def _state_text(one: "Outcome") -> str:
    rows = f", {dutch.count(one.rows, 'rij', 'rijen')}" if one.rows else ""
    return ("niets nieuws" if one.state == "same" else "opgehaald") + rows


def _outcome_json(one: "Outcome") -> dict[str, Any]:
    return {
        **asdict(one.wanted),
        "state": one.state.value,
        "rows": one.rows,
        "files": [path.name for path in one.files],
        "problem": one.problem or None,
        "notes": list(one.notes),
    }
