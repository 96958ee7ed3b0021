"""A field of the record as a widget, with what is wrong with it beside it. What is typed goes into the draft at once."""

from html import escape

import streamlit as st

from wijkdata.catalogue import load
from wijkdata.loading.activities import drafts
from wijkdata.loading.activities.drafts import ROW_ID
from wijkdata.record.checks import Wrong
from wijkdata.record.fields import ACTIVITY, NO, YES, FieldSpec, TableSpec, options, tables
from wijkdata.record.values import InvalidValueError, parse, show
from wijkdata.ui import session
from wijkdata.ui.activiteiten import areas, draft
from wijkdata.ui.activiteiten.draft import Work

UNKNOWN, CHOOSE = "Onbekend", "Kies"
NUMBERS = ("whole", "decimal", "money", "percent")
_PILLARS = "pijlers"
Problems = dict[tuple[str, str, str], Wrong]


def problems(work: Work, wrong: list[Wrong]) -> Problems:
    """(table, row, field) -> what is wrong there. Before somebody presses Bewaar, an empty field is not wrong yet."""
    found: Problems = {}
    for one in wrong:
        if work.tried or one.value is not None:
            rows = work.draft.rows.get(one.table, ())
            row = rows[one.place][ROW_ID] if one.place is not None and one.place < len(rows) else ""
            found.setdefault((one.table, row, one.field or ""), one)
    return found


def draw(work: Work, table: str, spec: FieldSpec, found: Problems, row: str = "", choices: dict | None = None) -> None:
    """One field. choices: code -> name, for areas and activities that can be chosen by name."""
    key = _key(work, table, row, spec.name)
    value = work.draft.value(table, row, spec.name) or spec.default
    label, help_text = _label(table, spec), _help(spec)
    change = {"on_change": collect, "args": (work,)}
    if key not in st.session_state:
        st.session_state[key] = (
            value.split(";") if spec.kind == "codes" and value else [] if spec.kind == "codes" else value
        )
    names = _choices(spec) if choices is None else choices
    if spec.kind == "codes":
        st.multiselect(
            label, list(names), format_func=names.get, key=key, help=help_text, placeholder="Kies een of meer", **change
        )
    elif names:
        known = names if spec.default else {"": CHOOSE if spec.required else UNKNOWN, **names}
        known = known if value in known else {**known, value: value}
        st.selectbox(label, list(known), format_func=known.get, key=key, help=help_text, **change)
    elif spec.kind == "long":
        st.text_area(label, key=key, help=help_text, height=110, **change)
    else:
        st.text_input(label, key=key, help=help_text, placeholder=_placeholder(spec), **change)
    say(found.get((table, row, spec.name)))


def pillars(work: Work, found: Problems) -> None:
    """The pillars, the most important first: the order of choosing is the rank."""
    key = f"{_PILLARS}|{work.draft.id}"
    if key not in st.session_state:
        st.session_state[key] = _ranked(work)
    titles = {code: one.title for code, one in load().pillars.items()}
    st.multiselect(
        tables()["pillar"].label,
        list(titles),
        format_func=titles.get,
        key=key,
        max_selections=4,
        placeholder="Kies de belangrijkste pijler eerst",
        help="Waaraan wil de activiteit bijdragen? Wat u het eerst kiest, telt als de belangrijkste.",
        on_change=collect,
        args=(work,),
    )
    for (table, _, _), one in found.items():
        if table == "pillar":
            say(one)


def collect(work: Work) -> None:
    """Everything that stands in the widgets into the draft. A callback: it runs before the page does."""
    for key, table, row, name, text in _changed(work):
        _take(work, key, table, row, name, text)
    _take_pillars(work)


