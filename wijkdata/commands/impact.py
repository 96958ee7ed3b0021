"""The command impact: what changed, and what would have changed anyway; for an activity, a programme or any table."""

import csv
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import dutch
from wijkdata.commands import beforehand
from wijkdata.commands.base import DutchCommand, as_json, print_json
from wijkdata.errors import WijkdataError

if TYPE_CHECKING:
    from wijkdata.questions.panel.answer import PanelAnswer, PanelInference
    from wijkdata.questions.shared.answer import Refusal
    from wijkdata.questions.voor_en_na.answer import (
        Doubt,
        Exaggeration,
        Head,
        ImpactAnswer,
        Inference,
        Moment,
        Nothing,
        Robust,
        Wanted,
    )

_PANEL_ONLY = ("cs", "imputation")
_MOST_PLACEBOS, _MOST_NAMES = 9_999, 3
_LINES = {"hier": "treated", "anders": "comparison", "verschil": "difference"}
# A table does not say how its areas were picked, and whatever was picked at its worst bounces back.
_PICKED = "Zijn deze gebieden gekozen om dit cijfer, dan is een deel van het verschil vanzelf herstel."


@dataclass(frozen=True)
class _Options:
    """What was typed on the command line."""

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
    size: str | None
    scale: str | None
    cluster: str | None
    yardstick: float | None
    method: str
    placebos: int | None
    seed: int
    beforehand: bool

    @property
    def of_panel(self) -> tuple[str | float | None, ...]:
        """The options that only a table has."""
        return (
            self.unit,
            self.time,
            self.outcome,
            self.treated,
            self.cohort,
            self.size,
            self.scale,
            self.cluster,
            self.yardstick,
        )


