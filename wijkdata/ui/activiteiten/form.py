"""The page Activiteiten: the form. Drawn from the list of fields; nothing typed in it is lost (`draft`)."""

from datetime import date
from html import escape

import streamlit as st

from wijkdata import dutch
from wijkdata.areas import is_fictional
from wijkdata.errors import WijkdataError
from wijkdata.loading.activities import drafts, register
from wijkdata.record.base import Record
from wijkdata.record.checks import Wrong
from wijkdata.record.fields import ACTIVITY, FieldSpec, options, tables
from wijkdata.record.values import MASKED, SMALL, SMALLEST
from wijkdata.store.participation.registers import ConflictError
from wijkdata.ui import address, blocks, session
from wijkdata.ui.activiteiten import areas as activiteiten_areas
from wijkdata.ui.activiteiten import conflict, draft, fields, navigation, offers, rows
from wijkdata.ui.activiteiten.draft import Work
from wijkdata.ui.activiteiten.fields import Form

HEADINGS = ("Tijd", "Wie en hoe", "Kosten", "Bewijs")
_SAVED, _WIDTH, _SHOWN = "_bewaard", 780, 3
_BY_THE_PROGRAM = ("entered_by",)
_LEAD = (
    "De velden met een * zijn verplicht; de rest mag later. Leg de activiteit vast en nooit personen. Alles wat u typt, wordt "
    "meteen als concept bewaard."
)


def show(activity_id: str) -> None:
    """Show the form: a new activity, or a change of one."""
    activiteiten_areas.hold()
    work = draft.current(activity_id)
    _head(work)
    if work.theirs is not None:
        conflict.show(work, save_record)
        return
    _, wrong = work.read()
    form = fields.form(work, wrong)
    with st.container(width=_WIDTH, gap="medium", key="formulier"):
        offers.on_form(work, activity_id)
        _summary(work, wrong, "Nog niet bewaard")
        _required(form)
        _where_and_why(form)
        _rest(form)
        _end(work, wrong)
    work.opening = False


def save(work: Work) -> None:
    """Check everything, then save; a callback. Nothing is lost when it does not succeed, and twice is once."""
    if work.saved:
        return
    fields.collect(work)
    record, wrong = work.read()
    work.tried, work.opening = True, bool(wrong)
    if wrong:
        return
    save_record(work, record)


def save_record(work: Work, record: Record) -> None:
    """Save what was read or put together; then show the activity."""
    try:
        stored = register.save(session.data_dir(), record, draft.role(), date.today())
        work.saved = True
        drafts.remove(session.data_dir(), work.draft.id)
    except ConflictError as error:
        work.theirs, work.trouble = error.current, ""
        return
    except WijkdataError as error:
        work.trouble = str(error)
        if not work.saved:
            return
    st.session_state[_SAVED] = _saved_text(stored)
    for name, value in {"concept": "", "bewerk": "", navigation.DETAIL: stored.id}.items():
        address.plan(name, value)


def say_saved() -> None:
    """Say once, under the title of the activity that was just saved: that it is, and which groups are hidden."""
    sentence = st.session_state.pop(_SAVED, "")
    place = blocks.under_title()
    if sentence and place is not None:
        place.success(sentence, icon=":material/check:")


def _saved_text(stored: Record) -> str:
    small, masked = (_hidden_as(stored, value) for value in (SMALL, MASKED))
    sentences = ["**Bewaard.**"]
    if small:
        sentences.append(f"Verborgen omdat het er minder dan {SMALLEST} zijn: {dutch.listing(small)}.")
    if masked:
        sentences.append(
            f"{'Ook verborgen' if small else 'Verborgen'}, omdat een kleine groep anders is uit te rekenen: {dutch.listing(masked)}."
        )
    return " ".join(sentences)


def _hidden_as(stored: Record, value: str) -> list[str]:
    """Name the groups, and the numbers of counts, for which this stands."""
    of_groups = [row["class"] for row in stored.rows.get("group", ()) if row["number"] == value]
    words = options(tables()["group"].field("class"))
    counted = [
        field.label.lower()
        for field in tables()["count"].fields
        if any(row.get(field.name) == value for row in stored.rows.get("count", ()))
    ]
    return [*(words[str(code)] for code in of_groups), *counted]


