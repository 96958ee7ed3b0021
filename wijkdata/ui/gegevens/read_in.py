"""Reading files in: the uploader with Dutch words, the folder for large files, and what became of every file."""

from datetime import date
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from wijkdata import catalogue, dutch, limits
from wijkdata.loading.example import dataset
from wijkdata.loading.figures import importer, inbox, uploads
from wijkdata.loading.figures.accounts import FileAccount, FileState
from wijkdata.loading.figures.importer import Years
from wijkdata.loading.figures.progress import Say
from wijkdata.ui import blocks, session, uploading
from wijkdata.ui.gegevens import accounts, recipe, working
from wijkdata.views.gegevens import limits as drawing

# Key of the session: how many uploaders there were.
_TURN = "_inlezen_beurt"
_FIRST_YEAR = 1995
_FROM_FOLDER, _EXAMPLE = "map", "voorbeeld"
_HELP = (
    "Kies alles tegelijk: een zip hoeft u niet uit te pakken, en delen die bij elkaar horen (een shapefile, een tabel met de "
    "beschrijving ernaast) vindt wijkdata zelf. Klopt er één niet, dan verandert er eerst niets en kiest u zelf."
)


def form() -> list[UploadedFile]:
    """Draw the uploader and the folder for large files; return the files that are chosen now."""
    state = st.session_state
    with st.container(key="inlezen", gap="small"):
        files = st.file_uploader(
            "Bestanden van uitgevers of van uw gemeente, of de hele map met downloads",
            accept_multiple_files=True,
            key=f"bestanden_{state.setdefault(_TURN, 0)}",
            help=_HELP,
        )
        uploading.below(
            f"CSV, Excel, JSON, GeoJSON, GeoPackage, Parquet, shapefile of een zip daarvan, {uploading.MOST}. Wat geen cijfers "
            "heeft (een PDF, een licentie) wordt genoemd en opzij gelaten.",
            "Haal het weg met het kruisje en zet het in de map voor grote bestanden, hieronder.",
        )
        ready = bool(files) and not uploading.too_much(files) and not working.is_running()
        if st.button("Lees in", type="primary", key="doe_lees_in", disabled=not ready):
            working.start(_from_browser(files), _ids(files), ended=_empty_uploader)
    _folder()
    _limits()
    return files


def read_example() -> None:
    """Read the fictional files in (button "Bekijk het voorbeeld")."""
    directory = session.data_dir()

    def attempt(say: Say, *, keep_going: bool, years: Years) -> list[FileAccount]:
        return dataset.load(directory, catalogue.of(directory), say)

    working.start(attempt, (_EXAMPLE,))


def _from_browser(files: list[UploadedFile]) -> working.Attempt:
    named = [(file.name, file.getbuffer()) for file in files]
    directory = session.data_dir()

    def attempt(say: Say, *, keep_going: bool, years: Years) -> list[FileAccount]:
        return uploads.import_uploads(
            named, directory, catalogue.of(directory), say, keep_going=keep_going, years=years
        )

    return attempt


def _from_folder(paths: list[Path]) -> working.Attempt:
    directory = session.data_dir()

    def attempt(say: Say, *, keep_going: bool, years: Years) -> list[FileAccount]:
        return importer.import_files(paths, directory, catalogue.of(directory), say, keep_going=keep_going, years=years)

    return attempt


def _ids(files: list[UploadedFile]) -> tuple[str, ...]:
    return tuple(file.file_id for file in files)


def _empty_uploader() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def outcome(files: list[UploadedFile], example_can_go: bool) -> list[recipe.Chosen]:
    """Draw an import under way, or what became of the last one; return the tables of it that no reader knows.

    example_can_go: there are real figures beside the example.
    """
    working.place()
    last = working.outcome()
    of_folder = last is not None and last.of == (_FROM_FOLDER,)
    unknown = recipe.unknown(_of_folder() if of_folder else files, last.accounts if last is not None else ())
    _outcome(_ids(files), example_can_go, unknown)
    return unknown


