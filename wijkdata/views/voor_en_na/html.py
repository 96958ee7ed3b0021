"""Voor en na as text on the page: the three rows, the terms with their meaning, and the tables that print."""

import math
from html import escape
from urllib.parse import urlencode

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.impact.judgement import Nothing
from wijkdata.areas import level_of, municipality_of
from wijkdata.questions.shared.answer import Refusal, Topic, Union
from wijkdata.questions.voor_en_na.answer import (
    Answered,
    CertaintyLine,
    Intervention,
    Pool,
    SecondOpinion,
)
from wijkdata.views.voor_en_na import around, words
from wijkdata.views.voor_en_na import seen as seen_words


def seen(answer: Answered) -> str:
    """ "Wat zien we": always three rows, each absolute and (where that means something) relative."""
    rows = "".join(
        f'<tr><th scope="row">{escape(row.name)}<small>{escape(row.small)}</small></th><td class="{look}"><b>{row.absolute}</b>'
        f"{f'<small>{row.relative}</small>' if row.relative else ''}</td></tr>"
        for row, look in zip(seen_words.rows(answer), ("wd-plain", "wd-other", _looks(answer)), strict=True)
    )
    before, bold, after = seen_words.rarer(answer)
    rarer = f"{escape(before)}{f'<b>{bold}</b>' if bold else ''}{escape(after)}"
    notes = escape(seen_words.notes(answer))
    return f'<table class="wd-seen"><tbody>{rows}</tbody></table><p class="wd-why">{rarer}</p><p class="wd-source">{notes}</p>'


def _looks(answer: Answered) -> str:
    """A difference in the accent; of the two ways in which there is none one plain and one grey, each with its word."""
    return {None: "wd-chosen", Nothing.SMALL: "wd-plain", Nothing.UNSEEN: "wd-other"}[answer.finding.nothing]


def cautions(texts: tuple[str, ...]) -> str:
    """ "Wat dit niet laat zien" as a ruled list."""
    return listed([escape(text) for text in texts])


def refusal(why: Refusal, topic: str = "") -> str:
    """Why there is no answer, and what would make one possible, in a quiet box; with the way to the count of areas together.

    topic: of which there is no answer.
    """
    links = "".join(f" {_together(one, topic)}" for one in why.together)
    return (
        f'<div class="wd-read"><b>{around.WHY_NOT}</b>{escape(why.reason)}'
        f'<b class="wd-next">{around.POSSIBLE}</b>{escape(why.remedy)}{links}</div>'
    )


def _together(one: Union, topic: str) -> str:
    """The way to where Gegevens has the count of an area alone and together."""
    where = {"gemeente": str(municipality_of(one.code)), "niveau_koppeling": str(level_of(one.code))}
    chosen = {"van": str(one.first), "naar": str(one.last), "gebied_weg": one.code, "aantal": topic}
    address = escape(f"gegevens?{urlencode(where | chosen)}#omzetten")
    return f'<a class="wd-link" href="{address}" target="_self">{escape(one.name)} samen, op Gegevens</a>'


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
        f"{f' (marge {words.margin(topic, one.margin)})' if one.margin else ''}<small>{escape(one.meaning)}</small>"
        for one in opinions
    ]
    return listed(rows)


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
