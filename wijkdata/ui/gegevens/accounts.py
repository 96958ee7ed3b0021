"""The account of a file on the page: what became of it, and its rows and areas that need attention, each with a download."""

from collections.abc import Iterable
from html import escape

import pandas as pd
import streamlit as st

from wijkdata import dutch
from wijkdata.loading.figures.accounts import FileAccount, FileState
from wijkdata.questions.gegevens import import_report
from wijkdata.questions.gegevens.answer import RunReport
from wijkdata.ui import blocks, session
from wijkdata.views.shared import tables

_STATES = {
    FileState.READ: "ingelezen",
    FileState.KNOWN: "was er al",
    FileState.TWIN: "dubbel",
    FileState.COMPANION: "hoort bij een ander",
    FileState.ASIDE: "opzij gelaten",
    FileState.READY: "goed",
    FileState.REFUSED: "kan niet",
    FileState.NOT_FETCHED: "niet opgehaald",
}
# What asks for attention comes first.
_ORDER = (FileState.NOT_FETCHED, FileState.REFUSED, FileState.READY, FileState.READ, FileState.KNOWN, FileState.TWIN)


def table(accounts: Iterable[FileAccount]) -> None:
    """Draw a row per file: its name, what became of it, what it brought."""
    order = {state: n for n, state in enumerate(_ORDER)}
    rows = "".join(
        f"<tr><td>{escape(one.file)}</td><td>{escape(_state(one))}</td><td>{escape(_what(one))}</td></tr>"
        for one in sorted(accounts, key=lambda one: order.get(one.state, len(order)))
    )
    head = "<thead><tr><th>Bestand</th><th>Uitkomst</th><th>Wat erin zit, of waarom niet</th></tr></thead>"
    st.html(f'<table class="wd-rows wd-accounts">{head}<tbody>{rows}</tbody></table>')


def details(accounts: Iterable[FileAccount]) -> None:
    """Draw the account of the files that were read in: of one at once, of several the one that somebody chooses."""
    read = {one.run_id: one for one in accounts if one.run_id is not None and one.state is FileState.READ}
    if not read:
        return
    run_id = next(iter(read))
    if len(read) > 1:
        picked = st.selectbox(
            "Verslag van één bestand",
            [None, *read],
            format_func=lambda key: "Kies een bestand" if key is None else read[key].file,
            key="verslag_van",
            width=560,
        )
        if picked is None:
            return
        run_id = picked
    run = session.ask(import_report.report, run_id)
    st.html(f'<p class="wd-lead">{escape(run.label)}</p>')
    account_of(run, f"{run_id}-{run.file}")


def account_of(run: RunReport, key: str) -> None:
    """Draw the account of one file: sentences, notes, and the rows and areas that need attention, each with a download."""
    st.markdown(blocks.plain(" ".join((*run.sentences, *run.notes))))
    for why, n in run.reasons:
        st.markdown(blocks.plain(f"{dutch.count(n, 'rij', 'rijen')} afgewezen: {why}."))
    _extra(run.rejected, "Afgewezen rijen", f"afgewezen-{key}", run.file)
    _extra(run.without_boundary, "Gebieden zonder grens", f"zonder-grens-{key}", run.file)
    _extra(run.without_figures, "Grenzen zonder cijfers", f"zonder-cijfers-{key}", run.file)


def download(frame: pd.DataFrame, word: str, suffix: str, what: str, where: str) -> None:
    """Draw the button that downloads a table."""
    make = (
        (lambda: tables.csv_bytes(frame, for_excel=True)) if suffix == "csv" else lambda: tables.xlsx_bytes(frame, what)
    )
    name = tables.file_name(what, where, "", suffix)
    st.download_button(f"Download {word}", make, name, key=f"{suffix}_{what}", on_click="ignore")


def _state(account: FileAccount) -> str:
    return "vraagt iets" if account.asked else _STATES[account.state]


def _what(account: FileAccount) -> str:
    """What a file brought in one line; of a file without figures the sentence about it, without its name."""
    if account.problems:
        sentence = " ".join(
            problem.sentence(on_screen=True).removeprefix(account.file).lstrip(":, ")
            for problem in account.problems[:3]
        )
        rest = len(account.problems) - 3
        return dutch.capital(sentence) + (f" En nog {dutch.count(rest, 'probleem', 'problemen')}." if rest > 0 else "")
    if account.state in (FileState.READ, FileState.READY):
        brought = dutch.count(account.observations, "cijfer", "cijfers") if account.observations else ""
        where = dutch.count(account.areas, "gebied", "gebieden") if account.areas else ""
        refused = f"{dutch.count(account.rejected, 'rij', 'rijen')} afgewezen" if account.rejected else ""
        return "; ".join(part for part in (account.label, brought, where, refused) if part) + "."
    return account.message


def _extra(frame: pd.DataFrame, title: str, key: str, file: str) -> None:
    if frame.empty:
        return
    st.html(f'<p class="wd-lead"><b>{title}</b> ({dutch.number(len(frame))})</p>')
    height = min(35 * (len(frame) + 1) + 3, 300)
    blocks.grid(frame, f"{title}, {file}", height)
    with st.container(horizontal=True):
        download(frame, "CSV", "csv", key, file)
        download(frame, "Excel", "xlsx", key, file)
