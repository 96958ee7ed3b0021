"""The wijk- en buurtkaart of CBS and Kadaster as GeoJSON, from PDOK or a tool that saved it: wijken, buurten, gemeenten."""

from pathlib import Path

from wijkdata.sources.publishers import wijken2016
from wijkdata.sources.reading import geojson, layers
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.periods import iso_day


def recognises(path: Path) -> bool:
    """Any GeoJSON that is not of another reader; without area codes `read` says so."""
    return geojson.looks_like(path) and not wijken2016.recognises(path)


def read(path: Path, context: Context) -> Reading:
    """Areas, boundaries and the figures of the catalogue (source `pdok`); columns by name without case and underscores.

    The year is `metadata.year`, else the column `jaar` or `jrstatcode`, else the year in the name of the file.
    """
    collection = geojson.read(path)
    stamp = str(collection.metadata.get("generated", ""))
    year = collection.metadata.get("year")
    return layers.read(
        layers.Layer(
            path=path,
            source="pdok",
            rows=collection.properties,
            shapes=collection.shapes,
            crs=collection.crs,
            year=year if isinstance(year, int) and 1990 <= year <= 2100 else None,
            published=iso_day(stamp),
            hints=(path.stem,),
        ),
        context,
    )


READERS = (Reader("Wijk- en buurtkaart (GeoJSON van PDOK)", recognises, read),)
