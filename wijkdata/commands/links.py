"""Commands about areas over the years: links, link, gemeenten."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.commands.base import DutchCommand, as_json, print_json, records, write_table
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
    kind: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Welk gebied van toen is welk gebied van nu, met klasse, delen en bewijs."""
    frame = _links(directory, _municipality(gemeente), year_from, year_to, Level(level) if level else None)
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
    new = link_decisions.decide(directory, catalogue.load(), decision)
    if as_json:
        print_json({"ok": True, "stamp": new.stamp})
        return
    said = "hetzelfde gebied als" if same else "een ander gebied dan"
    click.echo(f"Vastgelegd: {codes[0]} ({year_from}) is {said} {codes[1]} ({year_to}).")


@click.command(cls=DutchCommand, name="gemeenten")
@click.argument("name", required=False, metavar="[NAAM]")
@as_json
@click.pass_obj
def municipalities_command(directory: Path, name: str | None, as_json: bool) -> None:
    """Zoek een gemeente op naam, gewone naam of code, ook een opgeheven; zonder naam: allemaal."""
    found = gemeenten.find(name) if name else tuple(gemeenten.every().values())
    if not found:
        raise NotFoundError(f"Een gemeente ‘{name}’ is er niet en was er niet sinds 2012; controleer de naam.")
    if as_json:
        print_json({"gemeenten": [_json(one) for one in found]})
        return
    for one in found:
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
    """The code of a gemeente by code or name; a dissolved one stands for itself. Raises NotFoundError."""
    if text is None:
        return None
    found = gemeenten.find(text)
    if found:
        return found[0].code
    code = areas.normalise(text, Level.GEMEENTE)
    if code is None or areas.level_of(code) is not Level.GEMEENTE:
        raise NotFoundError(f"‘{text}’ is geen gemeente; schrijf een naam of een code zoals GM0599.")
    return code


def _links(
    directory: Path, municipality: str | None, year_from: int | None, year_to: int | None, level: Level | None
) -> "pd.DataFrame":
    """The rows of the export. Links to the areas of now stand in the store; others are made for the occasion."""
    from wijkdata.questions.gegevens import links as gegevens_links
    from wijkdata.store.monitor import versions

    newest = versions.require(directory)
    known = gegevens_links.known(newest)
    for asked, there in ((municipality, known.municipalities), (year_from, known.years), (year_to, known.years)):
        if asked is not None and asked not in there:
            raise NotFoundError(f"Van {asked} is niets ingelezen; bekijk wat er is met: python -m wijkdata links.")
    frame = gegevens_links.table(newest, municipality, level)
    if year_to is not None and (frame["year_to"] != year_to).any():
        frame = _made(newest, municipality, year_from, year_to, level)
    if year_from is not None:
        frame = frame[frame["year_from"] == year_from]
    return frame if year_to is None else frame[frame["year_to"] == year_to]


def _made(
    newest: "Monitor", municipality: str | None, year_from: int | None, year_to: int, level: Level | None
) -> "pd.DataFrame":
    import pandas as pd

    from wijkdata.loading.figures import link_decisions, links
    from wijkdata.questions.gegevens import links as gegevens_links

    parts = []
    for one in [level] if level else [Level.GEMEENTE, Level.WIJK, Level.BUURT]:
        known = sorted({division.year for division in links.divisions(newest.cursor(), one)})
        if year_to not in known:
            if level:
                raise NotFoundError(
                    f"Van {year_to} zijn geen {one.plural} ingelezen; kies uit {dutch.listing([str(one) for one in known])}."
                )
            continue
        for year in (one for one in known if one == year_from or (year_from is None and one != year_to)):
            rows = link_decisions.between(newest, one, year, year_to).assign(year_from=year, year_to=year_to)
            parts.append(gegevens_links.as_exported(rows, gegevens_links.reasons(newest)))
    if not parts:
        asked = dutch.listing([str(year) for year in (year_from, year_to) if year is not None])
        raise NotFoundError(
            f"Er zijn geen koppelingen met de indeling van {asked}; bekijk wat er is met: python -m wijkdata links."
        )
    frame = pd.concat(parts, ignore_index=True)
    if municipality is None:
        return frame
    inside = frame["code_from"].str[2:6].eq(municipality[2:6]) | frame["code_to"].fillna("").str[2:6].eq(
        municipality[2:6]
    )
    return frame[inside]
