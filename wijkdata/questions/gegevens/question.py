"""Gegevens: what data is loaded, how good it is, and what is missing. Real and invented areas are counted apart."""

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Evidence, Indicator, Source
from wijkdata.frames import FrameRow
from wijkdata.periods import when_text
from wijkdata.questions.gegevens import coverage
from wijkdata.questions.gegevens.answer import Dataset, Listed, StockAnswer
from wijkdata.questions.shared import names, provenance
from wijkdata.store.monitor import coverage as stored_coverage
from wijkdata.store.monitor.versions import Monitor

# The order in which a level is offered: what the wijkaanpak is about comes first.
LEVELS = (Level.WIJK, Level.BUURT, Level.GEMEENTE, Level.LAND)
_BACKGROUND = "Achtergrond en kopcijfers"
# More names than this nobody reads.
_MOST_NAMED = 20


def stock(monitor: Monitor, catalogue: Catalogue) -> StockAnswer:
    """Return everything the page Gegevens says about the current snapshot."""
    counts, runs = provenance.coverage_with_reasons(monitor), stored_coverage.runs(monitor)
    datasets = tuple(dataset for dataset in Dataset if _filled(counts, dataset)["n"].sum() > 0)
    main = Dataset.FICTIONAL if datasets == (Dataset.FICTIONAL,) else Dataset.REAL
    fictional = main is Dataset.FICTIONAL
    filled, of_dataset = _filled(counts, main), runs[runs["fictional"] == fictional]
    changed = stored_coverage.changed_borders(monitor)
    return StockAnswer(
        title=_title(filled, runs, catalogue, fictional),
        lead=_lead(runs, datasets),
        fictional=fictional,
        datasets=datasets,
        levels={dataset: _levels(_filled(counts, dataset)) for dataset in datasets},
        sources=_sources(runs, catalogue),
        methods=_methods(of_dataset, catalogue),
        quality=_quality(counts[counts["fictional"] == fictional], of_dataset, catalogue, changed),
        gaps=_gaps(set(filled["indicator"]), catalogue),
        editions=_editions(runs, catalogue),
        runs={str(run.run_id): _run_name(run, catalogue) for run in runs.itertuples()},
        example_present=bool(runs["fictional"].any()),
    )


