"""How something that leaves is cited: by what and when it was made, from whom, under which conditions."""

from collections.abc import Sequence
from datetime import date

from wijkdata import __version__, dutch
from wijkdata.catalogue import Catalogue


def made(today: date) -> str:
    """Write by what and when something was made."""
    return f"Gemaakt met wijkdata {__version__} op {dutch.day(today)}."


def licences(catalogue: Catalogue, source: str) -> str:
    """List under which conditions the publishers named in a source line hand out their figures."""
    used = [entry for entry in catalogue.sources.values() if entry.short in source]
    return "; ".join(dict.fromkeys(f"{entry.short}: {entry.licence}" for entry in used))


def citation(published: Sequence[str], today: date) -> str:
    """Cite a figure: `Bron: Leefbaarometer 3.0 (BZK), 2022; bewerking wijkdata; geraadpleegd op 30 november 2026.`"""
    source = "; ".join(one.removesuffix(".") for one in published)
    source = source if source.startswith("Bron") else f"Bron: {source}"
    return f"{source}; geraadpleegd op {dutch.day(today)}."
