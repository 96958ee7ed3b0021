"""The numbers of the figure "van kwetsbaar naar weerbaar": points, paths, and the line of what fits a vulnerability."""

import pandas as pd

from wijkdata.analysis.peers import URBANITY
from wijkdata.analysis.resilience import ExpectedResilience, expected_resilience
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue
from wijkdata.questions.overzicht.answer import Moves, PathFigure
from wijkdata.questions.shared import changes, scores, subjects
from wijkdata.questions.shared import places as shared_places
from wijkdata.questions.shared.memory import kept
from wijkdata.store.monitor.versions import Monitor

# Areas that are drawn and not judged: too few residents, or nobody knows how many.
NOT_JUDGED = ("few_residents", "residents_unknown")


def path_figure(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level) -> PathFigure | None:
    """Return the figure of one gemeente. None when there is no year in which the whole path set was measured there, and
    while nobody's number of residents is known: which areas count depends on it."""
    fictional = is_fictional(municipality)
    areas = shared_places.all_areas(monitor, level)
    areas = areas[areas["municipality"] == municipality]
    if areas["population"].isna().all():
        return None
    path = _pair(monitor, level, fictional, "path_x", "path_y")
    own = path[path["code"].isin(areas.index)]
    years = _years(own)
    if not years:
        return None
    year = years[-1]
    wide = _pair(monitor, level, fictional, "x", "y")
    x_set, everybody = _choose_set(
        wide[wide["period"] == year], own[own["period"] == year], path[path["period"] == year]
    )
    here = everybody[everybody["code"].isin(areas.index)].set_index("code")
    urbanity = subjects.newest(monitor, URBANITY, level)
    line = _line(everybody, urbanity)
    usual = _usual(urbanity.reindex(here.index[~here["small"]]), line)
    judged = _judged(monitor, level, fictional, years)
    points = _points(here, areas, line, own, years).pipe(_with_verdicts, judged)
    details = scores.figure_scores(monitor, level, fictional, x_set).details
    return PathFigure(
        points=points,
        trails=_trails(own, points, years),
        intercept=line.intercepts.get(usual, line.intercept) if line else None,
        slope=line.slope if line else None,
        urbanity=usual,
        correlation=line.correlation if line else None,
        residual_sd=line.residual_sd if line else None,
        n_reference=line.n if line else 0,
        year=year,
        years=years,
        x_set=x_set,
        x_words=tuple(catalogue.indicators[name].short for name in getattr(catalogue.figure, x_set)),
        y_words=tuple(catalogue.indicators[name].short for name in catalogue.figure.y),
        y_name=_y_name(catalogue),
        country=_country(judged),
        x_measured=_measured(details, getattr(catalogue.figure, x_set), here.index, year),
        without_x=int((~own.loc[own["period"] == year, "code"].isin(here.index)).sum()),
        base_year=_base_year(catalogue, x_set),
        level=level,
    )


@kept(8)
def _pair(monitor: Monitor, level: Level, fictional: bool, x: str, y: str) -> pd.DataFrame:
    """Areas and years with a place on both axes: code, period, x, y (positions), small (few residents: no score)."""
    columns = ["code", "period", "position", "reason"]
    left = scores.figure_scores(monitor, level, fictional, x).table.reindex(columns=columns)
    right = scores.figure_scores(monitor, level, fictional, y).table.reindex(columns=columns)
    both = left.merge(right, on=["code", "period"], suffixes=("_x", "_y"))
    both = both.rename(columns={"position_x": "x", "position_y": "y"}).dropna(subset=["x", "y"])
    return both.assign(small=both["reason_x"].isin(NOT_JUDGED) | both["reason_y"].isin(NOT_JUDGED))[
        ["code", "period", "x", "y", "small"]
    ]


def _years(own: pd.DataFrame) -> tuple[int, ...]:
    """The years in which the whole path set was measured in most areas that have it in some year."""
    n = own.groupby("period")["code"].nunique()
    return tuple(int(year) for year in n.index[2 * n >= n.max()]) if len(n) else ()