def _of_folder() -> list[recipe.InFolder]:
    """List the files of the folder that the form can be about: it reads them again with every choice."""
    there = inbox.files_in(session.data_dir())
    return [recipe.InFolder(path) for path in there if path.stat().st_size <= limits.UPLOAD]


def _outcome(chosen: tuple[str, ...], example_can_go: bool, unknown: list[recipe.Chosen]) -> None:
    last = working.outcome()
    if last is None or not (last.accounts or last.refusal):
        return
    with st.container(key="verslag", gap="small"):
        if last.refusal:
            _refused(last, unknown)
        else:
            _changed(last.accounts)
        if len(last.accounts) > 1 or (last.accounts and last.accounts[0].run_id is None and not last.refusal):
            accounts.table(last.accounts)
        same = last.of in (chosen, (_FROM_FOLDER,))
        if last.again is not None and same and not working.is_running():
            _go_on(last, last.again)
        accounts.details(last.accounts)
        if example_can_go and any(account.state is FileState.READ for account in last.accounts):
            with st.container(horizontal=True, vertical_alignment="center", key="doe_zonder_voorbeeld"):
                remove_example("Haal nu het voorbeeld weg", "doe_voorbeeld_weg_nu")
                st.html('<p class="wd-source">Er zijn echte cijfers; de verzonnen gemeenten zijn niet meer nodig.</p>')


def _changed(listed: tuple[FileAccount, ...]) -> None:
    changed = sum(account.state is FileState.READ for account in listed)
    refused = sum(account.state is FileState.REFUSED for account in listed)
    absent = sum(account.state is FileState.NOT_FETCHED for account in listed)
    rest = " ".join(
        [
            *([f" {dutch.count(refused, 'bestand is', 'bestanden zijn')} niet ingelezen;"] if refused else []),
            *([f" {dutch.count(absent, 'onderdeel is', 'onderdelen zijn')} niet opgehaald;"] if absent else []),
            *(["hieronder staat waarom."] if refused or absent else []),
        ]
    )
    if changed:
        first = dutch.count(changed, "bestand is", "bestanden zijn")
        st.success(f"**{first} ingelezen.** Alle schermen gebruiken de nieuwe stand.{rest}", icon=":material/check:")
    elif absent == len(listed):
        st.warning(f"**Er is niets opgehaald.**{rest}", icon=":material/cloud_off:")
    else:
        st.info(f"**Er is niets veranderd.** Alles was al ingelezen.{rest}", icon=":material/info:")


def _refused(last: working.Outcome, unknown: list[recipe.Chosen]) -> None:
    good = sum(account.state is FileState.READY for account in last.accounts)
    of = sum(account.state in (FileState.READY, FileState.REFUSED) for account in last.accounts)
    if good:
        verb = "is" if good == 1 else "zijn"
        text = f"**{dutch.number(good)} van de {dutch.number(of)} bestanden {verb} goed; er is nog niets veranderd.**"
        st.warning(f"{text} Lees die in, of herstel eerst de andere.", icon=":material/rule:")
        return
    if last.accounts and all(account.asked for account in last.accounts if account.problems):
        st.warning("**Eén vraag.** Het jaar staat niet in het bestand.", icon=":material/help:")
        return
    if unknown and len(unknown) == sum(account.state is FileState.REFUSED for account in last.accounts):
        what = "Deze tabel kent wijkdata nog niet" if len(unknown) == 1 else "Deze tabellen kent wijkdata nog niet"
        st.info(f"**{what}; er is niets veranderd.** Zeg hieronder één keer wat waar staat.", icon=":material/help:")
        return
    text = f"**Het inlezen is gestopt; er is niets veranderd.** {blocks.plain(last.refusal[0])}"
    st.error(text, icon=":material/error:")
    if len(last.refusal) > 1 and len(last.accounts) < 2:
        st.html('<p class="wd-lead">Ook dit klopt niet:</p>')
        blocks.listing([("", sentence, "") for sentence in last.refusal[1:]])


