"""The command impact: what changed, and what would have changed anyway; for an activity, a programme or any table."""

import csv
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import dutch
from wijkdata.commands.base import DutchCommand, as_json, print_json
from wijkdata.errors import WijkdataError

if TYPE_CHECKING:
    from wijkdata.questions.panel.answer import PanelAnswer
    from wijkdata.questions.voor_en_na.answer import ImpactAnswer

_PANEL_ONLY = ("cs", "imputation")
_MOST_PLACEBOS, _MOST_NAMES = 9_999, 3
_LINES = {"hier": "treated", "anders": "comparison", "verschil": "difference"}
# A table does not say how its areas were picked, and whatever was picked at its worst bounces back.
_PICKED = "Zijn deze gebieden gekozen om dit cijfer, dan is een deel van het verschil vanzelf herstel."


@dataclass(frozen=True)
class _Asked:
    """What stood on the command line."""

    activity: str | None
    programme: str | None
    indicator: str | None
    panel: Path | None
    unit: str | None
    time: str | None
    outcome: str | None
    treated: str | None
    start: str | None
    cohort: str | None
    selected: str | None
    method: str
    placebos: int | None
    seed: int

    @property
    def of_panel(self) -> tuple[str | None, ...]:
        """The options that only a table has."""
        return (self.unit, self.time, self.outcome, self.treated, self.cohort)


@dataclass(frozen=True)
class _Found:
    """An answer as JSON; `said` writes a figure of it, `last` is the line under the text."""

    answer: dict[str, Any]
    said: Callable[[float], str]
    last: str = ""


@click.command(cls=DutchCommand, name="impact")
@click.option("--activity", metavar="ID", help="Een activiteit uit het register.")
@click.option("--programme", metavar="PROGRAMMA", help="Een programma: nplv of krachtwijken.")
@click.option("--indicator", metavar="INDICATOR", help="Waarop u kijkt, bij een activiteit of programma.")
@click.option(
    "--panel", type=click.Path(path_type=Path), metavar="BESTAND", help="Een eigen tabel: CSV, xlsx, Parquet."
)
@click.option("--unit", metavar="KOLOM", help="De kolom met het gebied.")
@click.option("--time", metavar="KOLOM", help="De kolom met het jaar of de meting.")
@click.option("--outcome", metavar="KOLOM", help="De kolom met het cijfer.")
@click.option("--treated", metavar="A,B", help=f"De gebieden waar het gebeurde, met --start. {_PICKED}")
@click.option("--start", metavar="JAAR", help="De eerste meting die als erna telt.")
@click.option("--cohort", metavar="KOLOM", help="In plaats daarvan: de kolom met de start (leeg of 0: nooit).")
@click.option(
    "--selected", metavar="JAAR", help="De gebieden zijn gekozen om dit cijfer van dat jaar (bij --activity)."
)
@click.option(
    "--method",
    type=click.Choice(["sdid", "sc", "did", *_PANEL_ONLY]),
    default="sdid",
    help="sdid (standaard), sc of did; bij een tabel ook cs of imputation.",
)
@click.option(
    "--placebos",
    type=click.IntRange(0, _MOST_PLACEBOS),
    metavar="AANTAL",
    help="Hoe vaak hoogstens hetzelfde wordt berekend waar niets gebeurde.",
)
@click.option(
    "--seed",
    metavar="GETAL",
    type=click.IntRange(0),
    default=1,
    help="Beginwaarde van het lot: zelfde waarde, zelfde cijfers.",
)
@as_json
@click.pass_obj
def impact_command(directory: Path, as_json: bool, **options: object) -> None:
    """Wat veranderde er, en wat zou er anders ook veranderd zijn?"""
    asked = _Asked(**options)
    found = _of_panel(asked) if asked.panel is not None else _of_register(directory, asked)
    if as_json:
        print_json(found.answer)
        return
    for line in _text(found):
        click.echo(line)


