"""The command report: a wijk, a whole gemeente, an activity or a session as PDF, Word, PowerPoint, Excel or one HTML file."""

import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import dutch, settings
from wijkdata.areas import Level
from wijkdata.commands.base import DutchCommand, as_json, municipality_named, print_json, write_file
from wijkdata.errors import NotFoundError, WijkdataError, cause

if TYPE_CHECKING:
    from wijkdata.catalogue import Catalogue
    from wijkdata.store.monitor.versions import Monitor
    from wijkdata.store.participation.registers import Register
    from wijkdata.views.shared.reports.structure import Report

FORMATS = ("pdf", "docx", "pptx", "xlsx", "html")


@dataclass(frozen=True)
class _Options:
    """What was typed on the command line."""

    area: str | None
    activity: str | None
    session: str | None
    indicator: str | None
    gemeente: str | None
    suffix: str
    output: Path
    template: Path | None


@dataclass(frozen=True)
class _Asked:
    """What every report is made of, opened once."""

    directory: Path
    register: "Register"
    monitor: "Monitor"
    catalogue: "Catalogue"
    today: date


@click.command(cls=DutchCommand, name="report")
@click.argument("area", metavar="[GEBIED]", required=False)
@click.option(
    "--activity",
    metavar="ID",
    help="Voor en na van een activiteit uit het register; van een geplande wat vooraf is te berekenen.",
)
@click.option("--session", metavar="ID", help="Wat een zaal raadde, herkende en afsprak in een werksessie.")
@click.option("--indicator", metavar="INDICATOR", help="Waarop u kijkt, bij --activity (anders zoals de pagina opent).")
@click.option("--gemeente", metavar="GEMEENTE", help="Alle wijken van een gemeente, elk een bestand in de map van -o.")
@click.option(
    "--format", "suffix", type=click.Choice(FORMATS), default="pdf", help="Het soort bestand (standaard pdf)."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Het bestand; bij --gemeente een map."
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND",
    help="Een eigen Word-sjabloon, bij --format docx (anders eigen/rapport.docx, als dat er is).",
)
@as_json
@click.pass_obj
def report_command(directory: Path, as_json: bool, **typed: Any) -> None:  # noqa: ANN401 - click gives each its own type
    """Een rapport van een wijk of buurt, van alle wijken van een gemeente, van voor en na van een activiteit, of van een werksessie."""
    options = _Options(**typed)
    _check(options)
    template = _template(directory, options)
    if options.gemeente is None:
        files = [_one(_asked(directory), options, template)]
    else:
        files = list(_all(_asked(directory), options, template, as_json))
    if as_json:
        print_json({"ok": True, "files": [str(path) for path in files]})
    elif options.gemeente is None:
        click.echo(f"Rapport geschreven naar {files[0]}.")
    else:
        click.echo(f"{dutch.count(len(files), 'rapport', 'rapporten')} geschreven in {options.output}.")


def _check(options: _Options) -> None:
    if sum(one is not None for one in (options.area, options.activity, options.session, options.gemeente)) != 1:
        raise WijkdataError(
            "Noem één van de vier: een gebied, --activity, --session of --gemeente; vraag uitleg met --help."
        )
    if options.indicator is not None and options.activity is None:
        raise WijkdataError("De optie --indicator hoort bij --activity; laat haar weg.")
    if options.template is not None and options.suffix != "docx":
        raise WijkdataError("De optie --template hoort bij --format docx; laat haar weg.")


def _template(directory: Path, options: _Options) -> bytes | None:
    """The template that was named, else the own one of the data directory, else none."""
    if options.suffix != "docx":
        return None
    if options.template is None:
        return settings.report_template(directory)
    try:
        return options.template.read_bytes()
    except OSError as error:
        raise WijkdataError(
            f"{options.template} is niet te lezen ({cause(error)}); noem een ander sjabloon."
        ) from error


