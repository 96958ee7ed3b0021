"""Which areas are compared with: who may, who is nearest, and what is known about each."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.candidates import Candidates, LeftOut, candidates
from wijkdata.analysis.impact.clusters import design_effect, intraclass
from wijkdata.analysis.impact.matching import nearest
from wijkdata.analysis.impact.neighbours import neighbours, ring, without_boundary
from wijkdata.analysis.impact.panel import Panel
from wijkdata.areas import Level, level_of, municipality_of, wijk_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared import activities
from wijkdata.questions.shared import places as shared_places
from wijkdata.questions.shared.answer import PILLAR
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.shared.programmes import placed
from wijkdata.questions.voor_en_na import measurements, subjects
from wijkdata.questions.voor_en_na.answer import Intervention
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.measurements import Measurements
from wijkdata.questions.voor_en_na.refusals import FEWEST_DONORS
from wijkdata.reference.programmes import programmes
from wijkdata.store.monitor import borders
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# The nearest are enough: 199 for one area, so that each serves as a placebo once and p can be as small as 1 / 200; three for
# each treated area when there are more, and at least 80 (in the simulation larger pools were no surer and less alike).
ONE, FEW, PER_AREA = 199, 80, 3
# One class of urbanity apart is alike; more only where there would otherwise be too few to answer at all, and `cautions` then tells.
CLASSES = (1, 2, 4)


@dataclass(frozen=True)
class Ring:
    """The areas that share a border with the treated, and the treated of which no boundary is known."""

    areas: frozenset[str]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class DonorPool:
    """The areas compared with: codes, those nearest to any treated area first; the distance of each to the treated area it
    resembles most; and who was left out. classes: of urbanity they may differ. shared: the part of a change that lies between
    gemeenten, 0-1."""

    codes: tuple[str, ...]
    distance: dict[str, float]
    candidates: Candidates
    structure: pd.DataFrame
    ring: Ring
    classes: int
    shared: float = 0.0


def pool(
    monitor: Monitor, case: Case, also_treated: Mapping[str, str], excluded: tuple[tuple[str, str], ...] = ()
) -> DonorPool:
    """The donors of the treated: allowed, complete, and nearest on the path before the start (without the measurement they were
    selected by) and on structure, each treated area its own in turn.

    also_treated: code -> LeftOut, where something else ran (`elsewhere`). excluded: (code, reason) left out by hand.
    """
    figures = case.figures
    structure = measurements.context(monitor, case.level, subjects.first_year(case.intervention.begin) - 1)
    ring = ring_of(monitor, case.level, tuple(area.code for area in case.intervention.areas))
    reasons = (
        dict.fromkeys(figures.few, str(LeftOut.SMALL))
        | dict.fromkeys(ring.areas, str(LeftOut.ADJACENT))
        | dict(also_treated)
        | dict.fromkeys(dict(excluded), str(LeftOut.BY_HAND))
    )
    complete = measurements.complete(case.with_selection.values)
    for classes in CLASSES:
        allowed = candidates(structure, figures.used, reasons, complete, classes=classes)
        if len(allowed.kept) >= FEWEST_DONORS:
            break
    if not allowed.kept or len(case.before) < 2:
        return DonorPool((), {}, allowed, structure, ring, classes)
    order = _nearest(case, allowed.kept, structure)
    shared = _shared(case, allowed.kept)
    return DonorPool(tuple(order.index), order.to_dict(), allowed, structure, ring, classes, shared)


def _nearest(case: Case, allowed: tuple[str, ...], structure: pd.DataFrame) -> pd.Series:
    """code -> distance, of as many as are compared with."""
    used = case.figures.used
    units = [*used, *allowed]
    treated = np.arange(len(units)) < len(used)
    before = case.figures.values.loc[units, case.before].to_numpy()
    size = ONE if len(used) == 1 else max(FEW, PER_AREA * len(used))
    table = nearest(before, case.before, units, treated, structure, size, case.matched_without).table
    return _in_turn(table).head(size)


def _in_turn(table: pd.DataFrame) -> pd.Series:
    """code -> distance to its nearest treated area: the nearest of every treated area first, then everybody's second, and so on.

    The nearest of all together would be look-alikes of whichever treated area is the most ordinary. Those resemble each
    other, so sets of them differ less than the treated do, and chance is called a difference: on real wijken (Leefbaarometer,
    five at random, nothing done) in 17 to 20 % of cases instead of 5.
    """
    turn = table.assign(turn=table.groupby("treated").cumcount())
    best = turn.groupby("code").agg(turn=("turn", "min"), distance=("distance", "min"))
    return best.sort_values(["turn", "distance"], kind="stable")["distance"]


def _shared(case: Case, codes: tuple[str, ...]) -> float:
    """Which part of the change from before to after lies between gemeenten, over every area that may be compared; 0 where nothing
    was measured after."""
    if not case.after:
        return 0.0
    values = case.figures.values.loc[list(codes)]
    change = values[case.after].mean(axis=1) - values[case.before].mean(axis=1)
    return intraclass(change.to_numpy(), [municipality_of(code) or "" for code in codes])


def together(donors: DonorPool, codes: tuple[str, ...]) -> float:
    """How many times as far `codes` move as so many areas from everywhere, because gemeenten move as a whole: at least 1.

    On real wijken (Leefbaarometer, three of one gemeente, nothing done) the false-positive rate was otherwise twice the
    nominal 5 %.
    """
    return float(np.sqrt(design_effect([municipality_of(code) or "" for code in codes], donors.shared)))


def panel(figures: Measurements, donors: tuple[str, ...], first_after: int) -> Panel:
    """The treated and their donors as a panel with one start."""
    units = [*figures.used, *donors]
    start = np.full(len(units), len(figures.years))
    start[: len(figures.used)] = sum(year < first_after for year in figures.years)
    return Panel(figures.values.loc[units].to_numpy(dtype=float), tuple(units), figures.years, start)


def elsewhere(
    register: Register, monitor: Monitor, intervention: Intervention, topic: str, years: tuple[int, ...]
) -> dict[str, str]:
    """Areas where something for the same pillar began within the window, or a programme did: no honest comparison.

    years: the window. Returns code -> LeftOut, without the treated themselves.
    """
    codes = [str(code) for code in shared_places.all_areas(monitor, intervention.level).index]
    treated = _in_activities(register, monitor.catalogue, codes, topic, years) | _in_programmes(
        monitor, codes, intervention, years
    )
    own = {area.code for area in intervention.areas}
    return {code: reason for code, reason in treated.items() if code not in own}


def _in_activities(
    register: Register, catalogue: Catalogue, codes: list[str], topic: str, years: tuple[int, ...]
) -> dict[str, str]:
    pillar = topic.removeprefix(PILLAR) if topic.startswith(PILLAR) else catalogue.indicators[topic].pillar
    frame = activities.activities(register)
    began = frame[frame["ran"] & frame["begin"].dt.year.between(years[0], years[-1])]
    same = [not pillars or pillar is None or pillar in pillars for pillars in began["pillars"]]
    places = {areas for areas, wanted in zip(began["areas"], same, strict=True) if wanted}
    # Only where the register says which wijk: what runs in a whole gemeente runs in all of its wijken alike.
    named = {tuple(code for code in areas if level_of(code) is not Level.GEMEENTE) for areas in places} - {()}
    return {code: str(LeftOut.EVER_TREATED) for areas in named for code in codes if activities.belongs(areas, code)}


def _in_programmes(
    monitor: Monitor, codes: list[str], intervention: Intervention, years: tuple[int, ...]
) -> dict[str, str]:
    inside: set[str] = set()
    for programme in programmes(intervention.fictional).values():
        if years[0] <= programme.begin_year <= years[-1]:
            covered = set(placed(monitor, programme.id).codes())
            inside |= {code for code in codes if {code, wijk_of(code)} & covered}
    return dict.fromkeys(sorted(inside), str(LeftOut.SAME_PROGRAMME))


@kept(64)
def ring_of(monitor: Monitor, level: Level, codes: tuple[str, ...]) -> Ring:
    """The ring round these areas."""
    borders_of = neighbours(borders.place_boundaries(monitor, level, close=True), of=codes)
    return Ring(ring(codes, borders_of), without_boundary(codes, borders_of))
