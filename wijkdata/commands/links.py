"""Commands about areas over the years: links, link, gemeenten."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.commands.base import DutchCommand, as_json, municipality_named, print_json, records, write_table
from wijkdata.errors import NotFoundError
from wijkdata.reference import gemeenten

if TYPE_CHECKING:
    import pandas as pd

    from wijkdata.store.monitor.versions import Monitor


@click.command(cls=DutchCommand, name="links")
@click.option("--gemeente", metavar="GMxxxx|NAAM", help="Alleen van en naar deze gemeente.")
@click.option("--from", "year_from", type=int, metavar="JAAR", help="Alleen van deze indeling.")
@click.option("--to", "year_to", type=int, metavar="JAAR", help="Naar deze indeling; anders naar die van nu.")
@click.option("--level", type=click.Choice(["wijk", "buurt", "gemeente"]), help="Alleen dit niveau.")
@click.option(
    "--way", "code", metavar="CODE", help="De weg van dit gebied, jaar voor jaar, met het gewicht van elk deel."
)
@click.option("--unions", is_flag=True, help="Welke gebieden van --gemeente samen al die jaren gelijk bleven.")
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), default="csv", help="csv (standaard) of json.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Schrijf naar dit bestand.")
@as_json
@click.pass_obj
def links_command(
    directory: Path,
    gemeente: str | None,
    year_from: int | None,
    year_to: int | None,
    level: str | None,
    code: str | None,
    unions: bool,
    kind: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Welk gebied van toen is welk gebied van nu, met klasse, delen en bewijs."""
    wanted = _Selection(_municipality(gemeente), year_from, year_to, Level(level) if level else None)
    if code is not None:
        frame = _way(directory, code, wanted)
    else:
        frame = _unions(directory, wanted) if unions else _links(directory, wanted)
    if kind == "json" or as_json:
        print_json({"links": records(frame)})
        return
    from wijkdata.views.shared import tables

    written = dutch.count(len(frame), "koppeling", "koppelingen")
    write_table(tables.csv_bytes(frame), output, written)


@click.command(cls=DutchCommand, name="link")
@click.argument("code_from", metavar="CODE_TOEN")
@click.argument("year_from", type=int, metavar="JAAR_TOEN")
@click.argument("code_to", metavar="CODE_NU")
@click.argument("year_to", type=int, metavar="JAAR_NU")
@click.option("--same/--other", "same", default=True, help="Hetzelfde gebied (standaard), of een ander gebied.")
@click.option("--reason", required=True, metavar="TEKST", help="Waarom; staat bij de koppeling en in de export.")
@as_json
@click.pass_obj
def link_command(
    directory: Path, code_from: str, year_from: int, code_to: str, year_to: int, same: bool, reason: str, as_json: bool
) -> None:
    """Leg een oordeel over een koppeling vast; dat gaat voor al het bewijs."""
    from wijkdata import catalogue
    from wijkdata.loading.figures import link_decisions

    codes = [areas.normalise(code) for code in (code_from, code_to)]
    wrong = [text for text, code in zip((code_from, code_to), codes, strict=True) if code is None]
    if wrong:
        raise NotFoundError(f"‘{wrong[0]}’ is geen gebiedscode; schrijf bijvoorbeeld WK036300.")
    decision = link_decisions.Decision(str(codes[0]), year_from, str(codes[1]), year_to, same, reason)
    new = link_decisions.decide(directory, catalogue.of(directory), decision)
    if as_json:
        print_json({"ok": True, "stamp": new.stamp})
        return
    verdict = "hetzelfde gebied als" if same else "een ander gebied dan"
    click.echo(f"Vastgelegd: {codes[0]} ({year_from}) is {verdict} {codes[1]} ({year_to}).")


@click.command(cls=DutchCommand, name="gemeenten")
@click.argument("name", required=False, metavar="[NAAM]")
@as_json
@click.pass_obj
def municipalities_command(directory: Path, name: str | None, as_json: bool) -> None:
    """Zoek een gemeente op naam, gewone naam of code, ook een opgeheven; zonder naam: allemaal."""
    matches = gemeenten.find(name) if name else tuple(gemeenten.every().values())
    if not matches:
        raise NotFoundError(f"Een gemeente ‘{name}’ is er niet en was er niet sinds 2012; controleer de naam.")
    if as_json:
        print_json({"gemeenten": [_json(one) for one in matches]})
        return
    for one in matches:
        also = f" ({', '.join(one.popular)})" if one.popular else ""
        click.echo(f"{one.code}  {one.name}{also}, {one.province}. {gemeenten.merger_text(one)}".rstrip())


def _json(one: gemeenten.Gemeente) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.name,
        "popular": list(one.popular),
        "province": one.province,
        "since": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat() if one.until else None,
        "successors": list(one.successors),
    }