def _asked(directory: Path, of: "Monitor | None" = None) -> _Asked:
    """Open what reports are made of. of: the monitor file; None: the newest."""
    from wijkdata import catalogue
    from wijkdata.questions.shared.links import places_of
    from wijkdata.store.monitor import versions
    from wijkdata.store.participation import registers

    monitor = of or versions.require(directory)
    register = registers.current(directory, places_of(monitor))
    return _Asked(directory, register, monitor, catalogue.of(directory), date.today())


def _one(asked: _Asked, options: _Options, template: bytes | None) -> Path:
    from wijkdata.questions.shared import subjects
    from wijkdata.views.shared.reports import writers

    if options.activity is not None:
        document = _of_activity(asked, options.activity, options.indicator)
    elif options.session is not None:
        document = _of_session(asked, options.session)
    else:
        document = _of_area(asked, subjects.find_area(asked.monitor, str(options.area)))
    write_file(options.output, writers.write(document, options.suffix, template))
    return options.output


def _all(asked: _Asked, options: _Options, template: bytes | None, silent: bool) -> Iterator[Path]:
    """Write a report of every wijk; what was written is let go of."""
    from wijkdata.questions.shared import places

    code = municipality_named(str(options.gemeente), asked.monitor)
    wijken = places.places_in(asked.monitor, code, Level.WIJK)
    if not wijken:
        raise NotFoundError(f"Van ‘{options.gemeente}’ zijn nog geen wijken ingelezen; lees eerst cijfers in.")
    try:
        options.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WijkdataError(f"{options.output} is geen map ({cause(error)}); kies een andere plaats.") from error

    # Two processes: asking and drawing are both work for a processor of its own.
    pool = ProcessPoolExecutor(
        min(2, len(wijken)), multiprocessing.get_context("spawn"), _begin, (asked.directory, asked.monitor)
    )
    try:
        parts = [(wijk.code, options, template) for wijk in wijken]
        for number, (wijk, path) in enumerate(zip(wijken, pool.map(_written, parts), strict=True), 1):
            if not silent:
                click.echo(f"{number} van {len(wijken)}: {wijk.name}", err=True)
            yield path
    finally:
        pool.shutdown(cancel_futures=True)


# What a process of the batch opened, once for all its reports.
_opened: list[_Asked] = []


def _begin(directory: Path, monitor: "Monitor") -> None:
    """Begin a process of the batch: of the same edition in each, also when an import lands meanwhile. Ctrl+C is said once, by the
    process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _opened.append(_asked(directory, monitor))


def _written(part: tuple[str, _Options, bytes | None]) -> Path:
    """Write the report of one wijk, in a process of the batch."""
    from wijkdata.views.shared.reports import writers

    code, options, template = part
    document = _of_area(_opened[0], code)
    path = options.output / document.name.file(options.suffix)
    write_file(path, writers.write(document, options.suffix, template))
    return path


def _of_area(asked: _Asked, code: str) -> "Report":
    from wijkdata.questions.wijkprofiel import profile
    from wijkdata.views.wijkprofiel import report

    answer = profile.profile(asked.register, asked.monitor, asked.catalogue, code, asked.today)
    return report.report(answer, asked.catalogue, asked.today)


def _of_activity(asked: _Asked, id: str, topic: str | None) -> "Report":
    from wijkdata.questions.voor_en_na import planning, subjects, whole
    from wijkdata.questions.voor_en_na.answer import ACTIVITY, Wanted
    from wijkdata.views.voor_en_na import plan_report, report

    parts = asked.register, asked.monitor, asked.catalogue
    request = whole.opening(*parts, Wanted(ACTIVITY, id), topic)
    if subjects.intervention(*parts[:2], request.wanted, request.topic_id).planned:
        plan = planning.plan(*parts, request.wanted, request.topic_id, asked.today)
        return plan_report.report(plan, asked.catalogue, asked.today)
    return report.report(whole.whole(*parts, request), asked.catalogue, asked.today)


def _of_session(asked: _Asked, id: str) -> "Report":
    from wijkdata.questions.werksessie import figures, question
    from wijkdata.views.werksessie import report

    answer = question.session(asked.directory, asked.monitor, id)
    return report.report(answer, figures.known(asked.monitor, asked.catalogue, answer), asked.catalogue, asked.today)
