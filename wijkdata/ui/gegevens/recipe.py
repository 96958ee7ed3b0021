"""A table that nobody knows: what wijkdata thinks stands where, what a person says, the account, and reading it in.

`recipe_form` draws all of it for one file; `kept` lists the recipes there are. The choices of the figures stand in `recipe_figures.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from wijkdata import catalogue, dutch, limits, periods
from wijkdata.areas import Level
from wijkdata.errors import InputError, WijkdataError
from wijkdata.loading.figures import apart, recipes, uploads
from wijkdata.loading.figures.accounts import FileAccount, FileState
from wijkdata.loading.figures.importer import Years
from wijkdata.loading.figures.progress import Say
from wijkdata.loading.figures.recipes import (
    AnyRecipe,
    Area,
    By,
    Decimal,
    Decisions,
    Guess,
    NewSource,
    Period,
    Recipe,
    ReportsGuess,
    When,
)
from wijkdata.ui import blocks, session
from wijkdata.ui.gegevens import recipe_figures, recipe_reports, working

# Key of the session: file -> whether it is a table that no reader knows.
_UNKNOWN = "_recept_onbekend"
_MOST_NAMES = 40
_BY = {By.CODE: "codes van het CBS", By.LOCAL: "eigen codes van de gemeente", By.NAME: "namen"}
_DECIMALS = {Decimal.AUTO: "wijkdata kijkt zelf", Decimal.COMMA: "komma (1.320,5)", Decimal.POINT: "punt (1,320.5)"}
_HEADERS, _FILE, _YEAR = "kop", "titel", "jaar"
_NOT_YET, _LEAVE_OUT = "", "-"


@dataclass(frozen=True)
class InFolder:
    """A file of the folder for large files, as if it had been chosen in the browser."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def file_id(self) -> str:
        return f"{self.path} {self.path.stat().st_mtime_ns}"

    def getbuffer(self) -> memoryview:
        """Read the file."""
        return memoryview(self.path.read_bytes())


Chosen = UploadedFile | InFolder


def unknown(files: Sequence[Chosen], accounts: tuple[FileAccount, ...]) -> list[Chosen]:
    """List the chosen files that were refused because no reader knows them, and that are a table."""
    refused = {one.file: one for one in accounts if one.state is FileState.REFUSED and not one.asked}
    return [file for file in files if file.name in refused and _is_unknown(file, refused[file.name])]


def recipe_form(files: list[Chosen]) -> None:
    """Draw the form for a table that no reader knows; of several, for the one that is chosen."""
    if working.is_running():
        return
    with st.container(key="recept", border=True):
        blocks.subtitle("Zeg één keer wat er in deze tabel staat", "recept")
        file = _which(files)
        st.html(
            f'<p class="wd-lead">{escape(file.name)}: hieronder staat wat deze tabel lijkt te zijn, en waarom. Kijk het na; een '
            "volgend bestand van dezelfde vorm leest vanzelf.</p>"
        )
        try:
            if (about := _reports(file)) is not None:
                recipe_reports.form(file, about)
                return
            guess = _guess(file)
        except WijkdataError as error:
            st.error(blocks.plain(str(error)), icon=":material/error:")
            return
        _first_rows(guess)
        decisions = _ask(guess, file)
        _finish(file, guess, decisions)


def _which(files: list[Chosen]) -> Chosen:
    """Ask which of several tables the form is about; another table begins anew."""
    if len(files) == 1:
        return files[0]
    picked = st.selectbox(
        f"Welke van de {dutch.number(len(files))} tabellen eerst?",
        range(len(files)),
        format_func=lambda n: files[n].name,
        key="bestand_van_recept",
        on_change=recipe_figures.forget,
        width=520,
    )
    return files[picked or 0]


def kept() -> None:
    """List the recipes of this data directory, each to keep elsewhere or to throw away, and take one in from a colleague."""
    there = recipes.kept(session.data_dir())
    title = "Recepten voor eigen tabellen" + (f" ({len(there.recipes)})" if there.recipes else "")
    with st.expander(title, key="recepten", on_change="rerun") as part:
        if not part.open:
            return
        st.markdown(
            "Een recept zegt wat waar staat in een tabel. Een volgend bestand van dezelfde vorm leest dan vanzelf."
        )
        for problem in there.problems:
            st.warning(blocks.plain(problem), icon=":material/warning:")
        for name, recipe in there.recipes.items():
            _kept_row(name, recipe)
        _take_in()


