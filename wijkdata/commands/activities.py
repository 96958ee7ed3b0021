"""Commands about activities: template, import, export, list, coverage; and backup and restore of the register."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.commands.base import (
    CommandRefusedError,
    DutchCommand,
    DutchGroup,
    as_json,
    print_json,
    records,
    write_file,
)
from wijkdata.errors import InputError, NotFoundError, Problem, WijkdataError

if TYPE_CHECKING:
    from wijkdata.loading.activities.reading import Checked
    from wijkdata.questions.activiteiten.answer import Coverage


@click.group(cls=DutchGroup, name="activities", options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT ...")
def activities_group() -> None:
    """Activiteiten: sjabloon, inlezen, wegschrijven, lijst en dekking."""


@activities_group.command(cls=DutchCommand, name="template")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Schrijf naar dit bestand (.xlsx)."
)
@as_json
def template_command(output: Path, as_json: bool) -> None:
    """Schrijf de werkmap om in te vullen."""
    from wijkdata.loading.activities import template

    if output.suffix.lower() != ".xlsx":
        raise WijkdataError(f"{output.name} is geen naam van een werkmap; kies een naam die op .xlsx eindigt.")
    write_file(output, template.template())
    if as_json:
        print_json({"ok": True, "files": [str(output)]})
        return
    click.echo(f"Het sjabloon staat in {output}.")


@activities_group.command(cls=DutchCommand, name="import")
@click.argument("files", nargs=-1, required=True, metavar="BESTAND...", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Kijk alleen na; schrijf niets.")
@as_json
@click.pass_obj
def import_command(directory: Path, files: tuple[Path, ...], dry_run: bool, as_json: bool) -> None:
    """Lees een werkmap, CSV-bestanden of een burgerbegroting (.pb) in. Klopt er iets niet, dan verandert er niets."""
    from wijkdata.loading.activities import reading

    say = (lambda sentence: None) if as_json else (lambda sentence: click.echo(sentence, err=True))
    checked = reading.read(files, directory, date.today(), say)
    if checked.problems:
        error = InputError(list(checked.problems))
        raise CommandRefusedError(str(error), _answer(checked)) from error
    if not dry_run:
        checked.save(directory, date.today())
    if as_json:
        print_json(_answer(checked))
        return
    done = "Nagekeken, er is niets geschreven" if dry_run else "Ingelezen"
    added, changed = dutch.number(len(checked.added)), dutch.number(len(checked.changed))
    click.echo(f"{done}: {added} nieuw, {changed} veranderd, {dutch.number(checked.unchanged)} ongewijzigd.")
    for sentence in checked.notes():
        click.echo(f"  {sentence}")


@activities_group.command(cls=DutchCommand, name="export")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Naar dit bestand: .xlsx, .zip of .csv."
)
@as_json
@click.pass_obj
def export_command(directory: Path, output: Path, as_json: bool) -> None:
    """Schrijf het register weg als werkmap, of als CSV per tabel; `activities import` leest het terug."""
    from wijkdata.loading.activities import export

    suffix = output.suffix.lower()
    if suffix not in (".xlsx", ".zip", ".csv"):
        raise WijkdataError(f"{output.name} kan niet; kies een naam die eindigt op .xlsx, .zip of .csv.")
    stored = export.of(directory)
    if suffix == ".csv":
        written = {output.with_name(name): content for name, content in export.csv_files(stored, output.stem).items()}
    else:
        written = {output: export.workbook(stored) if suffix == ".xlsx" else export.csv_zip(stored)}
    for path, content in written.items():
        write_file(path, content)
    events = sum(record.table == "event" for record in stored)
    if as_json:
        files = [str(path) for path in written]
        print_json({"ok": True, "files": files, "activities": len(stored) - events, "events": events})
        return
    names = dutch.listing([str(path) for path in written])
    click.echo(
        f"{dutch.count(len(stored) - events, 'activiteit', 'activiteiten')} en "
        f"{dutch.count(events, 'omstandigheid', 'omstandigheden')} geschreven naar {names}."
    )


@activities_group.command(cls=DutchCommand, name="list")
@click.option("--wijk", metavar="CODE", help="Alleen wat bij deze wijk, buurt of gemeente hoort.")
@as_json
@click.pass_obj
def list_command(directory: Path, wijk: str | None, as_json: bool) -> None:
    """Toon de activiteiten, de oudste eerst."""
    from wijkdata.questions.shared import activities, links
    from wijkdata.store.monitor import versions
    from wijkdata.store.participation import registers

    register = registers.current(directory, links.places_of(versions.current(directory)))
    code = areas.normalise(wijk) if wijk else None
    if wijk and code is None:
        raise NotFoundError(f"‘{wijk}’ is geen code van een gebied; schrijf bijvoorbeeld WK059910.")
    frame = activities.in_area(register, code) if code else activities.activities(register)
    frame = frame.sort_values(["begin", "title"]).reset_index()
    if as_json:
        columns = ["id", "title", "kind", "status", "step", "begin", "end", "areas", "pillars", "fictional"]
        rows = [{**row, "begin": _day(row["begin"]), "end": _day(row["end"])} for row in records(frame[columns])]
        print_json({"activities": rows})
        return
    if frame.empty:
        click.echo("Er zijn geen activiteiten" + (f" in {code}." if code else " vastgelegd."))
    for row in frame.itertuples():
        until = "open" if row.end != row.end else f"{row.end:%d-%m-%Y}"
        fictional = "  (fictief)" if row.fictional else ""
        click.echo(f"{row.begin:%d-%m-%Y} - {until:10}  {row.id:12}  {row.title} [{', '.join(row.areas)}]{fictional}")


@activities_group.command(cls=DutchCommand, name="coverage")
@click.option("--gemeente", metavar="CODE", help="Alleen deze gemeente.")
@click.option("--level", type=click.Choice(["wijk", "buurt"]), default="wijk", help="wijk (standaard) of buurt.")
@as_json
@click.pass_obj
def coverage_command(directory: Path, gemeente: str | None, level: str, as_json: bool) -> None:
    """Waar is een pijler zwak of dalend, en loopt daar iets voor? Per gemeente met activiteiten."""
    from wijkdata import catalogue
    from wijkdata.questions.activiteiten import coverage
    from wijkdata.questions.activiteiten.answer import Scope
    from wijkdata.questions.shared import activities, links
    from wijkdata.store.monitor import versions
    from wijkdata.store.participation import registers
    from wijkdata.views.activiteiten import words as activiteiten_words

    newest = versions.require(directory)
    register = registers.current(directory, links.places_of(newest))
    code = areas.normalise(gemeente, Level.GEMEENTE) if gemeente else None
    if gemeente and (code is None or areas.level_of(code) is not Level.GEMEENTE):
        raise NotFoundError(f"‘{gemeente}’ is geen code van een gemeente; schrijf bijvoorbeeld GM0599.")
    everywhere = activities.activities(register)["municipalities"]
    wanted = [code] if code else sorted({one for some in everywhere for one in some})
    scopes = [Scope(one, Level(level)) for one in wanted]
    answers = [coverage.coverage(register, newest, catalogue.of(directory), scope, date.today()) for scope in scopes]
    if as_json:
        print_json({"municipalities": [_coverage_json(answer) for answer in answers]})
        return
    if not answers:
        click.echo("Er zijn nog geen activiteiten vastgelegd.")
    for answer in answers:
        click.echo(activiteiten_words.title(answer) + (" (fictief)." if answer.fictional else "."))
        for area in answer.gaps:
            click.echo(f"  {area.name} ({area.code}): {dutch.listing([one.title for one in area.without])}")


@click.command(cls=DutchCommand, name="backup")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Schrijf naar dit bestand.")
@as_json
@click.pass_obj
def backup_command(directory: Path, output: Path, as_json: bool) -> None:
    """Bewaar een nagekeken kopie van alle activiteiten en hun geschiedenis."""
    from wijkdata.store.participation import backups

    counts = backups.write(directory, output)
    if as_json:
        print_json({"ok": True, "file": str(output), **counts})
        return
    click.echo(f"Bewaard in {output}: {_counted(counts)}.")


@click.command(cls=DutchCommand, name="restore")
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def restore_command(directory: Path, file: Path, as_json: bool) -> None:
    """Zet een kopie van de activiteiten terug; wat er stond blijft bewaard."""
    from wijkdata.store.participation import backups

    counts, kept = backups.restore(directory, file)
    if as_json:
        print_json({"ok": True, "file": str(file), "kept": [str(kept)] if kept else [], **counts})
        return
    click.echo(f"Teruggezet uit {file}: {_counted(counts)}.")
    if kept:
        click.echo(f"Wat er stond is bewaard in {kept}.")


def _counted(counts: dict[str, int]) -> str:
    return (
        f"{dutch.count(counts['activity'], 'activiteit', 'activiteiten')}, "
        f"{dutch.count(counts['event'], 'omstandigheid', 'omstandigheden')} en "
        f"{dutch.count(counts['change'], 'wijziging', 'wijzigingen')}"
    )


def _answer(checked: "Checked") -> dict[str, Any]:
    """Return what --json answers. With problems nothing is added or changed."""
    wrong = bool(checked.problems)
    return {
        "ok": not wrong,
        "added": 0 if wrong else len(checked.added),
        "changed": 0 if wrong else len(checked.changed),
        "unchanged": 0 if wrong else checked.unchanged,
        "problems": [_problem_json(problem) for problem in checked.problems],
    }


def _problem_json(problem: Problem) -> dict[str, Any]:
    fields = asdict(problem)
    return {
        "sheet": fields.pop("file"),
        **{name: fields[name] for name in ("row", "column", "value", "problem", "remedy")},
    }


def _day(moment: str | None) -> str | None:
    return moment[:10] if moment else None


def _coverage_json(answer: "Coverage") -> dict[str, Any]:
    names = ("gaps", "covered", "calm_without", "calm_with")
    return {
        "municipality": answer.municipality,
        "name": answer.name,
        "level": str(answer.level),
        "fictional": answer.fictional,
        "activities": answer.n_ever,
        "running": answer.running,
        "grid": dict(zip(names, answer.grid, strict=True)),
        "gaps": [
            {"code": area.code, "name": area.name, "pillars": [one.pillar for one in area.without]}
            for area in answer.gaps
        ],
        "not_judged": [area.code for area in answer.unjudged],
        "steps": records(answer.steps),
        "shares": [asdict(share) for share in answer.shares],
        "rates": [{"name": rate.name, "unit": rate.unit, "points": records(rate.points)} for rate in answer.rates],
    }
