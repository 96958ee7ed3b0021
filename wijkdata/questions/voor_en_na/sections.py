"""The parts around an answer: what its figures rest on, the pool and the balance, the parts of the source line."""

from collections.abc import Collection

import pandas as pd

from wijkdata.analysis.impact.balance import MEASUREMENT, SLOPE, STRUCTURE, Balance
from wijkdata.analysis.impact.candidates import LeftOut
from wijkdata.analysis.impact.effect import Effect
from wijkdata.catalogue import Catalogue, UnitKind
from wijkdata.questions.shared import activities, places, provenance, unions
from wijkdata.questions.shared.answer import PILLAR, Topic, Union
from wijkdata.questions.voor_en_na.answer import (
    ACTIVITY,
    ComparedArea,
    ComparisonSource,
    EvidenceStep,
    Intervention,
    LeftOutCount,
    Pool,
    decimals,
)
from wijkdata.questions.voor_en_na.calculation import Calculation
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.measurements import LEFT_OUT_TEXTS
from wijkdata.record.fields import ACTIVITY as ACTIVITY_TABLE
from wijkdata.record.fields import tables, word
from wijkdata.store.monitor import linked, queries
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# Above half a percent a weight is worth naming.
WORTH_NAMING = 0.005
# An intervention in dwellings or public space: a score derived from those changes mechanically.
BUILDS = "fysiek"
# A code that was recoded or whose border moved, as the publisher flags it.
CHANGES = {2: "de code veranderde", 3: "de grens is verlegd"}
# Why there is no figure of a year in which the area had another border.
REDRAWN = ("border_changed", "other_area")
WITH_COMPARISON, COUNTED = "3", "1"


def builds(register: Register, intervention: Intervention) -> bool:
    """Whether the intervention itself changes dwellings or public space."""
    if intervention.kind != ACTIVITY:
        return False
    return bool(activities.activities(register).at[intervention.id, "kind"] == BUILDS)


def changed_areas(monitor: Monitor, topic: Topic, intervention: Intervention, years: tuple[int, ...]) -> dict[str, str]:
    """Treated areas that were recoded or redrawn within the window, when its figures come from several divisions.

    One release that puts its whole history on one division (the Leefbaarometer) needs no boundary work. Returns code ->
    `de grens is verlegd in 2019`.
    """
    if not years:
        return {}
    rows = provenance.coverage(monitor, intervention.fictional)
    mine = rows[(rows["indicator"] == topic.id) & (rows["level"] == intervention.level) & rows["period"].isin(years)]
    if mine["division"].nunique() < 2:  # a pillar score has no rows of its own
        return {}
    changes = linked.area_changes(monitor, [area.code for area in intervention.areas])
    within = (changes["division"] > years[0]) & (changes["division"] <= years[-1])
    inside = changes[within & changes["change"].isin(CHANGES)]
    return {row.code: f"{CHANGES[int(row.change)]} in {int(row.division)}" for row in inside.itertuples()}


def kept_together(
    monitor: Monitor, topic: Topic, intervention: Intervention, changed: Collection[str]
) -> tuple[Union, ...]:
    """Of a count: for each treated area whose border moved the areas with which it stayed the same together."""
    item = monitor.catalogue.indicators.get(topic.id)
    if item is None or item.over_areas != "sum":
        return ()
    rows = queries.observations(monitor, [topic.id], intervention.level)
    redrawn = {*changed, *rows.loc[rows["reason"].isin(REDRAWN), "code"]}
    each = [unions.of_area(monitor, area.code) for area in intervention.areas if area.code in redrawn]
    return tuple(one for one in each if one is not None)


def evidence(refused: bool) -> EvidenceStep:
    """The step of the evidence ladder that this page reaches."""
    step = COUNTED if refused else WITH_COMPARISON
    # The words of the register begin with the step.
    return EvidenceStep(step, word(tables()[ACTIVITY_TABLE].field("evidence"), step).removeprefix(step).strip())


