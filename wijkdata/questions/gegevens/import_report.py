"""The account of one file that was read in: every row, every area, every reason."""

import pandas as pd

from wijkdata import dutch
from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.gegevens.answer import RunReport
from wijkdata.store.monitor import borders, queries
from wijkdata.store.monitor.versions import Monitor

_HEADINGS = {"row": "Rij", "column": "Kolom", "value": "Waarde", "problem": "Waarom niet"}


def report(monitor: Monitor, catalogue: Catalogue, run_id: int) -> RunReport:
    """Return what became of one file. Raises NotFoundError when the run is not in this snapshot."""
    runs = queries.editions(monitor).set_index("run_id")
    if run_id not in runs.index:
        raise NotFoundError(f"Bestand nummer {run_id} staat niet in deze stand; kies een ander bestand.")
    run = runs.loc[run_id]
    rejected = queries.rejected(monitor, run_id)
    names = queries.areas(monitor).set_index("code")["name"]
    without_boundary, without_figures = (_named(codes, names) for codes in borders.boundary_gaps(monitor, run_id))
    reasons = rejected["problem"].value_counts()
    return RunReport(
        file=run["file"],
        label=f"{catalogue.sources[run['source']].short}, {run['label']}",
        sentences=_sentences(run, len(without_boundary), len(without_figures)),
        notes=tuple(run["notes"]),
        reasons=tuple((str(problem), int(n)) for problem, n in reasons.items()),
        rejected=rejected[list(_HEADINGS)].rename(columns=_HEADINGS),
        without_boundary=without_boundary,
        without_figures=without_figures,
    )


def _sentences(run: pd.Series, without_boundary: int, without_figures: int) -> tuple[str, ...]:
    rejected = int(run["rows_read"] - run["rows_kept"])
    rows = f"{dutch.count(run['rows_read'], 'rij', 'rijen')} gelezen, {dutch.number(run['rows_kept'])} overgenomen"
    brought = [dutch.count(run["observations"], "cijfer", "cijfers")]
    if run["boundaries"]:
        brought.append(dutch.count(run["boundaries"], "grens", "grenzen"))
    newer = ("Er is een nieuwere uitgave van deze tabel; de schermen tonen die.",) if run["superseded"] else ()
    return (
        f"{rows}, {dutch.number(rejected)} afgewezen.",
        f"Dat gaf {dutch.listing(brought)} over {dutch.count(run['areas'], 'gebied', 'gebieden')}.",
        *boundary_sentences(without_boundary, without_figures),
        *newer,
    )


def boundary_sentences(without_boundary: int, without_figures: int) -> tuple[str, ...]:
    """Return how many areas of a file have figures and no boundary, and the other way round; nothing when there are
    none."""
    areas = f"{dutch.count(without_boundary, 'gebied heeft', 'gebieden hebben')} cijfers en nog geen grens op de kaart."
    boundaries = f"{dutch.count(without_figures, 'grens heeft', 'grenzen hebben')} nog geen cijfers."
    return (areas,) * bool(without_boundary) + (boundaries,) * bool(without_figures)


def _named(codes: list[str], names: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"Code": codes, "Naam": [names.get(code, code) for code in codes]})
