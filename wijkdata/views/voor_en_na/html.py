"""Voor en na as text on the page: the three rows, the terms with their meaning, and the tables that print."""

import math
from html import escape

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.impact.judgement import Nothing
from wijkdata.questions.shared.answer import Refusal, Topic
from wijkdata.questions.voor_en_na.answer import (
    Answered,
    CertaintyLine,
    Finding,
    Head,
    ImpactVerdict,
    Intervention,
    MeanChange,
    Pool,
    SecondOpinion,
    decimals,
)
from wijkdata.views.voor_en_na import words


def seen(answer: Answered) -> str:
    """ "Wat zien we": always three rows, each absolute and (where that means something) relative."""
    head, finding, level = answer.head, answer.finding, answer.head.level
    itself = f"De {level.value if len(head.intervention.used) == 1 else level.plural} zelf"
    from_to = _from_to(head.topic, finding.otherwise)
    rows = (
        _row(head.topic, itself, finding.own, "%", "wd-plain", _from_to(head.topic, finding.own)),
        _row(
            head.topic,
            f"Vergelijkbare {level.plural}",
            finding.otherwise,
            "%",
            "wd-other",
            f"op dezelfde hoogte gelegd: {from_to}",
        ),
        _row(head.topic, "Verschil", finding.difference, " procentpunt", *_DIFFERENCES[finding.nothing]),
    )
    return f'<table class="wd-seen"><tbody>{"".join(rows)}</tbody></table>{_rarer(answer)}{_notes(answer)}'


# A difference in the accent; of the two ways in which there is none one plain and one grey, each with its word.
_DIFFERENCES = {
    None: ("wd-chosen", "de eerste min de tweede"),
    Nothing.SMALL: ("wd-plain", "de eerste min de tweede; zeker klein"),
    Nothing.UNSEEN: ("wd-other", "de eerste min de tweede; te klein om hier te zien"),
}


def _row(topic: Topic, name: str, change: MeanChange, unit: str, kind: str, small: str) -> str:
    relative = "" if math.isnan(change.relative) else f"<small>{dutch.number(change.relative, 1, True)}{unit}</small>"
    absolute = words.number(topic, change.absolute, True)
    return (
        f'<tr><th scope="row">{escape(name)}<small>{escape(small)}</small></th>'
        f'<td class="{kind}"><b>{absolute}</b>{relative}</td></tr>'
    )


def _from_to(topic: Topic, change: MeanChange) -> str:
    return f"gemiddeld van {words.number(topic, change.before)} naar {words.number(topic, change.after)}"


def _notes(answer: Answered) -> str:
    """Which measurements are compared, and what the figures are counted in."""
    which = compared(answer.head)
    return f'<p class="wd-source">{f"{escape(which)} " if which else ""}{_relative_note(answer)}</p>'


def compared(head: Head) -> str:
    """Which measurements the three rows are the means of, and that the figure ends in one of them."""
    before = [one.year for one in head.moments if not one.after]
    after = [one.year for one in head.moments if one.after]
    if not before or not after:
        return ""
    end = f"; het eindpunt in de figuur is alleen {after[-1]}" if len(after) > 1 else ""
    if (len(before) > 1) is (len(after) > 1):
        minus = f"{'dat' if len(before) > 1 else 'die'} {_of(before)}"
    else:
        minus = f"het {_mean_of(before)}" if len(before) > 1 else _mean_of(before)
    return f"{dutch.capital(_mean_of(after))} min {minus}{end}."


def _mean_of(years: list[int]) -> str:
    return f"gemiddelde {_of(years)}" if len(years) > 1 else f"de meting {_of(years)}"


def _of(years: list[int]) -> str:
    """`van 2018`, `van de metingen van 2015 tot en met 2018`, `van de 8 metingen van 2002 tot en met 2022`."""
    if len(years) == 1:
        return f"van {years[0]}"
    if dutch.years_are_counted(years):
        return f"van de {dutch.years(years, 'metingen')}"
    return f"van de metingen van {dutch.years(years)}"


def _relative_note(answer: Answered) -> str:
    unit = escape(words.points(answer.head.topic))
    rounded = (
        "" if _adds_up(answer.head.topic, answer.finding) else " Door afronden kan een laatste cijfer één verschillen."
    )
    if math.isnan(answer.finding.own.relative):
        return f"In {unit}. Een verandering in procenten heeft op deze schaal geen betekenis.{rounded}"
    return f"Groot: in {unit}. Klein: in procenten van de stand vóór de start.{rounded}"


def _adds_up(topic: Topic, finding: Finding) -> bool:
    """Whether a reader who adds up the rounded figures gets the same."""
    places, own, otherwise, difference = decimals(topic), finding.own, finding.otherwise, finding.difference

    def same(first: float, second: float, result: float, digits: int) -> bool:
        if any(math.isnan(one) for one in (first, second, result)):
            return True
        return round(round(first, digits) - round(second, digits) - round(result, digits), digits) == 0

    return (
        same(own.absolute, otherwise.absolute, difference.absolute, places)
        and same(own.relative, otherwise.relative, difference.relative, 1)
        and all(same(one.after, one.before, one.absolute, places) for one in (own, otherwise))
    )


