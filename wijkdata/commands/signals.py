"""The command signals: what grows before the figures rise, in what was read in or in any table of reports or counts."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import dutch
from wijkdata.commands.base import DutchCommand, as_json, municipality_named, print_json
from wijkdata.errors import WijkdataError

if TYPE_CHECKING:
    from wijkdata.questions.series.answer import SeriesAnswer
    from wijkdata.questions.series.question import SeriesSettings

_MOST_REFUSED, _MOST_LISTED = 10, 10
# What says something of a table of a user's own.
_OF_SERIES = ("area", "period", "count", "category", "provisional_since", "events")


@click.command(cls=DutchCommand, name="signals")
@click.option(
    "--series", type=click.Path(path_type=Path), metavar="BESTAND", help="Een eigen tabel: CSV, xlsx, Parquet."
)
@click.option(
    "--gemeente", metavar="CODE", help="Zonder --series: alleen deze gemeente (standaard alle met aantallen per maand)."
)
@click.option("--area", metavar="KOLOM", help="De kolom met het gebied.")
@click.option("--period", metavar="KOLOM", help="De kolom met de maand, de week of de dag.")
@click.option("--count", metavar="KOLOM", help="De kolom met het aantal; zonder is elke rij één melding.")
@click.option("--category", metavar="KOLOM", help="De kolom met de soort melding; zonder telt alles samen.")
@click.option(
    "--frequency", type=click.Choice(["month", "week"]), default="month", help="Per maand (standaard) of week."
)
@click.option(
    "--method",
    type=click.Choice(["cusum", "farrington", "ears"]),
    help="cusum, farrington of ears; zonder kiest de lengte van de reeks.",
)
@click.option("--range", "span", metavar="EERSTE:LAATSTE", help="De periodes die u wilt zien, zoals 2023-01:2024-06.")
@click.option("--provisional-since", metavar="PERIODE", help="Vanaf hier herziet de uitgever nog: geen signalen.")
@click.option(
    "--events",
    type=click.Path(path_type=Path),
    metavar="BESTAND",
    help="Bekende stijgingen: kolommen gebied, van, tot.",
)
@click.option(
    "--lag",
    type=click.IntRange(0, 60),
    metavar="MAANDEN",
    help="Zo lang na het jaar verschijnt het jaarcijfer (standaard 6).",
)
@as_json
@click.pass_obj
def signals_command(directory: Path, as_json: bool, **typed: Any) -> None:  # noqa: ANN401 - click gives each its own type
    """Waar groeit iets voordat de cijfers stijgen? In wat is ingelezen, of met --series in een eigen tabel."""
    listed = as_json or typed["span"] is not None
    answer = _of_store(directory, typed, listed) if typed["series"] is None else _of_series(typed, listed)
    if as_json:
        print_json(_json(answer))
        return
    head = _now(answer) if typed["span"] is None else _in_range(answer)
    for line in head + _text(answer, typed["method"]):
        click.echo(line)


def _of_store(directory: Path, typed: dict[str, Any], listed: bool) -> "SeriesAnswer":
    wrong = [f"--{name.replace('_', '-')}" for name in _OF_SERIES if typed[name] is not None]
    if wrong or typed["frequency"] != "month":
        raise WijkdataError(
            f"{dutch.capital(dutch.listing(wrong or ['--frequency']))} hoort bij --series; zeg daarmee in welke tabel u kijkt."
        )
    from wijkdata.questions.series import stored
    from wijkdata.store.monitor import versions

    monitor = versions.require(directory)
    code = None if typed["gemeente"] is None else municipality_named(typed["gemeente"], monitor)
    return stored.answer(monitor, code, _settings(typed, listed))


def _of_series(typed: dict[str, Any], listed: bool) -> "SeriesAnswer":
    if typed["gemeente"] is not None:
        raise WijkdataError("--gemeente hoort bij wat is ingelezen; laat --gemeente of --series weg.")
    missing = [f"--{name}" for name in ("area", "period") if typed[name] is None]
    if missing:
        raise WijkdataError(f"Bij --series hoort ook {dutch.listing(missing)}; noem de kolommen van uw tabel.")
    from wijkdata.loading.figures import panels
    from wijkdata.questions.series import question

    path, events = typed["series"], typed["events"]
    columns = question.Columns(typed["area"], typed["period"], typed["count"], typed["category"])
    known = None if events is None else (panels.read(events), events.name)
    return question.answer(panels.read(path), path.name, columns, _settings(typed, listed), known)


def _settings(typed: dict[str, Any], listed: bool) -> "SeriesSettings":
    from wijkdata.questions.series import question

    first, last = _range(typed["span"])
    method = None if typed["method"] is None else question.Method(typed["method"])
    return question.SeriesSettings(
        frequency=question.Frequency(typed["frequency"]),
        rule=question.Rule(method),
        first=first,
        last=last,
        provisional_since=typed["provisional_since"],
        listed=listed,
        lag=question.PUBLICATION_LAG if typed["lag"] is None else typed["lag"],
    )


def _range(text: str | None) -> tuple[str | None, str | None]:
    """Read `2023-01:2024-06`; a side that is empty is open."""
    if text is None:
        return None, None
    parts = [part.strip() for part in text.split(":")]
    if len(parts) != 2 or not any(parts):
        raise WijkdataError(f"‘{text}’ is geen reeks periodes; schrijf bij --range bijvoorbeeld 2023-01:2024-06.")
    return parts[0] or None, parts[1] or None


def _json(answer: "SeriesAnswer") -> dict[str, Any]:
    """The answer for a script. `moves`: what moved everywhere; `sensitivities`: the same test with other limits."""
    return {
        "signals": [asdict(row) for row in answer.rows],
        "back_test": {**asdict(answer.used), "sensitivities": [asdict(test) for test in answer.tests]},
        "refused": [
            {"area": one.area, "category": one.category, "key": one.key, "reason": one.sentence}
            for one in answer.refused
        ],
        "strongest": [asdict(one) for one in answer.strongest],
        "weaker": [asdict(one) for one in answer.weaker],
        "moves": [asdict(one) for one in answer.moves],
        "notes": list(answer.notes),
    }


def _now(answer: "SeriesAnswer") -> list[str]:
    """The strongest signals of now, each with what chance makes of it where that is much, and how many more there are."""
    from wijkdata.questions.shared import watch_words

    lines = [f"{one.sentence} {watch_words.weak(one.q)}" if one.weak else one.sentence for one in answer.strongest] or [
        "Er is nu geen signaal."
    ]
    n = len(answer.weaker)
    more = f"En nog {dutch.count(n, 'zwakker signaal', 'zwakkere signalen')}; met --json staan ze er alle."
    return [*lines, more] if n else lines


def _in_range(answer: "SeriesAnswer") -> list[str]:
    """The newest signals of the periods that were asked for."""
    alarms = sorted((row for row in answer.rows if row.alarm), key=lambda row: (row.period, row.area), reverse=True)
    lines = [row.sentence for row in alarms[:_MOST_LISTED]] or ["In deze periodes is er geen signaal."]
    more = len(alarms) - _MOST_LISTED
    return [*lines, f"En nog {dutch.number(more)} eerder; met --json staan ze er alle."] if more > 0 else lines


def _text(answer: "SeriesAnswer", method: str | None) -> list[str]:
    """What moved everywhere, the price of every sensitivity, and what is not watched."""
    from wijkdata.questions.shared import watch_words

    chosen = watch_words.Method(method or watch_words.Method.CUSUM)
    lines = [one.sentence for one in answer.moves]
    tested = [watch_words.tested(test, chosen, answer.by_events) for test in answer.tests]
    lines += dict.fromkeys(tested)  # where nothing can be tested every sensitivity says the same
    lines += [one.sentence for one in answer.refused[:_MOST_REFUSED]]
    more = len(answer.refused) - _MOST_REFUSED
    if more > 0:
        lines.append(f"En nog {dutch.number(more)} reeksen worden niet gevolgd; met --json staan ze er alle.")
    return lines + list(answer.notes)