def _municipality(text: str | None) -> str | None:
    """The code of a gemeente by code or name; a dissolved one keeps its own code. Raises NotFoundError."""
    return None if text is None else municipality_named(text)


@dataclass(frozen=True)
class _Selection:
    """Which links are wanted; None: all."""

    municipality: str | None
    year_from: int | None
    year_to: int | None
    level: Level | None


def _way(directory: Path, text: str, wanted: _Selection) -> "pd.DataFrame":
    """The way of one area through the years, as rows."""
    from wijkdata import catalogue
    from wijkdata.questions.gegevens import ways
    from wijkdata.store.monitor import versions

    code = areas.normalise(text)
    if code is None or areas.level_of(code) not in (Level.WIJK, Level.BUURT):
        raise NotFoundError(f"‘{text}’ is geen wijk of buurt; schrijf bijvoorbeeld WK036300.")
    newest, known = versions.require(directory), catalogue.of(directory)
    here = str(areas.municipality_of(code))
    years = ways.years_of(newest, code)
    if not years:
        raise NotFoundError(
            f"Van {code} is niets ingelezen; zoek de gemeente met: python -m wijkdata links --gemeente {here}."
        )
    until = wanted.year_to or years[-1]
    return ways.way(
        newest, known, code, wanted.year_from or min(ways.years(newest, known, here, areas.level_of(code))), until
    ).rows


def _unions(directory: Path, wanted: _Selection) -> "pd.DataFrame":
    """The unions of one gemeente, as rows."""
    from wijkdata.questions.gegevens import ways
    from wijkdata.store.monitor import versions

    if wanted.municipality is None:
        raise NotFoundError("Kies een gemeente: python -m wijkdata links --unions --gemeente NAAM.")
    return ways.unions(versions.require(directory), wanted.municipality, wanted.level or Level.WIJK, wanted.year_from)


def _links(directory: Path, wanted: _Selection) -> "pd.DataFrame":
    """The rows of the export. Links to the areas of now are in the store; those to another year are computed."""
    from wijkdata.questions.gegevens import links as gegevens_links
    from wijkdata.store.monitor import versions

    newest = versions.require(directory)
    known = gegevens_links.known(newest)
    choices = (
        (wanted.municipality, known.municipalities),
        (wanted.year_from, known.years),
        (wanted.year_to, known.years),
    )
    for value, present in choices:
        if value is not None and value not in present:
            raise NotFoundError(f"Van {value} is niets ingelezen; bekijk wat er is met: python -m wijkdata links.")
    frame = gegevens_links.table(newest, wanted.municipality, wanted.level)
    if wanted.year_to is not None and (frame["year_to"] != wanted.year_to).any():
        frame = _to_year(newest, wanted, wanted.year_to)
    if wanted.year_from is not None:
        frame = frame[frame["year_from"] == wanted.year_from]
    return frame if wanted.year_to is None else frame[frame["year_to"] == wanted.year_to]


def _to_year(newest: "Monitor", wanted: _Selection, year_to: int) -> "pd.DataFrame":
    """Links to another division than that of now."""
    import pandas as pd

    parts = [part for level in Level if level is not Level.LAND for part in _of_level(newest, wanted, level, year_to)]
    if not parts:
        years = dutch.listing([str(year) for year in (wanted.year_from, year_to) if year is not None])
        raise NotFoundError(
            f"Er zijn geen koppelingen met de indeling van {years}; bekijk wat er is met: python -m wijkdata links."
        )
    frame = pd.concat(parts, ignore_index=True)
    if wanted.municipality is None:
        return frame
    number = wanted.municipality[2:6]
    return frame[frame["code_from"].str[2:6].eq(number) | frame["code_to"].fillna("").str[2:6].eq(number)]


def _of_level(newest: "Monitor", wanted: _Selection, level: Level, year_to: int) -> "list[pd.DataFrame]":
    from wijkdata.loading.figures import link_decisions, links
    from wijkdata.questions.gegevens import links as gegevens_links

    if wanted.level not in (None, level):
        return []
    years = sorted({division.year for division in links.divisions(newest.cursor(), level)})
    if year_to not in years:
        if wanted.level is None:
            return []
        raise NotFoundError(
            f"Van {year_to} zijn geen {level.plural} ingelezen; kies uit {dutch.listing([str(year) for year in years])}."
        )
    parts = []
    for year in (one for one in years if one == wanted.year_from or (wanted.year_from is None and one != year_to)):
        rows = link_decisions.between(newest, level, year, year_to).assign(year_from=year, year_to=year_to)
        parts.append(gegevens_links.as_exported(rows, gegevens_links.reasons(newest)))
    return parts