def _kept_row(name: str, recipe: AnyRecipe) -> None:
    figures = dutch.count(len(recipe.columns), "cijfer", "cijfers") if isinstance(recipe, Recipe) else "meldingen"
    with st.container(horizontal=True, vertical_alignment="center", key=f"recept_{name}"):
        st.html(f'<p class="wd-lead"><b>{escape(recipe.name)}</b><br>{escape(figures)}</p>', width="stretch")
        text = recipes.text_of(recipe)
        st.download_button("Bewaar als bestand", text, f"{name}.toml", key=f"recept_bewaar_{name}", on_click="ignore")
        if st.button("Gooi weg", key=f"recept_weg_{name}", help="Wat ermee is ingelezen, blijft staan."):
            recipes.throw_away(session.data_dir(), name)
            st.rerun()
    with st.expander(f"Bekijk of wijzig het recept ‘{blocks.plain(recipe.name)}’", key=f"recept_tekst_{name}"):
        changed = st.text_area("Recept", text, height=300, max_chars=limits.RECIPE, key=f"recept_veld_{name}")
        if st.button("Bewaar de wijziging", key=f"recept_wijzig_{name}", disabled=changed == text):
            _keep_text(changed.encode("utf-8"), name)


def _take_in() -> None:
    file = st.file_uploader("Neem een recept van een collega over (.toml)", type=["toml"], key="recept_overnemen")
    if file is not None and st.button("Neem dit recept over", key="doe_recept_over"):
        _keep_text(file.getvalue(), file.name)


def _keep_text(data: bytes, name: str) -> None:
    try:
        recipes.keep(session.data_dir(), recipes.parse(data, name))
    except WijkdataError as error:
        st.error(blocks.plain(str(error)), icon=":material/error:")
        return
    st.rerun()


# --- the form -------------------------------------------------------------------------------------------------------


def _is_unknown(file: Chosen, refused: FileAccount) -> bool:
    known: dict[str, bool] = st.session_state.setdefault(_UNKNOWN, {})
    if file.file_id not in known:
        with uploads.in_folder([(file.name, file.getbuffer())]) as paths:
            known[file.file_id] = _is_table(paths[0], refused)
    return known[file.file_id]


def _is_table(path: Path, refused: FileAccount) -> bool:
    try:
        return apart.call(path, recipes.is_unknown_table, path, session.data_dir(), refused.problems)
    except InputError:
        return False  # it is too much; the account says so


def _guess(file: Chosen, key: str = "_recept_voorstel") -> Guess:
    """Make the proposal once per file, table, gemeente and state of the data."""
    table, place = st.session_state.get("recept_tabel", 0), st.session_state.get("recept_gemeente", "")
    monitor = session.current()
    of = (file.file_id, table, place, monitor.stamp if monitor else "", catalogue.own_stamp(session.data_dir()))
    before = st.session_state.get(key)
    if before is None or before[0] != of:
        with uploads.in_folder([(file.name, file.getbuffer())]) as paths:
            propose = partial(recipes.propose, gemeente=place, table=table or None)
            proposal = apart.call(paths[0], propose, paths[0], session.data_dir())
        st.session_state[key] = before = (of, proposal)
    return before[1]


def _reports(file: Chosen) -> ReportsGuess | None:
    """Tell whether a table seems to hold reports, once per file and gemeente; a person can say that it does not."""
    if st.session_state.get("recept_geen_meldingen") == file.file_id:
        return None
    place = st.session_state.get("recept_gemeente", "")
    monitor = session.current()
    of = (file.file_id, place, monitor.stamp if monitor else "")
    before = st.session_state.get("_recept_meldingen")
    if before is None or before[0] != of:
        with uploads.in_folder([(file.name, file.getbuffer())]) as paths:
            propose = partial(recipes.propose_reports, gemeente=place or "")
            st.session_state["_recept_meldingen"] = before = (
                of,
                apart.call(paths[0], propose, paths[0], session.data_dir()),
            )
    return before[1]


def _first_rows(guess: Guess) -> None:
    if len(guess.tables) > 1:
        names = [
            f"{n}. {one.sheet or 'tabel'}, vanaf rij {one.header_rows[0] if one.header_rows else 1}"
            for n, one in enumerate(guess.tables, 1)
        ]
        options = [0, *range(1, len(names) + 1)]
        st.selectbox(
            "Welke tabel van dit bestand?",
            options,
            format_func=lambda n: names[n - 1] if n else f"de grootste: {names[guess.tables.index(guess.block)]}",
            key="recept_tabel",
        )
    rows = recipes.first_rows(guess.block)
    blocks.grid(rows.rename_axis("rij"), "de eerste rijen van het bestand", 35 * (len(rows) + 1) + 3, rows=True)


