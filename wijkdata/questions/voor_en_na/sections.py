"""What stands round the answer: what the figures rest on, the pool and the balance as the screen shows them, the source line."""

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.impact.balance import MEASUREMENT, SLOPE, STRUCTURE, Balance
from wijkdata.analysis.impact.effect import Effect
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared import activities, places, provenance
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.voor_en_na import words
from wijkdata.questions.voor_en_na.answer import ACTIVITY, Compared, Intervention, LeftOut, Pool, decimals
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.measurements import LEFT_OUT_WORDS
from wijkdata.questions.voor_en_na.pool import Nearby
from wijkdata.record.fields import ACTIVITY as ACTIVITY_TABLE
from wijkdata.record.fields import tables, word
from wijkdata.store.monitor import linked
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

METHODS = {
    "sdid": "Synthetische verschil-in-verschil",
    "sc": "Synthetische controle",
    "difp": "Synthetische controle op veranderingen",
    "did": "Verschil-in-verschil",
}
# Above half a percent a weight is worth naming.
WORTH_NAMING = 0.005
# An intervention in dwellings or public space: a score computed from those moves by itself.
BUILDS = "fysiek"
# A code that was recoded or whose border moved, as the publisher flags it.
CHANGES = {2: "de code veranderde", 3: "de grens is verlegd"}
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
    found = linked.area_changes(monitor, [area.code for area in intervention.areas])
    inside = found[(found["division"] > years[0]) & (found["division"] <= years[-1]) & found["change"].isin(CHANGES)]
    return {row.code: f"{CHANGES[int(row.change)]} in {int(row.division)}" for row in inside.itertuples()}


def evidence(refused: bool) -> tuple[str, str]:
    """The step of the evidence ladder that this page reaches: (code, words)."""
    step = COUNTED if refused else WITH_COMPARISON
    return step, word(tables()[ACTIVITY_TABLE].field("evidence"), step)


def source(
    monitor: Monitor,
    catalogue: Catalogue,
    case: Case,
    found: Effect | None,
) -> str:
    """The source line: publisher, years, n, and how it was compared (None: it was not)."""
    topic = case.topic
    rows = provenance.coverage(monitor, case.intervention.fictional)
    rows = rows[(rows["level"] == case.level) & rows["period"].isin(case.figures.years)]
    if topic.pillar:
        pillar = topic.id.split(":")[1]
        ids = [item.id for item in catalogue.of_pillar(pillar) if item.role == "score"]
    else:
        ids = [topic.id]
    used = rows[rows["indicator"].isin(ids)]
    made = provenance.source_text(catalogue, used) if len(used) else "geen"
    n = dutch.n_of(sum(area.used for area in case.intervention.areas), case.level.value, case.level.plural)
    if found is None:
        return f"Bron: {made}; bewerking wijkdata. Eenheid: {topic.unit}. {n}."
    beside = dutch.count(len(found.donors), case.level.value, case.level.plural)
    placebos = " met placebo’s" if found.inference.placebos else ""
    return (
        f"Bron: {made}; bewerking wijkdata. Eenheid: {topic.unit}. {n} en {beside} om mee te vergelijken. "
        f"{METHODS[found.method]}{placebos}."
    )


def pool_of(
    monitor: Monitor,
    level: Level,
    near: Nearby,
    found: Effect,
    balance: pd.DataFrame,
    put_out: tuple[tuple[str, str], ...],
) -> Pool:
    """The areas compared with, heaviest first, and those left out with the reason. balance: of `balance_table`."""
    names = places.all_areas(monitor, level)

    def compared(code: str, weight: float, reason: str = "") -> Compared:
        row = names.loc[code]
        return Compared(
            code, row["name"], str(row["municipality_name"]), weight, near.distance.get(code, float("nan")), reason
        )

    weights = dict(zip(found.donors, found.weights, strict=True))
    ordered = sorted(weights, key=lambda code: -weights[code])
    return Pool(
        areas=tuple(compared(code, float(weights[code])) for code in ordered),
        n=len(ordered),
        with_weight=int((found.weights > WORTH_NAMING).sum()),
        left_out=tuple(LeftOut(key, LEFT_OUT_WORDS.get(key, key), n) for key, n in near.found.counts.items()),
        put_out=tuple(compared(code, 0.0, reason) for code, reason in put_out if code in names.index),
        balance=balance,
    )


def balance_table(made: Balance, topic: Topic, catalogue: Catalogue) -> pd.DataFrame:
    """The balance with Dutch names: feature, unit, decimals, treated, comparison, difference, flagged."""
    table = made.table
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
    # "Auto's per huishouden" has said its unit already.
    return "" if item is None or item.short.lower().endswith(item.unit) else item.unit


def _decimals(kind: str, name: str, topic: Topic, catalogue: Catalogue) -> int:
    """One more than single figures have: these are means."""
    if kind in (MEASUREMENT, SLOPE):
        return decimals(topic)
    item = catalogue.indicators.get(name)
    return 1 if item is None else 0 if item.unit.startswith("inwoners") else item.decimals + 1


def _feature(kind: str, name: str, catalogue: Catalogue) -> str:
    if kind == MEASUREMENT:
        return f"meting {name}"
    if kind == SLOPE:
        return "verandering per jaar vóór de start"
    return catalogue.indicators[name].short if name in catalogue.indicators else name


def unlike_words(made: Balance, catalogue: Catalogue) -> list[str]:
    """The structure features in which the areas differ."""
    table = made.table[made.table["unlike"] & ~made.table["kind"].isin([MEASUREMENT, SLOPE])]
    return [_feature(STRUCTURE, name, catalogue).lower() for name in table["feature"]]


def description(found: Effect, topic: Topic, intervention: Intervention) -> str:
    """The chart in words."""
    spoken = words.scale(topic)
    parts = [
        f"{year}: {spoken.said(mine)} naast {spoken.said(beside)}"
        for year, mine, beside in zip(found.times, found.treated, found.comparison, strict=True)
    ]
    return (
        f"{topic.label} in {words.where(intervention, capital=False)} naast wat er anders gebeurd zou zijn, op basis van "
        f"{len(found.donors)} vergelijkbare {intervention.level.plural}. {'; '.join(parts)}. Het verschil na de start is "
        f"gemiddeld {spoken.with_unit(found.estimate, True)}."
    )
