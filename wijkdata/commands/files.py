"""Commands about files and states: import, example, status, editions, rollback."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.commands.base import CommandRefusedError, DutchCommand, as_json, print_json, records
from wijkdata.errors import InputError, WijkdataError

if TYPE_CHECKING:
    from wijkdata.loading.figures.importer import FileAccount


@click.command(cls=DutchCommand, name="import")
@click.argument("files", nargs=-1, required=True, metavar="BESTAND...", type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def import_command(directory: Path, files: tuple[Path, ...], as_json: bool) -> None:
    """Lees bestanden van uitgevers of een eigen bestand in. Lukt er één niet, dan verandert er niets."""
    from wijkdata import catalogue
    from wijkdata.loading.figures import importer

    progress = (lambda sentence: None) if as_json else (lambda sentence: click.echo(sentence, err=True))
    try:
        accounts = importer.import_files(files, directory, catalogue.of(directory), progress)
    except WijkdataError as error:
        answer = {"ok": False, "files": [_refused_json(path, error) for path in files]}
        raise CommandRefusedError(str(error), answer) from error
    if as_json:
        print_json({"ok": True, "files": [_account_json(account) for account in accounts]})
        return
    for account in accounts:
        _print_account(account)


@click.command(cls=DutchCommand, name="example")
@as_json
@click.pass_obj
def example_command(directory: Path, as_json: bool) -> None:
    """Lees het fictieve voorbeeld in: zes verzonnen gemeenten, overal als fictief gemerkt."""
    from wijkdata import catalogue
    from wijkdata.loading.example import dataset

    accounts = dataset.load(directory, catalogue.of(directory))
    if as_json:
        print_json({"ok": True, "files": [_account_json(account) for account in accounts]})
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
    if as_json:
        print_json({"ok": True, "upgraded": done})
        return
    click.echo("De gegevens zijn bijgewerkt." if done else "De gegevens zijn al van deze versie.")


@click.command(cls=DutchCommand, name="rollback")
@click.argument("stamp", required=False, metavar="[STAND]")
@as_json
@click.pass_obj
def rollback_command(directory: Path, stamp: str | None, as_json: bool) -> None:
    """Ga terug naar de vorige stand, of naar een eerdere die u noemt."""
    from wijkdata import catalogue
    from wijkdata.loading.figures import link_decisions

    new = link_decisions.go_back(directory, catalogue.of(directory), stamp)
    if as_json:
        print_json({"ok": True, "stamp": new.stamp})
        return
    click.echo(f"De eerdere stand is nu in gebruik als {new.stamp}.")


def _account_json(account: "FileAccount") -> dict[str, Any]:
    """The account with the two lists of areas as numbers (the page Gegevens names them)."""
    fields = asdict(account)
    gaps = {name: len(fields.pop(name)) for name in ("without_boundary", "without_figures")}
    return {**fields, "notes": list(account.notes), **gaps}


def _refused_json(path: Path, error: WijkdataError) -> dict[str, Any]:
    """A file of a call that was refused: its own problems, or that another file was the reason."""
    own = [problem.sentence() for problem in getattr(error, "problems", ()) if problem.file == path.name]
    message = " ".join(own) or (
        str(error) if not isinstance(error, InputError) else "Niet ingelezen: een ander bestand klopt niet."
    )
    return {
        "file": path.name,
        "source": None,
        "rows_read": 0,
        "observations": 0,
        "rejected": 0,
        "areas": 0,
        "message": message,
    }


def _print_account(account: "FileAccount") -> None:
    from wijkdata.questions.gegevens import import_report

    click.echo(f"{account.file}: {account.message}")
    click.echo(
        f"  {account.source}, {account.label}: {dutch.count(account.rows_read, 'rij', 'rijen')} gelezen, "
        f"{dutch.number(account.rows_kept)} overgenomen, {dutch.number(account.rejected)} afgewezen, "
        f"{dutch.count(account.observations, 'cijfer', 'cijfers')}, {dutch.count(account.areas, 'gebied', 'gebieden')}."
    )
    for note in account.notes:
        click.echo(f"  {note}")
    gaps = import_report.boundary_sentences(len(account.without_boundary), len(account.without_figures))
    for sentence in gaps:
        click.echo(f"  {sentence}")