def _ask(guess: Guess, file: Chosen) -> Decisions:
    area = _ask_area(guess)
    period = _ask_period(guess)
    st.html('<p class="wd-lead"><b>Welke cijfers?</b></p>')
    _why(guess.reasons.get("long", ""))
    columns = recipe_figures.ask(guess, session.catalogue())
    stem = file.name.rpartition(".")[0].replace("_", " ")[:60]
    st.html('<p class="wd-lead"><b>Van wie is de tabel?</b></p>')
    with st.container(horizontal=True):
        publisher = st.text_input(
            "Wie maakte de tabel?", key="recept_uitgever", placeholder="Gemeente …", max_chars=limits.TYPED, width=260
        )
        title = st.text_input("Hoe heet de tabel?", stem, max_chars=limits.TYPED, key="recept_bron", width=300)
        published = st.number_input("Jaar van uitgave", 1990, 2100, None, key="recept_uitgave", width=150)
    perceived = st.checkbox("Het zijn antwoorden van bewoners (een enquête)", key="recept_ervaren")
    with st.container(horizontal=True):
        decimal = st.selectbox(
            "Decimaalteken", list(Decimal), format_func=_DECIMALS.__getitem__, key="recept_decimaal", width=260
        )
        marks = st.text_input(
            "Tekens die ‘geen cijfer’ betekenen",
            " ".join(guess.missing),
            key="recept_leeg",
            max_chars=limits.TYPED,
            width=260,
        )
    missing = {mark: guess.missing.get(mark, "not_covered") for mark in marks.split()}
    source = NewSource(publisher, title, None if published is None else int(published), perceived)
    return Decisions(title, source, area, period, columns, decimal or Decimal.AUTO, missing)


def _why(reason: str) -> None:
    if reason:
        st.html(f'<p class="wd-source">{escape(reason)}</p>')


def _ask_area(guess: Guess) -> Area | None:
    st.html('<p class="wd-lead"><b>Waar staat het gebied?</b></p>')
    _why(guess.reasons.get("area", ""))
    headers, was = list(guess.shape.headers), guess.area
    labels = recipes.header_labels(guess)
    with st.container(horizontal=True):
        column = st.selectbox(
            "Kolom met het gebied",
            headers,
            index=headers.index(was.column) if was else None,
            format_func=lambda header: labels.get(header, header),
            placeholder="Kies een kolom",
            key="recept_gebied",
            width=260,
        )
        kinds = list(By)
        by = st.selectbox(
            "Wat staat erin?",
            kinds,
            kinds.index(was.by) if was else 2,
            format_func=_BY.__getitem__,
            key="recept_soort",
            width=230,
        )
        levels = [None, Level.BUURT, Level.WIJK, Level.GEMEENTE]
        level = st.selectbox(
            "Niveau",
            levels,
            levels.index(was.level) if was else 1,
            format_func=lambda one: "staat in de code" if one is None else str(one),
            key="recept_niveau",
            width=170,
        )
        place = "" if by is By.CODE else _ask_gemeente(was)
    if column is None or (by is not By.CODE and not place):
        return None
    same = was is not None and (column, by, level, place or "") == (was.column, was.by, was.level, was.gemeente)
    area = was if same and was else recipes.area(column, by, level, place or "")
    return _with_names(area, _ask_names(guess, area)) if by is By.NAME else area


def _ask_gemeente(was: Area | None) -> str | None:
    options = recipes.gemeenten_known(session.data_dir())
    here = was.gemeente if was else ""
    codes = list(options) if not here or here in options else [here, *options]
    return st.selectbox(
        "Gemeente",
        codes,
        index=codes.index(here) if here else None,
        format_func=lambda code: options.get(code, code),
        placeholder="Kies een gemeente",
        key="recept_gemeente",
        width=230,
    )


def _with_names(area: Area | None, names: dict[str, str]) -> Area | None:
    """Put what was decided about names in the area."""
    return area if area is None else area.model_copy(update={"names": names})


def _ask_names(guess: Guess, area: Area | None) -> dict[str, str]:
    """Ask of every name without an area which it is: a suggestion, another area of the gemeente, or none."""
    if area is None:
        return {}
    like, translated = recipes.names_left(guess, area, session.data_dir())
    if not like:
        return {}
    if translated:
        st.warning(blocks.plain(recipes.translated_sentence(translated)), icon=":material/translate:")
    local = recipes.areas_of(session.data_dir(), area.level or Level.BUURT, area.gemeente)
    decided: dict[str, str] = {}
    with st.expander(
        f"Namen zonder gebied ({len(like)}): wijs ze aan, één voor één", key="recept_namen", expanded=len(like) <= 5
    ):
        for name, suggested in list(like.items())[:_MOST_NAMES]:
            first = [code for code, _ in suggested]
            options = [_NOT_YET, *first, _LEAVE_OUT, *(code for code in local if code not in first)]
            labels = {code: f"{local.get(code, code)}{' (lijkt erop)' if code in first else ''}" for code in options}
            labels |= {_NOT_YET: "nog niet aangewezen", _LEAVE_OUT: "sla over"}
            choice = st.selectbox(
                blocks.plain(f"‘{name}’ is"),
                options,
                format_func=labels.__getitem__,
                key=f"recept_naam_{name}",
                width=340,
            )
            if choice:
                decided[name] = choice
        if len(like) > _MOST_NAMES:
            _why(f"En nog {len(like) - _MOST_NAMES} namen; die blijven over.")
    return decided


