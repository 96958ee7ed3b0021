"""A small place for the map: a row of square wijken with figures, read in as any file is, and their borders beside them."""

import json
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.overview_examples import Row, monitor_of
from wijkdata.catalogue import load
from wijkdata.loading.figures import importer
from wijkdata.store.monitor.versions import Monitor, require

# The shipped reference of lbm3_soc, so that a table can speak of scores: score = 100 + 15 z when it stands alone.
MEAN, SD = 0.001801831515, 0.04781965511
PILLAR_MEAN_SD = 0.89675687
WEST, SOUTH, SIDE = 4.30, 52.05, 0.02


def wijk(number: int, municipality: str = "0518") -> str:
    return f"WK{municipality}{number:02d}"


def indicator(name: str, year: int, values: Mapping[str, float | str], residents: int = 5000) -> list[Row]:
    """One indicator in one year: code -> value (an empty text is a hidden figure); every area gets inhabitants too."""
    rows = [(code, name, year, value) for code, value in values.items()]
    return rows + [(code, "inwoners", year, residents) for code in values]


def cohesion(year: int, scores: Mapping[str, float], residents: int = 5000) -> list[Row]:
    """lbm3_soc such that the pillar weerbaarheid, which rests on it alone, gets about these scores."""
    z = {code: (score - 100) / 15 * PILLAR_MEAN_SD for code, score in scores.items()}
    return indicator("lbm3_soc", year, {code: MEAN + part * SD for code, part in z.items()}, residents)


def borders(codes: Iterable[str], year: int = 2024, width: float = SIDE) -> dict:
    """Areas side by side, from west to east, as PDOK publishes them: squares, or narrower where `width` is less."""
    features = []
    for place, code in enumerate(codes):
        west, south = WEST + place * width, SOUTH
        ring = [[west, south], [west + width, south], [west + width, south + SIDE], [west, south + SIDE], [west, south]]
        level = {"WK": "wijk", "BU": "buurt"}[code[:2]]
        properties = {
            f"{level}code": code,
            f"{level}naam": f"{level.capitalize()} {code[-2:]} Plaats {code[-2:]}",
            "gemeentecode": f"GM{code[2:6]}",
            "gemeentenaam": {"0518": "Den Haag", "0014": "Groningen"}.get(code[2:6], "Elders"),
            "aantalInwoners": 5000,
            "water": "NEE",
            "jaar": year,
            "jrstatcode": f"{year}{code}",
        }
        features.append(
            {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
    return {"type": "FeatureCollection", "features": features}


def place_with(
    directory: Path, rows: Iterable[Row], drawn: Iterable[str] = (), year: int = 2024, listed: Iterable[str] = ()
) -> Monitor:
    """A monitor with these figures and the borders of `drawn`. listed: what CBS lists in that year and nobody draws."""
    monitor_of(directory, rows)
    drawn, listed = list(drawn), list(listed)
    if drawn:
        draw(directory, borders(drawn, year), year)
    if listed:
        people = [5000] * len(listed)
        table = {"WijkenEnBuurten": listed, "Codering_3": listed, "AantalInwoners_5": people}
        buffer = BytesIO()
        pq.write_table(pa.table(table), buffer)
        path = directory / f"8{year}NED_TypedDataSet.parquet"
        path.write_bytes(buffer.getvalue())
        about = {"Identifier": f"8{year}NED", "Period": str(year), "RecordCount": str(len(listed))}
        (directory / f"8{year}NED_Metadata.json").write_text(json.dumps(about), encoding="utf-8")
        importer.import_files([path], directory, load())
    return require(directory)


def draw(directory: Path, shapes: dict, year: int) -> Monitor:
    """Read in these borders as those of this year."""
    path = directory / f"grenzen_{year}.geojson"
    path.write_text(json.dumps(shapes), encoding="utf-8")
    importer.import_files([path], directory, load())
    return require(directory)
