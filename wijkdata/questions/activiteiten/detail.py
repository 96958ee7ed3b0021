"""One activity: its whole story, and every change there ever was."""

from collections.abc import Mapping

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional, level_of, municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.catalogue import load as load_catalogue
from wijkdata.questions.activiteiten.answer import Aim, Detail, FieldChange, HistoryEntry, Link
from wijkdata.questions.shared import times
from wijkdata.questions.shared.places import area_name
from wijkdata.record import aims
from wijkdata.record.base import Difference, Record, Row, differences
from wijkdata.record.fields import ACTIVITY, FieldSpec, options, tables
from wijkdata.record.values import show
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation import registers
from wijkdata.store.participation.registers import Register

ACTIONS = {
    registers.ADDED: "vastgelegd",
    registers.CHANGED: "gewijzigd",
    registers.WITHDRAWN: "ingetrokken",
    registers.RESTORED: "teruggehaald",
}
# A relation as the other side says it.
_OTHER_SIDE = {"vervolg_op": "Kreeg als vervolg", "onderdeel_van": "Heeft als onderdeel"}


def detail(register: Register, monitor: Monitor | None, catalogue: Catalogue, activity_id: str) -> Detail:
    """Answer everything about one activity, withdrawn or not. Raises NotFoundError."""
    record = registers.get(register.directory, activity_id)
    codes = [str(row["area"]) for row in record.rows.get("area", ())]
    names = {code: area_name(monitor, code) for code in codes}
    pillars = sorted(record.rows.get("pillar", ()), key=lambda row: row["rank"] or 9)
    return Detail(
        record=record,
        title=str(record.values["title"]),
        lead=_lead(record, names),
        where=where_text(names),
        areas=tuple(_area(row, names) for row in record.rows.get("area", ())),
        pillars=tuple(catalogue.pillars[str(row["pillar"])].title for row in pillars),
        aims=_aims(record, catalogue),
        links=_links(register, record),
        history=_history(register, activity_id),
        planned=_span(record, "planned", ""),
        actual=_span(record, "actual", "loopt nog" if record.values["status"] == "loopt" else ""),
        fictional=bool(codes) and all(is_fictional(code) for code in codes),
    )


def where_text(names: Mapping[str, str]) -> str:
    """Write `Spoorwijk en Molenhoek`, `heel Vlierstede`."""
    return dutch.listing([f"heel {name}" if level_of(code) is Level.GEMEENTE else name for code, name in names.items()])


def home_of(record: Record) -> str:
    """Return the gemeente of the first area; "" when it has none."""
    codes = [municipality_of(str(row["area"])) for row in record.rows.get("area", ())]
    return str(codes[0]) if codes and codes[0] else ""


def _spec(name: str) -> FieldSpec:
    return tables()[ACTIVITY].field(name)


def _span(record: Record, kind: str, open_end: str) -> str | None:
    """Write `3 maart 2019 tot en met juni 2020`, as precisely as it was recorded; None when nothing is known."""
    values = record.values
    begin, end = (times.as_date(values.get(f"{name}_{kind}")) for name in ("start", "end"))
    if begin is None and end is None:
        return None
    ended = open_end or ("einde onbekend" if kind == "actual" else "geen einde gepland")
    return times.span_text(begin, end, str(values.get("precision") or times.DAY), ended)


def _lead(record: Record, names: Mapping[str, str]) -> str:
    """Write `Zelfbeheer van een plek in Spoorwijk. Loopt sinds 3 maart 2019, gepland tot en met juni 2027.`"""
    values = record.values
    precision = str(values.get("precision") or times.DAY)
    begin = times.date_text(times.as_date(values.get("start_actual") or values.get("start_planned")), precision)
    end = times.as_date(values.get("end_actual"))
    planned = times.as_date(values.get("end_planned"))
    until = f", gepland tot en met {times.date_text(planned, precision)}" if planned else ", zonder gepland einde"
    over = (
        f" op {times.date_text(end, precision)}"
        if end and precision == times.DAY
        else f" ({times.date_text(end, precision)})"
    )
    by_status = {
        "idee": "Nog een idee.",
        "gepland": f"Gepland vanaf {begin}.",
        "loopt": f"Loopt sinds {begin}{until}.",
        "afgerond": f"Afgerond{over if end else ', einddatum onbekend'}.",
        "gestopt": f"Gestopt{over if end else ', einddatum onbekend'}.",
        "afgelast": "Afgelast: dit is niet doorgegaan.",
    }.get(str(values.get("status")), "")
    place = f" in {where_text(names)}" if names else ""
    reason = f" Reden: {str(values['stop_reason']).rstrip('.')}." if values.get("stop_reason") else ""
    return f"{show(_spec('kind'), values.get('kind'))}{place}. {by_status}{reason}"


