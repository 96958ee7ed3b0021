"""Uitleg: the texts with their numbers filled in, and everything known about one indicator.

A number in a text is a name in braces and comes from the settings, the statistics or the catalogue, so that it is written
in one place only.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from wijkdata import dutch, settings
from wijkdata.analysis import peers, uncertainty, zscores
from wijkdata.analysis.harmonise import borders, links
from wijkdata.analysis.impact import effect, placebo
from wijkdata.analysis.signals import cusum, expected, methods, moran, watch
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Column, Evidence, HigherIs, Indicator, Role
from wijkdata.errors import WijkdataError
from wijkdata.questions.activiteiten import reach as activiteiten_reach
from wijkdata.questions.kloof import question as kloof
from wijkdata.questions.shared import judgements
from wijkdata.questions.uitleg.answer import IndicatorCard
from wijkdata.questions.voor_en_na import measurements as voor_en_na_measurements
from wijkdata.questions.voor_en_na import pool as voor_en_na_pool
from wijkdata.questions.voor_en_na import refusals as voor_en_na_refusals
from wijkdata.record import values
from wijkdata.reference import explanations
from wijkdata.reference import moments as reference_moments
from wijkdata.reference.explanations import Explanation
from wijkdata.store.monitor import coverage, versions
from wijkdata.store.monitor.versions import Monitor

_OTHER = "Andere namen per jaar"
DIRECTIONS = {HigherIs.BETTER: "gunstig", HigherIs.WORSE: "ongunstig", HigherIs.NEUTRAL: "geen oordeel"}
EVIDENCE = {
    Evidence.MEASURED: "Gemeten: geteld in een registratie of een meting.",
    Evidence.PERCEIVED: "Ervaren: wat mensen zelf zeggen.",
    Evidence.MODELLED: "Geschat met een model: geen meting in de wijk zelf.",
}
ROLES = {
    Role.SCORE: "telt mee in de pijlerscore",
    Role.SHOWN: "wordt getoond bij de pijler en telt niet mee in de score",
    Role.HEADLINE: "kopcijfer, hoort bij geen pijler",
    Role.CONTEXT: "achtergrond, telt in geen score",
}


def texts(catalogue: Catalogue, directory: Path = explanations.TEXT_DIR) -> tuple[Explanation, ...]:
    """Return the methods with their numbers. Raises WijkdataError naming the file when a text cannot be used."""
    values = numbers(catalogue)
    return tuple(_filled(one, values) for one in explanations.texts(directory))


def _filled(one: Explanation, values: dict[str, str]) -> Explanation:
    try:
        return replace(one, title=one.title.format_map(values), text=one.text.format_map(values))
    except (KeyError, ValueError, IndexError) as error:
        raise WijkdataError(f"{one.file}: {error} is geen bekende waarde; herstel de tekst in data/uitleg.") from error


def numbers(catalogue: Catalogue) -> dict[str, str]:
    """Return the value of each name in braces in the texts, in Dutch."""
    items, figure = catalogue.indicators, catalogue.figure
    scored = [item for item in items.values() if item.role is Role.SCORE]
    named = {name: dutch.listing([items[key].title for key in getattr(figure, name)]) for name in ("x", "y", "path_x")}
    others = sorted({item.reference_year for item in scored if item.reference_year} - {settings.REFERENCE_YEAR})
    features = [items[name].short.lower() for name in peers.FEATURES if name in items]
    return {
        "reference_year": str(settings.REFERENCE_YEAR),
        "base_years": dutch.listing([str(year) for year in others]) or "geen andere jaren",
        "clip": dutch.number(zscores.CLIP),
        "log_names": dutch.listing([item.short for item in items.values() if item.transform == "log1p"]) or "nu geen",
        "minimum_population": dutch.number(settings.MINIMUM_POPULATION),
        "maximum_age": dutch.number(settings.MAXIMUM_AGE),
        "small_change": dutch.number(settings.SMALL_CHANGE),
        "classes": _classes(),
        "draws": dutch.number(uncertainty.Draws().n),
        "peers": dutch.number(peers.NEAREST),
        "peer_features": dutch.listing(features),
        "peer_minimum": dutch.number(peers.MINIMUM_FEATURES),
        "gap_fewest": dutch.number(kloof.FEWEST),
        "gap_groups": dutch.number(kloof.FEWEST_FOR_GROUPS),
        **_impact_numbers(),
        **_signal_numbers(),
        "figure_x": named["x"],
        "figure_y": named["y"],
        "figure_path": named["path_x"],
        "reasons": dutch.listing(list(dutch.REASONS.values())),
        "link_reasons": dutch.listing(list(dutch.REASONS_OF_LINKS.values())),
        "same_border": dutch.percent(100 * borders.SAME_BORDER),
        "years_on_name": dutch.number(links.YEARS_ON_NAME),
        "active_claim": dutch.number(activiteiten_reach.CLAIM),
        "smallest_group": dutch.number(values.SMALLEST),
        "kept": dutch.number(versions.KEEP),
        "modelled_names": dutch.listing([item.title for item in items.values() if item.evidence is Evidence.MODELLED]),
        "pillars": f"{len(catalogue.pillars)} pijlers ({dutch.listing([p.title for p in catalogue.pillars.values()])})",
    }


def _impact_numbers() -> dict[str, str]:
    """The limits of Voor en na."""
    return {
        "impact_one": dutch.number(voor_en_na_pool.ONE),
        "impact_few": dutch.number(voor_en_na_pool.FEW),
        "impact_placebos": dutch.number(effect.PLACEBOS),
        "impact_alpha": dutch.number(100 * placebo.ALPHA),
        "impact_called": dutch.number(100 * placebo.CALLED_AT_RANDOM),
        "impact_called_lowest": dutch.number(100 * placebo.CALLED_LOWEST),
        "impact_allowance": dutch.number(placebo.ALLOWANCE, 2),
        "impact_before": dutch.number(voor_en_na_measurements.FEWEST_BEFORE),
        "impact_donors": dutch.number(voor_en_na_refusals.FEWEST_DONORS),
    }


def _signal_numbers() -> dict[str, str]:
    """The limits of Signalen."""
    return {
        "signal_limit": dutch.number(cusum.LIMIT),
        "signal_few": dutch.number(watch.FEW),
        "signal_years": dutch.number(expected.LEAST_YEARS),
        "signal_least": dutch.number(methods.needs(methods.Method.EARS, 12)),
        "signal_grown": dutch.number(judgements.GROWN),
        "around_chance": dutch.number(100 * moran.FALSE_DISCOVERY),
        "around_least": dutch.number(moran.LEAST_AREAS),
    }


def indicator_card(catalogue: Catalogue, key: str) -> IndicatorCard:
    """Return everything the catalogue and the reference know about one indicator, in words."""
    item = catalogue.indicators[key]
    rows = [
        ("Wat het is.", item.description),
        ("Eenheid.", f"{item.unit or 'getal'}, met {dutch.count(item.decimals, 'decimaal', 'decimalen')}."),
        ("Een hogere waarde is:", f"{DIRECTIONS[item.higher_is]}."),
        ("Plaats.", _place(item, catalogue)),
        ("Hoe het cijfer ontstaat.", EVIDENCE[item.evidence]),
        *_reference_rows(item),
        *_limits(item),
        *([("Wat wij deden.", item.we_did)] if item.we_did else []),
        *_source_rows(item, catalogue),
        *([("Zo vult u het aan.", f"{dutch.capital(item.fills)}.")] if item.fills else []),
        ("Naam voor bestanden en opdrachten.", item.id),
    ]
    return IndicatorCard(item.title, tuple(rows), _columns(item, catalogue))


def filled_by(monitor: Monitor, catalogue: Catalogue, key: str) -> pd.DataFrame:
    """Return the editions that fill one indicator, Dutch headings; newest first."""
    rows, runs = coverage.filled_by(monitor, key), coverage.runs(monitor)
    invented = set(runs.loc[runs["fictional"], "run_id"])
    periods = [
        dutch.listing([str(year) for year in sorted({a, b})]) for a, b in zip(rows["first"], rows["last"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Bron": [
                catalogue.sources[row.source].short + (", fictief" if row.run_id in invented else "")
                for row in rows.itertuples()
            ],
            "Uitgave": rows["label"],
            "Niveau": rows["level"],
            "Eerste en laatste periode": periods,
            "Cijfers": rows["n"],
            "Zonder cijfer": rows["missing"],
            "Indeling": rows["division"].astype(str),
            "Stand": ["naast een nieuwere" if old else "in gebruik" for old in rows["superseded"]],
            "Bestand": rows["file"],
        }
    )


def _classes() -> str:
    """The seven classes as a list in Markdown."""
    breaks, words = dutch.SCORE_BREAKS, dutch.SCORE_WORDS
    lines = [f"- {words[0]}: lager dan {breaks[0]}"]
    pairs = zip(words[1:-1], breaks[:-1], breaks[1:], strict=True)
    lines += [f"- {word}: van {low} tot {high}" for word, low, high in pairs]
    return "\n".join([*lines, f"- {words[-1]}: {breaks[-1]} of hoger"])


def _place(item: Indicator, catalogue: Catalogue) -> str:
    role = ROLES[item.role]
    if item.pillar is None or item.theme is None:
        return f"{dutch.capital(role)}."
    pillar = catalogue.pillars[item.pillar]
    return f"Pijler {pillar.title}, thema {pillar.themes[item.theme]}; {role}."


def _reference_rows(item: Indicator) -> list[tuple[str, str]]:
    """The national mean and spread in the base year, per level."""
    moments = reference_moments.reference_moments()
    rows = moments[moments["indicator"] == item.id]
    if rows.empty:
        return [
            ("IJkpunt.", "Er is nog geen landelijk ijkpunt; dit onderwerp telt daarom nergens mee in een score.")
        ] * (item.role is Role.SCORE)
    scale = " (na een logaritme)" if item.transform == "log1p" else ""
    parts = [
        f"per {row.level} in {row.base_year}: gemiddelde {dutch.number(row.mean, 3)}, standaardafwijking "
        f"{dutch.number(row.sd, 3)}{scale}, {dutch.n_of(int(row.n), row.level, Level(row.level).plural)}"
        for row in rows.itertuples()
    ]
    return [("IJkpunt.", f"Nederland {'; '.join(parts)}.")]


def _limits(item: Indicator) -> list[tuple[str, str]]:
    rows = []
    if item.minimum_population:
        rows.append(("Kleine gebieden.", f"Gebruikt vanaf {dutch.number(item.minimum_population)} inwoners."))
    if item.breaks:
        limits = [dutch.number(limit, item.decimals) for limit in item.breaks]
        rows.append(("Klassengrenzen op de kaart.", f"{dutch.listing(limits)}."))
    if item.range:
        low, high = (dutch.number(limit, item.decimals) for limit in item.range)
        rows.append(("Grenzen bij het inlezen.", f"Van {low} tot en met {high}; wat erbuiten ligt, wordt geweigerd."))
    return rows


def _source_rows(item: Indicator, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What each publisher did; one row per text."""
    seen: dict[str, str] = {}
    for column in item.columns:
        source = catalogue.sources[column.source]
        seen.setdefault(source.method, f"{source.short}: {source.method} {source.licence}.")
    return [("Wat de uitgever deed.", text) for text in seen.values()]


def _columns(item: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    rows = [(catalogue.sources[column.source].title, *_column_words(column)) for column in item.columns]
    frame = pd.DataFrame(rows, columns=["Bron", "Kolom bij de uitgever", "Omrekening", _OTHER])
    return frame if frame[_OTHER].any() else frame.drop(columns=_OTHER)


def _column_words(column: Column) -> tuple[str, str, str]:
    factor = (
        ""
        if column.factor == 1
        else f" maal {dutch.number(column.factor, 0 if column.factor == int(column.factor) else 4)}"
    )
    sum_ = f"gedeeld door {column.per}{factor}" if column.per else (factor.strip() or "zoals gepubliceerd")
    return column.column, sum_, "; ".join(f"{year}: {name}" for year, name in column.editions.items())