def _go_on(last: working.Outcome, again: working.Attempt) -> None:
    """The questions of the files that ask something, and the button that reads in what can be read in."""
    asking = [account for account in last.accounts if account.asked]
    good = sum(account.state is FileState.READY for account in last.accounts)
    years = {account.file: _ask_year(account.file) for account in asking}
    answered = {file: year for file, year in years.items() if year is not None}
    n = good + len(answered)
    whole = n == sum(account.state in (FileState.READY, FileState.REFUSED) for account in last.accounts)
    label = "Lees in" if whole else "Lees het goede bestand in" if n == 1 else f"Lees de {n} goede in"
    if (good or asking) and st.button(label, type="primary", key="doe_lees_goede_in", disabled=not n):
        working.start(again, last.of, keep_going=True, years=Years(answered), ended=_empty_uploader)


def _ask_year(file: str) -> int | None:
    last = date.today().year + 1
    return st.selectbox(
        f"Van welk jaar zijn de cijfers in {blocks.plain(file)}?",
        [None, *range(last, _FIRST_YEAR - 1, -1)],
        format_func=lambda year: "Kies een jaar" if year is None else str(year),
        key=f"jaar_{file}",
        width=420,
    )


def remove_example(label: str, key: str) -> None:
    """Draw the button that takes the example out."""
    if st.button(label, key=key, help="De stand van nu blijft bewaard; u kunt terug."):
        importer.remove_example(session.data_dir())
        st.rerun()


def _folder() -> None:
    """The folder for large files: where it is, what is in it, and one button."""
    directory = session.data_dir()
    folder = inbox.folder_of(directory)
    there = inbox.waiting(directory, catalogue.of(directory))
    new = [one for one in there if one.new]
    title = "Grote bestanden: zet ze in een map" + (f" ({dutch.count(len(new), 'nieuw', 'nieuwe')})" if new else "")
    with st.expander(title, key="map_inlezen", expanded=bool(new)):
        st.html(
            f'<p class="wd-lead">Zet bestanden in <code>{escape(str(folder))}</code> en lees ze hier in, zonder ze te laden in '
            "de browser. Er wordt niets verplaatst of gewist.</p>"
        )
        if not there:
            _make(folder)
            return
        rows = "".join(
            f"<tr><td>{escape(one.name)}</td><td>{dutch.size(one.size)}</td><td>{_WORDS[one.new]}</td></tr>"
            for one in there
        )
        head = "<thead><tr><th>Bestand</th><th>Grootte</th><th>Stand</th></tr></thead>"
        st.html(f'<table class="wd-rows wd-folder">{head}<tbody>{rows}</tbody></table>')
        label = f"Lees de map in ({dutch.count(len(new), 'nieuw bestand', 'nieuwe bestanden')})"
        if st.button(label, key="doe_map", type="primary", disabled=not new or working.is_running()):
            working.start(_from_folder([one.path for one in there]), (_FROM_FOLDER,))


def _limits() -> None:
    """What a file, a table and a field may be at most."""
    with st.expander("Hoe groot mag een bestand of tabel zijn?", key="grenzen_bestanden"):
        body = "".join(
            f'<tr><th colspan="2" scope="rowgroup">{of}</th></tr>'
            + "".join(f"<tr><td>{escape(about)}</td><td>{escape(most)}</td></tr>" for about, most in rows)
            for of, rows in drawing.rows()
        )
        head = "<thead><tr><th>Wat</th><th>Grens</th></tr></thead>"
        st.html(f'<table class="wd-rows wd-limits">{head}<tbody>{body}</tbody></table>')


_WORDS = {True: "nieuw", False: "al ingelezen", None: "hoort bij een ander, of heeft geen cijfers"}


def _make(folder: Path) -> None:
    if folder.is_dir():
        st.html('<p class="wd-source">De map is nog leeg.</p>')
    elif st.button("Maak deze map", key="doe_maak_map"):
        inbox.make(session.data_dir())
        st.rerun()
