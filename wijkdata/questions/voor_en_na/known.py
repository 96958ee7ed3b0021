"""What is known of a case beside its figures: how large the areas are, on what scale it is measured, what was aimed at."""

import math

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.judgement import Feature, Known, Scale
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.peers import FEATURES, POPULATION
from wijkdata.catalogue import UnitKind
from wijkdata.questions.voor_en_na.answer import ACTIVITY
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.pool import DonorPool
from wijkdata.record import aims
from wijkdata.store.participation.registers import Register

# Figures that begin at nothing move in proportion; everything else is a level.
SCALES = {
    UnitKind.PERCENT: Scale.SHARE,
    UnitKind.PER: Scale.COUNT,
    UnitKind.PER_THOUSAND: Scale.COUNT,
    UnitKind.PEOPLE: Scale.COUNT,
    UnitKind.EURO: Scale.COUNT,
}
# Three times as much of one of these as any of the others, or a third as little, and there is nobody like it; in logarithms.
_REACH, _THRICE = (POPULATION, "dichtheid"), math.log(3)


def known(register: Register, case: Case, donors: DonorPool, panel: Panel) -> Known:
    """What the verdict takes into account. panel: with the measurement of the selection."""
    structure = donors.structure.reindex(list(panel.units)).astype(float)
    years = case.with_selection.years
    selected = years.index(case.selected) if case.selected in years and case.selected < case.first_after else None
    return Known(
        selected=selected,
        scale=Scale.LEVEL if case.topic.signed else SCALES.get(case.topic.unit_kind, Scale.LEVEL),
        size=structure[POPULATION].to_numpy(),
        everyone=case.with_selection.values.loc[list(donors.candidates.kept)].to_numpy(dtype=float),
        features=tuple(Feature(name, _comparable(structure, name), _THRICE) for name in _REACH),
        yardstick=_aimed(register, case),
    )


def _comparable(structure: pd.DataFrame, name: str) -> np.ndarray:
    """A feature as it is compared: sizes and densities by their logarithm."""
    values = structure[name].to_numpy(dtype=float)
    return np.log(np.where(values > 0, values, np.nan)) if FEATURES[name] else values


def _aimed(register: Register, case: Case) -> float | None:
    """The size of the newest aim of the activity on this topic, None where none was set."""
    if case.intervention.kind != ACTIVITY:
        return None
    rows = register.frame("aim")
    rows = rows[(rows["activity_id"] == case.intervention.id) & (rows["indicator"] == case.topic.id)]
    rows = rows[rows["direction"].map(aims.SIGNS).fillna(0) != 0].sort_values("version")
    sizes = pd.to_numeric(rows["size"]).to_numpy(dtype=float)
    return float(sizes[-1]) if len(sizes) and sizes[-1] > 0 else None