def _area(row: Row, names: Mapping[str, str]) -> tuple[str, str, str]:
    code = str(row["area"])
    share = "aandeel onbekend" if row.get("share") is None else f"{row['share']}% van de activiteit"
    return names[code], f"{code}, indeling {row.get('division') or 'onbekend'}", share


def _aims(record: Record, catalogue: Catalogue) -> tuple[Aim, ...]:
    """Return every version, newest of each indicator marked, in the order of indicator and version."""
    rows = sorted(record.rows.get("aim", ()), key=lambda row: (str(row["indicator"]), aims.version(row)))
    newest = {id(row) for row in aims.current(rows)}
    return tuple(
        Aim(
            row=row,
            indicator=catalogue.indicators[str(row["indicator"])].title,
            unit=catalogue.indicators[str(row["indicator"])].unit,
            current=id(row) in newest,
            late=aims.late(row, record.values),
        )
        for row in rows
        if str(row["indicator"]) in catalogue.indicators
    )


def _links(register: Register, record: Record) -> tuple[Link, ...]:
    """Return the relations of this activity, and those that others have with it."""
    titles = dict(zip(register.frame(ACTIVITY)["id"], register.frame(ACTIVITY)["title"], strict=True))
    kinds = options(tables()["relation"].field("kind"))
    here = [(kinds[str(row["kind"])], str(row["other"])) for row in record.rows.get("relation", ())]
    others = register.frame("relation")
    others = others[others["other"] == record.id]
    here += [
        (_OTHER_SIDE.get(row.kind, kinds[row.kind]), str(row.activity_id)) for row in others.itertuples(index=False)
    ]
    return tuple(
        Link(words=kind, id=link_id if link_id in titles else "", title=str(titles.get(link_id, link_id)))
        for kind, link_id in here
    )


def _history(register: Register, activity_id: str) -> tuple[HistoryEntry, ...]:
    """List every save, newest first; the first has no "before"."""
    roles = options(_spec("entered_by"))
    entries, before = [], None
    for moment, role, action, record in registers.history(register.directory, activity_id):
        changed = (
            ()
            if before is None
            else tuple(one for difference in differences(before, record) for one in _change(difference))
        )
        entries.append(HistoryEntry(moment, roles.get(role, role), ACTIONS.get(action, action), changed))
        before = record
    return tuple(reversed(entries))


def _change(difference: Difference) -> tuple[FieldChange, ...]:
    """Say of a field what it was and became; of a table which rows went and came."""
    if difference.field is not None:
        return (
            FieldChange(
                difference.label, show(difference.field, difference.before), show(difference.field, difference.after)
            ),
        )
    old, new = (
        [row_text(difference.table, row) for row in sorted(rows, key=lambda row: row_text(difference.table, row))]
        for rows in (difference.before, difference.after)
    )
    went = [text for text in old if text not in new]
    came = [text for text in new if text not in old]
    return (FieldChange(difference.label, "\n".join(went), "\n".join(came)),)


def row_text(table: str, row: Row) -> str:
    """Write a row of a child table on one line: `Datum: 3 maart 2019; Bezoeken: 120`. Unknown fields are not named."""
    fields = [field for field in tables()[table].fields if row.get(field.name) is not None]
    return "; ".join(f"{field.label}: {_named(field, row)}" for field in fields)


def _named(field: FieldSpec, row: Row) -> str:
    """Write a value as on screen; an indicator and a pillar by their title."""
    catalogue, code = load_catalogue(), str(row[field.name])
    if field.kind == "indicator" and code in catalogue.indicators:
        return catalogue.indicators[code].title
    return catalogue.pillars[code].title if field.kind == "pillar" else show(field, row[field.name])