def _filled(counts: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """The rows of one dataset that hold figures."""
    return counts[counts["reason"].isna() & (counts["fictional"] == (dataset is Dataset.FICTIONAL))]


def _levels(filled: pd.DataFrame) -> tuple[Level, ...]:
    there = set(filled["level"])
    return tuple(level for level in LEVELS if level.value in there)


def _title(filled: pd.DataFrame, runs: pd.DataFrame, catalogue: Catalogue, fictional: bool) -> str:
    n, of = filled["indicator"].nunique(), len(catalogue.indicators)
    if runs.empty:
        return "Er zijn nog geen gegevens; haal die van uw gemeente op of bekijk het voorbeeld"
    if n == 0:
        start = "Er zijn grenzen en nog geen cijfers" if runs["boundaries"].sum() else "Er zijn nog geen cijfers"
        return f"{start}; lees een bestand met cijfers in"
    newest = int(filled["year"].max())
    if fictional:
        return f"Er zijn alleen fictieve cijfers: over {n} van de {of} onderwerpen, tot en met {newest}"
    return f"Er zijn cijfers over {n} van de {of} onderwerpen; de nieuwste zijn uit {newest}"


def _lead(runs: pd.DataFrame, datasets: tuple[Dataset, ...]) -> str:
    if runs.empty:
        return "Wijkdata werkt met bestanden op deze computer. Er gaat niets naar buiten."
    real, invented = int((~runs["fictional"]).sum()), int(runs["fictional"].sum())
    parts = [dutch.count(real, "bestand van een uitgever of de gemeente", "bestanden van uitgevers of de gemeente")]
    if invented:
        example = dutch.count(invented, "bestand van het fictieve voorbeeld", "bestanden van het fictieve voorbeeld")
        parts = [*(parts if real else []), example]
    lead = f"Gelezen uit {dutch.listing(parts)}. Alles staat op deze computer."
    return lead + (" Echt en fictief worden nooit samen geteld." if len(datasets) > 1 else "")


def _sources(runs: pd.DataFrame, catalogue: Catalogue) -> tuple[Listed, ...]:
    """Per source and dataset: how many editions, which are used, and the publisher's terms."""
    groups = runs.sort_values("fictional", kind="stable").groupby(["source", "fictional"], sort=False)
    return tuple(_source(catalogue.sources[source], fictional, group) for (source, fictional), group in groups)


def _source(entry: Source, fictional: bool, group: pd.DataFrame) -> Listed:
    used = group[~group["superseded"]]
    superseded = len(group) - len(used)
    labels = dutch.listing(list(reversed(used["label"].unique()))) if len(used) <= 4 else _span(used)
    state = "in gebruik" if not superseded else f"in gebruik, {superseded} naast een nieuwere"
    n, shapes = int(used["observations"].sum()), int(used["boundaries"].sum())
    counts = [
        dutch.count(n, "cijfer", "cijfers") if n else "",
        dutch.count(shapes, "grens", "grenzen") if shapes else "",
    ]
    read_on = dutch.day(group["imported_at"].max())
    small = [f"Indeling {dutch.years([int(year) for year in used['division']])}", f"ingelezen op {read_on}"]
    if group["rejected"].sum():
        small.append(f"{dutch.count(int(group['rejected'].sum()), 'rij', 'rijen')} afgewezen")
    small.append("verzonnen" if fictional else entry.licence)
    return Listed(
        f"{entry.short}, fictief." if fictional else f"{entry.short}.",
        f"{dutch.capital(labels)}: {dutch.listing([count for count in counts if count])}; {state}.",
        "; ".join(small) + ".",
    )


def _span(used: pd.DataFrame) -> str:
    return f"{len(used)} uitgaven, {used['label'].iloc[-1]} tot en met {used['label'].iloc[0]}"


def _methods(runs: pd.DataFrame, catalogue: Catalogue) -> tuple[Listed, ...]:
    """Per source with figures in use: what the publisher did, what the readers noted, terms and address."""
    kinds = {Evidence.MEASURED: "Gemeten.", Evidence.PERCEIVED: "Ervaren.", Evidence.MODELLED: "Geschat met een model."}
    used = runs[~runs["superseded"] & (runs["observations"] > 0)]
    rows = []
    for source, group in used.groupby("source", sort=False):
        entry = catalogue.sources[source]
        notes = dict.fromkeys(note for run_notes in group["notes"] for note in run_notes)
        address = [f"Adres van de uitgever: {entry.url}"] if entry.url else []
        small = " ".join([*notes, f"{entry.licence}.", *address])
        rows.append(Listed(f"{entry.short}.", f"{kinds[entry.evidence]} {entry.method}", small))
    return tuple(rows)


def _quality(
    counts: pd.DataFrame, runs: pd.DataFrame, catalogue: Catalogue, changed: list[tuple[int, int]]
) -> tuple[Listed, ...]:
    """What to know before using the figures: estimates, gaps with their reason, divisions."""
    rows = [*_modelled(counts, catalogue), *_missing(counts)]
    used = runs[~runs["superseded"] & (runs["observations"] > 0)]
    years = sorted({int(year) for year in used["division"]})
    if len(years) > 1:
        text = "De cijfers staan op verschillende indelingen. Eenzelfde code kan in twee jaren een ander gebied zijn."
        borders = [f"in {year} kregen {dutch.count(n, 'gebied', 'gebieden')} een andere grens" for year, n in changed]
        rows.append(Listed("Indeling.", text, f"Indelingen {'; '.join([dutch.years(years), *borders])}."))
    return tuple(rows)


def _modelled(counts: pd.DataFrame, catalogue: Catalogue) -> list[Listed]:
    there = counts.loc[counts["reason"].isna(), "indicator"].unique()
    topics = [catalogue.indicators[name] for name in there if name in catalogue.indicators]
    modelled = [item.short for item in topics if item.evidence is Evidence.MODELLED]
    if not modelled:
        return []
    verb = "is een schatting" if len(modelled) == 1 else "zijn een schatting"
    text = f"{len(modelled)} van de {len(topics)} onderwerpen met cijfers {verb} met een model, geen meting."
    return [Listed("Geschat.", text, dutch.listing(modelled) + ".")]


def _missing(counts: pd.DataFrame) -> list[Listed]:
    why, total = coverage.reasons(counts), int(counts["n"].sum())
    if not why:
        return []
    missing = sum(why.values())
    share = dutch.percent(100 * missing / total, 1)
    text = f"{dutch.number(missing)} van de {dutch.number(total)} cijfers ({share}) ontbreken. Ze tellen nergens mee als 0."
    return [Listed("Ontbreekt.", text, coverage.why(why) + ".")]


def _named(lacking: list[Indicator], catalogue: Catalogue) -> str:
    """Name the indicators; of a long list how many there are of each subject."""
    if len(lacking) <= _MOST_NAMED:
        return dutch.listing([item.short for item in lacking])
    counts = Counter(catalogue.subjects.get(item.subject or "", "overig") for item in lacking)
    return dutch.listing([f"{name} {n}" for name, n in counts.most_common()])


def _gaps(there: set[str], catalogue: Catalogue) -> tuple[Listed, ...]:
    """Per pillar: which indicators lack and which file fills them; last what one gemeente alone publishes."""
    groups = [(pillar.title, pillar.missing, catalogue.of_pillar(key)) for key, pillar in catalogue.pillars.items()]
    groups.append((_BACKGROUND, "", [item for item in catalogue.indicators.values() if item.pillar is None]))
    rows = []
    for title, remedy, everything in groups:
        items = [item for item in everything if item.id in there or catalogue.only_in(item.id) is None]
        lacking = [item for item in items if item.id not in there]
        if not items:
            continue
        if not lacking:
            rows.append(Listed(f"{title}.", f"Alle {len(items)} onderwerpen hebben cijfers.", ""))
            continue
        text = f"Van {len(lacking)} van de {len(items)} onderwerpen zijn er geen cijfers: {_named(lacking, catalogue)}."
        rows.append(Listed(f"{title}.", text, _remedies(lacking, catalogue) or remedy))
    return *rows, *_gaps_of_one(there, catalogue)


def _gaps_of_one(there: set[str], catalogue: Catalogue) -> Iterator[Listed]:
    """A line per gemeente with what it alone publishes and nobody read in."""
    lacking: dict[str, list[Indicator]] = {}
    for item in catalogue.indicators.values():
        home = catalogue.only_in(item.id)
        if home is not None and item.id not in there:
            lacking.setdefault(home, []).append(item)
    for home, items in lacking.items():
        text = f"Van {dutch.count(len(items), 'eigen onderwerp', 'eigen onderwerpen')} zijn er geen cijfers: {_named(items, catalogue)}."
        yield Listed(f"Alleen voor {names.of_list(home)}.", text, _remedies(items, catalogue))


def _remedies(lacking: list[Indicator], catalogue: Catalogue) -> str:
    """`Lees X in (a en b). Lees Y in (c).`"""
    by_file: dict[str, list[Indicator]] = {}
    for item in lacking:
        by_file.setdefault(item.fills, []).append(item)
    parts = [(fills, _named(items, catalogue)) for fills, items in by_file.items() if fills]
    return " ".join(f"{dutch.capital(fills)} ({names})." for fills, names in parts)


def _editions(runs: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    entries = [catalogue.sources[source] for source in runs["source"]]
    columns = {
        "Uitgever": [entry.publisher for entry in entries],
        "Tabel": [entry.title for entry in entries],
        "Uitgave": runs["label"].to_list(),
        "Voorlopig": [when_text(periods) if len(periods) else "" for periods in runs["provisional"]],
        "Stand": ["naast een nieuwere" if old else "in gebruik" for old in runs["superseded"]],
        "Fictief": ["ja" if invented else "nee" for invented in runs["fictional"]],
        "Indeling": runs["division"].astype(str).to_list(),
        "Ingelezen op": [dutch.day(when) for when in runs["imported_at"]],
        "Rijen gelezen": runs["rows_read"].to_list(),
        "Rijen overgenomen": runs["rows_kept"].to_list(),
        "Afgewezen": runs["rejected"].to_list(),
        "Cijfers": runs["observations"].to_list(),
        "Gebieden": runs["areas"].to_list(),
        "Grenzen": runs["boundaries"].to_list(),
        "Voorwaarden": [entry.licence for entry in entries],
        "Adres": [entry.url for entry in entries],
        "Bestand": runs["file"].to_list(),
    }
    return pd.DataFrame(columns)


def _run_name(run: FrameRow, catalogue: Catalogue) -> str:
    invented = ", fictief" if run.fictional else ""
    return f"{catalogue.sources[run.source].short}, {run.label}{invented} ({run.file})"
