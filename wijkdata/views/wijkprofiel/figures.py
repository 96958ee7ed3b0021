"""The part "Alle cijfers": a list by subject that opens and closes, its sentences, and its table."""

import math
from html import escape

import pandas as pd

from wijkdata import dutch, periods
from wijkdata.areas import Level
from wijkdata.catalogue import Evidence, UnitKind
from wijkdata.questions.shared.answer import SourceLine, Subject
from wijkdata.questions.wijkprofiel.answer import AllFigures, Figure, Found

COUNTRY = "Nederland"
# So many figures stand open at once; of more, each subject is opened by hand.
MOST_OPEN = 15
LEAD = "Ook wat in geen pijler staat, naast de gemeente en Nederland. Hier wordt niets beoordeeld."
_EVIDENCE = {
    Evidence.MEASURED: "",
    Evidence.PERCEIVED: "wat bewoners ervaren",
    Evidence.MODELLED: "schatting met een model",
}


def title(answer: AllFigures) -> str:
    """Write the title: how many figures there are of this area."""
    known = [one for one in answer.figures if not one.missing]
    subjects = len({one.subject for one in known})
    if not known:
        return "Alle cijfers: van dit gebied is er nog geen"
    themes = dutch.count(subjects, "thema", "thema's")
    return f"Alle cijfers: {dutch.number(len(known))} over {themes}"


def said(result: Found, typed: str) -> str:
    """Write what a search found; "" where nothing was looked for."""
    if not typed.strip():
        return ""
    if not result.figures:
        return f"Geen cijfer gevonden met ‘{typed.strip()}’. Probeer een ander woord, of een deel van een woord."
    if result.nearly:
        return f"Geen cijfer met ‘{typed.strip()}’; dit lijkt erop."
    return f"{dutch.count(len(result.figures), 'cijfer', 'cijfers')} gevonden."


def source(answer: AllFigures) -> SourceLine:
    """Write the source line: sources, what the columns are, and what is not there."""
    if not answer.source:
        return SourceLine("Geen bron: er zijn geen cijfers")
    whose = "van de gemeente is" if answer.subject.fictional else "van de gemeente en van Nederland is"
    of_others = f"Het cijfer {whose} van dezelfde periode; is dat er niet, dan het laatste daarvoor."
    more = [of_others]
    if answer.absent:
        n = dutch.count(len(answer.absent), "ander cijfer is", "andere cijfers is")
        more.append(f"Van {n} nog niets ingelezen; zoeken vindt ze wel, met het bestand dat ze geeft.")
    more += [answer.origin] if answer.origin else []
    return SourceLine(f"Bronnen: {answer.source}", more=tuple(more), sources=answer.source_ids)


def listed(answer: AllFigures, result: Found, searched: bool) -> str:
    """Write the figures as HTML: a part per subject, open when there are few or somebody searched."""
    open_now = searched or len(result.figures) <= MOST_OPEN
    groups: dict[str, list[Figure]] = {}
    for one in result.figures:
        groups.setdefault(one.subject, []).append(one)
    return f"<div>{''.join(_group(answer.subject, name, part, open_now) for name, part in groups.items())}</div>"


def _group(who: Subject, name: str, part: list[Figure], open_now: bool) -> str:
    names = ", ".join(one.short for one in part)
    known, all_of_them = sum(not one.missing for one in part), dutch.number(len(part))
    count = all_of_them if known == len(part) else f"{dutch.number(known)} van {all_of_them}"
    head = f"<b>{escape(name)}</b> <span>{count}</span> <small>{escape(names)}</small>"
    return (
        f'<details class="wd-group"{" open" if open_now else ""}><summary>{head}</summary>'
        f'<table class="wd-figures">{_head(who)}<tbody>{"".join(_row(who, one) for one in part)}</tbody></table></details>'
    )


def _columns(who: Subject) -> dict[str, str]:
    """The columns beside the area itself: attribute of a figure -> name."""
    return {"municipality": who.municipality_label} | ({} if who.fictional else {"country": COUNTRY})


