"""The page Activiteiten, view "Excel in en uit": the template, the register as a file, and a file in after a check report."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from wijkdata import areas, dutch
from wijkdata.errors import InputError, Problem, WijkdataError
from wijkdata.loading.activities import columns, export, reading, template
from wijkdata.loading.activities.reading import Checked
from wijkdata.loading.figures import uploads
from wijkdata.record.base import Record, differences
from wijkdata.record.fields import ACTIVITY, EVENT
from wijkdata.store.participation.statements import GONE
from wijkdata.ui import blocks, leaving, session, uploading
from wijkdata.ui.activiteiten import navigation
from wijkdata.views.shared import tables

# What the check of this person's file brought, what the last reading did, and which uploader is the present one.
_REPORT, _OUTCOME, _TURN = "_activiteiten_verslag", "_activiteiten_uitkomst", "_activiteiten_beurt"
_HELP = "Een ingevulde werkmap, of een of meer CSV-bestanden. Eerst ziet u wat er klopt en wat niet; daarna beslist u."


@dataclass(frozen=True)
class _Report:
    """A check, and which files it was about; `refused`: why it could not be made or written."""

    files: tuple[str, ...]
    checked: Checked
    refused: str = ""


def show() -> None:
    """Draw the view."""
    register = session.register()
    n, events = len(register.frame(ACTIVITY)), len(register.frame(EVENT))
    codes = list(register.frame("area")["area"])
    fictional = bool(codes) and all(map(areas.is_fictional, codes))
    title = "Er zijn nog geen activiteiten; begin met het sjabloon"
    if n or events:
        what = [dutch.count(n, "activiteit", "activiteiten")] if n else []
        what += [dutch.count(events, "omstandigheid", "omstandigheden")] if events else []
        title = f"{dutch.listing(what)} in het register: haal ze op of lees er meer in"
    lead = "Vul de werkmap in Excel in, of stuur hem naar een partner. Wat u inleest wordt eerst nagekeken."
    blocks.head(navigation.PAGE, "Excel in en uit", title, lead, fictional)
    navigation.switch()
    with st.container(key="twee_activiteiten_bestanden"):
        left, right = st.columns(2, gap="medium")
    with left:
        _template()
    with right:
        _register(n + events + len(register.frame(GONE)), "fictief" if fictional else "")
    _read_in()


def _template() -> None:
    blocks.subtitle("Sjabloon")
    st.markdown("Een blad per tabel, met keuzelijsten, uitleg en twee voorbeeldrijen die nooit worden ingelezen.")
    st.download_button(
        "Download sjabloon",
        template.template,
        tables.file_name("activiteiten", "sjabloon", "", "xlsx"),
        key="doe_sjabloon",
        on_click="ignore",
    )


def _register(n: int, where: str) -> None:
    blocks.subtitle("Register")
    if not n:
        st.markdown("Zodra er activiteiten zijn, haalt u ze hier op als werkmap of als CSV.")
        return
    st.markdown("Alles wat is vastgelegd, ook wat is ingetrokken. Dit bestand leest zonder verlies terug.")
    directory, when = session.data_dir(), date.today().isoformat()
    with st.container(horizontal=True):
        st.download_button(
            "Download Excel",
            lambda: export.workbook(export.of(directory)),
            tables.file_name("activiteiten", where, when, "xlsx"),
            key="doe_register_xlsx",
            on_click="ignore",
        )
        st.download_button(
            "Download CSV",
            lambda: export.csv_zip(export.of(directory)),
            tables.file_name("activiteiten", where, when, "zip"),
            key="doe_register_csv",
            on_click="ignore",
            help="Een zip met een bestand per tabel.",
        )


def _read_in() -> None:
    """Choose, check, see the report, confirm."""
    state = st.session_state
    blocks.subtitle("Inlezen")
    with st.container(key="inlezen", gap="small"):
        files = st.file_uploader(
            "Werkmap, CSV-bestanden of burgerbegroting",
            accept_multiple_files=True,
            key=f"activiteiten_bestanden_{state.setdefault(_TURN, 0)}",
            help=_HELP,
        )
        uploading.below(
            f"Excel (.xlsx), .ods, CSV, een zip met CSV of een burgerbegroting (.pb), {uploading.MOST}. Er wordt niets "
            "geschreven voordat u het verslag hebt gezien en bevestigt.",
            "Haal het weg met het kruisje.",
        )
        too_much = uploading.too_much(files)
        files = _newest(files)
        if st.button("Kijk na", type="primary", key="doe_kijk_na", disabled=not files or too_much):
            _check(files)
    _outcome()
    report = state.get(_REPORT)
    if report and report.files == _names(files):
        with st.container(key="verslag", gap="small"):
            _report(report)


def _newest(files: list) -> list:
    """Of files with one name the one chosen last: who mends a file and chooses it again means that one."""
    by_name = {file.name: file for file in files}
    for name in sorted(name for name in by_name if sum(file.name == name for file in files) > 1):
        st.info(f"‘{blocks.plain(name)}’ is vaker gekozen; de laatste telt.", icon=":material/info:")
    return list(by_name.values())


def _names(files: list) -> tuple[str, ...]:
    return tuple(file.file_id for file in files)


def _check(files: list) -> None:
    """Read with progress; the report stays until other files are chosen."""
    state = st.session_state
    state.pop(_OUTCOME, None)
    checked, refused = Checked(), ""
    with st.status("Bezig met nakijken", expanded=True) as box:
        try:
            with uploads.in_folder([(file.name, file.getbuffer()) for file in files]) as paths:
                checked = reading.read(
                    paths, session.data_dir(), date.today(), lambda sentence: box.write(blocks.plain(sentence))
                )
        except InputError as error:
            checked = Checked(problems=tuple(error.problems))
        except WijkdataError as error:
            refused = str(error)
    state[_REPORT] = _Report(_names(files), checked, refused)
    st.rerun()


def _report(report: _Report) -> None:
    checked = report.checked
    if report.refused:
        st.error(f"**Er is niets veranderd.** {blocks.plain(report.refused)}", icon=":material/error:")
        return
    if checked.problems:
        _problems(list(checked.problems))
        return
    counts = _counts(checked)
    if not checked.added and not checked.changed:
        words = "Alles in dit bestand staat al zo in het register." if checked.unchanged else "Er staan geen rijen in."
        st.info(f"**Er valt niets in te lezen.** {words}", icon=":material/info:")
        return
    st.success(f"**Het bestand klopt.** {counts} Er is nog niets geschreven.", icon=":material/check:")
    for sentence in checked.notes():
        st.warning(blocks.plain(sentence), icon=":material/warning:")
    _what_will_change(checked)
    n = len(checked.added) + len(checked.changed)
    with st.container(horizontal=True):
        if st.button(f"Lees {dutch.number(n)} in", type="primary", key="doe_bevestig_inlezen"):
            _save(report)
        if st.button("Niet inlezen", key="doe_niet_inlezen"):
            _forget()


def _counts(checked: Checked) -> str:
    return (
        f"{dutch.number(len(checked.added))} nieuw, {dutch.number(len(checked.changed))} veranderd, "
        f"{dutch.number(checked.unchanged)} ongewijzigd."
    )


def _problems(problems: list[Problem]) -> None:
    words = dutch.count(len(problems), "punt klopt", "punten kloppen")
    st.error(
        f"**{words} niet; er is niets geschreven.** Herstel het in uw bestand en kies het opnieuw.",
        icon=":material/error:",
    )
    frame = pd.DataFrame(
        [(p.file, p.row, p.column, p.value, p.problem, p.remedy) for p in problems],
        columns=["Blad", "Rij", "Kolom", "Waarde", "Wat klopt niet", "Wat te doen"],
    ).astype({"Rij": "Int64"})
    height = min(35 * (len(frame) + 1) + 3, 420)
    blocks.grid(frame, "wat niet klopt in het bestand", height)
    leaving.downloads(frame, ("activiteiten", "verslag", ""), "doe_verslag")


def _what_will_change(checked: Checked) -> None:
    """List every new and changed record; of a changed one which fields and tables."""
    with st.expander("Wat verandert er?", key="activiteiten_verandert"):
        rows = [("Nieuw", one.id, _name(one), "") for one in checked.added]
        rows += [("Veranderd", one.id, _name(one), _fields(checked, one)) for one in checked.changed]
        frame = pd.DataFrame(rows, columns=["Wat", "Nummer", "Titel", "Velden"])
        height = min(35 * (len(frame) + 1) + 3, 320)
        blocks.grid(frame, "nieuw en veranderd", height)


def _name(record: Record) -> str:
    return str(record.values.get("title") or record.values.get("text") or columns.label(record.table))


def _fields(checked: Checked, record: Record) -> str:
    return ", ".join(one.label for one in differences(checked.before[record.table, record.id], record))


def _save(report: _Report) -> None:
    """Save all of it or nothing. Somebody else's change in the meantime: the file is to be checked again."""
    checked = report.checked
    try:
        with st.spinner("Bezig met inlezen"):
            checked.save(session.data_dir(), date.today())
    except WijkdataError as error:
        st.session_state[_REPORT] = _Report(report.files, checked, f"{error} Kijk het bestand opnieuw na.")
        st.rerun()
    st.session_state[_OUTCOME] = _counts(checked)
    _forget()


def _forget() -> None:
    """Forget the report, and offer an empty uploader."""
    st.session_state.pop(_REPORT, None)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.rerun()


def _outcome() -> None:
    words = st.session_state.get(_OUTCOME)
    if words:
        st.success(f"**Ingelezen.** {words} Alle schermen gebruiken het nieuwe register.", icon=":material/check:")
        if st.button("Naar het register", key="doe_naar_register"):
            navigation.open_view()