def _changed(work: Work) -> list[tuple[str, str, str, str, str]]:
    """(key, table, row, field, text) of every widget that says something else than the draft."""
    start, found = f"veld|{work.draft.id}|", []
    for key in [str(key) for key in st.session_state if str(key).startswith(start)]:
        table, row, name = key.removeprefix(start).split("|")
        held = st.session_state[key]
        text = ";".join(held) if isinstance(held, list) else held or ""
        if text != (work.draft.value(table, row, name) or tables()[table].field(name).default):
            found.append((key, table, row, name, text))
    return found


def say(one: Wrong | None) -> None:
    """What is wrong, right under the field."""
    if one is not None:
        st.html(f'<p class="wd-wrong" role="alert">{escape(sentence(one))}</p>')


def sentence(one: Wrong) -> str:
    """`Dit is geen getal; vul een getal in.`"""
    return f"{one.problem[:1].upper()}{one.problem[1:]}; {one.remedy}."


def summary(table: TableSpec, typed: dict[str, str], names: dict[str, str], most: int = 4) -> str:
    """A row in one line: its first filled fields as they stand on a screen."""
    parts = [_shown(spec, typed.get(spec.name, ""), names) for spec in table.fields if not spec.automatic]
    return " · ".join([part for part in parts if part][:most]) or "nog leeg"


def _shown(spec: FieldSpec, text: str, names: dict[str, str]) -> str:
    if not text:
        return ""
    try:
        value = parse(spec, text)
    except InvalidValueError:
        return text
    if spec.kind in ("area", "activity", "indicator", "pillar"):
        return names.get(str(value)) or _choices(spec).get(str(value), str(value))
    said = show(spec, value)
    return f"{said} {spec.label.lower()}" if spec.kind in NUMBERS else said


def _take(work: Work, key: str, table: str, row: str, name: str, text: str) -> None:
    spec = tables()[table].field(name)
    if spec.kind == "hidden_count" and text:
        text = st.session_state[key] = drafts.may_be_kept(spec, text)
    draft.change(work, table, row, name, text)
    if spec.kind == "area" and text:
        year = areas.division(text)
        if year:
            draft.change(work, table, row, "division", year)
            st.session_state[_key(work, table, row, "division")] = year


def _take_pillars(work: Work) -> None:
    held = st.session_state.get(f"{_PILLARS}|{work.draft.id}")
    if held is not None and list(held) != _ranked(work):
        rows = tuple(drafts.row(rank=str(n), pillar=code) for n, code in enumerate(held, start=1))
        draft.store(work, work.draft.with_rows("pillar", rows))


def _ranked(work: Work) -> list[str]:
    rows = sorted(work.draft.rows.get("pillar", ()), key=lambda row: row.get("rank", ""))
    return [row["pillar"] for row in rows if row.get("pillar")]


def _choices(spec: FieldSpec) -> dict[str, str]:
    """Code -> word of a field that is chosen; empty for one that is typed."""
    if spec.kind in ("code", "codes"):
        return options(spec)
    if spec.kind == "answer":
        return {YES: "Ja", NO: "Nee"}
    if spec.kind == "indicator":
        return {code: one.title for code, one in load().indicators.items()}
    return {}


def activities(but: str) -> dict[str, str]:
    """Id -> title of the other activities."""
    frame = session.register().frame(ACTIVITY).sort_values("title")
    return {one: str(title) for one, title in zip(frame["id"], frame["title"], strict=True) if one != but}


def _key(work: Work, table: str, row: str, name: str) -> str:
    return f"veld|{work.draft.id}|{table}|{row}|{name}"


def _label(table: str, spec: FieldSpec) -> str:
    unit = f" ({spec.unit})" if spec.unit else ""
    return f"{spec.label}{unit}" + (" *" if spec.required and not spec.default else "")


def _help(spec: FieldSpec) -> str | None:
    if spec.kind in NUMBERS and not spec.required and not spec.help_on_empty:
        return f"{spec.help} Leeg is onbekend, 0 is nul.".strip()
    return spec.help or None


def _placeholder(spec: FieldSpec) -> str | None:
    return {"date": "dag-maand-jaar", "year": "jaar", "link": "https://"}.get(spec.kind)
