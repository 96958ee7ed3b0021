"""The wijk- en buurtkaart of CBS and Kadaster (wijken, buurten, gemeenten) as GeoJSON, from PDOK or another tool."""

from pathlib import Path

from wijkdata.dutch import number
from wijkdata.sources.publishers import wijken2016
from wijkdata.sources.reading import geojson, layers
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.periods import iso_day


def recognises(path: Path) -> bool:
    """Whether this is a map in JSON that is not of another reader; when it has no areas or is another kind, `read` says so."""
    return geojson.is_map(path) and not wijken2016.recognises(path)


def read(path: Path, context: Context) -> Reading:
    """Read areas, boundaries and the figures of the catalogue (source `pdok`); case and underscores in columns do not matter.

    The year is `metadata.year`, else the column `jaar` or `jrstatcode`, else the year in the name of the file.
    """
    collection = geojson.read(path)
    generated = str(collection.metadata.get("generated", ""))
    year = collection.metadata.get("year")
    layer = layers.Layer(
        path=path,
        source="pdok",
        rows=collection.properties,
        shapes=collection.shapes,
        crs=collection.crs,
        year=year if isinstance(year, int) and 1990 <= year <= 2100 else None,
        published=iso_day(generated),
        hints=(path.stem, collection.name),
    )
    return layers.read([layer], context, _page_note(collection))


def _page_note(collection: geojson.Collection) -> tuple[str, ...]:
    """Say that a service gave a page and not the whole map."""
    here, matched = len(collection.properties), collection.matched
    if matched is None or matched <= here:
        return ()
    text = f"Dit is een deel van de kaart: {number(here)} van {number(matched)} gebieden; de dienst geeft er een beperkt aantal per keer."
    return (text,)


READERS = (Reader("Wijk- en buurtkaart (GeoJSON van PDOK)", recognises, read),)
