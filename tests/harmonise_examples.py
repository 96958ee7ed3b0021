"""Made divisions: squares on a grid, with what a publisher may say of each area."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely

from wijkdata.analysis.harmonise.divisions import COLUMNS, Division

# One cell of the grid is a square kilometre: 100 hectares.
CELL = 1_000.0
NAN = float("nan")

Area = dict[str, object]


def area(
    code: str,
    name: str | None = None,
    box: tuple[float, float, float, float] | None = None,
    people: float = NAN,
    **facts: float,
) -> Area:
    """Make an area; box: west, south, east, north in cells, or None for an area without a border.

    facts: land (hectares), change (1, 2 or 3) and water, as far as they are known.
    """
    known = {"name": name, "inhabitants": people, "land": NAN, "change": NAN, "water": False, **facts}
    return {"code": code, "municipality": f"GM{code[2:6]}", "box": box, **known}


def division(year: int, *areas: Area, whole: bool = True) -> Division:
    """Make the division of a year with these areas."""
    frame = pd.DataFrame(areas, columns=["code", "box", *COLUMNS]).set_index("code")
    frame = frame.astype({"name": object, "inhabitants": float, "land": float, "change": float, "water": bool})
    drawn = {one["code"]: shapely.box(*np.array(one["box"]) * CELL) for one in areas if one["box"] is not None}
    return with_shapes(year, frame[COLUMNS], drawn, whole)


def with_shapes(year: int, areas: pd.DataFrame, drawn: dict[str, object], whole: bool = True) -> Division:
    """Make a division whose shapes are not squares."""
    return Division(year, areas, pd.Series(drawn, dtype=object), whole)


def triples(links: pd.DataFrame, klasses: Sequence[str] = "ABCDX?") -> set[tuple[str, str | None, str]]:
    """Return (from, to, class) of the links in these classes."""
    rows = links[links["klass"].isin(list(klasses))]
    targets = [None if pd.isna(code) else code for code in rows["code_to"]]
    return set(zip(rows["code_from"], targets, rows["klass"], strict=True))


def evidence(links: pd.DataFrame) -> set[str]:
    """Return the kinds of evidence of the links."""
    return set(links["evidence"])