def _choose_set(wide: pd.DataFrame, own: pd.DataFrame, path: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """The wider set where at least half of the own areas have it, else the path set (and the screen says so)."""
    have = own["code"].isin(wide["code"]).sum()
    return ("x", wide) if have and 2 * have >= len(own) else ("path_x", path)


def _line(everybody: pd.DataFrame, urbanity: pd.Series) -> ExpectedResilience | None:
    """The lines over all areas with enough residents, one per class of urbanity: the real ones, or for the example its own.

    A city has less cohesion than a village that is as vulnerable; without this every wijk of a city lies under the line.
    """
    scored = everybody[~everybody["small"]].set_index("code")
    return expected_resilience(scored["x"], scored["y"], group=urbanity)


def _usual(urbanity: pd.Series, line: ExpectedResilience | None) -> int | None:
    """The class of urbanity of most areas here, when it has a line of its own: that line is drawn."""
    most = urbanity.mode()
    return int(most.iloc[0]) if line and len(most) and most.iloc[0] in line.intercepts else None


def _judged(
    monitor: Monitor, level: Level, fictional: bool, years: tuple[int, ...]
) -> tuple[changes.Judged, changes.Judged] | None:
    """What all areas did on both axes over the years of the paths; None with one year."""
    if len(years) < 2:
        return None
    x, y = (
        changes.judged(monitor, changes.SET + axis, level, fictional, years[0], years[-1])
        for axis in ("path_x", "path_y")
    )
    return x, y


def _with_verdicts(points: pd.DataFrame, judged: tuple[changes.Judged, changes.Judged] | None) -> pd.DataFrame:
    if judged is None:
        return points.assign(verdict_x=None, verdict_y=None)
    x, y = (points["code"].map(one.verdicts) for one in judged)
    # An area that had few residents in the first year has a trail and no change to speak of.
    moved = x.notna() & y.notna() & points["change_x"].notna() & points["change_y"].notna()
    return points.assign(
        verdict_x=x.where(moved),
        verdict_y=y.where(moved),
        change_x=points["change_x"].where(moved),
        change_y=points["change_y"].where(moved),
    )


def _country(judged: tuple[changes.Judged, changes.Judged] | None) -> Moves | None:
    """What all areas did; None with one year, and where the areas are not the country."""
    if judged is None or pd.isna(judged[0].whole):
        return None
    both = pd.concat([one.verdicts for one in judged], axis="columns", keys=["x", "y"]).dropna()
    return Moves.of(both["x"], both["y"])


def _y_name(catalogue: Catalogue) -> str:
    """What the second axis is of, in a sentence: of one indicator its subject, else the pillar."""
    items = [catalogue.indicators[name] for name in catalogue.figure.y]
    pillar = catalogue.pillars[items[0].pillar or ""]
    return pillar.word(items[0].theme or "") if len(items) == 1 else pillar.short.lower()


def _points(
    here: pd.DataFrame,
    areas: pd.DataFrame,
    line: ExpectedResilience | None,
    own: pd.DataFrame,
    years: tuple[int, ...],
) -> pd.DataFrame:
    """One row per area; see PathFigure.points. `state` is filled in when it is known who asks for attention."""
    points = here[["x", "y", "small"]].join(areas[["name", "population"]])
    known = ["expected", "residual", "standardised"]
    distance = line.table.set_index("code")[known] if line else pd.DataFrame(columns=known, dtype=float)
    points = points.join(distance)
    first, last = (own[own["period"] == year].set_index("code") for year in (years[0], years[-1]))
    moved = last[["x", "y"]] - first[["x", "y"]]
    if len(years) < 2:
        moved = moved * float("nan")
    moved = moved.reindex(points.index).mask(points["small"])
    points = points.assign(change_x=moved["x"], change_y=moved["y"], state="")
    return points.rename_axis("code").reset_index()


def _trails(own: pd.DataFrame, points: pd.DataFrame, years: tuple[int, ...]) -> pd.DataFrame:
    """The path of each area with enough residents, moved so that it ends in its point. Nothing is interpolated."""
    path = own[own["period"].isin(years) & ~own["small"]]
    end = path[path["period"] == years[-1]].set_index("code")[["x", "y"]]
    places = points.set_index("code")
    shift = (places[["x", "y"]] - end).dropna().loc[lambda frame: ~places["small"].reindex(frame.index)]
    path = path[path["code"].isin(shift.index)]
    path = path[path.groupby("code")["period"].transform("size") > 1]
    by = shift.reindex(path["code"]).to_numpy(dtype=float)
    moved = path.assign(x=path["x"] + by[:, 0], y=path["y"] + by[:, 1])
    return moved[["code", "period", "x", "y"]].sort_values(["code", "period"], ignore_index=True)


def _measured(
    details: pd.DataFrame, indicators: tuple[str, ...], codes: pd.Index, year: int
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """In which years the figures behind the x-axis were really measured: indicator id, years."""
    details = details[(details["period"] == year) & details["code"].isin(codes)]
    periods = details.groupby("indicator")["used_period"].unique()
    return tuple((name, tuple(sorted(int(period) for period in periods.get(name, ())))) for name in indicators)


def _base_year(catalogue: Catalogue, x_set: str) -> int | None:
    years = {catalogue.indicators[name].reference_year for name in getattr(catalogue.figure, x_set)}
    return years.pop() if len(years) == 1 else None
