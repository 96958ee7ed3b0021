"""The story of one activity as tables and lists in HTML. Every text is escaped; what is unknown is called unknown, never 0."""

from collections.abc import Iterable, Sequence
from html import escape

from wijkdata import dutch
from wijkdata.questions.activiteiten.answer import Aim, Detail, HistoryEntry
from wijkdata.record import aims as record_aims
from wijkdata.record.base import Row
from wijkdata.record.fields import ACTIVITY, NO, YES, FieldSpec, tables
from wijkdata.record.values import MASKED, SMALL, is_hidden, show

UNKNOWN = "onbekend"
# The name of a value, and the value as HTML; None when it is unknown.
Term = tuple[str, str | None]
_WHO = ("initiator", "step", "support", "form", "access", "audience", "recruitment")
_TIME = ("precision", "repeated", "times", "progress")
_COSTS = ("cost_asked", "cost_granted", "cost_spent")
_HIDDEN = {
    SMALL: "minder dan 5 (verborgen)",
    MASKED: "verborgen, omdat anders een kleine groep te berekenen is",
}

_COUNTED = {SMALL: "minder dan 5", MASKED: "verborgen"}


def facts(detail: Detail) -> str:
    """Draw a list of terms: where, what for, who."""
    areas = "".join(
        f"<div>{escape(name)}<small>{escape(code)}; {escape(share)}</small></div>" for name, code, share in detail.areas
    )
    pillars = "<br>".join(f"{place}. {escape(title)}" for place, title in enumerate(detail.pillars, 1))
    rows = [("Waar", areas or None), ("Pijlers, in volgorde", pillars or None)]
    rows += [_field(detail, name) for name in ("kind", *_WHO)]
    rows += [_field(detail, "iap2")] if _has(detail, "iap2") else []
    return _terms(rows)


def when(detail: Detail) -> str:
    """Draw what was planned above what was done."""
    rows = [(name, text and escape(text)) for name, text in (("Gepland", detail.planned), ("Werkelijk", detail.actual))]
    return _terms([*rows, *(_field(detail, name) for name in ("status", *_TIME, "stop_reason") if _has(detail, name))])


def costs(detail: Detail) -> str:
    """Draw what was asked, granted, spent: unknown is not 0."""
    values = detail.record.values
    # Money is named one by one: somebody who looks for it must see that it is unknown, and not 0.
    rows = [(name, text or _unknown()) for name, text in (_field(detail, one) for one in _COSTS)]
    year = "prijspeil onbekend" if values.get("price_year") is None else f"prijspeil {values['price_year']}"
    hours = {YES: "met uren van beroepskrachten", NO: "zonder uren van beroepskrachten"}.get(
        str(values.get("hours_included")), "onbekend of uren van beroepskrachten meetellen"
    )
    return _terms(rows) + f'<p class="wd-source">{escape(dutch.capital(year))}; {escape(hours)}.</p>'


def evidence(detail: Detail) -> str:
    """Say how sure this is, and who says so."""
    link = str(detail.record.values.get("source_link") or "")
    rows = [_field(detail, name) for name in ("evidence", "source", "entered_by")]
    if link.startswith(("https://", "http://")):
        rows.append(
            (
                "Verwijzing",
                f'<a class="wd-link" href="{escape(link)}" target="_blank" rel="noopener">{escape(link)}</a>',
            )
        )
    return _terms(rows)


def aims(rows: Sequence[Aim]) -> str:
    """Draw every version of every aim: what it said, when it was recorded, and whether that was after the start."""
    fields = tables()["aim"]
    cells = []
    for aim in rows:
        row = aim.row
        size = record_aims.size_text(row)
        unit = f"<small>{escape(aim.unit)}</small>" if size else ""
        state = "geldt nu" if aim.current else "vervangen"
        recorded = _shown(fields.field("recorded_at"), row)
        frozen = "na de start vastgelegd" if aim.late else "vóór de start vastgelegd"
        planned = fields.field("planned_at")
        frozen += f"; {dutch.inside(planned.label)} {_shown(planned, row)}" if row.get("planned_at") else ""
        cells.append(
            [
                f"{escape(aim.indicator)}<small>versie {record_aims.version(row)}, {state}</small>",
                _shown(fields.field("direction"), row),
                f"{size or record_aims.NO_SIZE}{unit}",
                _shown(fields.field("judge_at"), row),
                f"{recorded}<small>{frozen}</small>" if row.get("recorded_at") else _unknown(),
            ]
        )
    return table(("Doel", "Richting", "Grootte", "Beoordelen op", "Vastgelegd op"), cells)


