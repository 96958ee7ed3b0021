"""How much of an area lies in another: borders of two divisions laid over each other."""

import numpy as np
import pandas as pd
import shapely

COLUMNS = ["code_from", "code_to", "share_from", "share_to", "alike"]
# A touch along a drawn border is no overlap: both shares below this are left out.
_NOTHING = 0.005


def overlap(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """Find every pair of areas that overlap.

    before, after: code -> geometry in one plane, in metres. Returns code_from, code_to, share_from (part of the first area
    that lies in the second), share_to (part of the second that lies in the first), alike (intersection over union); all
    three from 0 to 1.
    """
    if before.empty or after.empty:
        return pd.DataFrame({name: pd.Series(dtype=object if "code" in name else float) for name in COLUMNS})
    one, two = before.to_numpy(dtype=object), after.to_numpy(dtype=object)
    left, right = shapely.STRtree(two).query(one, predicate="intersects")
    sizes_one, sizes_two = shapely.area(one), shapely.area(two)
    common = _common(one, two, left, right, sizes_one)
    with np.errstate(divide="ignore", invalid="ignore"):
        frame = pd.DataFrame(
            {
                "code_from": before.index.to_numpy()[left],
                "code_to": after.index.to_numpy()[right],
                "share_from": common / sizes_one[left],
                "share_to": common / sizes_two[right],
                "alike": common / (sizes_one[left] + sizes_two[right] - common),
            }
        ).fillna(0.0)
    kept = (frame["share_from"] > _NOTHING) | (frame["share_to"] > _NOTHING)
    return frame[kept].reset_index(drop=True)


def _common(one: np.ndarray, two: np.ndarray, left: np.ndarray, right: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Measure each intersection. Areas that were not redrawn are not cut: that is most of the country and most of the time."""
    same = shapely.equals_exact(one[left], two[right], tolerance=0.0)
    common = np.zeros(len(left))
    common[same] = sizes[left[same]]
    # A neighbour of an area that was not redrawn only touches it.
    settled = np.isin(left, left[same]) | np.isin(right, right[same])
    cut = ~same & ~settled
    common[cut] = shapely.area(shapely.intersection(one[left[cut]], two[right[cut]]))
    return common
