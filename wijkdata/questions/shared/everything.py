"""Everything of one gemeente, to take along: every figure of every year and level, with what is known about it."""

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue, Evidence, Indicator
from wijkdata.errors import NotFoundError
from wijkdata.frames import FrameRow
from wijkdata.periods import Period
from wijkdata.questions.shared import names, places
from wijkdata.questions.shared.answer import Everything
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

_KINDS = {Evidence.MEASURED: "gemeten", Evidence.PERCEIVED: "ervaren", Evidence.MODELLED: "schatting"}


def everything(monitor: Monitor, catalogue: Catalogue, municipality: str) -> Everything:
    """Gather everything of a gemeente. Raises NotFoundError when nothing of it was read in."""
    rows = queries.everything_of(monitor, municipality)
    if rows.empty:
        raise NotFoundError(
            f"Van {names.of_list(municipality)} zijn geen cijfers ingelezen; haal die op of lees een bestand in."
        )
    runs = queries.editions(monitor)
    runs = runs[runs["run_id"].isin(rows["run_id"].unique())]
    return Everything(
        municipality=municipality,
        name=places.municipality_name(monitor, municipality),
        fictional=is_fictional(municipality),
        figures=_figures(monitor, catalogue, rows, runs.set_index("run_id")),
        indicators=pd.DataFrame(
            [_indicator(catalogue, catalogue.indicators[name]) for name in rows["indicator"].unique()]
        ),
        editions=pd.DataFrame([_edition(catalogue, row) for row in runs.itertuples()]),
    )


def _figures(monitor: Monitor, catalogue: Catalogue, rows: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    items = {name: catalogue.indicators[name] for name in rows["indicator"].unique()}
    sources = {run: catalogue.sources[source] for run, source in runs["source"].items()}
    called = pd.concat([places.all_areas(monitor, level)["name"] for level in Level])
    periods = {code: Period.of(code).text for code in rows["period"].unique()}
    topic, run = rows["indicator"], rows["run_id"]
    columns = {
        "gebied_code": rows["code"],
        "gebied_naam": rows["code"].map(called),
        "niveau": rows["level"],
        "indicator": topic,
        "onderwerp": topic.map({name: item.short for name, item in items.items()}),
        "eenheid": topic.map({name: item.unit for name, item in items.items()}),
        "soort": topic.map({name: _KINDS[item.evidence] for name, item in items.items()}),
        "periode": rows["period"].map(periods),
        "waarde": rows["value"],
        "reden_ontbreekt": rows["reason"].map({**dutch.REASONS, **dutch.REASONS_OF_LINKS}),
        "voorlopig": rows["provisional"].astype(bool),
        "opgeteld_uit_gebieden": rows["derived"] & rows["value"].notna(),
        "indeling": run.map(runs["division"]),
        "bron": run.map({key: source.short for key, source in sources.items()}),
        "uitgave": run.map(runs["label"]),
        "voorwaarden": run.map({key: source.licence for key, source in sources.items()}),
    }
    return pd.DataFrame(columns)


def _indicator(catalogue: Catalogue, item: Indicator) -> dict[str, object]:
    breaks = [f"{one.year}: {one.why}" for one in item.series_breaks]
    return {
        "indicator": item.id,
        "onderwerp": item.short,
        "titel": item.title,
        "omschrijving": item.description,
        "eenheid": item.unit,
        "soort": _KINDS[item.evidence],
        "pijler": catalogue.pillars[item.pillar].title if item.pillar else "",
        "breuken_in_de_reeks": "; ".join(breaks),
        "bewerking": item.we_did,
    }


def _edition(catalogue: Catalogue, run: FrameRow) -> dict[str, object]:
    source = catalogue.sources[run.source]
    return {
        "bron": source.short,
        "uitgever": source.publisher,
        "titel": source.title,
        "tabel": run.table_id,
        "uitgave": run.label,
        "gepubliceerd": run.published,
        "indeling": run.division,
        "ingelezen_op": run.imported_at.date(),
        "bestand": run.file,
        "sha256": run.sha256,
        "methode": source.method,
        "voorwaarden": source.licence,
        "adres": source.url,
    }
