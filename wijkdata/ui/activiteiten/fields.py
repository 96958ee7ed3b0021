"""A field of the record as a widget, with what is wrong with it underneath. What is typed goes into the draft at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from wijkdata import dutch, limits
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
NUMBERS = ("whole", "decimal", "money", "percent", "hidden_count")
_PILLARS = "pijlers"
Problems = dict[tuple[str, str, str], Wrong]


@dataclass(frozen=True)
class Form:
    """The draft on screen, and what is wrong with it: (table, row, field) -> the problem there."""

    work: Work
    problems: Problems


@dataclass(frozen=True)
class _Widget:
    """A widget of the form, with what is typed in it."""

    key: str
    table: str
    row: str
    name: str
    text: str


def form(work: Work, wrong: list[Wrong]) -> Form:
    """Put each problem at its field. Before somebody presses Bewaar, an empty field is not wrong yet."""
    problems: Problems = {}
    for one in wrong:
        if work.tried or one.value is not None:
            rows = work.draft.rows.get(one.table, ())
            row = rows[one.place][ROW_ID] if one.place is not None and one.place < len(rows) else ""
            problems.setdefault((one.table, row, one.field or ""), one)
    return Form(work, problems)


def draw(form: Form, table: str, spec: FieldSpec, row: str = "", choices: Mapping[str, str] | None = None) -> None:
    """Draw one field. choices: code -> name, for areas and activities that can be chosen by name."""
    work = form.work
    key = _key(work, table, row, spec.name)
    value = work.draft.value(table, row, spec.name) or spec.default
    label, help_text = _label(spec), _help(spec)
    change: dict[str, Any] = {"on_change": collect, "args": (work,)}
    if key not in st.session_state:
        st.session_state[key] = (
            value.split(";") if spec.kind == "codes" and value else [] if spec.kind == "codes" else value
        )
    names = _choices(spec) if choices is None else choices
    if spec.kind == "codes":
        st.multiselect(
            label,
            list(names),
            format_func=_named(names),
            key=key,
            help=help_text,
            placeholder="Kies een of meer",
            filter_mode="contains",
            select_all=False,
            **change,
        )
    elif names:
        known = {**names} if spec.default else {"": CHOOSE if spec.required else UNKNOWN, **names}
        known = known if value in known else {**known, value: value}
        st.selectbox(label, list(known), format_func=_named(known), key=key, help=help_text, **change)
    elif spec.kind == "long":
        st.text_area(label, key=key, help=help_text, height=110, max_chars=limits.TYPED, **change)
    else:
        st.text_input(label, key=key, help=help_text, placeholder=_placeholder(spec), max_chars=limits.TYPED, **change)
    say(form.problems.get((table, row, spec.name)))


def pillars(form: Form) -> None:
    """Draw the pillars, the most important first: the order of choosing is the rank."""
    work = form.work
    key = f"{_PILLARS}|{work.draft.id}"
    if key not in st.session_state:
        st.session_state[key] = _ranked(work)
    titles = {code: one.title for code, one in load().pillars.items()}
    st.multiselect(
        tables()["pillar"].label,
        list(titles),
        format_func=_named(titles),
        key=key,
        max_selections=4,
        select_all=False,
        placeholder="Kies de belangrijkste pijler eerst",
        help="Waaraan wil de activiteit bijdragen? Wat u het eerst kiest, telt als de belangrijkste.",
        on_change=collect,
        args=(work,),
    )
    for (table, _, _), one in form.problems.items():
        if table == "pillar":
            say(one)


def collect(work: Work) -> None:
    """Put everything typed in the widgets into the draft. A callback: it runs before the page does."""
    for widget in _changed(work):
        _take(work, widget)
    _take_pillars(work)


def _changed(work: Work) -> list[_Widget]:
    """List every widget that holds something else than the draft."""
    start = f"veld|{work.draft.id}|"
    changed = []
    for key in [str(key) for key in st.session_state if str(key).startswith(start)]:
        table, row, name = key.removeprefix(start).split("|")
        held = st.session_state[key]
        text = ";".join(held) if isinstance(held, list) else held or ""
        if text != (work.draft.value(table, row, name) or tables()[table].field(name).default):
            changed.append(_Widget(key, table, row, name, text))
    return changed


def say(one: Wrong | None) -> None:
    """Say what is wrong, right under the field."""
    if one is not None:
        st.html(f'<p class="wd-wrong" role="alert">{escape(sentence(one))}</p>')


def sentence(one: Wrong) -> str:
    """Write `Dit is geen getal; vul een getal in.`"""
    return f"{dutch.capital(one.problem)}; {one.remedy}."


def summary(table: TableSpec, typed: dict[str, str], names: dict[str, str], most: int = 4) -> str:
    """Write a row on one line: its first filled fields as on a screen."""
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
    value_text = show(spec, value)
    named = spec.kind in NUMBERS and not (
        spec.kind == "hidden_count" and spec.required
    )  # of a group: it has its own name
    return f"{value_text} {spec.label.lower()}" if named else value_text


def _take(work: Work, widget: _Widget) -> None:
    table, row, text = widget.table, widget.row, widget.text
    spec = tables()[table].field(widget.name)
    if spec.kind == "hidden_count" and text:
        text = st.session_state[widget.key] = drafts.may_be_kept(spec, text)
    draft.change(work, table, row, widget.name, text)
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
    """Return code -> word of a field that is chosen; empty for one that is typed."""
    if spec.kind in ("code", "codes"):
        return options(spec)
    if spec.kind == "answer":
        return {YES: "Ja", NO: "Nee"}
    if spec.kind == "indicator":
        return {code: one.title for code, one in load().indicators.items()}
    return {}


def activities(but: str) -> dict[str, str]:
    """Return id -> title of the other activities."""
    frame = session.register().frame(ACTIVITY).sort_values("title")
    return {one: str(title) for one, title in zip(frame["id"], frame["title"], strict=True) if one != but}


def _named(names: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: names.get(code, code)


def _key(work: Work, table: str, row: str, name: str) -> str:
    return f"veld|{work.draft.id}|{table}|{row}|{name}"


def _label(spec: FieldSpec) -> str:
    unit = f" ({spec.unit})" if spec.unit else ""
    return f"{spec.label}{unit}" + (" *" if spec.required and not spec.default else "")


def _help(spec: FieldSpec) -> str | None:
    if spec.kind in NUMBERS and not spec.required and not spec.help_on_empty:
        return f"{spec.help} Leeg is onbekend, 0 is nul.".strip()
    return spec.help or None


def _placeholder(spec: FieldSpec) -> str | None:
    return {"date": "dag-maand-jaar", "year": "jaar", "link": "https://"}.get(spec.kind)
