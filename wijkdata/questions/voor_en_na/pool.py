"""Which areas are compared with: who may, who is nearest, and what is known about each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.candidates import Candidates, LeftOut, candidates
from wijkdata.analysis.impact.clusters import design_effect, intraclass
from wijkdata.analysis.impact.matching import nearest
from wijkdata.analysis.impact.neighbours import neighbours, ring, without_boundary
from wijkdata.analysis.impact.panel import Panel
from wijkdata.areas import Level, is_fictional, municipality_of, wijk_of
from wijkdata.catalogue import load as load_catalogue
from wijkdata.questions.shared import activities
from wijkdata.questions.shared.answer import PILLAR
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.voor_en_na import measurements, subjects
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.measurements import Measurements
from wijkdata.questions.voor_en_na.programmes import placed
from wijkdata.questions.voor_en_na.refusals import FEWEST_DONORS
from wijkdata.reference.programmes import programmes
from wijkdata.store.monitor import borders, queries
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# The nearest are enough: 199 for one area, so that each serves as a placebo once and p can be as small as 1 / 200; three for
# each treated area when there are more, and at least 80 (in the simulation larger pools were no surer and less alike).
ONE, FEW, PER_AREA = 199, 80, 3
# One class of urbanity apart is alike; more only where there would otherwise be too few to answer at all, and it is said.
CLASSES = (1, 2, 4)


@dataclass(frozen=True)
class Ring:
    """The areas that share a border with the treated, and the treated of which no boundary is known."""

    areas: frozenset[str]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Nearby:
    """The pool: codes, those nearest to any treated area first; the distance of each to the treated area it resembles most; and
    who was left out. classes: of urbanity they may differ. shared: the part of a change that lies between gemeenten, 0-1."""

    codes: tuple[str, ...]
    distance: dict[str, float]
    found: Candidates
    structure: pd.DataFrame
    ring: Ring
    classes: int
    shared: float = 0.0


def pool(
    monitor: Monitor,
    case: Case,
    excluded: dict[str, str],
    put_out: tuple[str, ...],
) -> Nearby:
    """The donors of the treated: allowed, complete, and nearest on the path before the start (without the measurement they were
    selected by) and on structure, each treated area its own in turn.

    excluded: code -> LeftOut, where something else is known to have run. put_out: left out by hand.
    """
    figures = case.figures
    structure = measurements.context(monitor, case.level, subjects.first_year(case.intervention.begin) - 1)
    beside = ring_of(monitor, case.level, tuple(area.code for area in case.intervention.areas))
    reasons = (
        dict.fromkeys(figures.few, str(LeftOut.SMALL))
        | dict.fromkeys(beside.areas, str(LeftOut.ADJACENT))
        | excluded
        | dict.fromkeys(put_out, str(LeftOut.PUT_OUT))
    )
    whole = measurements.complete(figures.values)
    for classes in CLASSES:
        found = candidates(structure, figures.used, reasons, whole, classes=classes)
        if len(found.kept) >= FEWEST_DONORS:
            break
    if not found.kept or len(case.before) < 2:
        return Nearby((), {}, found, structure, beside, classes)
    units = [*figures.used, *found.kept]
    treated = np.arange(len(units)) < len(figures.used)
    before = figures.values.loc[units, case.before].to_numpy()
    size = ONE if len(figures.used) == 1 else max(FEW, PER_AREA * len(figures.used))
    table = nearest(before, case.before, units, treated, structure, size, case.matched_without).table
    order = _in_turn(table).head(size)
    return Nearby(tuple(order.index), order.to_dict(), found, structure, beside, classes, _shared(case, found.kept))


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
    """Which part of the change from before to after lies between gemeenten, over every area that may be compared."""
    values = case.figures.values.loc[list(codes)]
    change = values[case.after].mean(axis=1) - values[case.before].mean(axis=1)
    return intraclass(change.to_numpy(), [municipality_of(code) or "" for code in codes])


def together(near: Nearby, codes: tuple[str, ...]) -> float:
    """How many times as far `codes` move as so many areas from everywhere, because gemeenten move as a whole: at least 1.

    On real wijken (Leefbaarometer, three of one gemeente, nothing done) chance was else called a difference twice as often as it
    may.
    """
    return float(np.sqrt(design_effect([municipality_of(code) or "" for code in codes], near.shared)))


def panel(figures: Measurements, donors: tuple[str, ...], first_after: int) -> Panel:
    """The treated and their donors as a panel with one start."""
    units = [*figures.used, *donors]
    start = np.full(len(units), len(figures.years))
    start[: len(figures.used)] = sum(year < first_after for year in figures.years)
    return Panel(figures.values.loc[units].to_numpy(dtype=float), tuple(units), figures.years, start)


def elsewhere(
    register: Register, monitor: Monitor, level: Level, topic: str, own: frozenset[str], years: tuple[int, ...]
) -> dict[str, str]:
    """Areas where something for the same pillar began within the window, or a programme did: no honest comparison.

    own: the treated areas. years: the window. Returns code -> LeftOut.
    """
    first, last = years[0], years[-1]
    codes = queries.areas(monitor, level)["code"]
    pillar = topic.removeprefix(PILLAR) if topic.startswith(PILLAR) else load_catalogue().indicators[topic].pillar
    frame = activities.activities(register)
    began = frame[frame["ran"] & frame["begin"].dt.year.between(first, last)]
    same = [not pillars or pillar is None or pillar in pillars for pillars in began["pillars"]]
    places = {areas for areas, wanted in zip(began["areas"], same, strict=True) if wanted}
    # Only where the register says which wijk: what runs in a whole gemeente runs in all of its wijken alike.
    named = {tuple(code for code in areas if not code.startswith("GM")) for areas in places} - {()}
    found = {
        str(code): str(LeftOut.EVER_TREATED) for areas in named for code in codes if activities.belongs(areas, code)
    }
    fictional = any(is_fictional(code) for code in own)
    for programme in programmes(fictional).values():
        if first <= programme.begin_year <= last:
            covered = set(placed(monitor, programme.id).codes())
            found |= {str(code): str(LeftOut.SAME_PROGRAMME) for code in codes if {code, wijk_of(code)} & covered}
    return {code: reason for code, reason in found.items() if code not in own}


@kept(64)
def ring_of(monitor: Monitor, level: Level, codes: tuple[str, ...]) -> Ring:
    """The ring round these areas."""
    found = neighbours(borders.place_boundaries(monitor, level, close=True), of=codes)
    return Ring(ring(codes, found), without_boundary(codes, found))
