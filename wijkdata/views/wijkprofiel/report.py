"""Wijkprofiel as a report: the same figures, sentences and tables as on the screen."""

import math
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd

from wijkdata import dutch
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared.answer import Subject
from wijkdata.questions.wijkprofiel.answer import Alikes, Around, IndicatorLine, PillarLine, PillarLines, Profile, Spine
from wijkdata.views.shared import citing, paper
from wijkdata.views.shared.paper import Key, Panel
from wijkdata.views.shared.reports import definitions
from wijkdata.views.shared.reports.structure import Figure, Item, Lines, Name, Report, Section, Series, Table, stretches
from wijkdata.views.shared.specification import specification
from wijkdata.views.shared.theme import PRESENTING
from wijkdata.views.wijkprofiel import lines as drawn_lines
from wijkdata.views.wijkprofiel import local, tables, words
from wijkdata.views.wijkprofiel import spine as drawn_spine

PAGE = "Wijkprofiel"
# Pixels: so wide, four panels and a line under a dozen lanes fit on one A4; and a drawing for a slide.
_SMALLER, _SLIDE = 1030.0, 1200.0
_POLICY = "Landelijk beleid in deze jaren, hoe zeker de jaartallen zijn, en wie het zegt."


def name(spine: Spine) -> Name:
    """What the report of an area is called as a file."""
    who, years = spine.subject, [row.period for row in spine.rows if row.period]
    return Name("profiel", f"{who.code}-{who.name}", str(max(years)) if years else "", who.fictional)


def report(profile: Profile, catalogue: Catalogue, today: date) -> Report:
    """Make the report of one area."""
    who = profile.spine.subject
    sections = [_spine(profile.spine), _pillars(profile.pillars)]
    sections += [_line(profile.line)] if profile.line is not None else []
    sections += [_around(profile.around)] if profile.around is not None else []
    sections += [_alikes(profile.alikes)]
    sections += [_policy(profile.line)] if profile.line is not None and profile.line.lanes else []
    topics = [row.indicator for row in profile.spine.rows if not row.missing] + (
        [profile.line.indicator] if profile.line else []
    )
    return Report(
        name=name(profile.spine),
        page=PAGE,
        about=f"{who.name}, {who.municipality_name} ({_people(profile.spine)})",
        title=words.title(profile.spine),
        lead=words.programmes_lead(profile.spine),
        sections=tuple(sections),
        definitions=definitions.table(catalogue, topics),
        licence=citing.licences(catalogue, _source_ids(profile)),
        colophon_text=citing.made(today),
        day=today,
    )


def _source_ids(profile: Profile) -> set[str]:
    """The sources of every section."""
    used = {*profile.spine.source_ids, *profile.pillars.source_ids}
    used |= set(profile.line.source_ids) if profile.line is not None else set()
    return used | set(profile.alikes.source_ids if profile.alikes.areas else ())


def _people(spine: Spine) -> str:
    """`WK970104, 7.640 inwoners`."""
    who = spine.subject
    return who.code if math.isnan(who.population) else f"{who.code}, {dutch.number(who.population)} inwoners"


def _spine(answer: Spine) -> Section:
    drawing = specification(drawn_spine.wide, answer, paper.THEME)
    keys = tuple(Key(look, text) for look, text in drawn_spine.legend(answer))
    return Section(
        "profiel",
        words.spine_title(answer),
        figure=Figure((Panel(drawing),), words.spine_values(answer), keys, on_slide=partial(_outspoken, answer)),
        table=Table(tables.spine(answer), _spine_shown(answer), on_a4=False),
        source=words.spine_source(answer).text,
    )


def _outspoken(answer: Spine) -> Figure:
    """The figures that a room can read, as while presenting."""
    drawing = specification(drawn_spine.wide, answer, replace(paper.THEME, k=PRESENTING))
    keys = tuple(Key(look, text) for look, text in drawn_spine.legend(answer, presenting=True))
    return Figure((Panel(drawing),), words.spine_values(answer), keys, width=_SLIDE)