def _head(work: Work) -> None:
    stored = work.stored
    title = "Nieuwe activiteit" if stored is None else f"Wijzig: {stored.values.get('title') or 'activiteit'}"
    areas = [row["area"] for row in work.draft.rows.get("area", ()) if row.get("area")]
    fictional = bool(areas) and all(is_fictional(code) for code in areas)
    blocks.head(navigation.PAGE, "nieuw" if stored is None else "wijzigen", title, _LEAD, fictional)


def _summary(work: Work, wrong: list[Wrong], title: str) -> None:
    """Say after a press on Bewaar how much is wrong, and the first of it."""
    if work.trouble:
        st.error(f"**{title}.** {blocks.plain(work.trouble)}", icon=":material/error:")
    if not (work.tried and wrong):
        return
    empty = [one.label for one in wrong if one.empty]
    others = [one for one in wrong if not one.empty]
    lines = [f"**{title}: {dutch.count(len(wrong), 'ding klopt', 'dingen kloppen')} niet.**"]
    lines += [f"Verplicht en nog leeg: {blocks.plain(dutch.listing(empty))}."] if empty else []
    lines += [f"**{blocks.plain(one.label)}**: {blocks.plain(fields.sentence(one))}" for one in others[:_SHOWN]]
    lines += [f"En nog {len(others) - _SHOWN}; ze staan bij de velden."] if len(others) > _SHOWN else []
    st.error("\n\n".join(lines), icon=":material/error:")


def _required(form: Form) -> None:
    blocks.subtitle("De activiteit")
    first = [spec for spec in tables()[ACTIVITY].fields if spec.required and not spec.heading]
    with st.container(gap="small"):
        _fields(form, first)


def _where_and_why(form: Form) -> None:
    blocks.subtitle("Waar en waarvoor")
    with st.container(gap="small"):
        rows.areas(form)
        fields.pillars(form)


def _rest(form: Form) -> None:
    work = form.work
    blocks.subtitle("Meer vastleggen")
    st.html(
        '<p class="wd-lead">Dit mag later. Open wat u nodig hebt; een getal erachter zegt hoeveel er al in stond.</p>'
    )
    with st.container(gap="xsmall"):
        for heading in HEADINGS:
            specs = [
                spec
                for spec in tables()[ACTIVITY].fields
                if spec.heading == heading and spec.name not in _BY_THE_PROGRAM
            ]
            filled = sum(work.draft.typed.get(spec.name, "") not in ("", spec.default) for spec in specs)
            wrong = sum((ACTIVITY, "", spec.name) in form.problems for spec in specs)
            with rows.panel(work, heading.split()[0].lower(), heading, filled, wrong) as opened:
                if opened:
                    _fields(form, specs)
        for table in rows.TABLES:
            rows.section(form, table)


def _fields(form: Form, specs: list[FieldSpec]) -> None:
    for pair in rows.pairs(specs):
        wide = pair[0].kind in rows.WIDE
        for column, spec in zip(st.columns(1 if wide else 2), pair, strict=False):
            with column:
                fields.draw(form, ACTIVITY, spec)


def _end(work: Work, wrong: list[Wrong]) -> None:
    """Draw the role, what became of the draft, and the three buttons."""
    blocks.subtitle("Bewaren")
    roles: dict[str, str] = {
        code: word for code, word in options(tables()[ACTIVITY].field("entered_by")).items() if code != "invoer"
    }
    st.session_state.setdefault("w_rol", draft.role())
    chosen = st.selectbox(
        "Uw rol",
        list(roles),
        format_func=roles.__getitem__,
        key="w_rol",
        width=280,
        help="Een rol, geen naam. Ze staat in de geschiedenis.",
    )
    st.session_state[draft.ROLE] = chosen
    if work.tried and wrong:
        names = dutch.listing(list(dict.fromkeys(one.label for one in wrong))[:5])
        st.html(f'<p class="wd-wrong">Nog niet bewaard. Kijk naar: {escape(names)}.</p>')
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Bewaar", type="primary", key="doe_bewaar", on_click=save, args=(work,))
        if st.button("Terug", key="doe_terug_van_formulier", on_click=fields.collect, args=(work,)):
            _leave(work)
        if work.draft.saved_at is not None and st.button("Gooi concept weg", key="doe_gooi_weg"):
            offers.confirm(work.draft)
    if work.draft.saved_at is not None:
        st.html(f'<p class="wd-source" role="status">Concept bewaard {draft.kept_at(work.draft)}.</p>')


def _leave(work: Work) -> None:
    if work.stored is not None:
        navigation.open_detail(work.stored.id)
    navigation.open_view()
