"""Commands that ask: export, gap, momenten."""

from datetime import date
from pathlib import Path

import click

from wijkdata import __version__, dutch
from wijkdata.areas import Level
from wijkdata.commands.base import (
    DutchCommand,
    as_json,
    municipality_named,
    print_json,
    records,
    write_file,
    write_table,
)
from wijkdata.errors import WijkdataError


@click.command(cls=DutchCommand, name="export")
@click.argument("indicator", metavar="[INDICATOR]", required=False)
@click.option("--all", "everything", is_flag=True, help="Alle indicatoren van één gemeente; vraagt --gemeente en -o.")
@click.option("--gemeente", metavar="NAAM", help="Bij --all: naam of code van de gemeente.")
@click.option("--level", type=click.Choice([level.value for level in Level]), help="Alleen dit niveau.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "csv-excel", "xlsx"]),
    default="csv",
    help="csv (standaard, voor programma's), csv-excel (puntkomma en decimale komma) of xlsx.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Schrijf naar dit bestand; bij --all een .zip of een .csv."
)
@as_json
@click.pass_obj
def export_command(
    directory: Path,
    indicator: str | None,
    everything: bool,
    gemeente: str | None,
    level: str | None,
    kind: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Schrijf een indicator weg zoals hij is gepubliceerd, met bron en reden als een cijfer ontbreekt; of met --all alles van
    een gemeente, met wat er van elk cijfer bekend is."""
    if everything:
        if indicator or level or as_json or not gemeente or output is None or kind == "xlsx":
            raise WijkdataError(
                "Met --all hoort alleen --gemeente NAAM, -o BESTAND (.zip of .csv) en --format csv of csv-excel."
            )
        _export_everything(directory, gemeente, output, for_excel=kind == "csv-excel")
        return
    if indicator is None or gemeente:
        raise WijkdataError(
            "INDICATOR ontbreekt, of --all: noem er een, of schrijf alles weg met --all --gemeente NAAM -o BESTAND; vraag uitleg "
            "met --help."
        )
    from wijkdata import catalogue
    from wijkdata.questions.gegevens import export as gegevens_export
    from wijkdata.store.monitor import versions
    from wijkdata.views.shared import tables

    chosen = Level(level) if level else None
    frame = gegevens_export.export(versions.require(directory), catalogue.of(directory), indicator, chosen)
    if as_json:
        print_json({"indicator": indicator, "rows": records(frame)})
        return
    content = (
        tables.xlsx_bytes(frame, indicator)
        if kind == "xlsx"
        else tables.csv_bytes(frame, for_excel=kind == "csv-excel")
    )
    write_table(content, output, dutch.count(len(frame), "rij", "rijen"))


def _export_everything(directory: Path, gemeente: str, output: Path, for_excel: bool) -> None:
    from wijkdata import catalogue
    from wijkdata.questions.shared.everything import everything
    from wijkdata.store.monitor import versions
    from wijkdata.views.shared import everything as drawing
    from wijkdata.views.shared import tables

    if output.suffix not in (".zip", ".csv"):
        raise WijkdataError(f"{output.name} eindigt niet op .zip of .csv; kies een van beide.")
    monitor = versions.require(directory)
    answer = everything(monitor, catalogue.of(directory), municipality_named(gemeente, monitor))
    colophon_text = f"Gemaakt met wijkdata {__version__} op {dutch.day(date.today())}."
    content = (
        drawing.zipped(answer, colophon_text, for_excel)
        if output.suffix == ".zip"
        else tables.csv_bytes(answer.figures, for_excel=for_excel)
    )
    write_table(content, output, dutch.count(len(answer.figures), "rij", "rijen"))


@click.command(cls=DutchCommand, name="gap")
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
    from wijkdata import catalogue
    from wijkdata.questions.kloof import question as kloof
    from wijkdata.store.monitor import versions

    measured = kloof.Measured(indicator, Level(level))
    answer = kloof.panel(versions.require(directory), catalogue.of(directory), measured, scope, reference_year)
    years = answer.spread.table[["year", "n", "p10", "p90", "spread"]]
    grouped = years[:0] if answer.groups is None else answer.groups.table[["group", "year", "n", "mean_change"]]
    if as_json:
        print_json({"years": records(years), "groups": records(grouped)})
        return
    click.echo(f"{answer.name}: verschil tussen P90 en P10 van {indicator}")
    for row in years.itertuples():
        click.echo(f"  {row.year}  {dutch.number(row.spread, 4)}  ({dutch.count(row.n, level, Level(level).plural)})")
    for row in grouped.itertuples():
        click.echo(
            f"  groep {row.group}, {row.year}: {dutch.number(row.mean_change, 4, signed=True)} sinds het beginjaar"
        )


@click.command(cls=DutchCommand, name="momenten")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Schrijf naar dit bestand.")
@as_json
@click.pass_obj
def moments_command(directory: Path, output: Path | None, as_json: bool) -> None:
    """Bereken de landelijke ijkpunten van de scores uit de ingelezen landelijke bestanden."""
    from wijkdata import catalogue
    from wijkdata.questions.gegevens import moments as gegevens_moments
    from wijkdata.store.monitor import versions

    frame = gegevens_moments.national_moments(versions.require(directory), catalogue.of(directory))
    if as_json:
        print_json({"moments": records(frame)})
        return
    text = gegevens_moments.HEAD + frame.to_csv(index=False, float_format="%.10g", lineterminator="\n")
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text.encode("utf-8"))
        click.echo(f"{dutch.count(len(frame), 'ijkpunt', 'ijkpunten')} geschreven naar {output}.")