def counts(rows: Sequence[Row]) -> str:
    """Draw one row per count; the columns that nobody ever filled in are named below instead of shown empty."""
    spec = tables()["count"]
    numbers = [field for field in spec.fields if field.name not in ("date", "method")]
    used = [field for field in numbers if any(row.get(field.name) is not None for row in rows)]
    heads = [
        f"{field.label} (kan dubbel tellen)" if field.name == "participants" and len(rows) > 1 else field.label
        for field in used
    ]
    cells = [
        [_shown(spec.field("date"), row) + f"<small>{_shown(spec.field('method'), row).lower()}</small>"]
        + [_COUNTED.get(str(row.get(field.name))) or _shown(field, row) for field in used]
        for row in rows
    ]
    missing = dutch.listing([field.label.lower() for field in numbers if field not in used])
    note = f'<p class="wd-source">Niet geteld, dus onbekend: {escape(missing)}.</p>' if missing else ""
    double = (
        '<p class="wd-source">Unieke deelnemers van verschillende tellingen worden niet opgeteld: dezelfde persoon kan in '
        "meer tellingen zitten.</p>"
        if len(rows) > 1
        else ""
    )
    return table(("Telling", *heads), cells, numbers=range(1, len(heads) + 1)) + note + _why_hidden(rows) + double


def _why_hidden(rows: Sequence[Row]) -> str:
    """Say why a number of people is hidden, when one is."""
    if not any(is_hidden(value) for row in rows for value in row.values()):
        return ""
    return '<p class="wd-source">Minder dan 5 mensen worden niet bewaard, en ook niet een aantal waaruit dat te berekenen is.</p>'


def groups(rows: Sequence[Row]) -> str:
    """Say who was reached. A hidden number stays hidden."""
    spec = tables()["group"]
    cells = [
        [
            _shown(spec.field("date"), row),
            _shown(spec.field("trait"), row),
            _shown(spec.field("class"), row),
            escape(_HIDDEN[str(row["number"])]) if str(row["number"]) in _HIDDEN else _shown(spec.field("number"), row),
        ]
        for row in rows
    ]
    return table(("Datum", "Kenmerk", "Groep", "Aantal"), cells)


def rows_of(name: str, rows: Sequence[Row]) -> str:
    """Draw a child table as it is: every field a column, unknown said."""
    spec = tables()[name]
    return table(
        [field.label for field in spec.fields], [[_shown(field, row) for field in spec.fields] for row in rows]
    )


def links(detail: Detail) -> str:
    """Draw the other activities, to open: in this window, so that the address is theirs."""
    items = []
    for link in detail.links:
        title = escape(link.title)
        name = (
            f'<a class="wd-link" href="?activiteit={escape(link.id)}" target="_self">{title}</a>' if link.id else title
        )
        gone = "" if link.id else "<small>staat niet (meer) in het register</small>"
        items.append(f'<div role="listitem">{escape(link.words)} {name}{gone}</div>')
    return f'<div class="wd-list" role="list">{"".join(items)}</div>'


def history(entries: Sequence[HistoryEntry]) -> str:
    """Draw the history, newest first: when, which role, and field by field what it was."""
    cells = []
    for entry in entries:
        head = f"{escape(dutch.moment(entry.moment))}<small>{escape(entry.role)}</small>"
        if not entry.changes:
            cells.append([head, escape(entry.action), "", ""])
        for place, change in enumerate(entry.changes):
            cells.append(
                [
                    head if place == 0 else "",
                    f"{escape(change.label)}<small>{escape(entry.action)}</small>",
                    _lines(change.before),
                    _lines(change.after),
                ]
            )
    return table(("Wanneer en wie", "Wat", "Was", "Werd"), cells)


def table(heads: Sequence[str], cells: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    """Draw a table of HTML cells. numbers: the columns that hold numbers."""
    right = set(numbers)
    mark = {place: ' class="wd-n"' for place in right}
    head = "".join(f'<th scope="col"{mark.get(place, "")}>{escape(name)}</th>' for place, name in enumerate(heads))
    body = "".join(
        "<tr>" + "".join(f"<td{mark.get(place, '')}>{cell}</td>" for place, cell in enumerate(row)) + "</tr>"
        for row in cells
    )
    return f'<div class="wd-scroll" tabindex="0"><table class="wd-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _terms(rows: Sequence[Term]) -> str:
    """Put name and value in a table without a heading, and the names of what is unknown in one line below it."""
    unknown = dutch.listing([name.lower() for name, text in rows if text is None])
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{text}</td></tr>' for name, text in rows if text is not None
    )
    note = f'<p class="wd-source">Onbekend: {escape(unknown)}.</p>' if unknown else ""
    return (f'<table class="wd-table wd-facts"><tbody>{body}</tbody></table>' if body else "") + note


def _field(detail: Detail, name: str) -> Term:
    field = tables()[ACTIVITY].field(name)
    value = detail.record.values.get(name)
    return field.label, None if value is None else escape(show(field, value))


def _has(detail: Detail, name: str) -> bool:
    return detail.record.values.get(name) is not None


def _shown(field: FieldSpec, row: Row) -> str:
    value = row.get(field.name)
    return _unknown() if value is None else escape(show(field, value))


def _unknown() -> str:
    return f'<span class="wd-unknown">{UNKNOWN}</span>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>") if text else '<span class="wd-unknown">leeg</span>'
