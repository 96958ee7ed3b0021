"""How something that leaves is cited: by what and when it was made, from whom, under which conditions."""

from collections.abc import Collection, Sequence
from datetime import date

from wijkdata import __version__, dutch
from wijkdata.catalogue import Catalogue


def made(today: date) -> str:
    """Write by what and when something was made."""
    return f"Gemaakt met wijkdata {__version__} op {dutch.day(today)}."


def licences(catalogue: Catalogue, sources: Collection[str]) -> str:
    """List under which conditions the publishers of these sources (ids) hand out their figures, in the order of the catalogue."""
    used = [entry for id, entry in catalogue.sources.items() if id in sources]
    return "; ".join(dict.fromkeys(f"{entry.short}: {entry.licence}" for entry in used))


def citation(published: Sequence[str], today: date) -> str:
    """Cite a figure: `Bron: Leefbaarometer 3.0 (BZK), 2022; bewerking wijkdata; geraadpleegd op 30 november 2026.`"""
    source = "; ".join(one.removesuffix(".") for one in published)
    source = source if source.startswith("Bron") else f"Bron: {source}"
    return f"{source}; geraadpleegd op {dutch.day(today)}."