def _head(who: Subject) -> str:
    others = "".join(f'<th scope="col" class="wd-n">{escape(name)}</th>' for name in _columns(who).values())
    return (
        f'<thead><tr><th scope="col" class="wd-wide">Cijfer</th><th scope="col" class="wd-n">{escape(who.name)}</th>'
        f'<th scope="col" class="wd-year">Periode</th>{others}<th scope="col" class="wd-from">Bron</th></tr></thead>'
    )


def _row(who: Subject, one: Figure) -> str:
    notes = "; ".join(filter(None, (_EVIDENCE[one.evidence], one.reason, one.later)))
    small = f"<small>{escape(notes)}</small>" if notes else ""
    small += f'<small class="wd-from">{escape(one.source)}</small>' if one.source else ""
    own = _number(one, one.value, whole=True) if not one.missing else f'<span class="wd-unknown">{dutch.NO_DATA}</span>'
    others = "".join(_other(one, field, name) for field, name in _columns(who).items())
    return (
        f'<tr><th scope="row" class="wd-wide" title="{escape(one.description)}">{escape(one.title)}{small}</th>'
        f'<td class="wd-n">{own}</td><td class="wd-year">{escape(when(one))}</td>{others}'
        f'<td class="wd-from"><small>{escape(one.source)}</small></td></tr>'
    )


def _other(one: Figure, field: str, name: str) -> str:
    """The cell of the gemeente or the country. Its name stands in it where a phone has no headings; so does another period."""
    value, period = getattr(one, field), getattr(one, f"{field}_period")
    if math.isnan(value):
        return '<td class="wd-n"></td>'
    then = "" if period == one.period else f" <small>{escape(periods.Period.of(period).text)}</small>"
    return f'<td class="wd-n" data-who="{escape(name)}">{_number(one, value)}{then}</td>'


def _number(one: Figure, value: float, whole: bool = False) -> str:
    """A number with its percent sign; whole: any other unit under it."""
    text = dutch.number(value, one.decimals, one.signed)
    if one.unit_kind is UnitKind.PERCENT:
        return f"<b>{text}%</b>" if whole else f"{text}%"
    return f"<b>{text}</b><small>{escape(one.unit)}</small>" if whole else text


def when(one: Figure) -> str:
    """Write the period of a figure: `2024`, `oktober 2024 (voorlopig)`."""
    if not one.period:
        return ""
    return periods.Period.of(one.period).text + (" (voorlopig)" if one.provisional else "")


def newest_year(answer: AllFigures) -> str:
    """Write the year of the newest figure, for the name of a file."""
    years = [periods.Period.of(one.period).year for one in answer.figures if not one.missing]
    return str(max(years)) if years else ""


def table(answer: AllFigures) -> pd.DataFrame:
    """Return a row per figure, those without a figure too."""
    who = answer.subject
    return pd.DataFrame([_cells(who, one) for one in (*answer.figures, *answer.absent)])


def _cells(who: Subject, one: Figure) -> dict[str, object]:
    return {
        "Onderwerp": one.subject,
        "Cijfer": one.title,
        "Eenheid": one.unit,
        "Soort": {Evidence.MEASURED: "gemeten", Evidence.PERCEIVED: "ervaren", Evidence.MODELLED: "schatting"}[
            one.evidence
        ],
        who.name: one.value,
        "Periode": when(one),
        **_of_others(who, one),
        "Pijler": one.pillar,
        "Bron": one.source,
        "Opmerking": "; ".join(filter(None, (one.reason, one.later))),
    }


def _of_others(who: Subject, one: Figure) -> dict[str, object]:
    """The columns of the gemeente and the country, each with its period."""
    cells: dict[str, object] = {}
    for field, heading in _columns(who).items():
        name = who.municipality_name if field == "municipality" else heading  # the level stands behind it
        period = getattr(one, f"{field}_period")
        cells[f"{name} ({Level.LAND if field == 'country' else Level.GEMEENTE})"] = getattr(one, field)
        cells[f"Periode ({name})"] = periods.Period.of(period).text if period else ""
    return cells
