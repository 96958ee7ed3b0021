"""Boundaries of the wijken of 2016 as GeoJSON in Rijksdriehoek, with the columns WKC, WKN, GMC and GMN and no figures."""

from pathlib import Path

from wijkdata.sources.reading import geojson, layers
from wijkdata.sources.reading.base import Context, Reader, Reading


def recognises(path: Path) -> bool:
    """Whether this is a GeoJSON with the codes of its wijken in a column WKC."""
    return geojson.looks_like(path, has_property="WKC")


def read(path: Path, context: Context) -> Reading:
    """Read areas and boundaries. The year is the one in the name of the file, else follows from the number of gemeenten."""
    collection = geojson.read(path)
    layer = layers.Layer(
        path=path,
        source="cbs_shape",
        rows=collection.properties,
        shapes=collection.shapes,
        crs=collection.crs,
        hints=(path.stem,),
    )
    return layers.read([layer], context)


READERS = (Reader("Wijkgrenzen (GeoJSON met WKC)", recognises, read),)