def _ask_period(guess: Guess) -> Period | None:
    st.html('<p class="wd-lead"><b>Van wanneer zijn de cijfers?</b></p>')
    _why(guess.reasons.get("period", ""))
    labels = recipes.header_labels(guess)
    options = [_HEADERS, _FILE, _YEAR, *(f"kolom:{header}" for header in guess.shape.headers)]
    words = {_HEADERS: "het staat in de koppen", _FILE: "het staat in de titel of de bestandsnaam", _YEAR: "één jaar:"}
    words |= {f"kolom:{header}": f"kolom ‘{labels.get(header, header)}’" for header in guess.shape.headers}
    was = guess.period
    first = _YEAR if was is None else {When.HEADERS: _HEADERS, When.FILE: _FILE}.get(was.where, f"kolom:{was.column}")
    with st.container(horizontal=True):
        chosen = st.selectbox(
            "Waar staat het jaar?",
            options,
            options.index(first),
            format_func=words.__getitem__,
            key="recept_wanneer",
            width=340,
        )
        if chosen == _YEAR:
            year = st.number_input("Jaar", 1990, 2100, None, key="recept_jaar", width=140)
            return None if year is None else Period(where=When.YEAR, year=int(year))
    if chosen in (_HEADERS, _FILE):
        return Period(where=When.HEADERS if chosen == _HEADERS else When.FILE)
    return Period(where=When.COLUMN, column=chosen.removeprefix("kolom:"))


def _finish(file: Chosen, guess: Guess, decisions: Decisions) -> None:
    """Show what would become of the table, and the button that keeps the recipe and reads it in."""
    st.html('<p class="wd-lead"><b>Wat ervan wordt</b></p>')
    try:
        recipe = recipes.make(guess, decisions, session.data_dir())
        with uploads.in_folder([(file.name, file.getbuffer())]) as paths:
            applied = apart.call(paths[0], recipes.preview, recipe, paths[0], session.data_dir())
    except WijkdataError as error:
        st.info(blocks.plain(str(error).splitlines()[0]), icon=":material/edit_note:")
        st.button("Bewaar het recept en lees in", type="primary", key="doe_recept", disabled=True)
        return
    _account(applied)
    if st.button("Bewaar het recept en lees in", type="primary", key="doe_recept"):
        directory, content = session.data_dir(), bytes(file.getbuffer())
        recipes.keep(directory, recipe)

        def attempt(say: Say, *, keep_going: bool, years: Years) -> list[FileAccount]:
            known = catalogue.of(directory)
            return uploads.import_uploads([(file.name, content)], directory, known, say, years=years, recipe=recipe)

        working.start(attempt, (file.file_id,), ended=recipe_figures.forget)


def _account(applied: recipes.Applied) -> None:
    reading = applied.reading
    areas = dutch.count(int(reading.observations["code"].nunique()), "gebied", "gebieden")
    rows = dutch.count(reading.rows_read, "rij", "rijen")
    figures = dutch.count(int(reading.observations["value"].notna().sum()), "cijfer", "cijfers")
    text = f"{rows}, waarvan {dutch.number(reading.rows_kept)} gebruikt: {figures} van {areas}."
    st.markdown(blocks.plain(" ".join((text, *reading.notes))))
    for why, n in reading.rejected["problem"].value_counts().items():
        st.markdown(blocks.plain(f"{dutch.count(int(n), 'rij', 'rijen')} niet gebruikt: {why}."))
    traced = pd.DataFrame(
        [
            (
                one.row,
                one.column,
                one.written,
                f"{one.area} ({one.code})",
                periods.when_text([one.period]),
                dutch.number(one.value, 2),
            )
            for one in applied.traces
        ],
        columns=["Rij", "Kolom", "Staat er", "Gebied", "Wanneer", "Wordt"],
    )
    blocks.grid(traced, "drie cijfers nagelopen, van cel tot waarde")