def _of_panel(asked: _Asked) -> _Found:
    from wijkdata.loading.figures import panels
    from wijkdata.questions.panel import question
    from wijkdata.questions.panel import words as panel_words

    if asked.activity or asked.programme or asked.indicator or asked.selected:
        raise WijkdataError(
            "Bij --panel horen --activity, --programme, --indicator en --selected niet; kies één van beide."
        )
    missing = [f"--{name}" for name in ("unit", "time", "outcome") if getattr(asked, name) is None]
    if missing:
        raise WijkdataError(f"Bij --panel hoort ook {dutch.listing(missing)}; noem de kolommen van uw tabel.")
    if asked.cohort is not None and (asked.treated is not None or asked.start is not None):
        raise WijkdataError("Noem de gebieden met --treated en --start, of de kolom met --cohort, en niet allebei.")
    if asked.cohort is None and (asked.treated is None or asked.start is None):
        raise WijkdataError("Zeg waar en wanneer het gebeurde: met --treated en --start samen, of met --cohort.")
    names = None if asked.treated is None else _names(asked.treated)
    columns = question.Columns(
        asked.unit or "", asked.time or "", asked.outcome or "", names, asked.start, asked.cohort
    )
    found = question.answer(
        panels.read(asked.panel or Path()), asked.panel.name, columns, asked.method, asked.placebos, asked.seed
    )
    said = partial(panel_words.figure, size=found.size)
    return _Found(_panel_json(found), said, _PICKED if found.differs else "")


def _names(text: str) -> tuple[str, ...]:
    """`Noord, "Oost, west"` as two names."""
    try:
        return tuple(next(csv.reader([text], skipinitialspace=True, strict=True), []))
    except csv.Error as error:
        raise WijkdataError(
            "De namen bij --treated zijn niet te lezen; zet er komma’s tussen, zonder nieuwe regel, en zet een naam met een "
            'komma erin tussen aanhalingstekens: "Oost, noord".'
        ) from error


def _of_register(directory: Path, asked: _Asked) -> _Found:
    from wijkdata import catalogue
    from wijkdata.questions.shared.links import places_of
    from wijkdata.questions.voor_en_na import choices as voor_en_na_choices
    from wijkdata.questions.voor_en_na import measurements as voor_en_na_measurements
    from wijkdata.questions.voor_en_na import question as voor_en_na
    from wijkdata.questions.voor_en_na import subjects as voor_en_na_subjects
    from wijkdata.questions.voor_en_na import words as voor_en_na_words
    from wijkdata.questions.voor_en_na.answer import ACTIVITY, PROGRAMME, Wanted
    from wijkdata.reference import programmes
    from wijkdata.store.monitor import versions
    from wijkdata.store.participation import registers

    _check(asked)
    first = _year(asked.start, "--start")
    wanted = Wanted(ACTIVITY, asked.activity) if asked.activity is not None else Wanted(PROGRAMME, str(asked.programme))
    selected = _year(asked.selected, "--selected")
    if selected is not None:
        wanted = replace(wanted, chosen_on=(selected, str(asked.indicator)))
    if wanted.kind == PROGRAMME:
        programmes.programme(wanted.id)
    newest, known = versions.require(directory), catalogue.load()
    register = registers.current(directory, places_of(newest))
    topic = str(asked.indicator)
    subject = voor_en_na_subjects.intervention(register, newest, wanted, topic)
    if subject.areas:
        voor_en_na_measurements.topic_of(newest, topic, subject.level, voor_en_na.place_of(subject))
    first = first or voor_en_na_choices.default_start(register, newest, known, wanted, topic)
    first = first or voor_en_na_subjects.never(subject.begin)
    more = {} if asked.placebos is None else {"placebos": asked.placebos}
    found = voor_en_na.impact(register, newest, known, wanted, topic, first, (), asked.method, seed=asked.seed, **more)
    decimals = voor_en_na_words.scale(found.topic).decimals
    return _Found(_impact_json(found, asked.method), partial(dutch.number, decimals=decimals))


def _check(asked: _Asked) -> None:
    """A slip in the combination of options is one sentence."""
    if (asked.activity is None) == (asked.programme is None):
        raise WijkdataError("Kies één van --activity, --programme en --panel; vraag uitleg met --help.")
    if asked.indicator is None:
        raise WijkdataError("Zeg met --indicator waarop u kijkt, bijvoorbeeld --indicator lbm3_afw.")
    if any(asked.of_panel):
        raise WijkdataError(
            "De opties --unit, --time, --outcome, --treated en --cohort horen bij --panel; laat ze weg."
        )
    if asked.selected is not None and asked.activity is None:
        raise WijkdataError("De optie --selected hoort bij --activity: waarop een programma koos, is al bekend.")
    if asked.method in _PANEL_ONLY:
        raise WijkdataError(f"De methode {asked.method} kan alleen bij --panel; kies sdid, sc of did.")


