"""The command line: `python -m wijkdata --help`. Exit 0 fine, 2 bad input (a sentence per problem, nothing written)."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import pandas as pd

from wijkdata import catalogue, dutch, settings
from wijkdata.areas import Level
from wijkdata.errors import InputError, WijkdataError
from wijkdata.loading import importer
from wijkdata.questions import data as data_questions
from wijkdata.store import monitor, queries


class DutchCommand(click.Command):
    """Help and headings in Dutch."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """`Gebruik: ...` instead of `Usage: ...`."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """`[OPTIES]` instead of `[OPTIONS]`."""
        return [piece.replace("OPTIONS", "OPTIES") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under a Dutch heading."""
        rows = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        with formatter.section("Opties"):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help` explained in Dutch."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Toon deze uitleg."
        return option


class DutchGroup(DutchCommand, click.Group):
    """The group of commands, with a Dutch heading."""

    command_class = DutchCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        DutchCommand.format_options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(80)) for name in self.list_commands(ctx)]
        with formatter.section("Opdrachten"):
            formatter.write_dl(rows)


as_json = click.option("--json", "as_json", is_flag=True, help="Antwoord als JSON.")


@click.group(cls=DutchGroup, name="wijkdata", options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT ...")
@click.option(
    "--data-dir", type=click.Path(path_type=Path), help="Map met de gegevens (anders WIJKDATA_DATA of data/local)."
)
@click.pass_context
def cli(ctx: click.Context, data_dir: Path | None) -> None:
    """Wijkdata: cijfers en activiteiten van de wijkaanpak naast elkaar."""
    ctx.obj = settings.data_dir(data_dir)


@cli.command("import")
@click.argument("files", nargs=-1, required=True, metavar="BESTAND...", type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def import_command(directory: Path, files: tuple[Path, ...], as_json: bool) -> None:
    """Lees bestanden van uitgevers of een eigen bestand in. Lukt er één niet, dan verandert er niets."""
    progress = (lambda sentence: None) if as_json else (lambda sentence: click.echo(sentence, err=True))
    try:
        accounts = importer.import_files(files, directory, catalogue.load(), progress)
    except WijkdataError as error:
        if as_json:
            _print_json({"ok": False, "files": [_refused_json(path, error) for path in files]})
        raise
    if as_json:
        _print_json({"ok": True, "files": [_account_json(account) for account in accounts]})
        return
    for account in accounts:
        _print_account(account)


@cli.command("export")
@click.argument("indicator", metavar="INDICATOR")
@click.option("--level", type=click.Choice([level.value for level in Level]), help="Alleen dit niveau.")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx"]), default="csv", help="csv (standaard) of xlsx.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Schrijf naar dit bestand.")
@as_json
@click.pass_obj
def export_command(
    directory: Path, indicator: str, level: str | None, kind: str, output: Path | None, as_json: bool
) -> None:
    """Schrijf een indicator weg zoals hij is gepubliceerd, met bron en reden als een cijfer ontbreekt."""
    chosen = Level(level) if level else None
    frame = data_questions.export(monitor.require(directory), catalogue.load(), indicator, chosen)
    if as_json:
        _print_json({"indicator": indicator, "rows": _records(frame)})
        return
    from wijkdata.views import tables

    content = tables.csv_bytes(frame) if kind == "csv" else tables.xlsx_bytes(frame, indicator)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
        click.echo(f"{dutch.count(len(frame), 'rij', 'rijen')} geschreven naar {output}.")


@cli.command("status")
@as_json
@click.pass_obj
def status_command(directory: Path, as_json: bool) -> None:
    """Toon wat er is ingelezen: gebieden, indicatoren en jaren."""
    answer = data_questions.status(monitor.require(directory))
    if as_json:
        _print_json({**asdict(answer), "coverage": _records(answer.coverage), "editions": _records(answer.editions)})
        return
    click.echo(f"Stand {answer.stamp} in {directory}")
    click.echo(
        "Gebieden: " + ", ".join(f"{dutch.number(n)} {Level(level).plural}" for level, n in answer.areas.items())
    )
    table = answer.coverage.groupby(["indicator", "level"]).agg(n=("n", "max"), periods=("period", list))
    for (indicator, level), row in table.iterrows():
        click.echo(f"  {indicator:24} {level:9} {dutch.number(row['n']):>7}  {dutch.years(row['periods'])}")


@cli.command("editions")
@as_json
@click.pass_obj
def editions_command(directory: Path, as_json: bool) -> None:
    """Toon welke bestanden zijn ingelezen, de nieuwste eerst, en naar welke standen u terug kunt."""
    frame = queries.editions(monitor.require(directory))
    stamps = [monitor.Monitor(path).stamp for path in monitor.files(directory)]
    if as_json:
        _print_json({"current": stamps[-1], "stamps": stamps, "editions": _records(frame)})
        return
    for _, run in frame.iterrows():
        state = "naast een nieuwere" if run["superseded"] else "in gebruik"
        click.echo(
            f"{run['imported_at']:%Y-%m-%d %H:%M}  {run['source']:14} {run['label']:32} {state:20} {run['file']}"
        )
    click.echo("Bewaarde standen: " + ", ".join(stamps))


@cli.command("rollback")
@click.argument("stamp", required=False, metavar="[STAND]")
@as_json
@click.pass_obj
def rollback_command(directory: Path, stamp: str | None, as_json: bool) -> None:
    """Ga terug naar de vorige stand, of naar een eerdere die u noemt."""
    monitor.require(directory)
    new = monitor.rollback(directory, stamp)
    if as_json:
        _print_json({"ok": True, "stamp": new.stamp})
        return
    click.echo(f"De eerdere stand is nu in gebruik als {new.stamp}.")


@cli.command("gap")
@click.argument("indicator", metavar="INDICATOR")
@click.option(
    "--scope", default="NL", metavar="NL|G4|GMxxxx", help="Heel Nederland, de vier grote steden of één gemeente."
)
@click.option("--level", type=click.Choice(["wijk", "buurt"]), default="wijk", help="wijk (standaard) of buurt.")
@click.option("--reference-year", type=int, metavar="JAAR", help="Beginjaar; anders het eerste jaar.")
@as_json
@click.pass_obj
def gap_command(
    directory: Path, indicator: str, scope: str, level: str, reference_year: int | None, as_json: bool
) -> None:
    """Hoe groot is het verschil tussen de kwetsbaarste en de prettigste gebieden, en wat deden vijf groepen?"""
    from wijkdata.questions import gap

    answer = gap.panel(monitor.require(directory), catalogue.load(), indicator, Level(level), scope, reference_year)
    years = answer.spread.table[["year", "n", "p10", "p90", "spread"]]
    grouped = pd.DataFrame() if answer.groups is None else answer.groups.table[["group", "year", "n", "mean_change"]]
    if as_json:
        _print_json({"years": _records(years), "groups": _records(grouped)})
        return
    click.echo(f"{answer.name}: verschil tussen P90 en P10 van {indicator}")
    for row in years.itertuples():
        click.echo(f"  {row.year}  {dutch.number(row.spread, 4)}  ({dutch.count(row.n, level, Level(level).plural)})")
    for row in grouped.itertuples():
        click.echo(
            f"  groep {row.group}, {row.year}: {dutch.number(row.mean_change, 4, signed=True)} sinds het beginjaar"
        )


@cli.command("momenten")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Schrijf naar dit bestand.")
@as_json
@click.pass_obj
def moments_command(directory: Path, output: Path | None, as_json: bool) -> None:
    """Bereken de landelijke ijkpunten van de scores uit de ingelezen landelijke bestanden."""
    from wijkdata.questions import moments

    frame = moments.national_moments(monitor.require(directory), catalogue.load())
    if as_json:
        _print_json({"moments": _records(frame)})
        return
    text = moments.HEAD + frame.to_csv(index=False, float_format="%.10g", lineterminator="\n")
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{dutch.count(len(frame), 'ijkpunt', 'ijkpunten')} geschreven naar {output}.")


def _account_json(account: importer.FileAccount) -> dict[str, Any]:
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


def _print_account(account: importer.FileAccount) -> None:
    click.echo(f"{account.file}: {account.message}")
    click.echo(
        f"  {account.source}, {account.label}: {dutch.count(account.rows_read, 'rij', 'rijen')} gelezen, "
        f"{dutch.number(account.rows_kept)} overgenomen, {dutch.number(account.rejected)} afgewezen, "
        f"{dutch.count(account.observations, 'cijfer', 'cijfers')}, {dutch.count(account.areas, 'gebied', 'gebieden')}."
    )
    for note in account.notes:
        click.echo(f"  {note}")
    if account.without_boundary:
        click.echo(
            f"  {dutch.count(len(account.without_boundary), 'gebied heeft', 'gebieden hebben')} geen grens op de kaart."
        )
    if account.without_figures:
        click.echo(f"  {dutch.count(len(account.without_figures), 'grens heeft', 'grenzen hebben')} geen cijfers.")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return json.loads(frame.to_json(orient="records", date_format="iso", double_precision=15))


def _print_json(answer: dict[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))


def _usage_sentence(error: click.ClickException) -> str:
    """A slip on the command line as one Dutch sentence."""
    if isinstance(error, click.NoSuchOption):
        return f"De optie {error.option_name} bestaat niet; vraag uitleg met --help."
    if isinstance(error, click.MissingParameter):
        return f"Er ontbreekt iets: {error.param.human_readable_name if error.param else 'een waarde'}; vraag uitleg met --help."
    if isinstance(error, click.BadParameter) and isinstance(error.param.type, click.Choice):
        return f"Die waarde kan niet bij {error.param.opts[0]}; kies uit {', '.join(error.param.type.choices)}."
    return f"Deze opdracht klopt niet ({error.format_message()}); vraag uitleg met --help."


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status. The one place where our errors are caught."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    try:
        return cli.main(args=arguments, prog_name="wijkdata", standalone_mode=False) or 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return 130
    except click.ClickException as error:
        click.echo(_usage_sentence(error), err=True)
        return 2
    except WijkdataError as error:
        click.echo(str(error), err=True)
        return 2


if __name__ == "__main__":
    sys.exit(main())