def _spine_shown(answer: Spine) -> pd.DataFrame:
    """Each figure as it is written in the drawing: its own decimals, which one column of numbers cannot have."""
    who = answer.subject
    return pd.DataFrame(
        [
            {
                "Pijler": answer.pillars[row.pillar],
                "Cijfer": row.title + ("*" if row.estimate else ""),
                who.name: dutch.NO_DATA if row.missing else dutch.number(row.value, row.decimals, row.signed),
                "Jaar": str(row.period) if row.period else "",
                "Midden": "" if math.isnan(row.middle) else dutch.number(row.middle, row.decimals, row.signed),
                "Oordeel": (row.detail or row.reason) if row.missing else tables.verdict(row, who.few),
            }
            for row in answer.rows
        ]
    )


def _pillars(answer: PillarLines) -> Section:
    drawn = [line for line in answer.lines if not line.points.empty]
    figure = Figure(
        tuple(
            Panel(specification(drawn_lines.pillar_panel, (answer, line), paper.THEME), line.title) for line in drawn
        ),
        " ".join(words.pillar_values(line) for line in drawn),
        columns=2,
        width=_SMALLER,
        lines=tuple(_scores(line) for line in drawn),
    )
    return Section(
        "pijlers",
        words.pillars_title(answer),
        words.PILLARS_LEAD,
        figure if drawn else None,
        items=tuple(Item(line.title, " ".join(words.pillar_sentences(line))) for line in answer.lines),
        table=Table(tables.pillars(answer), places=0, on_a4=False, columns_on_a4=5),
        source=words.pillars_source(answer).text,
    )


def _scores(line: PillarLine) -> Lines:
    points = line.points
    years = sorted(int(year) for year in points["period"].unique())
    series = []
    for key, name in _who(line.subject).items():
        of = points[points["who"] == key].set_index("period").reindex(years)
        # A year without a score belongs to the stretch before it.
        measured = of["stretch"].ffill().bfill()
        if of["score"].notna().any():
            series += stretches(_series(key, name, of["score"]), list(measured), years)
    return Lines(line.title, tuple(years), tuple(series), 0)


def _who(who: Subject) -> dict[str, str]:
    """The three lines of a figure over the years: the column of each, and its name."""
    return {"own": who.name, "municipality": who.municipality_label, "everybody": who.everybody}


def _series(key: str, name: str, values: pd.Series) -> Series:
    return Series(name, tuple(map(float, values)), chosen=key == "own", dashed=key == "everybody")


def _line(answer: IndicatorLine) -> Section:
    points, years = answer.points, [int(year) for year in answer.points["period"]]
    series = [
        part
        for key, name in _who(answer.subject).items()
        if points[key].notna().any()
        for part in stretches(_series(key, name, points[key]), list(points["stretch"]), years)
    ]
    chart = Lines(answer.title, tuple(years), tuple(series), answer.decimals, answer.signed)
    drawing = specification(drawn_lines.policy_line, answer, paper.THEME)
    return Section(
        "over de jaren",
        words.line_title(answer),
        words.line_lead(answer),
        Figure((Panel(drawing),), words.line_values(answer), lines=(chart,), width=_SMALLER),
        table=Table(tables.line(answer), places=answer.decimals, on_a4=False),
        source=words.line_source(answer).text,
    )


def _policy(answer: IndicatorLine) -> Section:
    return Section(
        "beleid", "Beleid in deze jaren", _POLICY, table=Table(tables.policy(answer), on_a4=False, columns_on_a4=5)
    )


def _around(answer: Around) -> Section:
    if not answer.spans:
        return Section("activiteiten", words.nothing_around(answer.subject))
    frame, most = local.table(answer), local.MOST_LISTED
    shown = frame.head(most)[["Wat", "Soort", "Wanneer", "Pijlers", "Waar"]]
    source = words.around_source(answer).text
    return Section(
        "activiteiten",
        words.around_title(answer),
        table=Table(frame, shown),
        source=" ".join(filter(None, [words.left_out(answer), source])),
    )


def _alikes(answer: Alikes) -> Section:
    source = words.alikes_source(answer)
    text = source if isinstance(source, str) else source.text
    if not answer.areas:
        return Section("lijkt op", words.alikes_title(answer), text)
    frame = tables.alikes(answer)
    shown = frame.drop(columns=["Code", "Afstand (standaardafwijkingen)"])
    for title in answer.pillars.values():
        shown[title] = shown[title].map(words.score)
    return Section(
        "lijkt op", words.alikes_title(answer), words.alikes_lead(answer), table=Table(frame, shown), source=text
    )