def _year(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise WijkdataError(f"‘{text}’ is geen jaar; schrijf bij {option} bijvoorbeeld 2018.")
    return int(text)


# --- the answer as JSON: the same shape for every form -------------------------------------------------------------


def _panel_json(found: "PanelAnswer") -> dict[str, Any]:
    summaries = found.aggregates
    names = ("simple", "dynamic", "group", "calendar")
    tested = found.pre_test
    return {
        "method": found.method,
        "estimate": found.estimate,
        "standard_error": found.standard_error,
        "interval": None if found.interval is None else list(found.interval),
        "p_value": found.p_value,
        "p_value_reason": found.p_value_reason or None,
        "placebos": found.placebos,
        "smallest_detectable": found.smallest_detectable,
        "refused": _refused(found),
        "periods": [asdict(moment) for moment in found.moments],
        "weights": found.weights,
        "aggregates": None
        if summaries is None
        else {name: asdict(summaries[name]) if name in summaries else None for name in names},
        "pre_test": None
        if tested is None
        else {"statistic": tested.statistic, "p_value": tested.p_value, "p_value_reason": tested.reason or None},
        "sentence": found.sentence,
    }


def _impact_json(found: "ImpactAnswer", method: str) -> dict[str, Any]:
    from wijkdata.questions.voor_en_na.words import NO_PLACEBOS

    reason = found.refused.reason if found.refused else NO_PLACEBOS
    tested = found.pre_statistic is not None
    return {
        "method": method,
        "estimate": found.estimate,
        "standard_error": found.standard_error,
        "interval": None if found.interval is None else list(found.interval),
        "p_value": found.p_value,
        "p_value_reason": None if found.p_value is not None else reason,
        "placebos": None if found.refused else found.placebos,
        "smallest_detectable": found.smallest_detectable,
        "refused": _refused(found),
        "periods": [
            {"time": moment.year, **{name: _known(getattr(moment, name)) for name in _LINES.values()}}
            for moment in found.moments
        ],
        "weights": None if found.pool is None else {area.code: area.weight for area in found.pool.areas},
        "aggregates": None,
        "pre_test": {
            "statistic": found.pre_statistic,
            "p_value": found.pre_p,
            "p_value_reason": None if found.pre_p is not None else reason,
        }
        if tested
        else None,
        "sentence": " ".join([found.answer, *_left_out(found)]),
    }


def _left_out(found: "ImpactAnswer") -> list[str]:
    """Where it ran without being counted: `Kanaalhove telt niet mee: geen cijfer in 2017.`"""
    left = [] if found.refused else [area for area in found.intervention.areas if not area.used]
    if len(left) < 2:
        return [f"{area.name} telt niet mee: {area.why_not}." for area in left]
    more = [f"{dutch.number(len(left) - _MOST_NAMES)} andere"] if len(left) > _MOST_NAMES else []
    named = [f"{area.name} ({area.why_not})" for area in left[:_MOST_NAMES]]
    return [f"{dutch.listing([*named, *more])} tellen niet mee."]


def _refused(found: "PanelAnswer | ImpactAnswer") -> dict[str, str] | None:
    return None if found.refused is None else {"reason": found.refused.reason, "remedy": found.refused.remedy}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


# --- the answer as text ----------------------------------------------------------------------------------------------


def _text(found: _Found) -> list[str]:
    """The sentence, why not when there is none, the three lines per measurement, and what a table cannot tell."""
    answer, last = found.answer, [found.last] if found.last else []
    lines = [answer["sentence"]]
    if answer["refused"] and answer["refused"]["remedy"] not in answer["sentence"]:
        lines.append(answer["refused"]["remedy"])
    if not answer["periods"]:
        return lines + last
    heads = list(_LINES)[: None if answer["estimate"] is not None else 1]
    rows = [[_cell(row[_LINES[head]], found) for head in heads] for row in answer["periods"]]
    width = max(12, *(len(cells[0]) + 2 for cells in rows))
    lines.append("meting" + "".join(f"{head:>{width}}" for head in heads))
    for row, cells in zip(answer["periods"], rows, strict=True):
        lines.append(f"{row['time']:<6}" + "".join(f"{cell:>{width}}" for cell in cells))
    return lines + last


def _cell(value: float | None, found: _Found) -> str:
    return dutch.NO_DATA if value is None else found.said(value)
