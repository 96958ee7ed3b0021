"""A table of reports that nobody knows: which column is what, the account, and reading it in. A cell of it is never shown."""

from html import escape
from pathlib import Path
from typing import Protocol

import streamlit as st

from wijkdata import catalogue, dutch, limits
from wijkdata.areas import Level
from wijkdata.errors import WijkdataError
from wijkdata.loading.figures import apart, recipes, uploads
from wijkdata.loading.figures.accounts import FileAccount
from wijkdata.loading.figures.importer import Years
from wijkdata.loading.figures.progress import Say
from wijkdata.loading.figures.recipes import Area, By, ReportsGuess, ReportsRecipe
from wijkdata.ui import blocks, session
from wijkdata.ui.gegevens import recipe_figures, working

_NONE = ""
_COORDINATES, _BY_AREA = "coördinaten", "een kolom met het gebied"
_PARTS = {
    "date": "Dag (of maand) van de melding",
    "category": "Categorie",
    "number": "Nummer van de melding",
    "channel": "Kanaal",
    "count": "Aantal meldingen",
}
_KINDS = {By.CODE: "codes van het CBS", By.NAME: "namen"}


class File(Protocol):
    """A file that was chosen."""

    @property
    def name(self) -> str:
        """Return its name."""

    @property
    def file_id(self) -> str:
        """Return what tells it from others."""

    def getbuffer(self) -> memoryview:
        """Read the file."""


def form(file: File, guess: ReportsGuess) -> None:
    """Draw the choices and what would become of the table."""
    st.html(
        '<p class="wd-lead">Dit lijken meldingen. Wijkdata telt ze per gebied, maand en categorie. Van een losse melding wordt niets '
        "bewaard: geen tekst, geen adres, geen foto.</p>"
    )
    for reason in guess.reasons.values():
        if reason:
            st.html(f'<p class="wd-source">{escape(reason)}</p>')
    fields = _ask_columns(guess)
    area, places = _ask_place(guess)
    stem = file.name.rpartition(".")[0].replace("_", " ")[:60]
    name = st.text_input("Hoe heet de tabel?", stem, max_chars=limits.TYPED, key="recept_bron", width=300)
    _finish(file, guess, name, fields | places, area)


def _ask_columns(guess: ReportsGuess) -> dict[str, str]:
    """Ask of each part which column it is."""
    st.html('<p class="wd-lead"><b>Welke kolom is wat?</b></p>')
    chosen = {}
    with st.container(horizontal=True):
        for part, label in _PARTS.items():
            chosen[part] = _column(guess, label, f"recept_meld_{part}", guess.recipe.get(part, _NONE))
    return chosen


def _column(guess: ReportsGuess, label: str, key: str, first: str) -> str:
    options = [_NONE, *guess.shape.headers]
    words = {_NONE: "geen", **guess.labels}
    return (
        st.selectbox(
            label, options, options.index(first), format_func=lambda one: words.get(one, one), key=key, width=230
        )
        or _NONE
    )


def _ask_place(guess: ReportsGuess) -> tuple[Area | None, dict[str, str]]:
    """Ask where a report is: two columns of coordinates, or one of areas."""
    st.html('<p class="wd-lead"><b>Waar was het?</b></p>')
    ways = [_COORDINATES, _BY_AREA]
    way = st.radio(
        "Een melding heeft", ways, index=0 if guess.recipe.get("x") else 1, horizontal=True, key="recept_waar"
    )
    was = guess.area
    with st.container(horizontal=True):
        if way == _COORDINATES:
            x, y = (
                _column(guess, label, f"recept_meld_{part}", guess.recipe.get(part, _NONE))
                for part, label in (("x", "Lengtegraad of x"), ("y", "Breedtegraad of y"))
            )
            return None, {"x": x, "y": y}
        column = _column(guess, "Kolom met het gebied", "recept_gebied", was.column if was else _NONE)
        kinds = list(_KINDS)
        first = kinds.index(was.by) if was and was.by in kinds else 0
        by = st.selectbox(
            "Wat staat erin?", kinds, first, format_func=_KINDS.__getitem__, key="recept_soort", width=230
        )
        if by is By.CODE:
            return (recipes.area(column, By.CODE, None, "") if column else None), {}
        level = st.selectbox("Niveau", [Level.BUURT, Level.WIJK], 1, format_func=str, key="recept_niveau", width=150)
        known = recipes.gemeenten_known(session.data_dir())
        place = st.selectbox(
            "Gemeente",
            list(known),
            index=list(known).index(was.gemeente) if was and was.gemeente in known else None,
            format_func=lambda code: known.get(code, code),
            placeholder="Kies een gemeente",
            key="recept_gemeente",
            width=230,
        )
    return (recipes.area(column, By.NAME, level, place) if column and place else None), {}


def _finish(file: File, guess: ReportsGuess, name: str, fields: dict[str, str], area: Area | None) -> None:
    """Show what would be counted, and the button that keeps the recipe and reads the table in."""
    st.html('<p class="wd-lead"><b>Wat ervan wordt</b></p>')
    try:
        recipe = recipes.make_reports(guess, name, fields, area)
        with uploads.in_folder([(file.name, file.getbuffer())]) as paths:
            _account(paths[0], recipe)
    except WijkdataError as error:
        st.info(blocks.plain(str(error).splitlines()[0]), icon=":material/edit_note:")
        recipe = None
    with st.container(horizontal=True):
        if (
            st.button("Bewaar het recept en lees in", type="primary", key="doe_recept", disabled=recipe is None)
            and recipe
        ):
            _read_in(file, recipe)
        if st.button("Dit zijn geen meldingen", key="recept_anders"):
            st.session_state["recept_geen_meldingen"] = file.file_id
            st.rerun()


def _account(path: Path, recipe: ReportsRecipe) -> None:
    reading = apart.call(path, recipes.preview_reports, recipe, path, session.data_dir())
    areas = dutch.count(int(reading.observations["code"].nunique()), "gebied", "gebieden")
    rows, kept = dutch.count(reading.rows_read, "rij", "rijen"), dutch.number(reading.rows_kept)
    text = f"{rows}, waarvan {kept} gebruikt: {dutch.number(len(reading.observations))} aantallen van {areas}."
    st.markdown(blocks.plain(" ".join((text, *reading.notes))))
    for why, n in reading.rejected["problem"].value_counts().items():
        st.markdown(blocks.plain(f"{dutch.count(int(n), 'rij', 'rijen')} niet gebruikt: {why}."))


def _read_in(file: File, recipe: ReportsRecipe) -> None:
    directory, content = session.data_dir(), bytes(file.getbuffer())
    recipes.keep(directory, recipe)

    def attempt(say: Say, *, keep_going: bool, years: Years) -> list[FileAccount]:
        known = catalogue.of(directory)
        return uploads.import_uploads([(file.name, content)], directory, known, say, years=years, recipe=recipe)

    working.start(attempt, (file.file_id,), ended=recipe_figures.forget)