@dataclass(frozen=True)
class _Output:
    """An answer as JSON; `number` writes a figure of it, `last` is the line under the text."""

    answer: dict[str, Any]
    number: Callable[[float], str]
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
    "--selected",
    metavar="JAAR",
    help="De gebieden zijn gekozen om dit cijfer van dat jaar (bij --activity en --panel).",
)
@click.option("--size", metavar="KOLOM", help="De kolom met inwoners of ondervraagden: weinig is veel ruis.")
@click.option(
    "--scale",
    type=click.Choice(["level", "share", "count"]),
    help="Wat voor cijfer het is: een stand (standaard), een aandeel of een aantal.",
)
@click.option("--cluster", metavar="KOLOM", help="De kolom met de gemeente of een andere groep die samen beweegt.")
@click.option(
    "--yardstick",
    metavar="GETAL",
    type=click.FloatRange(0, min_open=True),
    help="Een verschil kleiner dan dit is klein (standaard een kwart van de spreiding tussen gebieden).",
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
@click.option(
    "--beforehand",
    is_flag=True,
    help="Van een geplande activiteit: welk verschil straks te zien is (met --activity en --indicator).",
)
@as_json
@click.pass_obj
def impact_command(directory: Path, as_json: bool, **typed: Any) -> None:  # noqa: ANN401 - click gives each its own type
    """Wat veranderde er, en wat zou er anders ook veranderd zijn?"""
    options = _Options(**typed)
    if options.beforehand:
        _check_beforehand(options)
        beforehand.show(directory, str(options.activity), str(options.indicator), as_json)
        return
    output = _of_register(directory, options) if options.panel is None else _of_panel(options.panel, options)
    if as_json:
        print_json(output.answer)
        return
    for line in _text(output):
        click.echo(line)


def _check_beforehand(options: _Options) -> None:
    if options.activity is None or options.indicator is None or options.panel is not None:
        raise WijkdataError("Bij --beforehand horen --activity en --indicator, en geen --panel; noem die twee.")
    if (
        options.programme is not None
        or options.start is not None
        or options.selected is not None
        or any(options.of_panel)
    ):
        raise WijkdataError("Bij --beforehand horen alleen --activity en --indicator; laat de andere opties weg.")


def _of_panel(path: Path, options: _Options) -> _Output:
    from wijkdata.loading.figures import panels
    from wijkdata.questions.panel import question
    from wijkdata.questions.panel import words as panel_words
    from wijkdata.questions.panel.answer import PanelRefused

    _check_panel(options)
    names = None if options.treated is None else _names(options.treated)
    unit, time, outcome = (options.unit or "", options.time or "", options.outcome or "")
    columns = question.Columns(unit, time, outcome, names, options.start, options.cohort, options.size, options.cluster)
    selected = _year(options.selected, "--selected")
    scale = question.Scale(options.scale or question.Scale.LEVEL)
    settings = question.PanelSettings(
        options.method, options.placebos, options.seed, selected, scale, options.yardstick
    )
    answer = question.answer(panels.read(path), path.name, columns, settings)
    if isinstance(answer, PanelRefused):
        return _Output(_panel_json(answer), partial(panel_words.figure, size=answer.size))
    number = partial(panel_words.figure, size=answer.inference.size)
    return _Output(_panel_json(answer), number, _PICKED if answer.inference.differs and selected is None else "")


def _check_panel(options: _Options) -> None:
    """A slip in the options of a table is one sentence."""
    if options.activity or options.programme or options.indicator:
        raise WijkdataError("Bij --panel horen --activity, --programme en --indicator niet; kies één van beide.")
    missing = [f"--{name}" for name in ("unit", "time", "outcome") if getattr(options, name) is None]
    if missing:
        raise WijkdataError(f"Bij --panel hoort ook {dutch.listing(missing)}; noem de kolommen van uw tabel.")
    if options.cohort is not None and (options.treated is not None or options.start is not None):
        raise WijkdataError("Noem de gebieden met --treated en --start, of de kolom met --cohort, en niet allebei.")
    if options.cohort is None and (options.treated is None or options.start is None):
        raise WijkdataError("Zeg waar en wanneer het gebeurde: met --treated en --start samen, of met --cohort.")


def _names(text: str) -> tuple[str, ...]:
    """`Noord, "Oost, west"` as two names."""
    try:
        return tuple(next(csv.reader([text], skipinitialspace=True, strict=True), []))
    except csv.Error as error:
        raise WijkdataError(
            "De namen bij --treated zijn niet te lezen; zet er komma’s tussen, zonder nieuwe regel, en zet een naam met een "
            'komma erin tussen aanhalingstekens: "Oost, noord".'
        ) from error


def _of_register(directory: Path, options: _Options) -> _Output:
    from wijkdata import catalogue
    from wijkdata.questions.shared.links import places_of
    from wijkdata.questions.voor_en_na import choices, measurements, question, subjects, words
    from wijkdata.questions.voor_en_na.answer import Request
    from wijkdata.questions.voor_en_na.calculation import ImpactSettings
    from wijkdata.store.monitor import versions
    from wijkdata.store.participation import registers

    _check(options)
    first, wanted, topic = _year(options.start, "--start"), _wanted(options), str(options.indicator)
    newest, known = versions.require(directory), catalogue.of(directory)
    register = registers.current(directory, places_of(newest))
    intervention = subjects.intervention(register, newest, wanted, topic)
    if intervention.areas:
        measurements.topic_of(newest, topic, intervention.level, subjects.place_of(intervention))
    first = first or choices.measured_in(newest, intervention, topic).first
    settings = ImpactSettings(options.method, options.placebos, options.seed)
    answer = question.impact(register, newest, known, Request(wanted, topic, first), settings)
    decimals = words.scale_of(answer.head.topic).decimals
    return _Output(_impact_json(answer, options.method), partial(dutch.number, decimals=decimals))


def _wanted(options: _Options) -> "Wanted":
    """The intervention that the options name. Raises NotFoundError for a programme that does not exist."""
    from wijkdata.questions.voor_en_na.answer import ACTIVITY, PROGRAMME, Wanted
    from wijkdata.reference import programmes

    selected = _year(options.selected, "--selected")
    if options.activity is not None:
        return Wanted(ACTIVITY, options.activity, chosen_on=(selected, str(options.indicator)) if selected else None)
    return Wanted(PROGRAMME, programmes.programme(str(options.programme)).id)


def _check(options: _Options) -> None:
    """A slip in the combination of options is one sentence."""
    if (options.activity is None) == (options.programme is None):
        raise WijkdataError("Kies één van --activity, --programme en --panel; vraag uitleg met --help.")
    if options.indicator is None:
        raise WijkdataError("Zeg met --indicator waarop u kijkt, bijvoorbeeld --indicator lbm3_afw.")
    if any(options.of_panel):
        raise WijkdataError(
            "De opties --unit, --time, --outcome, --treated, --cohort, --size, --scale, --cluster en --yardstick horen bij --panel; laat ze weg."
        )
    if options.selected is not None and options.activity is None:
        raise WijkdataError("De optie --selected hoort bij --activity: waarop een programma koos, is al bekend.")
    if options.method in _PANEL_ONLY:
        raise WijkdataError(f"De methode {options.method} kan alleen bij --panel; kies sdid, sc of did.")


def _year(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise WijkdataError(f"‘{text}’ is geen jaar; schrijf bij {option} bijvoorbeeld 2018.")
    return int(text)


# --- the answer as JSON: the same shape for every form -------------------------------------------------------------


_SUMMARIES = ("simple", "dynamic", "group", "calendar")
# Every key of an answer, in this order; what does not apply, cannot be said or was refused is null.
_KEYS = (
    "method",
    "estimate",
    "standard_error",
    "interval",
    "intervals",
    "p_value",
    "p_value_reason",
    "placebos",
    "smallest_detectable",
    "doubt",
    "doubts",
    "robust",
    "nothing",
    "exaggeration",
    "refused",
    "periods",
    "weights",
    "aggregates",
    "cells",
    "pre_test",
    "sentence",
)


def _json(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - the values of JSON
    return dict.fromkeys(_KEYS) | values


def _panel_json(answer: "PanelAnswer") -> dict[str, Any]:
    from wijkdata.questions.panel.answer import PanelRefused

    common = {
        "method": answer.method,
        "periods": [asdict(moment) for moment in answer.moments],
        "sentence": answer.sentence,
    }
    if isinstance(answer, PanelRefused):
        return _json(**common, p_value_reason=answer.refusal.reason, refused=_refusal_json(answer.refusal))
    summaries, tested, chance = answer.aggregates, answer.pre_test, answer.inference
    return _json(
        **common,
        estimate=answer.estimate,
        standard_error=chance.standard_error,
        **_intervals(chance),
        **_against(answer.doubts, answer.robust),
        nothing=_nothing_json(answer.nothing, answer.yardstick),
        exaggeration=_exaggeration_json(answer.exaggeration),
        p_value=chance.p_value,
        p_value_reason=chance.p_value_reason or None,
        placebos=chance.placebos,
        smallest_detectable=chance.smallest_detectable,
        weights=answer.weights,
        aggregates=None
        if summaries is None
        else {name: asdict(summaries[name]) if name in summaries else None for name in _SUMMARIES},
        cells=None if answer.cells is None else [asdict(cell) for cell in answer.cells],
        pre_test=None
        if tested is None
        else {"statistic": tested.statistic, "p_value": tested.p_value, "p_value_reason": tested.reason or None},
    )


def _impact_json(answer: "ImpactAnswer", method: str) -> dict[str, Any]:
    from wijkdata.questions.voor_en_na.answer import Refused
    from wijkdata.questions.voor_en_na.words import NO_PLACEBOS

    periods = [_period(moment) for moment in answer.head.moments]
    if isinstance(answer, Refused):
        reason = answer.refusal.reason
        refused = _refusal_json(answer.refusal)
        return _json(method=method, p_value_reason=reason, refused=refused, periods=periods, sentence=reason)
    finding, chance = answer.finding, answer.finding.inference
    return _json(
        method=method,
        estimate=finding.estimate,
        standard_error=chance.standard_error,
        **_intervals(chance),
        **_against(finding.doubts, finding.robust),
        nothing=_nothing_json(finding.nothing, finding.yardstick),
        exaggeration=_exaggeration_json(finding.exaggeration),
        p_value=chance.p_value,
        p_value_reason=None if chance.p_value is not None else NO_PLACEBOS,
        placebos=chance.placebos,
        smallest_detectable=chance.smallest_detectable,
        periods=periods,
        weights={area.code: area.weight for area in answer.sections.pool.areas},
        pre_test={
            "statistic": finding.rough_before,
            "p_value": finding.rough_p,
            "p_value_reason": None if finding.rough_p is not None else NO_PLACEBOS,
        },
        sentence=" ".join([finding.text, *_left_out(answer.head)]),
    )


def _intervals(chance: "PanelInference | Inference") -> dict[str, Any]:
    """The interval of 90 % as before, and both under their names."""
    ninety, wide = (None if one is None else list(one) for one in (chance.interval, chance.margin))
    both = None if ninety is None and wide is None else {"90": ninety, "95": wide}
    return {"interval": ninety, "intervals": both}


def _against(doubts: "tuple[Doubt, ...]", robust: "Robust") -> dict[str, Any]:
    """What speaks against a difference: the heaviest with its sentence, every kind, and the answer in other ways."""
    from wijkdata.questions.voor_en_na.doubt_words import DOUBTS

    first = {"kind": doubts[0].value, "sentence": DOUBTS[doubts[0]].sentence} if doubts else None
    return {
        "doubt": first,
        "doubts": [doubt.value for doubt in doubts],
        "robust": {
            "with_selection": robust.with_selection,
            "without_selection": robust.without_selection,
            "other_scale": None if robust.other_scale is None else {"p_value": robust.other_scale},
            "leave_one_wave": {str(time): value for time, value in robust.waves} or None,
            "leave_one_area": dict(robust.areas) or None,
            "breakdown": robust.breakdown,
            "over_time": None if robust.over_time is None else {"p_value": robust.over_time},
        },
    }


def _nothing_json(nothing: "Nothing | None", yardstick: float | None) -> dict[str, Any] | None:
    """Which kind of no difference: too small to see, or certainly smaller than the yardstick."""
    return None if nothing is None else {"kind": nothing.value, "yardstick": yardstick}


def _exaggeration_json(exaggeration: "Exaggeration | None") -> dict[str, Any] | None:
    """How many times too large a true difference of that size comes out when it is called."""
    return (
        None
        if exaggeration is None
        else {"times": exaggeration.times, "size": exaggeration.size, "basis": exaggeration.basis.value}
    )


def _period(moment: "Moment") -> dict[str, Any]:
    return {"time": moment.year, **{name: _known(getattr(moment, name)) for name in _LINES.values()}}


def _left_out(head: "Head") -> list[str]:
    """Where it ran without being counted: `Kanaalhove telt niet mee: geen cijfer in 2017.`"""
    left = [area for area in head.intervention.areas if not area.used]
    if len(left) < 2:
        return [f"{area.name} telt niet mee: {area.why_not}." for area in left]
    more = [f"{dutch.number(len(left) - _MOST_NAMES)} andere"] if len(left) > _MOST_NAMES else []
    named = [f"{area.name} ({area.why_not})" for area in left[:_MOST_NAMES]]
    return [f"{dutch.listing([*named, *more])} tellen niet mee."]


def _refusal_json(refusal: "Refusal") -> dict[str, str]:
    return {"reason": refusal.reason, "remedy": refusal.remedy}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


# --- the answer as text ----------------------------------------------------------------------------------------------


def _text(output: _Output) -> list[str]:
    """The sentence, why not when there is none, the three lines per measurement, and what a table cannot tell."""
    answer, last = output.answer, [output.last] if output.last else []
    lines = [answer["sentence"]]
    if answer["refused"] and answer["refused"]["remedy"] not in answer["sentence"]:
        lines.append(answer["refused"]["remedy"])
    if not answer["periods"]:
        return lines + last
    heads = list(_LINES)[: None if answer["estimate"] is not None else 1]
    rows = [[_cell(row[_LINES[head]], output) for head in heads] for row in answer["periods"]]
    width = max(12, *(len(cells[0]) + 2 for cells in rows))
    lines.append("meting" + "".join(f"{head:>{width}}" for head in heads))
    for row, cells in zip(answer["periods"], rows, strict=True):
        lines.append(f"{row['time']:<6}" + "".join(f"{cell:>{width}}" for cell in cells))
    return lines + last


def _cell(value: float | None, output: _Output) -> str:
    return dutch.NO_DATA if value is None else output.number(value)
