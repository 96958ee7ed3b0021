"""Reading files in: the uploader with Dutch words, the progress, and the account of every file or why it was refused."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from wijkdata import dutch
from wijkdata.errors import InputError, WijkdataError
from wijkdata.loading.example import dataset
from wijkdata.loading.figures import own_template, uploads
from wijkdata.loading.figures.importer import FileAccount
from wijkdata.questions.gegevens import import_report
from wijkdata.questions.gegevens.answer import RunReport
from wijkdata.ui import blocks, session
from wijkdata.views.shared import tables

# Keys of the session: the last `_Outcome`, and how many uploaders there were.
_OUTCOME, _TURN = "_inlezen_uitkomst", "_inlezen_beurt"
_HELP = (
    "Kies bestanden die bij elkaar horen samen: alle delen van een shapefile, of een tabel van het CBS met de beschrijving "
    "ernaast. Lukt er één niet, dan verandert er niets."
)


def form() -> None:
    """Choose files, read them in, and see what became of them."""
    state = st.session_state
    limit = st.get_option("server.maxUploadSize")
    with st.container(key="inlezen", gap="small"):
        files = st.file_uploader(
            "Bestanden van uitgevers of van uw gemeente",
            accept_multiple_files=True,
            key=f"bestanden_{state.setdefault(_TURN, 0)}",
            help=_HELP,
        )
        st.html(
            f'<p class="wd-source">CSV, Excel (.xlsx), JSON, GeoJSON, Parquet of shapefile, hoogstens {limit} MB per '
            "bestand. Een groter bestand leest u in met de opdracht <code>python -m wijkdata import BESTAND</code>.</p>"
            f'<p class="wd-toobig" role="alert"><b>Een bestand is niet meegenomen.</b> Het is groter dan {limit} MB, of het '
            "laden is mislukt. Haal het weg met het kruisje en lees het in met de opdracht hierboven.</p>"
        )
        if st.button("Lees in", type="primary", key="doe_lees_in", disabled=not files):
            _run(lambda say: _from_browser(files, say))
    outcome()


def read_example() -> None:
    """Read the fictional files in (button "Bekijk het voorbeeld")."""
    _run(lambda say: dataset.load(session.data_dir(), session.catalogue(), say))


@dataclass(frozen=True)
class _Outcome:
    """What the last import of this person brought to the snapshot `stamp`: an account per file, or why it was refused."""

    stamp: str | None
    accounts: tuple[FileAccount, ...] = ()
    refusal: tuple[str, ...] = ()


def outcome() -> None:
    """Draw what the last import brought, until the data change again (another import, going back)."""
    last: _Outcome | None = st.session_state.get(_OUTCOME)
    if last is None or last.stamp != _stamp() or not (last.accounts or last.refusal):
        return
    with st.container(key="verslag", gap="small"):
        if last.refusal:
            _refused(last.refusal)
            return
        changed = sum(not account.unchanged for account in last.accounts)
        if changed:
            first = dutch.count(changed, "bestand is", "bestanden zijn")
            st.success(f"**{first} ingelezen.** Alle schermen gebruiken de nieuwe stand.", icon=":material/check:")
        else:
            st.info("**Er is niets veranderd.** Deze bestanden waren al ingelezen.", icon=":material/info:")
        for account in last.accounts:
            _account(account, open_at_once=len(last.accounts) == 1)


def account_of(run: RunReport, key: str) -> None:
    """Draw the account of one file: sentences, notes, and the rows and areas that need attention, each with a download."""
    st.markdown(blocks.plain(" ".join((*run.sentences, *run.notes))))
    for why, n in run.reasons:
        st.markdown(blocks.plain(f"{dutch.count(n, 'rij', 'rijen')} afgewezen: {why}."))
    _extra(run.rejected, "Afgewezen rijen", f"afgewezen-{key}", run.file)
    _extra(run.without_boundary, "Gebieden zonder grens", f"zonder-grens-{key}", run.file)
    _extra(run.without_figures, "Grenzen zonder cijfers", f"zonder-cijfers-{key}", run.file)


def known_files() -> None:
    """Draw which publishers' files are known and where they come from; the own format with a template. The latter is
    made when it is opened."""
    with st.expander("Welke bestanden kent wijkdata, en waar haalt u ze?", key="bekende_bestanden"):
        _publishers()
    title = "Eigen cijfers van uw gemeente: vier kolommen"
    with st.expander(title, key="eigen_formaat", on_change="rerun") as own:
        if own.open:
            _own_format()


def _publishers() -> None:
    st.markdown(
        "Wijkdata haalt zelf niets op: u haalt een bestand bij de uitgever en leest het hier in. De adressen zijn die van "
        "de uitgever; ga na of ze nog kloppen."
    )
    rows = [
        (f"{source.title}.", source.where, f"Adres van de uitgever, nagaan: {source.url}. {source.licence}.")
        for source in session.catalogue().sources.values()
        if source.url
    ]
    blocks.listing(rows)


def _own_format() -> None:
    frame = own_template.rows()
    st.markdown(
        "Maak een bestand (CSV of Excel) met in de eerste rij **gebied_code**, **indicator**, **periode** en **waarde**. "
        "De code is die van het CBS, zoals WK059908. De periode is een jaar (2023) of een maand (2023-04). Laat de waarde "
        "leeg als het cijfer ontbreekt; in de kolom **reden** mag staan waarom. Ook **gebied_naam** en **indelingsjaar** mogen. "
        "De twee rijen in het sjabloon zijn fictief: de gemeente met nummer 9799 bestaat niet. Vervang ze."
    )
    with st.container(horizontal=True):
        _download(frame, "CSV", "csv", "sjabloon", "eigen-cijfers")
        _download(frame, "Excel", "xlsx", "sjabloon", "eigen-cijfers")
    topics = pd.DataFrame(
        [(item.id, item.title, item.unit) for item in session.catalogue().indicators.values()],
        columns=["indicator", "Onderwerp", "Eenheid"],
    )
    st.markdown("Deze namen kunt u bij **indicator** gebruiken:")
    st.dataframe(topics, hide_index=True, width="stretch", height=260, alt="Tabel: namen van indicatoren")


def _run(read: Callable[[Callable[[str], None]], list[FileAccount]]) -> None:
    """Read with progress; keep the outcome and draw the page anew."""
    state = st.session_state
    accounts: tuple[FileAccount, ...] = ()
    refusal: tuple[str, ...] = ()
    with st.status("Bezig met inlezen", expanded=True) as box:
        try:
            accounts = tuple(read(lambda sentence: box.write(blocks.plain(sentence))))
            state[_TURN] = state.get(_TURN, 0) + 1  # an empty uploader again
        except InputError as error:
            refusal = tuple(problem.sentence() for problem in error.problems)
        except WijkdataError as error:
            refusal = (str(error),)
    session.begin()  # what came of it belongs to the edition that was just made
    state[_OUTCOME] = _Outcome(_stamp(), accounts, refusal)
    st.rerun()


def _stamp() -> str | None:
    current = session.current()
    return None if current is None else current.stamp


def _from_browser(files: list[UploadedFile], say: Callable[[str], None]) -> list[FileAccount]:
    named = [(file.name, file.getbuffer()) for file in files]
    return uploads.import_uploads(named, session.data_dir(), session.catalogue(), say)


def _refused(sentences: tuple[str, ...]) -> None:
    text = f"**Het inlezen is gestopt; er is niets veranderd.** {blocks.plain(sentences[0])}"
    st.error(text, icon=":material/error:")
    if len(sentences) > 1:
        st.html('<p class="wd-lead">Ook dit klopt niet:</p>')
        blocks.listing([("", sentence, "") for sentence in sentences[1:]])


def _account(account: FileAccount, open_at_once: bool) -> None:
    if account.run_id is None:
        blocks.listing([(f"{account.file}.", account.message, "")])
        return
    with st.expander(f"{blocks.plain(account.file)}: {blocks.plain(account.message)}", expanded=open_at_once):
        run = session.ask(import_report.report, account.run_id)
        st.html(f'<p class="wd-lead">{escape(run.label)}</p>')
        account_of(run, f"{account.run_id}-{account.file}")


def _extra(frame: pd.DataFrame, title: str, key: str, file: str) -> None:
    if frame.empty:
        return
    st.html(f'<p class="wd-lead"><b>{title}</b> ({dutch.number(len(frame))})</p>')
    height = min(35 * (len(frame) + 1) + 3, 300)
    st.dataframe(frame, hide_index=True, width="stretch", height=height, alt=f"Tabel: {title}, {file}")
    with st.container(horizontal=True):
        _download(frame, "CSV", "csv", key, file)
        _download(frame, "Excel", "xlsx", key, file)


def _download(frame: pd.DataFrame, word: str, suffix: str, what: str, where: str) -> None:
    make = (
        (lambda: tables.csv_bytes(frame, for_excel=True)) if suffix == "csv" else lambda: tables.xlsx_bytes(frame, what)
    )
    name = tables.file_name(what, where, "", suffix)
    st.download_button(f"Download {word}", make, name, key=f"{suffix}_{what}", on_click="ignore")
