"""Commands about files and states: import, example, status, editions, rollback, first-views."""

import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.commands.base import CommandRefusedError, DutchCommand, as_json, print_json, records
from wijkdata.errors import WijkdataError

if TYPE_CHECKING:
    from wijkdata.loading.figures.accounts import FileAccount
    from wijkdata.loading.figures.progress import Step


@click.command(cls=DutchCommand, name="import")
@click.argument("files", nargs=-1, metavar="[BESTAND...]", type=click.Path(path_type=Path))
@click.option(
    "--inbox", is_flag=True, help="Lees alles in de map ‘inlezen’ van de gegevensmap; er wordt niets verplaatst."
)
@click.option("--keep-going", is_flag=True, help="Lees de goede bestanden in, ook als er een niet klopt.")
@click.option("--year", type=click.IntRange(1990, 2100), help="Jaar van bestanden waarin het jaar niet staat.")
@click.option("--recipe", metavar="RECEPT", help="Lees met dit recept: een bestand, of de naam van een bewaard recept.")
@as_json
@click.pass_obj
def import_command(
    directory: Path,
    files: tuple[Path, ...],
    inbox: bool,
    keep_going: bool,
    year: int | None,
    recipe: str | None,
    as_json: bool,
) -> None:
    """Lees bestanden van uitgevers of een eigen bestand in, of een map of zip vol. Lukt er één niet, dan verandert er niets."""
    from wijkdata import catalogue
    from wijkdata.loading.figures import importer, recipes
    from wijkdata.loading.figures.accounts import ImportRefusedError
    from wijkdata.loading.figures.inbox import below, files_in, folder_of
    from wijkdata.loading.figures.progress import each_once, silent

    named = [file for path in files for file in below(path) or [path]]
    given = (*named, *(files_in(directory) if inbox else ()))
    if not given:
        nothing = f"In {folder_of(directory)} staat niets" if inbox else "Er ontbreekt iets: BESTAND"
        raise WijkdataError(f"{nothing}; vraag uitleg met --help.")
    say = silent if as_json else each_once(lambda step: click.echo(step_text(step), err=True))
    years = importer.Years(of_others=year)
    try:
        chosen = None if recipe is None else recipes.take(directory, recipe)
        accounts = importer.import_files(
            given, directory, catalogue.of(directory), say, keep_going=keep_going, years=years, recipe=chosen
        )
    except ImportRefusedError as error:
        answer = {"ok": False, "files": [account_json(directory, account) for account in error.accounts]}
        raise CommandRefusedError(_refusal(error.accounts), answer) from error
    except WijkdataError as error:
        answer = {"ok": False, "files": [{"file": path.name, "message": str(error)} for path in given]}
        raise CommandRefusedError(str(error), answer) from error
    make_ready(directory)
    tell(directory, accounts, as_json)


@click.command(cls=DutchCommand, name="example")
@as_json
@click.pass_obj
def example_command(directory: Path, as_json: bool) -> None:
    """Lees het fictieve voorbeeld in: zes verzonnen gemeenten, overal als fictief gemerkt."""
    from wijkdata import catalogue
    from wijkdata.loading.example import dataset

    accounts = dataset.load(directory, catalogue.of(directory))
    make_ready(directory)
    if as_json:
        print_json({"ok": True, "files": [account_json(directory, account) for account in accounts]})
        return
    figures = sum(account.observations for account in accounts)
    click.echo(f"Het fictieve voorbeeld is ingelezen: {len(accounts)} bestanden, {dutch.number(figures)} cijfers.")


@click.command(cls=DutchCommand, name="status")
@as_json
@click.pass_obj
def status_command(directory: Path, as_json: bool) -> None:
    """Toon wat er is ingelezen: gebieden, indicatoren en jaren."""
    from wijkdata.questions.gegevens import export as gegevens_export
    from wijkdata.store.monitor import versions

    answer = gegevens_export.status(versions.require(directory))
    if as_json:
        print_json({**asdict(answer), "coverage": records(answer.coverage), "editions": records(answer.editions)})
        return
    click.echo(f"Stand {answer.stamp} in {directory}")
    click.echo(
        "Gebieden: " + ", ".join(f"{dutch.number(n)} {Level(level).plural}" for level, n in answer.areas.items())
    )
    table = answer.coverage.groupby(["indicator", "level"]).agg(n=("n", "max"), periods=("period", list))
    for (indicator, level), row in table.iterrows():
        click.echo(f"  {indicator:24} {level:9} {dutch.number(row['n']):>7}  {dutch.years(row['periods'])}")


@click.command(cls=DutchCommand, name="editions")
@as_json
@click.pass_obj
def editions_command(directory: Path, as_json: bool) -> None:
    """Toon welke bestanden zijn ingelezen, de nieuwste eerst, en naar welke standen u terug kunt."""
    from wijkdata.store.monitor import queries, versions

    frame = queries.editions(versions.require(directory))
    stamps = [versions.Monitor(path).stamp for path in versions.files(directory)]
    if as_json:
        print_json({"current": stamps[-1], "stamps": stamps, "editions": records(frame)})
        return
    for _, run in frame.iterrows():
        state = "naast een nieuwere" if run["superseded"] else "in gebruik"
        click.echo(
            f"{run['imported_at']:%Y-%m-%d %H:%M}  {run['source']:14} {run['label']:32} {state:20} {run['file']}"
        )
    click.echo("Bewaarde standen: " + ", ".join(stamps))