def _rarer(answer: Answered) -> str:
    """`groter dan bij x van de y`, or why that is not known."""
    chance, groups = answer.finding.inference, escape(words.placebos(answer.head))
    if not chance.placebos:
        return '<p class="wd-why">Hoe zeldzaam dit verschil is, kan hier niet worden gezegd.</p>'
    if answer.finding.verdict is ImpactVerdict.NO_DIFFERENCE:
        return (
            f'<p class="wd-why">Een verschil dat minstens zo groot is, kwam ook voor bij <b>{chance.placebos - chance.smaller} van '
            f"de {chance.placebos}</b> {groups} waar niets gebeurde.</p>"
        )
    return (
        f'<p class="wd-why">Dit verschil is groter dan bij <b>{chance.smaller} van de {chance.placebos}</b> '
        f"{groups} waar niets gebeurde.</p>"
    )


def cautions(texts: tuple[str, ...]) -> str:
    """ "Wat dit niet laat zien" as a ruled list."""
    return listed([escape(text) for text in texts])


def refusal(why: Refusal) -> str:
    """Why there is no answer, and what would make one possible, in a quiet box."""
    return (
        f'<div class="wd-read"><b>Waarom er geen antwoord is</b>{escape(why.reason)}'
        f'<b class="wd-next">Wat een antwoord mogelijk zou maken</b>{escape(why.remedy)}</div>'
    )


def certainty(lines: tuple[CertaintyLine, ...]) -> str:
    """ "Hoe zeker is dit?": each term, its value, and under it what it means."""
    mark = ' <span class="wd-careful">let op</span>'
    return listed(
        [
            f"<b>{escape(line.term)}</b> {escape(line.value)}{mark if line.flagged else ''}<small>{escape(line.meaning)}</small>"
            for line in lines
        ]
    )


def wrapped(frame: pd.DataFrame) -> str:
    """A table of words whose cells may be sentences: they wrap, where a grid would cut them off."""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in frame.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in frame.itertuples(index=False)
    )
    return (
        f'<div class="wd-scroll" tabindex="0"><table class="wd-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def heaviest(pool: Pool, n: int) -> str:
    """The areas that weigh most, as a table."""
    rows = "".join(
        f"<tr><td>{escape(one.name)}</td><td>{escape(one.municipality_name)}</td>"
        f'<td class="wd-n">{dutch.percent(100 * one.weight, 1)}</td></tr>'
        for one in pool.areas[:n]
    )
    head = '<th scope="col">Naam</th><th scope="col">Gemeente</th><th scope="col" class="wd-n">Telt mee voor</th>'
    return f'<table class="wd-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def left_out(pool: Pool) -> str:
    """How many areas were no candidates, and why, in one sentence; empty when none were."""
    parts = [f"{dutch.number(one.n)} ({one.text})" for one in pool.left_out if one.n]
    return f"Deden niet mee: {', '.join(parts)}." if parts else ""


def balance(frame: pd.DataFrame) -> str:
    """The features before the start, here and in the comparison. The difference is in the usual spread between areas."""
    rows = "".join(
        f"<tr><td>{escape(dutch.capital(str(row.feature)))}{_unit(row.unit)}</td>"
        f"<td class='wd-n'>{_figure(row.treated, row.decimals)}</td>"
        f"<td class='wd-n'>{_figure(row.comparison, row.decimals)}</td><td class='wd-n'>{dutch.number(row.difference, 2, True)}"
        f"{' <span class=wd-careful>let op</span>' if row.flagged else ''}</td></tr>"
        for row in frame.itertuples()
    )
    heads = ("Kenmerk vóór de start", "Hier", "Vergelijking", "Verschil (in spreiding)")
    head = "".join(f'<th scope="col" class="{"wd-n" if place else ""}">{name}</th>' for place, name in enumerate(heads))
    return (
        f'<div class="wd-scroll" tabindex="0"><table class="wd-table wd-balance"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def seconds(opinions: tuple[SecondOpinion, ...], topic: Topic) -> str:
    """The same question by other methods."""
    rows = [
        f"<b>{escape(one.method)}</b> {words.number(topic, one.estimate, True)}"
        f"{_margin(topic, one.margin)}<small>{escape(one.meaning)}</small>"
        for one in opinions
    ]
    return listed(rows)


def _margin(topic: Topic, margin: tuple[float, float] | None) -> str:
    if margin is None:
        return ""
    low, high = (dutch.number(end, decimals(topic), signed=True) for end in margin)
    return f" (marge van {low} tot {high})"


def treated(intervention: Intervention) -> list[str]:
    """What needs saying about where it happened, a line per area: only a part, does not count and why, not found."""
    rows = []
    for area in intervention.areas:
        notes = [area.note] if area.note else []
        notes += [] if area.used or not area.why_not else [f"telt niet mee: {area.why_not}"]
        if notes:
            where = f"{area.name}, {area.municipality_name}"
            rows.append(f"<b>{escape(where)}</b> {escape('; '.join(notes))}")
    return rows + [f"<b>{escape(name)}</b> niet gevonden: {escape(why)}" for name, why in intervention.not_found]


def _figure(value: float, decimals: int) -> str:
    return "onbekend" if math.isnan(value) else dutch.number(value, decimals)


def _unit(unit: str) -> str:
    return f" <span class='wd-unknown'>{escape(unit)}</span>" if unit else ""


def listed(rows: list[str]) -> str:
    """A ruled list of rows of HTML."""
    body = "".join(f'<div role="listitem">{row}</div>' for row in rows)
    return f'<div class="wd-list" role="list">{body}</div>'
