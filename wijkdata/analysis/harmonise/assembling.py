"""Divisions from frames: what publishers say of the areas of each year, their inhabitants and their borders."""

import numpy as np
import pandas as pd
import shapely

from wijkdata.analysis.harmonise.divisions import COLUMNS, Division

# Metres per degree at 52.2 degrees north, precise enough for shares of one area in another.
_METRES = np.array([68_300.0, 111_250.0])
_SHAPES_AT_ONCE = 500


def assembled(areas: pd.DataFrame, people: pd.DataFrame, borders: pd.DataFrame) -> list[Division]:
    """Make the divisions of one level, oldest first; of one year the one with whole gemeenten last.

    areas: code, municipality, division, whole, name, change, water. people: code, division, whole, indicator (inwoners or
    dichtheid), period, value. borders: code, division, whole, wkb (WGS84).
    """
    frame = areas.merge(_people(people), on=["code", "division", "whole"], how="left")
    # Plain objects, because thousands of look-ups in Arrow text take seconds.
    frame = frame.astype({"code": object, "municipality": object, "name": object})
    frame["name"] = frame["name"].where(frame["name"].notna(), None)
    known = []
    for (year, whole), group in frame.groupby(["division", "whole"]):
        drawn = borders[(borders["division"] == year) & (borders["whole"] == whole)]
        listed = group.set_index("code").assign(water=group["water"].fillna(False).to_numpy(dtype=bool))[COLUMNS]
        listed["change"] = listed["change"].astype(float)
        known.append(Division(int(year), listed, _in_metres(drawn), bool(whole)))
    return known


def _people(rows: pd.DataFrame) -> pd.DataFrame:
    """Make code, division, whole, inhabitants, land (hectares) of the year nearest to the division."""
    if rows.empty:
        return pd.DataFrame(columns=["code", "division", "whole", "inhabitants", "land"]).astype(
            {"code": object, "division": "int32", "whole": bool, "inhabitants": float, "land": float}
        )
    keys = ["code", "division", "whole"]
    wide = rows.pivot_table(index=[*keys, "period"], columns="indicator", values="value").reset_index()
    wide = wide.reindex(columns=[*keys, "period", "inwoners", "dichtheid"])
    distance = (wide["period"] - wide["division"]).abs()
    nearest = wide.assign(distance=distance).sort_values("distance", kind="stable").drop_duplicates(keys)
    land = nearest["inwoners"] / nearest["dichtheid"].where(nearest["dichtheid"] > 0) * 100
    return nearest.assign(inhabitants=nearest["inwoners"], land=land)[[*keys, "inhabitants", "land"]]


def _in_metres(drawn: pd.DataFrame) -> pd.Series:
    """Convert borders to code -> valid geometry in metres, some at a time: those of the country are large."""
    shapes = np.empty(len(drawn), dtype=object)
    for start in range(0, len(drawn), _SHAPES_AT_ONCE):
        some = slice(start, start + _SHAPES_AT_ONCE)
        given = shapely.from_wkb([bytes(wkb) for wkb in drawn["wkb"].iloc[some]])
        flat = shapely.transform(np.asarray(given, dtype=object), lambda points: points * _METRES)
        broken = ~shapely.is_valid(flat)
        flat[broken] = shapely.make_valid(flat[broken])
        shapes[some] = flat
    return pd.Series(shapes, index=drawn["code"].to_numpy(dtype=object), dtype=object)