def source(monitor: Monitor, catalogue: Catalogue, case: Case, effect: Effect | None) -> ComparisonSource:
    """The parts of the source line: publishers and years, n, and how it was compared (None: it was not)."""
    topic = case.topic
    rows = provenance.coverage(monitor, case.intervention.fictional)
    rows = rows[(rows["level"] == case.level) & rows["period"].isin(case.figures.years)]
    if topic.pillar:
        ids = [item.id for item in catalogue.of_pillar(topic.id.removeprefix(PILLAR)) if item.role == "score"]
    else:
        ids = [topic.id]
    rows = rows[rows["indicator"].isin(ids)]
    published, named = provenance.source_text(catalogue, rows), provenance.source_ids(rows)
    areas = len(case.intervention.used)
    if effect is None:
        return ComparisonSource(published, areas, ids=named)
    tried = effect.inference.placebos > 0
    return ComparisonSource(published, areas, len(effect.donors), effect.method, tried, named)


def pool_of(monitor: Monitor, calculation: Calculation, balance: pd.DataFrame) -> Pool:
    """The areas compared with, heaviest first, and those left out with the reason. balance: of `balance_table`."""
    effect, donors = calculation.effect, calculation.donors
    weights = dict(zip(effect.donors, effect.weights, strict=True))
    table = places.all_areas(monitor, calculation.case.level)
    table = table[table.index.isin({*weights, *(code for code, _ in calculation.excluded)})]
    # At once: a row taken from a table by its code costs a hundred times one of a list.
    names = dict(zip(table.index, zip(table["name"], table["municipality_name"].astype(str), strict=True), strict=True))

    def area(code: str, weight: float, excluded_because: str = "") -> ComparedArea:
        name, municipality_name = names[code]
        distance = donors.distance.get(code, float("nan"))
        return ComparedArea(code, name, municipality_name, weight, distance, excluded_because)

    ordered = sorted(weights, key=lambda code: -weights[code])
    counts = donors.candidates.counts.items()
    return Pool(
        areas=tuple(area(code, float(weights[code])) for code in ordered),
        n=len(ordered),
        with_weight=int((effect.weights > WORTH_NAMING).sum()),
        left_out=tuple(LeftOutCount(reason, LEFT_OUT_TEXTS[LeftOut(reason)], n) for reason, n in counts),
        excluded=tuple(area(code, 0.0, reason) for code, reason in calculation.excluded if code in names),
        balance=balance,
    )


def balance_table(balance: Balance, topic: Topic, catalogue: Catalogue) -> pd.DataFrame:
    """The balance with Dutch names: feature, unit, decimals, treated, comparison, difference, flagged."""
    table = balance.table
    kinds = list(zip(table["kind"], table["feature"], strict=True))
    return pd.DataFrame(
        {
            "feature": [_feature(kind, name, catalogue) for kind, name in kinds],
            "unit": [_unit(kind, name, topic, catalogue) for kind, name in kinds],
            "decimals": [_decimals(kind, name, topic, catalogue) for kind, name in kinds],
            "treated": table["treated"],
            "comparison": table["comparison"],
            "difference": table["smd"],
            "flagged": table["unlike"],
        }
    )


def _unit(kind: str, name: str, topic: Topic, catalogue: Catalogue) -> str:
    if kind in (MEASUREMENT, SLOPE):
        return topic.unit
    item = catalogue.indicators.get(name)
    # The unit is in the name: "Auto's per huishouden".
    return "" if item is None or item.short.lower().endswith(item.unit) else item.unit


def _decimals(kind: str, name: str, topic: Topic, catalogue: Catalogue) -> int:
    """One more than single figures have: these are means."""
    if kind in (MEASUREMENT, SLOPE):
        return decimals(topic)
    item = catalogue.indicators.get(name)
    return 1 if item is None else 0 if item.unit_kind is UnitKind.PEOPLE else item.decimals + 1


def _feature(kind: str, name: str, catalogue: Catalogue) -> str:
    if kind == MEASUREMENT:
        return f"meting {name}"
    if kind == SLOPE:
        return "verandering per jaar vóór de start"
    return catalogue.indicators[name].short if name in catalogue.indicators else name


def unlike_features(balance: Balance, catalogue: Catalogue) -> list[str]:
    """The names of the structure features in which the areas differ."""
    table = balance.table
    table = table[table["unlike"] & ~table["kind"].isin([MEASUREMENT, SLOPE])]
    return [_feature(STRUCTURE, name, catalogue).lower() for name in table["feature"]]