@click.command(cls=DutchCommand, name="upgrade")
@as_json
@click.pass_obj
def upgrade_command(directory: Path, as_json: bool) -> None:
    """Werk de gegevens van een eerdere versie van wijkdata bij; er wordt niets opnieuw ingelezen."""
    from wijkdata import catalogue
    from wijkdata.loading.figures import upgrading

    done = upgrading.upgrade(directory, catalogue.of(directory))
    make_ready(directory)
    if as_json:
        print_json({"ok": True, "upgraded": done})
        return
    click.echo("De gegevens zijn bijgewerkt." if done else "De gegevens zijn al van deze versie.")


@click.command(cls=DutchCommand, name="rollback")
@click.argument("stamp", required=False, metavar="[STAND]")
@click.option(
    "--edition", type=int, metavar="NUMMER", help="Neem alleen deze uitgave weg: de vorige van die tabel telt weer."
)
@as_json
@click.pass_obj
def rollback_command(directory: Path, stamp: str | None, edition: int | None, as_json: bool) -> None:
    """Ga terug naar de vorige stand, of naar een eerdere die u noemt; of met --edition bij één tabel naar de vorige uitgave."""
    from wijkdata import catalogue
    from wijkdata.loading.figures import editions, link_decisions

    if edition is not None and stamp is not None:
        raise WijkdataError("Noem een stand of een uitgave (--edition), niet allebei.")
    if edition is not None:
        new = editions.withdraw(directory, catalogue.of(directory), edition)
    else:
        new = link_decisions.go_back(directory, catalogue.of(directory), stamp)
    make_ready(directory)
    if as_json:
        print_json({"ok": True, "stamp": new.stamp})
        return
    what = "De eerdere stand" if edition is None else "De vorige uitgave"
    click.echo(f"{what} is nu in gebruik als {new.stamp}.")


@click.command(cls=DutchCommand, name="first-views")
@as_json
@click.pass_obj
def first_views_command(directory: Path, as_json: bool) -> None:
    """Maak vooraf wat de pagina's van elke gemeente het eerst laten zien. Een server doet dit ook zelf, als hij even draait."""
    from wijkdata import settings
    from wijkdata.store.monitor import versions

    versions.require(directory)
    # What shows the pages lies above the command line, so it runs as a program of its own.
    command = [sys.executable, "-m", "wijkdata.ui.first_views", str(directory)]
    done = subprocess.run(command, cwd=settings.ROOT, stdout=subprocess.DEVNULL if as_json else None, check=False)
    if as_json:
        print_json({"ok": done.returncode == 0})
    sys.exit(done.returncode)


def make_ready(directory: Path) -> None:
    """Compute what all gemeenten share now, so that the first person who opens the app does not wait for it."""
    from wijkdata.questions.shared import beforehand
    from wijkdata.store.monitor import versions

    newest = versions.current(directory)
    if newest is not None:
        beforehand.make(newest)


def step_text(step: "Step") -> str:
    """`2 van 3: wijken.csv lezen. Nog 12 MB.`; of one file only what is done with it."""
    if step.of < 2:
        return step.sentence
    if not step.total:
        return f"{step.number} van {step.of}: {step.sentence}"
    return f"{step.number} van {step.of}, nog {dutch.size(step.total - step.done)}: {step.sentence}"


def tell(directory: Path, accounts: list["FileAccount"], as_json: bool) -> None:
    """Print the accounts. Raises CommandRefusedError when a file is refused, after what was read in."""
    refused = [account for account in accounts if account.problems]
    answer = {"ok": not refused, "files": [account_json(directory, account) for account in accounts]}
    if as_json and not refused:
        print_json(answer)
    if not as_json:
        for account in accounts:
            if not account.problems:
                _print_account(directory, account)
    if refused:
        raise CommandRefusedError(_refusal(refused), answer)


def _refusal(accounts: list["FileAccount"]) -> str:
    """Say what is wrong with the files that are refused, and how those that are ready get in, or what to answer."""
    lines = [
        problem.sentence() + (" Zeg het jaar met --year JAAR." if account.asked else "")
        for account in accounts
        for problem in account.problems
    ]
    ready = sum(account.state == "ready" for account in accounts)
    if ready:
        ones = "is 1 bestand" if ready == 1 else f"zijn {dutch.number(ready)} bestanden"
        lines.append(f"Er {ones} goed; lees die in met --keep-going.")
    return "\n".join(lines)


def account_json(directory: Path, account: "FileAccount") -> dict[str, Any]:
    """The account with the areas that need attention as numbers (the page Gegevens names them)."""
    from wijkdata import catalogue
    from wijkdata.questions.gegevens import import_report
    from wijkdata.store.monitor import versions

    gaps = (0, 0)
    if account.run_id is not None:
        run = import_report.report(versions.require(directory), catalogue.of(directory), account.run_id)
        gaps = (len(run.without_boundary), len(run.without_figures))
    fields = {**asdict(account), "unchanged": account.unchanged, "notes": list(account.notes)}
    del fields["problems"]
    return {**fields, "without_boundary": gaps[0], "without_figures": gaps[1]}


def _print_account(directory: Path, account: "FileAccount") -> None:
    from wijkdata import catalogue
    from wijkdata.questions.gegevens import import_report
    from wijkdata.store.monitor import versions

    click.echo(f"{account.file}: {account.message}")
    if account.run_id is None:
        return
    run = import_report.report(versions.require(directory), catalogue.of(directory), account.run_id)
    for sentence in (f"{run.label}.", *run.sentences, *run.notes):
        click.echo(f"  {sentence}")
